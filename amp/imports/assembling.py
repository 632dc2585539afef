"""The last step that all readers share: their columns and rows become the survey that is handed on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from amp.imports.grid import Grid
from amp.imports.headings import with_layouts
from amp.imports.survey import Detection, RawColumn, RawSurvey


def survey_of(
    grid: Grid,
    detection: Detection,
    columns: Sequence[RawColumn],
    cells: pd.DataFrame,
    *,
    read: int | None = None,
    repaired: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> RawSurvey:
    """The survey of a reader's `columns` over its `cells`; `read` is the number of rows before any was dropped."""
    return RawSurvey(
        format=detection.format,
        label=detection.label,
        evidence=detection.evidence,
        columns=with_layouts(columns, cells),
        cells=cells,
        rows_read=len(cells) if read is None else read,
        repaired=(*grid.repaired, *repaired),
        dropped=tuple(dropped),
        notes=grid.notes,
        file_name=grid.file_name,
        sha256=grid.sha256,
    )
