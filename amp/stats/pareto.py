"""Pareto tiers by revenue, in exact decimals: the crossing account is in, and equal revenues share a tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final, Literal

DEFAULT_CUTS: Final = (Decimal(80), Decimal(90))
Flag = Literal["", "no_positive_revenue", "revenue_missing"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one account falls; `tier` is 1 … N, or None without a revenue. Money is in the units given."""

    tier: int | None
    cumulative_before: Decimal | None
    flag: Flag = ""


@dataclass(frozen=True, slots=True)
class Pareto:
    """Placements in the order of the revenues given, the base (all positive revenue) and the cuts used, in percent."""

    placements: tuple[Placement, ...]
    base: Decimal
    cuts: tuple[Decimal, ...]


def pareto(revenues: Sequence[Decimal | None], cuts: Sequence[Decimal] = DEFAULT_CUTS) -> Pareto:
    """Tier of each revenue: tier k when the revenue before its tie group is below cut k (percent) of the base.

    So tier 1 always holds at least the first cut. Revenue of 0 or less goes to the last tier, flagged; a missing one
    has no tier. Raises ValueError unless the cuts rise within 0 to 100, both excluded.
    """
    kept = checked_cuts(cuts)
    positive = sorted(((r, i) for i, r in enumerate(revenues) if r is not None and r > 0), reverse=True)
    base = sum((revenue for revenue, _ in positive), Decimal(0))
    placements = [_without_place(revenue, len(kept) + 1) for revenue in revenues]
    before = Decimal(0)
    for _, group in groupby(positive, key=lambda pair: pair[0]):
        tied = tuple(group)
        tier = 1 + sum(before * 100 >= cut * base for cut in kept)
        for _, i in tied:
            placements[i] = Placement(tier, before)
        before += sum(revenue for revenue, _ in tied)
    return Pareto(tuple(placements), base, kept)


def checked_cuts(cuts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The cuts as a tuple; raises ValueError unless they rise within 0 to 100, both excluded."""
    kept = tuple(cuts)
    if not kept or any(not 0 < cut < 100 for cut in kept) or any(a >= b for a, b in pairwise(kept)):
        raise ValueError("cuts must rise, each above 0 and below 100 percent")
    return kept


def shown_tier(tier: int | None, *, strategic: bool) -> int | None:
    """The tier to display: a strategic account is shown in tier 1, and no line moves for it."""
    return 1 if strategic else tier


def _without_place(revenue: Decimal | None, last: int) -> Placement:
    if revenue is None:
        return Placement(None, None, "revenue_missing")
    return Placement(last, None, "no_positive_revenue")
