"""Data sets on disk: what is there, and taking one away. Writing them is in `storing`, which needs pyarrow."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from amp.errors import AmpError, NotFound

Kind = Literal["survey", "employees", "accounts", "contacts"]
MANIFEST: Final = "manifest.json"
_SURVEY: Final = ("responses", "answers", "questions")
TABLES_OF: Final[dict[Kind, tuple[str, ...]]] = {
    "survey": _SURVEY,
    "employees": _SURVEY,
    "accounts": ("accounts",),
    "contacts": ("contacts",),
}
_GONE: Final = ("This data set is no longer here.", "Reload the page to see what is loaded.")


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


def stored(folder: Path) -> tuple[DataSet, ...]:
    """All data sets, oldest first. A folder without a readable manifest is no data set and is passed over."""
    if not folder.is_dir():
        return ()
    found = (_read_manifest(path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return tuple(dataset for dataset in found if dataset is not None)


def damaged(folder: Path) -> tuple[str, ...]:
    """The folders that should be data sets and cannot be read: no manifest, or a table missing or cut off."""
    if not folder.is_dir():
        return ()
    places = [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith(".")]
    return tuple(path.name for path in places if not _is_whole(path))


def remove(folder: Path, dataset_id: str) -> None:
    """Delete a data set, damaged or not; raises NotFound when it is gone already, AmpError when the disk refuses."""
    if dataset_id not in {dataset.id for dataset in stored(folder)} | set(damaged(folder)):
        raise NotFound(*_GONE)
    grave = folder / f".{dataset_id}.removed"
    try:
        (folder / dataset_id).rename(grave)
    except FileNotFoundError:
        raise NotFound(*_GONE) from None
    except OSError as error:
        raise AmpError(
            f"The data set could not be removed: {error.strerror}.", "Check the disk that holds AMP_HOME."
        ) from error
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


def _is_whole(path: Path) -> bool:
    found = _read_manifest(path)
    if found is None:
        return False
    return all(_ends_like_parquet(path / f"{name}.parquet") for name in TABLES_OF[found.kind])


def _ends_like_parquet(file: Path) -> bool:
    try:
        with file.open("rb") as handle:
            handle.seek(-4, 2)
            return handle.read() == b"PAR1"
    except OSError:
        return False


def _read_manifest(path: Path) -> DataSet | None:
    try:
        read = DataSet.model_validate(json.loads((path / MANIFEST).read_text()))
        return read.model_copy(update={"id": path.name})  # a folder copied by hand is a data set of its own
    except (OSError, ValueError, ValidationError):
        return None
