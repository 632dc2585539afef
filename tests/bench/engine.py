"""The engine, against the same SQL on a plain DuckDB connection."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from amp.analysis.cells import cells
from amp.analysis.filters import Filters
from amp.analysis.workspace import prepare
from amp.warehouse import datasets
from amp.warehouse.engine import Engine
from tests.bench.figures import Figure

RUNS = 60
TABLES = ("answers", "questions", "respondents")


def measure(folder: Path, home: Path) -> list[Figure]:
    """`home` is a workspace with the sample company: its recommend score by tier and role in two waves."""
    engine = Engine(
        folder=home / "datasets", scratch=folder / "engine", memory_limit_mb=2048, threads=2, query_seconds=60
    )
    prepare(engine, folder=home / "datasets", datasets=datasets.stored(home / "datasets"), strategic={}, roles={})
    sql, values = _real_query(engine)
    plain = _plain_copy(engine)
    named = {name: value for name, value in values.items() if f"${name}" in sql}
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(_seconds(lambda: plain.execute(sql, named).df()))
        ours.append(_seconds(lambda: engine.query(sql, **values)))
    engine.close()
    detail = f"{median(ours) * 1000:.2f} ms and {median(theirs) * 1000:.2f} ms, medians of {RUNS} in turns"
    return [Figure("the engine, against the raw SQL", median(ours) / median(theirs), "×", 1.2, detail)]


def _real_query(engine: Engine) -> tuple[str, dict[str, Any]]:
    """The SQL and values that the satisfaction page asks with, caught on their way."""
    caught: list[tuple[str, dict[str, Any]]] = []
    keys = engine.query("select distinct question_key from questions where kind = 'recommend'")["question_key"]

    class Listening(Engine):
        def __init__(self) -> None:
            """Asks nothing itself."""

        def query(self, sql: str, **params: Any) -> Any:
            caught.append((sql, params))
            return engine.query(sql, **params)

    cells(
        Listening(),
        metric="recommend",
        by=("tier", "role"),
        keys=list(keys),
        filters=Filters(),
        waves=(1, 2),
        min_group=5,
    )
    return caught[0]


def _plain_copy(engine: Engine) -> duckdb.DuckDBPyConnection:
    plain = duckdb.connect(config={"threads": "2"})
    for table in TABLES:
        rows = engine._connection.cursor().sql(f"select * from {table}").to_arrow_table()
        plain.register("incoming", rows)
        plain.execute(f"create table {table} as select * from incoming")
    return plain


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began
