"""One account, everything known about it."""

import pytest

from amp.analysis.account import account, choices
from amp.errors import NotFound
from tests.small_company import people, person


def test_the_page_opens_with_what_the_account_is_worth_and_how_its_people_feel(opened):
    found = account(opened, account_id="A2")
    assert found.headline == (
        "Birch Ltd: Tier I, €600; 5 people answered in Spring 2025, mean recommendation 2.4 of 10 "
        "(95 % interval 1.7 to 3.1) after 8.4 in Spring 2024."
    )


def test_waves_are_in_order_with_people_and_means(opened):
    found = account(opened, account_id="A2")
    assert [(wave.wave, wave.people) for wave in found.waves] == [("Spring 2024", 5), ("Spring 2025", 5)]
    assert [wave.recommend for wave in found.waves] == pytest.approx([8.4, 2.4])


def test_below_the_minimum_group_people_are_counted_and_no_score_is_shown(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "influencer", score) for score in (3, 9, 10, 2)])
    found = account(company.open(), account_id="A1")
    assert (found.waves[0].people, found.waves[0].recommend, found.waves[0].satisfied) == (4, None, None)
    assert found.headline.endswith("4 people answered in Spring 2024, too few for a score.")


def wrote(role, n):
    return [person("A1", role, 3, q5=f"The hand-over went wrong twice, said {role} {i}.") for i in range(n)]


def test_the_comments_of_few_people_of_a_named_account_are_not_shown(company):
    company.add_accounts()
    company.add_survey("Spring 2024", wrote("decision_maker", 4))
    company.add_survey("Spring 2025", wrote("influencer", 5))
    assert {one.wave for one in account(company.open(), account_id="A1").said} == {"Spring 2025"}


def test_a_comment_says_no_role_where_those_of_that_role_are_few(company):
    company.add_accounts()
    company.add_survey("Spring 2024", wrote("influencer", 6) + wrote("decision_maker", 3) + wrote("recommender", 2))
    found = account(company.open(), account_id="A1")
    assert {one.role for one in found.said} == {"Influencers", ""}
    assert {row.label: row.heard for row in found.coverage} == {
        "Influencers": 6, "Decision makers": None, "Recommenders": None,
    }  # fmt: skip


def test_no_role_is_told_where_what_is_left_without_one_would_be_of_few_people(company):
    company.add_accounts()
    company.add_survey("Spring 2024", wrote("influencer", 6) + wrote("decision_maker", 1))
    found = account(company.open(), account_id="A1")
    assert ({one.role for one in found.said}, {row.heard for row in found.coverage}) == ({""}, {None})


def test_addresses_in_a_comment_are_masked(company):
    company.add_accounts()
    quote = "Please write to ann.smith@alder.example about it."
    company.add_survey("Spring 2024", [person("A1", "influencer", 3, q5=quote)] * 5)
    assert "alder.example" not in account(company.open(), account_id="A1").said[0].text


def test_contacts_known_and_people_heard_stand_side_by_side(company):
    company.add_accounts()
    company.add_contacts(
        [{"contact_id": str(i), "account_ref": "A1", "role": "decision_maker"} for i in range(3)]
        + [{"contact_id": "9", "account_ref": "A1", "role": "influencer"}]
    )
    company.add_survey("Spring 2024", people())
    rows = {row.label: (row.contacts, row.heard) for row in account(company.open(), account_id="A1").coverage}
    assert rows["Decision makers"][0] == 3
    assert rows["Influencers"][0] == 1
    assert sum(heard for _, heard in rows.values()) == 5


def test_an_account_nobody_answered_for_says_so(company):
    company.add_accounts()
    found = account(company.open(), account_id="A1")
    assert found.waves == ()
    assert found.headline.endswith("nobody there has answered yet.")


def test_an_account_that_is_not_on_the_list_is_not_found(opened):
    with pytest.raises(NotFound, match="not on the account list"):
        account(opened, account_id="'; drop table accounts; --")


def test_accounts_to_choose_from_come_largest_first(opened):
    assert next(iter(choices(opened).values())).endswith("(Tier I)")
    assert list(choices(opened)) == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"][: len(choices(opened))]
