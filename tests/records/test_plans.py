"""Plans beside submitted audits: at most three statements, replaced as a whole, gone with their audit."""

import sqlite3
from datetime import date, timedelta

import pytest

from amp.audit import plan as plan_of_the_audit
from amp.errors import AmpError, Conflict, NotFound
from amp.records import plans as kept_plans
from amp.records.access import Role
from amp.records.campaign_values import NewCampaign
from amp.records.database import open_records
from amp.records.plans import PlanStep

FULL = PlanStep("1.1", effort=1, impact=3, owner="Kim Larsen", due=date(2025, 6, 1))


@pytest.fixture
def token(records, now):
    """The link of a submitted audit."""
    return submitted(records, records.audits.begin("amp-snapshot", "1.0", now), now)


def submitted(records, token, at):
    records.audits.answer(token, "1.1", 3, at)
    records.audits.set_details(token, company="Nordic", industry="Energy", industry_other="", taker="Kim", now=at)
    records.audits.submit(token, ["1.1"], at)
    return token


def test_a_plan_is_empty_until_something_is_chosen(records, token):
    assert records.plans.of(token) == ()


def test_a_plan_keeps_all_that_was_said_and_leaves_the_rest_open(records, token):
    records.plans.keep(token, [PlanStep("2.1"), FULL])
    assert records.plans.of(token) == (FULL, PlanStep("2.1"))
    assert records.plans.of_number(records.audits.draft(token).id) == (FULL, PlanStep("2.1"))


def test_a_plan_takes_the_place_of_the_one_there_was(records, token):
    records.plans.keep(token, [FULL, PlanStep("2.1")])
    records.plans.keep(token, [PlanStep("1.1", owner="Robin")])
    assert records.plans.of(token) == (PlanStep("1.1", owner="Robin"),)
    records.plans.keep(token, [])
    assert records.plans.of(token) == ()


def test_a_plan_is_there_after_reopening(records, path, token):
    records.plans.keep(token, [FULL])
    records.close()
    again = open_records(path)
    assert again.plans.of(token) == (FULL,)
    again.close()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([PlanStep(f"1.{number}") for number in range(1, 5)], "at most 3 statements"),
        ([PlanStep("1.2"), PlanStep("1.2", owner="Robin")], "each statement once"),
    ],
    ids=["four statements", "one statement twice"],
)
def test_what_is_no_plan_is_refused_and_the_old_one_stays(records, token, steps, said):
    records.plans.keep(token, [FULL])
    with pytest.raises(AmpError, match=said):
        records.plans.keep(token, steps)
    assert records.plans.of(token) == (FULL,)


@pytest.mark.parametrize("amounts", [{"effort": 0}, {"effort": 4}, {"impact": -1}, {"impact": 9}])
def test_effort_and_impact_run_from_1_to_3(records, token, amounts):
    with pytest.raises(ValueError, match="from 1 to 3"):
        records.plans.keep(token, [FULL, PlanStep("2.1", **amounts)])
    assert records.plans.of(token) == ()


def test_an_owners_name_of_10000_characters_is_refused_and_the_old_plan_stays(records, token):
    records.plans.keep(token, [FULL])
    with pytest.raises(AmpError, match="at most 200 characters"):
        records.plans.keep(token, [PlanStep("1.1", owner="x" * 10_000)])
    assert records.plans.of(token) == (FULL,)
    records.plans.keep(token, [PlanStep("1.1", owner="x" * 200)])
    assert records.plans.of(token)[0].owner == "x" * 200


@pytest.mark.parametrize(
    "owner", ["שלום \u202eمرحبا", "👩🏽\u200d🚀", "be\x00fore", "one\n two\r\nthree", "=1+1", "'; --"]
)
def test_any_name_can_own_a_step(records, token, owner):
    records.plans.keep(token, [PlanStep("1.1", owner=owner)])
    assert records.plans.of(token)[0].owner == " ".join(owner.split())


def test_an_audit_that_is_not_submitted_has_no_plan(records, now):
    token = records.audits.begin("amp-snapshot", "1.0", now)
    with pytest.raises(Conflict, match="not submitted yet"):
        records.plans.keep(token, [FULL])
    assert records.plans.of(token) == ()


def test_an_unknown_link_has_no_plan(records):
    for attempt in (lambda: records.plans.of("unknown"), lambda: records.plans.keep("unknown", [FULL])):
        with pytest.raises(NotFound, match="no audit behind this link"):
            attempt()
    assert records.plans.of_number(99) == ()


def test_a_plan_belongs_to_its_audit_alone(records, token, now):
    other = submitted(records, records.audits.begin("amp-snapshot", "1.0", now), now)
    records.plans.keep(token, [FULL])
    records.plans.keep(other, [PlanStep("2.2")])
    assert (records.plans.of(token), records.plans.of(other)) == ((FULL,), (PlanStep("2.2"),))


def test_a_plan_goes_with_its_audit(records, path, token):
    records.plans.keep(token, [FULL])
    records.audits.delete(token)
    assert sqlite3.connect(path).execute("select count(*) from plan_steps").fetchone() == (0,)
    assert all(b"Kim Larsen" not in part.read_bytes() for part in path.parent.iterdir())


def test_the_plan_stays_with_the_first_audit_when_it_is_taken_again(records, token, now):
    records.plans.keep(token, [FULL])
    again = submitted(records, records.audits.again(token, "amp-snapshot", "1.0", now), now)
    assert (records.plans.of(token), records.plans.of(again)) == ((FULL,), ())


def test_a_plan_may_still_change_after_the_campaign_is_closed(records, now):
    new = NewCampaign("Spring", "Nordic", "Energy", "amp-snapshot", "1.0", now, now + timedelta(days=1), anonymous=True)
    campaign = records.campaigns.create(new, Role.EDITOR, now)
    token = submitted(records, records.audits.begin("a", "1", now, campaign=campaign.code), now)
    records.campaigns.close(campaign.id, Role.EDITOR, now)
    records.plans.keep(token, [FULL])
    assert records.plans.of(token) == (PlanStep("1.1", 1, 3, "", date(2025, 6, 1)),)


def test_the_records_and_the_audit_mean_the_same_by_a_plan():
    assert kept_plans.MOST == plan_of_the_audit.MOST
    assert PlanStep("1.1").__dict__ == plan_of_the_audit.Step("1.1").__dict__
