"""Instruments as they were loaded, each version kept, so that a result is always read under what it was given under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from amp.errors import Conflict, NotFound
from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import about, audits, campaigns, instruments

_OFFERED: Final = "offered instrument"


@dataclass(frozen=True)
class KeptInstrument:
    """One version of an instrument; a draft is not `published`, and `shipped` ones come with AMP."""

    instrument_id: str
    version: str
    title: str
    content: str
    published: bool
    shipped: bool
    kept_at: datetime


class InstrumentStore:
    """The instruments. Published ones never change and never go while an audit or a campaign rests on them."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def ship(self, instrument_id: str, version: str, title: str, content: str, now: datetime) -> None:
        """Keep an instrument that comes with AMP. Conflict when it changed under its version after it was used."""
        row = {"title": title, "content": content, "published": True, "shipped": True}
        with self._database.write() as connection:
            known = _row(connection, instrument_id, version)
            if known is None:
                named = {"instrument_id": instrument_id, "version": version, "kept_at": now}
                connection.execute(insert(instruments).values(row | named))
            elif known.content != content or not known.shipped:
                if known.content != content and _used(connection, instrument_id, version):
                    raise Conflict(
                        f"The instrument {instrument_id} {version} was changed after audits were given under it.",
                        "Give the changed file a new version.",
                    )
                connection.execute(update(instruments).where(instruments.c.id == known.id).values(row))

    def draft(self, instrument_id: str, version: str, title: str, content: str, by: Role, now: datetime) -> None:
        """Keep an instrument as a draft, in place of an earlier draft of the same version. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            known = _row(connection, instrument_id, version)
            if known is not None and known.published:
                raise Conflict(
                    f"Version {version} of {instrument_id} is published already.", "Give the file a new version."
                )
            if known is not None:
                connection.execute(delete(instruments).where(instruments.c.id == known.id))
            row = {"instrument_id": instrument_id, "version": version, "title": title, "content": content}
            connection.execute(insert(instruments).values(**row, published=False, shipped=False, kept_at=now))

    def publish(self, instrument_id: str, version: str, by: Role, now: datetime) -> None:
        """Let audits be given under a draft from now on; it can no longer change. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            known = _known(connection, instrument_id, version)
            if known.published:
                return
            fresh = {"published": True, "kept_at": now}
            connection.execute(update(instruments).where(instruments.c.id == known.id).values(fresh))

    def remove(self, instrument_id: str, version: str, by: Role) -> None:
        """Remove an instrument that nothing rests on. Needs an editor; Conflict otherwise."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            known = _known(connection, instrument_id, version)
            if known.shipped:
                raise Conflict("This instrument comes with AMP and cannot be removed.", "Offer another one instead.")
            if _used(connection, instrument_id, version):
                raise Conflict("Audits were given under this instrument, so it is kept.", "Offer another one instead.")
            connection.execute(delete(instruments).where(instruments.c.id == known.id))
            left = (
                select(func.count())
                .select_from(instruments)
                .where(instruments.c.instrument_id == instrument_id, instruments.c.published)
            )
            if not connection.scalar(left):
                connection.execute(delete(about).where(about.c.name == _OFFERED, about.c.value == instrument_id))

    def offer(self, instrument_id: str, by: Role) -> None:
        """Make this the instrument of the audit's plain link, in its newest published version. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            connection.execute(delete(about).where(about.c.name == _OFFERED))
            connection.execute(insert(about).values(name=_OFFERED, value=instrument_id))

    def offered(self) -> str:
        """The id of the instrument of the plain link; empty while nobody chose."""
        with self._database.read() as connection:
            return connection.scalar(select(about.c.value).where(about.c.name == _OFFERED)) or ""

    def all(self) -> tuple[KeptInstrument, ...]:
        """Every version, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(instruments).order_by(instruments.c.kept_at.desc(), instruments.c.id.desc())
            )
            return tuple(_kept(row) for row in rows)

    def newest(self, instrument_id: str) -> KeptInstrument | None:
        """The version of an instrument that was published last, if any was."""
        named = (instruments.c.instrument_id == instrument_id) & instruments.c.published
        newest = select(instruments).where(named).order_by(instruments.c.kept_at.desc(), instruments.c.id.desc())
        with self._database.read() as connection:
            row = connection.execute(newest.limit(1)).one_or_none()
            return None if row is None else _kept(row)

    def of(self, instrument_id: str, version: str) -> KeptInstrument | None:
        """One version of an instrument, draft or published."""
        with self._database.read() as connection:
            row = _row(connection, instrument_id, version)
            return None if row is None else _kept(row)

    def uses(self) -> Mapping[tuple[str, str], int]:
        """How many audits were begun under each (id, version)."""
        key = (audits.c.instrument_id, audits.c.instrument_version)
        with self._database.read() as connection:
            counted = connection.execute(select(*key, func.count()).group_by(*key))
            return {(one, version): count for one, version, count in counted}


def _row(connection: Connection, instrument_id: str, version: str) -> Row[Any] | None:
    named = (instruments.c.instrument_id == instrument_id) & (instruments.c.version == version)
    return connection.execute(select(instruments).where(named)).one_or_none()


def _known(connection: Connection, instrument_id: str, version: str) -> Row[Any]:
    row = _row(connection, instrument_id, version)
    if row is None:
        raise NotFound("This instrument is not here any more.", "See the list of instruments.")
    return row


def _used(connection: Connection, instrument_id: str, version: str) -> bool:
    def of(table: Any) -> Any:
        named = (table.c.instrument_id == instrument_id) & (table.c.instrument_version == version)
        return connection.scalar(select(func.count()).select_from(table).where(named))

    return bool(of(audits) or of(campaigns))


def _kept(row: Row[Any]) -> KeptInstrument:
    return KeptInstrument(
        row.instrument_id, row.version, row.title, row.content, row.published, row.shipped, row.kept_at
    )
