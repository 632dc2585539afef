"""SurveyMonkey exports: two heading rows with blank continuation, or one condensed row with 'question - choice'."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from amp.imports.assembling import survey_of
from amp.imports.grid import Grid
from amp.imports.headings import filled_down, split_stems, unique_headings
from amp.imports.survey import CERTAIN, Detection, RawColumn, RawSurvey
from amp.imports.wording import clean, fold, fold_name

_FORMAT: Final = "surveymonkey"
_LABEL: Final = "SurveyMonkey"
_META: Final[dict[str, tuple[str, str]]] = {
    "respondent id": ("response_id", "SurveyMonkey's own response id"),
    "respondentid": ("response_id", "SurveyMonkey's own response id"),
    "befragten id": ("response_id", "SurveyMonkey's own response id"),
    "identifiant du repondant": ("response_id", "SurveyMonkey's own response id"),
    "id del encuestado": ("response_id", "SurveyMonkey's own response id"),
    "collector id": ("ignore", "the link the survey came by"),
    "collectorid": ("ignore", "the link the survey came by"),
    "date created": ("ignore", "the time the survey was opened"),
    "start date": ("ignore", "the time the survey was opened"),
    "date modified": ("date", "the time the response was last changed"),
    "end date": ("date", "the time the response was finished"),
    "ip address": ("ignore", "an IP address"),
    "email address": ("email", "an e-mail address"),
    "first name": ("name", "the respondent's name"),
    "last name": ("name", "the respondent's name"),
    "custom data": ("ignore", "bookkeeping of SurveyMonkey"),
    "custom data 1": ("ignore", "bookkeeping of SurveyMonkey"),
}
_RESPONSE: Final = frozenset(
    {
        "response",
        "open ended response",
        "antwort",
        "antworten",
        "offene antwort",
        "reponse",
        "reponse ouverte",
        "respuesta",
        "respuesta abierta",
    }
)
_OPEN: Final = frozenset({"open ended response", "offene antwort", "reponse ouverte", "respuesta abierta"})
_IDS: Final = frozenset(name for name, (role, _) in _META.items() if role == "response_id")


def recognise(grid: Grid) -> Detection | None:
    """SurveyMonkey by its respondent id column, or by a second row of 'Response' and choices."""
    if not grid.head:
        return None
    top = [fold_name(cell) for cell in grid.head[0]]
    second = [fold(cell) for cell in grid.head[1]] if len(grid.head) > 1 else []
    responses = sum(cell in _RESPONSE for cell in second)
    rows = 2 if second and _continues(top, second) else 1
    if _IDS & set(top) and ("collector id" in top or "collectorid" in top or top[0] in _IDS):
        place = next(index for index, cell in enumerate(top) if cell in _IDS)
        below = ", and the row below it holds the choices" if rows == 2 else ""
        return Detection(
            _FORMAT, _LABEL, f"The heading “{clean(grid.head[0][place])}” is SurveyMonkey's{below}.", CERTAIN, rows
        )
    if (rows == 2 and responses >= 1 and "open ended response" in second) or responses >= 3:
        return Detection(_FORMAT, _LABEL, f"The second row says “Response” under {responses} questions.", 0.85, 2)
    return None


def _continues(top: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row is a heading: nothing under the bookkeeping columns, words under the questions."""
    under_meta = [cell for name, cell in zip(top, second, strict=False) if name in _META]
    return not any(under_meta) and any(second)


def read(grid: Grid, detection: Detection) -> RawSurvey:
    """The responses, with each column's question and choice."""
    top = [clean(cell) for cell in grid.head[0]]
    below = [clean(cell) for cell in grid.head[1]] if detection.header_rows == 2 else []
    questions = _two_rows(top, below) if below else split_stems(top)
    body = grid.cells.iloc[detection.header_rows :]
    joined = [f"{stem} – {choice}" if choice else stem for stem, choice in questions]
    headings, repaired = unique_headings(joined)
    columns = _columns(headings, questions, {place for place, cell in enumerate(below) if fold(cell) in _OPEN})
    return survey_of(grid, detection, columns, body, repaired=repaired)


def _two_rows(top: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    filled = filled_down(top)
    return [(stem, "" if fold(choice) in _RESPONSE else choice) for stem, choice in zip(filled, second, strict=True)]


def _columns(headings: Sequence[str], questions: Sequence[tuple[str, str]], open_ended: Set[int]) -> list[RawColumn]:
    columns, group = [], 0
    for index, (heading, (stem, choice)) in enumerate(zip(headings, questions, strict=True)):
        if index == 0 or stem != questions[index - 1][0]:
            group = index
        hint, reason = ("", "") if choice else _META.get(fold_name(stem), ("", ""))
        if index in open_ended and not hint:
            hint, reason = "comment", "a box for free text"
        columns.append(
            RawColumn(
                index=index,
                name=heading,
                heading=heading,
                wording=stem or heading,
                choice=choice,
                group=f"{group}|{stem}" if choice else "",
                hint=hint,
                hint_reason=reason,
            )
        )
    return columns
