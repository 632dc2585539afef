"""What columns are taken for, and how a mapping is remembered."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from amp.imports import ColumnMapping, Mapping, RawSurvey, apply, open_file, propose

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
