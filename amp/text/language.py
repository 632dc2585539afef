"""The language of each comment, by py3langid; short comments follow the majority, as four words tell little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

CANDIDATES: Final = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "sv",
    "da",
    "tr",
    "ru",
    "ar",
    "he",
    "zh",
    "ja",
    "ko",
)
_ENOUGH: Final = 25  # characters from which a guess of its own is trusted
_SURE: Final = 0.9


@lru_cache(maxsize=1)  # reading the model takes 0.9 s
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def languages(texts: Sequence[str]) -> tuple[str, ...]:
    """ISO 639-1 code per text; where a text is short or unsure, the commonest sure code of them all (or "en")."""
    guesses = [_guess(text[:1000]) for text in texts]
    sure = Counter(guess for guess in guesses if guess)
    main = max(sure, key=lambda code: (sure[code], code)) if sure else "en"
    return tuple(guess or main for guess in guesses)


def _guess(text: str) -> str:
    script = _script(text)
    if script or len(text) < _ENOUGH:
        return script
    code, probability = _identifier().classify(text)
    return str(code) if probability >= _SURE else ""


def _script(text: str) -> str:
    """Some alphabets tell their language by themselves, however short the text."""
    for letter in text:
        if "\u3040" <= letter <= "\u30ff":
            return "ja"
        if "\uac00" <= letter <= "\ud7af":
            return "ko"
        if "\u0590" <= letter <= "\u05ff":
            return "he"
    return ""
