"""Which questions speak for a subject, and which two waves are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.warehouse.engine import Engine

Figure = Literal["nps", "mean", "top_two"]
SUBJECTS: Final = {"company": "the company", "product": "products", "service": "services", "other": "other matters"}
_QUESTIONS: Final = """
select q.question_key as key, q.kind, q.subject, min(q.attribute) as attribute, min(q.wording) as wording,
  coalesce(min(q.competitor), '') as competitor, min(q.scale_low) as low, max(q.scale_high) as high,
  min(q.position) as place
from questions q where q.kind in ('recommend', 'rating', 'comparison')
  and q.dataset_id in (select dataset_id from respondents)
group by q.question_key, q.kind, q.subject order by place nulls last, key
"""
_WAVES: Final = "select wave, min(wave_order) as place from respondents group by wave order by place"
# Whether somebody will buy again is asked on the same scales, and is no satisfaction.
_LIKELY: Final = re.compile(r"\b(how likely|likely to|likelihood|wahrscheinlich|probab|quanto è prob)", re.IGNORECASE)
_OVERALL: Final = re.compile(r"\b(overall|all in all|insgesamt|gesamt|en général|global|in generale)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked in every wave that has its key; the scale runs from `low` to `high`, high is good."""

    key: str
    kind: str
    subject: str
    attribute: str
    wording: str
    competitor: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Period:
    """The wave on show and the one before it (both with their place in time); None where there is none."""

    wave: str | None
    place: int
    previous: str | None
    previous_place: int
    newest: bool = False

    @property
    def shown(self) -> str:
        """“Shown: 2026, the newest wave.”"""
        if self.wave is None:
            return ""
        return f"Shown: {self.wave}{', the newest wave' if self.newest else ''}."

    @property
    def in_words(self) -> str:
        """“Shown: 2026, the newest wave. Changes are since 2025.”"""
        if self.wave is None:
            return ""
        return f"{self.shown} " + (
            f"Changes are since {self.previous}." if self.previous else "There is no earlier wave."
        )

    @property
    def places(self) -> tuple[int, int]:
        """The first and last place in time to read."""
        return (self.previous_place if self.previous else self.place, self.place)


def questions(engine: Engine) -> tuple[Question, ...]:
    """The recommend, rating and comparison questions that customers were asked, in their order."""
    return tuple(
        Question(
            row["key"], row["kind"], row["subject"] or "other", row["attribute"] or row["wording"] or "Unnamed",
            row["wording"] or "", row["competitor"], float(row["low"] or 0), float(row["high"] or 0),
        )
        for row in records(engine.query(_QUESTIONS))
    )  # fmt: skip


def period(engine: Engine, filters: Filters) -> Period:
    """The latest of the filtered waves, or of all, and the wave before it."""
    waves = [(str(row["wave"]), int(row["place"])) for row in records(engine.query(_WAVES))]
    chosen = [i for i, (wave, _) in enumerate(waves) if not filters.waves or wave in filters.waves]
    if not chosen:
        return Period(None, 0, None, 0)
    last = chosen[-1]
    previous, place = waves[last - 1] if last else (None, 0)
    return Period(*waves[last], previous, place, newest=last == len(waves) - 1)


def subjects(asked: tuple[Question, ...]) -> tuple[str, ...]:
    """The subjects that were asked for satisfaction or a recommendation, in the order of SUBJECTS."""
    found = {question.subject for question in asked if question.kind in {"recommend", "rating"}}
    return tuple(subject for subject in SUBJECTS if subject in found)


def recommend_question(asked: tuple[Question, ...], subject: str) -> Question | None:
    """The 0 to 10 question of the subject; None where no survey asked one."""
    found = [question for question in asked if question.kind == "recommend"]
    return next((question for question in found if question.subject == subject), None)


def figures(asked: tuple[Question, ...], subject: str) -> tuple[Figure, ...]:
    """The figures that the subject's questions give: the recommend score, and those of its ratings."""
    score: tuple[Figure, ...] = ("nps",) if recommend_question(asked, subject) else ()
    return (*score, "mean", "top_two") if overall_ratings(asked, subject) else score


def loyalty_question(asked: tuple[Question, ...]) -> Question | None:
    """The recommend question that tells how an account stands: on the company, else on its products or services."""
    found = (recommend_question(asked, subject) for subject in ("company", "product", "service"))
    return next((question for question in found if question is not None), None)


def overall_ratings(asked: tuple[Question, ...], subject: str) -> tuple[Question, ...]:
    """The subject's overall question; where none says it is, all its ratings on the scale that most of them have.

    What asks how likely something is (to renew, to buy again) is left out of both.
    """
    of_subject = (q for q in asked if q.kind == "rating" and q.subject == subject)
    ratings = tuple(q for q in of_subject if not _LIKELY.search(q.wording) and not _LIKELY.search(q.attribute))
    overall = next((q for q in ratings if _OVERALL.search(q.attribute) or _OVERALL.search(q.wording)), None)
    if overall is not None:
        return (overall,)
    scales = [(q.low, q.high) for q in ratings]
    commonest = max(dict.fromkeys(scales), key=scales.count, default=None)
    return tuple(q for q in ratings if (q.low, q.high) == commonest)
