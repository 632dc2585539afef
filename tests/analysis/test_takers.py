"""Several takers of one audit: dots, spread and agreement, by hand; nothing of fewer than there must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp.analysis.takers import Agreement, Takers, by_quarter, takers
from amp.audit.instrument import Band, ScalePoint, read_instrument
from amp.errors import AmpError

INSTRUMENT = read_instrument(Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
SHEETS = st.lists(
    st.fixed_dictionaries({one: st.one_of(st.none(), st.integers(1, 5)) for one in IDS}), min_size=1, max_size=9
)


def sheets(*ratings, rest=3):
    """One sheet for each rating of statement 1.1; all else is `rest`."""
    return [{**dict.fromkeys(IDS, rest), "1.1": rating} for rating in ratings]


def first(*ratings):
    """How takers who gave these ratings of statement 1.1 stand to each other."""
    spread = takers(INSTRUMENT, sheets(*ratings)).statements[0]
    assert spread.statement.id == "1.1"
    return spread


# Dots and spread


def test_every_rating_is_counted_where_it_stands_on_the_scale():
    found = first(5, 1, 5, 3)
    assert (found.counts, found.raters, found.unsure, found.category_id) == ((1, 0, 1, 0, 2), 4, 0, "1")


def test_median_mean_and_standard_deviation_by_hand():
    found = first(1, 2, 4, 5)
    assert (found.median, found.mean) == (3, 3)
    assert found.spread == pytest.approx((10 / 3) ** 0.5)  # (4 + 1 + 1 + 4) / (4 - 1)


def test_one_rating_has_no_spread():
    found = first(4)
    assert (found.median, found.mean, found.spread, found.agreement, found.word) == (4, 4, None, None, None)


def test_not_sure_is_counted_apart_and_in_no_figure():
    found = first(2, None, 4, None, None)
    assert (found.counts, found.unsure, found.raters) == ((0, 1, 0, 1, 0), 3, 2)
    assert (found.median, found.mean, found.spread) == (3, 3, pytest.approx(2**0.5))


def test_where_nobody_is_sure_there_are_no_figures():
    found = first(None, None, None, None, None)
    assert (found.counts, found.unsure, found.raters) == ((0,) * 5, 5, 0)
    assert (found.median, found.mean, found.spread, found.agreement, found.word) == (None,) * 5


def test_statements_come_in_the_order_they_are_asked():
    found = takers(INSTRUMENT, sheets(1, 5))
    assert [one.statement.id for one in found.statements] == IDS
    assert [one.category_id for one in found.statements[::5]] == [one.id for one in INSTRUMENT.categories]


# Agreement


def test_there_is_no_agreement_under_five_ratings():
    assert first(3, 3, 3, 3).agreement is None
    assert first(3, 3, 3, 3, None).agreement is None, "not sure is no rating"
    assert first(3, 3, 3, 3, 3).agreement == 1
    assert first(3, 3, 3, 3, 3, None).agreement == 1


@pytest.mark.parametrize(
    ("ratings", "a", "word"),
    [
        ((4, 4, 4, 4, 4), 1, Agreement.STRONG),
        ((1, 2, 3, 4, 5), 0, Agreement.SPLIT),
        ((1, 1, 1, 5, 5, 5), -1, Agreement.SPLIT),
        ((3, 3, 3, 4, 4, 4), 0.75, Agreement.STRONG),  # one layer of two neighbours: 1 - 1/4
        ((2, 3, 3, 3, 3, 4), 0.75, Agreement.STRONG),  # half in a layer of three (1 - 2/4), half in one (1)
        ((2, 2, 3, 3, 4, 4), 0.5, Agreement.SOME),  # one layer of three: 1 - 2/4
        ((1, 1, 2, 2, 3, 3, 4, 4), 0.25, Agreement.MIXED),  # one layer of four: 1 - 3/4
        ((1, 1, 2, 3, 4, 5), 1 / 6, Agreement.MIXED),  # five in six evenly spread (0), one in six alone (1)
        # Layers: 11001 holds 3 of 6 (U = (3*2 - 4*4)/(3*6), times 1/2), 10001 holds 2 (-1), 10000 holds 1 (1).
        ((1, 1, 1, 2, 5, 5), (3 * (-5 / 9) / 2 - 2 + 1) / 6, Agreement.SPLIT),
    ],
)
def test_van_der_eijks_agreement_by_hand(ratings, a, word):
    found = first(*ratings)
    assert found.agreement == pytest.approx(a)
    assert found.word is word


@pytest.mark.parametrize(
    ("a", "word"),
    [
        (1.0, "strong agreement"),
        (0.7, "strong agreement"),
        (0.699, "some agreement"),
        (0.4, "some agreement"),
        (0.399, "mixed"),
        (0.1, "mixed"),
        (0.099, "split"),
        (-1.0, "split"),
    ],
)
def test_agreement_in_a_word(a, word):
    assert Agreement.of(a).value == word


def test_a_scale_of_two_has_no_agreement():
    two = replace(
        INSTRUMENT,
        scale=(ScalePoint(0, "No"), ScalePoint(1, "Yes")),
        category_bands=(Band("Any", 0, 5),),
        overall_bands=(Band("Any", 0, 25),),
    )
    found = takers(two, [dict.fromkeys(IDS, 1)] * 6).statements[0]
    assert (found.counts, found.agreement) == ((0, 6), None)


def test_the_statement_most_disagreed_on_comes_first_and_what_cannot_be_told_last():
    found = sheets(1, 1, 1, 5, 5, 5)
    for number, sheet in enumerate(found):
        sheet["3.2"] = 3 + number % 2
        sheet["4.4"] = None
    ordered = [one.statement.id for one in takers(INSTRUMENT, found).mixed_first]
    assert (ordered[:2], ordered[-1], len(ordered)) == (["1.1", "3.2"], "4.4", 25)
    assert ordered[2:-1] == [one for one in IDS if one not in ("1.1", "3.2", "4.4")]


# Totals


def test_totals_are_dots_in_rising_order():
    found = takers(INSTRUMENT, sheets(5, 1, 3))
    assert (found.overall.totals, found.overall.median) == ((73, 75, 77), 75)
    assert (found.overall.low, found.overall.high) == (25, 125)
    assert [(one.id, one.totals) for one in found.categories[:2]] == [("1", (13, 15, 17)), ("2", (15, 15, 15))]
    assert (found.categories[0].low, found.categories[0].high) == (5, 25)


def test_a_sheet_with_not_sure_has_a_total_only_where_all_is_rated():
    found = takers(INSTRUMENT, sheets(5, None, 3))
    assert found.overall.totals == (75, 77)
    assert [one.totals for one in found.categories[:2]] == [(15, 17), (15, 15, 15)]


def test_without_any_complete_sheet_there_is_no_total():
    found = takers(INSTRUMENT, sheets(None, None))
    assert (found.overall.totals, found.overall.median, found.hidden) == ((), None, False)


# Too few


@pytest.mark.parametrize(("given", "least", "hidden"), [(4, 5, True), (5, 5, False), (2, 3, True), (9, 10, True)])
def test_under_the_smallest_group_only_the_number_comes_back(given, least, hidden):
    found = takers(INSTRUMENT, sheets(*[4] * given), least=least)
    assert (found.takers, found.least, found.hidden) == (given, least, hidden)
    if hidden:
        assert found == Takers(given, least)
        assert (found.statements, found.categories, found.overall, found.mixed_first) == ((), (), None, ())


@pytest.mark.parametrize("least", [0, 1, 5])
def test_nobody_is_always_too_few(least):
    assert takers(INSTRUMENT, [], least=least).hidden


def test_a_sheet_that_does_not_fit_the_instrument_is_told():
    broken = sheets(3, 4)
    del broken[1]["5.5"]
    with pytest.raises(AmpError, match=r"1 of 25 statements are not answered yet, from statement 5\.5 on"):
        takers(INSTRUMENT, broken)
    with pytest.raises(AmpError, match="not on the scale"):
        takers(INSTRUMENT, sheets(6))


@settings(max_examples=30)
@given(SHEETS)
def test_every_taker_is_counted_once_for_every_statement(given_sheets):
    found = takers(INSTRUMENT, given_sheets)
    for one in found.statements:
        assert one.raters + one.unsure == found.takers == len(given_sheets)
        assert (one.agreement is None) == (one.raters < 5)
        assert one.agreement is None or -1 <= one.agreement <= 1
    complete = sum(None not in sheet.values() for sheet in given_sheets)
    assert len(found.overall.totals) == complete


@settings(max_examples=30)
@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_does_not_show(given_sheets, random):
    shuffled = random.sample(given_sheets, len(given_sheets))
    assert takers(INSTRUMENT, shuffled) == takers(INSTRUMENT, given_sheets)


# Over time


def test_totals_come_by_the_quarter_they_were_submitted_in():
    given_totals = [
        (datetime(2025, 4, 1, tzinfo=UTC), 60),
        (datetime(2024, 12, 31, 23, 59, tzinfo=UTC), 90),
        (datetime(2025, 6, 30, 23, 59, tzinfo=UTC), 70),
        (datetime(2025, 5, 5, tzinfo=UTC), 100),
        (datetime(2025, 10, 1, tzinfo=UTC), 40),
    ]
    assert [(one.label, one.audits, one.median) for one in by_quarter(given_totals)] == [
        ("2024 Q4", 1, 90), ("2025 Q2", 3, 70), ("2025 Q4", 1, 40),
    ]  # fmt: skip
    assert by_quarter([]) == ()


def test_a_quarter_is_told_in_utc():
    tokyo = timezone(timedelta(hours=9))
    (found,) = by_quarter([(datetime(2025, 4, 1, 8, 59, tzinfo=tokyo), 60)])
    assert found.label == "2025 Q1"
