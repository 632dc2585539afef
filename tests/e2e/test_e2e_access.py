"""Who gets in: deep links signed out, wrong passcodes, roles that do not cover a page, staying in and signing out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from amp.records.access import Role
from amp.ui.navigation import SCREENS
from tests import browsing
from tests.serving import PASSCODES

GUARDED = [screen for screen in SCREENS.values() if screen.role > Role.GUEST]
OPEN = [screen for screen in SCREENS.values() if screen.role == Role.GUEST]


@pytest.fixture(scope="module")
def viewer(browser, passcode_server) -> Iterator[BrowserContext]:
    """A window in which a viewer is signed in."""
    context = browser.new_context()
    page = browsing.open_page(context.new_page(), f"{passcode_server.url}/methods")
    sign_in(page, "viewer")
    yield context
    context.close()


def sign_in(page: Page, role: str) -> None:
    browsing.sign_in(page, PASSCODES[role])
    expect(page.get_by_text(f"Signed in as {role}")).to_be_visible()
    page.wait_for_function("() => fetch('/api/health')")  # the cookie's request, sent before, has been answered
    browsing.settle(page)


def navigation(page: Page) -> list[str]:
    return page.locator('[data-testid="stSidebar"] a').all_inner_texts()


@pytest.mark.parametrize("screen", GUARDED, ids=lambda screen: screen.key)
def test_a_deep_link_signed_out_shows_the_sign_in_and_nothing_of_the_page(passcode_server, browser, screen):
    context = browser.new_context()  # nothing warmed up, nothing remembered
    page = browsing.open_page(context.new_page(), f"{passcode_server.url}/{screen.url}")
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Sign in"]
    expect(page.get_by_label("Passcode")).to_be_visible()
    assert browsing.words(page).splitlines() == [
        "Sign in",
        f"“{screen.title}” is for the team of this workspace. Enter your passcode to go on.",
        "Passcode",
        "Sign in",
        "Take the audit instead, no sign-in needed",
    ]
    assert navigation(page) == []
    context.close()


@pytest.mark.parametrize("screen", OPEN, ids=lambda screen: screen.key)
def test_a_guest_reaches_the_audit_by_its_link_and_no_result_without_one(passcode_server, page, screen):
    browsing.open_page(page, f"{passcode_server.url}/{screen.url}")
    expect(page.get_by_label("Passcode")).to_have_count(0)
    expected = {"audit": "Account management audit", "result": "Audit result"}
    expect(page.get_by_role("heading", level=1)).to_have_text(expected[screen.key])
    assert navigation(page) == []


def test_a_guest_cannot_open_a_result_of_the_team_by_its_number(passcode_server, page):
    browsing.open_page(page, f"{passcode_server.url}/result?audit=1")
    expect(page.get_by_text("There is no result to show here.")).to_be_visible()


def test_a_wrong_passcode_is_told_in_a_sentence(passcode_server, page):
    browsing.open_page(page, f"{passcode_server.url}/tiers")
    browsing.sign_in(page, "not the passcode")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("passcode")
    assert alert.inner_text().strip().endswith(".")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("key", ["import", "system"])
def test_a_viewer_is_told_which_role_a_page_needs(passcode_server, viewer, key):
    page = browsing.open_page(viewer.new_page(), f"{passcode_server.url}/{key}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not for this role")
    expect(page.get_by_text(f"needs the role {SCREENS[key].role.word}; you are signed in as viewer")).to_be_visible()
    assert SCREENS[key].title not in navigation(page)
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    page.close()


def test_signed_in_survives_a_reload_and_another_tab_and_ends_with_signing_out(passcode_server, page):
    browsing.open_page(page, f"{passcode_server.url}/data")
    sign_in(page, "admin")
    page.reload()
    browsing.settle(page)
    expect(page.get_by_text("Signed in as admin")).to_be_visible()
    other = browsing.open_page(page.context.new_page(), f"{passcode_server.url}/system")
    expect(other.get_by_role("heading", level=1)).to_have_text("System")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    other.reload()
    browsing.settle(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "amp_session" not in [cookie["name"] for cookie in page.context.cookies()]


def test_the_sign_in_cookie_is_out_of_reach_of_scripts_and_other_sites(passcode_server, viewer):
    (cookie,) = [cookie for cookie in viewer.cookies(passcode_server.url) if cookie["name"] == "amp_session"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
