"""Writing a data set: under a temporary name, synced and renamed, so that it is there wholly or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from amp.errors import AmpError, Conflict
from amp.warehouse.datasets import MANIFEST, TABLES_OF, DataSet, stored
from amp.warehouse.schema import TABLES

_PLACING: Final = threading.Lock()


def write(folder: Path, dataset: DataSet, tables: Mapping[str, pa.Table]) -> DataSet:
    """Store a data set and return it with its id.

    `tables` holds just the tables of the kind, each castable to its schema; the `dataset_id` column is filled here.
    Raises Conflict when the same file is loaded already, AmpError when the disk refuses; nothing is left behind.
    """
    _refuse_twin(folder, dataset)
    now = datetime.now(UTC)
    named = dataset.model_copy(update={"id": f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", "created_at": now})
    temporary = folder / f".{named.id}.partial"
    try:
        temporary.mkdir(parents=True)
        for name in TABLES_OF[dataset.kind]:
            _write_table(temporary / f"{name}.parquet", _with_id(tables[name], TABLES[name], named.id))
        _write_synced(temporary / MANIFEST, named.model_dump_json(indent=1).encode())
        with _PLACING:
            _refuse_twin(folder, dataset)  # another tab may have been faster
            temporary.rename(folder / named.id)
        _sync_folder(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise AmpError(
            f"The data set could not be stored: {os.strerror(error.errno) if error.errno else error}.",
            "Free some disk space and try again; nothing was changed.",
        ) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return named


def _refuse_twin(folder: Path, dataset: DataSet) -> None:
    for other in stored(folder):
        if dataset.sha256 and other.sha256 == dataset.sha256 and other.kind == dataset.kind:
            raise Conflict(
                f"This file is loaded already, as “{other.title}”.", "Remove that data set first to load it anew."
            )


def _with_id(table: pa.Table, schema: pa.Schema, dataset_id: str) -> pa.Table:
    filled = {name: table.column(name) for name in table.column_names if name != "dataset_id"}
    filled["dataset_id"] = pa.array([dataset_id] * table.num_rows, pa.string())
    columns = [filled.get(field.name, pa.nulls(table.num_rows, field.type)).cast(field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _write_table(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd")
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
