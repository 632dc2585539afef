"""Pareto tiers, exact in decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.pareto import pareto, shown_tier

MONEY = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
RULE = "include_crossing/same_tier"


def in_words(tier, flag):
    return {"no_positive_revenue": "3 (no positive revenue)", "revenue_missing": "untiered (revenue missing)"}.get(
        flag, tier
    )


def test_every_worked_example_is_met(truth):
    case = truth("pareto_tiers")
    for name, rules in case.expected["cases"].items():
        want, rows = rules[RULE], [row for row in case.rows if row["case"] == name]
        revenues = [Decimal(row["revenue"]) if row["revenue"] else None for row in rows]
        found = pareto(revenues)
        tiers = {row["account"]: in_words(p.tier, p.flag) for row, p in zip(rows, found.placements, strict=True)}
        assert tiers == want["computed"], name
        shown = {
            row["account"]: in_words(shown_tier(p.tier, strategic=row["strategic"] == "1"), p.flag)
            for row, p in zip(rows, found.placements, strict=True)
        }
        assert shown == want["final_with_strategic"], name
        first = [r for r, p in zip(revenues, found.placements, strict=True) if p.tier == 1]
        assert float(found.base) == want["total_positive"]
        assert len(first) == want["n_tier1"]
        assert float(sum(first) / found.base) == pytest.approx(want["tier1_share"])


def test_the_crossing_account_belongs_to_tier_one():
    assert [p.tier for p in pareto([Decimal(79), Decimal(11), Decimal(10)]).placements] == [1, 1, 3]


def test_tenths_that_floats_cannot_add_are_added_exactly():
    revenues = [Decimal(text) for text in ("0.7", "0.1", "0.09", "0.06", "0.05")]
    third = pareto(revenues).placements[2]
    assert (third.tier, third.cumulative_before) == (2, Decimal("0.8"))


def test_nobody_with_revenue_is_no_tier_one():
    assert [p.tier for p in pareto([None, Decimal(0), Decimal(-3)]).placements] == [None, 3, 3]


def test_more_cuts_make_more_tiers():
    cuts = [Decimal(50), Decimal(80), Decimal(95)]
    assert [p.tier for p in pareto([Decimal(n) for n in (50, 30, 15, 5)], cuts).placements] == [1, 2, 3, 4]


@pytest.mark.parametrize("cuts", [[], [Decimal(0)], [Decimal(90), Decimal(80)], [Decimal(80), Decimal(100)]])
def test_cuts_that_do_not_rise_are_refused(cuts):
    with pytest.raises(ValueError, match="rise"):
        pareto([Decimal(1)], cuts)


@given(st.lists(MONEY, min_size=1, max_size=40))
def test_tier_one_holds_its_share_and_would_not_without_its_smallest(revenues):
    found = pareto(revenues)
    first = [r for r, p in zip(revenues, found.placements, strict=True) if p.tier == 1]
    if found.base:
        assert sum(first) * 100 >= 80 * found.base
        assert sum(r for r in first if r > min(first)) * 100 < 80 * found.base


@given(st.lists(MONEY, min_size=1, max_size=40), st.randoms())
def test_tiers_depend_neither_on_the_order_nor_split_a_tie(revenues, random):
    tiers = {}
    for revenue, place in zip(revenues, pareto(revenues).placements, strict=True):
        assert tiers.setdefault(revenue, place.tier) == place.tier
    shuffled = random.sample(revenues, len(revenues))
    assert {r: p.tier for r, p in zip(shuffled, pareto(shuffled).placements, strict=True)} == tiers


@given(st.lists(MONEY, min_size=2, max_size=40))
def test_more_revenue_is_never_a_lower_tier(revenues):
    ranked = sorted(zip(revenues, pareto(revenues).placements, strict=True), key=lambda pair: -pair[0])
    tiers = [place.tier for _, place in ranked]
    assert tiers == sorted(tiers)
