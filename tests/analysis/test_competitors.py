"""Comparisons with competitors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from amp.analysis.competitors import competitors
from amp.analysis.filters import Filters
from tests.small_company import person


def test_counts_stand_in_the_order_of_the_scale_and_dont_knows_apart(opened):
    row = competitors(opened, filters=Filters()).rows[0]
    assert (row.competitor, row.subject, row.counts, row.dont_know) == ("Rival", "service", (5, 5, 5, 5, 5), 5)
    assert (row.net.respondent.value, row.mean, row.p_parity) == (0, 0, 1)
    assert row.verdict == "no reliable difference"


def test_accounts_that_put_the_competitor_ahead_are_named_with_their_revenue(opened):
    row = competitors(opened, filters=Filters()).rows[0]
    assert [(account.name, account.revenue) for account in row.ahead] == [
        ("Birch Ltd", Decimal("600.00")), ("Elm & Co. KG", Decimal("100.00")),
    ]  # fmt: skip
    assert row.revenue_ahead == Decimal("700.00")


def test_the_reasons_are_of_those_who_found_us_worse_and_carry_no_name(opened):
    reasons = competitors(opened, filters=Filters()).rows[0].reasons
    assert len(reasons) == 5
    assert {reason.tier_label for reason in reasons} <= {"Tier I", "Tier III"}
    assert not hasattr(reasons[0], "name")


def test_a_competitor_that_is_ahead_everywhere_is_the_headline(company):
    company.add_survey("Spring 2024", [person(f"C{i}", "influencer", 8, q4=-1 if i % 8 else 1) for i in range(40)])
    found = competitors(company.open(), filters=Filters())
    assert found.rows[0].verdict == "ahead of us"
    assert found.headline == "Rival is ahead of us on service: net better -75 from 40 answers."


def test_too_few_who_compared_are_left_out(company):
    company.add_survey(
        "Spring 2024", [person(f"C{i}", "influencer", 8, q4=1 if i < 4 else "dont_know") for i in range(40)]
    )
    found = competitors(company.open(), filters=Filters())
    assert found.rows == ()
    assert found.headline.endswith("Hidden: fewer than 5 people.")


def test_a_small_tier_is_hidden_within_a_comparison(company):
    company.add_accounts()
    who = [person("A1", "influencer", 9, q4=1)] * 9 + [person("A4", "influencer", 9, q4=0)] * 8
    company.add_survey("Spring 2024", who + [person("A5", "influencer", 9, q4=-2)] * 2)
    row = competitors(company.open(), filters=Filters()).rows[0]
    assert [(tier.label, tier.hidden) for tier in row.tiers] == [
        ("Tier I", False),
        ("Tier II", True),
        ("Tier III", True),
    ]


def test_the_detail_rows_are_by_attribute(opened):
    detail = competitors(opened, filters=Filters()).details[0]
    assert (detail.attribute, detail.n) == ("Against Rival", 25)
    assert detail.net.respondent.value == pytest.approx(0)


def test_without_comparisons_the_page_says_so(empty):
    assert competitors(empty, filters=Filters()).headline == (
        "No survey that compares us with a competitor is loaded yet."
    )  # fmt: skip
