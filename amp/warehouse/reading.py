"""What earlier imports hold, read straight from their files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from amp.warehouse.datasets import Kind, stored

_NUMBERED: Final = "row "  # how a response without an id of its own is called


def known_responses(folder: Path, kind: Kind, wave: str) -> frozenset[tuple[str, object]]:
    """The identities of all responses stored for that wave; see `identities`."""
    known: set[tuple[str, object]] = set()
    for dataset in stored(folder):
        if dataset.kind == kind and dataset.wave == wave:
            columns = ["response_id", "answered_at"]
            there = identities(pq.read_table(folder / dataset.id / "responses.parquet", columns=columns))
            known.update(one for one in there if one is not None)
    return frozenset(known)


def identities(responses: pa.Table) -> list[tuple[str, object] | None]:
    """What tells each response from others: its id, or its row together with its time; None where there is neither."""
    ids, times = responses.column("response_id").to_pylist(), responses.column("answered_at").to_pylist()
    return [_identity(given, time) for given, time in zip(ids, times, strict=True)]


def only(table: pa.Table, response_ids: frozenset[str]) -> pa.Table:
    """The rows that belong to those responses."""
    return table.filter(pc.is_in(table.column("response_id"), pa.array(sorted(response_ids), pa.string())))


def _identity(given: str, time: object) -> tuple[str, object] | None:
    if not given.startswith(_NUMBERED):
        return given, None
    return (given, time) if time is not None else None
