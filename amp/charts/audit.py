"""An audit's result: categories as radar and as bars, statements as dots on the scale."""

from __future__ import annotations

import textwrap
from typing import Final

import plotly.graph_objects as go

from amp.audit.scoring import AuditResult, CategoryScore
from amp.charts.template import DIVERGING, GREY, MARK, figure, plain

_BAR: Final = 78  # pixels
_DOT: Final = 42


def band_colours(count: int) -> tuple[str, ...]:
    """A colour for each of `count` bands, lowest first; a band always carries its word as well."""
    last = len(DIVERGING) - 1
    if count < 2:
        return (DIVERGING[0],) * count
    return tuple(DIVERGING[last - round(i * last / (count - 1))] for i in range(count))


def radar(result: AuditResult, before: AuditResult | None = None) -> go.Figure:
    """Category totals as a radar from the lowest to the highest total; `before` is an earlier result."""
    drawn = figure(height=400, legend=before is not None)
    if before is not None:
        drawn.add_trace(_web(before, "Before", GREY, dash="dot"))
    drawn.add_trace(_web(result, "Now", MARK))
    low, high = _ends(result)
    drawn.update_polars(
        bgcolor="rgba(0,0,0,0)",
        radialaxis={"range": [0, high], "tickvals": [low, (low + high) // 2, high], "angle": 90},
        angularaxis={"direction": "clockwise", "rotation": 90},
    )  # fmt: skip
    drawn.update_layout(margin={"l": 72, "r": 72, "t": 64, "b": 64})
    return drawn


def bars(result: AuditResult, before: AuditResult | None = None) -> go.Figure:
    """Category totals as bars with total and band printed; `before` adds a mark where an earlier result stood."""
    drawn = figure(height=70 + _BAR * len(result.categories), legend=before is not None)
    names = [_wrapped(one.title) for one in result.categories]
    drawn.add_trace(
        go.Bar(
            name="Now", orientation="h", y=names, x=[one.total for one in result.categories], marker={"color": MARK},
            text=[f"{one.total} · {one.band.label}" for one in result.categories], textposition="outside",
            cliponaxis=False, hovertext=[_sentence(one) for one in result.categories], hoverinfo="text",
        )
    )  # fmt: skip
    if before is not None:
        drawn.add_trace(
            go.Scatter(
                name="Before", mode="markers", y=names, x=[one.total for one in before.categories],
                marker={"symbol": "line-ns-open", "size": 22, "color": GREY, "line": {"width": 3}}, hoverinfo="x",
            )
        )  # fmt: skip
    high = _ends(result)[1]
    drawn.update_xaxes(range=[0, high * 1.45], tickvals=list(range(0, high + 1, 5)), title="Points")
    drawn.update_yaxes(autorange="reversed")
    drawn.update_layout(bargap=0.4)
    return drawn


def dots(result: AuditResult) -> go.Figure:
    """Every statement as a dot on the answer scale, strongest first, with its number and the answer's word."""
    drawn = figure(height=80 + _DOT * len(result.statements))
    names = [_wrapped(f"{one.id}  {textwrap.shorten(one.text, 50, placeholder=' …')}", 30) for one in result.statements]
    drawn.add_trace(
        go.Scatter(
            y=names, x=[one.value for one in result.statements], mode="markers+text",
            text=[f"{one.value} {one.label}" for one in result.statements], textposition="middle right",
            marker={"size": 12, "color": MARK}, cliponaxis=False, hoverinfo="text",
            hovertext=[plain(textwrap.fill(one.text, 60)).replace("\n", "<br>") for one in result.statements],
        )
    )  # fmt: skip
    values = [one.value for one in result.statements]
    drawn.update_xaxes(
        range=[min(1, *values) - 0.3, max(5, *values) + 1.4], dtick=1, tickvals=[1, 2, 3, 4, 5], side="top"
    )
    drawn.update_yaxes(autorange="reversed", type="category", showgrid=True)
    return drawn


def categories_in_words(result: AuditResult) -> str:
    """The text alternative of the radar and of the bars."""
    return "; ".join(_sentence(one) for one in result.categories) + "."


def dots_in_words(result: AuditResult) -> str:
    """The text alternative of the dots."""
    return "Statements, strongest first: " + "; ".join(f"{s.id} {s.value} {s.label}" for s in result.statements) + "."


def _web(result: AuditResult, name: str, colour: str, dash: str = "solid") -> go.Scatterpolar:
    ring = [*result.categories, *result.categories[:1]]
    return go.Scatterpolar(
        name=name, mode="lines+markers+text",
        r=[one.total for one in ring],
        theta=[_wrapped(textwrap.shorten(one.title, 30, placeholder=" …"), 16) for one in ring],
        text=[str(one.total) if name == "Now" else "" for one in ring[:-1]] + [""], textposition="top center",
        line={"color": colour, "width": 3, "dash": dash}, marker={"size": 8, "color": colour},
        fill="toself" if name == "Now" else "none", fillcolor="rgba(74, 123, 212, 0.18)", hoverinfo="r+theta",
    )  # fmt: skip


def _ends(result: AuditResult) -> tuple[int, int]:
    return min(one.low for one in result.categories), max(one.high for one in result.categories)


def _wrapped(title: str, width: int = 24) -> str:
    return "<br>".join(plain(part) for part in textwrap.wrap(title, width))


def _sentence(one: CategoryScore) -> str:
    return f"{one.title}: {one.total} of {one.high}, {one.band.label}"
