"""What this workspace is: whose accounts it holds."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, insert, select

from amp.errors import AmpError
from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import about

_COMPANY: Final = "company"
_LONGEST: Final = 200


class AboutStore:
    """A few facts about the workspace as a whole."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def company(self) -> str:
        """The company whose accounts these are, as named in its audits; empty before anybody said so."""
        with self._database.read() as connection:
            return connection.scalar(select(about.c.value).where(about.c.name == _COMPANY)) or ""

    def set_company(self, name: str, by: Role) -> None:
        """Say whose accounts these are; an empty name takes it back. Needs an editor."""
        by.require(Role.EDITOR)
        named = " ".join(name.split())
        if len(named) > _LONGEST:
            raise AmpError(f"A name can have at most {_LONGEST} characters.", "Shorten it and try again.")
        with self._database.write() as connection:
            connection.execute(delete(about).where(about.c.name == _COMPANY))
            if named:
                connection.execute(insert(about).values(name=_COMPANY, value=named))
