"""Where each tier stands: a small map of accounts by tier and level, with the figures printed in it."""

from __future__ import annotations

import plotly.graph_objects as go

from amp.analysis.accounts import LEVELS
from amp.analysis.overview import NOT_HEARD, Overview, TierStanding
from amp.analysis.words import money, plural
from amp.charts.template import SEQUENTIAL, figure, ink_on

_COLUMNS = (*LEVELS, NOT_HEARD)
_WRAPPED = [
    level.replace("Recommending", "Recom-<br>mending")
    .replace("few to", "few<br>to")
    .replace("Not ", "Not<br>")
    .replace("In ", "In<br>")
    for level in _COLUMNS
]


def standing_map(found: Overview) -> go.Figure:
    """Accounts (count and revenue) by tier and level; the darker, the larger the share of the tier's accounts."""
    drawn = figure(height=70 + 58 * max(1, len(found.standing)))
    for row in reversed(found.standing):
        for column, n in enumerate(row.accounts):
            colour = _colour(n, sum(row.accounts))
            drawn.add_trace(
                go.Bar(
                    x=[1], base=[column], y=[row.label], orientation="h", width=0.92, marker={"color": colour},
                    text=[_cell(row, column, found.currency)], textposition="inside", insidetextanchor="middle",
                    textfont={"color": ink_on(colour)}, textangle=0, customdata=[[row.label, _COLUMNS[column]]],
                    hovertext=[f"{row.label}, {_COLUMNS[column]}: {_words(row, column, found.currency)}"],
                    hoverinfo="text", marker_line={"width": 2, "color": "rgba(138, 148, 163, 0.35)"},
                )
            )  # fmt: skip
    drawn.update_layout(barmode="overlay", bargap=0.05)
    ticks = {
        "tickmode": "array",
        "tickvals": [i + 0.5 for i in range(len(_COLUMNS))],
        "ticktext": _WRAPPED,
        "tickangle": 0,
        "tickfont": {"size": 12},
    }
    drawn.update_xaxes(side="top", showgrid=False, zeroline=False, range=[0, len(_COLUMNS)], **ticks)
    drawn.update_yaxes(type="category", showgrid=False)
    return drawn


def standing_map_in_words(found: Overview) -> str:
    """The text alternative of the picture."""
    if not found.standing:
        return "There are no accounts to place yet."
    rows = (
        f"{row.label}: " + ", ".join(f"{n:,} {word.lower()}" for word, n in zip(_COLUMNS, row.accounts, strict=True))
        for row in found.standing
    )
    return "Accounts by tier and level. " + "; ".join(rows) + "."


def _cell(row: TierStanding, column: int, currency: str) -> str:
    n = row.accounts[column]
    if not n:
        return "0"
    worth = row.revenue[column]
    return f"<b>{n:,}</b><br>{money(worth, currency)}" if worth else f"<b>{n:,}</b>"


def _words(row: TierStanding, column: int, currency: str) -> str:
    return f"{plural(row.accounts[column], 'account')}, {money(row.revenue[column], currency)}"


def _colour(n: int, total: int) -> str:
    step = round(n / total * (len(SEQUENTIAL) - 1)) if total else 0
    return SEQUENTIAL[max(step, 1 if n else 0)]
