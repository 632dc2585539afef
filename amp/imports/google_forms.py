"""Google Forms exports: a 'Timestamp' first, in the language of the form's owner, then one column per question."""

from __future__ import annotations

import re
from typing import Final

from amp.imports.assembling import survey_of
from amp.imports.grid import Grid
from amp.imports.headings import split_stems, unique_headings
from amp.imports.survey import LIKELY, Detection, RawColumn, RawSurvey
from amp.imports.vocabulary import phrase_set
from amp.imports.wording import clean, fold

_FORMAT: Final = "google_forms"
_LABEL: Final = "Google Forms"
_MOMENT: Final = re.compile(r"^\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?,?[ T]+\D{0,6}\d{1,2}[:.]\d{2}")
_SCORE: Final = re.compile(r"\[(score|feedback|punkte|puntuación|note)\]\s*$", re.IGNORECASE)


def recognise(grid: Grid) -> Detection | None:
    """Google Forms by a first heading that says 'Timestamp' with moments of time below it."""
    if len(grid.head) < 2 or grid.width < 2:
        return None
    heading = clean(grid.head[0][0])
    below = [row[0] for row in grid.head[1:] if row[0]]
    moments = sum(bool(_MOMENT.match(cell)) for cell in below)
    if fold(heading) not in phrase_set("columns", "google_forms", "timestamp") or moments < max(1, len(below) // 2):
        return None
    return Detection(
        _FORMAT,
        _LABEL,
        f"The first column is “{heading}” and holds the moments of answering, as Google Forms writes it.",
        LIKELY,
        1,
    )


def read(grid: Grid, detection: Detection) -> RawSurvey:
    """The responses; grid questions ('Question [Row]') are grouped under their question."""
    asked = [clean(cell) for cell in grid.head[0]]
    headings, repaired = unique_headings(asked)
    body = grid.cells.iloc[detection.header_rows :]
    columns = [
        RawColumn(
            index,
            heading,
            heading,
            stem or heading,
            choice,
            f"{stem}" if choice else "",
            "single",
            *_hint(index, heading),
        )
        for index, (heading, (stem, choice)) in enumerate(zip(headings, split_stems(asked), strict=True))
    ]
    return survey_of(grid, detection, columns, body, repaired=repaired)


def _hint(index: int, heading: str) -> tuple[str, str]:
    if index == 0:
        return "date", "the moment of answering"
    if _SCORE.search(heading):
        return "ignore", "points of a quiz"
    return (
        ("email", "an e-mail address")
        if index <= 2 and fold(heading) in phrase_set("columns", "google_forms", "email")
        else ("", "")
    )
