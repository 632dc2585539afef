"""The raw grid: every cell of a file as text, before anybody says what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pandas as pd

from amp.errors import ImportRefused

MAX_COLUMNS: Final = 5_000
HEAD_ROWS: Final = 60


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells as text, '' where empty; the frame's index is the row number in the file, its columns count from 0."""

    cells: pd.DataFrame
    file_name: str = ""
    sha256: str = ""
    container: str = ""  # in words: "CSV, UTF-8, separated by commas"
    repaired: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    blank_rows: int = 0

    @cached_property
    def head(self) -> list[tuple[str, ...]]:
        """The first rows as tuples: what the recognition of formats looks at."""
        return [tuple(row) for row in self.cells.head(HEAD_ROWS).itertuples(index=False, name=None)]

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.cells.shape[1])


def tidy_grid(cells: pd.DataFrame) -> tuple[pd.DataFrame, int, list[str]]:
    """`cells` stripped of NUL characters, blank rows and blank columns at the right end: frame, blank rows, repairs."""
    repaired = []
    cells, with_nul = _without_nul(cells)
    if with_nul:
        repaired.append(f"NUL characters were removed from {with_nul} cell{_s(with_nul)}.")
    blank = _blank_cells(cells)
    kept_columns = ~blank.all(axis=0)
    last = int(kept_columns.to_numpy().nonzero()[0].max()) + 1 if kept_columns.any() else 0
    kept_rows = ~blank.all(axis=1)
    return cells.loc[kept_rows].iloc[:, :last], int((~kept_rows).sum()), repaired


def refuse_width(width: int) -> None:
    """Raise ImportRefused when a table is wider than any survey."""
    if width > MAX_COLUMNS:
        raise ImportRefused(
            f"The file has {width:,} columns; at most {MAX_COLUMNS:,} can be read.",
            "Export it with one row per respondent, and leave out questions you do not need.",
        )


def _without_nul(cells: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    touched = {name: mask for name in cells if (mask := cells[name].str.contains("\x00", regex=False)).any()}
    for name in touched:
        cells[name] = cells[name].str.replace("\x00", "", regex=False)
    return cells, int(sum(mask.sum() for mask in touched.values()))


def _blank_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Where a cell is empty or only white space; only the short cells are looked at closely, for speed."""
    blank = {
        name: column.eq("") | (column.str.len().le(4) & column.str.strip().eq("")) for name, column in cells.items()
    }
    return pd.DataFrame(blank, index=cells.index)


def _s(count: int) -> str:
    return "" if count == 1 else "s"
