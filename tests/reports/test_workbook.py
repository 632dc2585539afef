"""Any table as a workbook, read back as a spreadsheet reads it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from amp.errors import AmpError
from amp.reports import workbook as module
from amp.reports.workbook import workbook


def opened(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def cells(content: bytes, sheet: str) -> list[list[Any]]:
    return opened(content).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def one_column(*values: object) -> list[Any]:
    content = workbook({"T": pd.DataFrame({"v": pd.Series(values, dtype=object)})}, notes=())
    return [row[0] for row in cells(content, "T")[1:]]


def test_numbers_stay_numbers_and_nothing_known_stays_empty():
    values = (1, 2.5, Decimal("3.25"), np.int64(4), np.float32(0.5), True, None, float("nan"), np.float32("nan"), pd.NA)
    assert one_column(*values, "end") == [1, 2.5, 3.25, 4, 0.5, True, "", "", "", "", "end"]


def test_what_is_not_finite_or_too_long_for_a_spreadsheet_is_text():
    assert one_column(float("inf"), Decimal("-Infinity"), 2**60) == ["inf", "-Infinity", str(2**60)]


def test_times_of_any_zone_are_written_in_utc():
    there = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    frame = pd.DataFrame({"at": pd.to_datetime(["2026-03-01T01:30:00+02:00", None])})
    written = datetime(2026, 2, 28, 23, 30, tzinfo=UTC).replace(tzinfo=None)
    assert one_column(there, there.astimezone(UTC), date(2026, 3, 1)) == [written, written, date(2026, 3, 1)]
    assert cells(workbook({"T": frame}, notes=()), "T")[1] == [written]


def test_a_day_before_the_spreadsheets_calendar_is_text():
    noon = datetime(1870, 1, 1, 12, tzinfo=UTC)
    assert one_column(noon.date(), noon) == ["1870-01-01", "1870-01-01 12:00:00"]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+x", "-cmd", "@SUM(A1)", "\t=1"])
def test_text_that_a_spreadsheet_would_execute_is_marked_as_text_everywhere(text):
    content = workbook({"T": pd.DataFrame({text: [text]})}, notes=[text], above={"T": [text]})
    for sheet in ("T", "Notes"):
        found = [cell for row in cells(content, sheet) for cell in row if cell]
        assert "'" + text in found
        assert text not in found


def test_a_link_is_text():
    assert one_column("https://example.org/a?b=c") == ["https://example.org/a?b=c"]


def test_text_longer_than_a_cell_is_cut_not_dropped():
    assert len(one_column("x" * 40_000)[0]) == 32_767


def test_names_of_sheets_are_cleaned_cut_and_told_apart():
    frame = pd.DataFrame({"n": [1]})
    names = ["a/b:c*[d]?", "History", "", "'quoted'", "x" * 40, "x" * 39 + "y", "X" * 31]
    found = opened(workbook(dict.fromkeys(names, frame), notes=["said"])).sheet_names
    assert found == ["a b c d", "History_", "Sheet", "quoted", "x" * 31, "x" * 29 + " 2", "X" * 29 + " 3", "Notes"]


def test_notes_stand_on_the_last_sheet_and_none_make_no_sheet():
    frame = pd.DataFrame({"n": [1]})
    assert cells(workbook({"T": frame}, notes=["Filters: none", "n = 5"]), "Notes")[1:] == [
        ["Filters: none"],
        ["n = 5"],
    ]
    assert opened(workbook({"T": frame}, notes=())).sheet_names == ["T"]


def test_lines_stand_above_a_table():
    rows = cells(workbook({"T": pd.DataFrame({"n": [1]})}, notes=(), above={"T": ["Said aloud"]}), "T")
    assert rows == [["Said aloud"], [""], ["n"], [1]]


def test_an_empty_table_keeps_its_headings():
    assert cells(workbook({"T": pd.DataFrame(columns=["a", "b"])}, notes=()), "T") == [["a", "b"]]


def test_columns_of_one_name_are_both_there():
    frame = pd.DataFrame([[1, 2]], columns=["n", "n"])
    assert cells(workbook({"T": frame}, notes=()), "T") == [["n", "n"], [1, 2]]


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped(monkeypatch):
    monkeypatch.setattr(module, "_ROWS_AT_MOST", 2)
    with pytest.raises(AmpError, match="more rows"):
        workbook({"T": pd.DataFrame({"n": [1, 2, 3]})}, notes=())
