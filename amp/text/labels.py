"""Labels people would write: phrases of one to three words, scored by share × lift × length."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from amp.text.wordlists import words

LONGEST: Final = 48  # characters
_LEAST_SHARE: Final = 0.06  # of a theme's sentences that a phrase must be in
_LENGTH: Final = {1: 1.0, 2: 2.5, 3: 3.0}  # a phrase of two says much more than a word, one of three little more
_TOKEN: Final = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W\d_]+)*|[^\s\w'’-]|\[[a-z-]+\]|\S")
_WORDLIKE: Final = re.compile(r"[^\W\d_]")

Phrase = tuple[str, ...]


def labels(themes: Sequence[Sequence[str]], *, taken: Sequence[str] = (), fallback: str = "Theme") -> list[str]:
    """A label per theme, given its sentences; unlike each other and the `taken` ones, whatever the endings."""
    counts = [Counter(phrase for text in texts for phrase in set(phrases(text))) for texts in themes]
    everywhere: Counter[Phrase] = Counter()
    for count in counts:
        everywhere.update(count)
    total = sum(len(texts) for texts in themes)
    used: set[frozenset[str]] = set()
    written = {label.casefold() for label in taken}
    chosen: list[str] = []
    for texts, count in zip(themes, counts, strict=True):
        label = _best(count, everywhere, len(texts), total, used, written)
        chosen.append(_written(label, texts) if label else _numbered(fallback, chosen))
        used.add(_stems(label))
    return chosen


def phrases(text: str) -> Iterable[Phrase]:
    """The phrases of a sentence that could be a label, lower case; none begins or ends with a stop or opinion word."""
    tokens = [token.casefold().replace("’", "'") for token in _TOKEN.findall(text)]
    for start, first in enumerate(tokens):
        if not _names(first):
            continue
        if len(first) <= LONGEST:
            yield (first,)
        for size in (2, 3):
            phrase = tuple(tokens[start : start + size])
            if len(phrase) == size and _names(phrase[-1]) and _holds_together(phrase):
                yield phrase


def stem(word: str) -> str:
    """The part of a word that its forms share, roughly: enough to see that two labels say the same."""
    return word.removesuffix("'s")[:5].rstrip("s") if len(word) > 3 else word


def _names(token: str) -> bool:
    known = words()
    return len(token) > 2 and bool(_WORDLIKE.match(token)) and token not in known.stop and token not in known.opinion


def _holds_together(phrase: Phrase) -> bool:
    if not all(_WORDLIKE.match(token) for token in phrase) or len(_stems(phrase)) < len(phrase):
        return False
    joined = len(phrase) < 3 or _names(phrase[1]) or phrase[1] in _JOINTS  # "ease of use", not "price was raised"
    return joined and len(" ".join(phrase)) <= LONGEST


_JOINTS: Final = frozenset({"of", "and", "de", "du", "des", "der", "und", "et", "y", "e", "di"})


def _best(
    count: Counter[Phrase], everywhere: Counter[Phrase], size: int, total: int,
    used: set[frozenset[str]], written: set[str],
) -> Phrase:  # fmt: skip
    least = 1 if size < 8 else max(2, math.ceil(_LEAST_SHARE * size))
    best: Phrase = ()
    best_score = 0.0
    for phrase in sorted(count):  # sorted: equal scores must not depend on the order of reading
        if count[phrase] < least or _stems(phrase) in used or " ".join(phrase) in written:
            continue
        share = count[phrase] / size
        lift = share / ((everywhere[phrase] + 1) / (total + 1))
        score = share * math.log2(1 + lift) * _LENGTH[len(phrase)]
        if score > best_score:
            best, best_score = phrase, score
    return best


def _stems(phrase: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for word in phrase)


def _written(phrase: Phrase, texts: Sequence[str]) -> str:
    """The phrase as the customers write it most (ERP, SAP keep their capitals), with a capital first."""
    forms: Counter[str] = Counter()
    for text in texts:
        tokens = [token.replace("’", "'") for token in _TOKEN.findall(text)]
        runs = zip(*(tokens[i:] for i in range(len(phrase))), strict=False)
        forms.update(" ".join(run) for run in runs if tuple(token.casefold() for token in run) == phrase)
    if not forms:
        return " ".join(phrase).capitalize()
    form = max(sorted(forms), key=lambda written: forms[written])
    kept = form if not form.isupper() or len(form) < 6 else form.lower()  # a customer who shouts
    return kept[:1].upper() + kept[1:]


def _numbered(word: str, chosen: Sequence[str]) -> str:
    return f"{word} {len(chosen) + 1}"
