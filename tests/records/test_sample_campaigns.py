"""The sample company's campaigns: whole or not at all, once however often loaded, as anonymous as real ones."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amp.errors import AmpError, NotAllowed
from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.records.campaign_values import NewCampaign, Phase, Progress

OPENED = datetime(2024, 6, 3, 7, 0, tzinfo=UTC)
CLOSED = datetime(2024, 6, 21, 16, 0, tzinfo=UTC)
THE_DAY = OPENED.replace(hour=0)
NEW = NewCampaign("Leadership team", "Halden", "Energy", "amp-snapshot", "1.0", OPENED, ours=True)
SHEETS = [{"1.1": 1 + taker % 5, "1.2": 1 + taker // 5} for taker in range(7)]


def added(records, now, new=NEW, sheets=SHEETS):
    return records.audits.add_sample_campaign(new, CLOSED, sheets, Role.EDITOR, now)


def by_one(now):
    return SubmittedAudit("amp-snapshot", "1.0", "Halden", "Energy", "", {"1.1": 4}, now)


def shown(records, campaign, now):
    return sorted(tuple(sheet.answers.values()) for sheet in records.campaigns.sheets(campaign.id, now))


def raw(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def counted(path):
    return [raw(path, f"select count(*) from {table}")[0][0] for table in ("campaigns", "audits", "audit_answers")]


def test_a_sample_campaign_is_kept_closed_with_every_sheet(records, now):
    campaign = added(records, now)
    assert records.campaigns.all() == (campaign,)
    assert (campaign.title, campaign.ours, campaign.sample, campaign.anonymous) == ("Leadership team", True, True, True)
    assert (campaign.opens_at, campaign.closed_at, campaign.phase(now)) == (OPENED, CLOSED, Phase.CLOSED)
    assert records.campaigns.progress(campaign.id) == Progress(7, 7)
    assert shown(records, campaign, now) == sorted(tuple(sheet.values()) for sheet in SHEETS)


def test_its_sheets_are_never_among_the_audits_that_are_looked_at_one_by_one(records, now):
    added(records, now)
    assert records.audits.submissions() == ()


def test_of_its_takers_nothing_is_kept_but_the_day_it_opened(records, path, now):
    added(records, now)
    moments = ("begun_at", "changed_at", "submitted_at")
    day = THE_DAY.strftime("%Y-%m-%d %H:%M:%S.%f")
    assert raw(path, f"select distinct {', '.join(moments)} from audits") == [(day,) * 3]
    assert raw(path, "select distinct answered_at from audit_answers") == [(day,)]
    assert raw(path, "select distinct company, industry, taker, anonymous, sample from audits") == [("", "", "", 1, 1)]


def test_a_sheet_of_the_sample_is_kept_as_one_that_a_taker_submitted(records, path, now):
    added(records, now, sheets=[{"1.1": 4, "1.2": 4}])
    real = records.campaigns.create(replace(NEW, title="Real"), Role.EDITOR, OPENED)
    token = records.audits.begin("", "", OPENED, campaign=real.code)
    for statement_id in ("1.1", "1.2"):
        records.audits.answer(token, statement_id, 4, OPENED + timedelta(hours=1))
    records.audits.submit(token, ("1.1", "1.2"), OPENED + timedelta(hours=2))
    columns = [name for _, name, *_ in raw(path, "pragma table_info(audits)")]
    of_each = {name: raw(path, f"select {name} from audits order by campaign_id") for name in columns}
    differing = {name for name, (sample, taken) in of_each.items() if sample != taken}
    assert differing == {"id", "token_hash", "campaign_id", "sample"}


def test_the_numbers_of_its_sheets_tell_no_order(records, path, now):
    added(records, now)
    numbers = [number for (number,) in raw(path, "select id from audits")]
    assert max(numbers) - min(numbers) > len(numbers) - 1


def test_fewer_sheets_than_its_smallest_group_stay_hidden(records, now):
    assert shown(records, added(records, now, sheets=SHEETS[:4]), now) == []


def test_loading_it_again_takes_the_place_of_the_first(records, path, now):
    added(records, now)
    again = added(records, now + timedelta(days=1), sheets=SHEETS[::-1][:6])
    assert records.campaigns.all() == (again,)
    assert counted(path) == [1, 6, 12]


def test_two_titles_are_two_campaigns_also_when_loaded_again(records, path, now):
    for _ in range(2):
        added(records, now)
        added(records, now, replace(NEW, title="  Leadership  team, later "))
    assert sorted(one.title for one in records.campaigns.all()) == ["Leadership team", "Leadership team, later"]
    assert counted(path) == [2, 14, 28]


def test_a_real_campaign_of_the_same_title_is_left_alone(records, now):
    real = records.campaigns.create(NEW, Role.EDITOR, now)
    token = records.audits.begin("", "", now, campaign=real.code)
    added(records, now)
    added(records, now)
    records.campaigns.remove_sample(Role.EDITOR)
    records.audits.remove_sample(Role.EDITOR)
    assert records.campaigns.all() == (real,)
    assert records.audits.draft(token).campaign == real


@pytest.mark.parametrize("sheets", [[*SHEETS, {"1.1": 3, "1.2": object()}], [*SHEETS, None]])
def test_a_sheet_that_cannot_be_kept_leaves_everything_as_it_was(records, path, now, sheets):
    first = added(records, now)
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever it is, it must undo everything)
        added(records, now, sheets=sheets)
    assert records.campaigns.all() == (first,)
    assert counted(path) == [1, 7, 14]


def test_removing_the_samples_campaigns_removes_their_sheets(records, path, now):
    added(records, now)
    records.campaigns.remove_sample(Role.EDITOR)
    assert counted(path) == [0, 0, 0]


def test_the_samples_audits_and_its_campaigns_come_and_go_apart(records, path, now):
    campaign = added(records, now)
    records.audits.add_sample([by_one(now), by_one(now)], Role.EDITOR)
    records.audits.add_sample([by_one(now)], Role.EDITOR)
    assert counted(path) == [1, 8, 15]
    assert records.audits.remove_sample(Role.EDITOR) == 1
    assert len(shown(records, campaign, now)) == 7
    records.audits.add_sample([by_one(now)], Role.EDITOR)
    records.campaigns.remove_sample(Role.EDITOR)
    assert [one.campaign_id for one in records.audits.submissions()] == [None]


def test_sheets_without_names_make_no_named_campaign(records, path, now):
    with pytest.raises(ValueError, match="anonymous"):
        added(records, now, replace(NEW, anonymous=False))
    assert counted(path) == [0, 0, 0]


def test_it_is_checked_as_any_campaign_is(records, path, now):
    first = added(records, now)
    with pytest.raises(AmpError, match="between 3 and 10"):
        added(records, now, replace(NEW, least=1))
    assert records.campaigns.all() == (first,)


@pytest.mark.parametrize("role", [Role.GUEST, Role.VIEWER])
def test_it_needs_an_editor(records, path, now, role):
    with pytest.raises(NotAllowed, match="needs the role editor"):
        records.audits.add_sample_campaign(NEW, CLOSED, SHEETS, role, now)
    assert counted(path) == [0, 0, 0]
