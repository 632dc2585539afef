"""Audits in the records: nothing lost, nothing changed after submitting, nothing left after deleting."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from amp.errors import AmpError, Conflict, NotAllowed, NotFound
from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.records.database import open_records

STATEMENTS = ("1.1", "1.2")


def begun(records, now):
    return records.audits.begin("amp-snapshot", "1.0", now)


def complete(records, now, **details):
    token = begun(records, now)
    for statement_id in STATEMENTS:
        records.audits.answer(token, statement_id, 4, now)
    named = {"company": "", "industry": "Energy / Utilities", "industry_other": "", **details}
    records.audits.set_details(token, **named, now=now)
    return token


def sample(now, value=3):
    answers = dict.fromkeys(STATEMENTS, value)
    return SubmittedAudit("amp-snapshot", "1.0", "Sample", "Construction", "", answers, now)


def test_an_audit_begins_empty_and_without_a_submission_time(records, now):
    draft = records.audits.draft(begun(records, now))
    assert (draft.answers, draft.company, draft.industry, draft.submitted_at) == ({}, "", "", None)
    assert (draft.instrument_id, draft.instrument_version, draft.begun_at) == ("amp-snapshot", "1.0", now)


def test_an_answer_replaces_the_earlier_one(records, now):
    token = begun(records, now)
    records.audits.answer(token, "1.1", 2, now)
    records.audits.answer(token, "1.1", 5, now + timedelta(seconds=3))
    draft = records.audits.draft(token)
    assert draft.answers == {"1.1": 5}
    assert draft.changed_at == now + timedelta(seconds=3)


def test_answers_are_there_after_reopening(path, now):
    first = open_records(path)
    token = begun(first, now)
    first.audits.answer(token, "1.1", 2, now)
    first.close()
    second = open_records(path)
    assert second.audits.draft(token).answers == {"1.1": 2}
    second.close()


def test_two_tabs_with_one_link_share_their_answers(records, now):
    token = begun(records, now)
    with ThreadPoolExecutor(8) as pool:
        tabs = [
            pool.submit(records.audits.answer, token, f"{tab}.{row}", 3, now) for tab in range(8) for row in range(10)
        ]
    assert [tab.result() for tab in tabs] == [None] * 80
    assert len(records.audits.draft(token).answers) == 80


@pytest.mark.parametrize("token", ["", "unknown", "' or 1=1 --", "x" * 10_000])
def test_an_unknown_link_is_told_and_changes_nothing(records, now, token):
    for attempt in (
        lambda: records.audits.draft(token),
        lambda: records.audits.answer(token, "1.1", 3, now),
        lambda: records.audits.submit(token, STATEMENTS, now),
        lambda: records.audits.delete(token),
    ):
        with pytest.raises(NotFound, match="no audit behind this link"):
            attempt()


def test_the_token_is_not_in_the_file(records, path, now):
    token = begun(records, now)
    assert all(token.encode() not in part.read_bytes() for part in path.parent.iterdir())


def test_submitting_needs_every_statement(records, now):
    token = begun(records, now)
    records.audits.answer(token, "1.1", 3, now)
    records.audits.set_details(token, company="", industry="Energy / Utilities", industry_other="", now=now)
    with pytest.raises(Conflict, match="1 statements are not answered"):
        records.audits.submit(token, STATEMENTS, now)
    assert records.audits.submissions() == ()


def test_submitting_needs_an_industry(records, now):
    token = complete(records, now, industry="")
    with pytest.raises(Conflict, match="industry"):
        records.audits.submit(token, STATEMENTS, now)


def test_a_submitted_audit_can_no_longer_be_changed(records, now):
    token = complete(records, now)
    records.audits.submit(token, STATEMENTS, now)
    for attempt in (
        lambda: records.audits.answer(token, "1.1", 1, now),
        lambda: records.audits.set_details(token, company="X", industry="", industry_other="", now=now),
        lambda: records.audits.submit(token, STATEMENTS, now),
    ):
        with pytest.raises(Conflict, match="submitted"):
            attempt()
    assert records.audits.draft(token).answers == {"1.1": 4, "1.2": 4}


def test_only_submitted_audits_count_as_submissions(records, now):
    begun(records, now)
    token = complete(records, now, company="  Nordic   Steel ", industry="Other", industry_other="Shipping")
    records.audits.submit(token, STATEMENTS, now)
    (submitted,) = records.audits.submissions()
    assert (submitted.company, submitted.industry, submitted.industry_other) == ("Nordic Steel", "Other", "Shipping")
    assert (submitted.answers, submitted.submitted_at, submitted.sample) == ({"1.1": 4, "1.2": 4}, now, False)


def test_deleting_leaves_nothing_readable_in_the_files(records, path, now):
    token = complete(records, now, company="Unmistakable Name GmbH")
    records.audits.submit(token, STATEMENTS, now)
    records.audits.delete(token)
    with pytest.raises(NotFound):
        records.audits.draft(token)
    assert all(b"Unmistakable" not in part.read_bytes() for part in path.parent.iterdir())


def test_a_very_long_name_is_refused_and_an_unusual_one_kept(records, now):
    token = begun(records, now)
    with pytest.raises(AmpError, match="at most 200 characters"):
        records.audits.set_details(token, company="x" * 10_000, industry="", industry_other="", now=now)
    unusual = "שלום 🙂 <script>=1+1"
    records.audits.set_details(token, company=unusual, industry="", industry_other="", now=now)
    assert records.audits.draft(token).company == unusual


def test_an_audit_cannot_be_filled_without_end(records, now):
    token = begun(records, now)
    for number in range(200):
        records.audits.answer(token, f"s{number}", 1, now)
    with pytest.raises(AmpError, match="more answers than any audit"):
        records.audits.answer(token, "one more", 1, now)


def test_the_sample_replaces_itself_and_leaves_real_submissions_alone(records, now):
    records.audits.submit(complete(records, now), STATEMENTS, now)
    records.audits.add_sample([sample(now), sample(now)], Role.EDITOR)
    records.audits.add_sample([sample(now, value=5)], Role.EDITOR)
    assert {(one.sample, one.answers["1.1"]) for one in records.audits.submissions()} == {(False, 4), (True, 5)}
    assert records.audits.remove_sample(Role.EDITOR) == 1
    assert [one.sample for one in records.audits.submissions()] == [False]


@pytest.mark.parametrize("role", [Role.GUEST, Role.VIEWER])
def test_the_sample_needs_an_editor(records, now, role):
    with pytest.raises(NotAllowed, match="needs the role editor"):
        records.audits.add_sample([sample(now)], role)
    with pytest.raises(NotAllowed):
        records.audits.remove_sample(role)


def test_values_handed_out_cannot_be_changed(records, now):
    draft = records.audits.draft(complete(records, now))
    with pytest.raises(TypeError):
        draft.answers["1.1"] = 1
    with pytest.raises(AttributeError):
        draft.company = "Other"


def test_a_moment_without_a_zone_is_refused(records):
    with pytest.raises(Exception, match="time zone"):
        records.audits.begin("amp-snapshot", "1.0", datetime(2025, 3, 1))  # noqa: DTZ001 (the fault under test)
