"""What this workspace is: which of the audits in it are its own company's."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, insert, select

from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import about

_OWN_AUDITS: Final = "own audits"


class AboutStore:
    """A few facts about the workspace as a whole, as its editors state them."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def own_audits(self) -> frozenset[int]:
        """The numbers of the submitted audits that an editor marked as our own company's."""
        with self._database.read() as connection:
            kept = connection.scalar(select(about.c.value).where(about.c.name == _OWN_AUDITS)) or ""
        return frozenset(int(number) for number in kept.split())

    def set_own_audits(self, numbers: Collection[int], by: Role) -> None:
        """Mark these audits as our own, and no others. Needs an editor: any taker can type our name."""
        by.require(Role.EDITOR)
        listed = " ".join(str(number) for number in sorted(set(numbers)))
        with self._database.write() as connection:
            connection.execute(delete(about).where(about.c.name == _OWN_AUDITS))
            if listed:
                connection.execute(insert(about).values(name=_OWN_AUDITS, value=listed))
