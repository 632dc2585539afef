"""The executive's page and the accounts behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from amp.analysis.accounts import account_scores
from amp.analysis.competitors import competitors
from amp.analysis.filters import Filters
from amp.analysis.overview import AuditStanding, overview
from amp.analysis.satisfaction import satisfaction
from amp.analysis.scores import p_values
from tests.small_company import person


def test_the_headline_counts_accounts_in_trouble_and_their_worth(opened):
    assert overview(opened, filters=Filters()).headline == (
        "Spring 2025: 2 of 6 accounts with at least 5 people, worth €700, are in trouble, 1 of them in Tier I."
    )


def test_there_are_six_tiles_and_each_says_what_it_rests_on(opened):
    audit = AuditStanding(total=84, highest=125, band="Average", submissions=3, previous=80)
    tiles = {tile.key: tile for tile in overview(opened, filters=Filters(), audit=audit).tiles}
    assert list(tiles) == ["recommend", "satisfaction", "heard", "trouble", "coverage", "audit"]
    assert (tiles["recommend"].value, tiles["recommend"].basis) == (
        "+13",
        "95 % interval −73 to 100; 30 answers, 6 accounts",
    )
    assert tiles["recommend"].noise == "no reliable difference"
    assert (
        tiles["trouble"].basis
        == "2 of 6 accounts with at least 5 people; mean below 7; 35\u202f% of the revenue heard from"
    )
    assert (tiles["coverage"].value, tiles["audit"].change) == ("3 of 3", "+4 since the audit before")


def test_whom_to_call_is_the_largest_in_trouble_with_reason_and_quote(opened):
    first = overview(opened, filters=Filters()).calls[0]
    assert (first.account.name, first.account.revenue) == ("Birch Ltd", Decimal("600.00"))
    assert first.reason.startswith("mean recommendation 2.4 of 10 from 5 people")
    assert first.quote.startswith("They were late")


def test_the_map_places_every_account_once(opened):
    found = overview(opened, filters=Filters()).standing
    assert [(row.label, row.accounts) for row in found] == [
        ("Tier I", (1, 1, 1, 0, 0)), ("Tier II", (1, 0, 0, 0, 0)), ("Tier III", (0, 1, 1, 0, 0)),
        ("Untiered", (0, 0, 0, 0, 1)),
    ]  # fmt: skip
    assert sum(sum(row.revenue) for row in found) == Decimal("2000.00")


def test_filters_narrow_the_accounts_too(opened):
    tiles = {t.key: t for t in overview(opened, filters=Filters(industries=("Energy",))).tiles}
    assert tiles["heard"].basis == "€1,050 of €1,050"


def test_an_empty_workspace_has_an_honest_overview(empty):
    found = overview(empty, filters=Filters())
    assert found.headline == "Nothing has been heard from customers yet."
    assert (found.changes, found.calls, found.standing) == ((), (), ())
    assert "None" not in str([tile.value + tile.basis + tile.change for tile in found.tiles])


def test_accounts_without_a_survey_are_all_silent(company):
    company.add_accounts()
    found = overview(company.open(), filters=Filters())
    assert {tile.key: tile.value for tile in found.tiles}["heard"] == "0\u202f%"
    assert all(sum(row.accounts[:-1]) == 0 for row in found.standing)


def test_what_few_people_said_puts_no_account_in_trouble(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "decision_maker", 3)] * 4 + [person("A2", "influencer", 8)] * 5)
    engine = company.open()
    found = {account.name: account for account in account_scores(engine, filters=Filters())}
    few = found["Arbor GmbH"]
    assert (few.level, few.too_few, few.mean.value, few.reason) == ("Too few to say", True, None, "")
    assert overview(engine, filters=Filters()).headline == (
        "Spring 2024: none of 1 account with at least 5 people is in trouble."
    )


def test_decision_makers_count_from_the_minimum_group_on(company):
    company.add_accounts()
    company.add_survey(
        "Spring 2024",
        [person("A1", "decision_maker", 5)] * 5 + [person("A1", "influencer", 10)] * 9
        + [person("A2", "decision_maker", 2)] * 4 + [person("A2", "influencer", 10)] * 9,
    )  # fmt: skip
    many, few = account_scores(company.open(), filters=Filters())
    assert (many.level, many.reason) == ("In trouble", "its decision makers' mean is below 7")
    assert (few.level, few.reason) == ("Content", "")


def test_the_league_gives_no_change_from_a_wave_in_which_few_answered(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "influencer", 9)] * 4 + [person("A2", "influencer", 9)] * 5)
    company.add_survey(
        "Spring 2025", [person(a, "influencer", score) for a in ("A1", "A2") for score in (6, 7, 7, 8, 9)]
    )
    first, second = account_scores(company.open(), filters=Filters())
    assert (first.name, first.mean.value, first.change.value) == ("Arbor GmbH", pytest.approx(7.4), None)
    assert second.change.value == pytest.approx(7.4 - 9)
    assert second.change.low < second.change.value < second.change.high
    assert second.mean.low < 7.4 < second.mean.high


def test_a_filter_that_leaves_out_few_people_of_an_account_hides_its_score(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "decision_maker", 9)] * 6 + [person("A1", "influencer", 2)])
    engine = company.open()
    assert account_scores(engine, filters=Filters())[0].mean.value == pytest.approx(8)
    assert account_scores(engine, filters=Filters(roles=("decision_maker",)))[0].too_few


def test_without_a_recommend_question_nobody_is_said_to_be_or_not_to_be_in_trouble(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [{"account_ref": "A1", "q2": 4}] * 6)
    engine = company.open()
    engine.load_frame("questions", engine.query("select * from questions where kind <> 'recommend'"))
    found = overview(engine, filters=Filters())
    tiles = {tile.key: tile for tile in found.tiles}
    assert "no survey asked for a recommendation" in found.headline
    assert (tiles["trouble"].value, tiles["trouble"].basis) == ("–", "no survey asked for a recommendation")
    assert (tiles["recommend"].value, found.asked, found.calls) == ("–", False, ())


def test_nothing_is_said_to_be_worth_nothing_where_no_revenue_is_loaded(company):
    company.add_survey("Spring 2024", [person("X Ltd", "influencer", 3)] * 6)
    found = overview(company.open(), filters=Filters())
    assert found.headline == "Spring 2024: 1 of 1 account with at least 5 people is in trouble."
    assert "worth" not in str([tile.value + tile.basis for tile in found.tiles])


def test_all_changes_of_the_page_are_judged_as_one_family(opened):
    views = [satisfaction(opened, filters=Filters(), subject=s) for s in ("company", "product", "service")]
    looked = [[view.total, *view.attributes] for view in views]
    found_p = p_values([*views[0].groups, *(row for rows in looked for row in rows)])
    rivals = competitors(opened, filters=Filters()).rows
    expected = sum(p is not None for p in [*found_p, *(row.net.respondent.p for row in rivals)])
    found = overview(opened, filters=Filters())
    assert found.compared == expected
    assert f"{expected} tests" in found.judged


def test_what_changed_says_the_interval_and_what_it_rests_on(company):
    company.add_survey("Spring 2024", [person(f"C{i}", "influencer", 9, q3=4 + i % 2) for i in range(40)])
    company.add_survey("Spring 2025", [person(f"C{i}", "influencer", 9, q3=1 + (i % 3 == 0)) for i in range(40)])
    assert overview(company.open(), filters=Filters()).changes[0] == (
        "Services as a whole: satisfaction −3.1 (−3.4 to −2.9; 80 answers) since Spring 2024"
    )
