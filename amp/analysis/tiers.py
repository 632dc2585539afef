"""Tiers: which accounts make up the first 80 % of revenue, who stands at a boundary, and who would move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from itertools import pairwise
from typing import Any, Final

from amp.analysis.joining import records
from amp.analysis.words import listed, money, percent, plural, tier_label
from amp.stats.pareto import DEFAULT_CUTS, Pareto, pareto, shown_tier
from amp.warehouse.engine import Engine

_ACCOUNTS: Final = """
select account_id, coalesce(name, account_id) as name, cast(revenue as varchar) as amount, tier, shown_tier, strategic,
  coalesce(strategic_reason, '') as reason, flag, coalesce(currency, '') as currency, coalesce(owner, '') as owner,
  coalesce(industry, '') as industry
from accounts order by revenue desc nulls last, name, account_id
"""
_FLAGS: Final = {"": "", "no_positive_revenue": "no revenue", "revenue_missing": "revenue not known"}
_CENT: Final = Decimal("0.01")
_NEAR: Final = Decimal("0.10")  # a boundary account would change tier for less than a tenth of its own revenue


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account; shares of positive revenue from 0 to 1, None where it has no positive revenue."""

    rank: int
    account_id: str
    name: str
    revenue: Decimal | None
    share: Decimal | None
    cumulative: Decimal | None
    tier: int | None
    shown_tier: int | None
    strategic: bool
    reason: str
    flag: str
    industry: str
    owner: str

    @property
    def tier_word(self) -> str:
        """The tier it is shown in."""
        return tier_label(self.shown_tier)


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier as computed by revenue; `lifted` strategic accounts are shown in it besides, and move no line."""

    tier: int | None
    label: str
    accounts: int
    revenue: Decimal
    share: Decimal
    shown_accounts: int
    lifted: int
    goal: Decimal | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """An account that little revenue keeps out of the tier above."""

    account_id: str
    name: str
    tier: int
    above: int
    short_by: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """An account that other cuts would put elsewhere."""

    name: str
    revenue: Decimal | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers, and the accounts in order of revenue; the Pareto curve is their `cumulative` over their rank."""

    tiers: tuple[TierRow, ...]
    accounts: tuple[AccountRow, ...]
    boundaries: tuple[Boundary, ...]
    base: Decimal
    cuts: tuple[Decimal, ...]
    currency: str

    @property
    def curve(self) -> tuple[tuple[int, Decimal], ...]:
        """(number of accounts, share of revenue) from (0, 0) on."""
        points = ((row.rank, row.cumulative) for row in self.accounts if row.cumulative is not None)
        return ((0, Decimal(0)), *points)

    @property
    def headline(self) -> str:
        """The sentence over the page."""
        if not self.base:
            return "No account has a revenue yet, so there are no tiers."
        first = self.tiers[0]
        said = f"Tier I is {plural(first.accounts, 'account')} and {percent(first.share)} of {self._money(self.base)}"
        lifted = f"; {plural(first.lifted, 'strategic account')} shown with them" if first.lifted else ""
        return f"{said}{lifted}."

    def boundary_words(self, boundary: Boundary) -> str:
        """“€12,400 from Tier II”."""
        return f"{self._money(boundary.short_by)} from {tier_label(boundary.above)}"

    def _money(self, amount: Decimal) -> str:
        return money(amount, self.currency)


def tiers(engine: Engine, *, cuts: Sequence[Decimal] = DEFAULT_CUTS) -> Tiers:
    """The tiers of the account list at `cuts` (percent); raises ValueError for cuts that do not rise."""
    rows = list(records(engine.query(_ACCOUNTS)))
    placed = pareto([_revenue(row) for row in rows], cuts)
    accounts = _accounts(rows, placed)
    currencies = {row["currency"] for row in rows if row["currency"]}
    return Tiers(
        tiers=_tier_rows(accounts, placed),
        accounts=accounts,
        boundaries=_boundaries(accounts, placed),
        base=placed.base,
        cuts=placed.cuts,
        currency=currencies.pop() if len(currencies) == 1 else "",
    )


def what_if(engine: Engine, *, cuts: Sequence[Decimal], current: Sequence[Decimal] = DEFAULT_CUTS) -> tuple[Move, ...]:
    """The accounts that `cuts` would show in another tier than `current` does, largest first; nothing is kept."""
    old, new = tiers(engine, cuts=current), tiers(engine, cuts=cuts)
    pairs = zip(old.accounts, new.accounts, strict=True)
    return tuple(
        Move(before.name, before.revenue, before.shown_tier, after.shown_tier)
        for before, after in pairs
        if before.shown_tier != after.shown_tier
    )


def moves_in_words(moves: Sequence[Move]) -> str:
    """Who would move, as a sentence."""
    if not moves:
        return "No account would change its tier."
    names = [f"{move.name} ({tier_label(move.before)} → {tier_label(move.after)})" for move in moves]
    return f"{plural(len(moves), 'account')} would change tier: {listed(names, 5)}."


def _revenue(row: dict[str, Any]) -> Decimal | None:
    return Decimal(row["amount"]) if row["amount"] is not None else None


def _accounts(rows: Sequence[dict[str, Any]], placed: Pareto) -> tuple[AccountRow, ...]:
    made, running = [], Decimal(0)
    for rank, (row, place) in enumerate(zip(rows, placed.placements, strict=True), start=1):
        revenue = _revenue(row)
        counts = place.cumulative_before is not None and revenue is not None
        running += revenue if counts and revenue is not None else 0
        made.append(
            AccountRow(
                rank=rank, account_id=row["account_id"], name=row["name"], revenue=revenue,
                share=revenue / placed.base if counts and revenue is not None else None,
                cumulative=running / placed.base if counts else None,
                tier=place.tier, shown_tier=shown_tier(place.tier, strategic=bool(row["strategic"])),
                strategic=bool(row["strategic"]), reason=row["reason"], flag=_FLAGS[place.flag],
                industry=row["industry"], owner=row["owner"],
            )
        )  # fmt: skip
    return tuple(made)


def _tier_rows(accounts: Sequence[AccountRow], placed: Pareto) -> tuple[TierRow, ...]:
    goals = [b - a for a, b in pairwise((Decimal(0), *placed.cuts, Decimal(100)))]
    numbers: list[int | None] = list(range(1, len(goals) + 1))
    if any(row.tier is None for row in accounts):
        numbers.append(None)
    return tuple(_tier_row(tier, accounts, placed.base, goals) for tier in numbers)


def _tier_row(tier: int | None, accounts: Sequence[AccountRow], base: Decimal, goals: Sequence[Decimal]) -> TierRow:
    members = [row for row in accounts if row.tier == tier]
    shown = [row for row in accounts if row.shown_tier == tier]
    return TierRow(
        tier=tier,
        label=tier_label(tier),
        accounts=len(members),
        revenue=sum((row.revenue for row in members if row.revenue is not None), Decimal(0)),
        share=sum((row.share for row in members if row.share is not None), Decimal(0)),
        shown_accounts=len(shown),
        lifted=sum(row.tier != tier for row in shown),
        goal=None if tier is None else goals[tier - 1] / 100,
    )


def _boundaries(accounts: Sequence[AccountRow], placed: Pareto) -> tuple[Boundary, ...]:
    smallest: dict[int, Decimal] = {}
    found = []
    for row, place in zip(accounts, placed.placements, strict=True):
        if row.tier is None or row.revenue is None or place.cumulative_before is None:
            continue
        smallest[row.tier] = row.revenue
        above = row.tier - 1
        if above >= 1 and row.shown_tier == row.tier:
            in_place = place.cumulative_before * 100 / placed.cuts[above - 1] - placed.base + _CENT
            level = smallest[above] - row.revenue if above in smallest else in_place
            short = min(in_place, level).quantize(_CENT, ROUND_UP)
            if short <= row.revenue * _NEAR:
                found.append(Boundary(row.account_id, row.name, row.tier, above, short))
    return tuple(found)
