"""Data sets on disk: written under a temporary name, synced and renamed, so each is there wholly or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from amp.errors import AmpError, Conflict, NotFound
from amp.warehouse.schema import KINDS, TABLES

Kind = Literal["survey", "employees", "accounts", "contacts"]
_MANIFEST: Final = "manifest.json"


class DataSet(BaseModel):
    """What the manifest of a data set says; `id` and `created_at` are given on writing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = ""
    kind: Kind
    title: str
    wave: str = ""
    source: str = ""  # the format it was recognised as, in words
    file_name: str = ""
    sha256: str = ""
    rows: int = 0
    created_at: datetime | None = None
    report: dict[str, Any] = Field(default_factory=dict)  # what was read, repaired and dropped


def write(folder: Path, dataset: DataSet, tables: Mapping[str, pa.Table]) -> DataSet:
    """Store a data set and return it with its id.

    `tables` holds just the tables of the kind, each castable to its schema; the `dataset_id` column is filled here.
    Raises Conflict when the same file is loaded already, AmpError when the disk refuses; nothing is left behind.
    """
    for other in stored(folder):
        if dataset.sha256 and other.sha256 == dataset.sha256 and other.kind == dataset.kind:
            raise Conflict(
                f"This file is loaded already, as “{other.title}”.", "Remove that data set first to load it anew."
            )
    now = datetime.now(UTC)
    named = dataset.model_copy(update={"id": f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", "created_at": now})
    temporary = folder / f".{named.id}.partial"
    try:
        temporary.mkdir(parents=True)
        for name in KINDS[dataset.kind]:
            _write_table(temporary / f"{name}.parquet", _with_id(tables[name], TABLES[name], named.id))
        _write_synced(temporary / _MANIFEST, named.model_dump_json(indent=1).encode())
        temporary.rename(folder / named.id)
        _sync_folder(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise AmpError(
            f"The data set could not be stored: {error.strerror or error}.",
            "Free some disk space and try again; nothing was changed.",
        ) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return named


def stored(folder: Path) -> tuple[DataSet, ...]:
    """All data sets, oldest first. A folder without a readable manifest is no data set and is passed over."""
    if not folder.is_dir():
        return ()
    found = (_read_manifest(path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return tuple(dataset for dataset in found if dataset is not None)


def remove(folder: Path, dataset_id: str) -> None:
    """Delete a data set; raises NotFound when it is gone already."""
    if dataset_id not in {dataset.id for dataset in stored(folder)}:
        raise NotFound("This data set is no longer here.", "Reload the page to see what is loaded.")
    grave = folder / f".{dataset_id}.removed"
    (folder / dataset_id).rename(grave)
    shutil.rmtree(grave, ignore_errors=True)


def version(folder: Path) -> str:
    """A short name for what is loaded now: equal when, and only when, the same data sets are there."""
    if not folder.is_dir():
        return "empty"
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16] if names else "empty"


def clear_leftovers(folder: Path) -> None:
    """Remove what an interrupted write or removal left; called at start, by the only process of this workspace."""
    for path in folder.glob(".*"):
        if path.suffix in {".partial", ".removed"}:
            shutil.rmtree(path, ignore_errors=True)


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


def _read_manifest(path: Path) -> DataSet | None:
    try:
        return DataSet.model_validate(json.loads((path / _MANIFEST).read_text()))
    except (OSError, ValueError, ValidationError):
        return None
