"""Imports: detect → read → map → check → load; one module per vendor format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from amp.imports.detect import likeness, read
from amp.imports.source import open_grid, read_bytes
from amp.imports.survey import RawColumn, RawSurvey


def open_file(file: Path | str | bytes, file_name: str = "", *, max_mb: int) -> RawSurvey:
    """The survey in a file or its bytes, recognised by content; nothing is stored.

    `file_name` is only shown and remembered. Raises ImportRefused (a sentence and a next step) for whatever is not a table of
    responses, accounts or contacts, or is larger than `max_mb` megabytes.
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
