"""Net better against a competitor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.comparison import comparison, parity

LEVELS = ("superior", "better", "same", "worse", "failed")


def test_every_worked_example_is_met(truth):
    case = truth("competitor_net")
    for row in case.rows:
        want = case.expected[f"{row['attribute']}|{row['competitor']}"]
        found = comparison([int(row[level]) for level in LEVELS], dont_know=int(row["dont_know"]))
        assert (found.n, found.dont_know) == (want["n_valid"], want["dont_know"])
        assert found.net_better == pytest.approx(want["net_better"], abs=1e-8)
        assert found.se == pytest.approx(want["se"], abs=1e-8)
        assert list(found.interval) == pytest.approx(want["ci95_t"], abs=1e-8)
        assert found.mean == pytest.approx(want["mean_minus2_plus2"], abs=1e-8)
        assert found.p_parity == pytest.approx(want["sign_test_p"], abs=1e-8)
        assert found.share_better == pytest.approx(want["p_superior_better"], abs=1e-8)


def test_three_point_answers_are_counted_the_same_way():
    assert comparison([6, 2, 2]).net_better == comparison([0, 6, 2, 2, 0]).net_better == 40


def test_all_the_same_is_parity_without_an_interval():
    found = comparison([0, 0, 9, 0, 0])
    assert (found.net_better, found.interval, found.p_parity) == (0, None, 1)


def test_only_dont_knows_is_no_figure_but_is_counted():
    found = comparison([0] * 5, dont_know=4)
    assert (found.net_better, found.dont_know) == (None, 4)


def test_four_counts_are_no_scale_of_ours():
    with pytest.raises(ValueError, match="superior"):
        comparison([1, 2, 3, 4])


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_does_not_care_who_is_called_first(ahead, behind):
    assert parity(ahead, behind) == pytest.approx(parity(behind, ahead))
    assert 0 < parity(ahead, behind) <= 1
