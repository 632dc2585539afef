"""The engine: DuckDB in memory, hardened, one cursor a call, values bound by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from amp.errors import AmpError

_NAMED: Final = re.compile(r"\$([a-z_][a-z0-9_]*)")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")


class Engine:
    """One in-memory database. Fill it with `load`, then ask with `query`; both are safe from several threads."""

    def __init__(self, *, folder: Path, scratch: Path, memory_limit_mb: int, threads: int, query_seconds: int) -> None:
        """`folder` is the only place on disk that SQL may read; `scratch` takes what does not fit in memory."""
        scratch.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(
            config={
                "memory_limit": f"{memory_limit_mb}MB",
                "threads": str(threads),
                "temp_directory": str(scratch),
                # Given here it is global; set by a statement it would hold for that one connection, not its cursors.
                "max_execution_time": str(query_seconds * 1000),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_community_extensions": "false",
            }
        )
        allowed = str(folder.resolve()).replace("'", "''")
        for setting in (
            "set timezone = 'UTC'",
            f"set allowed_directories = ['{allowed}']",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            self._connection.execute(setting)

    def query(self, sql: str, **params: Any) -> pd.DataFrame:
        """The result of `sql` with each `$name` bound to the parameter of that name (others are left aside)."""
        with self._connection.cursor() as cursor:
            return _run(cursor, sql, params).df()

    def load(self, table: str, sql: str, **params: Any) -> None:
        """Make (or replace) an in-memory `table` from a select statement."""
        with self._connection.cursor() as cursor:
            _run(cursor, f"create or replace table {_checked(table)} as {sql}", params)

    def load_frame(self, table: str, frame: pd.DataFrame) -> None:
        """Make (or replace) an in-memory `table` from a data frame: how overrides and computed tiers come in."""
        with self._connection.cursor() as cursor:
            cursor.register("incoming", frame)
            cursor.execute(f"create or replace table {_checked(table)} as select * from incoming")

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def _checked(identifier: str) -> str:
    if not _NAME.fullmatch(identifier):
        raise ValueError(f"not a table name of ours: {identifier!r}")
    return identifier


def _run(cursor: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    bound = {name: params[name] for name in _NAMED.findall(sql)}
    try:
        return cursor.execute(sql, bound)
    except duckdb.InterruptException as error:
        raise AmpError(
            "This question took too long to answer.", "Narrow the filters, or raise AMP_QUERY_SECONDS."
        ) from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if ".parquet" not in str(error):
            raise
        raise AmpError(
            "A data set cannot be read.", "See which one under Data sets, remove it and import its file again."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise AmpError(
            "This question needs more memory than allowed.", "Narrow the filters, or raise AMP_MEMORY_LIMIT_MB."
        ) from error
