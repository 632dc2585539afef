"""The shortest way to the next band: which statements, how far, and whether they suffice."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.audit.gains import CHOSEN, quickest
from amp.audit.instrument import Band, Category, ScalePoint, Statement, read_instrument
from amp.audit.scoring import score

INSTRUMENT = read_instrument(Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
SHEETS = st.fixed_dictionaries({statement_id: st.integers(1, 5) for statement_id in IDS})
UNSURE_SHEETS = st.fixed_dictionaries({one: st.one_of(st.none(), st.integers(1, 5)) for one in IDS})


def small(*, values, ids=("1.1", "1.2", "2.1", "2.2"), bands=()):
    """An instrument of two categories of two statements on a scale of `values`; one overall band unless told."""
    low, high = values[0], values[-1]
    statements = [Statement(one, f"Statement {one}") for one in ids]
    return replace(
        INSTRUMENT,
        scale=tuple(ScalePoint(value, f"Point {value}") for value in values),
        category_bands=(Band("Any", 2 * low, 2 * high),),
        overall_bands=bands or (Band("Any", 4 * low, 4 * high),),
        categories=(Category("a", "A", tuple(statements[:2])), Category("b", "B", tuple(statements[2:]))),
    )


def gains_of(answers, instrument=INSTRUMENT):
    return quickest(score(instrument, answers), highest=instrument.scale[-1].value)


def said(gains):
    return [(gain.statement.id, gain.statement.value, gain.to) for gain in gains.statements]


def raised(answers, gains):
    return {**answers, **{gain.statement.id: gain.to for gain in gains.statements}}


def test_one_point_short_of_the_next_band_one_statement_is_raised_by_one():
    answers = {**dict.fromkeys(IDS, 3), "1.1": 5, "1.2": 5, "1.3": 5, "1.4": 5, "2.1": 4}  # 84 points: Reactive
    gains = gains_of(answers)
    assert (gains.needed, gains.points, gains.reach) == (1, 1, True)
    assert said(gains) == [("2.2", 3, 4)]


def test_the_statements_with_the_most_room_are_raised_and_the_points_spread_evenly():
    answers = {**dict.fromkeys(IDS, 4), "2.1": 1, "3.4": 2, "5.5": 2}  # 93 points: 7 short of AMP Centric
    gains = gains_of(answers)
    assert (gains.needed, gains.points, gains.reach) == (7, 7, True)
    assert said(gains) == [("2.1", 1, 4), ("3.4", 2, 4), ("5.5", 2, 4)]


def test_of_equal_room_the_category_nearest_to_its_next_band_comes_first():
    answers = dict.fromkeys(IDS, 3) | {"4.5": 4, "4.4": 4, "4.3": 4}  # category 4: 18, 2 short of Excellent
    assert [one for one, _, _ in said(gains_of(answers))] == ["4.1", "4.2", "1.1"]


def test_of_equal_room_and_category_the_statement_asked_first_comes_first():
    assert [one for one, _, _ in said(gains_of(dict.fromkeys(IDS, 2)))] == ["1.1", "1.2", "1.3"]


def test_statement_10_is_asked_after_statement_2():
    ids = ("1.2", "1.10", "2.1", "2.2")
    instrument = small(values=range(1, 6), ids=ids)
    assert [one for one, _, _ in said(gains_of(dict.fromkeys(ids, 3), instrument))] == ["1.2", "1.10", "2.1"]


@pytest.mark.parametrize(
    "ids", [("trust", "speed", "price", "care"), ("9.1", "9.2", "3.1", "3.2"), ("a.1", "a.2", "b.1", "b.2")]
)
def test_asked_first_is_told_by_the_instrument_and_not_by_what_ids_look_like(ids):
    instrument = small(values=range(1, 6), ids=ids)
    assert [one for one, _, _ in said(gains_of(dict.fromkeys(ids, 3), instrument))] == list(ids[:3])


def test_three_statements_are_often_not_enough_and_that_is_said():
    gains = gains_of(dict.fromkeys(IDS, 1))  # 25 points: 25 short, and three statements bring 12
    assert said(gains) == [("1.1", 1, 5), ("1.2", 1, 5), ("1.3", 1, 5)]
    assert (gains.needed, gains.points, gains.reach) == (25, 12, False)


def test_in_the_highest_band_the_weakest_are_raised_to_the_top():
    answers = {**dict.fromkeys(IDS, 5), "2.1": 1, "3.1": 4}
    gains = gains_of(answers)
    assert said(gains) == [("2.1", 1, 5), ("3.1", 4, 5)]
    assert (gains.needed, gains.reach) == (0, False)


def test_nothing_is_left_to_raise_where_all_is_at_the_top():
    gains = gains_of(dict.fromkeys(IDS, 5))
    assert (gains.statements, gains.needed, gains.points, gains.reach) == ((), 0, 0, False)


def test_what_nobody_could_rate_is_not_raised():
    gains = gains_of({**dict.fromkeys(IDS, 4), "1.1": None, "2.2": 2})
    assert said(gains)[0] == ("2.2", 2, 5)
    assert "1.1" not in [one for one, _, _ in said(gains)]
    assert (gains.needed, gains.reach) == (0, False)


def test_a_sheet_of_not_sure_has_nothing_to_raise():
    assert gains_of(dict.fromkeys(IDS)).statements == ()


@pytest.mark.parametrize("values", [range(1, 5), range(11), range(-2, 3), range(-4, 1)], ids=str)
def test_on_any_scale_the_highest_band_raises_to_the_top(values):
    instrument = small(values=values)
    answers = {one.id: values[0] for one in instrument.statements}
    assert said(gains_of(answers, instrument)) == [(one, values[0], values[-1]) for one in ("1.1", "1.2", "2.1")]


@pytest.mark.parametrize("values", [range(1, 5), range(11), range(-2, 3), range(-4, 1)], ids=str)
def test_on_any_scale_the_points_needed_are_spread(values):
    low, high = 4 * values[0], 4 * values[-1]
    bands = (Band("Low", low, low + 4), Band("High", low + 5, high))
    instrument = small(values=values, bands=bands)
    gains = gains_of({one.id: values[0] for one in instrument.statements}, instrument)
    assert [(gain.statement.id, gain.points) for gain in gains.statements] == [("1.1", 2), ("1.2", 2), ("2.1", 1)]
    assert (gains.needed, gains.points, gains.reach) == (5, 5, True)


@given(SHEETS)
def test_raising_the_statements_reaches_the_next_band_exactly_when_said(sheet):
    before, gains = score(INSTRUMENT, sheet), gains_of(sheet)
    after = score(INSTRUMENT, raised(sheet, gains)).overall
    assert after.total == before.overall.total + gains.points
    assert gains.needed == before.overall.points_to_next
    assert gains.reach == (before.overall.next_band is not None and after.total >= before.overall.next_band.low)


@given(SHEETS)
def test_no_more_points_are_asked_for_than_the_next_band_needs(sheet):
    gains = gains_of(sheet)
    if gains.needed:
        assert gains.points <= gains.needed
        assert gains.reach == (gains.points == gains.needed)


@given(SHEETS)
def test_where_the_three_do_not_suffice_no_other_three_would(sheet):
    gains = gains_of(sheet)
    most = max(sum(5 - sheet[one] for one in three) for three in combinations(IDS, CHOSEN))
    if gains.needed:
        assert gains.reach == (most >= gains.needed)


@given(UNSURE_SHEETS)
def test_every_gain_is_a_rise_within_the_scale_of_a_rated_statement(sheet):
    gains = gains_of(sheet)
    assert len(gains.statements) <= CHOSEN
    assert len({gain.statement.id for gain in gains.statements}) == len(gains.statements)
    for gain in gains.statements:
        assert sheet[gain.statement.id] == gain.statement.value < gain.to <= 5
        assert gain.points >= 1
    assert gains.points == sum(gain.points for gain in gains.statements)


@given(SHEETS)
def test_the_points_are_spread_as_evenly_as_the_room_allows(sheet):
    gains = gains_of(sheet)
    reached = [gain.to for gain in gains.statements]
    if reached and gains.needed:
        # A statement is never raised beyond another that still had room by more than a point.
        assert max(reached) - min(reached) <= 1
