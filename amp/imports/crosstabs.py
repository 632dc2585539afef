"""Tables that are not responses: cross-tabs, summaries, word lists and code books, recognised and refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amp.errors import ImportRefused
from amp.imports.grid import Grid
from amp.imports.wording import clean, fold

_TOTALS: Final = frozenset(
    {
        "total",
        "grand total",
        "totals",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "total general",
        "totale",
        "base",
        "column total",
        "all",
    }
)
_COUNTS: Final = re.compile(
    r"^(total|tot|base|count|n|responses?|respondents|tot\w* respondents|frequency|freq|percent|pct|share|anzahl)$"
)
_MONEY: Final = re.compile(r"revenue|turnover|sales|umsatz|chiffre d affaires|ventas|facturacion|amount|spend")
_NUMBER: Final = re.compile(r"^[-+(]?\d[\d.,\s]*\)?\s*%?$")
_SUMMARY_ROWS: Final = (
    ({"answer choices", "responses"}, "a SurveyMonkey summary of the answers"),
    ({"answer", "%", "count"}, "a Qualtrics report of counts"),
    ({"field", "minimum", "maximum", "mean"}, "a Qualtrics report of statistics"),
    ({"variable", "label"}, "a code book"),
    ({"value", "label"}, "a code book"),
    ({"code", "label"}, "a code book"),
    ({"word", "count"}, "a list of coded words"),
    ({"word", "frequency"}, "a list of coded words"),
    ({"term", "count"}, "a list of coded words"),
)
_NEXT: Final = "Export the individual responses (one row per respondent), not the summary."


def refuse_summaries(grid: Grid) -> None:
    """Raise ImportRefused naming what was recognised when the table holds counts instead of responses."""
    summary = _summary(grid)
    if summary:
        raise ImportRefused(f"This is {summary}, not a table of responses.", _NEXT)
    evidence = _crosstab_evidence(grid)
    if evidence:
        raise ImportRefused(f"This is a cross-tab, not a table of responses: {evidence}.", _NEXT)


def _summary(grid: Grid) -> str:
    for row in grid.head[:8]:
        cells = {"%" if cell.strip() == "%" else fold(cell) for cell in row if cell.strip()}
        for marks, what in _SUMMARY_ROWS:
            if marks <= cells and len(cells) <= len(marks) + 4:
                return what
    labels = {fold(row[0]) for row in grid.head if row}
    return "a summary of the answers" if {"answered", "skipped"} <= labels else ""


def _crosstab_evidence(grid: Grid) -> str:
    """Why the table is a cross-tab, in words, or ''. It takes a numeric body and at least two more signs."""
    body = grid.cells.iloc[2:, :]
    if len(body) < 2 or grid.width < 3 or _about_money(grid.head[:2]):
        return ""
    numeric = [_numeric_share(body.iloc[:, place].tolist()) for place in range(1, grid.width)]
    if sum(share > 0.8 for share in numeric) < 0.8 * len(numeric):
        return ""
    signs = [sign for sign in (_total_row(grid), _total_columns(grid), _percentages(grid), _spanning(grid)) if sign]
    labelled = _numeric_share(body.iloc[:, 0].tolist()) < 0.2 and body.iloc[:, 0].is_unique
    return ", ".join(signs) if labelled and len(signs) >= 2 else ""


def _about_money(rows: Sequence[Sequence[str]]) -> bool:
    return any(_MONEY.search(fold(cell)) for row in rows for cell in row)


def _numeric_share(cells: Sequence[str]) -> float:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(_NUMBER.match(cell)) for cell in filled) / len(filled) if filled else 1.0


def _total_row(grid: Grid) -> str:
    for place in range(len(grid.cells) - 1, max(0, len(grid.cells) - 4), -1):
        label = str(grid.cells.iloc[place, 0])
        if fold(label) in _TOTALS:
            return f"its row {grid.cells.index[place]} is “{clean(label)}”"
    return ""


def _total_columns(grid: Grid) -> str:
    found = [clean(cell) for row in grid.head[:2] for cell in row[1:] if _COUNTS.match(fold(cell))]
    return f"columns are headed “{found[0]}”" if found else ""


def _percentages(grid: Grid) -> str:
    marked = sum(
        any(cell.strip().endswith("%") for cell in grid.cells.iloc[1:30, place]) for place in range(1, grid.width)
    )
    return f"{marked} columns hold percentages" if marked >= 2 else ""


def _spanning(grid: Grid) -> str:
    top = grid.head[0]
    spans = not top[0].strip() and 0 < sum(bool(cell.strip()) for cell in top) < 0.5 * len(top)
    return "its first row spans several columns" if spans else ""
