"""An editor's way: sign in, upload, look the mapping over, load, and read satisfaction and themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import browsing, serving
from tests.serving import PASSCODES, PROJECT, Server

FILES = PROJECT / "data" / "sample" / "files"


@pytest.fixture
def closed_server(tmp_path) -> Iterator[Server]:
    """A passcode for each role, and nothing imported."""
    server = serving.start(tmp_path / "home", serving.PASSCODE_MODE)
    yield server
    server.stop()


def upload(page: Page, name: str) -> None:
    page.locator('input[type="file"]').set_input_files(FILES / name)
    expect(page.get_by_text("Recognised:")).to_be_visible(timeout=20_000)
    browsing.settle(page)


def load(page: Page, said: str) -> None:
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text(said)).to_be_visible(timeout=20_000)
    browsing.settle(page)


def test_an_editor_gets_from_sign_in_through_upload_and_mapping_to_satisfaction_and_themes(closed_server, page):
    browsing.open_page(page, f"{closed_server.url}/import")
    browsing.sign_in(page, PASSCODES["editor"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Import")
    browsing.settle(page)

    upload(page, "accounts.csv")
    expect(page.get_by_text("Recognised: plain table. 400 rows to load")).to_be_visible()
    expect(page.get_by_text("1 account has negative revenue")).to_be_visible()
    load(page, "Loaded 400 rows.")
    expect(page.get_by_text("accounts.csv")).to_have_count(0)

    browsing.open_page(page, f"{closed_server.url}/import")
    upload(page, "survey-2026.csv")
    expect(page.get_by_text("Recognised: Qualtrics. 948 rows to load")).to_be_visible()
    expect(page.get_by_label("Wave")).to_have_value("2026")
    expect(page.get_by_text("5 preview, test or spam responses were dropped.")).to_be_visible()
    page.get_by_role("radio", name="All columns (55)").click()
    browsing.settle(page)
    expect(page.locator("canvas th", has_text="What it is")).to_be_attached()
    page.get_by_label("Search headings").fill("NPS")
    page.keyboard.press("Enter")
    expect(page.locator("canvas td", has_text="Recommendation").first).to_be_attached()
    load(page, "Loaded 948 rows.")

    page.get_by_role("link", name="See it").click()
    expect(page.get_by_text("2026: recommend score +")).to_be_visible(timeout=20_000)
    browsing.settle(page)
    assert not browsing.exceptions(page)
    page.get_by_role("link", name="Themes", exact=True).click()
    expect(page.get_by_text("people wrote; most about")).to_be_visible(timeout=30_000)
    browsing.settle(page)
    assert not browsing.exceptions(page)


def test_the_same_file_again_is_refused_with_a_sentence_and_harms_nothing(passcode_server, page):
    browsing.open_page(page, f"{passcode_server.url}/import")
    browsing.sign_in(page, PASSCODES["editor"])
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()
    before = passcode_server.health()[1]["datasets"]["loaded"]
    upload(page, "accounts.csv")
    load(page, "loaded already")
    assert passcode_server.health()[1]["datasets"]["loaded"] == before
