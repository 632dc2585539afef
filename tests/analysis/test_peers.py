"""Peers: one company, one newest audit; nothing under five companies, a rank from five, a percentile from ten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.analysis.peers import Standing, company_key, newest_of_each, peers
from amp.audit.instrument import read_instrument
from amp.audit.scoring import score

INSTRUMENT = read_instrument(Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
DAY = datetime(2025, 3, 1, tzinfo=UTC)


def result_of(total):
    """A scored sheet with that overall total, from 25 to 125."""
    spare = total - len(IDS)
    return score(INSTRUMENT, {one: 1 + max(0, min(4, spare - 4 * place)) for place, one in enumerate(IDS)})


def standing(company, total, *, industry="Energy", days=0):
    return Standing(company, industry, total, (total / 5,) * 5, DAY + timedelta(days=days))


def standings(*totals):
    """One company for each total."""
    return [standing(f"Company {number}", total) for number, total in enumerate(totals)]


# Which companies


def test_of_a_company_only_the_newest_audit_counts():
    found = newest_of_each([standing("A", 50, days=2), standing("A", 90, days=3), standing("A", 70, days=1)])
    assert [one.total for one in found] == [90]


def test_case_and_spaces_do_not_make_another_company():
    found = newest_of_each([standing("Nordic  Steel ", 50), standing("NORDIC STEEL", 60, days=1)])
    assert [one.total for one in found] == [60]
    assert company_key(" Straße\tGmbH ") == company_key("STRASSE GMBH")


def test_two_different_names_are_two_companies():
    assert len(newest_of_each([standing("Nordic Steel", 50), standing("Nordic Steel 2", 50)])) == 2


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_who_gives_no_company_is_never_counted(name):
    unnamed = [standing(name, 40 + number, days=number) for number in range(20)]
    assert newest_of_each(unnamed) == ()
    assert peers(result_of(60), unnamed).companies == 0
    found = peers(result_of(60), [*standings(50, 50, 50, 50, 50), *unnamed])
    assert (found.companies, found.total) == (5, 50)


def test_the_own_company_is_no_peer_of_itself_however_it_is_written():
    others = standings(50, 60, 70, 80, 90)
    own = [standing("Nordic Steel", 125), standing("nordic  steel", 25, days=9)]
    found = peers(result_of(85), [*others, *own], company=" NORDIC STEEL")
    assert (found.companies, found.total, found.rank, found.newest) == (5, 70, 2, DAY)
    assert peers(result_of(85), [*others, *own], company="").companies == 6


def test_an_industry_has_its_own_companies_only():
    energy = [standing(f"E{number}", 40) for number in range(5)]
    steel = [standing(f"S{number}", 100, industry="Steel") for number in range(6)]
    found = [peers(result_of(60), energy + steel, industry=name) for name in ("Energy", "Steel", "", "Farming")]
    assert [(one.industry, one.companies, one.total) for one in found] == [
        ("Energy", 5, 40), ("Steel", 6, 100), ("", 11, 100), ("Farming", 0, None),
    ]  # fmt: skip


def test_a_company_that_changed_its_industry_counts_in_the_newer_one():
    moved = [standing("A", 50, industry="Energy"), standing("A", 60, industry="Steel", days=1)]
    assert [peers(result_of(60), moved, industry=name).companies for name in ("Energy", "Steel")] == [0, 1]


# How many are needed


@pytest.mark.parametrize("companies", range(5))
def test_under_five_companies_there_is_nothing_but_their_number_and_date(companies):
    found = peers(result_of(60), standings(*[50] * companies))
    assert (found.building, found.companies) == (True, companies)
    assert (found.total, found.categories, found.rank, found.percentile) == (None, (), None, None)
    assert found.newest == (DAY if companies else None)


def test_five_audits_of_one_company_are_one_company():
    found = peers(result_of(60), [standing("A", 50, days=number) for number in range(5)])
    assert (found.building, found.companies) == (True, 1)


@pytest.mark.parametrize("companies", range(5, 10))
def test_from_five_to_nine_companies_there_is_a_rank_and_no_percentile(companies):
    found = peers(result_of(60), standings(*[50] * companies))
    assert (found.building, found.rank, found.percentile) == (False, 1, None)


def test_from_ten_companies_on_there_is_a_percentile():
    found = peers(result_of(60), standings(*[50] * 9, 70))
    assert (found.companies, found.rank, found.percentile) == (10, 2, 0.9)


# What is said, computed by hand


def test_medians_are_of_totals_and_of_each_category():
    others = [
        Standing(f"Company {number}", "Energy", total, categories, DAY + timedelta(days=number))
        for number, (total, categories) in enumerate(
            [
                (40, (5, 10, 15, 5, 5)),
                (55, (11, 11, 11, 11, 11)),
                (60, (20, 10, 10, 10, 10)),
                (90, (18, 18, 18, 18, 18)),
                (70, (14, 14, 14, 14, 14)),
                (65, (13, 13, 13, 13, 13)),
            ]
        )
    ]
    found = peers(result_of(60), others)
    assert found.total == 62.5  # between 60 and 65
    assert found.categories == (13.5, 12, 13.5, 12, 12)
    assert found.newest == DAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("own", "rank"), [(95, 1), (90, 1), (85, 2), (70, 3), (69, 4), (60, 4), (50, 5), (49, 6)]
)  # 90, 80, 70, 60, 50 beside it: the best of those who tie
def test_the_rank_is_one_more_than_the_companies_above(own, rank):
    assert peers(result_of(own), standings(90, 80, 70, 60, 50)).rank == rank


@pytest.mark.parametrize(
    ("own", "percentile"),
    [
        (39, 0.0),
        (40, 0.05),  # none below, one equal: half of one in ten
        (60, 0.35),  # two below, three equal: (2 + 1.5) / 10
        (65, 0.5),
        (100, 0.95),
        (101, 1.0),
    ],
)
def test_the_percentile_is_the_share_below_with_ties_counted_half(own, percentile):
    others = standings(40, 50, 60, 60, 60, 70, 80, 85, 90, 100)
    assert peers(result_of(own), others).percentile == pytest.approx(percentile)


def test_without_a_total_there_are_medians_but_no_rank_and_no_percentile():
    unsure = score(INSTRUMENT, {**dict.fromkeys(IDS, 3), "1.1": None})
    found = peers(unsure, standings(*range(40, 60)))
    assert (found.companies, found.total, found.rank, found.percentile) == (20, 49.5, None, None)


@given(st.lists(st.integers(25, 125), min_size=10, max_size=40), st.integers(25, 125))
def test_rank_and_percentile_say_the_same(totals, own):
    found = peers(result_of(own), standings(*totals))
    above, equal = sum(total > own for total in totals), totals.count(own)
    assert found.rank == above + 1
    assert found.percentile == pytest.approx(1 - (above + equal / 2) / len(totals))
    assert 0 <= found.percentile <= 1


@given(st.permutations(standings(40, 50, 60, 60, 70, 80)))
def test_the_order_of_the_companies_does_not_matter(others):
    assert peers(result_of(60), others) == peers(result_of(60), standings(40, 50, 60, 60, 70, 80))
