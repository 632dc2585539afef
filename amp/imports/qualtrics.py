"""Qualtrics exports: three heading rows with ImportId JSON, the two-row legacy form (V1 … V10), one-row variants."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from amp.imports.assembling import survey_of
from amp.imports.grid import Grid
from amp.imports.headings import split_stems, unique_headings
from amp.imports.survey import CERTAIN, LIKELY, Detection, RawColumn, RawSurvey
from amp.imports.wording import clean, fold_name

_FORMAT: Final = "qualtrics"
_LABEL: Final = "Qualtrics"
_IMPORT_ID: Final = re.compile(r"^\s*\{\s*(['\"])ImportId\1\s*:")
_META: Final[dict[str, tuple[str, str]]] = {
    "start date": ("ignore", "the time the survey was opened"),
    "end date": ("date", "the time the survey was finished"),
    "recorded date": ("date", "the time the response was recorded"),
    "status": ("ignore", "how the response came in"),
    "response type": ("ignore", "how the response came in"),
    "ip address": ("ignore", "an IP address"),
    "progress": ("ignore", "how far the respondent came"),
    "duration in seconds": ("ignore", "the time taken"),
    "finished": ("complete", "whether the survey was finished"),
    "response id": ("response_id", "Qualtrics' own response id"),
    "record id": ("response_id", "Qualtrics' own response id"),
    "response set": ("ignore", "bookkeeping of Qualtrics"),
    "recipient last name": ("name", "the recipient's name"),
    "recipient first name": ("name", "the recipient's name"),
    "name": ("name", "the recipient's name"),
    "recipient email": ("email", "the recipient's e-mail address"),
    "email address": ("email", "the recipient's e-mail address"),
    "external reference": ("respondent", "the contact list's own reference"),
    "external data reference": ("respondent", "the contact list's own reference"),
    "location latitude": ("ignore", "where the respondent was"),
    "location longitude": ("ignore", "where the respondent was"),
    "location accuracy": ("ignore", "where the respondent was"),
    "distribution channel": ("ignore", "how the survey was sent"),
    "user language": ("ignore", "the respondent's language"),
}
_TIMER: Final = re.compile(r"[ _](First Click|Last Click|Page Submit|Click Count)$", re.IGNORECASE)
_BROWSER: Final = re.compile(r"_(Browser|Version|Operating System|OS|Resolution|User Agent)$", re.IGNORECASE)
_DERIVED: Final = re.compile(
    r"( - (Parent )?Topics?$|_NPS_GROUP$| - Sentiment|_DO(_\d+)*$|^Q_(?!.*TEXT)|Topics\b.*Hierarchy)", re.IGNORECASE
)
_LEGACY: Final = re.compile(r"^V\d{1,2}$")
_OPEN: Final = re.compile(r"^QID\d+_TEXT$")
_NOT_REAL: Final = re.compile(
    r"preview|\btest|spam|vorschau|aper[çc]u|vista previa|anteprima|pr[ée]visualiza", re.IGNORECASE
)
_UNREAL_BITS: Final = 1 | 2 | 8  # Qualtrics' status codes: 1 preview, 2 test, 8 spam; 4, 16 and 32 only say where from
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_SELECTED: Final = re.compile(r"^Selected Choice$|^Ausgewählte Option$|^Choix sélectionné$", re.IGNORECASE)


def recognise(grid: Grid) -> Detection | None:
    """Qualtrics by its ImportId row, by its legacy V-columns, or by the names of its bookkeeping columns."""
    for row, cells in enumerate(grid.head[:6]):
        if row >= 1 and sum(bool(_IMPORT_ID.match(cell)) for cell in cells) >= max(1, sum(map(bool, cells)) // 2):
            number = grid.cells.index[row]
            evidence = f"Row {number} holds Qualtrics' ImportId codes."
            return Detection(_FORMAT, _LABEL, evidence, 0.99, min(row, 2) + 1, max(0, row - 2))
    return _by_names(grid)


def _by_names(grid: Grid) -> Detection | None:
    if not grid.head:
        return None
    names = grid.head[0]
    second = grid.head[1] if len(grid.head) > 1 else ()
    legacy = sum(bool(_LEGACY.match(name.strip())) for name in names)
    if legacy >= 5 and sum(fold_name(cell) in _META for cell in second) >= 4:
        return Detection(
            _FORMAT,
            _LABEL,
            "The first row has Qualtrics' legacy names (V1, V2 …) with their meaning below.",
            CERTAIN,
            2,
        )
    known = [name for name in names if fold_name(name) in _META]
    if len(known) < 5 or not {"response id", "recorded date", "distribution channel"} & {
        fold_name(name) for name in known
    }:
        return None
    rows = 1 if _is_data(names, second) else 2
    evidence = f"The headings {', '.join(known[:4])} … are Qualtrics' own."
    return Detection(_FORMAT, _LABEL, evidence, LIKELY + 0.1, rows)


def _is_data(names: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row is a response already: a date stands under StartDate."""
    dated = [
        cell
        for name, cell in zip(names, second, strict=False)
        if fold_name(name) in {"start date", "end date", "recorded date"}
    ]
    return any(_DATE.search(cell) for cell in dated)


def read(grid: Grid, detection: Detection) -> RawSurvey:
    """The responses proper; previews, tests and spam are dropped and counted."""
    first = detection.first_row
    names = [clean(cell) for cell in grid.head[first]]
    asked = [clean(cell) for cell in grid.head[first + 1]] if detection.header_rows > 1 else names
    codes = [_import_code(cell) for cell in grid.head[first + 2]] if detection.header_rows > 2 else [{} for _ in names]
    body = grid.cells.iloc[first + detection.header_rows :]
    headings, repaired = unique_headings(
        names if detection.header_rows != 2 or not _LEGACY.match(names[0]) else _legacy_names(names, asked)
    )
    real, dropped = _without_unreal(body, names, asked)
    columns = _columns(headings, asked, codes)
    return survey_of(grid, detection, columns, real, read=len(body), repaired=repaired, dropped=dropped)


def _legacy_names(names: Sequence[str], asked: Sequence[str]) -> list[str]:
    return [meaning if _LEGACY.match(name) and meaning else name for name, meaning in zip(names, asked, strict=True)]


def _import_code(cell: str) -> dict[str, str]:
    """The JSON under a column; files of 2016 and 2017 wrote it as a Python literal in single quotes."""
    for parse in (json.loads, ast.literal_eval):
        try:
            code = parse(cell.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(code, dict):
            return {str(key): str(value) for key, value in code.items()}
    return {}


def _columns(headings: Sequence[str], asked: Sequence[str], codes: Sequence[dict[str, str]]) -> list[RawColumn]:
    stems = split_stems(asked)
    columns = []
    for index, (heading, question, code, (stem, choice)) in enumerate(zip(headings, asked, codes, stems, strict=True)):
        hint, reason = _hint(heading, question, code.get("ImportId", ""))
        wording = question if _SELECTED.match(choice) or not choice else stem
        wording = re.sub(r"\s+-\s+Selected Choice$", "", wording)
        named = "" if _SELECTED.match(choice) or (hint and hint != "comment") else choice
        columns.append(
            RawColumn(
                index=index,
                name=heading,
                heading=heading,
                wording=wording or heading,
                choice=named,
                group=f"{_question_of(heading)}|{stem}" if named else "",
                hint=hint,
                hint_reason=reason,
                time_zone=code.get("timeZone", ""),
            )
        )
    return columns


def _question_of(name: str) -> str:
    """'Q5_3' and 'Q5_12_TEXT' belong to 'Q5'."""
    return re.split(r"[_#]\d+(?:_TEXT|_\d+|#\d+)*(?: \(\d+\))?$|_TEXT$", name)[0]


def _hint(heading: str, question: str, import_id: str) -> tuple[str, str]:
    if _TIMER.search(heading):
        return "ignore", "a page timer"
    if _BROWSER.search(heading) and (not import_id or re.search(r"_(BROWSER|VERSION|OS|RESOLUTION)$", import_id)):
        return "ignore", "the respondent's browser"
    if _DERIVED.search(heading) or _DERIVED.search(question):
        return "ignore", "made by Qualtrics from another column"
    if import_id.startswith("QID"):
        return ("comment", "a box for free text") if _OPEN.match(import_id) else ("", "")
    return _META.get(fold_name(heading)) or _META.get(fold_name(import_id.lstrip("_"))) or ("", "")


def _without_unreal(body: pd.DataFrame, names: Sequence[str], asked: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    unreal = pd.Series(False, index=body.index)
    for index, (name, question) in enumerate(zip(names, asked, strict=True)):
        if "status" in {fold_name(name), fold_name(question)}:
            unreal |= body[index].map({value: _is_unreal(value) for value in body[index].unique()}).astype(bool)
        elif fold_name(name) == "distribution channel":
            unreal |= body[index].str.strip().str.lower().isin(["preview", "test"])
    count = int(unreal.sum())
    sentence = f"{count} preview, test or spam response{' was' if count == 1 else 's were'} dropped."
    return body.loc[~unreal], [sentence] if count else []


def _is_unreal(status: str) -> bool:
    text = status.strip()
    return bool(int(text) & _UNREAL_BITS) if text.isdigit() else bool(_NOT_REAL.search(text))
