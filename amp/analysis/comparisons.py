"""Comparisons with competitors, added up in the engine: counts, net better, accounts and reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from amp.analysis.cells import SEPARATOR, UNKNOWN, Weighed, cells, weighed
from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.analysis.order import in_order
from amp.analysis.questions import Period
from amp.stats.comparison import comparison
from amp.text.cleaning import masked
from amp.warehouse.engine import Engine

LEVELS: Final = ("Superior", "Better", "Same", "Worse", "Failed")
_FROM: Final = """
from answers a
join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
where q.kind = 'comparison' and q.competitor is not null and r.wave_order = $place and (/*filters*/)
"""
_COUNTS: Final = (
    """
select q.competitor, coalesce(q.subject, 'other') as subject, /*detail*/ as attribute, min(q.scale_low) as lowest,
  count(case when a.status = 'dont_know' then 1 end) as dont_know,
  count(case when a.value = 2 then 1 end) as superior, count(case when a.value = 1 then 1 end) as better,
  count(case when a.value = 0 then 1 end) as same, count(case when a.value = -1 then 1 end) as worse,
  count(case when a.value = -2 then 1 end) as failed
"""
    + _FROM
    + """
group by q.competitor, coalesce(q.subject, 'other'), /*detail*/
having count(distinct case when a.value is not null then r.person end) >= $least
order by q.competitor, subject, attribute
"""
)
_AHEAD: Final = (
    """
select q.competitor, coalesce(q.subject, 'other') as subject, r.cluster, min(r.account_name) as name,
  cast(max(r.revenue) as varchar) as amount, min(r.tier_label) as tier_label
"""
    + _FROM
    + """
  and a.value is not null and r.account_id is not null
group by q.competitor, coalesce(q.subject, 'other'), r.cluster having avg(cast(a.value as double)) < 0
order by max(r.revenue) desc nulls last, name, r.cluster
"""
)
_REASONS: Final = (
    """
select competitor, subject, said, tier_label, role_label from (
  select v.*, row_number() over (partition by competitor, subject, person order by length(said) desc, said) as own,
    row_number() over (partition by competitor, subject order by value, worth desc nulls last, said) as place
  from (
    select q.competitor, coalesce(q.subject, 'other') as subject, a.value, r.person, c.comment as said, r.tier_label,
      r.role_label, r.revenue as worth
"""
    + _FROM.replace(
        "where",
        "join answers c on c.dataset_id = a.dataset_id and c.response_id = a.response_id\n"
        "where c.comment is not null and",
    )
    + """
      and a.value < 0 and length(trim(c.comment)) >= 15
  ) v
) where own = 1 order by competitor, subject, place
"""
)
_QUOTES: Final = 5


@dataclass(frozen=True, slots=True)
class AheadAccount:
    """An account whose answers, on average, put the competitor ahead of us."""

    name: str
    revenue: Decimal | None
    tier_label: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody wrote who found us worse; tier and role, and no name."""

    said: str
    tier_label: str
    role_label: str


@dataclass(frozen=True, slots=True)
class TierNet:
    """Net better among one tier's answers; hidden when too few people compared."""

    label: str
    hidden: bool
    net: Weighed


@dataclass(frozen=True, slots=True)
class CompetitorRow:
    """Us against one competitor for one subject (and one attribute, where it is a detail row).

    `counts` from superior to failed, or better, same, worse; `net` in points, clustered; `p_parity` of the exact sign
    test; `differs` is adjusted for all rows on the screen. `ahead` lists accounts, most revenue first.
    """

    competitor: str
    subject: str
    attribute: str
    counts: tuple[int, ...]
    dont_know: int
    net: Weighed
    mean: float | None
    p_parity: float | None
    differs: bool = False
    tiers: tuple[TierNet, ...] = ()
    ahead: tuple[AheadAccount, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def n(self) -> int:
        """Answers that compare, without the don't-knows."""
        return sum(self.counts)

    @property
    def levels(self) -> tuple[str, ...]:
        """The words of `counts`."""
        return LEVELS if len(self.counts) == 5 else LEVELS[1:4]

    @property
    def revenue_ahead(self) -> Decimal:
        """Revenue of the accounts that put the competitor ahead."""
        return sum((account.revenue for account in self.ahead if account.revenue is not None), Decimal(0))

    @property
    def verdict(self) -> str:
        """“ahead of us”, “behind us” or “no reliable difference”."""
        value = self.net.respondent.value
        if not self.differs or value is None:
            return "no reliable difference"
        return "behind us" if value > 0 else "ahead of us"


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What one page asks the engine about competitors."""

    engine: Engine
    filters: Filters
    when: Period
    min_group: int
    keys: list[str]

    def rows(self, detail: str, by: tuple[str, ...]) -> list[CompetitorRow]:
        """Counts and net better of each group."""
        counted = self._query(_COUNTS.replace("/*detail*/", detail), least=self.min_group)
        nets = weighed(self._cells(by), "comparison")
        return [_row(row, nets) for row in records(counted)]

    def completed(self, rows: list[CompetitorRow]) -> tuple[CompetitorRow, ...]:
        """The rows with their tiers, the accounts where the competitor is ahead, and the reasons."""
        if not rows:
            return ()
        by_tier = self._cells(("competitor", "subject", "tier"), complement=True)
        ahead, said = (list(records(self._query(sql))) for sql in (_AHEAD, _REASONS))
        return tuple(_completed(row, by_tier, ahead, said) for row in rows)

    def _cells(self, by: tuple[str, ...], *, complement: bool = False) -> pd.DataFrame:
        return cells(
            self.engine, metric="comparison", by=by, keys=self.keys, filters=self.filters,
            waves=(self.when.place, self.when.place), min_group=self.min_group, complement=complement, family=2,
        )  # fmt: skip

    def _query(self, sql: str, **params: object) -> pd.DataFrame:
        narrowed, bound = self.filters.of_all_waves().narrow(sql)
        return self.engine.query(narrowed, place=self.when.place, **params, **bound)


def _row(row: dict[str, Any], nets: dict[str, Weighed]) -> CompetitorRow:
    five = tuple(int(row[level.lower()]) for level in LEVELS)
    counts = five if row["lowest"] is None or row["lowest"] <= -2 else five[1:4]
    found = comparison(counts, dont_know=int(row["dont_know"]))
    label = SEPARATOR.join(part for part in (row["competitor"], row["subject"], row["attribute"]) if part)
    return CompetitorRow(
        competitor=row["competitor"], subject=row["subject"], attribute=row["attribute"] or "", counts=counts,
        dont_know=found.dont_know, net=nets.get(label, UNKNOWN), mean=found.mean, p_parity=found.p_parity,
    )  # fmt: skip


def _completed(
    row: CompetitorRow, by_tier: pd.DataFrame, ahead: list[dict[str, Any]], said: list[dict[str, Any]]
) -> CompetitorRow:
    prefix = f"{row.competitor}{SEPARATOR}{row.subject}{SEPARATOR}"
    mine = by_tier[by_tier["label"].str.startswith(prefix)]
    nets, small = weighed(mine, "comparison"), set(mine.loc[mine["hidden"].astype(bool), "label"])
    labels = dict.fromkeys(mine["label"])
    tiers = [TierNet(label.removeprefix(prefix), label in small, nets.get(label, UNKNOWN)) for label in labels]
    return replace(
        row,
        tiers=in_order(tiers),
        ahead=tuple(AheadAccount(a["name"], _money(a["amount"]), a["tier_label"]) for a in _of(row, ahead)),
        reasons=tuple(Reason(masked(q["said"]), q["tier_label"], q["role_label"]) for q in _of(row, said)[:_QUOTES]),
    )


def _of(row: CompetitorRow, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [other for other in found if (other["competitor"], other["subject"]) == (row.competitor, row.subject)]


def _money(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
