"""The shared filters: as SQL, as words, as a link."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.analysis.filters import Filters

NAMES = st.lists(st.text(min_size=1), max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(
    st.builds(
        Filters,
        waves=NAMES,
        tiers=NAMES,
        roles=NAMES,
        industries=NAMES,
        regions=NAMES,
        products=NAMES,
        since=DAYS,
        until=DAYS,
    )
)
def test_a_link_opens_the_same_filters(filters):
    assert Filters.from_query(filters.to_query()) == filters


@given(NAMES)
def test_values_are_bound_and_never_part_of_the_sql(names):
    clause, params = Filters(industries=names).clause()
    assert clause == Filters(industries=tuple("x" for _ in names)).clause()[0]
    assert list(params.values()) == list(names)


def test_a_link_that_people_cut_is_read_as_far_as_it_goes():
    assert Filters.from_query({"tiers": "Tier I|", "since": "2024-13-01", "other": "x"}) == Filters(tiers=("Tier I",))


def test_filters_in_words_read_as_a_sentence_would():
    assert Filters().in_words() == "All waves"
    chosen = Filters(
        waves=("Spring 2025",), tiers=("Tier I", "Tier II"), roles=("decision_maker",), since=date(2025, 3, 1)
    )
    assert chosen.in_words() == "Spring 2025 · Tier I or Tier II · decision makers · from Mar 2025"


@given(DAYS, DAYS)
def test_periods_are_whole_months_so_that_no_two_differ_by_one_persons_day(since, until):
    found = Filters(since=since, until=until)
    assert found.since is None or found.since.day == 1
    assert found.until is None or (found.until + timedelta(days=1)).day == 1


def test_the_words_of_a_figure_name_the_wave_on_show(opened):
    assert Filters(tiers=("Tier I",)).on_show("2026").in_words() == "2026 · Tier I"
    assert Filters().on_show(None).in_words() == "All waves"


def test_the_last_day_is_included(opened):
    clause, params = Filters(since=date(2025, 5, 1), until=date(2025, 5, 1)).clause("x")
    assert len(opened.query("select * from respondents x where " + clause, **params)) == 30
    clause, params = Filters(until=date(2025, 4, 30)).clause("x")
    assert len(opened.query("select * from respondents x where " + clause, **params)) == 30


def test_an_alias_that_is_no_name_is_refused():
    with pytest.raises(ValueError, match="alias"):
        Filters().clause("r; drop table x")


def test_filters_on_accounts_leave_out_what_accounts_do_not_have():
    clause, params = Filters(tiers=("Tier I",), roles=("influencer",), waves=("w",)).on_accounts()
    assert (clause, params) == ("a.tier_label in ($tiers_0)", {"tiers_0": "Tier I"})


def test_a_day_at_the_end_of_time_in_a_link_is_passed_over():
    assert Filters.from_query({"until": "9999-12-31", "since": "0001-01-01"}) == Filters()
