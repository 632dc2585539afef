"""The table of columns: what each is, in words, to look over and mend; doubtful ones first."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from amp.imports import ROLE_WORDS, ROLES, ColumnMapping, Mapping, RawSurvey
from amp.ui.words import plain

_DOUBTFUL: Final = 0.7
_MANY: Final = 25  # columns; above it only the doubtful ones are shown at first
_SUBJECTS: Final = {"company": "company", "product": "products", "service": "services", "other": "other"}
_SCALES: Final = {"rating": (1.0, 5.0), "importance": (1.0, 5.0), "recommend": (0.0, 10.0), "comparison": (-2.0, 2.0)}
_VIEWS: Final = ("To look over", "All columns")


def edited(raw: RawSurvey, mapping: Mapping, *, key: str) -> Mapping:
    """Show the columns and return the mapping as edited; a line that makes no sense is said and left as it was."""
    doubtful = [column for column in mapping.columns if column.confidence < _DOUBTFUL]
    shown, search = _view(mapping, doubtful, key)
    rows = doubtful if shown == _VIEWS[0] else list(mapping.columns)
    questions = {column.index: column.question for column in raw.columns}
    rows = [column for column in rows if search.casefold() in f"{column.heading} {questions[column.index]}".casefold()]
    if not rows:
        st.text(
            f"No column says “{search}”." if search else "Nothing to look over: every column was read with confidence."
        )
        return mapping
    frame = pd.DataFrame(
        [_row(raw, column, questions[column.index]) for column in rows], index=[column.index for column in rows]
    )
    after = st.data_editor(
        frame, column_config=_config(mapping), hide_index=True,
        disabled=["Heading", "Question", "First answers", "Sure", "Why"],
        key=f"amp-columns-{key}-{shown}-{search}", height="auto",
    )  # fmt: skip
    before = frame.to_dict("index")
    changed: dict[Any, dict[Any, Any]] = {
        index: row for index, row in after.to_dict("index").items() if row != before[index]
    }
    return _with(mapping, changed)


def _view(mapping: Mapping, doubtful: list[ColumnMapping], key: str) -> tuple[str, str]:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    counts = {_VIEWS[0]: len(doubtful), _VIEWS[1]: len(mapping.columns)}
    start = _VIEWS[0] if doubtful and len(mapping.columns) > _MANY else _VIEWS[1]
    shown = left.segmented_control(
        "Show", _VIEWS, default=start, required=True, format_func=lambda view: f"{view} ({counts[view]})",
        key=f"amp-view-{key}",
    )  # fmt: skip
    return shown, right.text_input("Search headings", key=f"amp-search-{key}", type="search").strip()


def _row(raw: RawSurvey, column: ColumnMapping, question: str) -> dict[str, Any]:
    cells = raw.cells[column.index]
    first = cells[cells != ""].drop_duplicates().head(3)
    return {
        "Heading": column.heading,
        "Question": "" if question == column.heading else question,
        "What it is": ROLE_WORDS[column.role],
        "About": _SUBJECTS[column.subject],
        "Short name": column.attribute,
        "Competitor": column.competitor,
        "Lowest": column.scale_low,
        "Highest": column.scale_high,
        "Runs backwards": column.reversed,
        "First answers": "(personal, not shown)" if column.personal else " | ".join(first.str.slice(0, 40)),
        "Sure": f"{round(column.confidence * 100)} %",
        "Why": column.reason,
    }


def _config(mapping: Mapping) -> dict[str, Any]:
    roles = [ROLE_WORDS[role] for role in ROLES[mapping.kind]]
    survey = mapping.kind in {"survey", "employees"}
    hidden = [] if survey else ["About", "Short name", "Competitor", "Lowest", "Highest", "Runs backwards"]
    config: dict[str, Any] = {
        "Heading": st.column_config.TextColumn(width="medium"),
        "Question": st.column_config.TextColumn(width="large"),
        "What it is": st.column_config.SelectboxColumn(options=roles, required=True, width="medium"),
        "About": st.column_config.SelectboxColumn(options=list(_SUBJECTS.values()), required=True),
        "Why": st.column_config.TextColumn(width="large"),
    }
    return config | dict.fromkeys(hidden)


def _with(mapping: Mapping, changed: dict[Any, dict[Any, Any]]) -> Mapping:
    columns = []
    for column in mapping.columns:
        row = changed.get(column.index)
        try:
            columns.append(column if row is None else _mended(column, row))
        except ValidationError as error:
            st.warning(plain(str(error.errors()[0]["msg"]).removeprefix("Value error, ") + "."))
            columns.append(column)
    return mapping.model_copy(update={"columns": tuple(columns)})


def _mended(column: ColumnMapping, row: dict[Any, Any]) -> ColumnMapping:
    role = {words: role for role, words in ROLE_WORDS.items()}[row["What it is"]]
    low, high = _SCALES.get(role, (None, None))
    ends = (low, high) if role != column.role and role in _SCALES and column.scale_low is None else (None, None)
    changes = {
        "role": role,
        "subject": {words: subject for subject, words in _SUBJECTS.items()}[row["About"]],
        "attribute": (row["Short name"] or "").strip(),
        "competitor": (row["Competitor"] or "").strip(),
        "scale_low": ends[0] if pd.isna(row["Lowest"]) else row["Lowest"],
        "scale_high": ends[1] if pd.isna(row["Highest"]) else row["Highest"],
        "reversed": bool(row["Runs backwards"]),
        "confidence": 1.0,
        "reason": "Set by hand.",
    }
    return ColumnMapping.model_validate(column.model_dump() | changes)
