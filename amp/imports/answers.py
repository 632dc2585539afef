"""Cells of one question as they will be understood: high is good, "don't know" apart, the rest set aside."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Final

import pandas as pd

from amp.imports.mapping import SCALED, ColumnMapping
from amp.imports.scales import is_dont_know
from amp.imports.wording import fold

ANSWERED: Final = "answered"
DONT_KNOW: Final = "dont_know"


@dataclass(frozen=True, eq=False)
class Answers:
    """The answered cells of one column (index: row number in the file): value, label, comment and status."""

    frame: pd.DataFrame
    set_aside: pd.Series  # the texts that fit nowhere

    @property
    def count(self) -> int:
        """Answers, "don't know" included."""
        return len(self.frame)


def answers_of(texts: pd.Series, column: ColumnMapping) -> Answers:
    """How the cells of a question column are understood, decided once for each different answer."""
    filled = texts[texts.str.strip().ne("")]
    if column.role in SCALED or column.role == "number":
        return _valued(filled, column)
    frame = pd.DataFrame(
        {"value": float("nan"), "label": None, "comment": None, "status": ANSWERED}, index=filled.index
    )
    if column.role == "comment":
        frame["comment"] = filled.astype(object)
    else:
        frame["label"] = filled.str.strip().astype(object)
    return Answers(frame.astype({"label": object, "comment": object}), filled.iloc[:0])


def _valued(filled: pd.Series, column: ColumnMapping) -> Answers:
    distinct = [str(text) for text in filled.unique()]
    folded = {fold(label): value for label, value in column.labels.items() if fold(label)}
    values = {text: value_of(text, column, folded) for text in distinct}
    unjudged = {
        text: values[text] is None and (text.strip() in column.dont_know or is_dont_know(text)) for text in distinct
    }
    value = pd.to_numeric(filled.map(values), errors="coerce").astype("float64")
    unknown = filled.map(unjudged).astype(bool)
    kept = value.notna() | unknown
    worded = {text: _worded(text) or unjudged[text] for text in distinct}
    label = filled.str.strip().astype(object).where(filled.map(worded).astype(bool), None)
    status = pd.Series(ANSWERED, index=filled.index, dtype=object).mask(unknown, DONT_KNOW)
    frame = pd.DataFrame({"value": value, "label": label, "comment": None, "status": status}, index=filled.index)
    return Answers(frame[kept], filled[~kept])


def value_of(text: str, column: ColumnMapping, folded: Dictionary[str, float]) -> float | None:
    """The value of one answer on the column's scale, high is good; None when it is not on it."""
    stripped = text.strip()
    value = column.labels.get(stripped)
    if value is None and fold(stripped):
        value = folded.get(fold(stripped))
    if value is None and stripped not in column.dont_know:
        value = _number(stripped)
    if value is None or column.role == "number":
        return value
    low, high = column.scale_low, column.scale_high
    if low is None or high is None or not low <= value <= high:
        return None
    if column.role == "recommend" and not float(value).is_integer():
        return None
    return low + high - value if column.reversed else value


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", ""))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def _worded(text: str) -> bool:
    return any(character.isalpha() for character in text)
