"""The submitted-audits page's parts: the link to hand out, a sentence, peers by industry, and the list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.words import plural
from amp.audit.scoring import AuditResult, score
from amp.errors import AmpError
from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.ui import access, components, state
from amp.ui.access import Visit

PEERS_AT_LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """A submitted audit with its result under the instrument in force."""

    audit: SubmittedAudit
    result: AuditResult

    @property
    def industry(self) -> str:
        """The segment, or the name given under “Other”."""
        return self.audit.industry_other or self.audit.industry

    @property
    def company(self) -> str:
        """The company, where it was named."""
        return self.audit.company or "not named"

    @property
    def known_as(self) -> str:
        """What tells companies apart: one that is not named stands for itself alone."""
        return self.audit.company.casefold() or f"audit {self.audit.id}"


def scored() -> tuple[Scored, ...]:
    """All submissions under the instrument that is offered now, newest first."""
    instrument = state.instrument()
    found = []
    for audit in reversed(state.records().audits.submissions()):
        if audit.instrument_id == instrument.id:
            try:
                found.append(Scored(audit, score(instrument, audit.answers)))
            except AmpError:  # given under a version with other statements: it keeps its own result page
                continue
    return tuple(found)


def share() -> None:
    """The address that audit takers open; no sign-in needed."""
    base = state.settings().public_url.rstrip("/") or (st.context.url or "").rsplit("/", 1)[0]
    st.write(
        "Send this link to whoever should take the audit. It needs no sign-in; each taker sees only their own result."
    )
    st.code(f"{base}/audit", language=None)


def sentence(found: tuple[Scored, ...]) -> str:
    """How many audits of how many companies, and the middle score."""
    companies = len({one.known_as for one in found})
    middle = median(one.result.overall.total for one in found)
    said = f"{plural(len(found), 'audit')} from {plural(companies, 'company', 'companies')}"
    return f"{said}; half score {middle:g} points or more."


def whose(found: tuple[Scored, ...], visit: Visit) -> None:
    """Which of the audits are ours: the newest of them stands on the overview. An editor says so, not a taker."""
    if visit.role < Role.EDITOR:
        return
    before = state.records().about.own_audits()
    labels = {
        one.audit.id: f"{one.company}, {one.audit.submitted_at:%-d %b %Y}, {one.result.overall.total} points"
        for one in found
    }
    start = [number for number in labels if number in before]
    chosen = st.multiselect("Our own audits", list(labels), default=start, format_func=labels.__getitem__)
    if set(chosen) != set(start):
        state.records().about.set_own_audits(chosen, access.writer().role)
        st.rerun()


def by_industry(found: tuple[Scored, ...]) -> None:
    """The middle score of each industry with at least five companies; fewer are “building”."""
    latest = {one.known_as: one for one in reversed(found)}  # the newest of each company stands for it
    groups: dict[str, list[int]] = defaultdict(list)
    for one in latest.values():
        groups[one.industry].append(one.result.overall.total)
    rows = [
        {
            "Industry": industry,
            "Companies": len(totals),
            "Median score": f"{median(totals):g}" if len(totals) >= PEERS_AT_LEAST else "building",
        }
        for industry, totals in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    st.header("Peers by industry")
    components.data_table(pd.DataFrame(rows), key="peers")


def table(found: tuple[Scored, ...]) -> None:
    """Every submission; a chosen row opens its result."""
    st.header("All submissions")
    rows = [
        {
            "Company": one.company,
            "Industry": one.industry,
            "Submitted": one.audit.submitted_at,
            "Score (25 to 125)": one.result.overall.total,
            "Band": one.result.overall.band.label,
        }
        for one in found
    ]
    dates = {"Submitted": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    picked = components.data_table(pd.DataFrame(rows), key="audits", columns=dates, on_select="rerun")
    chosen = components.picked(picked, found)
    if chosen is not None:
        components.link("result", "Open this result", query={"audit": str(chosen.audit.id)})
