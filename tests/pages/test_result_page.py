"""The result's page: right for its taker, open to the team, closed to everybody else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.errors import NotFound
from amp.ui import state

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "assess" / "result.py")
NOW = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_process():
    state.forget()
    yield
    state.forget()


def submitted(value=3, company="", **better):
    instrument, audits = state.instrument(), state.records().audits
    token = audits.begin(instrument.id, instrument.version, NOW)
    for statement in instrument.statements:
        audits.answer(token, statement.id, better.get(statement.id, value), NOW)
    audits.set_details(token, company=company, industry="Construction", industry_other="", now=NOW)
    audits.submit(token, [statement.id for statement in instrument.statements], NOW)
    return token


def opened(**query):
    page = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def words(page):
    return " ".join(str(one.value) for one in [*page.markdown, *page.text, *page.header, *page.get("html")])


def test_the_taker_sees_score_band_and_distance_in_one_sentence():
    page = opened(t=submitted(**{"1.1": 5}))
    assert not page.exception
    assert page.text[0].value == "You score 77 of 125 points: Reactive, 8 points short of Engaged."


@pytest.mark.parametrize(
    ("value", "said"), [(5, "125 of 125 points: AMP Centric, the highest band."), (1, "25 of 125 points: Non-Existent")]
)
def test_the_ends_of_the_scale_have_their_sentence(value, said):
    assert said in opened(t=submitted(value)).text[0].value


def test_every_category_has_its_total_and_band_in_words():
    shown = words(opened(t=submitted(3)))
    assert shown.count("15 of 25 · Average") == 5
    assert shown.count("5 points to Excellent") == 5


def test_a_companys_name_is_shown_letter_by_letter():
    page = opened(t=submitted(company="*Steel* <b>"))
    assert page.text[0].value.startswith("*Steel* <b> scores 75 of 125")
    assert "Steel" not in "".join(str(one.value) for one in page.get("html"))


def test_an_unsubmitted_audit_leads_back_to_itself():
    instrument = state.instrument()
    page = opened(t=state.records().audits.begin(instrument.id, instrument.version, NOW))
    assert "not submitted yet" in words(page)
    assert not page.header


def test_an_unknown_link_shows_no_result():
    page = opened(t="tampered")
    assert "There is no audit behind this link." in words(page)
    assert not page.header


def test_the_team_opens_a_result_by_its_number_and_cannot_delete_it():
    submitted(company="Nordic Steel")
    page = opened(audit=str(state.records().audits.submissions()[0].id))
    assert page.text[0].value.startswith("Nordic Steel scores 75 of 125")
    assert "Delete for good" not in [button.label for button in page.button]


@pytest.mark.parametrize("number", ["0", "x", "1 or 1=1"])
def test_a_number_of_no_submission_shows_no_result(number):
    submitted()
    page = opened(audit=number)
    assert "There is no result to show here." in words(page)


@pytest.fixture
def _behind_a_passcode(monkeypatch):
    monkeypatch.setenv("AMP_AUTH", "passcode")
    monkeypatch.setenv("AMP_ADMIN_PASSCODE", "a passcode of ours")
    monkeypatch.setattr("amp.ui.access._tokens", list)  # AppTest has no cookies to ask for


@pytest.mark.usefixtures("_behind_a_passcode")
def test_a_guest_opens_no_result_by_number():
    submitted()
    page = opened(audit=str(state.records().audits.submissions()[0].id))
    assert "There is no result to show here." in words(page)
    assert not page.header


@pytest.mark.usefixtures("_behind_a_passcode")
def test_a_guest_opens_the_own_result_by_its_link():
    assert opened(t=submitted()).text[0].value.startswith("You score 75 of 125")


def test_deleting_removes_the_audit(monkeypatch):
    left = []
    monkeypatch.setattr("amp.ui.audit_result.st.switch_page", lambda *_page, **_query: left.append("audit"))
    token = submitted()
    page = opened(t=token)
    (button,) = [button for button in page.button if button.label == "Delete for good"]
    button.click().run()
    with pytest.raises(NotFound):
        state.records().audits.draft(token)
    assert left
