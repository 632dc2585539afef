"""A real Chromium, and what people do in AMP with it: open a page, sign in, take the audit."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STEPS = 5
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
FINISHED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]');
}"""
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless; the tests fail rather than skip where there is none."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("The browser tests need Chromium; `make test` installs it where it may.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, headless=True, args=_FLAGS)
        yield opened
        opened.close()


def settle(page: Page, seconds: float = 30) -> None:
    """Wait until the script has finished and stayed so."""
    page.wait_for_function(FINISHED, timeout=seconds * 1000)
    page.wait_for_timeout(300)
    page.wait_for_function(FINISHED, timeout=seconds * 1000)


def open_page(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page


def words(page: Page) -> str:
    """What stands on the page, beside the navigation and without the names of its icons."""
    main = page.locator('[data-testid="stMain"]')
    icons = set(main.locator('[data-testid="stIconMaterial"], svg title').all_text_contents())
    lines = (line.strip() for line in main.inner_text().splitlines())
    return "\n".join(line for line in lines if line and line not in icons)


def exceptions(page: Page) -> list[str]:
    """Tracebacks and “something went wrong” on the screen."""
    shown = page.locator('[data-testid="stException"], .st-key-amp-problem').all_inner_texts()
    return [text[:300] for text in shown]


def sideways(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    pixels: int = page.evaluate(_SIDEWAYS)
    return pixels


def violations(page: Page) -> list[str]:
    """What axe-core finds, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}) ×{len(one['nodes'])}: {one['nodes'][0]['html'][:160]}" for one in found]


def sign_in(page: Page, passcode: str) -> None:
    page.get_by_label("Passcode").fill(passcode)
    page.get_by_role("button", name="Sign in", exact=True).click()


def load_sample(page: Page, url: str, *, at_most: float = 60) -> float:
    """The one click on the empty workspace's overview; returns the seconds from it to the story on screen."""
    open_page(page, f"{url}/")
    began = time.monotonic()
    page.get_by_role("button", name="Load the sample company").click()
    expect(page.get_by_text("Whom to call")).to_be_visible(timeout=at_most * 1000)
    took = time.monotonic() - began
    settle(page)
    return took


def rate_step(page: Page, step: int, values: tuple[int, ...]) -> None:
    """Tap an answer for each statement of a step (0 to 4) and wait until all are acknowledged as saved."""
    expect(page.get_by_text(f"category {step + 1} of {STEPS}")).to_be_visible()
    before = answered(page)
    for place, value in enumerate(values):
        page.get_by_role("radiogroup").nth(place).get_by_role("radio").nth(value - 1).tap()
    expect(page.get_by_text(f"{before + len(values)} answered, all saved")).to_be_visible()


def answered(page: Page) -> int:
    """How many answers the page says it has saved."""
    found = re.search(r"(\d+) answered, all saved", words(page))
    return int(found[1]) if found else 0


def step_on(page: Page, name: str = "Next") -> None:
    page.get_by_role("button", name=name, exact=True).tap()
    settle(page)
