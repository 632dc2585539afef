"""Taking an audit again: a new one, linked to the first, that stands for it in its campaign; and deleting either."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from amp.errors import Conflict, NotFound
from amp.records.access import Role
from amp.records.campaign_values import NewCampaign, Progress
from amp.records.database import open_records
from amp.records.plans import PlanStep

PROJECT = Path(__file__).resolve().parents[2]
STATEMENTS = ("1.1", "1.2")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KILLED_AFTER_A_RETAKE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from amp.records.database import open_records
audits, now = open_records(Path(sys.argv[1])).audits, datetime.now(UTC)
first = audits.begin("amp-snapshot", "1.0", now)
audits.answer(first, "1.1", 2, now)
audits.set_details(first, company="Nordic", industry="Energy", industry_other="", now=now)
audits.submit(first, ["1.1"], now)
again = audits.again(first, "amp-snapshot", "1.0", now)
audits.answer(again, "1.1", 5, now)
print(again, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def campaign(records, now):
    new = NewCampaign("Spring", "Nordic Steel", "Energy", "amp-snapshot", "1.0", now, now + 7 * DAY, anonymous=False)
    return records.campaigns.create(new, Role.EDITOR, now)


def answered(records, token, at, value=3, **details):
    for statement_id in STATEMENTS:
        records.audits.answer(token, statement_id, value, at)
    named = {"company": "Nordic", "industry": "Energy", "industry_other": "", "taker": "Kim", **details}
    records.audits.set_details(token, **named, now=at)
    return token


def first_of(records, at, campaign="", **given):
    token = answered(records, records.audits.begin("amp-snapshot", "1.0", at, campaign=campaign), at, **given)
    records.audits.submit(token, STATEMENTS, at)
    return token


def again_of(records, token, at, *, submit=True, **given):
    again = answered(records, records.audits.again(token, "amp-snapshot", "2.0", at), at, **given)
    if submit:
        records.audits.submit(again, STATEMENTS, at)
    return again


def bytes_of(path):
    return b"".join(part.read_bytes() for part in path.parent.iterdir())


def test_a_retake_is_a_new_audit_that_knows_the_first(records, now):
    first = first_of(records, now, value=2, company="Nordic", industry="Other", industry_other="Shipping")
    again = records.audits.again(first, "amp-snapshot", "2.0", now + DAY)
    draft = records.audits.draft(again)
    assert (draft.answers, draft.submitted_at, draft.begun_at, draft.repeats) == ({}, None, now + DAY, True)
    assert (draft.company, draft.industry, draft.industry_other) == ("Nordic", "Other", "Shipping")
    assert draft.instrument_version == "2.0"
    assert records.audits.before(again) == records.audits.draft(first)
    assert records.audits.before(first) is None


def test_a_retake_leaves_the_first_as_it_was(records, now):
    first = first_of(records, now, value=2)
    before = records.audits.draft(first)
    again_of(records, first, now + DAY, value=5, company="Renamed")
    assert records.audits.draft(first) == before


def test_an_audit_that_is_not_submitted_is_not_taken_again(records, now):
    token = records.audits.begin("amp-snapshot", "1.0", now)
    with pytest.raises(Conflict, match="not submitted yet"):
        records.audits.again(token, "amp-snapshot", "1.0", now)
    with pytest.raises(Conflict, match="not submitted yet"):
        records.audits.again(records.audits.again(first_of(records, now), "a", "1", now), "a", "1", now)


def test_an_unknown_link_is_not_taken_again(records, now):
    for attempt in (lambda: records.audits.again("unknown", "a", "1", now), lambda: records.audits.before("unknown")):
        with pytest.raises(NotFound, match="no audit behind this link"):
            attempt()


def test_a_retake_can_be_taken_again(records, now):
    first = first_of(records, now, value=1)
    second = again_of(records, first, now + DAY, value=2)
    third = again_of(records, second, now + 2 * DAY, value=3)
    assert records.audits.before(third) == records.audits.draft(second)
    assert [one.answers["1.1"] for one in records.audits.submissions()] == [1, 2, 3]


def test_staff_find_what_a_submitted_audit_repeats_and_nothing_for_a_draft(records, now):
    first = first_of(records, now)
    again = records.audits.draft(again_of(records, first, now + DAY)).id
    unfinished = records.audits.draft(again_of(records, first, now + DAY, submit=False)).id
    assert records.audits.before_of(again) == records.audits.draft(first)
    assert records.audits.before_of(unfinished) is None
    assert records.audits.before_of(records.audits.draft(first).id) is None
    assert records.audits.before_of(999) is None


def test_deleting_the_first_leaves_the_second(records, now):
    first = first_of(records, now)
    again = again_of(records, first, now + DAY, value=5)
    records.audits.delete(first)
    assert records.audits.before(again) is None
    assert records.audits.draft(again).answers == {"1.1": 5, "1.2": 5}
    assert not records.audits.draft(again).repeats
    assert len(records.audits.submissions()) == 1


def test_deleting_the_second_leaves_the_first(records, now):
    first = first_of(records, now)
    records.audits.delete(again_of(records, first, now + DAY))
    assert records.audits.draft(first).answers == {"1.1": 3, "1.2": 3}


def test_a_retake_is_there_after_reopening(path, now):
    records = open_records(path)
    first = first_of(records, now)
    again = again_of(records, first, now + DAY)
    records.close()
    records = open_records(path)
    assert records.audits.before(again) == records.audits.draft(first)
    records.close()


def test_a_retake_and_what_it_repeats_survive_kill_9(path):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_A_RETAKE, str(path)],
        cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert killed.returncode == -9
    records, again = open_records(path), killed.stdout.strip()
    assert records.audits.draft(again).answers == {"1.1": 5}
    before = records.audits.before(again)
    assert before.answers == {"1.1": 2}
    assert before.submitted_at is not None
    records.close()


# In a campaign


def test_in_an_open_campaign_a_retake_stands_for_the_first(records, campaign, now):
    first = first_of(records, now, campaign.code, value=2)
    again_of(records, first, now + HOUR, value=5)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)
    (sheet,) = records.campaigns.sheets(campaign.id, now + DAY)
    assert (sheet.answers["1.1"], sheet.taker, sheet.submitted_at) == (5, "Kim", now + HOUR)


def test_in_an_open_campaign_a_retake_is_given_under_the_campaigns_instrument(records, campaign, now):
    draft = records.audits.draft(again_of(records, first_of(records, now, campaign.code), now + HOUR))
    assert (draft.instrument_version, draft.campaign) == ("1.0", campaign)


def test_the_first_counts_until_its_retake_is_submitted(records, campaign, now):
    first = first_of(records, now, campaign.code, value=2)
    again_of(records, first, now + HOUR, value=5, submit=False)
    (sheet,) = records.campaigns.sheets(campaign.id, now + DAY)
    assert sheet.answers["1.1"] == 2


def test_who_is_taking_the_audit_again_counts_once_among_those_who_began(records, campaign, now):
    first = first_of(records, now, campaign.code)
    again_of(records, first, now + HOUR, submit=False)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)


def test_who_takes_it_three_times_in_a_row_counts_once(records, campaign, now):
    second = again_of(records, first_of(records, now, campaign.code), now + HOUR)
    again_of(records, second, now + 2 * HOUR, value=5)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)
    assert [one.answers["1.1"] for one in records.campaigns.sheets(campaign.id, now + DAY)] == [5]


def test_who_takes_the_first_again_twice_counts_once(records, campaign, now):
    first = first_of(records, now, campaign.code)
    again_of(records, first, now + HOUR, value=4)
    again_of(records, first, now + 2 * HOUR, value=5)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)
    assert [one.answers["1.1"] for one in records.campaigns.sheets(campaign.id, now + DAY)] == [5]


def test_who_deletes_the_middle_one_of_three_still_counts_once(records, campaign, now):
    second = again_of(records, first_of(records, now, campaign.code), now + HOUR)
    again_of(records, second, now + 2 * HOUR, value=5)
    records.audits.delete(second)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)
    assert [one.answers["1.1"] for one in records.campaigns.sheets(campaign.id, now + DAY)] == [5]


def test_who_deletes_the_retake_is_counted_by_the_first(records, campaign, now):
    first = first_of(records, now, campaign.code, value=2)
    records.audits.delete(again_of(records, first, now + HOUR, value=5))
    assert [one.answers["1.1"] for one in records.campaigns.sheets(campaign.id, now + DAY)] == [2]


def test_a_retake_after_the_campaign_stands_on_its_own_and_names_the_company(records, campaign, now):
    first = first_of(records, now, campaign.code, value=2)
    late = now + 30 * DAY
    again = records.audits.again(first, "amp-snapshot", "2.0", late)
    draft = records.audits.draft(again)
    assert (draft.campaign, draft.company, draft.industry, draft.instrument_version) == (
        None, "Nordic Steel", "Energy", "2.0",
    )  # fmt: skip
    assert records.audits.before(again).answers == {"1.1": 2, "1.2": 2}
    for statement_id in STATEMENTS:
        records.audits.answer(again, statement_id, 5, late)
    records.audits.submit(again, STATEMENTS, late)
    assert [one.answers["1.1"] for one in records.campaigns.sheets(campaign.id, late)] == [2]
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)


def test_a_retake_begun_in_time_is_not_submitted_after_the_end(records, campaign, now):
    first = first_of(records, now, campaign.code)
    again = again_of(records, first, now + HOUR, submit=False)
    with pytest.raises(Conflict, match="campaign is closed"):
        records.audits.submit(again, STATEMENTS, now + 30 * DAY)


def test_a_retake_on_its_own_asks_for_a_rating_although_the_campaign_permitted_not_sure(records, campaign, now):
    lenient = records.campaigns.create(replace(campaign_like(campaign), not_sure=True), Role.EDITOR, now)
    first = first_of(records, now, lenient.code)
    in_time = records.audits.again(first, "amp-snapshot", "1.0", now)
    records.audits.answer(in_time, "1.1", None, now)
    late = records.audits.again(first, "amp-snapshot", "1.0", now + 30 * DAY)
    with pytest.raises(Conflict, match="asks for a rating"):
        records.audits.answer(late, "1.1", None, now + 30 * DAY)


def campaign_like(campaign):
    return NewCampaign(
        campaign.title, campaign.company, campaign.industry, campaign.instrument_id, campaign.instrument_version,
        campaign.opens_at, campaign.closes_at, anonymous=campaign.anonymous,
    )  # fmt: skip


# Delete really deletes


def test_with_its_plan_and_its_retake_a_deleted_audit_is_in_no_file(records, path, now):
    first = first_of(records, now, company="Markercompany GmbH")
    records.plans.keep(first, [PlanStep("1.1", 1, 3, "Markerowner", date(2025, 6, 1))])
    again = again_of(records, first, now + DAY, company="Markercompany GmbH")
    records.plans.keep(again, [PlanStep("1.2", owner="Markerowner the second")])
    assert b"Markercompany" in bytes_of(path)
    assert b"Markerowner" in bytes_of(path)
    records.audits.delete(first)
    records.audits.delete(again)
    assert b"Marker" not in bytes_of(path)


def test_deleting_the_first_takes_its_plan_and_leaves_the_plan_of_the_retake(records, path, now):
    first = first_of(records, now)
    records.plans.keep(first, [PlanStep("1.1", owner="Markerfirst")])
    again = again_of(records, first, now + DAY)
    records.plans.keep(again, [PlanStep("1.1", owner="Markersecond")])
    records.audits.delete(first)
    assert b"Markerfirst" not in bytes_of(path)
    assert [step.owner for step in records.plans.of(again)] == ["Markersecond"]


def test_names_that_were_replaced_go_with_the_audit(records, path, campaign, now):
    token = answered(records, records.audits.begin("a", "1", now, campaign=campaign.code), now, taker="Markerone")
    records.audits.set_details(token, company="", industry="", industry_other="", taker="Markertwo", now=now)
    records.audits.submit(token, STATEMENTS, now)
    records.plans.keep(token, [PlanStep("1.1", owner="Markerthree")])
    records.plans.keep(token, [])
    records.audits.delete(token)
    assert b"Marker" not in bytes_of(path)


def test_a_draft_that_is_deleted_is_in_no_file(records, path, now):
    token = answered(records, records.audits.begin("a", "1", now), now, company="Markercompany")
    records.audits.delete(token)
    assert b"Marker" not in bytes_of(path)


def test_among_many_others_each_is_deleted_whole(records, path, now):
    """Pages of the file that were split while the table grew must not keep an old copy of what they held."""
    tokens = {}
    for number in range(40):
        name = f"Marker{number:03}" + "x" * (number * 37 % 190)
        tokens[name] = records.audits.begin("a", "1", now)
        records.audits.set_details(tokens[name], company=name, industry="", industry_other="", now=now)
    for name in list(tokens)[::3]:
        records.audits.delete(tokens.pop(name))
    left = bytes_of(path)
    assert {f"Marker{number:03}" for number in range(40) if f"Marker{number:03}".encode() in left} == {
        name[:9] for name in tokens
    }


def test_somebody_who_reads_meanwhile_does_not_keep_what_was_deleted_in_the_log(records, path, now):
    token = first_of(records, now, company="Markercompany")
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from audits").fetchone()
        later = threading.Thread(target=lambda: (time.sleep(0.2), reader.execute("rollback")))
        later.start()
        records.audits.delete(token)
        later.join()
    assert b"Marker" not in bytes_of(path)


def test_deleting_twice_is_told(records, now):
    token = first_of(records, now)
    records.audits.delete(token)
    with pytest.raises(NotFound, match="no audit behind this link"):
        records.audits.delete(token)
    with pytest.raises(NotFound, match="no audit behind this link"):
        records.plans.of(token)
