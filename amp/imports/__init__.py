"""Imports: detect → read → map → check → load; one module per vendor format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from amp.imports.built import Finding
from amp.imports.detect import likeness, read
from amp.imports.kinds import ROLE_WORDS, ROLES, Kind
from amp.imports.loading import check, load
from amp.imports.mapping import ColumnMapping, Mapping, Role, propose, signature_of
from amp.imports.previewing import column_title, preview
from amp.imports.reuse import apply
from amp.imports.roles import propose_role
from amp.imports.source import open_grid, read_bytes
from amp.imports.survey import RawColumn, RawSurvey

__all__ = [
    "ROLES",
    "ROLE_WORDS",
    "ColumnMapping",
    "Finding",
    "Kind",
    "Mapping",
    "RawColumn",
    "RawSurvey",
    "Role",
    "apply",
    "check",
    "column_title",
    "load",
    "open_file",
    "preview",
    "propose",
    "propose_role",
    "signature_of",
]


def open_file(file: Path | str | bytes, file_name: str = "", *, max_mb: int) -> RawSurvey:
    """The survey in a file or its bytes, recognised by content; nothing is stored.

    `file_name` is only shown and remembered. Raises ImportRefused (a sentence and a next step) for whatever is not a
    table of responses, accounts or contacts, or is larger than `max_mb` megabytes.
    """
    source = Path(file) if isinstance(file, str) else file
    name = file_name or (source.name if isinstance(source, Path) else "")
    grid = open_grid(read_bytes(source, max_mb=max_mb), name, rank=likeness)
    survey = read(grid)
    if grid.blank_rows:
        count = grid.blank_rows
        sentence = f"{count} empty row{' was' if count == 1 else 's were'} dropped."
        return replace(survey, dropped=(sentence, *survey.dropped))
    return survey
