"""The records' SQLite file: opened once a process, one writer at a time, every failure told as a sentence."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from amp.errors import AmpError

_PRAGMAS: Final = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",  # an acknowledged answer survives a power cut, not only a crash
    "pragma foreign_keys = on",
    "pragma secure_delete = on",  # "delete my data" leaves no readable remains in free pages
)
_BUSY_SECONDS: Final = 10
_BUSY: Final = ("The records are busy just now.", "Try again in a moment.")
_DAMAGED: Final = (
    "The records file is damaged.",
    "Stop the app, and put the latest backup of records.sqlite3 in its place.",
)
_SENTENCES: Final[Mapping[int, tuple[str, str]]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: ("The disk is full, so this was not saved.", "Free some disk space and try again."),
    sqlite3.SQLITE_READONLY: ("The records cannot be written.", "Give the app's user write access to AMP_HOME."),
    sqlite3.SQLITE_CANTOPEN: (
        "The records file cannot be opened.",
        "Check that AMP_HOME exists and can be written to.",
    ),
    sqlite3.SQLITE_IOERR: ("The disk did not take or give the records.", "Check the disk that holds AMP_HOME."),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class Database:
    """Transactions on the records. `read` and `write` each give a connection inside one transaction."""

    def __init__(self, path: Path) -> None:
        """`path` is the SQLite file; its folder must exist."""
        self._path = path
        self._engine = _engine(path)
        self._writing = threading.Lock()
        self._opened: int | None = None  # the file's inode when it was first examined

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the records; never waits for a writer."""
        with _told_as_sentences(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start: committed at the end, or not at all."""
        immediate = self._engine.execution_options(immediate=True)
        with self._writing, _told_as_sentences(), immediate.connect() as connection, connection.begin():
            yield connection

    def examine_file(self) -> None:
        """Raises AmpError when the file is damaged, gone, or no longer the one that is open.

        The open connections would not notice: they answer from their cache, and write on into a file that has no name.
        Opened by SQLite, never by `open`: closing the file by other means would drop SQLite's locks on it.
        """
        with _told_as_sentences(), closing(sqlite3.connect(f"{self._path.as_uri()}?mode=rw", uri=True)) as fresh:
            fresh.execute("select count(*) from sqlite_master").fetchone()
            there = self._path.stat().st_ino
        if self._opened not in (None, there):
            raise AmpError("The records file was exchanged while AMP was running.", "Start AMP again.")
        self._opened = there

    def empty_log(self) -> None:
        """Bring the write-ahead log into the file and cut it, so that deleted content is in neither."""
        with _told_as_sentences(), self._engine.connect() as connection:
            _driver(connection).execute("pragma wal_checkpoint(truncate)")

    def close(self) -> None:
        """Close all connections; SQLite then tidies its log away."""
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        pool_size=8,
        max_overflow=56,
        pool_timeout=_BUSY_SECONDS,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(driver: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions of its own accord: `_begin` says when and how.
    driver.isolation_level = None
    for pragma in _PRAGMAS:
        driver.execute(pragma)


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then writes fails when another wrote between: writers lock at once.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("begin immediate" if immediate else "begin")


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def _told_as_sentences() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as error:
        raise AmpError(*_BUSY) from error
    except IntegrityError:
        raise  # a slip of ours, not of the disk's
    except DBAPIError as error:
        raise sentence_of(error.orig) from error
    except sqlite3.Error as error:
        raise sentence_of(error) from error


def sentence_of(error: BaseException | None) -> AmpError:
    """What an error of SQLite's means to the person at the screen."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its variant
    return AmpError(*_SENTENCES.get(code, (f"The records could not be used: {error}.", "Look into the app's log.")))
