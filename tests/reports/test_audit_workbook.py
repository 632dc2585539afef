"""The take-away as a workbook, read back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook

from amp.audit.plan import Step
from amp.languages import ENGLISH
from amp.reports.audit_workbook import audit_xlsx
from tests.takeaways import BUILDING, PLAN, all_at, earlier, sheets, takeaway, the_instrument, words_of


def read(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def table(rows: list[list[Any]], first: str) -> list[dict[str, Any]]:
    """The table whose first heading is `first`, as a dictionary a row."""
    top = next(place for place, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def test_it_has_four_sheets_and_the_sentence_on_the_first():
    found = read(audit_xlsx(takeaway(plan=PLAN, before=earlier(), taker="Dana Whitcombe"), ENGLISH))
    assert list(found) == ["Summary", "Statements", "Plan", "How it was calculated"]
    assert [row[0] for row in found["Summary"][:5]] == [
        "Halden Instruments scores 71 of 125 points: Reactive.",
        "Halden Instruments",
        "Dana Whitcombe",
        "Test / Measurement Equipment",
        "Account Management Profile snapshot audit, version 1.0 · 22 June 2026",
    ]


def test_the_summary_has_points_bands_before_and_peers():
    found = table(read(audit_xlsx(takeaway(before=earlier()), ENGLISH))["Summary"], "Part")
    assert [row["Part"] for row in found] == ["Overall", *(one.title for one in the_instrument().categories)]
    overall = found[0]
    assert (overall["Points"], overall["Of"], overall["Band"]) == (71, 125, "Reactive")
    assert (overall["Before"], overall["Change"]) == (63, 8)
    assert (overall["Points to the next band"], overall["Next band"]) == (14, "Engaged")
    assert overall["Peers' median (Test / Measurement Equipment, 6 companies)"] == 66


def test_every_statement_has_its_number_word_change_and_advice():
    found = table(read(audit_xlsx(takeaway(before=earlier()), ENGLISH))["Statements"], "No.")
    assert [row["No."] for row in found] == [one.id for one in the_instrument().statements]
    assert (found[0]["Rating"], found[0]["Means"], found[0]["Before"], found[0]["Change"]) == (5, "Always", 4, 1)
    assert all(row["Why it matters"] and row["First step"] and row["What a 5 looks like"] for row in found)


def test_what_is_not_rated_has_no_number():
    found = read(audit_xlsx(takeaway({**sheets()[1], "2.3": None}), ENGLISH))
    statement = next(row for row in table(found["Statements"], "No.") if row["No."] == "2.3")
    assert (statement["Rating"], statement["Means"], statement["First step"]) == ("", "Not sure", "")
    overall = table(found["Summary"], "Part")[0]
    assert (overall["Points"], overall["Band"], overall["Not rated"]) == ("", "Not rated in full", 1)
    assert (overall["At least"], overall["At most"]) == (69, 73)


def test_without_an_earlier_audit_and_peers_there_are_no_empty_columns():
    found = read(audit_xlsx(takeaway(peers=BUILDING), ENGLISH))
    headings = {*table(found["Summary"], "Part")[0], *table(found["Statements"], "No.")[0]}
    assert not {heading for heading in headings if heading in ("Before", "Change") or heading.startswith("Peers")}


def test_the_plan_has_its_dates_as_dates():
    found = table(read(audit_xlsx(takeaway(plan=PLAN), ENGLISH))["Plan"], "No.")
    assert [(row["No."], row["Owner"], row["Due"]) for row in found] == [
        ("4.2", "", ""),
        ("2.2", "Dana Whitcombe", date(2026, 9, 30)),
        ("5.2", "", ""),
    ]
    assert found[0]["Effort"] == "small"


def test_an_empty_plan_keeps_its_headings():
    assert len(read(audit_xlsx(takeaway(), ENGLISH))["Plan"]) == 1


def test_how_it_was_calculated_is_a_sheet():
    rules = {row["About"]: row["Rule"] for row in table(read(audit_xlsx(takeaway(), ENGLISH))[
        "How it was calculated"], "About")}  # fmt: skip
    assert rules["Bands of the overall total"].startswith("Non-Existent AMP Strategy from 25 to 49; Very Low")
    assert "version 1.0" in rules["Instrument"]


def test_what_a_visitor_wrote_is_never_a_formula_or_a_link():
    given = takeaway(
        company='=HYPERLINK("http://x","y")', taker="@SUM(A1)", industry="+cmd", plan=(Step("1.1", owner="-1+1|x"),)
    )
    content = audit_xlsx(given, ENGLISH)
    found = [cell for rows in read(content).values() for row in rows for cell in row]
    assert {'\'=HYPERLINK("http://x","y")', "'@SUM(A1)", "'+cmd", "'-1+1|x"} <= set(found)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        written = {name: parts.read(name).decode() for name in parts.namelist() if "worksheets" in name}
    assert not any("<f>" in text or "<hyperlink" in text for text in written.values())


def test_headings_stay_in_view_and_repeat_in_print():
    with zipfile.ZipFile(io.BytesIO(audit_xlsx(takeaway(), ENGLISH))) as parts:
        sheet, book = parts.read("xl/worksheets/sheet2.xml").decode(), parts.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in sheet
    assert "fitToWidth" in sheet or "fitToPage" in sheet
    assert "_xlnm.Print_Titles" in book


def test_any_answers_and_languages_make_a_workbook():
    for answers in (all_at(1), all_at(5), all_at(None)):
        for code in ("en", "de", "es", "long"):
            assert (
                len(read(audit_xlsx(takeaway(answers, before=earlier(), company="", given_on=None), words_of(code))))
                == 4
            )
