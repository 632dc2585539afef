"""Comparisons with competitors."""

from __future__ import annotations

from decimal import Decimal

from amp.analysis.competitors import competitors
from amp.analysis.filters import Filters
from tests import small_company
from tests.small_company import person


def test_counts_stand_in_the_order_of_the_scale_and_dont_knows_apart(opened):
    row = competitors(opened, filters=Filters()).rows[0]
    assert (row.competitor, row.subject, row.counts, row.dont_know) == ("Rival", "service", (5, 5, 5, 5, 5), 5)
    assert (row.net.respondent.value, row.mean, row.p_parity) == (0, 0, 1)
    assert row.verdict == "no reliable difference"


def test_accounts_that_put_the_competitor_ahead_are_named_with_their_revenue(opened):
    row = competitors(opened, filters=Filters()).rows[0]
    assert [(account.name, account.revenue, account.people) for account in row.ahead] == [
        ("Birch Ltd", Decimal("600.00"), 5), ("Elm & Co. KG", Decimal("100.00"), 5),
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
    assert found.headline == (
        "Rival is ahead of us on service: net better −75, 95 % interval −96 to −54, from 40 answers."
    )


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


def test_an_account_of_few_people_is_not_named_as_one_where_a_competitor_is_ahead(company):
    company.add_accounts()
    who = [person("A1", "influencer", 9, q4=-1)] * 5 + [person("A2", "influencer", 9, q4=-2)] * 4
    company.add_survey("Spring 2024", who)
    row = competitors(company.open(), filters=Filters()).rows[0]
    assert ([account.name for account in row.ahead], row.too_few) == (["Arbor GmbH"], 1)
    assert row.revenue_ahead == Decimal("800.00")


def unhappy(n, **said):
    return [person(f"C{i}", "influencer", 3, q4=-1, **said) for i in range(n)]


def test_fewer_than_the_minimum_of_comments_are_not_quoted(company):
    company.add_survey("Spring 2024", unhappy(9, q5="The deliveries are late every single time."))
    engine = company.open()
    assert competitors(engine, filters=Filters()).rows[0].reasons == ()
    assert len(competitors(engine, filters=Filters(), min_comments=9).rows[0].reasons) == 5


def test_praise_is_no_reason_for_finding_us_worse(company):
    company.add_survey(
        "Spring 2024",
        unhappy(10, q5="Support is excellent, friendly and quick.") + unhappy(3, q5="The invoices are always wrong."),
    )
    reasons = competitors(company.open(), filters=Filters()).rows[0].reasons
    assert {reason.said for reason in reasons} == {"The invoices are always wrong."}


def test_what_a_question_for_praise_got_is_no_reason_either(company, monkeypatch):
    *others, (key, name, kind, subject, attribute, *rest, _) = small_company.QUESTIONS
    praise = (key, name, kind, subject, attribute, *rest, "What do we do best?")
    monkeypatch.setattr(small_company, "QUESTIONS", (*others, praise))
    company.add_survey("Spring 2024", unhappy(12, q5="Electronic invoices, and that late orders are announced."))
    assert competitors(company.open(), filters=Filters()).rows[0].reasons == ()


FINER = (
    ("q6", "speed", "comparison", "service", "Speed", "Rival", -2, 2, "Compared with Rival, our speed is"),
    ("q7", "price", "comparison", "service", "Price", "Rival", -2, 2, "Compared with Rival, our price is"),
)


def test_detail_rows_are_there_only_where_the_survey_asked_more_finely(company, opened, monkeypatch):
    whole = competitors(opened, filters=Filters())
    assert (whole.details, whole.compared) == ((), 1)
    monkeypatch.setattr(small_company, "QUESTIONS", (*small_company.QUESTIONS, *FINER))
    company.add_survey("Spring 2026", [person(f"C{i}", "influencer", 8, q6=i % 2, q7=-(i % 3 == 0)) for i in range(20)])
    found = competitors(company.open(), filters=Filters())
    assert [(row.attribute, row.n) for row in found.details] == [("Price", 20), ("Speed", 20)]
    assert found.compared == 3
    assert "3 comparisons" in found.judged


def test_a_comparison_that_names_no_competitor_is_said_to_be_one(company, monkeypatch):
    nameless = [(*row[:5], None, *row[6:]) if row[2] == "comparison" else row for row in small_company.QUESTIONS]
    monkeypatch.setattr(small_company, "QUESTIONS", tuple(nameless))
    company.add_survey("Spring 2024", unhappy(40))
    found = competitors(company.open(), filters=Filters())
    assert (found.asked, found.named, found.rows) == (True, False, ())
    assert "no question names the competitor" in found.headline


def test_a_filter_that_leaves_out_few_people_hides_the_comparison(company):
    company.add_survey("Spring 2024", unhappy(20) + [person("Z", "decision_maker", 9, q4=2)] * 4)
    engine = company.open()
    assert competitors(engine, filters=Filters()).rows[0].n == 24
    found = competitors(engine, filters=Filters(roles=("influencer",)))
    assert found.rows == ()
    assert found.headline.endswith("Hidden: fewer than 5 people within these filters, or left out by them.")


def test_without_comparisons_the_page_says_so(empty):
    assert competitors(empty, filters=Filters()).headline == (
        "No survey that compares us with a competitor is loaded yet."
    )  # fmt: skip
