"""The audit for everyone: every step by axe-core in both themes, by keyboard alone, and at 200 % zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from amp.records.plans import PlanStep
from tests import browsing, seeding
from tests.serving import Server

ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
HALF = tuple(row[:3] for row in ANSWERS)  # every step has statements with an answer and without
PLAN = (PlanStep("1.1", 1, 3, "Dana Whitcombe", date(2027, 3, 1)), PlanStep("2.2"))
WINDOWS = [(width, 900, theme) for width in (390, 1280) for theme in ("light", "dark")]
ZOOMED = [(195, 422, "light"), (640, 450, "light")]  # at 200 % a browser lays out half as many pixels
BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}
_IS_DRAWN_IN = """([width, colour]) => innerWidth === width
  && getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor === colour"""
_IS_NO_WIDER = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def every_step(server: Server, page: Page, examine: Callable[[str], None]) -> None:
    """Show each screen that a taker meets, in turn: the steps, the review, the result, and the retake's result."""
    token = seeding.begun(server.home, seeding.sheet(HALF))
    browsing.open_page(page, f"{server.url}/audit?t={token}")
    for step in range(browsing.STEPS):
        browsing.expect_step(page, step)
        examine(f"step {step + 1}")
        page.get_by_role("button", name="Review" if step + 1 == browsing.STEPS else "Next", exact=True).click()
        browsing.settle(page)
    expect(page.get_by_text("10 of 25 statements are not answered yet.")).to_be_visible()
    open_all(page)
    examine("review, answers missing")

    seeding.answer(server.home, token, seeding.sheet(ANSWERS))
    browsing.open_page(page, f"{server.url}/audit?t={token}")
    browsing.choose_industry(page, "Other")
    expect(page.get_by_label("Which industry is it?")).to_be_visible()
    examine("review, complete")

    seeding.submitted(server.home, seeding.sheet(ANSWERS), token=token)
    with seeding.records_of(server.home) as records:
        records.plans.keep(token, PLAN)
    browsing.open_page(page, f"{server.url}/result?t={token}")
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    page.get_by_text("How this was calculated").click()
    browsing.settle(page)
    examine("result")

    again = seeding.retaken(server.home, token, dict.fromkeys(seeding.STATEMENTS, 4))
    browsing.open_page(page, f"{server.url}/result?t={again}")
    expect(page.get_by_role("heading", name="Then and now")).to_be_visible()
    examine("the retake's result")


def open_all(page: Page) -> None:
    for closed in page.locator('[data-testid="stMain"] details:not([open]) > summary').element_handles():
        closed.click()
    browsing.settle(page)


@pytest.fixture
def sharp_page(browser: Browser) -> Iterator[Page]:
    """A window that draws each pixel as two, as a phone does and a browser at 200 %."""
    context = browser.new_context(device_scale_factor=2, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def show_in(page: Page, width: int, height: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(_IS_DRAWN_IN, arg=[width, BACKGROUND[theme]])
    browsing.settle(page)


def width_faults(page: Page) -> list[str]:
    with suppress(TimeoutError):  # charts need a moment to follow the window
        page.wait_for_function(_IS_NO_WIDER, timeout=3000)
    wider = browsing.sideways(page)
    return [f"scrolls sideways by {wider} px"] if wider > 0 else []


def target_faults(page: Page) -> list[str]:
    boxes = [one.bounding_box() for one in browsing.ratings(page).get_by_role("radio").all()]
    smallest = min((side for box in boxes if box for side in (box["width"], box["height"])), default=24)
    return [f"a rating is only {smallest} px wide or high"] if smallest < 24 else []


def test_every_step_is_accessible_in_both_themes_on_phone_and_desktop_and_reflows_at_200_per_cent(
    taker_server, sharp_page
):
    faults: dict[str, list[str]] = {}

    def examine(step: str) -> None:
        for window in (*WINDOWS, *ZOOMED):
            show_in(sharp_page, *window)
            found = [*width_faults(sharp_page), *target_faults(sharp_page)]
            if window in WINDOWS:
                found += [*browsing.exceptions(sharp_page), *browsing.violations(sharp_page)]
            if found:
                faults[f"{step}, {window}"] = found
        show_in(sharp_page, *WINDOWS[-1])

    every_step(taker_server, sharp_page, examine)
    assert faults == {}


_FOCUSED = "(selector) => Boolean(document.activeElement?.closest(selector))"
_FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
}"""


def go_to(page: Page, selector: str, key: str = "Tab", *, most: int = 80) -> None:
    """Press `key` until the focus is within what `selector` finds, as a person with a keyboard does."""
    for _ in range(most):
        if page.evaluate(_FOCUSED, selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {selector}")


def rate_by_keyboard(page: Page, step: int, place: int, value: int) -> None:
    go_to(page, f".st-key-audit-rate-{step + 1}-{place + 1}")
    assert page.evaluate(_FOCUS_IS_SEEN), "the focus cannot be seen"
    page.keyboard.press(str(value))
    browsing.expect_saved(page, place, value)


def go_to_answer(page: Page, value: int, key: str) -> None:
    """The arrow keys go from answer to answer; Space or Enter then gives the one in focus."""
    answer = browsing.radio(page, 4, value)
    for _ in range(5):
        if answer.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {value}")


def press_button(page: Page, name: str, key: str = "Enter") -> None:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    for _ in range(80):
        if button.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press(key)


def test_the_whole_audit_can_be_taken_with_the_keyboard_alone(taker_server, page):
    browsing.open_page(page, f"{taker_server.url}/audit")
    for step in range(browsing.STEPS):
        browsing.expect_step(page, step)
        if step:  # the focus went along to the head of the step
            go_to(page, f".st-key-audit-rate-{step + 1}-1", most=8)
        for place, value in enumerate(ANSWERS[step]):
            rate_by_keyboard(page, step, place, value)
        press_button(page, "Review" if step + 1 == browsing.STEPS else "Next", ("Enter", "Space")[step % 2])
        browsing.settle(page)

    expect(page.get_by_role("heading", name="Review and submit")).to_be_visible()
    press_button(page, "Back", "Space")  # to change an answer: back, and with the arrow keys
    browsing.expect_step(page, 4)
    browsing.settle(page)
    go_to(page, ".st-key-audit-rate-5-5")
    go_to(page, ".st-key-audit-rate-5-4", "Shift+Tab", most=3)
    go_to(page, ".st-key-audit-rate-5-5", most=3)
    go_to_answer(page, 1, "ArrowLeft")
    page.keyboard.press("Space")
    browsing.expect_saved(page, 4, 1)
    go_to_answer(page, ANSWERS[4][4], "ArrowRight")
    page.keyboard.press("Enter")
    browsing.expect_saved(page, 4, ANSWERS[4][4])
    press_button(page, "Review")
    browsing.settle(page)

    go_to(page, ".st-key-audit-industry input")
    page.keyboard.type("Constr")
    expect(page.get_by_role("option", name="Construction")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Your industry")).to_have_value("Construction")
    browsing.settle(page)
    press_button(page, "Submit")
    expect(page.get_by_role("heading", name="Audit result")).to_be_visible()
    total = sum(sum(row) for row in ANSWERS)
    expect(page.get_by_text(f"You score {total} of 125 points")).to_be_visible()
    browsing.settle(page)
    with page.expect_download(timeout=60_000) as download:
        press_button(page, "Data (JSON)")
    assert download.value.suggested_filename.endswith(".json")
    assert seeding.stored(taker_server.home, browsing.token(page)) == seeding.sheet(ANSWERS)
