"""Satisfaction: mean, top two box and their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.csat import csat


def test_every_worked_example_is_met(truth):
    case = truth("csat_ci")
    for row in case.rows:
        want = case.expected[row["case"]]
        found = csat(np.repeat([1, 2, 3, 4, 5], [int(row[f"s{k}"]) for k in range(1, 6)]))
        assert found.n == want["n"]
        for ours, theirs in (
            ("mean", "mean"),
            ("sd", "sd"),
            ("top_two", "top2"),
            ("top_one", "top1"),
            ("bottom_two", "bottom2"),
        ):
            assert getattr(found, ours) == (None if want[theirs] is None else pytest.approx(want[theirs], abs=1e-9))
        for ours, theirs in (
            ("mean_interval", "mean_ci95_t"),
            ("top_two_interval", "top2_wilson"),
            ("top_one_interval", "top1_wilson"),
        ):
            value = getattr(found, ours)
            assert (None if value is None else list(value)) == (
                None if want[theirs] is None else pytest.approx(want[theirs], abs=1e-9)
            )


def test_a_rating_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="outside 1 to 5"):
        csat([1, 6])


def test_nobody_answered_is_no_figure():
    assert csat([float("nan")]).mean is None


def test_a_seven_point_scale_has_its_own_top_two():
    assert csat([7, 6, 5, 1], low=1, high=7).top_two == 0.5


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_intervals_hold_their_figures(ratings):
    found = csat(ratings)
    low, high = found.top_two_interval
    assert 0 <= low <= found.top_two <= high <= 1
    if found.mean_interval:
        assert found.mean_interval[0] < found.mean < found.mean_interval[1]
    else:
        assert len(set(ratings)) == 1
