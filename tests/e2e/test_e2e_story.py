"""The sample company's story on screen, links that carry what they show, and customers' words as nothing but text."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import browsing
from tests.serving import PROJECT

IN_TROUBLE = ("Copper Falls Microelectronics LLC", "Fjellforsen Wafer AB")
HOSTILE = ("=HYPERLINK(", "<script>", "javascript:")


def headline(page: Page) -> Locator:
    return page.locator(".st-key-amp-headline")


def hostile_comments() -> list[tuple[str, str]]:
    """(account id, comment) of what the sample's customers wrote to be executed, from accounts that are named."""
    with (PROJECT / "data" / "sample" / "files" / "survey-2026.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Account_ID"].startswith("HI-")]
    return [(row["Account_ID"], said) for row in rows for said in row.values() if said and said.startswith(HOSTILE)]


def test_the_sample_company_is_loaded_by_one_click_in_seconds(sample_server):
    print(f"\nsample company: {sample_server.loaded_in:.1f} s from the click to the story on screen")
    assert sample_server.loaded_in < 30  # 10 on a quiet machine; tests share it
    assert sample_server.health()[1]["datasets"]["loaded"] == 5


def test_the_overview_names_both_accounts_in_trouble_as_the_ones_to_call(sample_server, page):
    browsing.open_page(page, f"{sample_server.url}/")
    calls = page.locator('[class*="st-key-amp-call-"]')
    for name in IN_TROUBLE:
        expect(calls.filter(has_text=name)).to_have_count(1)
    calls.get_by_role("link", name=IN_TROUBLE[0]).click()
    expect(headline(page)).to_contain_text(f"{IN_TROUBLE[0]}: Tier I")
    assert "account=HI-11638" in page.url


def test_the_competitors_page_says_that_kestrion_is_ahead_on_service(sample_server, page):
    browsing.open_page(page, f"{sample_server.url}/competitors")
    expect(headline(page)).to_contain_text("Kestrion is ahead of us on service")


def test_the_themes_page_says_that_delivery_rises(sample_server, page):
    browsing.open_page(page, f"{sample_server.url}/themes")
    expect(headline(page)).to_contain_text("delivery rises most (+")


def test_a_link_with_a_filter_opens_filtered_says_so_and_goes_along_to_other_pages(sample_server, page):
    browsing.open_page(page, f"{sample_server.url}/satisfaction")
    everybody = headline(page).inner_text()
    browsing.open_page(page, f"{sample_server.url}/satisfaction?tiers=Tier%20I")
    expect(page.locator(".st-key-amp-filters")).to_contain_text("All waves · Tier I")
    assert headline(page).inner_text() != everybody

    page.get_by_role("link", name="Competitors", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Competitors")
    browsing.settle(page)
    expect(page.locator(".st-key-amp-filters")).to_contain_text("All waves · Tier I")
    assert "tiers=Tier" in page.url


@pytest.mark.parametrize("query", ["tiers=Tier%20IX", "since=tomorrow&waves=%00", "by=nonsense&figure=x&subject=y"])
def test_a_link_that_somebody_mangled_opens_all_the_same(sample_server, page, query):
    browsing.open_page(page, f"{sample_server.url}/satisfaction?{query}")
    assert not browsing.exceptions(page)
    expect(headline(page)).to_contain_text("recommend score")


@pytest.mark.parametrize(("account", "comment"), hostile_comments(), ids=["formula", "script"])
def test_what_customers_wrote_is_shown_as_text_and_never_executed(sample_server, page, account, comment):
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    browsing.open_page(page, f"{sample_server.url}/account?account={account}")
    expect(page.locator('[class*="st-key-amp-quote-"]').filter(has_text=comment[:11])).to_have_count(1)
    assert happened == []
    assert page.locator("main script, main a[href*='refund']").count() == 0
