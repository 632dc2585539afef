"""Several takers side by side: every rating as dots, totals as strips, statements as a heat map, medians over time."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from amp.analysis.takers import Quarter, StatementSpread, Takers, TotalSpread
from amp.audit.instrument import Instrument
from amp.charts.audit import band_colours
from amp.charts.template import ACCENT, GREY, MARK, SEQUENTIAL, figure, ink_on, plain

_ROW: Final = 46  # pixels
_GROWTH: Final = 18  # pixels: how much larger the dot of the most frequent rating is than the smallest


def spread(statements: Sequence[StatementSpread], instrument: Instrument) -> go.Figure:
    """A row a statement: a dot at each rating that was given, its size and figure the number of people; a line at
    the median."""
    values = [point.value for point in instrument.scale]
    most = max((count for one in statements for count in one.counts), default=1) or 1
    names = [_name(one) for one in statements]
    given = [
        (name, value, count)
        for name, one in zip(names, statements, strict=True)
        for value, count in zip(values, one.counts, strict=True)
        if count
    ]
    drawn = figure(height=90 + _ROW * len(statements), legend=True)
    medians = [(name, one.median) for name, one in zip(names, statements, strict=True) if one.median is not None]
    drawn.add_trace(
        go.Scatter(
            name="Median", mode="markers", y=[row[0] for row in medians], x=[row[1] for row in medians],
            marker={"symbol": "line-ns-open", "size": 30, "color": GREY, "line": {"width": 3}}, hoverinfo="x",
        )
    )  # fmt: skip
    drawn.add_trace(
        go.Scatter(
            name="People", mode="markers+text", y=[row[0] for row in given], x=[row[1] for row in given],
            text=[str(row[2]) for row in given], textfont={"color": ink_on(ACCENT), "size": 12},
            marker={"color": ACCENT, "opacity": 1, "size": [14 + _GROWTH * (row[2] / most) ** 0.5 for row in given]},
            hovertext=[f"{row[2]} rated {row[1]}" for row in given], hoverinfo="text", cliponaxis=False,
        )
    )  # fmt: skip
    drawn.update_xaxes(range=[values[0] - 0.6, values[-1] + 0.6], tickvals=values, ticktext=_ends(instrument))
    drawn.update_xaxes(tickangle=0, side="top")
    drawn.update_layout(margin={"t": 56}, legend={"y": 0, "yanchor": "top"})
    drawn.update_yaxes(autorange="reversed", type="category", showgrid=True)
    return drawn


def totals(found: Sequence[TotalSpread]) -> go.Figure:
    """A row for each category: a dot for every total, stacked where totals are equal, and a line at the median."""
    drawn = figure(height=90 + 64 * len(found), legend=True)
    names = [_wrapped(one.title) for one in found]
    dots = [(name, total, count) for name, one in zip(names, found, strict=True) for total, count in _counted(one)]
    medians = [(name, one.median) for name, one in zip(names, found, strict=True) if one.median is not None]
    drawn.add_trace(
        go.Scatter(
            name="Median", mode="markers", y=[row[0] for row in medians], x=[row[1] for row in medians],
            marker={"symbol": "line-ns-open", "size": 34, "color": GREY, "line": {"width": 3}}, hoverinfo="x",
        )
    )  # fmt: skip
    drawn.add_trace(
        go.Scatter(
            name="People", mode="markers+text", y=[row[0] for row in dots], x=[row[1] for row in dots],
            text=[str(row[2]) if row[2] > 1 else "" for row in dots], textfont={"color": "#FFFFFF", "size": 11},
            marker={"size": [13 + 3 * min(row[2], 6) for row in dots], "color": ACCENT, "opacity": 1},
            hovertext=[f"{row[2]} × {row[1]} points" for row in dots], hoverinfo="text", cliponaxis=False,
        )
    )  # fmt: skip
    low, high = min(one.low for one in found), max(one.high for one in found)
    drawn.update_xaxes(range=[low - 1, high + 1], title="Points")
    drawn.update_yaxes(autorange="reversed", type="category", showgrid=True)
    return drawn


def bands(overall: TotalSpread, instrument: Instrument) -> go.Figure:
    """How many totals lie in each overall band, lowest band first."""
    held = instrument.overall_bands
    counts = [sum(band.holds(total) for total in overall.totals) for band in held]
    drawn = figure(height=70 + 54 * len(held))
    drawn.add_trace(
        go.Bar(
            orientation="h", y=[_wrapped(f"{band.label} ({band.low} to {band.high})") for band in held], x=counts,
            text=[str(count) for count in counts], textposition="outside", cliponaxis=False,
            marker={"color": list(band_colours(len(held))), "line": {"color": GREY, "width": 1}}, hoverinfo="x+y",
        )
    )  # fmt: skip
    drawn.update_xaxes(title="Audits", rangemode="tozero", dtick=max(1, round(max(counts, default=1) / 6)))
    drawn.update_yaxes(type="category")
    drawn.update_layout(bargap=0.35)
    return drawn


def heat_map(found: Takers, instrument: Instrument) -> go.Figure:
    """Statements by rating: the share of takers who gave it, in per cent, printed in every cell."""
    shares = [[100 * count / max(one.raters, 1) for count in one.counts] for one in found.statements]
    drawn = figure(height=90 + 34 * len(found.statements))
    names = [_name(one, 1) for one in found.statements]
    ticks = [f"{point.value}<br>{plain(point.label)}" for point in instrument.scale]
    drawn.add_trace(
        go.Heatmap(
            z=shares, y=names, x=ticks, zmin=0, zmax=100, colorscale=_scale(), showscale=False, xgap=2, ygap=2,
            hovertemplate="%{y}<br>%{x}: %{z:.0f} %<extra></extra>",
        )
    )  # fmt: skip
    for name, row in zip(names, shares, strict=True):
        for tick, share in zip(ticks, row, strict=True):
            drawn.add_annotation(
                x=tick, y=name, text=f"{share:.0f}", showarrow=False, font={"color": ink_on(_colour(share)), "size": 12}
            )
    drawn.update_xaxes(side="top", type="category")
    drawn.update_yaxes(autorange="reversed", type="category")
    return drawn


def over_time(quarters: Sequence[Quarter], low: int, high: int) -> go.Figure:
    """The middle total of each quarter, with the number of audits it rests on."""
    drawn = figure(height=320)
    drawn.add_trace(
        go.Scatter(
            mode="lines+markers+text", x=[one.label for one in quarters], y=[one.median for one in quarters],
            text=[f"{one.median:g} (n = {one.audits})" for one in quarters], textposition="top center",
            line={"color": MARK, "width": 2}, marker={"size": 10, "color": MARK}, hoverinfo="text", cliponaxis=False,
        )
    )  # fmt: skip
    drawn.update_xaxes(type="category")
    drawn.update_yaxes(range=[low, high], title="Median total")
    drawn.update_layout(margin={"r": 48, "t": 32})
    return drawn


def spread_in_words(statements: Sequence[StatementSpread]) -> str:
    """The text alternative of the dots."""
    return "; ".join(
        f"{one.statement.id} median {one.median:g} of {one.raters} ratings" if one.median is not None
        else f"{one.statement.id} not rated"
        for one in statements
    ) + "."  # fmt: skip


def totals_in_words(found: Sequence[TotalSpread]) -> str:
    """The text alternative of the strips."""
    return "; ".join(
        f"{one.title or 'Overall'}: {len(one.totals)} totals from {one.totals[0]} to {one.totals[-1]}, "
        f"median {one.median:g}" if one.totals else f"{one.title or 'Overall'}: no complete total"
        for one in found
    ) + "."  # fmt: skip


def _ends(instrument: Instrument) -> list[str]:
    """The values of the scale, the words of both ends with them: on a phone there is no room for more."""
    last = len(instrument.scale) - 1
    return [
        f"{point.value}<br>{plain(point.label)}" if place in (0, last) else str(point.value)
        for place, point in enumerate(instrument.scale)
    ]


def _counted(one: TotalSpread) -> list[tuple[int, int]]:
    return sorted(Counter(one.totals).items())


def _name(one: StatementSpread, lines: int = 2) -> str:
    text = textwrap.shorten(one.statement.text, 30 * lines - 8, placeholder=" …")
    return _wrapped(f"{one.statement.id}  {text}", 34)


def _wrapped(title: str, width: int = 24) -> str:
    return "<br>".join(plain(part) for part in textwrap.wrap(title, width))


def _scale() -> list[tuple[float, str]]:
    last = len(SEQUENTIAL) - 1
    return [(place / last, colour) for place, colour in enumerate(SEQUENTIAL)]


def _colour(share: float) -> str:
    return SEQUENTIAL[round(share / 100 * (len(SEQUENTIAL) - 1))]
