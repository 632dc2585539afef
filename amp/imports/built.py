"""What comes out of building the tidy tables: the tables, and everything that a person should know about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import pyarrow as pa

Severity = Literal["note", "warning", "problem"]
Section = Literal["read", "repaired", "dropped", "set_aside"]


@dataclass(frozen=True)
class Finding:
    """One thing to know: a `problem` stops the import, a `warning` wants a look, a `note` is for the record."""

    severity: Severity
    sentence: str
    column: str = ""  # heading of the column it is about
    rows: tuple[int, ...] = ()  # row numbers in the file, the first few
    section: Section = "set_aside"


@dataclass(frozen=True, eq=False)
class Built:
    """The tables of a data set, its number of rows (respondents, accounts, contacts), and the findings."""

    tables: dict[str, pa.Table]
    rows: int
    findings: tuple[Finding, ...]


def finding(
    severity: Severity, sentence: str, column: str = "", rows: pd.Index | None = None, section: Section = "set_aside"
) -> Finding:
    """A finding with the first ten row numbers, which are added to the sentence."""
    numbers = tuple(int(number) for number in (rows[:10] if rows is not None else ()))
    if rows is None or not len(rows):
        return Finding(severity, f"{sentence}.", column, (), section)
    shown = ", ".join(map(str, numbers[:5])) + (" …" if len(rows) > 5 else "")
    return Finding(severity, f"{sentence} (row {shown}).", column, numbers, section)


def about_rows(
    severity: Severity,
    rows: pd.Index,
    one: str,
    many: str,
    *,
    tail: str = "",
    column: str = "",
    section: Section = "set_aside",
) -> list[Finding]:
    """One finding, "3 <many><tail> (row 4, 7, 9)", or none when there are no rows."""
    if not len(rows):
        return []
    return [finding(severity, counted(len(rows), one, many) + tail, column, rows, section)]


def counted(count: int, singular: str, plural: str = "") -> str:
    """ "1 row", "1,204 rows"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def texts(column: pd.Series | None, index: pd.Index) -> pd.Series:
    """Stripped text with None where a cell is empty, or all None without a column."""
    if column is None:
        return pd.Series([None] * len(index), index=index, dtype=object)
    stripped = column.str.strip().astype(object)
    return stripped.where(stripped.ne(""), None)


def made_unique(ids: pd.Series) -> tuple[pd.Series, pd.Index]:
    """`ids` with " (2)", " (3)" after those that occur again, and the rows that were changed."""
    again = ids.duplicated(keep="first")
    if not again.any():
        return ids, ids.index[:0]
    taken, unique = set(ids[~again]), ids.tolist()
    for place in again.to_numpy().nonzero()[0]:
        name = unique[place]
        number = 2
        while (candidate := f"{name} ({number})") in taken:
            number += 1
        taken.add(candidate)
        unique[place] = candidate
    return pd.Series(unique, index=ids.index, dtype=object), ids.index[again]


def table(columns: Mapping[str, Sequence[object] | pd.Series]) -> pa.Table:
    """A pyarrow table of columns in which both None and NaN are nulls."""
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
