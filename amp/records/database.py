"""The records as a whole: opened once a process, brought up to date, and handed out as stores."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import text

from amp.errors import AmpError
from amp.records.about import AboutStore
from amp.records.access import Passcodes
from amp.records.audits import AuditStore
from amp.records.campaigns import CampaignStore
from amp.records.instruments import InstrumentStore
from amp.records.mappings import MappingStore
from amp.records.overrides import OverrideStore
from amp.records.plans import PlanStore
from amp.records.schema import alone, migrate
from amp.records.sessions import SessionStore
from amp.records.sqlite import Database

_NOBODY: Final = Passcodes({})


class Records:
    """Everything people did, by subject. Safe from any thread; close it once, at the end."""

    def __init__(self, database: Database, passcodes: Passcodes, idle: timedelta) -> None:
        """Made by `open_records`."""
        self._database = database
        self.about: Final = AboutStore(database)
        self.audits: Final = AuditStore(database)
        self.campaigns: Final = CampaignStore(database)
        self.instruments: Final = InstrumentStore(database)
        self.plans: Final = PlanStore(database)
        self.sessions: Final = SessionStore(database, passcodes, idle)
        self.overrides: Final = OverrideStore(database)
        self.mappings: Final = MappingStore(database)

    def health(self) -> None:
        """Raises AmpError unless the records can be written just now; quick, and changes nothing."""
        self._database.examine_file()
        with self._database.write() as connection:
            connection.execute(text("select version_num from alembic_version")).one()

    def close(self) -> None:
        """Close the file; the records cannot be used any more."""
        self._database.close()


def open_records(path: Path, *, passcodes: Passcodes = _NOBODY, idle: timedelta = timedelta(hours=1)) -> Records:
    """Open (or make) the records file at `path` and run the migrations it lacks.

    `passcodes` grant roles at sign-in (see `Passcodes.of`); a session unused for `idle` ends.
    Processes that start together take turns. Raises AmpError when the file or its folder cannot be used,
    is damaged, or is newer than this code.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            database = _migrated(path)
    except OSError as error:
        reason = error.strerror or error
        raise AmpError(f"The records cannot be opened: {reason}.", "Check the folder that AMP_HOME names.") from error
    records = Records(database, passcodes, idle)
    records.sessions.renew()
    return records


def _migrated(path: Path) -> Database:
    database = Database(path)
    try:
        with database.write() as connection:
            migrate(connection)
        database.examine_file()
    except BaseException:
        database.close()
        raise
    return database
