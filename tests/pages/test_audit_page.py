"""Taking the audit on its page: nothing preselected, every tap stored, nothing submitted half done."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.ui import state

PROJECT = Path(__file__).resolve().parents[2]
PAGE = str(PROJECT / "pages" / "assess" / "audit.py")


@pytest.fixture(autouse=True)
def _fresh_process():
    state.forget()
    yield
    state.forget()


@pytest.fixture
def page():
    return AppTest.from_file(PAGE, default_timeout=20).run()


def ratings(page):
    groups = (group for group in page.button_group if str(group.key).startswith("audit-rate-"))
    return {str(group.key).removeprefix("audit-rate-"): group for group in groups}


def rate(page, statement_id, value):
    ratings(page)[statement_id].set_value(value)
    return page.run()


def press(page, key):
    return page.button(key=key).click().run()


def rate_all(page, value=3, leave_out=()):
    for number in range(5):
        for statement_id, group in ratings(page).items():
            if statement_id not in leave_out:
                group.set_value(value)
        press(page, "audit-on")
        assert number == 4 or ratings(page)
    return page


def token(page):
    given = page.query_params["t"]
    return given if isinstance(given, str) else given[-1]


def stored(page):
    return dict(state.records().audits.draft(token(page)).answers)


def words(page):
    return " ".join(str(one.value) for one in [*page.markdown, *page.text, *page.error, *page.caption, *page.info])


def progress(page):
    return page.get("progress")[0].proto.text


def test_a_visitor_sees_the_first_five_statements_with_nothing_preselected(page):
    assert not page.exception
    assert list(ratings(page)) == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert [group.value for group in ratings(page).values()] == [None] * 5
    assert "25 statements in 5 steps" in words(page)
    assert progress(page) == "Statement 1 of 25 · category 1 of 5 · nothing answered yet"


def test_the_label_of_a_control_is_its_statement_and_each_answer_has_its_word(page):
    first = ratings(page)["1.5"].proto
    assert first.label == "Customer feedback is reviewed, and we act on it."
    said = [option.content for option in first.options]
    assert said[0] == "1 :small[Never]"
    assert said[4] == "5 :small[Always]"


def test_a_plain_visit_leaves_nothing_behind(page):
    assert "t" not in page.query_params
    with state.records()._database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from audits").scalar() == 0


def test_the_first_tap_is_stored_and_the_address_becomes_the_way_back(page):
    rate(page, "1.2", 4)
    assert stored(page) == {"1.2": 4}
    assert "1 answered, all saved" in progress(page)
    assert "private link" in words(page)


def test_a_changed_mind_is_stored(page):
    rate(page, "1.2", 4)
    rate(page, "1.2", 1)
    assert stored(page) == {"1.2": 1}


def test_several_taps_that_arrive_together_are_all_stored(page):
    for statement_id, value in (("1.1", 1), ("1.2", 2), ("1.5", 5)):
        ratings(page)[statement_id].set_value(value)
    press(page, "audit-on")
    assert stored(page) == {"1.1": 1, "1.2": 2, "1.5": 5}
    assert progress(page).startswith("Statement 6 of 25 · category 2 of 5")


def test_going_back_shows_what_was_answered(page):
    rate(page, "1.3", 2)
    press(page, "audit-on")
    press(page, "audit-back")
    assert ratings(page)["1.3"].value == 2
    assert ratings(page)["1.1"].value is None


def test_another_device_goes_on_where_the_first_stopped(page):
    for statement_id in list(ratings(page)):
        rate(page, statement_id, 5)
    other = AppTest.from_file(PAGE, default_timeout=20)
    other.query_params["t"] = token(page)
    other.run()
    assert progress(other).startswith("Statement 6 of 25 · category 2 of 5 · 5 answered")
    rate(other, "2.1", 1)
    assert stored(page)["2.1"] == 1


def test_an_older_tab_does_not_undo_what_another_device_answered_later(page):
    rate(page, "1.1", 2)
    state.records().audits.answer(token(page), "1.1", 5, state.records().audits.draft(token(page)).changed_at)
    rate(page, "1.2", 3)
    assert stored(page) == {"1.1": 5, "1.2": 3}


def test_an_unknown_link_is_told_with_a_way_on():
    page = AppTest.from_file(PAGE, default_timeout=20)
    page.query_params["t"] = "tampered"
    page.run()
    assert "no audit behind this link" in words(page)
    (begin,) = [button for button in page.button if button.label == "Begin a new audit"]
    begin.click().run()
    assert "t" not in page.query_params
    assert len(ratings(page)) == 5


def test_the_review_lists_what_is_unanswered_and_jumps_to_it(page):
    rate_all(page, leave_out=("2.4", "5.1"))
    jumps = [button for button in page.button if str(button.key).startswith("audit-go-")]
    assert [button.label[:3] for button in jumps] == ["2.4", "5.1"]
    assert page.button(key="audit-submit").disabled
    assert "Before you can submit: answer 2 more, choose your industry." in words(page)
    jumps[0].click().run()
    assert "2.4" in ratings(page)


def test_submitting_waits_for_the_industry_and_for_its_name_under_other(page):
    rate_all(page)
    assert "All 25 statements are answered" in words(page)
    assert page.button(key="audit-submit").disabled
    page.selectbox(key="audit-industry").set_value("Other").run()
    assert "say which industry it is" in words(page)
    assert page.button(key="audit-submit").disabled
    page.text_input(key="audit-industry-other").set_value("Shipping").run()
    assert not page.button(key="audit-submit").disabled
    assert "Before you can submit" not in words(page)


def test_industry_and_company_are_stored_as_they_are_given(page):
    rate_all(page)
    page.selectbox(key="audit-industry").set_value("Other").run()
    page.text_input(key="audit-industry-other").set_value("Shipping").run()
    page.text_input(key="audit-company").set_value("Nordic *Steel*").run()
    page.selectbox(key="audit-industry").set_value("Construction").run()
    draft = state.records().audits.draft(token(page))
    assert (draft.company, draft.industry, draft.industry_other) == ("Nordic *Steel*", "Construction", "")


def test_submitting_closes_the_audit(page, monkeypatch):
    left = []
    monkeypatch.setattr("amp.ui.audit.st.switch_page", lambda _page, query_params: left.append(query_params))
    rate_all(page, value=4)
    page.selectbox(key="audit-industry").set_value("Construction").run()
    link = token(page)
    press(page, "audit-submit")
    (submitted,) = state.records().audits.submissions()
    assert (submitted.industry, set(submitted.answers.values()), len(submitted.answers)) == ("Construction", {4}, 25)
    assert left == [{"t": link}], "the taker goes on to the result"


def test_an_answer_that_could_not_be_stored_is_told_and_stored_later(page, monkeypatch):
    from amp.errors import AmpError

    rate(page, "1.1", 2)

    def refuse(*_given):
        raise AmpError("The disk is full, so this was not saved.", "Free some disk space.")

    with monkeypatch.context() as patch:
        patch.setattr(state.records().audits, "answer", refuse)
        rate(page, "1.2", 4)
    assert "not saved yet. The disk is full" in words(page)
    assert stored(page) == {"1.1": 2}
    press(page, "audit-again")
    assert stored(page) == {"1.1": 2, "1.2": 4}
    assert "not saved yet" not in words(page)
