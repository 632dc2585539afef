"""A submitted audit's result: whose it is, the headline, the band scale, the cards, the link back and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from amp.audit.scoring import AuditResult, Score, score
from amp.charts import audit as charts
from amp.errors import AmpError, NotFound
from amp.records.access import Role
from amp.records.audits import AuditDraft, SubmittedAudit
from amp.ui import components, sheet, shell, state
from amp.ui.access import Visit
from amp.ui.words import plain

_CARDS: Final = """<style>
.st-key-audit-cards > div { flex: 1 1 13rem; width: auto; }
.st-key-audit-cards [class*="st-key-audit-card-"] { height: 100%; }
</style>"""
_NO_LINK: Final = NotFound(
    "There is no result to show here.", "Open the private link of your audit, or take the audit first."
)


@dataclass(frozen=True)
class Opened:
    """A result on the screen; `token` is there when it is the visitor's own."""

    result: AuditResult
    company: str
    industry: str
    version: str
    submitted_at: datetime
    token: str | None

    @property
    def sentence(self) -> str:
        """What a person would say aloud about it."""
        overall = self.result.overall
        who = f"{self.company} scores" if self.company else "You score" if self.token else "This company scores"
        place = f"{who} {overall.total} of {overall.high} points: {overall.band.label}"
        short = f"{_points(overall.points_to_next)} short of {overall.next_band.label}" if overall.next_band else ""
        return f"{place}, {short or 'the highest band'}."


def opened(visit: Visit) -> Opened:
    """The result that the address names, by private link or (for the team) by number; stops where there is none."""
    try:
        token = st.query_params.get("t")
        return _own(token) if token else _of_the_team(visit)
    except AmpError as error:
        shell.show_problem(error)
        if st.button("Take the audit", type="primary"):
            sheet.begin_anew()
            st.switch_page(shell.page("audit"))
        st.stop()


def _own(token: str) -> Opened:
    draft = state.records().audits.draft(token)
    if draft.submitted_at is None:
        st.write("This audit is not submitted yet, so it has no result.")
        st.page_link(
            shell.page("audit"), label="Go on with it", query_params={"t": token}, icon=":material/arrow_forward:"
        )
        st.stop()
    return _opened(draft, draft.submitted_at, token)


def _of_the_team(visit: Visit) -> Opened:
    number = st.query_params.get("audit")
    if number is None or visit.role < Role.VIEWER:
        raise _NO_LINK
    for audit in state.records().audits.submissions():
        if str(audit.id) == number:
            return _opened(audit, audit.submitted_at, None)
    raise _NO_LINK


def _opened(audit: AuditDraft | SubmittedAudit, submitted_at: datetime, token: str | None) -> Opened:
    instrument = state.instrument()
    if audit.instrument_id != instrument.id:
        raise NotFound("This audit was given with another instrument.", "Load that instrument again to see the result.")
    return Opened(
        result=score(instrument, audit.answers),
        company=audit.company,
        industry=audit.industry_other or audit.industry,
        version=audit.instrument_version,
        submitted_at=submitted_at,
        token=token,
    )


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def overall(result: AuditResult) -> None:
    """Left the band's word, the total and the flat band scale with a mark where the total lies; right the radar."""
    one = result.overall
    left, right = st.columns([3, 2])
    with left:
        st.header(plain(one.band.label))
        st.write(plain(f"{one.total} of {one.high} points. {one.band.meaning}"))
        st.html(_scale(one))
    with right:
        alt = f"Radar of the categories. {charts.categories_in_words(result)}"
        components.figure(charts.radar(result), alt=alt, table=_table(result), key="audit-radar")


def _scale(one: Score) -> str:
    """HTML of our own numbers and the instrument's words, escaped; nothing of a visitor's gets in here."""
    bands = state.instrument().overall_bands
    colours = charts.band_colours(len(bands))
    points = one.high - one.low + 1
    pieces = "".join(
        f'<span style="flex:{band.high - band.low + 1};background:{colour}"></span>'
        for band, colour in zip(bands, colours, strict=True)
    )
    words = "".join(
        f'<li style="{"font-weight:700" if band == one.band else ""}">'
        f'<span style="display:inline-block;width:.8em;height:.8em;border-radius:2px;background:{colour}"></span> '
        f"{band.low} to {band.high} {escape(band.label)}{' (here)' if band == one.band else ''}</li>"
        for band, colour in zip(bands, colours, strict=True)
    )
    said = f"{one.total} points on a scale from {one.low} to {one.high}: {escape(one.band.label, quote=True)}"
    mark = f"position:absolute;left:{(one.total - one.low + 0.5) / points:.1%};transform:translateX(-50%)"
    return (
        f'<div role="img" aria-label="{said}">'
        f'<div style="position:relative;height:1.6em;margin:0 .6em"><b style="{mark}">{one.total}&#9662;</b></div>'
        f'<div style="display:flex;gap:2px;height:18px;margin:0 .6em">{pieces}</div></div>'
        f'<ul style="list-style:none;padding:0;margin:.6em;line-height:1.6">{words}</ul>'
    )


def categories(result: AuditResult) -> None:
    """A card for each category: its total, its band's word and the way to the next; then all of them as bars."""
    st.html(_CARDS)
    with st.container(horizontal=True, key="audit-cards"):
        for one in result.categories:
            with st.container(border=True, key=f"audit-card-{one.id}"):
                st.markdown(f"**{plain(one.title)}**")
                ahead = (
                    f"{_points(one.points_to_next)} to {one.next_band.label}" if one.next_band else "The highest band"
                )
                st.markdown(f"{one.total} of {one.high} · {plain(one.band.label)}  \n:small[{plain(ahead)}]")
    alt = f"Bars of the categories. {charts.categories_in_words(result)}"
    components.figure(charts.bars(result), alt=alt, table=_table(result), key="audit-bars")


def _table(result: AuditResult) -> pd.DataFrame:
    """What stands behind the pictures of the categories."""
    low, high = result.categories[0].low, result.categories[0].high
    points = f"Points ({low} to {high})"
    return pd.DataFrame(
        [{"Category": one.title, points: one.total, "Band": one.band.label} for one in result.categories]
    )


def statements(result: AuditResult) -> None:
    """All statements, strongest first, as dots on the scale and as a table."""
    rows = [
        {"No.": one.id, "Statement": one.text, "Rating": one.value, "Means": one.label} for one in result.statements
    ]
    alt, table = charts.dots_in_words(result), pd.DataFrame(rows)
    components.figure(charts.dots(result), alt=alt, table=table, key="audit-dots")


def way_back(given: Opened) -> None:
    """The private link to copy, taking it anew, and deleting everything; for the taker only."""
    if given.token is None:
        return
    base = state.settings().public_url.rstrip("/") or (st.context.url or "").split("?")[0].rsplit("/", 1)[0]
    st.write("Your private link to this result. Whoever has it can see the result, and delete it.")
    st.code(f"{base}/result?t={given.token}", language=None, wrap_lines=True)
    with st.container(horizontal=True):
        if st.button("Take the audit again", icon=":material/restart_alt:"):
            sheet.begin_anew()
            st.switch_page(shell.page("audit"))
        with st.popover("Delete my data", icon=":material/delete:"):
            st.write("This removes your answers, your industry and your company for good. Nobody can bring them back.")
            if st.button("Delete for good", type="primary"):
                _delete(given.token)


def _delete(token: str) -> None:
    state.records().audits.delete(token)
    sheet.begin_anew()
    st.toast("Your answers are deleted.", icon=":material/delete:")
    st.switch_page(shell.page("audit"))


def how(given: Opened) -> None:
    """How the totals and bands come about, and under which instrument."""
    instrument = state.instrument()
    edges = ", ".join(f"{band.label} from {band.low}" for band in instrument.category_bands)
    with st.expander("How this was calculated", icon=":material/calculate:"):
        low, high = instrument.scale[0], instrument.scale[-1]
        st.write(f"Each statement counts as rated, from {low.value} ({low.label}) to {high.value} ({high.label}).")
        st.write(f"A category's total is the sum of its statements ({edges}); the overall total is the sum of all.")
        st.write("Every statement weighs the same, nothing is rounded, and an unanswered statement is never filled in.")
        date = f"{given.submitted_at:%-d %B %Y}"
        st.write(f"{plain(instrument.title)}, version {plain(given.version)}; submitted on {date} (UTC).")
