"""Totals, bands and order of an answer sheet."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.audit.instrument import read_instrument
from amp.audit.scoring import missing, score
from amp.errors import AmpError

INSTRUMENT = read_instrument(Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
SHEETS = st.fixed_dictionaries({statement_id: st.integers(1, 5) for statement_id in IDS})


def sheet_with_total(total):
    """Any total from 25 to 125, filled from the first statement on."""
    spare = total - len(IDS)
    return {one: 1 + max(0, min(4, spare - 4 * position)) for position, one in enumerate(IDS)}


def sheet_with_first_category(total):
    return {
        **dict.fromkeys(IDS, 3),
        **{one: value for one, value in sheet_with_total(20 + total).items() if one[0] == "1"},
    }


@pytest.mark.parametrize(
    ("total", "band", "to_next"),
    [
        (25, "Non-Existent AMP Strategy", 25),
        (49, "Non-Existent AMP Strategy", 1),
        (50, "Very Low", 10),
        (59, "Very Low", 1),
        (60, "Reactive", 25),
        (84, "Reactive", 1),
        (85, "Engaged", 15),
        (99, "Engaged", 1),
        (100, "AMP Centric", 0),
        (125, "AMP Centric", 0),
    ],
)
def test_the_edges_of_the_overall_bands(total, band, to_next):
    overall = score(INSTRUMENT, sheet_with_total(total)).overall
    assert (overall.total, overall.band.label, overall.points_to_next) == (total, band, to_next)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (5, "Failure"),
        (10, "Failure"),
        (11, "Poor"),
        (14, "Poor"),
        (15, "Average"),
        (19, "Average"),
        (20, "Excellent"),
        (25, "Excellent"),
    ],
)
def test_the_edges_of_the_category_bands(total, band):
    first = score(INSTRUMENT, sheet_with_first_category(total)).categories[0]
    assert (first.total, first.band.label) == (total, band)


@given(st.integers(25, 125))
def test_every_overall_total_lies_in_exactly_one_band_and_the_next_begins_above_it(total):
    overall = score(INSTRUMENT, sheet_with_total(total)).overall
    assert [band for band in INSTRUMENT.overall_bands if band.low <= total <= band.high] == [overall.band]
    assert (overall.low, overall.high) == (25, 125)
    if overall.next_band is None:
        assert overall.band == INSTRUMENT.overall_bands[-1]
    else:
        assert total + overall.points_to_next == overall.next_band.low == overall.band.high + 1


@given(st.integers(5, 25))
def test_every_category_total_lies_in_exactly_one_band(total):
    first = score(INSTRUMENT, sheet_with_first_category(total)).categories[0]
    assert [band for band in INSTRUMENT.category_bands if band.low <= total <= band.high] == [first.band]


@given(SHEETS)
def test_the_categories_add_up_to_the_overall_total(sheet):
    result = score(INSTRUMENT, sheet)
    assert sum(category.total for category in result.categories) == result.overall.total == sum(sheet.values())


@given(SHEETS, st.sampled_from(IDS))
def test_a_better_answer_never_lowers_a_total_or_a_band(sheet, statement_id):
    better = {**sheet, statement_id: min(5, sheet[statement_id] + 1)}
    before, after = score(INSTRUMENT, sheet), score(INSTRUMENT, better)
    pairs = [(before.overall, after.overall), *zip(before.categories, after.categories, strict=True)]
    for old, new in pairs:
        assert new.total >= old.total
        assert new.band.low >= old.band.low


@given(SHEETS)
def test_all_statements_come_strongest_first_and_in_the_order_asked_where_equal(sheet):
    rated = score(INSTRUMENT, sheet).statements
    assert sorted(IDS) == sorted(one.id for one in rated)
    keys = [(-one.value, IDS.index(one.id)) for one in rated]
    assert keys == sorted(keys)
    assert all(INSTRUMENT.labels[one.value] == one.label and sheet[one.id] == one.value for one in rated)


def test_missing_statements_come_in_the_order_asked():
    answers = dict.fromkeys(IDS, 3)
    del answers["4.2"], answers["1.3"]
    assert [statement.id for statement in missing(INSTRUMENT, answers)] == ["1.3", "4.2"]
    assert len(missing(INSTRUMENT, {})) == 25


def test_an_incomplete_sheet_is_not_scored():
    answers = dict.fromkeys(IDS[:-2], 3)
    with pytest.raises(AmpError, match=r"2 of 25 statements are not answered yet, from statement 5\.4 on"):
        score(INSTRUMENT, answers)


def test_an_answer_beyond_the_scale_is_not_scored():
    with pytest.raises(AmpError, match=r"statement 2\.1 is 6, which is not on the scale"):
        score(INSTRUMENT, {**dict.fromkeys(IDS, 3), "2.1": 6})
