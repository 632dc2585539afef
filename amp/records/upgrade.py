"""Running Alembic's migrations on a records file; imported only when there is something to run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from amp.errors import AmpError
from amp.records.tables import REVISION

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, found: str | None) -> None:
    """Go from the revision `found` (nothing for an empty file) to this code's, in the caller's transaction.

    Raises AmpError when `found` is a revision that only a newer version of AMP knows.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if found is not None and found not in revisions(config):
        raise AmpError(
            "The records were written by a newer version of AMP.",
            "Start the newer version again, or put back the backup made before the change of version.",
        )
    command.upgrade(config, REVISION)


def revisions(config: Config) -> list[str]:
    """The revisions this code has migrations for, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
