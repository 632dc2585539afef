"""The frame around every page: navigation, the guard, and the one place where errors become sentences."""

from __future__ import annotations

from typing import Final

import streamlit as st

from amp.config import PROJECT
from amp.errors import AmpError
from amp.languages import ENGLISH, Words
from amp.records.access import Role
from amp.ui import access, language, state
from amp.ui.access import Visit
from amp.ui.navigation import SCREENS, SECTIONS, Screen

PAGE: Final = "amp_page"  # the key of the page on show: widgets of two pages must not share a key
_STYLE: Final = (PROJECT / "amp" / "ui" / "style.css").read_text()
# A line longer than this is hard to read, however wide the screen.
_WIDE: Final = "[data-testid=stMainBlockContainer] { max-width: 76rem; }"


def run() -> None:
    """Draw the navigation for this visitor and run the page that was asked for."""
    visit = access.visit()
    pages = {screen.key: _page(screen) for screen in SCREENS.values()}
    # Every page stays addressable, so that a link opens the sign-in and not "page not found"; the list is drawn by
    # us, because the built-in one puts headings where a screen reader expects list items.
    chosen = st.navigation(list(pages.values()), position="hidden")
    if visit.role > Role.GUEST:
        _navigation(visit, pages)
    chosen.run()


def open_page(key: str) -> Visit:
    """The guard and head of a page: its first statement. Stops here, with a way in, when the role does not cover it."""
    screen = SCREENS[key]
    st.session_state[PAGE] = key
    st.set_page_config(
        page_title=f"{words().of(screen.title)} · AMP",
        page_icon=str(PROJECT / "data" / "icon.svg"),
        layout="wide" if screen.wide else "centered",
    )
    st.html(f"<style>{_STYLE}{_WIDE if screen.wide else ''}</style>")
    access.keep_signed_in()
    access.after_sign_out()
    visit = access.visit()
    if visit.role < screen.role:
        _turn_away(screen, visit)
        st.stop()
    if visit.signed_in:
        _sign_out_button(visit)
    return visit


def _navigation(visit: Visit, pages: dict[str, st.Page]) -> None:
    with st.sidebar:
        for section in SECTIONS:
            shown = [s for s in SCREENS.values() if s.section == section and s.listed and s.role <= visit.role]
            if shown and section:
                st.caption(section)
            for screen in shown:
                st.page_link(pages[screen.key], label=screen.title)


def _page(screen: Screen) -> st.Page:
    file = PROJECT / "pages" / screen.file
    return st.Page(file, title=screen.title, url_path=screen.url or None, default=not screen.url)


def _turn_away(screen: Screen, visit: Visit) -> None:
    st.title("Sign in" if not visit.signed_in else "Not for this role")
    if visit.signed_in:
        st.write(f"“{screen.title}” needs the role {screen.role.word}; you are signed in as {visit.role.word}.")
    else:
        st.write(f"“{screen.title}” is for the team of this workspace. Enter your passcode to go on.")
    access.sign_in_form()
    st.page_link(
        _page(SCREENS["audit"]), label="Take the audit instead, no sign-in needed", icon=":material/checklist:"
    )


def _sign_out_button(visit: Visit) -> None:
    with st.sidebar:
        st.caption(f"Signed in as {visit.role.word}")
        st.button("Sign out", on_click=access.sign_out, icon=":material/logout:", type="tertiary")


def page(key: str) -> st.Page:
    """The page of that key, for links and switches."""
    return _page(SCREENS[key])


def base_address() -> str:
    """The address of this app as people reach it, without a page."""
    return state.settings().public_url.rstrip("/") or (st.context.url or "").split("?")[0].rsplit("/", 1)[0]


def words() -> Words:
    """The words of the page on show: of the visitor's language where the page speaks it, else English."""
    shown = SCREENS.get(str(st.session_state.get(PAGE)))
    return language.chosen() if shown is not None and shown.translated else ENGLISH


def show_problem(error: AmpError) -> None:
    """One clear sentence and the next step, as text: what went wrong may quote a file."""
    t = words()
    message, hint = t.told(error)
    with st.container(border=True, key="amp-problem"):
        st.markdown(f":material/error: **{t('This did not work')}**")
        st.text(message)
        if hint:
            st.text(hint)
