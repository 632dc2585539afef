"""Answer scales: from the values and words of a column to its ends, its direction and what each answer is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from amp.imports.answer_words import Points, points_of
from amp.imports.vocabulary import phrase_set
from amp.imports.wording import fold

_LEADING: Final = re.compile(r"^\s*(-?\d{1,2})\s*(?:[-–—=:.)/|]\s*|\s\(|\()\s*(\D.*?)\)?\s*$", re.DOTALL)
_TRAILING: Final = re.compile(r"^\s*(\D.*?)\s*[(\[=-]\s*(-?\d{1,2})\s*[)\]]?\s*$", re.DOTALL)
_STARS: Final = re.compile(r"^\s*(?:(\d)\s*(?:stars?|sterne?|étoiles?|estrellas?)|([★⭐]+)[☆\s]*)\s*$", re.IGNORECASE)
_WHOLE: Final = re.compile(r"-?\d{1,4}(?:[.,]0+)?")
_STATED: Final = (
    re.compile(
        r"\b(?:scale|skala|échelle|escala)\D{0,25}?(-?\d{1,2})\s*(?:to|through|bis|à|a|-|–)\s*(\d{1,2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\(\s*(-?\d{1,2})\s*(?:to|-|–|bis)\s*(\d{1,2})\s*\)"),
    re.compile(r"\b(-?\d{1,2})\s*(?:=|\()[^\d]{2,60}?\b(\d{1,2})\s*(?:=|\()"),
    re.compile(
        r"\b(?:from|von|de|between)\s+(-?\d{1,2})\s*(?:\([^)]*\)\s*)?(?:to|bis|à|a|and|through)\s+(\d{1,2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(0|1)\s*(?:-|–|to)\s*(5|7|10)\b"),
)
_ENDS: Final = re.compile(r"(-?\d{1,2})\s*(?:=|\(|:|is|being|means|bedeutet)\s*[\"“']?([^\d,;=()]{3,50})")
_USUAL: Final = ((1, 5), (1, 7), (0, 10))
_MISSING_CODES: Final = frozenset({-99, -98, -97, -9, -8, -7, -1, 98, 99, 97, 999, 998, 9999})


@dataclass(frozen=True)
class Scale:
    """Ends of a scale and what the answers on it are worth; `reversed_` when the export runs high-is-bad."""

    low: float
    high: float
    reversed_: bool = False
    labels: Mapping[str, float] = field(
        default_factory=dict
    )  # answer as exported -> value, where the answer is not a bare number
    dont_know: tuple[str, ...] = ()
    family: str = ""  # "comparison", "quality", "numbers" …
    confidence: float = 0.0
    reason: str = ""


def is_dont_know(answer: str) -> bool:
    """Whether an answer says that the person cannot or will not judge."""
    folded = fold(answer)
    listed = phrase_set("scales", "other", "dont_know")
    return (
        folded in listed
        or answer.strip() == "-"
        or bool(re.search(r"\bn ?/ ?a\b|\bnot applicable\b", answer.casefold()))
    )


def detect_scale(counts: Mapping[str, int], question: str = "") -> Scale | None:
    """The scale of a column, from how often each answer occurs and the words of the question; None without one."""
    if not counts or len(counts) > 60:
        return None
    unjudged = tuple(answer for answer in counts if is_dont_know(answer))
    judged = {answer: count for answer, count in counts.items() if answer not in unjudged}
    if not judged:
        return None
    scale = _around_zero(judged) or _numbers(judged, question) or _numbered_words(judged, question) or _words(judged)
    return None if scale is None else _with_unjudged(scale, unjudged)


def _with_unjudged(scale: Scale, unjudged: tuple[str, ...]) -> Scale:
    return Scale(
        scale.low, scale.high, scale.reversed_, scale.labels, unjudged, scale.family, scale.confidence, scale.reason
    )


def stated_scale(question: str) -> tuple[int, int] | None:
    """The ends that a question names ("on a scale of 1 to 7"), or None."""
    for pattern in _STATED:
        found = pattern.search(question)
        if found:
            low, high = int(found[1]), int(found[2])
            if low in (-5, -3, -2, 0, 1) and 3 <= high <= 10:
                return low, high
            if high in (0, 1) and 3 <= low <= 10:
                return high, low
    return None


def _numbers(counts: Mapping[str, int], question: str) -> Scale | None:
    numeric = {answer: float(answer.strip().replace(",", ".")) for answer in counts if _WHOLE.fullmatch(answer.strip())}
    total, stated = sum(counts.values()), stated_scale(question)
    inside = {int(value) for value in numeric.values() if 0 <= value <= 10}
    within = sum(counts[answer] for answer, value in numeric.items() if 0 <= value <= 10)
    coded = sum(counts[answer] for answer, value in numeric.items() if value in _MISSING_CODES)
    strays = total - within - coded
    if not inside or within < 0.5 * total or (strays > max(3, 0.05 * total) and not stated):
        return None
    if not stated and sum(counts[answer] for answer in numeric) < 0.9 * total:
        return None
    low, high = stated or _usual(inside, frequent=total >= 30)
    turned = _turned(question)
    sure = 0.9 if stated else 0.75 if len(inside) > 2 else 0.5
    reason = (
        f"the question names a scale of {low} to {high}"
        if stated
        else f"the answers are whole numbers from {min(inside)} to {max(inside)}"
    )
    return Scale(low, high, reversed_=turned, family="numbers", confidence=sure, reason=reason)


def _around_zero(counts: Mapping[str, int]) -> Scale | None:
    """Numbers from -2 to 2 or from -3 to 3; a lone -1 is more often a code for no answer."""
    numeric = {answer: float(answer.strip().replace(",", ".")) for answer in counts if _WHOLE.fullmatch(answer.strip())}
    inside = {int(value) for value in numeric.values() if -3 <= value <= 3}
    within = sum(counts[answer] for answer, value in numeric.items() if -3 <= value <= 3)
    if within < 0.95 * sum(counts.values()) or min(inside) > -2 or max(inside) < 1:
        return None
    end = max(2, *map(abs, inside))
    reason = f"the answers are whole numbers from {min(inside)} to {max(inside)}"
    return Scale(-end, end, family="numbers", confidence=0.75, reason=reason)


def _usual(inside: set[int], *, frequent: bool) -> tuple[int, int]:
    """The usual scale that holds the numbers seen."""
    low, high = min(inside), max(inside)
    if high == 10 and low >= 1 and frequent and 1 in inside:
        return 1, 10
    if high <= 5 and low == 0:
        return 0, 5
    return next((ends for ends in _USUAL if ends[0] <= low and high <= ends[1]), (0, 10))


def _turned(question: str) -> bool:
    """Whether the question says that the low number is the good end ("1 = very satisfied, 5 = very dissatisfied")."""
    ends = sorted((int(number), _goodness(words)) for number, words in _ENDS.findall(question))
    judged = [goodness for _, goodness in ends if goodness]
    return len(judged) >= 2 and judged[0] > 0 > judged[-1]


def _goodness(words: str) -> int:
    """+1, -1 or 0 for the words at an end of a scale."""
    points = points_of([words])
    return 0 if points is None else points.signs.get(words, 0)


def _numbered_words(counts: Mapping[str, int], question: str) -> Scale | None:
    """Answers like "5 - Excellent" or "Very likely (10)", perhaps with bare numbers between the ends."""
    values, words = {}, {}
    for answer in counts:
        number, said = _number_in(answer)
        if number is None:
            return None
        values[answer], words[answer] = number, said
    strays = sum(counts[answer] for answer, value in values.items() if not -5 <= value <= 10)
    inside = {value for value in values.values() if -5 <= value <= 10}
    if not any(words.values()) or len(inside) < 2 or strays > max(3, 0.05 * sum(counts.values())):
        return None
    low, high = stated_scale(question) or (
        _usual(inside, frequent=False) if min(inside) >= 0 else (min(inside), max(inside))
    )
    turned = _words_run_down(values, words) or _turned(question)
    labels = {answer: float(value) for answer, value in values.items() if words[answer]}
    return Scale(
        low,
        high,
        reversed_=turned,
        labels=labels,
        family="numbers",
        confidence=0.9,
        reason="the answers carry their numbers",
    )


def _number_in(answer: str) -> tuple[int | None, str]:
    text = answer.strip()
    if _WHOLE.fullmatch(text):
        return int(float(text.replace(",", "."))), ""
    stars = _STARS.match(text)
    if stars:
        return (int(stars[1]) if stars[1] else len(stars[2])), text
    found = _LEADING.match(text)
    if found:
        return int(found[1]), found[2]
    found = _TRAILING.match(text)
    return (int(found[2]), found[1]) if found else (None, text)


def _words_run_down(values: Mapping[str, int], words: Mapping[str, str]) -> bool:
    said = [(values[answer], text) for answer, text in words.items() if text]
    points = points_of([text for _, text in said])
    if points is None or len(said) < 2:
        signs = [_goodness(text) for _, text in sorted(said)]
        return len(signs) >= 2 and signs[0] > 0 > signs[-1]
    ordered = [points.values[text] for _, text in sorted(said)]
    return ordered[0] > ordered[-1]


def _words(counts: Mapping[str, int]) -> Scale | None:
    points = points_of(list(counts)) or _without_strays(counts)
    if points is None:
        return None
    reason = f"the answers are steps of one scale ({points.lowest} … {points.highest})"
    return Scale(points.low, points.high, False, points.values, (), points.family, points.confidence, reason)


def _without_strays(counts: Mapping[str, int]) -> Points | None:
    """The points of a scale on which all but one answer in twenty is."""
    stray = {answer for answer in counts if points_of([answer]) is None}
    if len(counts) - len(stray) < 3 or sum(counts[answer] for answer in stray) > 0.05 * sum(counts.values()):
        return None
    return points_of([answer for answer in counts if answer not in stray])
