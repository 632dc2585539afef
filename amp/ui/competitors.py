"""The competitors page's parts: the bars, one comparison close up, where a competitor is ahead, and the words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amp.analysis.comparisons import CompetitorRow, TierNet
from amp.analysis.competitors import CompetitorView
from amp.analysis.filters import Filters
from amp.analysis.words import hidden, interval, money, p_value, plural, signed
from amp.charts import competitors as charts
from amp.ui import components
from amp.ui.words import plain


def how(view: CompetitorView) -> tuple[str, ...]:
    """How the page's figures are made."""
    return (
        "Net better is the share that finds us superior or better less the share that finds us worse or failed. "
        "“Don't know” is counted apart. The interval is 95 % and clustered by account.",
        f"Whether customers see a difference at all is an exact sign test on the answers other than “same”. "
        f"{view.judged}",
    )


def bars(view: CompetitorView, filters: Filters) -> None:
    """Superior … failed of every comparison, with the figures as a table."""
    components.figure(
        charts.diverging_bars(view.rows),
        alt=charts.diverging_bars_in_words(view.rows),
        table=table(view.rows),
        key="competitors",
        filters=filters.on_show(view.period.wave),
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
        "95 % interval": interval(net.low, net.high),
        "Verdict": row.verdict,
        "Sign test p": p_value(row.p_parity),
    }


def close_up(view: CompetitorView, currency: str, filters: Filters) -> None:
    """One comparison: by tier, where they are ahead, and what those who found us worse wrote."""
    worst_first = sorted(view.rows, key=lambda row: row.net.respondent.value or 0.0)
    names = {f"{row.competitor}: {row.subject}": row for row in worst_first}
    chosen = names[st.selectbox("Look closer at", list(names))]
    shown = filters.on_show(view.period.wave)
    left, right = st.columns(2)
    with left:
        _by_tier(chosen, view.min_group, shown)
    with right:
        _ahead(chosen, view.min_group, currency, shown)
    st.header("What those who found us worse wrote")
    if not chosen.reasons:
        st.text("Too few of those who found us worse here left a comment.")
        return
    st.caption("On any subject; praise is left out.")
    for place, reason in enumerate(chosen.reasons):
        components.quote(reason.said, said_by=f"{reason.tier_label} · {reason.role_label}", key=f"reason-{place}")


def _by_tier(chosen: CompetitorRow, min_group: int, filters: Filters) -> None:
    st.header("By tier")
    components.figure(
        charts.tier_dots(chosen, min_group), alt=charts.tier_dots_in_words(chosen),
        table=pd.DataFrame([_tier(tier) for tier in chosen.tiers]), key="by-tier", filters=filters,
    )  # fmt: skip
    if any(tier.hidden for tier in chosen.tiers):
        st.caption(hidden(min_group))


def _tier(tier: TierNet) -> dict[str, object]:
    net = tier.net.respondent
    if tier.hidden or net.value is None:
        return {"Tier": tier.label, "Answers": "too few"}
    span = interval(net.low, net.high)
    return {"Tier": tier.label, "Answers": f"{net.n:,}", "Net better": signed(net.value), "95 % interval": span}


def _ahead(chosen: CompetitorRow, min_group: int, currency: str, filters: Filters) -> None:
    st.header(f"Where {plain(chosen.competitor)} is ahead")
    worth = f" worth {money(chosen.revenue_ahead, currency)}" if chosen.revenue_ahead else ""
    few = f", and {plural(chosen.too_few, 'account')} with too few answers to say" if chosen.too_few else ""
    st.text(f"{plural(len(chosen.ahead), 'account')}{worth}, of those with at least {min_group} people{few}.")
    if chosen.ahead:
        rows = [(a.name, a.tier_label, money(a.revenue, currency), a.people) for a in chosen.ahead]
        frame = pd.DataFrame(rows, columns=["Account", "Tier", "Revenue", "People"])
        components.data_table(frame, key="ahead", filters=filters)


def details(view: CompetitorView, filters: Filters) -> None:
    """The same by attribute, where the survey asked so finely."""
    if view.details:
        with st.expander("By attribute"):
            shown = filters.on_show(view.period.wave)
            components.data_table(table(view.details), key="competitor-details", filters=shown)
