"""What the taker takes away: PDF, workbook, JSON and calendar, made on the click; the private link; deleting it all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from amp.analysis.peers import Peers
from amp.audit.gains import quickest
from amp.languages import Words
from amp.reports.takeaway import Takeaway
from amp.ui import access, audit_door, audit_result, language, sheet, shell, state
from amp.ui.opened import Opened


def downloads(given: Opened, groups: tuple[Peers, ...], t: Words) -> None:
    """The files, each made when it is asked for and only while its audit is still there."""
    st.header(t("Take it with you"))
    what = _takeaway(given, groups, t)
    link = audit_door.link("result", given.token) if given.token else ""
    with st.container(horizontal=True):
        _button(t("PDF report"), lambda: _pdf(what, t), "pdf", "application/pdf", "picture_as_pdf", given)
        _button(t("Workbook (XLSX)"), lambda: _xlsx(what, t), "xlsx", _XLSX, "table", given)
        _button(t("Data (JSON)"), lambda: _json(what), "json", "application/json", "data_object", given)
        if any(one.due for one in given.plan):
            _button(t("Calendar (ICS)"), lambda: _ics(what, t, link), "ics", "text/calendar", "event", given)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def way_back(given: Opened, t: Words) -> None:
    """The private link to copy, taking it anew, and deleting everything; for the taker only."""
    if given.token is None:
        return
    st.header(t("Your audit, later"))
    st.write(t("Your private link to this result. Whoever has it can see the result, and delete it."))
    st.code(audit_door.link("result", given.token), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        if st.button(t("Take the audit again"), icon=":material/restart_alt:"):
            _again(given)
        with st.popover(t("Delete my data"), icon=":material/delete:"):
            st.write(t("This removes your answers, your plan, your industry and all names for good. "
                       "Nobody can bring them back."))  # fmt: skip
            if st.button(t("Delete for good"), type="primary"):
                _delete(given.token, t)


def _again(given: Opened) -> None:
    """A new audit that repeats this one, under the newest version of its instrument."""
    newest = state.instrument(given.instrument.id)
    audits = state.records().audits
    token = audits.again(given.token or "", newest.id, newest.version, datetime.now(UTC))
    sheet.begin_anew()
    st.switch_page(shell.page("audit"), query_params={"t": token} | language.follow())


def _delete(token: str, t: Words) -> None:
    state.records().audits.delete(token)
    sheet.begin_anew()
    st.toast(t("Your answers are deleted."), icon=":material/delete:")
    st.switch_page(shell.page("audit"), query_params=language.follow())


def _button(label: str, made: Callable[[], bytes], ending: str, mime: str, icon: str, given: Opened) -> None:
    still = access.lasting()

    def file() -> bytes:
        still()
        if given.token is not None:
            state.records().audits.draft(given.token)  # raises once the audit was deleted
        return made()

    name = f"amp-audit-{given.given_at:%Y-%m-%d}.{ending}" if given.given_at else f"amp-audit.{ending}"
    st.download_button(
        label, data=file, file_name=name, mime=mime, icon=f":material/{icon}:", key=f"take-{ending}", on_click="ignore"
    )


def _takeaway(given: Opened, groups: tuple[Peers, ...], t: Words) -> Takeaway:
    return Takeaway(
        instrument=given.instrument,
        answers=given.answers,
        result=given.result,
        headline=given.headline(t),
        company=given.company,
        taker=given.taker,
        industry=given.industry,
        given_on=given.given_at.date() if given.given_at else None,
        gains=quickest(given.result, highest=given.instrument.scale[-1].value),
        advice=audit_result.advice_of(given),
        plan=given.plan,
        peers=groups,
        before=given.before,
    )


# Imported on the click: together they would add half a second to the first visit.
def _pdf(what: Takeaway, t: Words) -> bytes:
    from amp.reports.audit_pdf import audit_pdf  # noqa: PLC0415

    return audit_pdf(what, t)


def _xlsx(what: Takeaway, t: Words) -> bytes:
    from amp.reports.audit_workbook import audit_xlsx  # noqa: PLC0415

    return audit_xlsx(what, t)


def _json(what: Takeaway) -> bytes:
    from amp.reports.audit_json import audit_json  # noqa: PLC0415

    return audit_json(what)


def _ics(what: Takeaway, t: Words, link: str) -> bytes:
    from amp.reports.plan_calendar import plan_ics  # noqa: PLC0415

    return plan_ics(what, t, stamp=datetime.now(UTC), link=link)
