"""A table as a file: with its filters, data version and date printed, and nothing a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Final

import pandas as pd

# A spreadsheet takes a cell that starts like this for a formula (OWASP, CSV injection).
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(frame: pd.DataFrame, *, filters: str, version: str) -> bytes:
    """UTF-8 with a byte-order mark (so that spreadsheets read accents), the provenance in the first lines."""
    head = [f"Filters: {filters or 'none'}", f"Data: {version}", f"Printed: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"]
    text = io.StringIO()
    # One quoted cell a line: what is printed here quotes the file too (a wave's name, a region).
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [[f"# {' '.join(line.split())}"] for line in head]
    )
    safe = frame.rename(columns=str).map(harmless).rename(columns=harmless)
    safe.to_csv(text, index=False, quoting=csv.QUOTE_NONNUMERIC)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: object) -> object:
    """`value`, with text that a spreadsheet would execute marked as text; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_STARTS) and not _is_number(value):
        return "'" + value
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "\n" not in text and "\t" not in text
