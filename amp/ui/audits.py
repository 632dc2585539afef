"""The submitted-audits page's parts: how audits are spread, by statement, industry and time, and the list of them."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

import pandas as pd
import streamlit as st

from amp.analysis.peers import COMPANIES_AT_LEAST, newest_of_each
from amp.analysis.words import plural
from amp.records.access import Role
from amp.ui import access, audit_spread, components, shell, state
from amp.ui.access import Visit
from amp.ui.audit_choice import Chosen, Scored


def share() -> None:
    """The address that audit takers open; no sign-in needed."""
    st.write(
        "Send this link to whoever should take the audit. It needs no sign-in; each taker sees only their own result. "
        "For several takers of one company, make a campaign."
    )
    st.code(f"{shell.base_address()}/audit", language=None)
    components.link("campaigns", "Campaigns")


def sentence(chosen: Chosen) -> str:
    """How many audits of how many companies, and the middle score."""
    companies = len(newest_of_each(chosen.standings))
    count = len(chosen.listed) + len(chosen.anonymous)
    overall = chosen.together.overall
    said = f"{plural(count, 'audit')}; {plural(companies, 'named company', 'named companies')} took it so far"
    if overall is None or overall.median is None:
        return f"{said}."
    return f"{said}; half of the audits score {overall.median:g} points or more."


def whose(found: tuple[Scored, ...], visit: Visit) -> None:
    """Which of the audits are ours: the newest of them stands on the overview. An editor says so, not a taker."""
    if visit.role < Role.EDITOR:
        return
    before = state.records().about.own_audits()
    labels = {one.audit.id: f"{one.company}, {one.audit.submitted_at:%-d %b %Y}, {_total(one)}" for one in found}
    start = [number for number in labels if number in before]
    chosen = st.multiselect("Our own audits", list(labels), default=start, format_func=labels.__getitem__)
    if set(chosen) != set(start):
        state.records().about.set_own_audits(chosen, access.writer().role)
        st.rerun()


def by_industry(chosen: Chosen) -> None:
    """The middle score of each industry with at least five companies; fewer are “building”."""
    groups: dict[str, list[float]] = defaultdict(list)
    for one in newest_of_each(chosen.standings):
        groups[one.industry].append(one.total)
    rows = [
        {
            "Industry": industry,
            "Companies": len(totals),
            "Median score": f"{median(totals):g}" if len(totals) >= COMPANIES_AT_LEAST else "building",
        }
        for industry, totals in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    st.header("Peers by industry")
    st.caption("Each named company counts once, with its newest complete audit; an audit without a company is no peer.")
    if rows:
        components.data_table(pd.DataFrame(rows), key="peers")
    else:
        st.write("No audit names its company yet.")


def table(chosen: Chosen) -> None:
    """Every submission that may be looked at; a chosen row opens its result."""
    st.header("All submissions")
    if chosen.anonymous:
        count = plural(len(chosen.anonymous), "anonymous audit")
        st.caption(f"{count} of closed campaigns are counted above and cannot be looked at one by one.")
    rows = [
        {
            "Company": one.company,
            "Taker": one.audit.taker,
            "Industry": one.industry,
            "Submitted": one.audit.submitted_at,
            "Score": one.result.overall.total,
            "Band": one.result.overall.band.label if one.result.overall.band else "incomplete",
        }
        for one in chosen.listed
    ]
    dates = {"Submitted": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    picked = components.data_table(pd.DataFrame(rows), key="audits", columns=dates, on_select="rerun")
    one = components.picked(picked, chosen.listed)
    if one is not None:
        components.link("result", "Open this result", query={"audit": str(one.audit.id)})
    components.workbook_button(lambda: _sheets(chosen), key="audits-xlsx", name="amp-audits")


def _sheets(chosen: Chosen) -> dict[str, pd.DataFrame]:
    answers = [
        {"Company": one.company, "Taker": one.audit.taker, "Industry": one.industry,
         "Submitted": one.audit.submitted_at, "Score": one.result.overall.total, **one.audit.answers}
        for one in chosen.listed
    ]  # fmt: skip
    return {
        "Answers": pd.DataFrame(answers),
        "Statements": audit_spread.statement_table(chosen.together, chosen.instrument),
    }


def _total(one: Scored) -> str:
    total = one.result.overall.total
    return "incomplete" if total is None else f"{total} points"
