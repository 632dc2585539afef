"""Making, watching and closing campaigns on their page: for editors, and never a look too early."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.records.access import Role
from amp.records.campaign_values import NewCampaign
from amp.ui import state

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "assess" / "campaigns.py")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_process():
    state.forget()
    yield
    state.forget()


def made(**other):
    named = {"title": "Spring", "company": "Steel *Works*", "industry": "Construction", "opens_at": NOW}
    new = NewCampaign(**{**named, "instrument_id": "amp-snapshot", "instrument_version": "1.0", **other})
    return state.records().campaigns.create(new, Role.EDITOR, NOW)


def answered(campaign, value, taker=""):
    audits, ids = state.records().audits, [one.id for one in state.instrument().statements]
    token = audits.begin("", "", NOW, campaign=campaign.code)
    for number in ids:
        audits.answer(token, number, value, NOW)
    if taker:
        audits.set_details(token, company="", industry="", industry_other="", taker=taker, now=NOW)
    audits.submit(token, ids, NOW)


def opened(**query):
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params.update(query)
    return page.run()


def words(page):
    shown = [*page.markdown, *page.text, *page.info, *page.caption, *page.code, *page.header, *page.subheader]
    return " ".join(str(one.value) for one in shown)


def pressed(page, label):
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def test_without_a_campaign_the_page_says_what_one_is():
    page = opened()
    assert not page.exception
    assert "one link for the takers of one company" in words(page)


def test_an_editor_makes_a_campaign_and_gets_its_link():
    page = opened()
    fields = {one.label: one for one in [*page.text_input, *page.selectbox]}
    fields["Title"].set_value("Leaders <b>")
    fields["Company"].set_value("Steel & Co")
    fields["Industry"].set_value("Construction")
    page = pressed(page, "Make the campaign")
    (campaign,) = state.records().campaigns.all()
    assert (campaign.title, campaign.anonymous, campaign.least, campaign.single) == ("Leaders <b>", True, 5, False)
    assert f"/audit?c={campaign.code}" in words(page)
    assert "Leaders <b>" in [one.value for one in page.text]
    assert "0 submitted, 0 begun and not finished" in words(page)


def test_what_is_missing_is_said_and_nothing_is_made():
    page = pressed(opened(), "Make the campaign")
    assert "A campaign needs a title, a company and an industry." in words(page)
    assert not state.records().campaigns.all()


def test_an_open_anonymous_campaign_shows_its_counts_and_nothing_else():
    campaign = made(expected=12)
    for _ in range(6):
        answered(campaign, 4)
    shown = words(opened())
    assert "6 of 12 expected submitted" in shown
    assert "Results open once the campaign is closed." in shown
    assert "half give" not in shown


def test_a_closed_anonymous_campaign_of_too_few_stays_hidden():
    campaign = made()
    for _ in range(4):
        answered(campaign, 4)
    state.records().campaigns.close(campaign.id, Role.EDITOR, NOW)
    shown = words(opened())
    assert "Hidden: fewer than 5 people." in shown
    assert "/audit?c=" not in shown


def test_a_closed_anonymous_campaign_shows_spread_and_agreement_but_no_takers():
    campaign = made()
    for value in (1, 1, 1, 5, 5, 5):
        answered(campaign, value)
    state.records().campaigns.close(campaign.id, Role.EDITOR, NOW)
    page = opened()
    shown = words(page)
    assert "6 takers: half give 75 of 125 points or more, from 25 to 125. They disagree most on 1.1, 1.2, 1.3." in shown
    table = next(one.value for one in page.dataframe if "A (−1 to 1)" in one.value.columns)
    assert set(table["Agreement"]) == {"split"}
    assert "Takers" not in [one.value for one in page.subheader]


def test_under_five_ratings_the_dots_speak_without_an_index():
    campaign = made(anonymous=False)
    for value, name in ((2, "Ana"), (4, "Ben")):
        answered(campaign, value, name)
    shown = words(opened())
    assert "Agreement is told from 5 ratings on" in shown
    assert "2 takers: half give 75 of 125 points or more, from 50 to 100." in shown


def test_a_named_campaign_lists_its_takers():
    campaign = made(anonymous=False)
    answered(campaign, 3, "Ana Ruiz")
    table = next(one.value for one in opened().dataframe if "Name" in one.value.columns)
    assert list(table["Name"]) == ["Ana Ruiz"]
    assert list(table["Score"]) == [75]


def test_two_campaigns_of_one_company_stand_beside_each_other():
    for offset, value in ((0, 2), (200, 3)):
        campaign = made(title=f"After {offset} days", opens_at=NOW + timedelta(days=offset))
        for _ in range(5):
            audits, ids = state.records().audits, [one.id for one in state.instrument().statements]
            when = NOW + timedelta(days=offset)
            token = audits.begin("", "", when, campaign=campaign.code)
            for number in ids:
                audits.answer(token, number, value, when)
            audits.submit(token, ids, when)
        state.records().campaigns.close(campaign.id, Role.EDITOR, NOW + timedelta(days=offset + 1))
    page = opened()
    table = next(one.value for one in page.dataframe if "n then" in one.value.columns)
    assert list(table.iloc[0]) == ["Overall", 50, 5, 75, 5]


def test_closing_is_one_press_and_for_good():
    campaign = made()
    page = pressed(opened(), "Close now")
    assert state.records().campaigns.get(campaign.id).closed_at is not None
    assert "Close now" not in [one.label for one in page.button]


def test_deleting_asks_first():
    made()
    page = opened()
    (button,) = [one for one in page.button if one.label == "Delete the campaign"]
    assert button.disabled
    next(one for one in page.checkbox if one.label == "I want all of it gone").check().run()
    pressed(page, "Delete the campaign")
    assert not state.records().campaigns.all()


def test_texts_to_send_are_in_the_campaigns_language_and_hold_the_link():
    from amp.languages import words as language

    campaign = made(language="de", closes_at=NOW + timedelta(days=4000))
    codes = [one.value for one in opened().code]
    asked = language("de")("No name, address or time is kept with your answers.")
    assert any(asked in text and campaign.code in text for text in codes)


def test_a_campaign_that_is_not_here_leads_to_the_newest():
    made(title="The only one")
    page = opened(campaign="99999")
    assert not page.exception
    assert "The only one" in words(page)


@pytest.fixture
def _viewer(monkeypatch):
    from amp.ui.access import Visit

    monkeypatch.setattr("amp.ui.access.visit", lambda: Visit(Role.VIEWER, signed_in=True))


@pytest.mark.usefixtures("_viewer")
def test_a_viewer_reads_and_changes_nothing():
    made()
    page = opened()
    assert not page.exception
    assert {"Make the campaign", "Close now"}.isdisjoint(one.label for one in page.button)
