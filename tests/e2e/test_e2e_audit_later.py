"""After the first time: two tabs, the Back button, taking it again, the plan of three, and deleting it all."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from amp.records.plans import PlanStep
from tests import browsing, seeding

ANSWERS = tuple(tuple(1 + (step + place) % 5 for place in range(5)) for step in range(browsing.STEPS))
SHEET = seeding.sheet(ANSWERS)
TOTAL = sum(SHEET.values())
COMPANY, OWNER = "Quercus Fastenings Ltd", "Ottoline Farthingale"


def test_submitting_in_two_tabs_submits_once_and_both_show_the_result(taker_server, phone):
    link = f"{taker_server.url}/audit?t={seeding.begun(taker_server.home, SHEET)}"
    one, other = (browsing.open_page(phone.new_page(), link) for _ in range(2))
    for page in (one, other):
        browsing.choose_industry(page, "Construction")
    expect(one.get_by_role("button", name="Submit", exact=True)).to_be_enabled()
    other.get_by_role("button", name="Submit", exact=True).tap()
    one.get_by_role("button", name="Submit", exact=True).tap()
    for page in (one, other):
        expect(page.get_by_text(f"You score {TOTAL} of 125 points")).to_be_visible()
        browsing.settle(page)
        assert not browsing.exceptions(page)
    with seeding.records_of(taker_server.home) as records:
        draft = records.audits.draft(browsing.token(one))
    assert (draft.industry, dict(draft.answers), draft.submitted_at is not None) == ("Construction", SHEET, True)


def test_a_tap_in_a_tab_whose_audit_was_submitted_in_another_changes_nothing_and_leads_to_the_result(
    taker_server, phone
):
    token = seeding.begun(taker_server.home, SHEET)
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/audit?t={token}")
    page.get_by_role("button", name="Back", exact=True).tap()
    browsing.expect_step(page, 4)
    browsing.settle(page)
    seeding.submitted(taker_server.home, SHEET, token=token)
    browsing.radio(page, 0, 1 + SHEET["5.1"] % 5).tap()
    expect(page.get_by_text(f"You score {TOTAL} of 125 points")).to_be_visible()
    assert seeding.stored(taker_server.home, token) == SHEET


def test_the_back_button_of_the_browser_loses_nothing(taker_server, phone):
    page = phone.new_page()
    page.goto("about:blank")
    browsing.open_page(page, f"{taker_server.url}/audit")
    browsing.take_steps(page, ANSWERS, range(1))
    browsing.rate_step(page, 1, ANSWERS[1][:2])
    token, given = browsing.token(page), seeding.sheet((ANSWERS[0], ANSWERS[1][:2]))
    for turn in (page.go_back, page.go_back, page.go_forward, page.go_forward):
        turn()
        if page.url != "about:blank":
            browsing.settle(page)
            assert not browsing.exceptions(page)
        assert seeding.stored(taker_server.home, token) == given
    expect(page.get_by_text("7 answered, all saved")).to_be_visible()
    browsing.radio(page, 2, 5).tap()
    browsing.expect_saved(page, 2, 5)
    assert seeding.stored(taker_server.home, token) == given | {"2.3": 5}


def test_choose_three_is_saved_as_it_is_filled_in_and_is_there_after_a_reload(taker_server, phone):
    token = seeding.submitted(taker_server.home, SHEET)
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/result?t={token}")
    pick(page, "1.1 ")
    pick(page, "2.5 ")
    for name, choice in (("Effort", "small"), ("Impact", "large")):
        answer = card(page, "1.1").get_by_role("radiogroup", name=name).get_by_role("radio", name=choice)
        answer.tap()
        expect(answer).to_be_checked()
        browsing.settle(page)
    card(page, "1.1").get_by_label("Who takes it on").fill(OWNER)
    page.keyboard.press("Tab")
    browsing.settle(page)
    fill_date(page, "1.1", "2027-03-01")
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    with seeding.records_of(taker_server.home) as records:
        kept = {one.statement_id: one for one in records.plans.of(token)}
    assert kept == {"1.1": PlanStep("1.1", 1, 3, OWNER, date(2027, 3, 1)), "2.5": PlanStep("2.5")}

    page.reload()
    browsing.settle(page)
    expect(card(page, "1.1").get_by_label("Who takes it on")).to_have_value(OWNER)
    expect(card(page, "1.1").get_by_role("radio", name="large", checked=True)).to_have_count(1)
    expect(card(page, "2.5")).to_be_visible()
    expect(page.get_by_text("Begin with 1.1: the most impact for the least effort.")).to_be_visible()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Calendar (ICS)").tap()
    calendar = download.value.path().read_text()
    assert "BEGIN:VCALENDAR" in calendar
    assert "20270301" in calendar


def pick(page: Page, statement: str) -> None:
    page.get_by_role("combobox", name="Statements to work on").click()
    page.keyboard.type(statement)
    expect(page.get_by_role("option", name=statement)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(card(page, statement.strip())).to_be_visible()
    browsing.settle(page)
    page.touchscreen.tap(3, 420)  # beside the list, which closes it
    expect(page.get_by_role("listbox")).to_have_count(0)


def card(page: Page, statement: str):
    return page.locator(f".st-key-steps-{statement.replace('.', '-')}")


def fill_date(page: Page, statement: str, day: str) -> None:
    card(page, statement).get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    page.keyboard.type(day.replace("-", ""))
    page.keyboard.press("Escape")
    browsing.settle(page)


def test_taking_it_again_makes_a_new_audit_whose_result_shows_then_and_now_and_the_plan_chosen_then(
    taker_server, phone
):
    token = seeding.submitted(taker_server.home, SHEET, company=COMPANY)
    with seeding.records_of(taker_server.home) as records:
        records.plans.keep(token, [PlanStep("1.1", 1, 3, OWNER, date(2027, 3, 1))])
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/result?t={token}")
    page.get_by_role("button", name="Take the audit again").tap()
    expect(page.get_by_text("nothing answered yet")).to_be_visible()
    browsing.settle(page)
    again = browsing.token(page)
    assert again != token
    expect(browsing.ratings(page).get_by_role("radio", checked=True)).to_have_count(0)
    browsing.rate_step(page, 0, (5, 5, 5, 5, 5))
    browsing.step_on(page)
    seeding.answer(taker_server.home, again, {one: 5 for one in SHEET if not one.startswith("1.")})
    page.reload()
    browsing.settle(page)
    expect(page.get_by_role("textbox", name="Your company (optional)")).to_have_value(COMPANY)
    browsing.submit(page)
    expect(page.get_by_role("heading", name="Then and now")).to_be_visible()
    expect(page.get_by_text(f"Up by {125 - TOTAL} points since")).to_be_visible()
    expect(page.get_by_role("heading", name="What was chosen then")).to_be_visible()
    expect(page.get_by_text(f"1.1: {SHEET['1.1']} then, 5 now")).to_be_visible()
    assert seeding.stored(taker_server.home, token) == SHEET, "the first audit is as it was"


def test_delete_my_data_leaves_neither_the_company_nor_the_owner_in_the_file(taker_server, phone):
    token = seeding.submitted(taker_server.home, SHEET, company=COMPANY + " to be forgotten")
    with seeding.records_of(taker_server.home) as records:
        records.plans.keep(token, [PlanStep("1.1", 1, 3, OWNER + " to be forgotten")])
    names = (COMPANY + " to be forgotten", OWNER + " to be forgotten")
    assert [seeding.file_holds(taker_server.home, name) for name in names] == [True, True]
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/result?t={token}")
    browsing.delete_my_data(page)
    browsing.open_page(page, f"{taker_server.url}/result?t={token}")
    expect(page.get_by_text("There is no audit behind this link.")).to_be_visible()
    assert seeding.stored(taker_server.home, token) == {}
    assert [seeding.file_holds(taker_server.home, name) for name in names] == [False, False]
