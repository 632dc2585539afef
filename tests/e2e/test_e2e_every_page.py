"""Every page at both widths and in both themes: whole, accessible and no wider than its window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from amp.ui.navigation import SCREENS
from tests import browsing

WINDOWS = [(width, theme) for width in (390, 1280) for theme in ("light", "dark")]
EMPTY = ("overview", "tiers", "themes", "data", "import", "audits")


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


def address(key: str, home: Path) -> str:
    """Where the page shows the most: an account chosen, a submitted audit opened."""
    largest = (Path(__file__).parents[2] / "data" / "sample" / "files" / "accounts.csv").read_text().splitlines()[1]
    shown = {"account": f"?account={largest.split(',')[0]}", "result": "?audit=1"}
    return SCREENS[key].url + shown.get(key, "")


@pytest.mark.parametrize("key", SCREENS)
def test_a_page_of_the_sample_company_is_whole_and_accessible(sample_server, window, key):
    assert faults(window, f"{sample_server.url}/{address(key, sample_server.home)}") == []


@pytest.mark.parametrize("window", [WINDOWS[0], WINDOWS[3]], indirect=True, ids=["390-light", "1280-dark"])
@pytest.mark.parametrize("key", EMPTY)
def test_a_page_of_the_empty_workspace_is_whole_and_accessible(empty_server, window, key):
    assert faults(window, f"{empty_server.url}/{SCREENS[key].url}") == []
