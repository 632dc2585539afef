"""What an anonymous campaign keeps: read from the raw tables and bytes, not through the stores that hide it."""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from amp.errors import AmpError, NotFound
from amp.records.access import Role
from amp.records.campaign_values import NewCampaign, Progress, Sheet
from amp.records.database import open_records
from amp.records.plans import PlanStep

STATEMENTS = ("1.1", "1.2", "1.3")
CREATED = datetime(2024, 11, 5, 8, 0, tzinfo=UTC)
OPENED = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
CLOSED = datetime(2025, 4, 30, 18, 0, tzinfo=UTC)
THE_DAY = "2025-03-01 00:00:00.000000"
DAY = timedelta(days=1)
TAKERS = 8


def moment(number):
    """When taker `number` answered: a day, hour, minute and second found nowhere else in the file."""
    return datetime(2025, 4, 11 + number, 13, 41, 17 + number, 123456, tzinfo=UTC)


def value(number, place):
    """The ratings of taker `number`; no two takers give the same ones."""
    return (1 + number % 5, 1 + number // 5, 3)[place]


def made(records, **changed):
    named = {"title": "Spring", "company": "Nordic Steel", "industry": "Energy", "anonymous": True, **changed}
    new = NewCampaign(
        **{"instrument_id": "a", "instrument_version": "1", "opens_at": OPENED, "closes_at": CLOSED} | named
    )
    return records.campaigns.create(new, Role.EDITOR, CREATED)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A file, its log still beside it, and the links of takers who came one by one, each trying to leave a name."""
    path = tmp_path_factory.mktemp("once") / "records.sqlite3"
    records = open_records(path)
    campaign = made(records)
    yield path, [taken(records, campaign, number) for number in range(TAKERS)]
    records.close()


@pytest.fixture
def path(once, tmp_path):
    """A copy of that file for each test."""
    (tmp_path / "records").mkdir()
    for name in ("records.sqlite3", "records.sqlite3-wal"):
        shutil.copy(once[0].with_name(name), tmp_path / "records" / name)
    return tmp_path / "records" / "records.sqlite3"


@pytest.fixture
def tokens(once):
    return once[1]


@pytest.fixture
def campaign(records):
    """The one that the takers answered in."""
    (found,) = records.campaigns.all()
    return found


def answered(records, token, number, at):
    named(records, token, number, at)
    for place, statement_id in enumerate(STATEMENTS):
        records.audits.answer(token, statement_id, value(number, place), at)
    return token


def named(records, token, number, at):
    """What a taker tries who gives a name although none is asked for."""
    records.audits.set_details(
        token,
        company=f"Markercompany{number}",
        industry=f"Markerindustry{number}",
        industry_other=f"Markerother{number}",
        taker=f"Markertaker{number}",
        now=at,
    )


def taken(records, campaign, number, at=None):
    at = at or moment(number)
    token = answered(records, records.audits.begin("a", "1", at, campaign=campaign.code), number, at)
    records.audits.submit(token, STATEMENTS, at + timedelta(minutes=5))
    records.plans.keep(token, [PlanStep("1.1", 1, 3, f"Markerowner{number}", date(2025, 12, 24))])
    return token


def raw(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def files(path):
    return {part.name: part.read_bytes() for part in path.parent.iterdir()}


def in_the_order_kept(path, table, column):
    """The values of `column`, each once, in the order in which SQLite numbered the rows of `table`."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            rows = connection.execute(f"select {column} from {table} order by rowid").fetchall()
        except sqlite3.OperationalError:  # a table without row numbers keeps its rows by their key
            rows = connection.execute(f"select {column} from {table}").fetchall()
    return list(dict.fromkeys(one for (one,) in rows))


def ids_in_order_of_time(records, tokens):
    return [records.audits.draft(token).id for token in tokens]


# What is in the file


def test_no_name_of_a_taker_and_no_owner_is_in_any_table(path, tokens):
    assert set(raw(path, "select taker, company, industry, industry_other from audits")) == {("", "", "", "")}
    assert raw(path, "select distinct owner from plan_steps") == [("",)]
    assert raw(path, "select count(*) from audits") == [(TAKERS,)]
    assert raw(path, "select count(*) from plan_steps") == [(TAKERS,)]


def test_no_name_is_in_the_bytes_of_the_file_or_its_log(path, tokens):
    found = files(path)
    assert {"records.sqlite3", "records.sqlite3-wal"} <= found.keys()
    assert [name for name, content in found.items() if b"Marker" in content] == []


def test_the_same_search_finds_the_names_of_a_named_campaign(records, path):
    token = taken(records, made(records, anonymous=False), 1)
    content = b"".join(files(path).values())
    for marker in (b"Markertaker1", b"Markerowner1", b"2025-04-12 13:41:18"):
        assert marker in content
    number = records.audits.draft(token).id
    found = raw(path, f"select distinct answered_at from audit_answers where audit_id = {number}")
    assert found == [("2025-04-12 13:41:18.123456",)]


@pytest.mark.parametrize("table", ["audits", "audit_answers", "plan_steps"])
def test_every_moment_in_a_table_of_takers_is_the_day_the_campaign_opened(records, path, campaign, tokens, table):
    answered(records, records.audits.begin("a", "1", moment(9), campaign=campaign.code), 9, moment(9))
    records.audits.again(tokens[0], "a", "1", moment(10))
    columns = raw(path, f"select name from pragma_table_info('{table}') where type = 'DATETIME'")
    moments = {at for (name,) in columns for (at,) in raw(path, f"select {name} from {table}")} - {None}
    assert moments == (set() if table == "plan_steps" else {THE_DAY})
    assert [name for (name,) in columns] == {
        "audits": ["begun_at", "changed_at", "submitted_at"],
        "audit_answers": ["answered_at"],
        "plan_steps": [],
    }[table]


def test_no_column_of_any_table_holds_a_moment_of_a_taker(path, tokens):
    tables = [name for (name,) in raw(path, "select name from sqlite_master where type = 'table'")]
    cells = [str(cell) for table in tables for row in raw(path, f"select * from {table}") for cell in row]
    assert [cell for cell in cells if "2025-04-1" in cell or ":41:" in cell] == []


def test_no_moment_of_a_taker_is_in_the_bytes_of_the_file_or_its_log(path, tokens):
    content = b"".join(files(path).values())
    for number in range(TAKERS):
        at = moment(number)
        for said in (f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}", str(int(at.timestamp()))):
            assert said.encode() not in content, said


def test_the_day_is_the_one_of_the_opening_in_utc_wherever_the_editor_is(records, path):
    tokyo = made(records, opens_at=datetime.fromisoformat("2025-07-02T05:30:00+09:00"), closes_at=None)
    taken(records, tokyo, 1, tokyo.opens_at + 3 * DAY)
    found = raw(path, f"select begun_at, changed_at, submitted_at from audits where campaign_id = {tokyo.id}")
    assert found == [("2025-07-01 00:00:00.000000",) * 3]


def test_no_link_of_a_taker_is_in_the_files(path, tokens):
    content = b"".join(files(path).values())
    assert [token for token in tokens if token.encode() in content] == []


def test_the_numbers_of_audits_do_not_tell_who_came_after_whom(records, tokens):
    ids = ids_in_order_of_time(records, tokens)
    assert ids not in (sorted(ids), sorted(ids, reverse=True))
    assert all(abs(one - other) > 1 for one in ids for other in ids if one is not other)
    assert min(ids) > 1000


@pytest.mark.parametrize(
    ("table", "column"), [("audits", "id"), ("audit_answers", "audit_id"), ("plan_steps", "audit_id")]
)
def test_the_order_in_which_rows_are_kept_does_not_tell_who_came_after_whom(records, path, tokens, table, column):
    assert in_the_order_kept(path, table, column) != ids_in_order_of_time(records, tokens)


def test_a_named_audit_between_two_anonymous_ones_does_not_date_their_answers(records, path):
    """Row numbers that rise over both would put the answers between two moments that are known."""
    both = made(records, anonymous=True), made(records, anonymous=False)
    ids = [records.audits.draft(taken(records, both[number % 2], number)).id for number in range(TAKERS)]
    assert [one for one in in_the_order_kept(path, "audit_answers", "audit_id") if one in ids] != ids


def test_the_number_of_a_dated_audit_does_not_tell_which_anonymous_ones_came_before_it(records, campaign, tokens):
    dated = records.audits.draft(records.audits.begin("a", "1", CLOSED)).id
    assert dated - 1 not in ids_in_order_of_time(records, tokens)


def test_a_retake_outside_the_campaign_is_as_anonymous_as_the_first(records, path, tokens):
    late = CLOSED + timedelta(days=40, hours=1, minutes=2, seconds=3)
    again = answered(records, records.audits.again(tokens[3], "a", "1", late), 3, late)
    records.audits.set_details(again, company="", industry="Energy", industry_other="", taker="Markertaker", now=late)
    records.audits.submit(again, STATEMENTS, late)
    records.plans.keep(again, [PlanStep("1.1", owner="Markerowner")])
    moments = set(raw(path, "select begun_at, changed_at, submitted_at from audits where campaign_id is null"))
    assert moments == {(THE_DAY,) * 3}
    assert raw(path, "select distinct answered_at from audit_answers") == [(THE_DAY,)]
    content = b"".join(files(path).values())
    for said in ("Markertaker", "Markerowner", f"{late:%Y-%m-%d}", f"{late:%H:%M:%S}"):
        assert said.encode() not in content
    assert abs(records.audits.draft(again).id - records.audits.draft(tokens[3]).id) > 1


# What the stores hand out


def test_no_anonymous_audit_is_ever_looked_at_alone(records, campaign, tokens):
    inside = records.audits.again(tokens[0], "a", "1", moment(0))
    records.audits.submit(answered(records, inside, 0, moment(0)), STATEMENTS, moment(0))
    outside = records.audits.again(tokens[1], "a", "1", CLOSED + DAY)
    records.audits.submit(answered(records, outside, 1, CLOSED + DAY), STATEMENTS, CLOSED + DAY)
    records.campaigns.close(campaign.id, Role.EDITOR, CLOSED)
    assert records.audits.submissions() == ()
    for token in (*tokens, inside, outside):
        number = records.audits.draft(token).id
        with pytest.raises(NotFound, match="no submitted audit of this number"):
            records.audits.submission(number)
        assert records.audits.before_of(number) is None


def test_a_retake_outside_is_not_among_the_sheets_of_the_campaign(records, campaign, tokens):
    before = records.campaigns.sheets(campaign.id, CLOSED)
    outside = records.audits.again(tokens[1], "a", "1", CLOSED + DAY)
    records.audits.submit(answered(records, outside, 4, CLOSED + DAY), STATEMENTS, CLOSED + DAY)
    assert records.campaigns.sheets(campaign.id, CLOSED + 2 * DAY) == before


def test_nothing_is_shown_before_the_campaign_is_closed(records, campaign, tokens):
    for at in (OPENED - DAY, OPENED, moment(TAKERS), CLOSED - timedelta(microseconds=1)):
        assert records.campaigns.sheets(campaign.id, at) == ()
    assert len(records.campaigns.sheets(campaign.id, CLOSED)) == TAKERS


def test_closing_by_hand_shows_the_sheets_at_once(records, campaign, tokens):
    records.campaigns.close(campaign.id, Role.EDITOR, moment(9))
    assert len(records.campaigns.sheets(campaign.id, moment(9))) == TAKERS


@pytest.mark.parametrize(("takers", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5)])
def test_nothing_is_shown_of_fewer_than_the_smallest_group(records, takers, shown):
    campaign = made(records)
    for number in range(takers):
        taken(records, campaign, number)
    answered(records, records.audits.begin("a", "1", moment(7), campaign=campaign.code), 7, moment(7))
    assert len(records.campaigns.sheets(campaign.id, CLOSED)) == shown
    assert records.campaigns.progress(campaign.id) == Progress(takers + 1, takers)


def test_four_takers_do_not_become_five_by_retaking(records):
    campaign = made(records)
    tokens = [taken(records, campaign, number) for number in range(4)]
    for token in (*tokens, tokens[0]):
        again = answered(records, records.audits.again(token, "a", "1", moment(7)), 7, moment(7))
        records.audits.submit(again, STATEMENTS, moment(7))
    assert records.campaigns.sheets(campaign.id, CLOSED) == ()


def test_the_sheets_say_nothing_but_answers(records, campaign, tokens):
    sheets = records.campaigns.sheets(campaign.id, CLOSED)
    assert all(sheet == Sheet(sheet.answers) for sheet in sheets)
    given = sorted([value(number, place) for place in range(3)] for number in range(TAKERS))
    assert sorted(list(sheet.answers.values()) for sheet in sheets) == given


def test_the_order_of_the_sheets_does_not_depend_on_who_came_first(records, campaign, tokens):
    other = made(records)
    for number in (5, 2, 7, 0, 3, 6, 1, 4):
        taken(records, other, number, moment(9))
    assert records.campaigns.sheets(other.id, CLOSED) == records.campaigns.sheets(campaign.id, CLOSED)


# No way to subtract one taker


def every_look(records, campaign, at):
    """All that staff can call of a campaign at a moment, but the bare counts."""
    return (
        records.campaigns.sheets(campaign.id, at),
        records.audits.submissions(),
        records.campaigns.get(campaign.id),
    )


def test_while_open_a_further_taker_changes_nothing_but_the_count(records, campaign, tokens):
    before = every_look(records, campaign, moment(TAKERS))
    taken(records, campaign, TAKERS)
    assert every_look(records, campaign, moment(TAKERS) + DAY) == before
    assert records.campaigns.progress(campaign.id) == Progress(TAKERS + 1, TAKERS + 1)


def test_while_open_a_retake_changes_nothing_at_all(records, campaign, tokens):
    before = (every_look(records, campaign, moment(9)), records.campaigns.progress(campaign.id))
    again = answered(records, records.audits.again(tokens[0], "a", "1", moment(9)), 9, moment(9))
    records.audits.submit(again, STATEMENTS, moment(9))
    assert (every_look(records, campaign, moment(9)), records.campaigns.progress(campaign.id)) == before


def shown_after_one_more(records, campaign, at):
    """The sheets that staff see at the end after a ninth taker did all they could at the moment `at`."""
    with suppress(AmpError):
        taken(records, campaign, TAKERS, at)
    return records.campaigns.sheets(campaign.id, at + 100 * DAY)


@pytest.mark.parametrize("later", [CLOSED + 9 * DAY, None])
def test_a_campaign_whose_answers_were_shown_is_not_opened_again_by_a_later_end(records, campaign, tokens, later):
    before = records.campaigns.sheets(campaign.id, CLOSED + DAY)
    assert len(before) == TAKERS
    with suppress(AmpError):
        records.campaigns.reword(campaign.id, Role.EDITOR, closes_at=later)
    with suppress(AmpError):
        taken(records, campaign, TAKERS, CLOSED + 2 * DAY)
    with suppress(AmpError):
        records.campaigns.close(campaign.id, Role.EDITOR, CLOSED + 3 * DAY)
    assert records.campaigns.sheets(campaign.id, CLOSED + 20 * DAY) == before


def test_a_clock_that_goes_back_does_not_open_a_campaign_whose_answers_were_shown(records, campaign, tokens):
    before = records.campaigns.sheets(campaign.id, CLOSED + DAY)
    assert shown_after_one_more(records, campaign, CLOSED - DAY) == before


def test_after_the_end_no_taker_is_added(records, campaign, tokens):
    before = records.campaigns.sheets(campaign.id, CLOSED)
    assert shown_after_one_more(records, campaign, CLOSED + DAY) == before


def test_a_draft_left_open_is_not_added_after_the_end(records, campaign, tokens):
    draft = answered(records, records.audits.begin("a", "1", moment(9), campaign=campaign.code), 9, moment(9))
    again = answered(records, records.audits.again(tokens[2], "a", "1", moment(9)), 9, moment(9))
    before = records.campaigns.sheets(campaign.id, CLOSED)
    for token in (draft, again):
        with suppress(AmpError):
            records.audits.submit(token, STATEMENTS, CLOSED + DAY)
    assert records.campaigns.sheets(campaign.id, CLOSED + DAY) == before
