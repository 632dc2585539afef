"""Scores by group as dots with their intervals, over waves, and the distribution behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import plotly.graph_objects as go

from amp.analysis.cells import Weighing
from amp.analysis.satisfaction import SatisfactionView
from amp.analysis.scores import GroupRow
from amp.analysis.words import heard_from, interval, number, percent, plural, signed
from amp.charts.template import DIVERGING, GREY, MARK, figure, plain
from amp.stats.estimate import Estimate

Figure = Literal["nps", "mean", "top_two"]
TITLES: Final = {"nps": "Recommend score", "mean": "Satisfaction, mean", "top_two": "Satisfied, top two choices (%)"}
_BANDS: Final = "0–6 detractors · 7–8 passives · 9–10 promoters"
_ROW: Final = 44  # pixels
_RELIABILITY: Final = {"review": "few accounts", "directional": "directional", "none": "no interval", "solid": ""}


def group_dots(view: SatisfactionView, shown: Figure, weighing: Weighing = "respondent") -> go.Figure:
    """A dot with its 95 % interval for each group, the total first; figure and n are printed beside it."""
    rows = [view.total, *view.groups]
    return _dots(rows, shown, weighing, view)


def attribute_dots(view: SatisfactionView) -> go.Figure:
    """The same for the attributes of the subject, best first."""
    rows = sorted(view.attributes, key=lambda row: -(row.mean.respondent.value or 0.0))
    return _dots(rows, "mean", "respondent", view)


def trend(view: SatisfactionView, shown: Figure) -> go.Figure:
    """The total over the waves, each a dot with its interval, joined by a line."""
    drawn = figure(height=280)
    rows = [row for row in view.trend if _estimate(row, shown).value is not None]
    found = [_scaled(_estimate(row, shown), shown) for row in rows]
    texts = ["  " + _value(_estimate(row, shown), shown) for row in rows]
    drawn.add_trace(
        go.Scatter(
            x=[plain(row.label) for row in rows], y=[e[0] for e in found], mode="lines+markers+text", text=texts,
            textposition="middle right", marker={"size": 11, "color": MARK}, line={"color": MARK, "width": 2},
            error_y=_errors(found), cliponaxis=False, hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    drawn.update_xaxes(type="category", showgrid=False, range=[-0.4, max(1, len(rows)) - 0.4])
    drawn.update_yaxes(title=TITLES[shown], range=_range(view, shown))
    return drawn


def score_bars(scores: Sequence[tuple[int, int]], *, recommend: bool) -> go.Figure:
    """Answers by score; on the 0 to 10 question coloured, and named below, as detractors, passives and promoters."""
    drawn = figure(height=260)
    total = sum(n for _, n in scores) or 1
    colours = [_band_colour(score) if recommend else MARK for score, _ in scores]
    drawn.add_trace(
        go.Bar(
            x=[score for score, _ in scores], y=[n for _, n in scores], marker={"color": colours},
            text=[f"{n:,}" if n else "" for _, n in scores], textposition="outside", cliponaxis=False,
            hovertext=[f"{score}: {plural(n, 'answer')}, {percent(n / total)}" for score, n in scores],
            hoverinfo="text",
        )
    )  # fmt: skip
    drawn.update_xaxes(dtick=1, showgrid=False, title=_BANDS if recommend else "Rating")
    drawn.update_yaxes(title="Answers", rangemode="tozero")
    return drawn


def group_dots_in_words(view: SatisfactionView, shown: Figure, weighing: Weighing = "respondent") -> str:
    """The text alternative of `group_dots`."""
    return f"{TITLES[shown]} by group, with 95 % intervals. " + _said([view.total, *view.groups], shown, weighing)


def attribute_dots_in_words(view: SatisfactionView) -> str:
    """The text alternative of `attribute_dots`."""
    rows = sorted(view.attributes, key=lambda row: -(row.mean.respondent.value or 0.0))
    return "Satisfaction by attribute, best first. " + _said(rows, "mean", "respondent")


def trend_in_words(view: SatisfactionView, shown: Figure) -> str:
    """The text alternative of `trend`."""
    return f"{TITLES[shown]} by wave. " + _said(view.trend, shown, "respondent")


def score_bars_in_words(scores: Sequence[tuple[int, int]]) -> str:
    """The text alternative of `score_bars`."""
    if not scores:
        return "Not enough answers to show how they are spread."
    return "Answers by score: " + "; ".join(f"{score}: {n:,}" for score, n in scores) + "."


def _dots(rows: Sequence[GroupRow], shown: Figure, weighing: Weighing, view: SatisfactionView) -> go.Figure:
    drawn = figure(height=70 + _ROW * max(1, len(rows)))
    seen = [row for row in rows if not row.hidden and _estimate(row, shown, weighing).value is not None]
    found = [_scaled(_estimate(row, shown, weighing), shown) for row in seen]
    words = [
        f"{_value(_estimate(row, shown, weighing), shown)}, n {_estimate(row, shown, weighing).n:,}" for row in seen
    ]
    drawn.add_trace(
        go.Scatter(
            x=[e[0] for e in found], y=[plain(row.label) for row in seen], mode="markers+text", text=words,
            textposition="top center", marker={"size": 12, "color": MARK}, error_x=_errors(found), cliponaxis=False,
            customdata=[row.label for row in seen],
            hovertext=[plain(_sentence(row, shown, weighing)) for row in seen], hoverinfo="text",
        )
    )  # fmt: skip
    low, high = _range(view, shown)
    for row in rows:
        if row.hidden:
            drawn.add_annotation(
                x=(low + high) / 2,
                y=plain(row.label),
                text=f"Hidden: fewer than {view.min_group} people",
                showarrow=False,
            )
    if shown == "nps":
        drawn.add_vline(x=0, line={"color": GREY, "width": 1})
    drawn.update_xaxes(title=TITLES[shown], range=[low, high])
    labels = [plain(row.label) for row in reversed(rows)]
    drawn.update_yaxes(type="category", categoryorder="array", categoryarray=labels, range=[-0.6, len(rows) - 0.3])
    return drawn


def _estimate(row: GroupRow, shown: Figure, weighing: Weighing = "respondent") -> Estimate:
    found: Estimate = getattr(getattr(row, shown), weighing)
    return found


def _scaled(estimate: Estimate, shown: Figure) -> tuple[float, float, float]:
    """Value, low and high as drawn; without an interval the three are equal."""
    factor, value = (100 if shown == "top_two" else 1), estimate.value or 0.0
    low = value if estimate.low is None else estimate.low
    high = value if estimate.high is None else estimate.high
    return value * factor, low * factor, high * factor


def _errors(found: Sequence[tuple[float, float, float]]) -> dict[str, object]:
    return {
        "type": "data", "symmetric": False, "array": [high - value for value, _, high in found],
        "arrayminus": [value - low for value, low, _ in found], "color": GREY, "thickness": 2, "width": 5,
    }  # fmt: skip


def _range(view: SatisfactionView, shown: Figure) -> list[float]:
    if shown == "nps":
        return [-105.0, 105.0]
    if shown == "top_two":
        return [-3.0, 103.0]
    low, high = view.scale
    return [low - 0.1 * (high - low) / 4, high + 0.1 * (high - low) / 4]


def _value(estimate: Estimate, shown: Figure) -> str:
    if shown == "nps":
        return signed(estimate.value)
    return percent(estimate.value) if shown == "top_two" else number(estimate.value, 1)


def _sentence(row: GroupRow, shown: Figure, weighing: Weighing) -> str:
    found = _estimate(row, shown, weighing)
    if row.hidden:
        return f"{row.label}: hidden"
    if found.value is None:
        return f"{row.label}: no answers"
    _, low, high = _scaled(found, shown)
    span = f", {interval(low, high, 1 if shown == 'mean' else 0)}" if found.low is not None else ""
    caution = _RELIABILITY[found.reliability]
    basis = f"{plural(found.n, 'answer')} from {heard_from(found.accounts, found.alone)}"
    return f"{row.label}: {_value(found, shown)}{span} ({basis}{'; ' + caution if caution else ''})"


def _said(rows: Sequence[GroupRow], shown: Figure, weighing: Weighing) -> str:
    return "; ".join(_sentence(row, shown, weighing) for row in rows) + "." if rows else "Not enough answers."


def _band_colour(score: int) -> str:
    return DIVERGING[0] if score >= 9 else DIVERGING[2] if score >= 7 else DIVERGING[4]
