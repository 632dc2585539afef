"""Remembered mappings: what each column of an export meant, found again by the export's headings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from amp.errors import AmpError
from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import mappings


@dataclass(frozen=True)
class SavedMapping:
    """A mapping as the importer wrote it: `content` is its JSON, `signature` stands for the headings it fits."""

    name: str
    signature: str
    content: str
    author: Role
    saved_at: datetime


class MappingStore:
    """The mappings, one a name."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def save(self, name: str, signature: str, content: str, by: Role, now: datetime) -> None:
        """Remember a mapping, in place of one of the same name. Needs an editor."""
        by.require(Role.EDITOR)
        named = name.strip()
        if not named:
            raise AmpError("A mapping needs a name.", "Give it one, such as the survey's title.")
        value = {"signature": signature, "content": content, "author": int(by), "saved_at": now}
        with self._database.write() as connection:
            if not connection.execute(update(mappings).where(mappings.c.name == named).values(value)).rowcount:
                connection.execute(insert(mappings).values(value | {"name": named}))

    def by_signature(self, signature: str) -> SavedMapping | None:
        """The mapping last saved for these headings, or nothing."""
        newest = mappings.c.saved_at.desc(), mappings.c.id.desc()
        chosen = select(mappings).where(mappings.c.signature == signature).order_by(*newest).limit(1)
        with self._database.read() as connection:
            row = connection.execute(chosen).one_or_none()
        return None if row is None else _value(row)

    def all(self) -> tuple[SavedMapping, ...]:
        """Every mapping, by name."""
        with self._database.read() as connection:
            return tuple(_value(row) for row in connection.execute(select(mappings).order_by(mappings.c.name)))


def _value(row: Row[Any]) -> SavedMapping:
    return SavedMapping(row.name, row.signature, row.content, Role(row.author), row.saved_at)
