"""Comparisons as diverging bars, from superior on the right to failed on the left, and net better by tier."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from amp.analysis.comparisons import CompetitorRow
from amp.analysis.words import interval, number, percent, plural, signed
from amp.charts.template import DIVERGING, GREY, MARK, figure, ink_on, plain

_ROW = 54  # pixels
_COLOURS = dict(zip(("Superior", "Better", "Same", "Worse", "Failed"), DIVERGING, strict=True))


def diverging_bars(rows: Sequence[CompetitorRow]) -> go.Figure:
    """Shares of answers (%) per row, “same” across the middle; shares printed, net better and n at the right."""
    drawn = figure(height=110 + _ROW * max(1, len(rows)), legend=True)
    for word in ("Same", "Worse", "Failed", "Better", "Superior"):
        bars = [_piece(row, word) for row in rows if word in row.levels and row.n]
        drawn.add_trace(_bars(word, bars))
    for row in rows:
        drawn.add_annotation(
            x=1, xref="paper", xanchor="left", y=label(row), showarrow=False, align="left",
            text=f"<b>{signed(row.net.respondent.value)}</b> <br>n {row.n:,}",
        )  # fmt: skip
    drawn.add_vline(x=0, line={"color": GREY, "width": 1})
    drawn.update_layout(barmode="overlay", bargap=0.3, margin={"r": 72})
    drawn.update_xaxes(title="← worse · share of answers, % · better →", showticklabels=False)
    drawn.update_yaxes(type="category", categoryorder="array", categoryarray=[label(row) for row in reversed(rows)])
    drawn.update_layout(legend={"traceorder": "normal"})
    return drawn


def diverging_bars_in_words(rows: Sequence[CompetitorRow]) -> str:
    """The text alternative of the picture."""
    return " ".join(_sentence(row) for row in rows) or "Not enough people compared us with a competitor."


def tier_dots(row: CompetitorRow, min_group: int) -> go.Figure:
    """Net better by tier against one competitor, each a dot with its interval."""
    drawn = figure(height=80 + 40 * max(1, len(row.tiers)))
    seen = [(tier.label, tier.net.respondent) for tier in row.tiers if tier.net.respondent.value is not None]
    values = [estimate.value or 0.0 for _, estimate in seen]
    drawn.add_trace(
        go.Scatter(
            x=values, y=[name for name, _ in seen], mode="markers+text", cliponaxis=False,
            text=[f"{signed(estimate.value)}, n {estimate.n:,}" for _, estimate in seen], textposition="top center",
            marker={"size": 12, "color": MARK}, hoverinfo="text",
            error_x={
                "type": "data", "symmetric": False, "color": GREY, "thickness": 2, "width": 5,
                "array": [(e.high if e.high is not None else v) - v for v, (_, e) in zip(values, seen, strict=True)],
                "arrayminus": [v - (e.low if e.low is not None else v) for v, (_, e) in zip(values, seen, strict=True)],
            },
        )
    )  # fmt: skip
    for tier in row.tiers:
        if tier.hidden:
            said = f"Hidden: fewer than {min_group} people"
            drawn.add_annotation(x=0, y=tier.label, text=said, showarrow=False)
    drawn.add_vline(x=0, line={"color": GREY, "width": 1})
    drawn.update_xaxes(title="Net better", range=[-105, 105])
    labels = [tier.label for tier in reversed(row.tiers)]
    drawn.update_yaxes(type="category", categoryorder="array", categoryarray=labels, range=[-0.6, len(labels) - 0.3])
    return drawn


def tier_dots_in_words(row: CompetitorRow) -> str:
    """The text alternative of `tier_dots`."""
    parts = [
        f"{tier.label}: hidden" if tier.hidden else f"{tier.label}: {signed(tier.net.respondent.value)}, "
        f"{interval(tier.net.respondent.low, tier.net.respondent.high)}"
        for tier in row.tiers
    ]  # fmt: skip
    return f"Net better against {row.competitor} by tier, with 95 % intervals. " + "; ".join(parts) + "."


def label(row: CompetitorRow) -> str:
    """How a row is named on its axis; customers' words are never markup."""
    return plain(f"{row.competitor}: {row.attribute or row.subject}")


def _piece(row: CompetitorRow, word: str) -> tuple[str, float, float]:
    """Label, where the bar starts and how long it is, in percent; “same” is centred on 0."""
    share = {level: 100 * n / row.n for level, n in zip(row.levels, row.counts, strict=True)}
    half = share["Same"] / 2
    starts = {
        "Same": -half,
        "Better": half,
        "Superior": half + share["Better"],
        "Worse": -half - share["Worse"],
        "Failed": -half - share["Worse"] - share.get("Failed", 0.0),
    }
    return label(row), starts[word], share[word]


def _bars(word: str, bars: Sequence[tuple[str, float, float]]) -> go.Bar:
    colour = _COLOURS[word]
    return go.Bar(
        name=word, orientation="h", y=[name for name, _, _ in bars], base=[start for _, start, _ in bars],
        x=[share for _, _, share in bars], marker={"color": colour}, insidetextanchor="middle",
        text=[number(share) if share >= 5 else "" for _, _, share in bars], textposition="inside", textangle=0,
        textfont={"color": ink_on(colour)}, hovertext=[f"{word}: {percent(share / 100)}" for _, _, share in bars],
        hoverinfo="text", legendrank=list(_COLOURS).index(word),
    )  # fmt: skip


def _sentence(row: CompetitorRow) -> str:
    shares = ", ".join(f"{percent(n / row.n)} {level.lower()}" for level, n in zip(row.levels, row.counts, strict=True))
    net = row.net.respondent
    apart = f", {plural(row.dont_know, 'answer')} “don't know” apart" if row.dont_know else ""
    return (
        f"Against {row.competitor}, {row.attribute or row.subject}: {shares} of {plural(row.n, 'answer')}{apart}; "
        f"net better {signed(net.value)} ({interval(net.low, net.high)}), {row.verdict}."
    )
