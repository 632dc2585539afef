"""The answer sheet of this browser tab: which audit it is, and bringing to the records what was tapped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from amp.audit.instrument import OTHER, Instrument
from amp.records.audits import AuditDraft
from amp.records.campaign_values import Campaign
from amp.ui import language, state

RATING: Final = "audit-rate-"  # and the statement's id: the key of its control
UNSURE: Final = "?"  # the option of a control that stands for “not sure”
DETAILS: Final = {
    "company": "audit-company",
    "industry": "audit-industry",
    "industry_other": "audit-industry-other",
    "taker": "audit-taker",
}
_HELD: Final = "audit-held"
_SEEN: Final = "audit-seen"  # what this tab and the records agreed on: a difference from it is a fresh tap
_ADDRESSED: Final = "audit-addressed"


def token() -> str | None:
    """The token in the address, or else the one that this tab has been using."""
    given: str | None = st.query_params.get("t")
    held: str | None = st.session_state.get(_HELD)
    if given is None or given == held:
        return held
    if held is not None:
        forget()
    st.session_state[_HELD] = st.session_state[_ADDRESSED] = given
    return given


def draft() -> AuditDraft | None:
    """The audit as stored, or nothing before the first tap. Raises NotFound for a link that leads nowhere."""
    held = token()
    return None if held is None else state.records().audits.draft(held)


def invited() -> Campaign | None:
    """The campaign whose link was opened, before the first tap. Raises NotFound for a link that leads nowhere."""
    code = st.query_params.get("c")
    return state.records().campaigns.of_code(code) if code else None


def put_in_address() -> bool:
    """Make the page's address the way back to this audit; whether this audit was in no address of this tab before."""
    held = st.session_state.get(_HELD)
    if held is not None and st.query_params.get("t") != held:
        st.query_params.from_dict({"t": held} | language.follow())
    fresh = held is not None and st.session_state.get(_ADDRESSED) != held
    st.session_state[_ADDRESSED] = held
    return fresh


def begin_anew() -> None:
    """Let go of this tab's audit, so that the next tap begins another; what is stored stays stored."""
    forget()
    for name in ("t", "c", "i"):  # a campaign or an instrument that is not there would stop the new one too
        st.query_params.pop(name, None)


def forget() -> None:
    """Drop what this tab holds of an audit."""
    for key in [str(key) for key in st.session_state if str(key).startswith("audit-")]:
        del st.session_state[key]


def agree(values: Mapping[str, int | str]) -> None:
    """Note what the controls that are about to be shown start from."""
    _seen().update(values)


def save(instrument: Instrument) -> int:
    """Bring to the records what the controls say and the records do not know yet; returns how many things that were.

    Compared here rather than saved by callbacks: a callback that the next tap interrupts is not run again, whereas a
    difference stays one until it is stored. Raises AmpError when the records refuse.
    """
    seen, stored = _seen(), 0
    for statement in instrument.statements:
        value = st.session_state.get(RATING + statement.id)
        if value is not None and seen.get(statement.id) != value:
            rating = None if value == UNSURE else int(value)
            state.records().audits.answer(_begun(instrument), statement.id, rating, datetime.now(UTC))
            seen[statement.id] = value
            stored += 1
    return stored + _save_details(instrument, seen)


def submit(instrument: Instrument) -> None:
    """Close the audit. Raises Conflict while something is missing."""
    ids = [statement.id for statement in instrument.statements]
    state.records().audits.submit(_begun(instrument), ids, datetime.now(UTC))


def _save_details(instrument: Instrument, seen: dict[str, int | str]) -> int:
    given = {name: st.session_state[key] or "" for name, key in DETAILS.items() if key in st.session_state}
    if all(seen.get(name, "") == value for name, value in given.items()):
        return 0
    named = {name: str(given.get(name, seen.get(name, ""))) for name in DETAILS}
    if named["industry"] != OTHER:
        named["industry_other"] = ""
    state.records().audits.set_details(_begun(instrument), **named, now=datetime.now(UTC))
    seen.update(named)
    return 1


def _begun(instrument: Instrument) -> str:
    """The token of this tab's audit, which begins with the first thing there is to store."""
    held = token()
    if held is None:
        campaign = st.query_params.get("c", "")
        audits, now = state.records().audits, datetime.now(UTC)
        held = audits.begin(instrument.id, instrument.version, now, campaign=campaign)
        st.session_state[_HELD] = held
    return held


def _seen() -> dict[str, int | str]:
    seen: dict[str, int | str] = st.session_state.setdefault(_SEEN, {})
    return seen
