"""Who is visiting: the role of this session, the sign-in form, and signing out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from amp.errors import AmpError, NotAllowed
from amp.records.access import Role
from amp.ui import state
from amp.ui.middleware import COOKIE

_SESSION: Final = "amp_session_token"
_TICKET: Final = "amp_cookie_ticket"

# The cookie is set by the server (HttpOnly), not by this script: the page only hands its one-time ticket over.
# Without scripts the tab stays signed in by its own token, until it is reloaded.
_CLAIM: Final = """<script>
fetch("/api/session", {{method: "POST", headers: {{"Content-Type": "application/json"}},
  body: JSON.stringify({{ticket: "{ticket}"}})}});
</script>"""
_FORGET: Final = """<script>fetch("/api/session", {method: "DELETE"});</script>"""


@dataclass(frozen=True, slots=True)
class Visit:
    """The person at the other end: what they may do, and whether signing out means anything."""

    role: Role
    signed_in: bool


def visit() -> Visit:
    """The visitor of this rerun; asks the records each time, so that a sign-out elsewhere counts at once."""
    if state.settings().auth == "local":
        return Visit(Role.ADMIN, signed_in=False)
    for token in _tokens():
        session = state.records().sessions.whoami(token, datetime.now(UTC))
        if session:
            return Visit(session.role, signed_in=True)
    return Visit(Role.GUEST, signed_in=False)


def lasting() -> Callable[[], None]:
    """A check for work that runs after the page was drawn, such as making a file: raises NotAllowed once signed out.

    A page that was drawn for a guest, such as a taker's own result, asked for no sign-in.
    """
    tokens = _tokens()
    if state.settings().auth == "local" or not tokens:
        return lambda: None

    def still() -> None:
        if not any(state.records().sessions.whoami(token, datetime.now(UTC)) for token in tokens):
            raise NotAllowed("You are signed out.", "Sign in and try again.")

    return still


def may_upload(token: str | None) -> bool:
    """Whether the session of a cookie may import files."""
    session = state.records().sessions.whoami(token) if token else None
    return session is not None and session.role >= Role.EDITOR


def writer(role: Role = Role.EDITOR) -> Visit:
    """The visitor, if they may write; raises NotAllowed otherwise. Called at every write, again."""
    here = visit()
    here.role.require(role)
    return here


def sign_in_form() -> None:
    """Ask for a passcode; on success go on to the page that was asked for."""
    with st.form("sign-in", border=False):
        passcode = st.text_input("Passcode", type="password", autocomplete="current-password", max_chars=200)
        sent = st.form_submit_button("Sign in", type="primary")
    if not sent:
        return
    try:
        token = state.records().sessions.sign_in(passcode, _client(), datetime.now(UTC))
    except AmpError as error:
        st.error(f"{error.message} {error.hint}", icon=":material/lock:")
        return
    st.session_state[_SESSION] = token
    st.session_state[_TICKET] = state.records().sessions.ticket(token, datetime.now(UTC))
    st.rerun()


def keep_signed_in() -> None:
    """Let the browser swap its one-time ticket for the cookie, once after signing in."""
    ticket = st.session_state.pop(_TICKET, None)
    if ticket:
        st.html(_CLAIM.format(ticket=ticket), unsafe_allow_javascript=True, width="content")


def sign_out() -> None:
    """End the session everywhere it is open, and drop the cookie."""
    for token in _tokens():
        state.records().sessions.sign_out(token)
    st.session_state.clear()
    st.session_state["amp_signed_out"] = True


def after_sign_out() -> None:
    """Drop the browser's cookie, on the first page shown after signing out."""
    if st.session_state.pop("amp_signed_out", False):
        st.html(_FORGET, unsafe_allow_javascript=True, width="content")


def _tokens() -> list[str]:
    """This tab's token, and the browser's: either may have outlived the other."""
    held = (st.session_state.get(_SESSION), st.context.cookies.get(COOKIE))
    return [token for token in held if token]


def _client() -> str:
    return st.context.ip_address or "this machine"
