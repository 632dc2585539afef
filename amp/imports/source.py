"""From a file or its bytes to the raw grid: what it is by its content, never by its name alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

from amp.errors import AmpError, ImportRefused
from amp.imports.book import sheets_of
from amp.imports.delimited import read_delimited
from amp.imports.encoding import decode
from amp.imports.grid import Grid, tidy_grid

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXPORT_CSV: Final = "Export the responses as CSV or XLSX and upload that."
_OTHERS: Final = (
    (b"%PDF", "a PDF document"),
    (b"$FL2", "an SPSS file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_MARKUP: Final = re.compile(r"\A\s*<(!doctype|html|table|\?xml|svg)\b", re.IGNORECASE)
_JSON: Final = re.compile(r"\A\s*(\{\s*[\"}]|\[\s*[\[{\]])")
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_PEEK_ROWS: Final = 200

Rank = Callable[[Grid], tuple[float, int]]


def read_bytes(file: Path | bytes, *, max_mb: int) -> bytes:
    """The content of `file`; raises ImportRefused when it is empty or above the limit (asked before it is read)."""
    try:
        size = len(file) if isinstance(file, bytes) else file.stat().st_size
        if size > max_mb * 1024 * 1024:
            raise ImportRefused(
                f"The file is {size / 1024 / 1024:,.0f} MB; at most {max_mb:,} MB are read.",
                "Export fewer columns or a shorter period, or have the limit (AMP_MAX_UPLOAD_MB) raised.",
            )
        content = file if isinstance(file, bytes) else file.read_bytes()
    except OSError as error:
        raise AmpError(
            f"The file cannot be opened: {error.strerror or error}.", "Look whether it is still there and try again."
        ) from error
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ImportRefused(
            "The file is empty.", "Export it again from the survey tool; a full export has at least a row of headings."
        )
    return content


def open_grid(content: bytes, file_name: str, *, rank: Rank) -> Grid:
    """The raw grid of `content`. `rank` says how much a sheet looks like responses, for workbooks with several."""
    digest = hashlib.sha256(content).hexdigest()
    for magic, what in _OTHERS:
        if content.startswith(magic):
            raise ImportRefused(f"This is {what}, not a table of responses.", _EXPORT_CSV)
    if content.startswith((_ZIP, _OLE)):
        return _open_book(content, file_name, digest, rank)
    return _open_text(content, file_name, digest)


def _open_text(content: bytes, file_name: str, digest: str) -> Grid:
    text, encoding = decode(content)
    _refuse_other_text(text)
    cells, separator, repaired = read_delimited(text)
    if encoding != "UTF-8":
        repaired.insert(0, f"The text was read as {encoding}.")
    lost = text.count("\ufffd")
    if lost:
        repaired.append(
            f"{lost} character{'' if lost == 1 else 's'} had been lost before this file reached us (shown as �)."
        )
    container = f"text, {encoding}, separated by {separator}"
    return _grid(cells, file_name, digest, container, repaired, ())


def _refuse_other_text(text: str) -> None:
    start = text[:4_000]
    if _MARKUP.match(start):
        raise ImportRefused("This is a web page or XML document, not a table of responses.", _EXPORT_CSV)
    if _JSON.match(start):
        raise ImportRefused("This is a JSON document, not a table of responses.", _EXPORT_CSV)
    if len(_CONTROL.findall(start)) > len(start) * 0.05:
        raise ImportRefused("This is a file of another kind, not a table of responses.", _EXPORT_CSV)


def _open_book(content: bytes, file_name: str, digest: str, rank: Rank) -> Grid:
    zipped = content.startswith(_ZIP)
    peeks = {
        name: _grid(cells, file_name, digest, "", [], ())
        for name, cells in sheets_of(content, zipped=zipped, rows=_PEEK_ROWS)
    }
    filled = {name: grid for name, grid in peeks.items() if not grid.cells.empty}
    if not filled:
        raise ImportRefused(
            "The workbook has no filled sheet.",
            "Export it again from the survey tool and look whether it holds answers.",
        )
    chosen = max(filled, key=lambda name: rank(filled[name]))
    cells = next(cells for name, cells in sheets_of(content, zipped=False) if name == chosen)
    others = [f"“{name}”" for name in filled if name != chosen]
    what = "sheet" if len(others) == 1 else "sheets"
    notes = (
        (f"The sheet “{chosen}” was read; the {what} {', '.join(others)} {'was' if len(others) == 1 else 'were'} not.",)
        if others
        else ()
    )
    return _grid(cells, file_name, digest, f"workbook, sheet “{chosen}”", [], notes)


def _grid(
    cells: pd.DataFrame, file_name: str, digest: str, container: str, repaired: list[str], notes: tuple[str, ...]
) -> Grid:
    tidy, blank, mended = tidy_grid(cells)
    return Grid(tidy, file_name, digest, container, (*repaired, *mended), notes, blank)
