"""The vendors' layouts, written here as they write them, and the real exports in ../shared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from amp.errors import ImportRefused
from amp.imports import Mapping, RawSurvey, check, load, open_file, propose

EXPORTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "exports"
needs_exports = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the folder of real exports is not beside the project")


def opened(content: str) -> RawSurvey:
    return open_file(content.encode(), "file.csv", max_mb=50)


def real(name: str) -> tuple[RawSurvey, Mapping]:
    survey = open_file(EXPORTS / name, max_mb=50)
    return survey, propose(survey)


def roles(mapping: Mapping) -> Counter[str]:
    return Counter(column.role for column in mapping.columns)


QUALTRICS_IDS = (
    '"{""ImportId"":""endDate"",""timeZone"":""America/Denver""}",'
    '"{""ImportId"":""status""}","{""ImportId"":""_recordId""}"'
)


def qualtrics(*rows: str, ids: str = QUALTRICS_IDS, last: str = '"{""ImportId"":""QID1""}"') -> str:
    heads = [
        "EndDate,Status,ResponseId,Q1",
        "End Date,Response Type,Response ID,How satisfied are you with our service?",
    ]
    return "\n".join([*heads, f"{ids},{last}", *rows]) + "\n"


def test_qualtrics_is_known_by_its_third_row() -> None:
    survey = opened(qualtrics("2026-01-01 10:00:00,IP Address,R_1,Satisfied"))
    assert (survey.label, survey.evidence) == ("Qualtrics", "Row 3 holds Qualtrics' ImportId codes.")
    assert survey.columns[3].wording == "How satisfied are you with our service?"
    assert survey.columns[0].time_zone == "America/Denver"


def test_qualtrics_of_2016_wrote_its_codes_in_single_quotes() -> None:
    ids = "{'ImportId': 'endDate'},{'ImportId': 'status'},{'ImportId': '_recordId'}"
    survey = opened(qualtrics("2016-01-01 10:00:00,0,R_1,Satisfied", ids=ids, last="{'ImportId': 'QID1'}"))
    assert survey.label == "Qualtrics"
    assert len(survey.cells) == 1


@pytest.mark.parametrize(
    "status", ["Survey Preview", "1", "2", "8", "9", "17", "Spam", "Umfragevorschau", "Survey Test"]
)
def test_qualtrics_previews_tests_and_spam_are_dropped_and_counted(status: str) -> None:
    survey = opened(qualtrics("2026-01-01 10:00:00,0,R_1,Satisfied", f"2026-01-01 10:00:00,{status},R_2,Satisfied"))
    assert survey.cells[2].tolist() == ["R_1"]
    assert survey.dropped == ("1 preview, test or spam response was dropped.",)
    assert survey.rows_read == 2


@pytest.mark.parametrize("status", ["IP Address", "0", "4", "16", "Imported", "IP-Adresse"])
def test_qualtrics_responses_that_came_in_otherwise_are_kept(status: str) -> None:
    survey = opened(qualtrics(f"2026-01-01 10:00:00,{status},R_1,Satisfied"))
    assert (len(survey.cells), survey.dropped) == (1, ())


def test_a_qualtrics_file_of_previews_only_is_refused() -> None:
    with pytest.raises(ImportRefused, match="previews"):
        opened(qualtrics("2026-01-01 10:00:00,Survey Preview,R_1,Satisfied"))


def test_qualtrics_without_the_row_of_codes_is_known_by_its_headings() -> None:
    head = "StartDate,EndDate,Status,ResponseId,RecordedDate,QID50\n"
    survey = opened(head + "2026-01-01 10:00:00,2026-01-01 10:01:00,0,R_1,2026-01-01 10:01:00,4\n")
    assert (survey.label, len(survey.cells)) == ("Qualtrics", 1)


def test_qualtrics_timers_and_browsers_are_left_out() -> None:
    head = "StartDate,EndDate,Status,ResponseId,RecordedDate,Q1_First Click,Q1_Page Submit,meta_Browser,Q2\n"
    row = (
        "2026-01-01 10:00:00,2026-01-01 10:01:00,0,R_1,2026-01-01 10:01:00,1.5,2.5,Chrome,It is fine and we are glad\n"
    )
    mapping = propose(opened(head + row))
    assert [column.role for column in mapping.columns[5:8]] == ["ignore"] * 3
    assert "timer" in mapping.columns[5].reason


SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,"
    "Which products do you use?,,,How satisfied are you with each?,,Comments\n"
    ",,,,Pumps,Valves,Other (please specify),Delivery,Price,Open-Ended Response\n"
    "114,9,01/02/2026 10:00:00,01/02/2026 10:05:00,Pumps,,Hoses,Very satisfied,Satisfied,Good\n"
    "115,9,01/13/2026 10:00:00,01/13/2026 10:05:00,Pumps,Valves,,Dissatisfied,Very dissatisfied,\n"
)


def test_surveymonkey_questions_continue_over_blank_headings() -> None:
    survey = opened(SURVEYMONKEY)
    assert [column.layout for column in survey.columns[4:]] == [
        "multi",
        "multi",
        "other_text",
        "matrix",
        "matrix",
        "single",
    ]
    assert survey.columns[8].question == "How satisfied are you with each? – Price"
    assert survey.columns[9].question == "Comments"


def test_options_of_one_question_become_one_question(tmp_path: Path) -> None:
    survey = opened(SURVEYMONKEY)
    dataset = load(survey, propose(survey), tmp_path, "t")
    answers, questions = tables(tmp_path / dataset.id)
    used = questions[questions["wording"] == "Which products do you use?"]["question_id"].item()
    ticked = answers[answers["question_id"] == used]
    assert sorted(zip(ticked["response_id"], ticked["label"], strict=True)) == [
        ("114", "Pumps"),
        ("115", "Pumps"),
        ("115", "Valves"),
    ]


def tables(folder: Path):
    import pandas as pd

    return pd.read_parquet(folder / "answers.parquet"), pd.read_parquet(folder / "questions.parquet")


def test_surveymonkey_headings_lose_their_tags() -> None:
    survey = opened("RespondentID,<p>Do you <b>like</b> it?</p>\n,Response\n1,Yes\n2,No\n")
    assert survey.columns[1].wording == "Do you like it?"


@pytest.mark.parametrize(
    "word", ["Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "タイムスタンプ", "Отметка времени"]
)
def test_google_forms_is_known_in_every_language(word: str) -> None:
    survey = opened(f"{word},How are we?,Rate [Delivery],Rate [Price]\n2026/02/01 10:00:00 AM GMT+1,good,4,5\n")
    assert survey.label == "Google Forms"
    assert [column.choice for column in survey.columns[2:]] == ["Delivery", "Price"]


def test_a_plain_table_may_stand_under_a_title() -> None:
    survey = opened("Survey of spring\nExported on Monday\nName,Score,Comment\nAnn,4,good\nBob,5,fine\nCid,3,bad\n")
    assert [column.heading for column in survey.columns] == ["Name", "Score", "Comment"]
    assert any("2 rows above the headings" in sentence for sentence in survey.repaired)


def test_a_table_without_headings_gets_numbers() -> None:
    survey = opened("1,2,3\n4,5,6\n7,8,9\n")
    assert [column.heading for column in survey.columns] == ["Column 1", "Column 2", "Column 3"]
    assert len(survey.cells) == 3


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Team,Total,Asian,White\nCardinals,12,40%,60%\nFalcons,14,50%,50%\nGrand Total,26,45%,55%\n", "cross-tab"),
        (
            "Q1. How are we?,,\nAnswer Choices,Responses,\nGood,60%,6\nBad,40%,4\nAnswered,10,\nSkipped,0,\n",
            "SurveyMonkey summary",
        ),
        ("#,Answer,%,Count\n1,Yes,60%,6\n2,No,40%,4\n", "Qualtrics report"),
        ("Word,Count\ndelivery,14\nprice,9\n", "coded words"),
        ("Variable,Value,Label\nq1,1,Yes\nq1,2,No\n", "code book"),
    ],
)
def test_what_is_no_table_of_responses_is_refused_by_name(content: str, what: str) -> None:
    with pytest.raises(ImportRefused, match=what):
        opened(content)


@needs_exports
def test_the_nfl_cross_tab_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"cross-tab.*Grand Total"):
        real("sm_538/NFL_fandom_data-surveymonkey.csv")


@needs_exports
@pytest.mark.parametrize(
    ("name", "label", "respondents", "columns"),
    [
        ("qualtrics_german/sample.csv", "Qualtrics", 1, 20),
        ("qualtrics_german/sample_legacy.csv", "Qualtrics", 1, 15),
        ("qualtrics_voting/0723qualtrics.csv", "Qualtrics", 12, 204),
        ("sm_538/StarWars.csv", "SurveyMonkey", 1186, 38),
        ("sm_538/steak-risk-survey.csv", "SurveyMonkey", 550, 15),
        ("sm_538/thanksgiving-2015-poll-data.csv", "SurveyMonkey", 1058, 65),
        ("sm_personality/Sheet_1.xls", "SurveyMonkey", 61, 40),
        ("gforms_student/student-mental-health.csv", "Google Forms", 101, 11),
        ("lime_automotive/results-survey.csv", "plain table", 45, 38),
        ("lime_automotive/results-survey.xlsx", "plain table", 45, 38),
        ("lime_twins/results_english.csv", "plain table", 96, 317),
        ("typeform_blink/typeform_responses.csv", "plain table", 8, 48),
    ],
)
def test_real_exports_have_their_respondents_and_load(
    name: str, label: str, respondents: int, columns: int, tmp_path: Path
) -> None:
    survey, mapping = real(name)
    assert (survey.label, len(survey.cells), len(survey.columns)) == (label, respondents, columns)
    assert mapping.kind == "survey"
    assert not [one for one in check(survey, mapping) if one.severity == "problem"]
    assert load(survey, mapping, tmp_path, name).rows == respondents


@needs_exports
def test_star_wars_has_its_questions_and_scales() -> None:
    _, mapping = real("sm_538/StarWars.csv")
    assert roles(mapping) == Counter(rating=14, number=6, choice=16, response_id=1, region=1)
    yoda = next(column for column in mapping.columns if column.attribute == "Yoda")
    assert (yoda.scale_low, yoda.scale_high, yoda.dont_know) == (1, 5, ("Unfamiliar (N/A)",))
    assert len({column.group for column in mapping.columns if column.group}) == 1


@needs_exports
def test_the_voting_survey_has_its_scales_in_spite_of_slips_of_the_pen() -> None:
    _, mapping = real("qualtrics_voting/0723qualtrics.csv")
    fair = [column for column in mapping.columns if column.name.startswith("legitimacy_") and column.role == "rating"]
    assert {(column.scale_low, column.scale_high) for column in fair} == {(1, 5)}
    assert len(fair) == 8
    assert fair[0].labels["stronlgy disagree"] == 1
    assert all(column.role == "ignore" for column in mapping.columns if "_t_" in column.name)


@needs_exports
def test_the_student_survey_is_read_day_first() -> None:
    survey, mapping = real("gforms_student/student-mental-health.csv")
    assert mapping.wave == "2020"
    assert any("day first" in one.sentence for one in check(survey, mapping))


@needs_exports
def test_the_personality_test_is_on_seven_points() -> None:
    _, mapping = real("sm_personality/Sheet_1.xls")
    rated = [column for column in mapping.columns if column.role == "rating"]
    assert len(rated) == 31
    assert {(column.scale_low, column.scale_high) for column in rated} == {(1, 7)}
