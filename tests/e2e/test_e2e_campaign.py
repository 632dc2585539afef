"""Campaigns: an editor makes one, phones answer by its link, and its results open when they may, and not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from amp.languages import ENGLISH
from tests import browsing, seeding
from tests.serving import PASSCODES, Server

ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
SHEET = seeding.sheet(ANSWERS)
HIDDEN = "Results open once the campaign is closed."
SHOWN = "half give"


@pytest.fixture
def editor(browser, passcode_server) -> Iterator[Page]:
    """The campaigns page, where an editor is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = browsing.open_page(context.new_page(), f"{passcode_server.url}/campaigns")
    browsing.sign_in(page, PASSCODES["editor"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Campaigns")
    page.wait_for_function("() => fetch('/api/health')")  # the cookie's request, sent before, has been answered
    browsing.settle(page)
    yield page
    context.close()


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Makes phones of visitors who were never here before."""
    contexts = []

    def one() -> Page:
        contexts.append(browser.new_context(**browsing.PHONE))
        return contexts[-1].new_page()

    yield one
    for context in contexts:
        context.close()


def make(page: Page, title: str, *, intro: str = "", thanks: str = "") -> str:
    """Fill in the form of a new campaign and return its link."""
    page.get_by_text("New campaign").click()
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Make the campaign"))
    form.get_by_label("Title", exact=True).fill(title)
    form.get_by_label("Company", exact=True).fill("Steel & Co")
    form.get_by_role("combobox", name="Industry", exact=True).click()
    page.get_by_role("option", name="Construction", exact=True).click()
    form.get_by_label("What takers read first").fill(intro)
    form.get_by_label("What they read after submitting").fill(thanks)
    page.keyboard.press("Tab")
    form.get_by_role("button", name="Make the campaign").click()
    expect(page.get_by_role("heading", name="The link for its takers")).to_be_visible()
    browsing.settle(page)
    return page.get_by_test_id("stCode").filter(has_text="/audit?c=").first.inner_text().strip()


def look(page: Page, server: Server, number: int) -> Page:
    return browsing.open_page(page, f"{server.url}/campaigns?campaign={number}")


def close(page: Page) -> None:
    page.get_by_text("Change, close or delete this campaign").click()
    page.get_by_role("button", name="Close now").press("Enter")  # a click may miss it while the box still unfolds
    expect(page.get_by_role("heading", name="The link for its takers")).to_have_count(0)
    browsing.settle(page)


def test_an_anonymous_campaign_goes_from_its_form_over_five_phones_to_results_that_open_when_it_is_closed(
    passcode_server, editor, new_phone
):
    intro, thanks = "Answer as you see it, not as you wish it were.", "Thank you. We talk about it on Friday."
    link = make(editor, "Leadership team, spring", intro=intro, thanks=thanks)
    code, number = link.split("?c=")[1], editor.url.split("campaign=")[1]
    assert link == f"{passcode_server.url}/audit?c={code}"
    picture = editor.get_by_role("img", name="QR code of the link")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 150, "a phone can read it from the screen"

    for _ in range(2):
        page = browsing.open_page(new_phone(), link)
        expect(page.get_by_text("Leadership team, spring")).to_be_visible()
        expect(page.get_by_text("For Steel & Co")).to_be_visible()
        expect(page.get_by_text("This audit is anonymous: no name, address or time is kept")).to_be_visible()
        expect(page.get_by_text(intro)).to_be_visible()
        browsing.take_steps(page, ANSWERS, range(browsing.STEPS))
        expect(page.get_by_label("Your name")).to_have_count(0)
        browsing.submit(page)
        expect(page.get_by_text(thanks)).to_be_visible()
        expect(page.get_by_text("You give Steel & Co 75 of 125 points")).to_be_visible()
    for value in (2, 3, 4):
        seeding.submitted(passcode_server.home, dict.fromkeys(SHEET, value), campaign=code)

    editor.reload()
    browsing.settle(editor)
    expect(editor.get_by_text("5 submitted, 0 begun and not finished")).to_be_visible()
    expect(editor.get_by_text(HIDDEN)).to_be_visible()
    assert SHOWN not in browsing.words(editor)
    close(editor)
    expect(editor.get_by_text(HIDDEN)).to_have_count(0)
    expect(editor.get_by_text("5 takers: half give 75 of 125 points or more, from 50 to 100.")).to_be_visible()
    expect(editor.locator(".js-plotly-plot .point").first).to_be_attached()
    assert not browsing.exceptions(editor)
    assert browsing.violations(editor) == []

    page = browsing.open_page(new_phone(), link)
    today = ENGLISH.date(datetime.now(UTC))
    expect(page.get_by_text(f"This audit closed on {today} and takes no more answers.")).to_be_visible()
    expect(browsing.ratings(page)).to_have_count(0)
    assert not browsing.exceptions(page)
    assert number.isdecimal()


def test_a_closed_anonymous_campaign_of_four_stays_hidden(passcode_server, editor):
    campaign = seeding.campaign(passcode_server.home, title="Four of them")
    for value in (2, 3, 4, 5):
        seeding.submitted(passcode_server.home, dict.fromkeys(SHEET, value), campaign=campaign.code)
    look(editor, passcode_server, campaign.id)
    close(editor)
    expect(editor.get_by_text("Hidden: fewer than 5 people.")).to_be_visible()
    assert SHOWN not in browsing.words(editor)


def test_a_named_campaign_asks_for_the_name_and_shows_it_to_the_team(passcode_server, editor, phone):
    campaign = seeding.campaign(passcode_server.home, title="Named", anonymous=False)
    token = seeding.begun(passcode_server.home, SHEET, campaign=campaign.code)
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?t={token}")
    expect(page.get_by_text("Before you can submit: give your name.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_disabled()
    expect(page.get_by_role("combobox", name="Your industry")).to_have_count(0)
    page.get_by_label("Your name").fill("Zoë Müller-Ødegård")
    page.keyboard.press("Tab")
    browsing.submit(page)
    with seeding.records_of(passcode_server.home) as records:
        (sheet,) = records.campaigns.sheets(campaign.id, datetime.now(UTC))
    assert (sheet.taker, dict(sheet.answers)) == ("Zoë Müller-Ødegård", SHEET)
    look(editor, passcode_server, campaign.id)
    expect(editor.locator("canvas td", has_text="Zoë Müller-Ødegård").first).to_be_attached()


def test_where_not_sure_is_allowed_the_result_says_that_it_is_incomplete(passcode_server, phone):
    campaign = seeding.campaign(passcode_server.home, title="Not sure", not_sure=True)
    token = seeding.begun(passcode_server.home, SHEET | {"2.1": None}, campaign=campaign.code)
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?t={token}")
    page.get_by_role("button", name="Back", exact=True).tap()
    browsing.expect_step(page, 4)
    browsing.settle(page)
    expect(browsing.ratings(page).first.get_by_role("radio")).to_have_count(6)
    browsing.ratings(page).first.get_by_role("radio").nth(5).tap()
    browsing.expect_saved(page, 0, "?")
    assert seeding.stored(passcode_server.home, token)["5.1"] is None
    browsing.step_on(page, "Review")
    browsing.submit(page)
    rated = sum(value for statement, value in SHEET.items() if statement not in {"2.1", "5.1"})
    expect(
        page.get_by_text(f"Between {rated + 2} and {rated + 10} of 125 points: 2 statements are not rated")
    ).to_be_visible()
    expect(page.get_by_role("heading", name="Incomplete")).to_be_visible()
    assert not browsing.exceptions(page)


def test_a_planned_campaign_says_when_it_opens_and_takes_no_answer(passcode_server, phone):
    opens = datetime.now(UTC) + timedelta(days=3)
    campaign = seeding.campaign(passcode_server.home, title="Planned", opens_at=opens)
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?c={campaign.code}")
    expect(page.get_by_text(f"This audit opens on {ENGLISH.date(opens)}. Come back then.")).to_be_visible()
    expect(browsing.ratings(page)).to_have_count(0)


def test_a_campaign_that_closes_while_somebody_answers_says_so_and_takes_nothing_more(passcode_server, phone):
    campaign = seeding.campaign(passcode_server.home, title="Closing", anonymous=False)
    token = seeding.begun(passcode_server.home, {"1.1": 3}, campaign=campaign.code)
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?t={token}")
    seeding.close(passcode_server.home, campaign)
    browsing.radio(page, 1, 4).tap()
    expect(page.get_by_text("The campaign is closed, so answers can no longer be given.")).to_be_visible()
    assert seeding.stored(passcode_server.home, token) == {"1.1": 3}
    assert browsing.saved(4) not in browsing.words(page)
