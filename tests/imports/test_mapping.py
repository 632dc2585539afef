"""What columns are taken for, and how a mapping is remembered."""

from __future__ import annotations

import pandas as pd
import pytest
from pydantic import ValidationError

from amp.imports import ColumnMapping, Mapping, RawSurvey, apply, open_file, propose
from amp.imports.dates import parse_dates
from amp.imports.wording import clean

WORDS = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"]


def survey_of(columns: dict[str, list[str]]) -> RawSurvey:
    rows = zip(*columns.values(), strict=True)
    quoted = [",".join(f'"{cell}"' for cell in line) for line in (columns, *rows)]
    return open_file("\n".join(quoted).encode(), "t.csv", max_mb=5)


def column(heading: str, values: list[str]) -> ColumnMapping:
    """The proposal for one column that stands beside a plain satisfaction question."""
    times = -(-20 // len(values))
    cells = (values * times)[:20]
    other = (WORDS * 4)[:20]
    return propose(survey_of({heading: cells, "How satisfied are you with the weather?": other})).columns[0]


@pytest.mark.parametrize(
    ("heading", "values", "role"),
    [
        ("How likely are you to recommend us to a colleague?", ["0", "7", "9", "10"], "recommend"),
        ("How likely are you to buy again (0 to 10)?", ["0", "7", "9", "10"], "rating"),
        ("Würden Sie uns weiterempfehlen?", ["3", "8", "10"], "recommend"),
        (
            "How important is delivery to you?",
            ["Very important", "Not at all important", "Moderately important"],
            "importance",
        ),
        (
            "Compared with Northwind, how is our service?",
            ["Superior", "Better", "Same", "Worse", "Failed"],
            "comparison",
        ),
        ("What could we do better?", [f"Please call back sooner, case {n}" for n in range(20)], "comment"),
        ("Which site do you use?", ["North", "South"], "choice"),
        ("What is your age?", ["34", "41", "29", "58", "63"], "number"),
        ("Job title", ["CEO", "Buyer"], "title"),
        ("What is your job title?", ["CEO", "Buyer"], "title"),
        ("Company", ["Acme", "Beta"], "account"),
        ("AccountID", ["A1", "A2"], "account_id"),
        ("customer_number", ["17", "18"], "account_id"),
        ("Contact", ["ann@a.example", "bob@b.example"], "name"),
        ("Where can we reach you?", ["ann@a.example", "bob@b.example"], "email"),
        ("IP Address", ["192.0.2.1", "192.0.2.2"], "ignore"),
        ("somewhere", ["192.0.2.1", "192.0.2.2"], "ignore"),
        ("Attention check: please select Satisfied", WORDS, "ignore"),
        ("Industry", ["Food", "Steel"], "industry"),
        ("Submitted at", ["2026-01-05 10:00", "2026-02-05 11:00"], "date"),
        ("Nothing", [""], "ignore"),
        ("Product", WORDS, "rating"),
    ],
)
def test_a_column_is_taken_for_what_it_is(heading: str, values: list[str], role: str) -> None:
    found = column(heading, values)
    assert found.role == role
    assert found.reason.endswith(".")
    assert 0.5 <= found.confidence <= 1


@pytest.mark.parametrize(
    ("question", "competitor", "subject", "attribute"),
    [
        ("Compared with Northwind, how is our service?", "Northwind", "service", "Service"),
        ("How do our products perform versus Acme & Co?", "Acme & Co", "product", "Products"),
        ("Wie ist unser Kundendienst im Vergleich zu Nordwind?", "Nordwind", "service", None),
    ],
)
def test_a_comparison_names_its_competitor(question: str, competitor: str, subject: str, attribute: str | None) -> None:
    found = column(question, ["Superior", "Better", "Same", "Worse"])
    assert (found.role, found.competitor, found.subject) == ("comparison", competitor, subject)
    assert (found.scale_low, found.scale_high) == (-2, 2)
    assert found.labels["Superior"] == 2
    assert attribute is None or found.attribute == attribute


def test_rows_of_a_comparison_may_be_the_competitors() -> None:
    stem = "Compared with the following competitors, how good is our company?"
    answers = ["Better", "Same", "Worse", "Better"]
    mapping = propose(survey_of({f"{stem} - Northwind": answers, f"{stem} - Contoso": answers[::-1]}))
    assert [one.competitor for one in mapping.columns] == ["Northwind", "Contoso"]
    assert {(one.scale_low, one.scale_high) for one in mapping.columns} == {(-1, 1)}


@pytest.mark.parametrize(
    "stem",
    [
        "How does Acme compare to each of these companies?",
        "Compared to others, how good are we?",
        "Are we better or worse than these suppliers?",
        "How do we compare with ...?",
        "How do we compare with:",
    ],
)
def test_a_pronoun_is_no_competitor_where_the_rows_name_them(stem: str) -> None:
    answers = ["Better", "Same", "Worse", "Better"]
    mapping = propose(survey_of({f"{stem} - Northwind": answers, f"{stem} - Contoso Logistics": answers[::-1]}))
    assert [one.competitor for one in mapping.columns] == ["Northwind", "Contoso Logistics"]


def test_a_row_that_names_an_aspect_is_no_competitor() -> None:
    stem = "How do we compare to our competitors?"
    answers = ["Better", "Same", "Worse", "Better"]
    mapping = propose(survey_of({f"{stem} - On-time delivery": answers, f"{stem} - Price": answers[::-1]}))
    assert {one.competitor for one in mapping.columns} == {"Our competitors"}
    assert [one.attribute for one in mapping.columns] == ["On-time delivery", "Price"]


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How likely are you to recommend our support team?", "service"),
        ("Would you recommend your account manager to others?", "service"),
        ("Would you recommend our company's products?", "product"),
        ("Would you recommend our webinar to a colleague?", "other"),
        ("Würden Sie unsere Produkte weiterempfehlen?", "product"),
        ("Würden Sie unser Unternehmen weiterempfehlen?", "company"),
        ("Would you recommend Acme as a company?", "company"),
        ("Would you recommend us to a colleague?", "company"),
        ("Would you recommend Acme to a friend?", "company"),
        ("Net Promoter Score", "company"),
    ],
)
def test_a_recommendation_is_of_what_the_question_names(question: str, subject: str) -> None:
    found = column(question, ["0", "7", "9", "10"])
    assert (found.role, found.subject) == ("recommend", subject)


@pytest.mark.parametrize("heading", ["CSAT", "Satisfaction Score", "How satisfied are you?", "Wie zufrieden sind Sie?"])
def test_satisfaction_with_nothing_named_is_with_the_company(heading: str) -> None:
    found = column(heading, ["1", "3", "4", "5"])
    assert (found.role, found.subject) == ("rating", "company")


@pytest.mark.parametrize(
    ("question", "attribute", "subject"),
    [
        ("How satisfied are you with the delivery time?", "Delivery time", "service"),
        ("How satisfied are you with our products overall?", "Products", "product"),
        ("Overall, how satisfied are you with us as a supplier?", "Us as a supplier", "company"),
        ("Please rate the reliability of the equipment.", "Reliability of the equipment", "product"),
        ("Wie zufrieden sind Sie mit der Beratung?", "Beratung", "service"),
        ("How satisfied are you with the weather?", "Weather", "other"),
    ],
)
def test_a_question_gets_a_short_name_and_a_subject(question: str, attribute: str, subject: str) -> None:
    found = column(question, WORDS)
    assert (found.attribute, found.subject) == (attribute, subject)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Any comments?", ["None so far", "Please call back", "All good", "Cheaper parts"]),
        ("Was können wir besser machen?", ["Schneller liefern", "Preise", "Nichts", "Mehr Beratung"]),
    ],
)
def test_an_open_question_stays_one_where_many_said_the_same(question: str, values: list[str]) -> None:
    assert column(question, values).role == "comment"
    assert column(question, ["Yes", "No"]).role == "choice"


def test_a_box_for_free_text_is_a_comment_unless_it_asks_for_a_name() -> None:
    monkey = "Respondent ID,Collector ID,What is it like?,Job title?\n,,Open-Ended Response,Open-Ended Response\n"
    raw = open_file((monkey + "1,9,Slow,CEO\n2,9,Slow,Buyer\n3,9,Fine,Buyer\n").encode(), "m.csv", max_mb=5)
    assert [one.role for one in propose(raw, kind="survey").columns[2:]] == ["comment", "title"]


@pytest.mark.parametrize(
    ("heading", "values", "role"),
    [
        ("Ticket", [f"R{n:03}" for n in range(20)], "ignore"),
        ("Share", [f"{n + 3} %" for n in range(20)], "choice"),
        ("Course", [f"Course{letter}" for letter in "abcdefghijklmnopqrst"], "choice"),
        ("Datum", [f"{n + 1}. März 2025" for n in range(20)], "date"),
        ("Datum", [f"in der {n}. Woche des Jahres" for n in range(20)], "ignore"),
    ],
)
def test_codes_shares_and_dates_are_no_comments(heading: str, values: list[str], role: str) -> None:
    assert column(heading, values).role == role


@pytest.mark.parametrize(
    ("question", "values", "ends"),
    [
        ("How likely are you to recommend us?", ["0", "1", "3", "4"], (0, 10)),
        ("Recommandiez-vous notre entreprise ?", ["0", "7", "9"], (0, 10)),
        ("Zou u ons aanbevelen aan een collega?", ["6", "8", "10"], (0, 10)),
        ("Would you recommend us (1-10)?", ["1", "8", "10"], (0, 10)),
    ],
)
def test_a_recommendation_is_known_by_its_zero_and_its_words(
    question: str, values: list[str], ends: tuple[int, int]
) -> None:
    found = column(question, values)
    assert (found.role, found.scale_low, found.scale_high) == ("recommend", *ends)
    assert column("Would you recommend us (0-5)?", ["0", "3", "5"]).role == "rating"
    assert column("I would recommend us", ["1", "3", "5"]).role == "rating"
    assert column("Recommended", ["0", "1"]).role != "recommend"


def test_a_comparison_in_numbers_around_zero_keeps_its_ends() -> None:
    found = column("Compared with Northwind, how is our service?", ["-2", "-1", "0", "1", "2"])
    assert (found.role, found.competitor, found.scale_low, found.scale_high) == ("comparison", "Northwind", -2, 2)


def test_a_heading_keeps_its_capital_e_with_a_circumflex() -> None:
    assert clean("Êtes-vous satisfait ?") == "Êtes-vous satisfait ?"
    assert clean("pleaseÊrank us?ÊHow") == "please rank us? How"


def test_rows_in_no_order_are_no_evidence_for_day_or_month_first() -> None:
    mixed = pd.Series(["03/04/2025", "01/09/2025", "02/01/2025", "11/05/2025", "04/12/2025", "06/07/2025"], dtype="str")
    assert "could be read day first or month first" in parse_dates(mixed).sentence


def test_names_and_addresses_are_flagged_as_personal() -> None:
    assert column("First name", ["Ann", "Bob"]).personal
    assert column("E-mail", ["ann@a.example", "bob@b.example"]).personal
    assert not column("Job title", ["CEO", "Buyer"]).personal


def test_the_rows_of_a_matrix_share_their_scale() -> None:
    stem = "How satisfied are you with each of these?"
    rows = {f"{stem} - Price": WORDS * 2, f"{stem} - Delivery": ["Satisfied", "Dissatisfied"] * 5}
    mapping = propose(survey_of(rows))
    assert mapping.columns[0].labels == mapping.columns[1].labels
    assert [one.attribute for one in mapping.columns] == ["Price", "Delivery"]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ({"Account": ["A", "B"], "Revenue 2025 (kEUR)": ["1.200", "300"], "Region": ["N", "S"]}, "accounts"),
        ({"Kundennummer": ["1", "2"], "Umsatz": ["1.200,50 €", "300,00 €"]}, "accounts"),
        ({"Name": ["Ann", "Bob"], "Title": ["CEO", "Buyer"], "Company": ["A", "B"]}, "contacts"),
        ({"Company": ["A", "B", "C"], "How satisfied are you?": WORDS[:3]}, "survey"),
        ({"Team": ["A", "B", "C"], "How satisfied do you think our customers are with us?": WORDS[:3]}, "employees"),
    ],
)
def test_the_kind_of_table_is_proposed(headings: dict[str, list[str]], kind: str) -> None:
    mapping = propose(survey_of(headings))
    assert mapping.kind == kind
    assert mapping.kind_reason.endswith(".")


def test_the_kind_can_be_chosen_by_hand() -> None:
    raw = survey_of({"Name": ["Ann", "Bob"], "Title": ["CEO", "Buyer"], "Company": ["A", "B"]})
    assert propose(raw, kind="survey").kind == "survey"


def test_the_wave_is_the_year_of_the_middle_answer() -> None:
    raw = survey_of({"Date": ["2024-12-31", "2025-03-01", "2025-03-02"], "How satisfied are you?": WORDS[:3]})
    assert propose(raw).wave == "2025"


def test_a_scale_needs_two_ends_in_order() -> None:
    with pytest.raises(ValidationError, match="both ends"):
        ColumnMapping(index=0, heading="Q", role="rating", scale_low=1)
    with pytest.raises(ValidationError, match="below"):
        ColumnMapping(index=0, heading="Q", role="rating", scale_low=5, scale_high=1)


FIRST = {
    "Company": ["A", "B", "C"],
    "How satisfied are you with Price?": WORDS[:3],
    "Why do you say so?": ["a b", "c d", "e"],
}


def test_a_mapping_survives_being_stored() -> None:
    mapping = propose(survey_of(FIRST))
    assert Mapping.model_validate_json(mapping.model_dump_json()) == mapping


def test_the_signature_does_not_depend_on_the_order_of_columns() -> None:
    moved = {heading: FIRST[heading] for heading in reversed(FIRST)}
    assert propose(survey_of(FIRST)).signature == propose(survey_of(moved)).signature
    assert propose(survey_of(FIRST)).signature != propose(survey_of({**FIRST, "More": ["1", "2", "3"]})).signature


def test_a_remembered_mapping_finds_its_columns_again() -> None:
    mapping = propose(survey_of(FIRST))
    edited = mapping.model_copy(
        update={
            "columns": (
                mapping.columns[0],
                mapping.columns[1].model_copy(update={"attribute": "Value"}),
                mapping.columns[2],
            )
        }
    )
    moved = {"New question": ["Yes", "No", "Yes"], **{heading: FIRST[heading] for heading in reversed(FIRST)}}
    del moved["Company"]
    applied = apply(edited, survey_of(moved))
    assert [one.heading for one in applied.columns] == list(moved)
    assert next(one for one in applied.columns if one.heading.startswith("How")).attribute == "Value"
    assert any("“New question”" in sentence for sentence in applied.drift)
    assert any("“Company”" in sentence and "no longer" in sentence for sentence in applied.drift)


def test_the_same_file_shows_no_drift() -> None:
    mapping = propose(survey_of(FIRST))
    assert apply(mapping, survey_of(FIRST)).drift == ()


def qualtrics(name: str) -> RawSurvey:
    head = f"StartDate,EndDate,Status,ResponseId,RecordedDate,{name}\n"
    asked = "Start Date,End Date,Response Type,Response ID,Recorded Date,How satisfied are you with the price?\n"
    row = "2026-01-01 10:00:00,2026-01-01 10:05:00,0,R_1,2026-01-01 10:05:00,Very satisfied\n"
    return open_file((head + asked + row).encode(), "q.csv", max_mb=5)


def test_a_question_whose_name_changed_is_found_by_its_words() -> None:
    edited = propose(qualtrics("Q16"), kind="survey")
    rating = edited.columns[5].model_copy(
        update={"role": "rating", "scale_low": 1.0, "scale_high": 5.0, "attribute": "Value"}
    )
    applied = apply(edited.model_copy(update={"columns": (*edited.columns[:5], rating)}), qualtrics("Q50"))
    assert (applied.columns[5].name, applied.columns[5].attribute) == ("Q50", "Value")
    assert any("“Q16” of the remembered mapping is “Q50” now" in sentence for sentence in applied.drift)
