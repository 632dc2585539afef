"""Taking the audit on a phone: from the link to the result, on two devices, and through a crash of the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests import browsing

ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
TOTAL = sum(sum(step) for step in ANSWERS)


@pytest.fixture
def other_phone(browser) -> Iterator[Page]:
    context = browser.new_context(**browsing.PHONE)
    yield context.new_page()
    context.close()


def stored(server) -> dict[str, int]:
    """The answers as they are in the records, read past the app."""
    with closing(sqlite3.connect(f"file:{server.home}/records.sqlite3?mode=ro", uri=True)) as records:
        return dict(records.execute("select statement_id, value from audit_answers order by statement_id"))


def expected(steps: int) -> dict[str, int]:
    given = enumerate(ANSWERS[:steps], start=1)
    return {f"{step}.{place}": value for step, values in given for place, value in enumerate(values, start=1)}


def take_steps(page: Page, steps: range) -> None:
    for step in steps:
        browsing.rate_step(page, step, ANSWERS[step])
        browsing.step_on(page, "Review" if step + 1 == browsing.STEPS else "Next")


def choose_industry(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Your industry").click()
    page.get_by_role("option", name=name, exact=True).click()
    browsing.settle(page)


def test_a_taker_on_a_phone_gets_from_the_link_to_the_result_over_two_devices(empty_server, phone, other_phone):
    first = browsing.open_page(phone.new_page(), f"{empty_server.url}/audit")
    expect(first.get_by_role("radio", checked=True)).to_have_count(0)
    expect(first.get_by_text("Statement 1 of 25 · category 1 of 5")).to_be_visible()
    take_steps(first, range(3))
    assert browsing.sideways(first) <= 0

    page = browsing.open_page(other_phone, first.url)
    expect(page.get_by_text("Statement 16 of 25 · category 4 of 5 · 15 answered, all saved")).to_be_visible()
    take_steps(page, range(3, browsing.STEPS))

    submit = page.get_by_role("button", name="Submit")
    expect(submit).to_be_disabled()
    expect(page.get_by_text("Before you can submit: choose your industry.")).to_be_visible()
    choose_industry(page, "Other")
    expect(page.get_by_text("Before you can submit: say which industry it is.")).to_be_visible()
    expect(submit).to_be_disabled()
    page.get_by_label("Which industry is it?").fill("Shipping")
    page.keyboard.press("Tab")
    expect(submit).to_be_enabled()
    submit.tap()

    expect(page.get_by_role("heading", name="Audit result")).to_be_visible()
    expect(page.get_by_text(f"You score {TOTAL} of 125 points")).to_be_visible()
    browsing.settle(page)
    assert not browsing.exceptions(page)
    assert browsing.sideways(page) <= 0

    again = browsing.open_page(phone.new_page(), page.url)
    expect(again.get_by_text(f"You score {TOTAL} of 125 points")).to_be_visible()


def test_submitting_is_impossible_while_answers_are_missing_and_the_review_leads_to_them(empty_server, phone):
    page = browsing.open_page(phone.new_page(), f"{empty_server.url}/audit")
    browsing.rate_step(page, 0, (3, 3, 3, 3))  # 1.5 stays open
    browsing.step_on(page)
    for step in range(1, browsing.STEPS):
        browsing.rate_step(page, step, ANSWERS[step])
        browsing.step_on(page, "Review" if step + 1 == browsing.STEPS else "Next")
    expect(page.get_by_text("Before you can submit: answer 1 more, choose your industry.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_be_disabled()
    page.get_by_role("button", name="1.5").tap()
    browsing.settle(page)
    expect(page.get_by_text("Statement 5 of 25 · category 1 of 5")).to_be_visible()
    expect(page.get_by_role("radiogroup").nth(4)).to_be_in_viewport()


def test_after_a_crash_in_the_middle_every_acknowledged_answer_is_there_and_the_taker_goes_on(own_server, phone):
    page = browsing.open_page(phone.new_page(), f"{own_server.url}/audit")
    take_steps(page, range(2))
    browsing.rate_step(page, 2, ANSWERS[2][:2])
    own_server.kill()
    expect(page.get_by_role("radio", disabled=True).first).to_be_visible()  # the tab has noticed
    acknowledged = expected(2) | {"3.1": ANSWERS[2][0], "3.2": ANSWERS[2][1]}
    assert stored(own_server) == acknowledged

    server = own_server.start_again()
    try:
        third = page.get_by_role("radiogroup").nth(2).get_by_role("radio").nth(4)
        expect(third).to_be_enabled(timeout=30_000)  # the tab has found the server again ...
        page.wait_for_timeout(1500)  # ... and shown what it has stored
        third.tap()
        expect(page.get_by_text("13 answered, all saved")).to_be_visible()
        assert stored(server) == acknowledged | {"3.3": 5}
        other = browsing.open_page(phone.new_page(), page.url)
        expect(other.get_by_text("Statement 14 of 25 · category 3 of 5 · 13 answered, all saved")).to_be_visible()
    finally:
        server.stop()
