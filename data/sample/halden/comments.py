"""Comments from a grammar of clauses by theme; their tone follows the same person's ratings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from halden.accounts import RANK_HANDED_OVER, RANK_KEPT_WAITING
from halden.chance import pick, pick_weighted, words
from halden.opinions import COMPETITORS, KEYS, LEVEL, WINNER, Opinion

_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")
_SLOT: Final = re.compile(r"<(\w+)>")
_MISC: Final = ("documentation", "portal", "certificates")
_DELIVERY_PULL: Final = {"2025": 0.60, "2026": 3.1}  # how readily delivery is named: this makes the rising theme
_STORY: Final = {  # wave and account -> the attribute that suffers, the theme its people write about
    ("2026", RANK_HANDED_OVER): ("support", "handover"),
    ("2026", RANK_KEPT_WAITING): ("delivery", "delivery"),
}
_LOCAL: Final = {"german": ("de", 0.10), "dutch": ("fr", 0.10)}
_LOCAL_THEMES: Final = ("delivery", "reliability", "support", "price")


@dataclass(frozen=True)
class Comment:
    """One answer in words. `theme` is the truth behind it ("" for empty talk), which no file contains."""

    text: str
    theme: str
    tone: str  # praise | wish | mild | strong | none
    language: str = "EN"


SILENCE: Final = Comment("", "", "none")


class Writer:
    """Writes the two comments of a respondent; `rng` makes them varied and repeatable."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._grammars: dict[str, dict[str, Any]] = {code: words(f"comments_{code}") for code in ("en", "de", "fr")}

    def language_of(self, opinion: Opinion) -> str:
        """The language the respondent answers in: a few write German or French."""
        code, share = _LOCAL.get(opinion.contact.account.names, ("en", 0.0))
        return code if self._rng.random() < share else "en"

    def what_to_improve(self, opinion: Opinion, language: str) -> Comment:
        """The answer to "What should we do better?"."""
        rng = self._rng
        upset = min(opinion.ratings.values()) <= 2
        if rng.random() < (0.20 if upset else 0.36):
            return SILENCE
        if not upset and rng.random() < 0.07:
            return self._plain("empty", "none", "en")
        if opinion.recommend >= 9 and min(opinion.ratings.values()) >= 4 and rng.random() < 0.4:
            return self._plain("nothing", "praise", language)
        theme = self._complaint_theme(opinion, language)
        tone = _tone(opinion, theme)
        return self._finished(self._complaint(opinion, theme, tone, language), theme, tone, language)

    def what_we_do_best(self, opinion: Opinion, language: str) -> Comment:
        """The answer to "What do we do best?"."""
        rng = self._rng
        if rng.random() < 0.45:
            return SILENCE
        if rng.random() < 0.05:
            return self._plain("empty", "none", "en")
        if opinion.overall["company"] <= 2:
            return self._plain("no_best", "mild", language)
        if opinion.overall["company"] >= 4 and rng.random() < 0.10:
            return self._plain("short_praise", "praise", "en")
        theme = self._praise_theme(opinion, language)
        if theme is None:
            return self._plain("no_best", "mild", language)
        sentences = self._sentences(language, theme, "praise", 2 if rng.random() < 0.35 else 1)
        if language == "en" and rng.random() < 0.2:
            sentences.append(self._any("praise_end", language, pick(rng, COMPETITORS[1:])))
        return self._finished(self._opened(" ".join(sentences), language), theme, "praise", language)

    def _complaint_theme(self, opinion: Opinion, language: str) -> str:
        story = _STORY.get((opinion.wave, opinion.contact.account.rank))
        if story and language == "en" and opinion.ratings[story[0]] <= 3 and self._rng.random() < 0.8:
            return story[1]
        weights = {key: float(np.exp(0.9 * (LEVEL[i] - opinion.ratings[key]))) for i, key in enumerate(KEYS)}
        weights["delivery"] *= _DELIVERY_PULL[opinion.wave]
        if language != "en":
            return pick_weighted(self._rng, {theme: weights[theme] for theme in _LOCAL_THEMES})
        return pick_weighted(self._rng, weights | dict.fromkeys(_MISC, 0.35))

    def _praise_theme(self, opinion: Opinion, language: str) -> str | None:
        liked = {key: 1.0 if rating == 4 else 2.5 for key, rating in opinion.ratings.items() if rating >= 4}
        if "delivery" in liked:
            liked["delivery"] *= 0.25
        if language != "en":
            liked = {key: weight for key, weight in liked.items() if key in _LOCAL_THEMES}
        elif opinion.overall["service"] >= 4:
            liked |= dict.fromkeys(_MISC, 0.25)
        return pick_weighted(self._rng, liked) if liked else None

    def _complaint(self, opinion: Opinion, theme: str, tone: str, language: str) -> str:
        rng, grammar = self._rng, self._grammars[language]
        sentences = self._sentences(language, theme, tone, 1)
        parts = grammar[theme]
        if tone != "wish" and "detail" in parts and rng.random() < 0.55:
            sentences += self._sentences(language, theme, "detail", 1)
        if tone == "strong" and language == "en" and rng.random() < 0.35:
            sentences.append(self._any("angry_end", language))
        elif "request" in parts and tone != "wish" and rng.random() < 0.45:
            sentences += self._sentences(language, theme, "request", 1)
        elif language == "en" and tone == "wish" and rng.random() < 0.25:
            sentences.append(self._any("wish_end", language))
        rival = opinion.compared["service", WINNER]
        about_service = language == "en" and tone != "wish" and theme in {"support", "handover"}
        if about_service and rival in {"Worse", "Failed"} and rng.random() < 0.6:
            sentences.append(self._any("rival", language, WINNER))
        return self._opened(" ".join(sentences[:3]), language)

    def _sentences(self, language: str, theme: str, kind: str, count: int) -> list[str]:
        grammar = self._grammars[language]
        options = grammar[theme][kind]
        chosen = self._rng.choice(len(options), size=min(count, len(options)), replace=False)
        return [self._expanded(options[index], grammar, "") for index in chosen]

    def _plain(self, kind: str, tone: str, language: str) -> Comment:
        return Comment(self._any(kind, language), "", tone, language.upper())

    def _any(self, kind: str, language: str, rival: str = "") -> str:
        """A sentence that belongs to no theme."""
        grammar = self._grammars[language]
        return self._expanded(pick(self._rng, grammar["any"][kind]), grammar, rival)

    def _opened(self, text: str, language: str) -> str:
        """The text, now and then with words before it ("At our site, ...")."""
        if language != "en" or self._rng.random() > 0.22:
            return text
        lasting = text.startswith(("I ", "IT ")) or text[1:2].isupper()
        return self._any("opener", language) + (text if lasting else text[:1].lower() + text[1:])

    def _finished(self, text: str, theme: str, tone: str, language: str) -> Comment:
        return Comment(_as_typed(self._rng, text), theme, tone, language.upper())

    def _expanded(self, pattern: str, grammar: dict[str, Any], rival: str) -> str:
        """The pattern with every choice made and every slot filled."""
        while _CHOICE.search(pattern):
            pattern = _CHOICE.sub(lambda found: pick(self._rng, found[1].split("|")), pattern)
        filled = _SLOT.sub(
            lambda found: rival if found[1] == "rival" else pick(self._rng, grammar["slots"][found[1]]), pattern
        )
        return re.sub(r"\s+([.,:?])", r"\1", re.sub(r"\s{2,}", " ", filled)).replace(",.", ".")


def _tone(opinion: Opinion, theme: str) -> str:
    """How sharply a theme is put: by the rating of its attribute, or of the service where it has none."""
    if theme == "handover":
        return "strong"  # the grammar of the hand-over knows no milder words
    rating = opinion.ratings.get(theme, opinion.overall["service"])
    return "strong" if rating <= 2 else "mild" if rating == 3 else "wish"


def _as_typed(rng: np.random.Generator, text: str) -> str:
    """The text as people type: some all in lower case, some without a full stop, some with a slip of the finger."""
    drawn = rng.random()
    if drawn < 0.08:
        return text.lower().rstrip(".")
    if drawn < 0.14:
        return text.rstrip(".")
    if drawn < 0.22:
        return _with_typo(rng, text)
    return text


def _with_typo(rng: np.random.Generator, text: str) -> str:
    inside = [
        i for i in range(1, len(text) - 2) if text[i].isalpha() and text[i + 1].isalpha() and text[i - 1].isalpha()
    ]
    if not inside:
        return text
    at = pick(rng, inside)
    if rng.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :]
