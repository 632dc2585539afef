"""What the readers hand on: a recognised format, and the table with its columns told apart but not yet understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from amp.imports.grid import Grid

Layout = Literal["single", "matrix", "multi", "other_text"]

CERTAIN: Final = 0.95
LIKELY: Final = 0.8
FALLBACK: Final = 0.3


@dataclass(frozen=True)
class Detection:
    """A format that was recognised, with the evidence as a sentence."""

    format: str
    label: str
    evidence: str
    confidence: float
    header_rows: int
    first_row: int = 0  # rows above the headings (a title, a date of export)


@dataclass(frozen=True)
class RawColumn:
    """One column. `wording` is the question, `choice` the row of a matrix or the option of a multi-answer question."""

    index: int
    name: str  # the vendor's short name, or the heading
    heading: str  # unique in the table
    wording: str
    choice: str = ""
    group: str = ""  # equal for the columns of one matrix or multi-answer question
    layout: Layout = "single"
    hint: str = ""  # the role the vendor's format itself gives away
    hint_reason: str = ""
    time_zone: str = ""

    @property
    def question(self) -> str:
        """The whole question in words."""
        return f"{self.wording} – {self.choice}" if self.choice and self.choice != self.wording else self.wording


@dataclass(frozen=True, eq=False)
class RawSurvey:
    """The rows that count, as text ('' where empty); columns are numbered as in `columns`, rows as in the file."""

    format: str
    label: str
    evidence: str
    columns: tuple[RawColumn, ...]
    cells: pd.DataFrame
    rows_read: int  # rows with content below the headings, before any was dropped
    repaired: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    file_name: str = ""
    sha256: str = ""

    def values(self, index: int) -> pd.Series:
        """The cells of one column."""
        return self.cells[index]


@dataclass(frozen=True)
class Reader:
    """One vendor format: `recognise` looks at the grid's head, `read` makes the survey."""

    format: str
    recognise: Callable[[Grid], Detection | None]
    read: Callable[[Grid, Detection], RawSurvey]
