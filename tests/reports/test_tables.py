"""Tables as files: with their provenance, and harmless to a spreadsheet."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.reports.tables import harmless, to_csv


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_filters_data_version_and_date_are_printed_above_the_headings():
    rows = cells(to_csv(pd.DataFrame({"Account": ["Alder"], "n": [3]}), filters="Tier I", version="abc.2"))
    assert [row[0].split(":")[0] for row in rows[:3]] == ["# Filters", "# Data", "# Printed"]
    assert rows[0][0] == "# Filters: Tier I"
    assert rows[3:] == [["Account", "n"], ["Alder", "3"]]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+1", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_execute_is_marked_as_text(text):
    assert str(harmless(text)).startswith("'")
    assert all(
        not cell.startswith(("=", "@", "\t"))
        for row in cells(to_csv(pd.DataFrame({text: [text]}), filters="", version=""))
        for cell in row
    )


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_stay_numbers(number):
    assert harmless(number) == number
    assert float(str(harmless(str(number)))) == float(str(number))


def test_filters_that_quote_a_file_cannot_start_a_formula():
    rows = cells(to_csv(pd.DataFrame({"n": [1]}), filters="=1+1", version="v"))
    assert rows[0] == ["# Filters: =1+1"]
