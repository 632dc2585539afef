"""What a person changes in the table of columns becomes the mapping; what makes no sense leaves it as it was."""

import pytest

from amp.imports import ColumnMapping, Mapping, open_file, propose
from amp.ui import mapping_table

CSV = b"ResponseId,Delivery (1-5),Any comments?\n" + b"".join(
    f"R_{n},{1 + n % 5},They were late again number {n}\n".encode() for n in range(20)
)


@pytest.fixture
def proposed() -> Mapping:
    return propose(open_file(CSV, "survey.csv", max_mb=5))


def row(column: ColumnMapping, **changes: object) -> dict[str, object]:
    raw = open_file(CSV, "survey.csv", max_mb=5)
    return mapping_table._row(raw, column, column.heading) | changes


def test_a_line_that_is_changed_by_hand_is_certain_from_then_on(proposed):
    rating = proposed.columns[1]
    assert rating.role == "rating"
    after = mapping_table._with(proposed, {1: row(rating, **{"Short name": " Delivery on time ", "About": "services"})})
    changed = after.columns[1]
    assert (changed.attribute, changed.subject, changed.confidence) == ("Delivery on time", "service", 1.0)
    assert after.columns[0] == proposed.columns[0]


def test_a_column_that_becomes_a_rating_gets_the_usual_ends(proposed):
    after = mapping_table._with(proposed, {2: row(proposed.columns[2], **{"What it is": "Rating"})})
    assert (after.columns[2].role, after.columns[2].scale_low, after.columns[2].scale_high) == ("rating", 1, 5)


def test_a_scale_upside_down_is_left_as_it_was(proposed):
    after = mapping_table._with(proposed, {1: row(proposed.columns[1], Lowest=5.0, Highest=1.0)})
    assert after == proposed
