"""Differences between groups and waves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_ind

from amp.stats.differences import group_changes, nps_difference, welch


def test_a_difference_of_scores_is_welchs_on_the_codes():
    one, other = [10, 9, 9, 7, 3, 10], [6, 5, 8, 9, 2, 1, 7]
    want = ttest_ind([100, 100, 100, 0, -100, 100], [-100, -100, 0, 100, -100, -100, 0], equal_var=False)
    found = nps_difference(one, other)
    assert found.p == pytest.approx(want.pvalue)
    assert found.low == pytest.approx(want.confidence_interval().low)
    assert found.value == pytest.approx(50 - -300 / 7)


def test_a_side_with_one_answer_has_no_interval():
    assert welch([5], [1, 2, 3]).low is None
    assert welch([], [1, 2]).value is None
    assert welch([3, 3], [3, 3]).p is None


def test_a_change_is_found_in_the_group_that_changed():
    rng = np.random.default_rng(3)
    groups = np.repeat(["still", "fallen"], 200)
    later = np.tile([False, True], 200)
    values = rng.normal(8, 1, 400) - np.where((groups == "fallen") & later, 2.0, 0.0)
    found = group_changes(values, groups=groups, later=later, clusters=np.tile(np.arange(50), 8))
    assert found["fallen"].high < 0
    assert found["still"].low < 0 < found["still"].high


def test_a_group_of_one_wave_has_no_change():
    assert group_changes([1, 2], groups=["a", "a"], later=[True, True], clusters=[1, 2]) == {}
