"""The Pareto curve of revenue over accounts, with the cut lines."""

from __future__ import annotations

import plotly.graph_objects as go

from amp.analysis.tiers import AccountRow, Tiers
from amp.analysis.words import money, percent, plural, tier_label
from amp.charts.template import GREY, MARK, figure, plain


def pareto_curve(found: Tiers) -> go.Figure:
    """Cumulative share of revenue (%) over the number of accounts, largest first; dotted cuts with their names."""
    drawn = figure(height=360)
    ranked = [row for row in found.accounts if row.cumulative is not None]
    drawn.add_trace(
        go.Scatter(
            x=[0, *(row.rank for row in ranked)], y=[0.0, *(float(row.cumulative or 0) * 100 for row in ranked)],
            mode="lines+markers" if len(ranked) <= 60 else "lines", fill="tozeroy",
            line={"color": MARK, "width": 3}, fillcolor="rgba(74, 123, 212, 0.15)", marker={"size": 6},
            text=["", *(_hover(row, found.currency) for row in ranked)], hovertemplate="%{text}<extra></extra>",
            customdata=["", *(row.account_id for row in ranked)],
        )
    )  # fmt: skip
    for tier, cut in enumerate(found.cuts, start=1):
        drawn.add_hline(
            y=float(cut), line={"color": GREY, "dash": "dot", "width": 1.5},
            annotation={"text": f"{cut.normalize():f} %: end of {tier_label(tier)}", "yanchor": "bottom"},
            annotation_position="top left",
        )  # fmt: skip
    drawn.update_xaxes(title="Accounts, largest first", rangemode="tozero", tickformat=",d")
    drawn.update_yaxes(title="Share of revenue (%)", range=[0, 105], ticksuffix="")
    return drawn


def pareto_curve_in_words(found: Tiers) -> str:
    """The text alternative of the picture."""
    if not found.base:
        return "There is no revenue to draw."
    parts = [
        f"{row.label} is {plural(row.accounts, 'account')} and {percent(row.share, 1)} of revenue"
        for row in found.tiers
        if row.tier is not None
    ]
    return "Curve of cumulative revenue over accounts, largest first. " + "; ".join(parts) + "."


def _hover(row: AccountRow, currency: str) -> str:
    return (
        f"{plain(row.name)}<br>{money(row.revenue, currency)}, {percent(row.cumulative, 1)} in all<br>{row.tier_word}"
    )
