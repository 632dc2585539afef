"""The overview's six figures, each in words with what it rests on and how it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amp.analysis.accounts import TROUBLE_MEAN, AccountScore
from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.analysis.order import in_order
from amp.analysis.questions import Period
from amp.analysis.satisfaction import SatisfactionView
from amp.analysis.scores import Change
from amp.analysis.words import heard_from, interval, money, number, percent, plural, signed
from amp.stats.estimate import Estimate
from amp.warehouse.engine import Engine

COUNTED: Final = "counted, not estimated"
_HEARD: Final = """
select a.tier_label, count(*) as accounts, cast(coalesce(sum(a.revenue), 0) as varchar) as total,
  count(n.account_id) as heard, count(b.account_id) as before,
  cast(coalesce(sum(case when n.account_id is not null then a.revenue end), 0) as varchar) as heard_revenue,
  cast(coalesce(sum(case when b.account_id is not null then a.revenue end), 0) as varchar) as before_revenue,
  coalesce(min(a.currency), '') as currency, count(distinct a.currency) as currencies
from accounts a
left join (select distinct account_id from respondents r where r.wave_order = $place and (/*filters*/)) n
  on n.account_id = a.account_id
left join (select distinct account_id from respondents r where r.wave_order = $previous and (/*filters*/)) b
  on b.account_id = a.account_id
where /*accounts*/
group by a.tier_label
"""


@dataclass(frozen=True, slots=True)
class AuditStanding:
    """The audit's latest total, its band and the one before, as the caller found them in the records.

    Where several people took it together, the totals are the medians of theirs, and `takers` is how many they were.
    """

    total: float
    highest: int
    band: str
    submissions: int
    previous: float | None = None
    takers: int = 1


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in words: `value`, what it rests on, how it changed and whether that is more than noise."""

    key: str
    title: str
    value: str
    basis: str
    change: str = ""
    noise: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Accounts of one tier: how many were heard in the wave on show and in the one before, and their revenue."""

    label: str
    accounts: int
    heard: int
    before: int
    revenue: Decimal
    heard_revenue: Decimal
    before_revenue: Decimal


def tiles(
    scores: SatisfactionView,
    league: tuple[AccountScore, ...] | None,
    reached: tuple[Reach, ...],
    currency: str,
    audit: AuditStanding | None,
) -> tuple[Tile, ...]:
    """The six tiles, in order; `league` is None where no survey asked for a recommendation."""
    when = scores.period
    return (
        _recommend_tile(scores),
        _satisfaction_tile(scores),
        _heard_tile(reached, when, currency),
        _trouble_tile(league, reached, currency, scores.min_group),
        _coverage_tile(reached, when),
        _audit_tile(audit),
    )


def reach(engine: Engine, filters: Filters, when: Period) -> tuple[tuple[Reach, ...], str]:
    """Reach by tier, of the accounts that the filters speak of, and their one currency (or none)."""
    condition, of_accounts = filters.on_accounts()
    narrowed, params = filters.of_all_waves().narrow(_HEARD.replace("/*accounts*/", condition))
    found = engine.query(narrowed, place=when.place, previous=when.previous_place, **(params | of_accounts))
    rows = list(records(found))
    currencies = {row["currency"] for row in rows if row["accounts"] and row["currency"]}
    mixed = any(row["currencies"] > 1 for row in rows) or len(currencies) > 1
    reached = [
        Reach(
            row["tier_label"], int(row["accounts"]), int(row["heard"]), int(row["before"]),
            Decimal(row["total"]), Decimal(row["heard_revenue"]), Decimal(row["before_revenue"]),
        )
        for row in rows
    ]  # fmt: skip
    return in_order(reached), "" if mixed or not currencies else str(currencies.pop())


def revenue(accounts: Iterable[AccountScore]) -> Decimal:
    """What the accounts are worth together."""
    return sum((account.revenue for account in accounts if account.revenue is not None), Decimal(0))


def _recommend_tile(scores: SatisfactionView) -> Tile:
    found, title = scores.total.nps.respondent, "Recommend score"
    if scores.recommend is None:
        return Tile("recommend", title, "–", "no survey asked whether people would recommend the company")
    if found.value is None:
        return Tile("recommend", title, "–", "not enough answers")
    basis = f"{_span(found, 0)}; {_n(found)}"
    return Tile("recommend", title, signed(found.value), basis, *_changed(scores.total.nps_change, scores.period, 0))


def _satisfaction_tile(scores: SatisfactionView) -> Tile:
    found, title = scores.total.mean.respondent, "Satisfaction"
    if not scores.ratings:
        return Tile("satisfaction", title, "–", "no survey asked for satisfaction with the company")
    if found.value is None:
        return Tile("satisfaction", title, "–", "not enough answers")
    value = f"{number(found.value, 1)} of {number(scores.scale[1])}"
    of = f"; mean of {len(scores.ratings)} ratings" if len(scores.ratings) > 1 else ""
    return Tile("satisfaction", title, value, f"{_span(found, 1)}; {_n(found)}{of}",
                *_changed(scores.total.mean_change, scores.period, 1))  # fmt: skip


def _heard_tile(reach: tuple[Reach, ...], when: Period, currency: str) -> Tile:
    total = sum((row.revenue for row in reach), Decimal(0))
    if not total:
        return Tile("heard", "Revenue heard from", "–", "no revenue is loaded")
    heard = sum((row.heard_revenue for row in reach), Decimal(0))
    before = sum((row.before_revenue for row in reach), Decimal(0))
    change = f"{signed(float((heard - before) / total * 100))} points since {when.previous}" if when.previous else ""
    basis = f"{money(heard, currency)} of {money(total, currency)}"
    return Tile("heard", "Revenue heard from", percent(heard / total), basis, change, COUNTED)


def _trouble_tile(
    league: tuple[AccountScore, ...] | None, reach: tuple[Reach, ...], currency: str, min_group: int
) -> Tile:
    title = "Revenue in trouble"
    if league is None:
        return Tile("trouble", title, "–", "no survey asked for a recommendation")
    judged = [account for account in league if not account.too_few]
    if not judged:
        return Tile("trouble", title, "–", f"no account has {min_group} people who answered")
    trouble = [account for account in judged if account.in_trouble]
    basis = (
        f"{len(trouble):,} of {plural(len(judged), 'account')} with at least {min_group} people; "
        f"mean below {TROUBLE_MEAN:g}"
    )
    heard = sum((row.heard_revenue for row in reach), Decimal(0))
    if not heard:
        return Tile("trouble", title, plural(len(trouble), "account"), f"{basis}; no revenue is loaded")
    worth = revenue(trouble)
    return Tile(
        "trouble", title, money(worth, currency), f"{basis}; {percent(worth / heard)} of the revenue heard from"
    )


def _coverage_tile(reach: tuple[Reach, ...], when: Period) -> Tile:
    first = next((row for row in reach if row.label == "Tier I"), None)
    if first is None:
        return Tile("coverage", "Tier I accounts heard", "–", "no account is in Tier I yet")
    change = f"{signed(first.heard - first.before)} since {when.previous}" if when.previous else ""
    value = f"{first.heard} of {first.accounts}"
    return Tile("coverage", "Tier I accounts heard", value, percent(Decimal(first.heard) / first.accounts), change,
                COUNTED)  # fmt: skip


def _audit_tile(audit: AuditStanding | None) -> Tile:
    if audit is None:
        return Tile("audit", "Audit score", "–", "nobody has taken the audit yet")
    digits = 0 if audit.total == int(audit.total) else 1
    change = "" if audit.previous is None else f"{signed(audit.total - audit.previous, digits)} since the audit before"
    whose = f"median of {audit.takers} takers" if audit.takers > 1 else plural(audit.submissions, "audit")
    value = f"{number(audit.total, digits)} of {audit.highest}"
    return Tile("audit", "Audit score", value, f"{audit.band}; {whose}", change)


def _changed(change: Change, when: Period, digits: int) -> tuple[str, str]:
    found = change.estimate
    if when.previous is None or found.value is None:
        return "", ""
    noise = "more than noise" if change.more_than_noise else "no reliable difference"
    span = f" ({interval(found.low, found.high, digits)})" if found.low is not None else ""
    return f"{signed(found.value, digits)}{span} since {when.previous}", noise


def _span(found: Estimate, digits: int) -> str:
    return f"95 % interval {interval(found.low, found.high, digits)}"


def _n(found: Estimate) -> str:
    return f"{plural(found.n, 'answer')}, {heard_from(found.accounts, found.alone)}"
