"""The first rows of a file as they will be understood."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from amp.imports.answers import DONT_KNOW, answers_of
from amp.imports.dates import parse_dates
from amp.imports.kinds import ROLE_WORDS
from amp.imports.mapping import SCALED, ColumnMapping, Mapping
from amp.imports.money import decimal_mark_of, parse_money
from amp.imports.survey import RawSurvey

_HIDDEN: Final = "(personal, not shown)"


def preview(raw: RawSurvey, mapping: Mapping, rows: int = 8) -> pd.DataFrame:
    """The first `rows` rows in words, a column for each that is not left out; the index is the row number in the file.

    Scores are as they will be stored (high is good), cells that will be set aside say so, personal cells are hidden.
    """
    shown: dict[str, pd.Series] = {}
    seen: Counter[str] = Counter()
    for column in mapping.columns:
        if column.role == "ignore":
            continue
        title = column_title(column)
        seen[title] += 1
        shown[title if seen[title] == 1 else f"{title} ({seen[title]})"] = _cells(raw, column, rows)
    return pd.DataFrame(shown, index=raw.cells.index[:rows]).fillna("")


def column_title(column: ColumnMapping) -> str:
    """What a column is, in words: "Delivery on time (rating of the service, 1 to 5)"."""
    role = ROLE_WORDS[column.role]
    if not column.is_question:
        return role
    about = f" of the {column.subject}" if column.subject != "other" and column.role != "comment" else ""
    against = f" against {column.competitor}" if column.competitor else ""
    scale = (
        f", {column.scale_low:g} to {column.scale_high:g}"
        if column.role in SCALED and column.scale_low is not None
        else ""
    )
    return f"{column.attribute or column.heading} ({role.lower()}{about}{against}{scale})"


def _cells(raw: RawSurvey, column: ColumnMapping, rows: int) -> pd.Series:
    texts = raw.cells[column.index]
    head = texts.head(rows)
    if column.personal:
        return head.where(head.str.strip().eq(""), _HIDDEN)
    if column.role in SCALED or column.role == "number":
        return _scores(head, column)
    if column.role == "date":
        times = parse_dates(texts, raw.columns[column.index].time_zone).times.head(rows)
        moments = [f"{time:%d %b %Y %H:%M}" if pd.notna(time) else "" for time in times]
        return _or_unread(head, moments, "cannot be read: ")
    if column.role in {"revenue", "cost"}:
        amounts = [parse_money(text, decimal_mark_of(texts)) for text in head]
        return _or_unread(head, [f"{amount:,.2f}" if amount is not None else "" for amount in amounts], "no amount: ")
    return head.str.strip()


def _or_unread(head: pd.Series, understood: list[str], otherwise: str) -> pd.Series:
    """What was understood, or the text with a word before it, or nothing for an empty cell."""
    shown = [known or (otherwise + text if text.strip() else "") for known, text in zip(understood, head, strict=True)]
    return pd.Series(shown, index=head.index, dtype=object)


def _scores(head: pd.Series, column: ColumnMapping) -> pd.Series:
    understood = answers_of(head, column)
    shown = dict.fromkeys(head.index, "")
    for row, answer in understood.frame.iterrows():
        shown[row] = (
            "don't know"
            if answer["status"] == DONT_KNOW
            else f"{answer['value']:g}" + (f" ({answer['label']})" if answer["label"] else "")
        )
    for row, text in understood.set_aside.items():
        shown[row] = f"set aside: {text}"
    return pd.Series(shown, dtype=object)
