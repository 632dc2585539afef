"""Workbooks (XLSX, and the old XLS): guarded against ZIP bombs, then read sheet by sheet into text cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from amp.errors import ImportRefused
from amp.imports.grid import refuse_width

_INFLATED_MB: Final = 1_024
_RATIO: Final = 250  # sheet XML shrinks 10 to 40 times; a bomb shrinks 1,000 times
_RATIO_FROM: Final = 20 * 1024 * 1024
_CELLS: Final = 60_000_000
_PIECE: Final = 4 * 1024 * 1024
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,4})([0-9]{1,8})"')
_DAMAGED: Final = "The workbook is damaged and cannot be read."
_SAVE_AGAIN: Final = "Open it in a spreadsheet program, save it anew as XLSX or CSV, and try again."


def sheets_of(content: bytes, *, zipped: bool, rows: int | None = None) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and text cells of every visible sheet that holds something; `rows` limits how many are read.

    Raises ImportRefused for a ZIP bomb, a sheet beyond all measure, or a damaged, encrypted or other kind of file.
    """
    if zipped:
        _guard(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        for name in names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=rows)
            if cells:
                refuse_width(len(cells[0]))
                yield name, _frame(cells)
    except CalamineError as error:
        raise ImportRefused(_DAMAGED, _SAVE_AGAIN) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the Rust reader gave up; its class cannot be imported
            raise ImportRefused(_DAMAGED, _SAVE_AGAIN) from error
        raise


def _frame(rows: list[list[Any]]) -> pd.DataFrame:
    columns = {
        place: pd.array([_text(cell) for cell in cells], dtype="str")
        for place, cells in enumerate(zip(*rows, strict=True))
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(rows) + 1))


def _text(cell: Any) -> str:
    """A cell as a person would write it: whole numbers without '.0', dates in ISO order."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, (int, timedelta)) else ""


def _guard(content: bytes) -> None:
    """Refuse before the workbook is opened: by the sizes it declares, then by what really comes out of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_kind({member.filename for member in members})
            _check_declared(members, len(content))
            for member in members:
                _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ImportRefused(_DAMAGED, _SAVE_AGAIN) from error


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise ImportRefused("This kind of workbook is not read.", "Save it as XLSX or CSV and upload that.")
    listed = sorted(name for name in names if not name.endswith("/"))[:3]
    raise ImportRefused(
        f"This is a ZIP archive ({', '.join(listed) or 'empty'}), not a workbook.",
        "Unpack it first, then upload the file that is inside.",
    )


def _check_declared(members: list[zipfile.ZipInfo], size: int) -> None:
    inflated = sum(member.file_size for member in members)
    if inflated > _INFLATED_MB * 1024 * 1024 or (inflated > _RATIO_FROM and inflated > _RATIO * size):
        sizes = f"The workbook is {size / 1e6:,.1f} MB and would unpack to {inflated / 1e6:,.0f} MB"
        raise ImportRefused(
            f"{sizes}; it looks like a ZIP bomb and was not opened.",
            "If it is genuine, save it as CSV and upload that.",
        )


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read one member through: a false size or checksum surfaces here, and so does a cell far beyond the table."""
    columns: set[bytes] = set()
    last_row, tail, unpacked = 0, b"", 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            unpacked += len(piece)
            if unpacked > member.file_size:
                raise zipfile.BadZipFile("more data than declared")
            if member.filename.startswith("xl/worksheets/"):
                found = _REFERENCE.findall(tail + piece)
                columns.update(column for column, _ in found)
                last_row = max(last_row, max((int(row) for _, row in found), default=0))
                tail = piece[-32:]
    _check_extent(max((_column_number(column) for column in columns), default=0), last_row)


def _check_extent(width: int, height: int) -> None:
    refuse_width(width)
    if width * height > _CELLS:
        raise ImportRefused(
            f"A sheet spans {height:,} rows by {width:,} columns, more than can be read.",
            "Delete what is far below or right of the table, or save it as CSV.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
