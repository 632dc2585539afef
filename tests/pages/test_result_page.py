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
    shown = [*page.markdown, *page.text, *page.header, *page.caption, *page.get("html")]
    return " ".join(str(one.value) for one in shown)


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


@pytest.mark.parametrize(
    ("number", "said"),
    [("0", "no submitted audit of this number"), ("x", "no result to show"), ("1 or 1=1", "no result to show")],
)
def test_a_number_of_no_submission_shows_no_result(number, said):
    submitted()
    page = opened(audit=number)
    assert said in words(page)


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
    monkeypatch.setattr("amp.ui.audit_takeaway.st.switch_page", lambda *_page, **_query: left.append("audit"))
    token = submitted()
    page = opened(t=token)
    (button,) = [button for button in page.button if button.label == "Delete for good"]
    button.click().run()
    with pytest.raises(NotFound):
        state.records().audits.draft(token)
    assert left


def pressed(page, label):
    (button,) = [button for button in page.button if button.label == label]
    return button.click().run()


def test_the_quickest_gains_say_how_far_to_raise_what_and_whether_that_is_enough():
    shown = words(opened(t=submitted(3, **{"2.2": 1})))
    assert "2.2: from 1 to 5" in shown
    assert "and that reaches Engaged." not in shown
    assert "of the 12 points it takes to reach Engaged" in shown


def test_every_rated_statement_opens_its_own_advice():
    page = opened(t=submitted(3, **{"1.1": 1, "5.5": 5}))
    labels = [one.label for one in page.expander]
    assert sum(label.startswith("**3 Usually**") for label in labels) == 23
    assert [label[:19] for label in labels if label.startswith("**1 Never")] == ["**1 Never** · 1.1 W"]
    assert "Gaps (1)" in [one.value for one in page.subheader]


def test_the_sums_are_added_up_before_the_readers_eyes():
    shown = words(opened(t=submitted(3, **{"1.1": 5})))
    assert "5 + 3 + 3 + 3 + 3 = 17" in shown
    assert "version 1.0; submitted on 1 March 2025 (UTC)" in shown


def test_no_peers_are_invented():
    assert words(opened(t=submitted())).count("building. 0 of the 5 companies") == 4


def test_the_sample_companys_audits_are_no_peers_of_a_real_one():
    from amp.records.access import Role
    from amp.records.audits import SubmittedAudit

    ids = [statement.id for statement in state.instrument().statements]
    invented = [
        SubmittedAudit("amp-snapshot", "1.0", f"Invented {n}", "Construction", "", dict.fromkeys(ids, 5), NOW)
        for n in range(6)
    ]
    state.records().audits.add_sample(invented, Role.EDITOR)
    assert "building. 0 of the 5 companies" in words(opened(t=submitted(company="Real Steel")))
    number = state.records().audits.submissions()[0].id
    assert "median 125 points, n = 5 companies" in words(opened(audit=str(number)))


def test_peers_are_told_with_median_n_date_and_rank():
    for n in range(5):
        submitted(1 + n, company=f"Company {n}")
    shown = words(opened(t=submitted(3, company="Ours")))
    assert "Construction: median 75 points, n = 5 companies, newest of 1 March 2025; rank 3 of 6." in shown


def test_the_page_speaks_the_language_of_its_address():
    from amp.languages import words as language

    page = opened(t=submitted(), lang="de")
    assert page.title[0].value == language("de")("Audit result")


def test_a_plan_is_saved_as_it_is_filled_in():
    token = submitted()
    page = opened(t=token)
    page.multiselect(key="steps-statements").set_value(["1.2", "3.4"]).run()
    page.text_input(key="steps-owner-1.2").set_value("  Ana   Ruiz ").run()
    kept = {step.statement_id: step for step in state.records().plans.of(token)}
    assert (set(kept), kept["1.2"].owner) == ({"1.2", "3.4"}, "Ana Ruiz")
    assert "The plan is saved." in words(opened(t=token))


def test_the_team_sees_a_plan_and_cannot_change_it():
    from amp.records.plans import PlanStep

    state.records().plans.keep(submitted(), [PlanStep("1.2", 1, 3, "Ana <b>Ruiz</b>")])
    page = opened(audit=str(state.records().audits.submissions()[0].id))
    assert "Effort small, impact large, owner Ana <b>Ruiz</b>, until open" in words(page)
    assert not page.multiselect


def test_a_retake_stands_beside_what_it_repeats(monkeypatch):
    from amp.records.plans import PlanStep

    left = []
    monkeypatch.setattr("amp.ui.audit_takeaway.st.switch_page", lambda _page, query_params: left.append(query_params))
    first = submitted(3)
    state.records().plans.keep(first, [PlanStep("1.2")])
    pressed(opened(t=first), "Take the audit again")
    again, audits, instrument = left[0]["t"], state.records().audits, state.instrument()
    for statement in instrument.statements:
        audits.answer(again, statement.id, 4 if statement.id == "1.2" else 3, NOW)
    audits.submit(again, [statement.id for statement in instrument.statements], NOW)
    shown = words(opened(t=again))
    assert "Up by 1 point since 1 March 2025, from 75 to 76." in shown
    assert "1.2: 3 then, 4 now" in shown


def test_an_incomplete_audit_has_no_total_and_says_between_what_it_would_lie():
    from amp.records.access import Role
    from amp.records.campaign_values import NewCampaign

    instrument, records = state.instrument(), state.records()
    made = NewCampaign("Spring", "Steel", "Construction", instrument.id, instrument.version, NOW, not_sure=True,
                       thanks="Thank you *all*")  # fmt: skip
    token = records.audits.begin("", "", NOW, campaign=records.campaigns.create(made, Role.EDITOR, NOW).code)
    for statement in instrument.statements:
        records.audits.answer(token, statement.id, None if statement.id == "2.1" else 3, NOW)
    records.audits.submit(token, [statement.id for statement in instrument.statements], NOW)
    page = opened(t=token)
    assert not page.exception
    shown = words(page)
    assert "Between 73 and 77 of 125 points: 1 statement is not rated, so there is no total." in shown
    assert "incomplete: 1 statement is not rated" in shown
    assert "anonymous, so no day is kept" in shown
    assert "Thank you *all*" in [one.value for one in page.text]
    assert "keeps no names" in words(page.multiselect(key="steps-statements").set_value(["1.2"]).run())


def test_evidence_is_for_the_team_and_for_our_own_audit_only():
    from amp.records.access import Role

    token = submitted()
    (audit,) = state.records().audits.submissions()
    assert "an editor can say so" in words(opened(audit=str(audit.id)))
    state.records().about.set_own_audits([audit.id], Role.EDITOR)
    assert "No data are loaded yet" in words(opened(t=token))


@pytest.mark.usefixtures("_behind_a_passcode")
def test_a_guest_sees_no_evidence():
    assert "Claimed against evidenced" not in words(opened(t=submitted()))
