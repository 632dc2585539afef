"""Plain tables: one row of headings, or two with blank continuation, perhaps under a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amp.imports.assembling import survey_of
from amp.imports.grid import Grid
from amp.imports.headings import filled_down, split_stems, unique_headings
from amp.imports.survey import FALLBACK, Detection, RawColumn, RawSurvey
from amp.imports.wording import clean

_FORMAT: Final = "plain"
_LABEL: Final = "plain table"
_DATA: Final = re.compile(r"^[\s$€£+\-(]*\d[\d\s.,:/%()TZ+\-]*$|^[^@\s]+@[^@\s]+\.[a-z]+$")


def recognise(grid: Grid) -> Detection | None:
    """Any table: always the last resort."""
    if not grid.head:
        return None
    first = _heading_row(grid)
    if _headless(grid.head[first]):
        return Detection(
            _FORMAT, _LABEL, "No row of headings was found, so the columns got numbers.", FALLBACK / 2, 0, first
        )
    rows = 2 if _two_rows(grid, first) else 1
    words = "Two rows of headings" if rows == 2 else "One row of headings"
    return Detection(_FORMAT, _LABEL, f"{words}, and one row per answer or account below.", FALLBACK, rows, first)


def _heading_row(grid: Grid) -> int:
    """Rows above the table hold one or two cells (a title, a date of export) and the table is wider."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in grid.head[:12]]
    body = sorted(sum(bool(cell.strip()) for cell in row) for row in grid.head)[len(grid.head) // 2]
    for row, count in enumerate(filled):
        if count >= max(1, min(body, grid.width) * 0.5) and (count > 2 or grid.width <= 4 or body <= 2):
            spanned = row and filled[row - 1] >= 2 and grid.head[row - 1][0].strip()
            return row - 1 if spanned else row
    return 0


def _headless(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) > 1 and sum(bool(_DATA.match(cell)) for cell in filled) > 0.6 * len(filled)


def _two_rows(grid: Grid, first: int) -> bool:
    """The upper row has blanks to its right that the row below fills with words, none of them data."""
    if len(grid.head) < first + 3:
        return False
    top, second = grid.head[first], grid.head[first + 1]
    blanks = [index for index, cell in enumerate(top) if not cell.strip() and index]
    under = [second[index].strip() for index in blanks]
    if (
        len(blanks) < 2
        or not top[0].strip()
        or sum(map(bool, under)) < 0.8 * len(under)
        or any(_DATA.match(cell.strip()) for cell in second)
    ):
        return False
    below = {grid.head[row][index].strip() for row in range(first + 2, len(grid.head)) for index in blanks}
    return len(set(under)) > 0.5 * len(under) and not set(under) <= below


def read(grid: Grid, detection: Detection) -> RawSurvey:
    """The rows of the table as they stand."""
    first, rows = detection.first_row, detection.header_rows
    top = [clean(cell) for cell in grid.head[first]] if rows else [""] * grid.width
    questions = _merged(top, [clean(cell) for cell in grid.head[first + 1]]) if rows == 2 else split_stems(top)
    headings, repaired = unique_headings(
        [
            f"{stem} – {choice}" if choice and rows == 2 else asked
            for (stem, choice), asked in zip(questions, top, strict=True)
        ]
    )
    body = grid.cells.iloc[first + rows :]
    above = (
        [f"{first} row{'' if first == 1 else 's'} above the headings {'was' if first == 1 else 'were'} left out."]
        if first
        else []
    )
    columns = [
        RawColumn(index, heading, heading, stem or heading, choice, stem if choice else "")
        for index, (heading, (stem, choice)) in enumerate(zip(headings, questions, strict=True))
    ]
    return survey_of(grid, detection, columns, body, repaired=(*above, *repaired))


def _merged(top: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(filled_down(top), second, strict=True))
