"""The competitors page's parts: the bars, one comparison close up, where a competitor is ahead, and why."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.comparisons import CompetitorRow
from amp.analysis.competitors import CompetitorView
from amp.analysis.filters import Filters
from amp.analysis.words import hidden, interval, money, plural, signed
from amp.charts import competitors as charts
from amp.ui import components
from amp.ui.words import plain

HOW: Final = (
    "Net better is the share that finds us superior or better less the share that finds us worse or failed. "
    "“Don't know” is counted apart. The interval is 95 % and clustered by account.",
    "Whether customers see a difference at all is an exact sign test on the answers other than “same”; "
    "“ahead” and “behind” hold after adjusting for all comparisons on this page.",
)


def bars(view: CompetitorView, filters: Filters) -> None:
    """Superior … failed of every comparison, with the figures as a table."""
    components.figure(
        charts.diverging_bars(view.rows),
        alt=charts.diverging_bars_in_words(view.rows),
        table=table(view.rows),
        key="competitors",
        filters=filters,
    )


def table(rows: tuple[CompetitorRow, ...]) -> pd.DataFrame:
    """A row a comparison: counts, don't-knows, net better with interval, verdict."""
    return pd.DataFrame([_row(row) for row in rows])


def _row(row: CompetitorRow) -> dict[str, object]:
    net = row.net.respondent
    counts = dict(zip(row.levels, row.counts, strict=True))
    about = {"Competitor": row.competitor, "On": row.attribute or row.subject}
    return {
        **about,
        **counts,
        "Don't know": row.dont_know,
        "n": row.n,
        "Net better": "–" if net.value is None else signed(net.value),
        "Interval": interval(net.low, net.high),
        "Verdict": row.verdict,
        "Sign test p": "–" if row.p_parity is None else f"{row.p_parity:.3f}",
    }


def close_up(view: CompetitorView, currency: str) -> None:
    """One comparison: by tier, where they are ahead, and the reasons in customers' words."""
    worst_first = sorted(view.rows, key=lambda row: row.net.respondent.value or 0.0)
    names = {f"{row.competitor}: {row.subject}": row for row in worst_first}
    chosen = names[st.selectbox("Look closer at", list(names))]
    left, right = st.columns(2)
    with left:
        st.header("By tier")
        picture = charts.tier_dots(chosen, view.min_group)
        st.plotly_chart(picture, alt=charts.tier_dots_in_words(chosen), config={"displayModeBar": False}, key="by-tier")
        if any(tier.hidden for tier in chosen.tiers):
            st.caption(hidden(view.min_group))
    with right:
        st.header(f"Where {plain(chosen.competitor)} is ahead")
        st.text(f"{plural(len(chosen.ahead), 'account')} worth {money(chosen.revenue_ahead, currency)}")
        rows = [(a.name, a.tier_label, money(a.revenue, currency)) for a in chosen.ahead]
        if rows:
            components.data_table(pd.DataFrame(rows, columns=["Account", "Tier", "Revenue"]), key="ahead")
    st.header("What they write")
    if not chosen.reasons:
        st.text("Nobody who found us worse here left a comment.")
    for place, reason in enumerate(chosen.reasons):
        components.quote(reason.said, said_by=f"{reason.tier_label} · {reason.role_label}", key=f"reason-{place}")


def details(view: CompetitorView, filters: Filters) -> None:
    """The same by attribute, where the survey asked so finely."""
    if len({row.attribute for row in view.details}) > len({row.subject for row in view.details}):
        with st.expander("By attribute"):
            components.data_table(table(view.details), key="competitor-details", filters=filters)
