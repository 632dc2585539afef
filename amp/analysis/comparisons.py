"""Comparisons with competitors, added up in the engine: counts, net better, accounts and reasons."""

from __future__ import annotations

import re
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
from amp.text import sentiment
from amp.text.cleaning import clean, kind, masked
from amp.warehouse.engine import Engine

LEVELS: Final = ("Superior", "Better", "Same", "Worse", "Failed")
# As everywhere: fewer people than the minimum are hidden, and so is a selection that leaves out fewer than that.
_COMPARED: Final = """
with compared as (
  select q.competitor, coalesce(q.subject, 'other') as subject, q.attribute, q.scale_low, a.dataset_id, a.response_id,
    a.status, a.value, r.person, r.cluster, r.account_id, r.account_name, r.revenue, r.tier_label, r.role_label,
    case when (/*filters*/) then 1 else 0 end as inside,
    case when (/*filters*/) then r.person end as chosen, case when (/*filters*/) then null else r.person end as other
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where q.kind = 'comparison' and q.competitor is not null and q.competitor <> '' and r.wave_order = $place
)
"""
_ENOUGH: Final = """count(distinct case when value is not null then chosen end) >= $least
  and count(distinct case when value is not null then other end) not between 1 and $least - 1"""
_COUNTS: Final = f"""{_COMPARED}
select competitor, subject, /*detail*/ as attribute, min(scale_low) as lowest,
  sum(case when inside = 1 and status = 'dont_know' then 1 else 0 end) as dont_know,
  sum(case when inside = 1 and value = 2 then 1 else 0 end) as superior,
  sum(case when inside = 1 and value = 1 then 1 else 0 end) as better,
  sum(case when inside = 1 and value = 0 then 1 else 0 end) as same,
  sum(case when inside = 1 and value = -1 then 1 else 0 end) as worse,
  sum(case when inside = 1 and value = -2 then 1 else 0 end) as failed
from compared group by competitor, subject, /*detail*/
having {_ENOUGH}
order by competitor, subject, attribute
"""
_AHEAD: Final = f"""{_COMPARED}
, by_account as (
  select competitor, subject, cluster, min(account_name) as name, cast(max(revenue) as varchar) as amount,
    max(revenue) as worth, min(tier_label) as tier_label, count(distinct chosen) as people,
    avg(case when inside = 1 then cast(value as double) end) as mean,
    case when {_ENOUGH} then 1 else 0 end as enough
  from compared where value is not null and account_id is not null group by competitor, subject, cluster
)
select competitor, subject, cluster, name, amount, tier_label, people, 0 as few from by_account
where enough = 1 and mean < 0
union all
select competitor, subject, null, null, null, null, null, count(*) from by_account
where enough = 0 and people > 0 group by competitor, subject
"""
_REASONS: Final = f"""{_COMPARED}
, unhappy as (
  select v.competitor, v.subject, v.value, v.person, v.tier_label, v.role_label, v.revenue, c.comment as said,
    coalesce(t.wording, '') as asked
  from compared v
  join answers c on c.dataset_id = v.dataset_id and c.response_id = v.response_id
  join questions t on t.dataset_id = c.dataset_id and t.question_id = c.question_id
  where v.inside = 1 and v.value < 0 and c.comment is not null and length(trim(c.comment)) >= 15
), enough as (
  select competitor, subject from unhappy group by competitor, subject having count(distinct person) >= $least
)
select u.competitor, u.subject, u.person, u.tier_label, u.role_label, u.said, u.asked
from unhappy u join enough e on e.competitor = u.competitor and e.subject = u.subject
order by u.competitor, u.subject, u.value, u.revenue desc nulls last, length(u.said) desc, u.said
"""
_QUOTES: Final = 5
_CANDIDATES: Final = 30  # comments read for sentiment per comparison, to find those few
# A question that asks what is good gets answers that are no reason to find us worse.
_ASKS_FOR_PRAISE: Final = re.compile(
    r"\b(best|(?:do|does|did|doing|went|works?|going) (?:\w+ )?well|like (?:most|about)|enjoy|appreciate|strengths?|"
    r"praise|besonders gut|gut gefallen|gefällt|stärken|mieux|points forts|appréci)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AheadAccount:
    """An account whose answers, on average, put the competitor ahead of us; at least the minimum group answered."""

    name: str
    revenue: Decimal | None
    tier_label: str
    people: int


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody wrote who found us worse, on any subject; tier and role, and no name."""

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
    test; `differs` is adjusted for all rows on the screen. `ahead` lists accounts, most revenue first; of `too_few`
    accounts more fewer people compared than the minimum.
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
    too_few: int = 0
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
    min_comments: int = 10

    def rows(self, detail: str, by: tuple[str, ...]) -> list[CompetitorRow]:
        """Counts and net better of each group."""
        counted = self._query(_COUNTS.replace("/*detail*/", detail), self.min_group)
        nets = weighed(self._cells(by), "comparison")
        return [_row(row, nets) for row in records(counted)]

    def completed(self, rows: list[CompetitorRow]) -> tuple[CompetitorRow, ...]:
        """The rows with their tiers, the accounts where the competitor is ahead, and the reasons."""
        if not rows:
            return ()
        by_tier = self._cells(("competitor", "subject", "tier"), totals=(("competitor", "subject"),))
        ahead = list(records(self._query(_AHEAD, self.min_group)))
        said = list(records(self._query(_REASONS, self.min_comments)))
        return tuple(_completed(row, by_tier, ahead, said) for row in rows)

    def _cells(self, by: tuple[str, ...], totals: tuple[tuple[str, ...], ...] = ()) -> pd.DataFrame:
        return cells(
            self.engine, metric="comparison", by=by, keys=self.keys, filters=self.filters,
            waves=(self.when.place, self.when.place), min_group=self.min_group, totals=totals,
        )  # fmt: skip

    def _query(self, sql: str, least: int) -> pd.DataFrame:
        narrowed, bound = self.filters.of_all_waves().narrow(sql)
        return self.engine.query(narrowed, place=self.when.place, least=least, **bound)


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
    by_tier = by_tier[by_tier["label"].str.startswith(prefix)]
    nets, small = weighed(by_tier, "comparison"), set(by_tier.loc[by_tier["hidden"].astype(bool), "label"])
    labels = dict.fromkeys(by_tier["label"])
    tiers = [TierNet(label.removeprefix(prefix), label in small, nets.get(label, UNKNOWN)) for label in labels]
    mine = _of(row, ahead)
    named = [AheadAccount(a["name"], _money(a["amount"]), a["tier_label"], a["people"]) for a in mine if not a["few"]]
    return replace(
        row,
        tiers=in_order(tiers),
        ahead=tuple(sorted(named, key=lambda account: (-(account.revenue or Decimal(-1)), account.name))),
        too_few=sum(a["few"] for a in mine),
        reasons=tuple(Reason(q["said"], q["tier_label"], q["role_label"]) for q in _complaints(_of(row, said))),
    )


def _complaints(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first few comments that no question for praise got and that are not positive, one a person."""
    heard: dict[str, dict[str, Any]] = {}
    for quote in said:
        if not _ASKS_FOR_PRAISE.search(quote["asked"]) and kind(clean(quote["said"])) == "answer":
            heard.setdefault(quote["person"], quote | {"said": masked(quote["said"])})
    candidates = list(heard.values())[:_CANDIDATES]
    moods = sentiment.scores([quote["said"] for quote in candidates])
    return [quote for quote, mood in zip(candidates, moods, strict=True) if sentiment.word(mood) != "positive"][
        :_QUOTES
    ]


def _of(row: CompetitorRow, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [other for other in found if (other["competitor"], other["subject"]) == (row.competitor, row.subject)]


def _money(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
