"""The net promoter score and its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.nps import codes, group_nps, nps, nps_of_counts, t_interval

COUNTS = st.integers(0, 400)


def test_every_published_score_has_its_interval(truth):
    case = truth("nps_ci")
    for row in case.rows:
        want = case.expected[row["case"]]
        found = nps_of_counts(int(row["promoters"]), int(row["passives"]), int(row["detractors"]))
        assert found.nps == pytest.approx(want["nps"], abs=1e-9)
        assert found.se == pytest.approx(want["se_pop"], abs=1e-9)
        assert found.centre == pytest.approx(want["adj_wald"]["center"], abs=1e-9)
        assert found.adjusted_se == pytest.approx(want["adj_wald"]["se"], abs=1e-9)
        assert [found.low, found.high] == pytest.approx(want["adj_wald"]["ci95"], abs=1e-9)
        assert found.n == want["n"]
        if want["se_sample"] is None:
            assert found.se_sample is None
        else:
            assert found.se_sample == pytest.approx(want["se_sample"], abs=1e-9)
            assert list(t_interval(found)) == pytest.approx(want["ci95_t"], abs=1e-9)


def test_values_off_the_scale_are_left_out_and_counted():
    found = nps([10, 9, 8.5, 11, -1, 6, float("nan"), 7])
    assert (found.promoters, found.passives, found.detractors, found.excluded) == (2, 1, 1, 3)
    assert found.nps == 25


def test_nobody_answered_is_no_score():
    found = nps([])
    assert (found.nps, found.low, found.n) == (None, None, 0)


def test_the_bands_are_zero_to_six_and_nine_to_ten():
    assert codes(range(11))[0].tolist() == [-100] * 7 + [0] * 2 + [100] * 2


@given(COUNTS, COUNTS, COUNTS)
def test_an_interval_lies_on_the_scale_and_holds_its_centre(p, s, d):
    found = nps_of_counts(p, s, d)
    if found.n:
        assert -100 <= found.low <= found.centre <= found.high <= 100


@given(COUNTS, COUNTS, COUNTS)
def test_swapping_promoters_and_detractors_turns_the_score_round(p, s, d):
    one, other = nps_of_counts(p, s, d), nps_of_counts(d, s, p)
    if one.n:
        assert one.nps == pytest.approx(-other.nps)
        assert one.low == pytest.approx(-other.high)


@given(st.lists(st.integers(0, 10), min_size=1), st.integers(0, 9))
def test_a_better_answer_never_lowers_the_score(scores, place):
    better = list(scores)
    better[place % len(better)] = 10
    assert nps(better).nps >= nps(scores).nps


def test_a_unanimous_group_keeps_an_honest_interval():
    found = group_nps([10] * 6, groups=["a"] * 6, clusters=[1, 1, 2, 2, 3, 3])["a"]
    assert (found.value, found.n, found.accounts) == (100, 6, 3)
    assert found.low < 70
    assert found.high == 100


def test_one_account_alone_has_a_score_and_no_interval():
    found = group_nps([10, 0, 9], groups=["a"] * 3, clusters=["x"] * 3)["a"]
    assert found.value == pytest.approx(100 / 3)
    assert (found.low, found.reliability) == (None, "none")


def test_a_value_off_the_scale_does_not_reach_a_group():
    found = group_nps([10, 42, 0], groups=["a"] * 3, clusters=[1, 2, 3])["a"]
    assert (found.n, found.value) == (2, 0)
    assert np.isfinite(found.low)
