"""Every page file in passcode mode, signed out, by both ways in: the sign-in is shown, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.records.access import Role
from amp.ui import state
from amp.ui.navigation import SCREENS

PROJECT = Path(__file__).resolve().parents[2]
GUARDED = [screen for screen in SCREENS.values() if screen.role > Role.GUEST]


@pytest.fixture(autouse=True)
def _passcode_mode(monkeypatch):
    monkeypatch.setenv("AMP_AUTH", "passcode")
    monkeypatch.setenv("AMP_ADMIN_PASSCODE", "admin passcode 1")
    monkeypatch.setenv("AMP_VIEWER_PASSCODE", "viewer passcode 1")
    monkeypatch.setattr("amp.ui.access._tokens", list)  # a test has no browser, and so no cookies
    state.forget()
    yield
    state.forget()


def alone(screen) -> AppTest:
    """The page file itself, as Streamlit would run it without our navigation."""
    return AppTest.from_file(str(PROJECT / "pages" / screen.file), default_timeout=20)


def through_the_door(screen) -> AppTest:
    """The page as one that the navigation knows, which it does after a first run."""
    app = AppTest.from_file(str(PROJECT / "amp" / "ui" / "main.py"), default_timeout=20).run()
    return app.switch_page(f"../../pages/{screen.file}")


@pytest.mark.parametrize("way_in", [alone, through_the_door])
@pytest.mark.parametrize("screen", GUARDED, ids=lambda screen: screen.key)
def test_a_page_shows_the_sign_in_and_nothing_else_to_whoever_is_signed_out(way_in, screen):
    app = way_in(screen).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Sign in"]
    assert [field.label for field in app.text_input] == ["Passcode"]
    assert f"“{screen.title}” is for the team of this workspace" in app.markdown[-1].value
    assert [button.label for button in app.button] == ["Sign in"]
    for kind in ("header", "subheader", "text", "caption", "dataframe", "table", "plotly_chart", "selectbox", "metric"):
        assert not app.get(kind), kind
    assert not app.sidebar.children
