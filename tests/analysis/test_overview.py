"""The executive's page and the accounts behind it."""

from __future__ import annotations

from decimal import Decimal

from amp.analysis.accounts import account_scores
from amp.analysis.filters import Filters
from amp.analysis.overview import AuditStanding, overview
from tests.small_company import person


def test_the_headline_counts_accounts_in_trouble_and_their_worth(opened):
    assert overview(opened, filters=Filters()).headline == (
        "Spring 2025: 2 accounts worth €700 are in trouble, 1 of them in Tier I."
    )


def test_there_are_six_tiles_and_each_says_what_it_rests_on(opened):
    audit = AuditStanding(total=84, highest=125, band="Average", submissions=3, previous=80)
    tiles = {tile.key: tile for tile in overview(opened, filters=Filters(), audit=audit).tiles}
    assert list(tiles) == ["recommend", "satisfaction", "heard", "trouble", "coverage", "audit"]
    assert (tiles["recommend"].value, tiles["recommend"].basis) == ("+13", "30 answers, 6 accounts")
    assert tiles["recommend"].noise == "no reliable difference"
    assert tiles["trouble"].basis == "2 accounts; 35\u202f% of the revenue heard from"
    assert (tiles["coverage"].value, tiles["audit"].change) == ("3 of 3", "+4 since the audit before")


def test_whom_to_call_is_the_largest_in_trouble_with_reason_and_quote(opened):
    first = overview(opened, filters=Filters()).calls[0]
    assert (first.account.name, first.account.revenue) == ("Birch Ltd", Decimal("600.00"))
    assert first.reason.startswith("mean recommendation 2.4 of 10 from 5 people")
    assert first.quote.startswith("They were late")


def test_the_map_places_every_account_once(opened):
    found = overview(opened, filters=Filters()).standing
    assert [(row.label, row.accounts) for row in found] == [
        ("Tier I", (1, 1, 1, 0)), ("Tier II", (1, 0, 0, 0)), ("Tier III", (0, 1, 1, 0)), ("Untiered", (0, 0, 0, 1)),
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


def test_an_account_with_few_people_shows_no_score_but_can_be_in_trouble(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "decision_maker", 3), person("A1", "influencer", 10)])
    found = account_scores(company.open(), filters=Filters())[0]
    assert (found.too_few, found.mean, found.in_trouble) == (True, None, True)
    assert "3" not in found.reason


def test_an_unhappy_decision_maker_is_trouble_whatever_others_say(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "decision_maker", 5)] + [person("A1", "influencer", 10)] * 9)
    found = account_scores(company.open(), filters=Filters())[0]
    assert (found.level, found.reason) == ("In trouble", "its decision makers' mean is below 7")
