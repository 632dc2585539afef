"""Links that lead nowhere, or no longer: each is told in a sentence with a next step, and links are told to nobody."""

from __future__ import annotations

import urllib.request
from functools import reduce

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browsing, seeding
from tests.serving import Server

NO_AUDIT = "There is no audit behind this link."
NO_CAMPAIGN = "There is no campaign behind this link."
NO_RESULT = "There is no result to show here."
NOT_YET = "This audit is not submitted yet, so it has no result."
NO_INSTRUMENT = "There is no such audit here."
BEGIN, TAKE, GO_ON = "Begin a new audit", "Take the audit", "Go on with it"
HOSTILE = {
    "unknown": "wA-1Ij6eh2dIJHct3YUQh3wz3zDKhz1x",
    "over-long": "x" * 5000,
    "SQL": "' or 1=1; drop table audits; --",
    "signs": "%00%ff<script>alert(1)</script>{}/../%F0%9F%98%80",
}


def cases() -> list[tuple[str, str, str, str]]:
    """What is wrong, the address, what is said, and the button or link that leads on."""
    found = [
        ("audit, empty", "audit?t=", NO_AUDIT, BEGIN),
        ("audit, tampered", "audit?t={tampered}", NO_AUDIT, BEGIN),
        ("result, empty", "result?t=", NO_RESULT, TAKE),
        ("result, none", "result", NO_RESULT, TAKE),
        ("result, tampered", "result?t={tampered}", NO_AUDIT, TAKE),
        ("result, not submitted", "result?t={token}", NOT_YET, GO_ON),
        ("result, of a number that is none", "result?audit=1%20or%201", NO_RESULT, TAKE),
        ("campaign, tampered", "audit?c={tampered_code}", NO_CAMPAIGN, BEGIN),
        ("instrument, unknown", "audit?i=no-such", NO_INSTRUMENT, BEGIN),
        ("instrument, SQL", f"audit?i={HOSTILE['SQL']}", NO_INSTRUMENT, BEGIN),
    ]
    for name, value in HOSTILE.items():
        found.append((f"audit, {name}", f"audit?t={value}", NO_AUDIT, BEGIN))
    for name in ("over-long", "SQL"):
        found.append((f"result, {name}", f"result?t={HOSTILE[name]}", NO_AUDIT, TAKE))
        found.append((f"campaign, {name}", f"audit?c={HOSTILE[name]}", NO_CAMPAIGN, BEGIN))
    return found


def tampered(text: str) -> str:
    return text[:-1] + ("A" if text[-1] != "A" else "B")


def filled(address: str, values: dict[str, str]) -> str:
    return reduce(lambda text, one: text.replace(f"{{{one[0]}}}", one[1]), values.items(), address)


def known(server: Server) -> dict[str, str]:
    token = seeding.begun(server.home, {"1.1": 2})
    code = seeding.campaign(server.home, title="Links").code
    return {"token": token, "tampered": tampered(token), "tampered_code": tampered(code)}


def what_is_wrong(page: Page, said: str, leads_on: str) -> list[str]:
    """What a visitor with that link would have to complain about."""
    shown = browsing.words(page)
    ways = page.get_by_role("button", name=leads_on).or_(page.get_by_role("link", name=leads_on))
    complaints = {
        f"does not say “{said}”": said not in shown,
        f"has no “{leads_on}”": ways.count() == 0,
        "shows an exception": page.get_by_test_id("stException").count() > 0,
        "shows a traceback": "Traceback" in shown or "Error" in shown,
        "asks for a passcode": page.get_by_label("Passcode").count() > 0,
        "asks to rate": browsing.ratings(page).count() > 0,
        "scrolls sideways": browsing.sideways(page) > 0,
    }
    return [complaint for complaint, true in complaints.items() if true]


def complaints_about(server: Server, browser: Browser, chosen: list[tuple[str, str, str, str]]) -> dict[str, list[str]]:
    values, found = known(server), {}
    context = browser.new_context(**browsing.PHONE)
    for name, address, said, leads_on in chosen:
        page = context.new_page()
        browsing.open_page(page, f"{server.url}/{filled(address, values)}")
        wrong = what_is_wrong(page, said, leads_on)
        if wrong:
            found[name] = wrong
        page.close()
    context.close()
    return found


def test_every_broken_link_is_told_in_a_sentence_with_a_next_step_to_a_visitor_without_sign_in(
    passcode_server, browser
):
    assert complaints_about(passcode_server, browser, cases()) == {}


def test_broken_links_are_told_the_same_way_where_there_is_no_sign_in(taker_server, browser):
    assert complaints_about(taker_server, browser, cases()[::6]) == {}


def test_the_way_on_from_a_broken_link_leads_to_a_new_audit(passcode_server, phone):
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?t={HOSTILE['unknown']}")
    page.get_by_role("button", name=BEGIN).tap()
    expect(page.get_by_text("nothing answered yet")).to_be_visible()
    browsing.radio(page, 0, 4).tap()
    browsing.expect_saved(page, 0, 4)
    assert browsing.token(page) != HOSTILE["unknown"]


@pytest.mark.parametrize("wrong", ["audit?c={code}", "audit?i=no-such"], ids=["campaign", "instrument"])
def test_the_way_on_from_a_broken_campaign_or_instrument_leads_to_a_new_audit(passcode_server, phone, wrong):
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/{wrong.format(code=HOSTILE['unknown'])}")
    page.get_by_role("button", name=BEGIN).tap()
    expect(page.get_by_text("nothing answered yet")).to_be_visible()


def test_an_unsubmitted_audits_result_link_leads_back_to_the_audit(passcode_server, phone):
    token = seeding.begun(passcode_server.home, {"1.1": 2, "1.2": 5})
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/result?t={token}")
    page.get_by_role("link", name=GO_ON).tap()
    expect(page.get_by_text("Statement 3 of 25 · category 1 of 5 · 2 answered, all saved")).to_be_visible()
    assert browsing.token(page) == token


def test_a_campaign_for_one_taker_that_is_taken_says_where_its_result_is(passcode_server, phone):
    campaign = seeding.campaign(passcode_server.home, title="One", anonymous=False, single=True)
    answers = dict.fromkeys(seeding.STATEMENTS, 4)
    seeding.submitted(passcode_server.home, answers, campaign=campaign.code, taker="Dana")
    page = browsing.open_page(phone.new_page(), f"{passcode_server.url}/audit?c={campaign.code}")
    expect(page.get_by_text("This campaign is for one taker, and the audit is submitted.")).to_be_visible()
    expect(page.get_by_text("Open your private link to see its result.")).to_be_visible()
    expect(browsing.ratings(page)).to_have_count(0)


@pytest.mark.parametrize("path", ["audit", "audit?t=anything", "result?t=anything", "audit?c=anything"])
def test_no_address_of_the_audit_travels_to_another_site(passcode_server, path):
    with urllib.request.urlopen(f"{passcode_server.url}/{path}", timeout=10) as answer:
        assert answer.status == 200
        assert answer.headers.get_all("Referrer-Policy") == ["no-referrer"]


def test_a_private_link_is_nowhere_in_what_the_server_logs_from_the_first_tap_to_deleting(taker_server, phone):
    code = seeding.campaign(taker_server.home, title="Never logged", anonymous=False).code
    page = browsing.open_page(phone.new_page(), f"{taker_server.url}/audit?c={code}")
    browsing.rate_step(page, 0, (1, 2, 3, 4, 5))
    token = browsing.token(page)
    rest = {one: 3 for one in seeding.STATEMENTS if not one.startswith("1.")}
    seeding.answer(taker_server.home, token, rest)
    page.reload()
    browsing.settle(page)
    page.get_by_label("Your name").fill("Never Logged")
    page.keyboard.press("Tab")
    browsing.submit(page)
    with page.expect_download(timeout=60_000):
        page.get_by_role("button", name="Data (JSON)").tap()
    page.reload()
    browsing.settle(page)
    browsing.delete_my_data(page)
    browsing.open_page(page, f"{taker_server.url}/result?t={token}")
    expect(page.get_by_text(NO_AUDIT)).to_be_visible()
    said = taker_server.log.read_text(errors="replace")
    assert said.strip(), "the log is kept"
    for secret in (token, token[:12], token[-12:], "Never Logged"):
        assert secret not in said
