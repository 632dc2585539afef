"""Satisfaction and loyalty: recommend score, mean and top two box by group, weighed three ways, with what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amp.analysis.filters import Filters
from amp.analysis.order import in_order
from amp.analysis.questions import (
    SUBJECTS,
    Period,
    Question,
    overall_ratings,
    period,
    questions,
    recommend_question,
)
from amp.analysis.scores import ALL, GroupRow, Scores, flagged, p_values
from amp.analysis.words import heard_from, hidden, hidden_by_filters, number, plural, signed
from amp.warehouse.engine import Engine

BY: Final = ("tier", "role", "industry", "region", "product")


@dataclass(frozen=True, slots=True)
class SatisfactionView:
    """The page's result. `total` covers all groups, `trend` all waves; scores are counts of answers by value."""

    subject: str
    period: Period
    by: tuple[str, ...]
    filters: Filters
    min_group: int
    recommend: Question | None
    ratings: tuple[Question, ...]
    total: GroupRow
    groups: tuple[GroupRow, ...]
    trend: tuple[GroupRow, ...]
    attributes: tuple[GroupRow, ...]
    recommend_scores: tuple[tuple[int, int], ...]
    rating_scores: tuple[tuple[int, int], ...]
    excluded: int
    compared: int  # how many changes the flags were adjusted for
    answered: bool  # whether anybody answered in the wave on show

    @property
    def headline(self) -> str:
        """The sentence over the page."""
        about = SUBJECTS[self.subject]
        if self.period.wave is None:
            return "No survey of customers is loaded yet."
        if not self.asked:
            return f"No survey asked about {about}."
        if not self.answered:
            return f"Nobody answered a question about {about} in {self.period.wave}."
        if self.total.hidden:
            why = hidden_by_filters(self.min_group) if self.filters.of_all_waves().any else hidden(self.min_group)
            return f"Not enough answers about {about} in {self.period.wave}. {why}"
        said = f"{self.period.wave}: {_score_words(self)} from {self.basis}"
        return f"{said}; {_change_words(self)}." if self.period.previous else f"{said}."

    @property
    def asked(self) -> bool:
        """Whether any survey asked for satisfaction with the subject, or a recommendation of it."""
        return self.recommend is not None or bool(self.ratings)

    @property
    def mean_of(self) -> str:
        """What the mean is a mean of, in words: “Overall”, or “9 ratings, from “A” to “Z””; empty without ratings."""
        if len(self.ratings) < 2:
            return "".join(f"“{question.attribute}”" for question in self.ratings)
        return f"{len(self.ratings)} ratings, from “{self.ratings[0].attribute}” to “{self.ratings[-1].attribute}”"

    @property
    def shown(self) -> str:
        """Which wave is on show, what the mean is of and how many changes were judged: what goes with every figure."""
        said = [self.period.in_words, f"Satisfaction is the mean of {self.mean_of}." if self.mean_of else ""]
        return " ".join(part for part in said if part)

    @property
    def judged(self) -> str:
        """How many changes were judged together, in words."""
        return (
            f"A change is called more than noise only if it stays below 5 % after adjusting for all changes on this "
            f"page: {plural(self.compared, 'change')} compared."
        )

    @property
    def basis(self) -> str:
        """“39 answers from 12 accounts, worth about 8 independent answers”."""
        found = self.total.nps.respondent if self.recommend else self.total.mean.respondent
        said = f"{plural(found.n, 'answer')} from {heard_from(found.accounts, found.alone)}"
        if found.effective_n is None or found.effective_n > 0.9 * found.n:
            return said
        return f"{said}, worth about {plural(max(1, round(found.effective_n)), 'independent answer')}"

    @property
    def why_weighings_differ(self) -> str:
        """Why the three ways of weighing part, in a sentence; empty where they do not."""
        found = self.total.nps if self.recommend else self.total.mean
        values = [e.value for e in (found.respondent, found.account, found.revenue)]
        one, other, worth = values
        step = 5 if self.recommend else 0.1
        if one is None or worth is None or other is None or max(abs(worth - one), abs(other - one)) < step:
            return ""
        if abs(worth - one) >= abs(other - one):
            return f"By revenue it is {_higher(worth, one)}: the largest accounts think {_better(worth, one)} of us."
        return f"Per account it is {_higher(other, one)}: accounts with many answers think {_better(one, other)} of us."

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and highest rating."""
        return (self.ratings[0].low, self.ratings[0].high) if self.ratings else (1.0, 5.0)


def satisfaction(
    engine: Engine, *, filters: Filters, subject: str = "company", by: Sequence[str] = ("tier",), min_group: int = 5
) -> SatisfactionView:
    """Scores of the latest of the filtered waves by group, compared with the wave before it; see docs/statistics.md.

    `by` crosses groups of `BY`. Flags of change are adjusted (Benjamini-Hochberg) as one family: the total, its
    attributes and the groups.
    """
    asked, when = questions(engine), period(engine, filters)
    recommend, ratings = recommend_question(asked, subject), overall_ratings(asked, subject)
    every = tuple(q for q in asked if q.kind == "rating" and q.subject == subject)
    ask = Scores(engine, filters, when, min_group, recommend, ratings, every)
    whole, attributes = ask.rows(("all",)), ask.attributes()
    judged = flagged([*whole, *attributes, *ask.rows(tuple(by))])
    rest, recommend_scores = judged[len(whole) :], ask.scores(recommend)
    return SatisfactionView(
        subject=subject, period=when, by=tuple(by), filters=filters, min_group=min_group,
        recommend=recommend, ratings=ratings, total=judged[0] if whole else GroupRow(ALL, hidden=True, people=0),
        groups=in_order(rest[len(attributes) :]),
        trend=ask.trend(),
        attributes=tuple(rest[: len(attributes)]),
        recommend_scores=recommend_scores[0],
        rating_scores=ask.scores(ratings[0])[0] if len(ratings) == 1 else (),
        excluded=recommend_scores[1],
        compared=sum(p is not None for p in p_values(judged)),
        answered=bool(whole),
    )  # fmt: skip


def _score_words(view: SatisfactionView) -> str:
    nps, mean = view.total.nps.respondent, view.total.mean.respondent
    said = [f"recommend score {signed(nps.value)}"] if nps.value is not None else []
    if mean.value is not None:
        said.append(f"satisfaction {number(mean.value, 1)} of {number(view.scale[1])}")
    return " and ".join(said)


def _change_words(view: SatisfactionView) -> str:
    changed = view.total.nps_change if view.recommend else view.total.mean_change
    if changed.estimate.value is None:
        return f"no comparison with {view.period.previous}"
    if not changed.more_than_noise:
        return f"no reliable difference from {view.period.previous}"
    digits = 0 if view.recommend else 1
    return f"{signed(changed.estimate.value, digits)} since {view.period.previous}, more than noise"


def _higher(value: float, than: float) -> str:
    return "higher" if value > than else "lower"


def _better(value: float, than: float) -> str:
    return "better" if value > than else "worse"
