"""Scores by group in the wave on show and in the one before, with what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from amp.analysis.cells import UNKNOWN, Metric, Weighed, cells, change, weighed
from amp.analysis.filters import Filters
from amp.analysis.questions import Period, Question
from amp.stats.estimate import NOTHING, Estimate
from amp.stats.multiplicity import more_than_noise
from amp.warehouse.engine import Engine

ALL: Final = "All"
_SCORES: Final = """
with scored as (
  select a.value as score, r.person, case when (/*filters*/) then 1 else 0 end as inside
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where a.status = 'answered' and a.value is not null and q.question_key = $key and r.wave_order = $place
), people as (
  select count(distinct case when inside = 1 then person end) as chosen,
    count(distinct case when inside = 0 then person end) as others from scored
)
select s.score, count(*) as answers from scored s cross join people p
where s.inside = 1 and p.chosen >= $least and (p.others = 0 or p.others >= $least) group by s.score order by s.score
"""


@dataclass(frozen=True, slots=True)
class Change:
    """The later wave less the earlier one, and whether that is more than noise after adjusting for the whole screen."""

    estimate: Estimate
    more_than_noise: bool = False

    @property
    def word(self) -> str:
        """“up”, “down” or “no reliable difference”."""
        if not self.more_than_noise or self.estimate.value is None:
            return "no reliable difference"
        return "up" if self.estimate.value > 0 else "down"


NO_CHANGE: Final = Change(NOTHING)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The figures of one group in the wave on show.

    A hidden group (fewer people than the minimum, or one that would give such a group away) has none.
    """

    label: str
    hidden: bool
    people: int
    nps: Weighed = UNKNOWN
    mean: Weighed = UNKNOWN
    top_two: Weighed = UNKNOWN
    nps_change: Change = NO_CHANGE
    mean_change: Change = NO_CHANGE


@dataclass(frozen=True, slots=True)
class Scores:
    """What one page asks the engine about one subject."""

    engine: Engine
    filters: Filters
    when: Period
    min_group: int
    recommend: Question | None
    ratings: tuple[Question, ...]
    every_rating: tuple[Question, ...]

    def rows(self, by: tuple[str, ...]) -> list[GroupRow]:
        """Groups of the wave on show with their change since the one before."""
        shown: tuple[tuple[str, ...], ...] = ((),) if len(by) == 1 else tuple((one,) for one in by)
        totals = () if by == ("all",) else shown
        scores = self._cells("recommend", by, self._recommend, self.when.places, totals)
        means = self._cells("rating", by, self.ratings, self.when.places, totals)
        return self._assembled(scores, means, list(dict.fromkeys([*scores["label"], *means["label"]])))

    def attributes(self) -> list[GroupRow]:
        """Every rating of the subject, one by one; they are the same people, so no group gives another away.

        Left out is the one that is the subject's mean already: it would be the same test twice.
        """
        asked = [question for question in self.every_rating if (question,) != self.ratings]
        found = self._cells("rating", ("attribute",), asked, self.when.places)
        known = list(dict.fromkeys(question.attribute for question in asked))
        return self._assembled(found.iloc[:0], found, [name for name in known if name in set(found["label"])])

    def trend(self) -> tuple[GroupRow, ...]:
        """Every wave up to the one on show."""
        waves = (1, self.when.place)
        scores = self._cells("recommend", ("wave",), self._recommend, waves)
        means = self._cells("rating", ("wave",), self.ratings, waves)
        both = pd.concat([scores, means]).sort_values("wave_order")
        labels = list(dict.fromkeys(both["label"]))
        return tuple(_row(label, scores, means) for label in labels)

    def scores(self, question: Question | None) -> tuple[tuple[tuple[int, int], ...], int]:
        """(value, answers) of whole values on the scale, and how many others there were."""
        if question is None:
            return (), 0
        sql, params = self.filters.of_all_waves().narrow(_SCORES)
        found = self.engine.query(sql, key=question.key, place=self.when.place, least=self.min_group, **params)
        pairs = [(float(score), int(n)) for score, n in found.itertuples(index=False)]
        on = {int(s): n for s, n in pairs if s == int(s) and question.low <= s <= question.high}
        values = range(int(question.low), int(question.high) + 1)
        return tuple((v, on.get(v, 0)) for v in values), sum(n for _, n in pairs) - sum(on.values())

    @property
    def _recommend(self) -> tuple[Question, ...]:
        return (self.recommend,) if self.recommend else ()

    def _cells(
        self, metric: Metric, by: tuple[str, ...], asked: Sequence[Question], waves: tuple[int, int],
        totals: Sequence[Sequence[str]] = (),
    ) -> pd.DataFrame:  # fmt: skip
        return cells(
            self.engine, metric=metric, by=by, keys=[q.key for q in asked], filters=self.filters, waves=waves,
            min_group=self.min_group, totals=totals,
        )  # fmt: skip

    def _assembled(self, scores: pd.DataFrame, means: pd.DataFrame, labels: list[str]) -> list[GroupRow]:
        place = self.when.place
        now = [frame[frame["wave_order"] == place] for frame in (scores, means)]
        present = [label for label in labels if any((frame["label"] == label).any() for frame in now)]
        rows = {row.label: row for row in (_row(label, *now) for label in present)}
        return [
            row if row.hidden else replace(
                row,
                nps_change=Change(change(scores[scores["label"] == label], place)),
                mean_change=Change(change(means[means["label"] == label], place)),
            )
            for label, row in rows.items()
        ]  # fmt: skip


def p_values(rows: Sequence[GroupRow]) -> list[float | None]:
    """The p-values of the rows' changes, of which those that were not tested are None."""
    return [change.estimate.p for row in rows for change in (row.nps_change, row.mean_change)]


def flagged(rows: Sequence[GroupRow], besides: Sequence[float | None] = ()) -> list[GroupRow]:
    """The rows with their changes judged together, as one family, to which the p-values `besides` belong too."""
    flags = iter(more_than_noise([*p_values(rows), *besides]))
    return [
        replace(
            row,
            nps_change=Change(row.nps_change.estimate, next(flags)),
            mean_change=Change(row.mean_change.estimate, next(flags)),
        )
        for row in rows
    ]


def _row(label: str, scores: pd.DataFrame, means: pd.DataFrame) -> GroupRow:
    """A group is hidden as a whole when any of its figures is: two figures of nearly the same people tell as much."""
    mine = [frame[frame["label"] == label] for frame in (scores, means)]
    if any(frame["hidden"].any() for frame in mine):
        return GroupRow(label, hidden=True, people=0)
    people = [int(frame["people"].max()) for frame in mine if len(frame)]
    return GroupRow(
        label=label,
        hidden=False,
        people=max(people, default=0),
        nps=weighed(mine[0], "recommend").get(label, UNKNOWN),
        mean=weighed(mine[1], "rating").get(label, UNKNOWN),
        top_two=weighed(mine[1], "rating", top=True).get(label, UNKNOWN),
    )
