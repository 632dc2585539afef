"""The records file itself: migrations, damage, full disks, and processes that come together or die."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import event

from amp.errors import AmpError
from amp.records.database import open_records
from amp.records.sqlite import Database, sentence_of
from amp.records.tables import REVISION, metadata
from amp.records.upgrade import MIGRATIONS, revisions

PROJECT = Path(__file__).resolve().parents[2]

# Each thread answers audits for ever and says so once the store has returned.
TAKERS = """
import sys, threading
from datetime import UTC, datetime
from pathlib import Path
from amp.records.database import open_records

records = open_records(Path(sys.argv[1]))
threads, audits = int(sys.argv[2]), int(sys.argv[3])
saying = threading.Lock()

def say(*words):
    with saying:
        sys.stdout.write(" ".join(map(str, words)) + chr(10))
        sys.stdout.flush()

def take():
    for _ in range(audits // threads):
        token = records.audits.begin("amp-snapshot", "1.0", datetime.now(UTC))
        for number in range(25):
            records.audits.answer(token, f"s{number}", number % 5 + 1, datetime.now(UTC))
            say("answered", token, f"s{number}", number % 5 + 1)
        records.audits.set_details(token, company="", industry="Energy", industry_other="", now=datetime.now(UTC))
        records.audits.submit(token, [f"s{number}" for number in range(25)], datetime.now(UTC))
        say("submitted", token)

workers = [threading.Thread(target=take) for _ in range(threads)]
[worker.start() for worker in workers]
[worker.join() for worker in workers]
"""


def takers(path, threads, audits):
    command = [sys.executable, "-c", TAKERS, str(path), str(threads), str(audits)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def test_an_empty_folder_gets_records_of_the_newest_form(path):
    open_records(path).close()
    assert sqlite3.connect(path).execute("select version_num from alembic_version").fetchone() == (REVISION,)


def test_the_migrations_lead_to_exactly_the_tables_of_the_code(path):
    open_records(path).close()
    database = Database(path)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_audits_of_an_older_version_come_through_the_migrations_whole(path, monkeypatch):
    from alembic import command

    monkeypatch.setattr("amp.records.upgrade.REVISION", "0002")
    monkeypatch.setattr("amp.records.database.SessionStore.renew", lambda _self: None)
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path)
    with database.write() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, "0002")
        day = "'2025-03-01 09:30:00.000000'"
        connection.exec_driver_sql(
            "insert into audits values "
            f"(7, 'hash', 'amp-snapshot', '1.0', 'Steel', 'Energy', '', 0, {day}, {day}, {day})"
        )
        connection.exec_driver_sql(f"insert into audit_answers values (7, '1.1', 4, {day})")
    database.close()
    monkeypatch.undo()
    records = open_records(path)
    (audit,) = records.audits.submissions()
    assert (audit.id, audit.company, audit.answers, audit.submitted_at.year) == (7, "Steel", {"1.1": 4}, 2025)
    with records._database.read() as connection:
        assert connection.exec_driver_sql("pragma foreign_key_check").all() == []
    records.close()


def test_the_revision_in_the_code_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert revisions(config)[0] == REVISION


def test_records_of_a_newer_version_are_left_alone(path):
    open_records(path).close()
    with sqlite3.connect(path) as other:
        other.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(AmpError, match="newer version of AMP"):
        open_records(path)
    assert sqlite3.connect(path).execute("select version_num from alembic_version").fetchone() == ("9999",)


def test_an_interrupted_migration_leaves_an_empty_file_and_runs_again(path, monkeypatch):
    def interrupted(_connection):
        _connection.exec_driver_sql("create table audits (half integer)")
        raise KeyboardInterrupt

    monkeypatch.setattr("amp.records.database.migrate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        open_records(path)
    monkeypatch.undo()
    open_records(path).close()


def test_the_file_is_written_ahead_and_synced_in_full(records):
    with records._database.read() as connection:
        found = [
            connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_a_file_that_is_no_database_is_told(path):
    path.write_text("This is a letter to my grandmother, and no database.\n" * 50)
    with pytest.raises(AmpError, match="damaged"):
        open_records(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AmpError, match="cannot be opened"):
        open_records(tmp_path / "file" / "records.sqlite3")


def test_a_full_disk_is_told_and_harms_nothing(records, now):
    token = records.audits.begin("amp-snapshot", "1.0", now)
    records.audits.answer(token, "1.1", 3, now)
    engine = records._database._engine
    engine.dispose()
    event.listen(engine, "connect", lambda driver, _record: driver.execute("pragma max_page_count = 1"))

    def fill():
        for number in range(200):
            records.audits.answer(token, f"{number}" * 30, 3, now)

    with pytest.raises(AmpError, match="The disk is full"):
        fill()
    assert records.audits.draft(token).answers["1.1"] == 3


def test_a_file_locked_by_another_program_is_told(records, path, now):
    engine = records._database._engine
    engine.dispose()
    event.listen(engine, "connect", lambda driver, _record: driver.execute("pragma busy_timeout = 50"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(AmpError, match="busy"):
        records.audits.begin("amp-snapshot", "1.0", now)
    with pytest.raises(AmpError, match="busy"):
        records.health()
    other.execute("rollback")
    records.health()


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(AmpError, match="cannot be opened"):
        open_records(tmp_path / "home" / "records.sqlite3")


def test_each_refusal_of_the_disk_has_its_sentence():
    codes = (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY_DIRECTORY,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_CORRUPT_INDEX,
    )
    sentences = []
    for code in codes:
        error = sqlite3.OperationalError("internal words")
        error.sqlite_errorcode = code
        sentences.append(sentence_of(error).message)
    assert len(set(sentences)) == len(codes)
    assert not [sentence for sentence in sentences if "internal" in sentence]


def test_processes_that_start_together_take_turns(path):
    opening = "import sys; from pathlib import Path; from amp.records.database import open_records; "
    opening += "records = open_records(Path(sys.argv[1])); records.health(); records.close()"
    started = [subprocess.Popen([sys.executable, "-c", opening, str(path)], cwd=PROJECT) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0] * 4


def test_two_processes_writing_at_once_lose_nothing(path):
    both = [takers(path, threads=4, audits=12) for _ in range(2)]
    said = [line.split() for process in both for line in process.communicate(timeout=120)[0].splitlines()]
    assert [process.returncode for process in both] == [0, 0]
    assert len(said) == 2 * 12 * 26
    assert_all_there(path, said)


@pytest.mark.slow
def test_every_acknowledged_answer_survives_kill_9_in_the_middle_of_200_submissions(path):
    with takers(path, threads=20, audits=200) as process:
        said = [process.stdout.readline().split() for _ in range(2000)]
        process.send_signal(signal.SIGKILL)
        said += [line.split() for line in process.stdout.read().splitlines()]
    assert process.returncode == -signal.SIGKILL
    assert 2000 <= len(said) < 200 * 26, "it was killed in the middle"
    assert_all_there(path, said)


def assert_all_there(path, said):
    """Whatever was said to be answered or submitted is so in the file, as reopened."""
    records = open_records(path)
    drafts = {words[1]: records.audits.draft(words[1]) for words in said}
    for words in said:
        if words[0] == "submitted":
            assert drafts[words[1]].submitted_at is not None
        elif len(words) == 4:  # the last line may be cut by the kill
            assert drafts[words[1]].answers[words[2]] == int(words[3])
    assert sum(words[0] == "submitted" for words in said) <= len(records.audits.submissions())
    records.close()
