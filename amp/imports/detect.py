"""Which format a grid is in: every reader looks, the surest wins, and tables that are no responses are refused."""

from __future__ import annotations

from typing import Final

from amp.errors import ImportRefused
from amp.imports import google_forms, plain, qualtrics, surveymonkey
from amp.imports.crosstabs import refuse_summaries
from amp.imports.grid import Grid, refuse_width
from amp.imports.survey import FALLBACK, Detection, RawSurvey, Reader

READERS: Final = (
    Reader("qualtrics", qualtrics.recognise, qualtrics.read),
    Reader("surveymonkey", surveymonkey.recognise, surveymonkey.read),
    Reader("google_forms", google_forms.recognise, google_forms.read),
    Reader("plain", plain.recognise, plain.read),
)
_BY_FORMAT: Final = {reader.format: reader for reader in READERS}


def detect(grid: Grid) -> Detection:
    """The surest detection; raises ImportRefused for a cross-tab or a summary."""
    refuse_width(grid.width)
    if grid.cells.empty:
        raise ImportRefused(
            "The file has no filled rows.", "Export it again from the survey tool and look whether it holds answers."
        )
    found = [detection for reader in READERS if (detection := reader.recognise(grid)) is not None]
    best = max(found, key=lambda detection: detection.confidence)
    if best.confidence <= FALLBACK:
        refuse_summaries(grid)
    return best


def read(grid: Grid) -> RawSurvey:
    """The survey in the grid, by the reader of its format; raises ImportRefused when no rows are left."""
    detection = detect(grid)
    if len(grid.cells) <= detection.first_row + detection.header_rows:
        raise ImportRefused(
            f"The file has headings ({detection.label}) but no rows below them.",
            "Look whether the export was filtered, or whether nobody has answered yet.",
        )
    survey = _BY_FORMAT[detection.format].read(grid, detection)
    if survey.cells.empty:
        raise ImportRefused(
            "All responses in the file are previews, tests or spam, so nothing is left to import.",
            "Export the survey again once real answers have come in.",
        )
    return survey


def likeness(grid: Grid) -> tuple[float, int]:
    """How much a sheet looks like responses: the confidence of its format, then the number of filled cells."""
    try:
        confidence = detect(grid).confidence
    except ImportRefused:
        confidence = 0.0
    return (confidence if confidence > FALLBACK else min(confidence, FALLBACK / 2)), int(
        (grid.cells.to_numpy() != "").sum()
    )
