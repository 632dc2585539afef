"""Bringing the records file to this code's form: migrations, run by one process at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from amp.records.tables import REVISION


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock beside the records file; a second process that starts meanwhile waits here."""
    with path.with_name(path.name + ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def migrate(connection: Connection) -> None:
    """Run what is missing of the migrations, inside the caller's transaction.

    Raises AmpError when the file was written by a newer version of AMP.
    """
    found = _revision(connection)
    if found == REVISION:
        return
    from amp.records.upgrade import upgrade  # noqa: PLC0415 (Alembic is slow to import, and most starts need none of it)

    upgrade(connection, found)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision
