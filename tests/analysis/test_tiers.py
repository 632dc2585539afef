"""The tiers page's result."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from amp.analysis.tiers import moves_in_words, tiers, what_if


def test_the_sentence_says_how_many_accounts_make_up_the_first_share(opened):
    assert tiers(opened).headline == "Tier I is 3 accounts and 85\u202f% of €2,000."


def test_each_tier_has_its_accounts_revenue_and_actual_share(opened):
    rows = tiers(opened).tiers
    assert [(r.label, r.accounts, r.revenue) for r in rows] == [
        ("Tier I", 3, Decimal(1700)),
        ("Tier II", 1, Decimal(150)),
        ("Tier III", 2, Decimal(150)),
        ("Untiered", 1, Decimal(0)),
    ]
    assert [r.share for r in rows[:3]] == [Decimal("0.85"), Decimal("0.075"), Decimal("0.075")]
    assert [r.goal for r in rows[:3]] == [Decimal("0.8"), Decimal("0.1"), Decimal("0.1")]


def test_the_curve_rises_to_all_of_the_revenue(opened):
    curve = tiers(opened).curve
    assert curve[0] == (0, 0)
    assert curve[-1] == (6, 1)
    steps = [b - a for (_, a), (_, b) in pairwise(curve)]
    assert steps == sorted(steps, reverse=True), "the largest account comes first"


def test_a_boundary_account_moves_up_with_the_revenue_it_lacks(company):
    company.add_accounts()
    found = tiers(company.open(), cuts=[Decimal(84), Decimal("92.2")])
    boundary = next(b for b in found.boundaries if b.name == "Elm & Co. KG")
    revenues = [row.revenue for row in found.accounts if row.revenue is not None]
    lifted = [
        r + boundary.short_by if row.name == boundary.name else r
        for r, row in zip(revenues, found.accounts, strict=False)
    ]
    before = sum(revenues[:4])
    assert Decimal("92.2") * sum(revenues) <= before * 100 < Decimal("92.2") * sum(lifted)
    assert found.boundary_words(boundary).endswith("from Tier II")


def test_a_strategic_account_is_counted_as_lifted_and_moves_no_line(company):
    company.add_accounts()
    found = tiers(company.open(strategic={"A6": "Opens Asia"}))
    assert (found.tiers[0].accounts, found.tiers[0].lifted, found.tiers[0].shown_accounts) == (3, 1, 4)
    assert found.headline.endswith("1 strategic account shown with them.")


def test_a_what_if_names_who_would_move(opened):
    moves = what_if(opened, cuts=[Decimal(70), Decimal(90)])
    assert [(m.name, m.before, m.after) for m in moves] == [("Cedar Inc.", 1, 2)]
    assert moves_in_words(moves) == "1 account would change tier: Cedar Inc. (Tier I → Tier II)."
    assert moves_in_words(what_if(opened, cuts=[Decimal(80), Decimal(90)])) == "No account would change its tier."


def test_without_accounts_the_page_says_so(empty):
    found = tiers(empty)
    assert found.headline == "No account has a revenue yet, so there are no tiers."
    assert found.accounts == ()
