"""The audit for everyone: every step by axe-core in both themes, by keyboard alone, and at 200 % zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from amp.records.plans import PlanStep
from tests import browsing, seeding
from tests.serving import Server

ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
HALF = tuple(row[:3] for row in ANSWERS)  # every step has statements with an answer and without
PLAN = (PlanStep("1.1", 1, 3, "Dana Whitcombe", date(2027, 3, 1)), PlanStep("2.2"))
WINDOWS: dict[str, dict[str, Any]] = {
    f"{width}-{theme}": {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
    for width in (390, 1280)
    for theme in ("light", "dark")
}
# A browser at 200 % lays out half as many pixels, each drawn as two.
ZOOMED: dict[str, dict[str, Any]] = {
    name: {"viewport": {"width": width, "height": height}, "device_scale_factor": 2}
    for name, width, height in (("phone", 195, 422), ("desktop", 640, 450))
}


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
    for closed in page.locator('[data-testid="stExpander"] details:not([open]) summary').all():
        closed.click()
    browsing.settle(page)


@pytest.fixture
def window(request, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("window", WINDOWS.values(), indirect=True, ids=WINDOWS)
def test_every_step_of_the_audit_is_accessible_and_no_wider_than_its_window(empty_server, window):
    faults: dict[str, list[str]] = {}

    def examine(step: str) -> None:
        found = [*browsing.exceptions(window), *browsing.violations(window)]
        if browsing.sideways(window) > 0:
            found.append(f"scrolls sideways by {browsing.sideways(window)} px")
        if found:
            faults[step] = found

    every_step(empty_server, window, examine)
    assert faults == {}


@pytest.mark.parametrize("window", ZOOMED.values(), indirect=True, ids=ZOOMED)
def test_nothing_scrolls_sideways_at_200_per_cent_and_every_rating_can_still_be_hit(empty_server, window):
    wider: dict[str, int] = {}
    small: dict[str, list[float]] = {}

    def examine(step: str) -> None:
        if browsing.sideways(window) > 0:
            wider[step] = browsing.sideways(window)
        boxes = [one.bounding_box() for one in browsing.ratings(window).get_by_role("radio").all()]
        sides = [side for box in boxes if box for side in (box["width"], box["height"])]
        if sides and min(sides) < 24:
            small[step] = [min(sides)]

    every_step(empty_server, window, examine)
    assert (wider, small) == ({}, {})


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


def rate_by_keyboard(page: Page, step: int, place: int, value: int, key: str) -> None:
    go_to(page, f".st-key-audit-rate-{step + 1}-{place + 1}", key)
    assert page.evaluate(_FOCUS_IS_SEEN), "the focus cannot be seen"
    page.keyboard.press(str(value))
    browsing.expect_saved(page, place, value)


def press_button(page: Page, name: str, key: str = "Enter") -> None:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    for _ in range(80):
        if button.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press(key)


def test_the_whole_audit_can_be_taken_with_the_keyboard_alone(empty_server, page):
    browsing.open_page(page, f"{empty_server.url}/audit")
    for step in range(browsing.STEPS):
        browsing.expect_step(page, step)
        go_to(page, ".st-key-audit-rate-1-1" if not step else f".st-key-audit-rate-{step + 1}-1",
              "Tab" if not step else "Shift+Tab")  # fmt: skip
        for place, value in enumerate(ANSWERS[step]):
            rate_by_keyboard(page, step, place, value, "Tab")
        press_button(page, "Review" if step + 1 == browsing.STEPS else "Next", ("Enter", "Space")[step % 2])
        browsing.settle(page)

    expect(page.get_by_role("heading", name="Review and submit")).to_be_visible()
    press_button(page, "Back", "Space")  # to change an answer: back, and with the arrow keys
    browsing.expect_step(page, 4)
    browsing.settle(page)
    go_to(page, ".st-key-audit-rate-5-5", "Shift+Tab")
    before = ANSWERS[4][4]
    page.keyboard.press("ArrowLeft")
    browsing.expect_saved(page, 4, before - 1)
    page.keyboard.press("ArrowRight")
    browsing.expect_saved(page, 4, before)
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
    assert seeding.stored(empty_server.home, browsing.token(page)) == seeding.sheet(ANSWERS)
