"""Taking the audit on a phone: from the link to the PDF in two languages, and on through every loss of connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from amp.audit.instrument import read_instrument
from amp.audit.scoring import score
from amp.languages import words
from amp.ui import audit_words
from tests import browsing, seeding
from tests.line import Line, line_to
from tests.serving import PROJECT, Server

INSTRUMENT = read_instrument(PROJECT / "data" / "instruments" / "amp-snapshot.toml")
ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
TOTAL = sum(sum(step) for step in ANSWERS)
PLACE = 2  # of statement 13 in its step, both from 0
STEP = 2


@pytest.fixture
def other_phone(browser) -> Iterator[Page]:
    context = browser.new_context(**browsing.PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["en-GB", "de-DE"])
def spoken(request, browser) -> Iterator[tuple[BrowserContext, str]]:
    """A phone that speaks a language, and its code."""
    context = browser.new_context(**browsing.PHONE, locale=request.param)
    yield context, request.param[:2]
    context.close()


def text_of(file: Path) -> tuple[int, str]:
    """The pages of a PDF, and its letters without the breaks between lines and within words."""
    pages = pypdf.PdfReader(file).pages
    return len(pages), letters(" ".join(page.extract_text() for page in pages))


def letters(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def saved_pdf(page: Page, name: str) -> Path:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=name).tap()
    return Path(download.value.path())


def test_a_phone_user_gets_from_the_link_to_the_pdf_in_the_language_of_the_phone(taker_server, spoken):
    phone, code = spoken
    t = words(code)
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/audit")
    assert page.evaluate("() => document.documentElement.lang") == code
    expect(page.get_by_role("heading", level=1)).to_have_text(t("Account management audit"))
    expect(browsing.ratings(page).get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_text(t("nothing answered yet"))).to_be_visible()
    browsing.take_steps(page, ANSWERS, range(browsing.STEPS), t)
    assert browsing.sideways(page) <= 0

    submit = page.get_by_role("button", name=t("Submit"), exact=True)
    before = t("Before you can submit: {things}.", things=t("choose your industry"))
    expect(page.get_by_text(before)).to_be_visible()
    expect(submit).to_be_disabled()
    browsing.choose_industry(page, "Other", t)
    before = t("Before you can submit: {things}.", things=t("say which industry it is"))
    expect(page.get_by_text(before)).to_be_visible()
    expect(submit).to_be_disabled()
    page.get_by_label(t("Which industry is it?")).fill("Shipping")
    page.keyboard.press("Tab")
    browsing.submit(page, t)

    result = score(INSTRUMENT, seeding.sheet(ANSWERS))
    headline = audit_words.headline(result, t, company="", own=True, shared=False)
    expect(page.get_by_text(headline)).to_be_visible()
    assert not browsing.exceptions(page)
    assert browsing.sideways(page) <= 0

    file = saved_pdf(page, t("PDF report"))
    assert file.read_bytes()[:5] == b"%PDF-"
    count, text = text_of(file)
    assert 2 <= count <= 4
    assert str(TOTAL) in text
    band = result.overall.band
    assert band is not None
    for expected in (t.of(band.label), *(t.of(one.title) for one in INSTRUMENT.categories), t("Gaps"), t("Strengths")):
        assert letters(expected) in text
    assert browsing.token(page) not in taker_server.log.read_text(errors="replace")


def test_the_language_can_be_chosen_at_any_step_and_stays_until_the_result(taker_server, phone):
    english, german = words("en"), words("de")
    token = seeding.begun(taker_server.home, seeding.sheet(ANSWERS))
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/audit?t={token}")
    expect(page.get_by_role("heading", name=english("Review and submit"))).to_be_visible()
    page.get_by_role("radio", name="Deutsch").tap()
    expect(page.get_by_role("radio", name="Deutsch")).to_be_checked()
    browsing.settle(page)
    expect(page.get_by_role("heading", name=german("Review and submit"))).to_be_visible()
    assert "lang=de" in page.url
    assert browsing.token(page) == token
    browsing.choose_industry(page, "Construction", german)
    browsing.submit(page, german)
    assert "lang=de" in page.url
    page.reload()
    browsing.settle(page)
    expect(page.get_by_role("radio", name="Deutsch")).to_be_checked()
    assert page.evaluate("() => document.documentElement.lang") == "de"


def test_submitting_is_impossible_while_answers_are_missing_and_the_review_leads_to_them(taker_server, phone):
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/audit")
    browsing.rate_step(page, 0, (3, 3, 3, 3))  # 1.5 stays open
    browsing.step_on(page)
    browsing.take_steps(page, ANSWERS, range(1, browsing.STEPS))
    expect(page.get_by_text("Before you can submit: answer 1 more, choose your industry.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_be_disabled()
    page.get_by_role("button", name="1.5").tap()
    browsing.settle(page)
    expect(page.get_by_text("Statement 5 of 25 · category 1 of 5")).to_be_visible()
    expect(browsing.ratings(page).nth(4)).to_be_in_viewport()


def shown_as_saved(page: Page) -> dict[str, int]:
    """The answers of the step on the screen that it says are stored."""
    items = browsing.notes(page).all_inner_texts()
    found = {place: re.search(r"Saved: (\d)", text) for place, text in enumerate(items, start=1)}
    return {f"{STEP + 1}.{place}": int(match[1]) for place, match in found.items() if match}


def stored_step(server: Server, token: str) -> dict[str, int | None]:
    answers = seeding.stored(server.home, token)
    return {one: value for one, value in answers.items() if one.startswith(f"{STEP + 1}.")}


def expect_nothing_shown_that_is_not_stored(page: Page, server: Server, token: str, seconds: float = 2) -> None:
    for _ in range(int(seconds * 5)):
        shown = shown_as_saved(page)  # first the screen, then the file: what is stored only grows
        assert shown.items() <= stored_step(server, token).items()
        page.wait_for_timeout(200)


def lose(how: str, server: Server, phone: BrowserContext, line: Line) -> None:
    if how == "the server is killed":
        server.kill()
    elif how == "the phone has no network":
        phone.set_offline(True)
    else:
        line.hold()


def come_back(how: str, server: Server, phone: BrowserContext, line: Line) -> Server:
    if how == "the server is killed":
        return server.start_again()
    phone.set_offline(False)
    line.let_go()
    return server


@pytest.mark.parametrize("how", ["the server is killed", "the phone has no network", "the line is held"])
def test_a_connection_lost_at_statement_13_loses_nothing_and_a_second_browser_finishes(
    own_server, phone, other_phone, how
):
    server, value = own_server, ANSWERS[STEP][PLACE]
    with line_to(server.port) as line:
        token = seeding.begun(server.home, seeding.sheet(ANSWERS[:STEP]))
        page = browsing.open_page(phone.new_page(), f"{line.url}/audit?t={token}")
        browsing.rate_step(page, STEP, ANSWERS[STEP][:PLACE])
        link = browsing.personal_link(page)
        acknowledged = seeding.sheet((*ANSWERS[:STEP], ANSWERS[STEP][:PLACE]))
        assert seeding.stored(server.home, token) == acknowledged

        lose(how, server, phone, line)
        with suppress(TimeoutError):  # the tab may have noticed, and then takes no tap
            browsing.radio(page, PLACE, value).tap(timeout=2000)
        expect_nothing_shown_that_is_not_stored(page, server, token)
        server = come_back(how, server, phone, line)
        try:
            expect(browsing.radio(page, PLACE, value)).to_be_enabled(timeout=60_000)  # the tab has found its way back
            browsing.settle(page)
            expect_nothing_shown_that_is_not_stored(page, server, token, seconds=1)
            if f"{STEP + 1}.{PLACE + 1}" not in shown_as_saved(page):
                browsing.radio(page, PLACE, value).tap()
            browsing.expect_saved(page, PLACE, value)
            thirteen = acknowledged | {f"{STEP + 1}.{PLACE + 1}": value}
            assert seeding.stored(server.home, token) == thirteen

            other = browsing.open_page(other_phone, link)
            expect(other.get_by_text("Statement 14 of 25 · category 3 of 5 · 13 answered, all saved")).to_be_visible()
            for place in range(PLACE + 1, 5):
                browsing.radio(other, place, ANSWERS[STEP][place]).tap()
                browsing.expect_saved(other, place, ANSWERS[STEP][place])
            browsing.step_on(other)
            if how != "the server is killed":  # the way through the last steps is the same, so it is walked once
                assert seeding.stored(server.home, token) == seeding.sheet(ANSWERS[: STEP + 1])
                return
            browsing.take_steps(other, ANSWERS, range(STEP + 1, browsing.STEPS))
            browsing.choose_industry(other, "Construction")
            browsing.submit(other)
            expect(other.get_by_text(f"You score {TOTAL} of 125 points")).to_be_visible()
            assert seeding.stored(server.home, token) == seeding.sheet(ANSWERS)
        finally:
            server.stop()
