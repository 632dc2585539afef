"""Results across takers: every audit counted once, none shown that must not be, sample and real never mixed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.records.campaign_values import NewCampaign
from amp.ui import state

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "assess" / "audits.py")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_process():
    state.forget()
    yield
    state.forget()


def ids():
    return [one.id for one in state.instrument().statements]


def submitted(value, company="", industry="Construction", when=NOW):
    audits = state.records().audits
    token = audits.begin("amp-snapshot", "1.0", when)
    for number in ids():
        audits.answer(token, number, value, when)
    audits.set_details(token, company=company, industry=industry, industry_other="", now=when)
    audits.submit(token, ids(), when)


def anonymous(values):
    records = state.records()
    new = NewCampaign("Spring", "Steel", "Construction", "amp-snapshot", "1.0", NOW)
    campaign = records.campaigns.create(new, Role.EDITOR, NOW)
    for value in values:
        token = records.audits.begin("", "", NOW, campaign=campaign.code)
        for number in ids():
            records.audits.answer(token, number, value, NOW)
        records.audits.submit(token, ids(), NOW)
    return campaign


def opened():
    return AppTest.from_file(PAGE, default_timeout=30).run()


def words(page):
    shown = [*page.markdown, *page.text, *page.caption, *page.header]
    return " ".join(str(one.value) for one in shown)


def table(page, column):
    return next(one.value for one in page.dataframe if column in one.value.columns)


def test_an_empty_workspace_offers_a_way_on():
    page = opened()
    assert not page.exception
    assert "No audit has been submitted yet." in words(page)


def test_audits_are_spread_over_bands_statements_and_quarters():
    for value, company, month in ((1, "A", 1), (3, "B", 4), (3, "C", 4), (5, "D", 8)):
        submitted(value, company, when=NOW.replace(month=month))
    page = opened()
    assert not page.exception
    assert "4 audits; 4 named companies took it so far; half of the audits score 75 points or more." in words(page)
    assert list(table(page, "Audits")["Audits"]) == [1, 0, 2, 0, 1]
    first = table(page, "Agreement A").iloc[0]
    assert (first["n"], first["1 Never"], first["3 Usually"], first["Median"]) == (4, 1, 2, 3)
    assert first["Agreement"] == "fewer than 5 ratings"
    assert list(table(page, "Quarter")["Median total"]) == [25, 75, 125]


def test_an_industry_is_building_under_five_companies_and_unnamed_audits_are_no_companies():
    for number in range(4):
        submitted(3, f"Company {number}")
    submitted(3)
    row = table(opened(), "Median score").iloc[0]
    assert (row["Industry"], row["Companies"], row["Median score"]) == ("Construction", 4, "building")


def test_anonymous_audits_are_counted_once_their_campaign_is_closed_and_never_listed():
    submitted(3, "A")
    campaign = anonymous([4] * 5)
    assert "1 audit;" in words(opened())
    state.records().campaigns.close(campaign.id, Role.EDITOR, NOW)
    page = opened()
    assert "6 audits;" in words(page)
    assert "5 anonymous audits of closed campaigns are counted above" in words(page)
    assert list(table(page, "Submitted")["Company"]) == ["A"]


def test_an_audit_of_an_instrument_that_is_not_kept_leaves_the_others_readable():
    submitted(3, "A")
    audits = state.records().audits
    token = audits.begin("somebody-elses", "9", NOW)
    audits.set_details(token, company="Lost", industry="Construction", industry_other="", now=NOW)
    audits.submit(token, [], NOW)
    page = opened()
    assert not page.exception
    assert list(table(page, "Submitted")["Company"]) == ["A"]


def test_choosing_an_industry_narrows_everything():
    submitted(1, "A", "Construction")
    submitted(5, "B", "Transportation")
    page = opened()
    page.selectbox(key="audits-industry").set_value("Transportation").run()
    assert "1 audit;" in words(page)
    assert list(table(page, "Submitted")["Company"]) == ["B"]


def test_the_samples_audits_and_real_ones_are_never_mixed():
    sample = SubmittedAudit("amp-snapshot", "1.0", "Invented", "Construction", "", dict.fromkeys(ids(), 5), NOW)
    state.records().audits.add_sample([sample], Role.EDITOR)
    assert list(table(opened(), "Submitted")["Company"]) == ["Invented"]
    submitted(3, "Real")
    page = opened()
    assert list(table(page, "Submitted")["Company"]) == ["Real"]
    next(one for one in page.button_group if one.key == "audits-kind").set_value(True).run()
    assert list(table(page, "Submitted")["Company"]) == ["Invented"]
