"""Tables as an XLSX workbook: numbers as numbers, dates as dates, and no text that a spreadsheet would execute."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from amp.charts.template import ACCENT, INK_LIGHT, SEQUENTIAL
from amp.errors import AmpError
from amp.reports.tables import harmless

_ROWS_AT_MOST: Final = 1_048_000  # a worksheet ends at 1,048,576
_TEXT_AT_MOST: Final = 32_767
_EXACT: Final = 2**53  # a spreadsheet keeps numbers as floats
_EARLIEST: Final = date(1900, 3, 1)  # before it, a spreadsheet's calendar is wrong
_NARROWEST, _WIDEST, _HEADING = 8, 60, 18  # characters
_LOOKED_AT: Final = 200  # rows that tell a column's width
_NAME_AT_MOST: Final = 31
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(
    sheets: Mapping[str, pd.DataFrame],
    *,
    notes: Sequence[str],
    notes_title: str = "Notes",
    above: Mapping[str, Sequence[str]] | None = None,
    title: str = "",
) -> bytes:
    """An XLSX file with one worksheet a table, and `notes` (filters, data set, date) on a last one.

    Headings are frozen and repeat in print. `above` has lines to stand over a sheet's table: the first large, such as
    the sentence that the table is the proof of. Times are given in UTC. Raises AmpError for more rows than a sheet
    holds.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": title})
        look, taken = _look(book), set[str]()
        for name, frame in sheets.items():
            _write(book.add_worksheet(_name(name, taken)), frame, (above or {}).get(name, ()), look)
        if notes:
            _write(book.add_worksheet(_name(notes_title, taken)), pd.DataFrame({notes_title: list(notes)}), (), look)
    return file.getvalue()


def _look(book: Any) -> dict[str, Any]:
    font = {"font_color": INK_LIGHT, "valign": "top"}
    styles: dict[str, dict[str, Any]] = {
        "sentence": {"bold": True, "font_size": 14},
        "line": {},
        "heading": {"bold": True, "text_wrap": True, "bg_color": SEQUENTIAL[0], "bottom": 2, "bottom_color": ACCENT},
        "text": {"text_wrap": True},
        "number": {"num_format": "General"},
        "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    }
    return {name: book.add_format(font | style) for name, style in styles.items()}


def _write(sheet: Any, frame: pd.DataFrame, above: Sequence[str], look: dict[str, Any]) -> None:
    if len(frame) > _ROWS_AT_MOST:
        raise AmpError("This table has more rows than a worksheet holds.", "Narrow it with a filter, or take the CSV.")
    for row, line in enumerate(above):
        sheet.write_string(row, 0, _text(line), look["line" if row else "sentence"])
    top = len(above) + 1 if above else 0
    for column, heading in enumerate(frame.columns):
        sheet.write_string(top, column, _text(str(heading)), look["heading"])
        values = list(frame.iloc[:, column])
        sheet.set_column(column, column, _width(str(heading), values))
        for row, value in enumerate(values, top + 1):
            _cell(sheet, row, column, value, look)
    _set_up(sheet, top, len(frame), len(frame.columns))


def _set_up(sheet: Any, top: int, rows: int, columns: int) -> None:
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    if columns > 1 and rows:
        sheet.autofilter(top, 0, top + rows, columns - 1)
        # A number such as 1.1 names a statement; it is text on purpose.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{top + rows + 1}"})


def _cell(sheet: Any, row: int, column: int, value: object, look: dict[str, Any]) -> None:
    match _plain(value):
        case None:
            sheet.write_blank(row, column, None, look["text"])
        case bool(answer):
            sheet.write_boolean(row, column, answer, look["text"])
        case int(number) | float(number):
            sheet.write_number(row, column, number, look["number"])
        case datetime() as moment:
            sheet.write_datetime(row, column, moment, look["time"])
        case date() as day:
            sheet.write_datetime(row, column, day, look["date"])
        case text:
            sheet.write_string(row, column, _text(str(text)), look["text"])


def _plain(value: object) -> object:
    """`value` as one of None, bool, int, float, datetime (UTC, without zone), date; all else as text."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return moment if moment.date() >= _EARLIEST else moment.isoformat(" ")
    if isinstance(value, date):
        return value if value >= _EARLIEST else value.isoformat()
    return _number(value.item() if isinstance(value, np.generic) else value)


def _number(value: object) -> object:
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _EXACT:
        return str(value)
    return value


def _text(text: str) -> str:
    return str(harmless(text))[:_TEXT_AT_MOST]


def _width(heading: str, values: Sequence[object]) -> int:
    """Characters: as wide as the values need; a heading may take more than one line."""
    lines = (line for value in values[:_LOOKED_AT] for line in str(value).splitlines())
    longest = max([min(len(heading), _HEADING), *map(len, lines)])
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _name(wanted: str, taken: set[str]) -> str:
    """A worksheet's name: without the signs that are not allowed, at most 31 characters, and not there already."""
    clean = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).split()).strip("' ") or "Sheet"
    if clean.casefold() == "history":  # Excel keeps this name to itself
        clean += "_"
    name, number = clean[:_NAME_AT_MOST].rstrip("' "), 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = clean[: _NAME_AT_MOST - len(tail)].rstrip() + tail
    taken.add(name.casefold())
    return name
