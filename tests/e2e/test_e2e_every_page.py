"""Every page at both widths and in both themes: whole, accessible and no wider than its window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from amp.ui.navigation import SCREENS
from tests import browsing, seeding
from tests.serving import Server

WINDOWS = [(width, theme) for width in (390, 1280) for theme in ("light", "dark")]
EMPTY = ("overview", "tiers", "themes", "data", "import", "audits", "campaigns", "instruments")


@pytest.fixture(scope="module", params=WINDOWS, ids=lambda window: f"{window[0]}-{window[1]}")
def window(request, browser: Browser) -> Iterator[BrowserContext]:
    width, theme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    yield context
    context.close()


def faults(window: BrowserContext, url: str) -> list[str]:
    page = window.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    browsing.open_page(page, url)
    found = [*errors, *(f"exception: {text}" for text in browsing.exceptions(page)), *browsing.violations(page)]
    if browsing.sideways(page) > 1:
        found.append(f"scrolls sideways by {browsing.sideways(page)} px")
    page.close()
    return found


def asked_for(server: Server, key: str) -> str:
    """What the pages that show little without it are asked for: an account, a submitted audit."""
    if key == "account":
        return "?account=HI-11638"
    if key == "result":
        with seeding.records_of(server.home) as records:
            return f"?audit={records.audits.submissions()[-1].id}"
    return ""


@pytest.mark.parametrize("key", SCREENS)
def test_a_page_of_the_sample_company_is_whole_and_accessible(sample_server, window, key):
    assert faults(window, f"{sample_server.url}/{SCREENS[key].url}{asked_for(sample_server, key)}") == []


@pytest.mark.parametrize("window", [WINDOWS[0], WINDOWS[3]], indirect=True, ids=["390-light", "1280-dark"])
@pytest.mark.parametrize("key", EMPTY)
def test_a_page_of_the_empty_workspace_is_whole_and_accessible(empty_server, window, key):
    assert faults(window, f"{empty_server.url}/{SCREENS[key].url}") == []
