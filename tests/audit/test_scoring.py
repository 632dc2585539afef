"""Totals, bands and order of an answer sheet."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.audit.instrument import Band, ScalePoint, read_instrument
from amp.audit.scoring import missing, score
from amp.errors import AmpError

INSTRUMENT = read_instrument(Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
SHEETS = st.fixed_dictionaries({statement_id: st.integers(1, 5) for statement_id in IDS})
UNSURE_SHEETS = st.fixed_dictionaries({one: st.one_of(st.none(), st.integers(1, 5)) for one in IDS})


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


# Not sure


def test_one_statement_not_sure_leaves_the_total_and_the_band_out():
    result = score(INSTRUMENT, {**dict.fromkeys(IDS, 3), "2.1": None})
    assert (result.overall.total, result.overall.band, result.overall.next_band) == (None, None, None)
    assert (result.overall.points, result.overall.unsure, result.overall.bounds) == (72, 1, (73, 77))
    assert (result.overall.points_to_next, result.complete) == (0, False)


def test_only_the_category_with_the_statement_not_sure_is_incomplete():
    categories = score(INSTRUMENT, {**dict.fromkeys(IDS, 3), "2.1": None}).categories
    assert [(one.total, one.unsure) for one in categories] == [(15, 0), (None, 1), (15, 0), (15, 0), (15, 0)]
    assert [one.band and one.band.label for one in categories] == ["Average", None, "Average", "Average", "Average"]
    assert categories[1].bounds == (13, 17)


def test_a_sheet_of_not_sure_could_be_any_total():
    result = score(INSTRUMENT, dict.fromkeys(IDS))
    assert (result.overall.points, result.overall.unsure, result.overall.bounds) == (0, 25, (25, 125))
    assert [one.bounds for one in result.categories] == [(5, 25)] * 5


def test_what_is_not_sure_stands_last_with_neither_number_nor_word():
    rated = score(INSTRUMENT, {**dict.fromkeys(IDS, 1), "1.1": None, "5.5": None, "3.3": 5}).statements
    assert [(one.id, one.value, one.label) for one in rated[:2]] == [("3.3", 5, "Always"), ("1.2", 1, "Never")]
    assert [(one.id, one.value, one.label) for one in rated[-2:]] == [("1.1", None, ""), ("5.5", None, "")]


def test_not_sure_is_an_answer_and_silence_is_none():
    assert missing(INSTRUMENT, dict.fromkeys(IDS)) == ()
    with pytest.raises(AmpError, match=r"1 of 25 statements are not answered yet, from statement 1\.1 on"):
        score(INSTRUMENT, dict.fromkeys(IDS[1:]))


def test_a_statement_is_found_by_its_id():
    result = score(INSTRUMENT, {**dict.fromkeys(IDS, 2), "4.2": None})
    assert (result.statement("4.2").value, result.statement("4.3").label) == (None, "Occasionally")
    with pytest.raises(KeyError):
        result.statement("9.9")


@given(UNSURE_SHEETS)
def test_points_and_what_is_not_sure_add_up_over_the_categories(sheet):
    result = score(INSTRUMENT, sheet)
    assert sum(one.points for one in result.categories) == result.overall.points
    assert sum(one.unsure for one in result.categories) == result.overall.unsure == list(sheet.values()).count(None)
    assert [sum(one.bounds[end] for one in result.categories) for end in (0, 1)] == list(result.overall.bounds)
    assert result.complete == (None not in sheet.values())


@given(UNSURE_SHEETS)
def test_a_total_a_band_and_a_distance_are_there_exactly_where_every_statement_is_rated(sheet):
    result = score(INSTRUMENT, sheet)
    for one in (result.overall, *result.categories):
        assert (one.total is None) == (one.band is None) == (one.unsure > 0)
        if one.band is None:
            assert (one.next_band, one.points_to_next) == (None, 0)
        else:
            assert one.bounds == (one.total, one.total)
            assert one.band.holds(one.total)
            assert one.next_band is None or one.total + one.points_to_next == one.next_band.low


@given(UNSURE_SHEETS, st.lists(st.integers(1, 5), min_size=25, max_size=25))
def test_the_bounds_hold_every_total_that_could_still_be(sheet, filling):
    bounds = score(INSTRUMENT, sheet).overall.bounds
    filled = dict(zip(IDS, filling, strict=True))
    completed = {one: filled[one] if value is None else value for one, value in sheet.items()}
    assert bounds[0] <= score(INSTRUMENT, completed).overall.total <= bounds[1]


@given(UNSURE_SHEETS)
def test_both_bounds_can_be_reached(sheet):
    for end, extreme in ((0, 1), (1, 5)):
        completed = {one: extreme if value is None else value for one, value in sheet.items()}
        after = score(INSTRUMENT, completed)
        before = score(INSTRUMENT, sheet)
        assert before.overall.bounds[end] == after.overall.total
        assert [one.bounds[end] for one in before.categories] == [one.total for one in after.categories]


@given(UNSURE_SHEETS, st.sampled_from(IDS))
def test_a_better_answer_lowers_nothing_although_others_are_not_sure(sheet, statement_id):
    better = {**sheet, statement_id: 5 if sheet[statement_id] is None else min(5, sheet[statement_id] + 1)}
    before, after = score(INSTRUMENT, sheet), score(INSTRUMENT, better)
    for old, new in zip((before.overall, *before.categories), (after.overall, *after.categories), strict=True):
        assert new.points >= old.points
        assert new.bounds[0] >= old.bounds[0]
        assert new.unsure <= old.unsure


@given(UNSURE_SHEETS, st.sampled_from(IDS))
def test_an_answer_in_place_of_not_sure_narrows_the_bounds(sheet, statement_id):
    before = score(INSTRUMENT, {**sheet, statement_id: None}).overall
    after = score(INSTRUMENT, {**sheet, statement_id: 3}).overall
    assert before.bounds[0] < after.bounds[0] <= after.bounds[1] < before.bounds[1]


@pytest.mark.parametrize("values", [range(1, 5), range(11), range(-2, 3)], ids=str)
def test_bounds_follow_the_scale_of_the_instrument(values):
    low, high = values[0], values[-1]
    other = replace(
        INSTRUMENT,
        scale=tuple(ScalePoint(value, f"Point {value}") for value in values),
        category_bands=(Band("Any", 5 * low, 5 * high),),
        overall_bands=(Band("Any", 25 * low, 25 * high),),
    )
    overall = score(other, {**dict.fromkeys(IDS, low), "1.1": None, "1.2": None}).overall
    assert overall.bounds == (25 * low, 23 * low + 2 * high)
