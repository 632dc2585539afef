"""A real Chromium, and what people do in AMP with it: open a page, sign in, take the audit."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from amp.languages import ENGLISH, Words

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STEPS = 5
LABELS = {1: "Never", 2: "Occasionally", 3: "Usually", 4: "Frequently", 5: "Always"}
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


def ratings(page: Page) -> Locator:
    """The scales of the statements of a step; the choice of language beside them is a radiogroup too."""
    return page.locator('[class*="st-key-audit-rate-"]')


def radio(page: Page, place: int, value: int) -> Locator:
    """The answer `value` to the statement at `place` (from 0) of the step."""
    return ratings(page).nth(place).get_by_role("radio").nth(value - 1)


def saved(value: int | str, t: Words = ENGLISH) -> str:
    """What stands below a statement whose answer is stored: “Saved: 4 Frequently”."""
    answer = t("Not sure") if value == "?" else f"{value} {t.of(LABELS[int(value)])}"
    return t("Saved: {answer}", answer=answer)


def notes(page: Page) -> Locator:
    """What stands below each statement of a step: that it is not answered yet, or what is saved."""
    return page.locator('.st-key-audit-step [data-testid="stCaptionContainer"]')


def expect_saved(page: Page, place: int, value: int | str, t: Words = ENGLISH) -> None:
    """Wait until the statement at `place` says that `value` is stored."""
    expect(notes(page).nth(place).get_by_text(saved(value, t))).to_be_visible()


def rate_step(page: Page, step: int, values: Sequence[int], t: Words = ENGLISH) -> None:
    """Tap an answer for each statement of a step (0 to 4), and wait until each is shown as saved."""
    expect_step(page, step, t)
    before = answered(page, t)
    for place, value in enumerate(values):
        radio(page, place, value).tap()
    for place, value in enumerate(values):
        expect_saved(page, place, value, t)
    expect(page.get_by_text(t("{count} answered, all saved", count=before + len(values)))).to_be_visible()


def expect_step(page: Page, step: int, t: Words = ENGLISH) -> None:
    """Wait until a step (0 to 4) is on the screen: its place is told in words."""
    place = _pattern(t("Statement {number} of {all} · category {step} of {steps}"), step=step + 1, steps=STEPS)
    expect(page.get_by_text(place)).to_be_visible()


def answered(page: Page, t: Words = ENGLISH) -> int:
    """How many answers the page says it has saved."""
    found = _pattern(t("{count} answered, all saved")).search(words(page))
    return int(found[1]) if found else 0


def step_on(page: Page, name: str = "Next") -> None:
    page.get_by_role("button", name=name, exact=True).tap()
    settle(page)


def take_steps(page: Page, answers: Sequence[Sequence[int]], steps: Iterable[int], t: Words = ENGLISH) -> None:
    """Rate the statements of `steps` and go on after each; `answers` holds the values of every step."""
    for step in steps:
        rate_step(page, step, answers[step], t)
        step_on(page, t("Review") if step + 1 == STEPS else t("Next"))


def choose_industry(page: Page, name: str, t: Words = ENGLISH) -> None:
    page.get_by_role("combobox", name=t("Your industry")).click()
    page.get_by_role("option", name=t.of(name), exact=True).click()
    settle(page)


def submit(page: Page, t: Words = ENGLISH) -> None:
    """Tap “Submit” as soon as that is possible, and wait for the result."""
    button = page.get_by_role("button", name=t("Submit"), exact=True)
    expect(button).to_be_enabled()
    button.tap()
    expect(page.get_by_role("heading", level=1, name=t("Audit result"))).to_be_visible()
    settle(page)


def delete_my_data(page: Page) -> None:
    """As its taker, on the result page, and wait until it is done."""
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", level=1, name="Account management audit")).to_be_visible()
    settle(page)


def personal_link(page: Page, t: Words = ENGLISH) -> str:
    """The private way back that the page hands out."""
    page.get_by_text(t("Stop here, or go on with another device")).click()
    code = page.get_by_test_id("stCode").filter(has_text="?t=")
    expect(code).to_be_visible()
    return code.inner_text().strip()


def token(page: Page) -> str:
    """The secret in the page's address."""
    return parse_qs(urlsplit(page.url).query)["t"][0]


def _pattern(text: str, **known: int) -> re.Pattern[str]:
    """Finds a text with figures in its braces; those that are not `known` are caught as groups."""
    parts = re.split(r"\{(\w+)\}", text)
    places = (str(known[part]) if part in known else r"(\d+)" for part in parts[1::2])
    return re.compile("".join(re.escape(part) + place for part, place in zip(parts[::2], [*places, ""], strict=True)))
