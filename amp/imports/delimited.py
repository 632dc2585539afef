"""Text with separators (CSV, TSV and kin) to rows of cells: the separator is found, ragged rows are mended."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

import pandas as pd

from amp.errors import ImportRefused
from amp.imports.grid import MAX_COLUMNS, refuse_width

_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "^": "carets", "~": "tildes"}
_SAMPLE: Final = 300_000
_CHUNK: Final = 5_000
_FIELD_LIMIT: Final = 2_000_000  # characters in one cell: a quote that is never closed swallows the file
_DECLARED: Final = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def read_delimited(text: str) -> tuple[pd.DataFrame, str, list[str]]:
    """All cells (index: row number from 1), the separator in words, and what was repaired."""
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    separator = declared[1] if declared else separator_of(body[:_SAMPLE])
    widths = Counter[int]()
    frames, raw_rows = [], 1 + bool(declared)
    for rows in _chunks(body, separator):
        widths.update(_lengths(rows))
        refuse_width(max(widths, default=0))
        frames.append(_frame(rows, raw_rows))
        raw_rows += len(rows)
    if not frames:
        raise ImportRefused(
            "The file has no rows.", "Export it again from the survey tool and look whether it holds answers."
        )
    cells = pd.concat(frames).fillna("")
    cells, repaired = _mend_ragged(cells, widths)
    return cells, _SEPARATORS.get(separator, f"“{separator}”"), repaired


def separator_of(sample: str) -> str:
    """The separator under which the rows of the sample agree best on a width above one; a comma when none does."""
    scored = {separator: _agreement(sample, separator) for separator in _SEPARATORS}
    best = max(scored, key=lambda separator: scored[separator])
    return best if scored[best] > 0 else ","


def _agreement(sample: str, separator: str) -> float:
    """Share of rows with the commonest width, a little more for wider tables; 0 for a single column."""
    try:
        rows = [row for row in islice(_reader(sample, separator), 400) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    if len(rows) > 3:
        rows = rows[:-1]  # the sample may end in the middle of a row
    if not rows:
        return 0.0
    width, count = max(Counter(len(row) for row in rows).items(), key=lambda item: (item[1], item[0]))
    return 0.0 if width < 2 else count / len(rows) + min(width, 50) / 100


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=False)


def _chunks(body: str, separator: str) -> Iterator[list[list[str]]]:
    rows = _reader(body, separator)
    try:
        while chunk := list(islice(rows, _CHUNK)):
            yield chunk
    except csv.Error as error:
        raise ImportRefused(
            f"The file cannot be split into rows and cells ({error}).",
            "A quotation mark is probably opened and never closed. Export the file again, or save it as XLSX.",
        ) from error


def _lengths(rows: list[list[str]]) -> Iterator[int]:
    """Width of each row without the empty cells at its end."""
    for row in rows:
        width = len(row)
        while width and not row[width - 1]:
            width -= 1
        if width:
            yield len(row) if width == len(row) else width


def _frame(rows: list[list[str]], first_number: int) -> pd.DataFrame:
    width = min(max((len(row) for row in rows), default=0), MAX_COLUMNS + 1)
    padded = (row if len(row) == width else (row + [""] * (width - len(row)))[:width] for row in rows)
    index = pd.RangeIndex(first_number, first_number + len(rows))
    columns = dict(enumerate(zip(*padded, strict=True)))
    return pd.DataFrame({place: pd.array(cells, dtype="str") for place, cells in columns.items()}, index=index)


def _mend_ragged(cells: pd.DataFrame, widths: Counter[int]) -> tuple[pd.DataFrame, list[str]]:
    """Cut off what a few rows have beyond the table's width; say so with row numbers."""
    width = _table_width(cells, widths)
    if width >= cells.shape[1]:
        return cells, []
    beyond = pd.Series((cells.iloc[:, width:].to_numpy() != "").any(axis=1), index=cells.index)
    numbers = [str(number) for number in cells.index[beyond]]
    if not numbers:
        return cells.iloc[:, :width], []
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
    what = "1 row had" if len(numbers) == 1 else f"{len(numbers)} rows had"
    return cells.iloc[:, :width], [
        f"{what} more cells than the heading (row {shown}); the cells beyond it were left out."
    ]


def _table_width(cells: pd.DataFrame, widths: Counter[int]) -> int:
    """Width of the heading (the widest of the first three rows), unless a tenth of the rows is wider."""
    head = cells.head(3).to_numpy() != ""
    heading = max((int(row.nonzero()[0].max()) + 1 for row in head if row.any()), default=1)
    wider = sum(count for width, count in widths.items() if width > heading)
    return int(cells.shape[1]) if wider * 10 > sum(widths.values()) else heading
