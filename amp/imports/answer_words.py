"""Answers in words to points of a scale: whole known scales first, then English degrees and qualities put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from amp.imports.vocabulary import phrase_set, vocabulary
from amp.imports.wording import fold

_DEGREES: Final = {"strongest": 3.0, "strong": 2.0, "middling": 1.5, "weak": 1.0}
_PLAIN_DEGREE: Final = 1.6  # "satisfied" stands between "somewhat satisfied" and "very satisfied"


@dataclass(frozen=True)
class Points:
    """What each answer of a worded scale is worth, 1 the worst; `signs` tells good (+1) from bad (-1)."""

    values: dict[str, float]
    low: float
    high: float
    family: str
    confidence: float
    signs: dict[str, int]

    @property
    def lowest(self) -> str:
        """The worst answer seen."""
        return min(self.values, key=lambda answer: self.values[answer])

    @property
    def highest(self) -> str:
        """The best answer seen."""
        return max(self.values, key=lambda answer: self.values[answer])


def points_of(answers: Sequence[str]) -> Points | None:
    """The points of a set of answers, or None when they are not all steps of one scale."""
    return _known(answers) or _bipolar(answers) or _unipolar(answers)


@lru_cache(maxsize=1)
def _families() -> dict[str, dict[str, int]]:
    return {
        family: {fold(word): point for point, words in enumerate(points, start=1) for word in words.split("|")}
        for family, points in vocabulary("scales")["families"].items()
    }


def _known(answers: Sequence[str]) -> Points | None:
    """The shortest known scale that holds all the answers and tells them apart best."""
    folded = {answer: fold(answer) for answer in answers}
    words = set(folded.values())
    fitting = []
    for name, points in _families().items():
        if words <= points.keys():
            told_apart = len({points[word] for word in words})
            fitting.append((len(words) - told_apart, max(points.values()), name))
    if not fitting or (len(answers) > 1 and len(words) - min(fitting)[0] < 2):
        return None
    _, top, name = min(fitting)
    values = {answer: float(_families()[name][word]) for answer, word in folded.items()}
    middle = (1 + top) / 2
    signs = {answer: (value > middle) - (value < middle) for answer, value in values.items()}
    return Points(values, 1, top, name.split("_")[0], 0.95 if len(set(values.values())) > 2 else 0.7, signs)


def _words_of(answer: str) -> list[str]:
    """The folded words, each with a single slip of the pen mended ("stronlgy")."""
    return [_mended(word) for word in fold(answer).split()]


@lru_cache(maxsize=5_000)
def _mended(word: str) -> str:
    known = _known_words()
    if word in known or len(word) < 6:
        return word
    return next((right for right in known if len(right) >= 6 and OSA.distance(word, right, score_cutoff=1) <= 1), word)


@lru_cache(maxsize=1)
def _known_words() -> tuple[str, ...]:
    return tuple(fold(word) for listed in vocabulary("scales")["grammar"].values() for word in listed)


def _grammar(key: str) -> frozenset[str]:
    return phrase_set("scales", "grammar", key)


def _step(answer: str) -> tuple[float, str] | None:
    """(signed degree, quality) of an answer such as "somewhat unlikely"; None when it is not put together so."""
    words = _words_of(answer)
    text = " ".join(words)
    if words and (
        words[0] in _grammar("neutral") or text in _grammar("neutral") or (words[-1] == "neutral" and len(words) <= 3)
    ):
        return 0.0, ""
    if text.startswith("not ") or len(words) > 5:
        return None
    good = [word for word in words if word in _grammar("good")]
    bad = [word for word in words if word in _grammar("bad")]
    if len(good) + len(bad) != 1:
        return None
    quality = (good or bad)[0]
    rest = text.replace(quality, "", 1).strip()
    degree = _degree(rest)
    return None if degree is None else (degree if good else -degree, quality)


def _degree(rest: str) -> float | None:
    if not rest:
        return _PLAIN_DEGREE
    for key, degree in _DEGREES.items():
        if any(f" {word} " in f" {rest} " for word in _grammar(key)):
            return degree
    return None


def _bipolar(answers: Sequence[str]) -> Points | None:
    steps = {answer: step for answer in answers if (step := _step(answer)) is not None}
    qualities = {quality for _, quality in steps.values() if quality}
    if len(steps) < len(answers) or not 1 <= len(qualities) <= 2 or not _one_pair(qualities):
        return None
    degrees = sorted({abs(degree) for degree, _ in steps.values()} - {0.0})
    has_bad = any(degree < 0 for degree, _ in steps.values())
    neutral = any(degree == 0 for degree, _ in steps.values())
    if len(answers) > 1 and not (has_bad or neutral) and len(degrees) > 2:
        return None  # slightly, very, extremely: degrees of one quality, without an opposite
    if len(degrees) == 1 and degrees[0] != _PLAIN_DEGREE:
        degrees = [1.0, *degrees] if degrees[0] > 1 else [*degrees, 2.0]
    elif len(degrees) == 1 and len(answers) <= 2 and not neutral:
        return _pair_only(answers, steps)
    return _placed(steps, degrees, with_middle=neutral or len(answers) < 4)


def _pair_only(answers: Sequence[str], steps: dict[str, tuple[float, str]]) -> Points | None:
    """One word alone has a direction; a bare pair ("agree", "disagree") is a choice, not a scale."""
    if len(answers) > 1:
        return None
    signs = {answer: 1 if degree > 0 else -1 for answer, (degree, _) in steps.items()}
    return Points({answer: 3.0 + sign for answer, sign in signs.items()}, 1, 5, "words", 0.3, signs)


def _placed(steps: dict[str, tuple[float, str]], degrees: list[float], *, with_middle: bool) -> Points:
    """Points from 1: the bad degrees downwards from the middle, the good ones upwards."""
    count = len(degrees)
    values, signs = {}, {}
    for answer, (degree, _) in steps.items():
        sign = (degree > 0) - (degree < 0)
        rank = degrees.index(abs(degree)) + 1 if sign else 0
        upwards = count + rank + (1 if with_middle else 0)
        values[answer] = float(upwards if sign >= 0 else count + 1 - rank)
        signs[answer] = sign
    return Points(values, 1, 2 * count + with_middle, "words", 0.95 if len(values) >= 3 else 0.75, signs)


def _one_pair(qualities: set[str]) -> bool:
    """Whether one or two qualities are the same one, or a quality and its opposite."""
    if len(qualities) == 1:
        return True
    good, bad = sorted(qualities, key=lambda quality: quality in _grammar("bad"))
    return good in _grammar("good") and bad in _grammar("bad")


def _unipolar(answers: Sequence[str]) -> Points | None:
    """ "Not at all important … Extremely important": degrees of one quality from nothing upwards."""
    unipolar: dict[str, int] = vocabulary("scales")["unipolar"]
    values: dict[str, float] = {}
    rests = set()
    for answer in answers:
        text = " ".join(_words_of(answer))
        lead = next(
            (lead for lead in sorted(unipolar, key=len, reverse=True) if f"{text} ".startswith(f"{lead} ")), None
        )
        if lead is None and text in _grammar("good"):
            values[answer], rest = 3.0, text
        elif lead is None:
            return None
        else:
            values[answer], rest = float(unipolar[lead]), text.removeprefix(lead).strip()
        rests.add(rest)
    rests.discard("")
    if len(rests) > 1 or (len(set(values.values())) < 2 and len(answers) > 1):
        return None
    signs = {answer: (value > 3) - (value < 3) for answer, value in values.items()}
    return Points(values, 1, 5, "words", 0.85 if len(values) > 2 else 0.6, signs)
