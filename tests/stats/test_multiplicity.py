"""Adjusting for many comparisons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.multiplicity import adjusted, more_than_noise


def test_the_published_example_is_met(truth):
    case = truth("multiplicity_bh1995").expected
    for method, name in (("fdr_bh", "BH"), ("holm", "holm"), ("bonferroni", "bonferroni"), ("fdr_by", "BY")):
        assert list(adjusted(case["p"], method)) == pytest.approx(case[name], abs=1e-9)
    assert sum(more_than_noise(case["p"])) == case["n_reject_05"]["BH"]


def test_what_was_not_tested_is_neither_flagged_nor_counted():
    assert more_than_noise([None, 0.04]) == (False, True)
    assert adjusted([]) == ()


def test_a_p_above_one_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjusted([1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_never_lowers_a_p_and_keeps_the_order(p_values):
    found = adjusted(p_values)
    assert all(a >= p - 1e-12 for a, p in zip(found, p_values, strict=True))
    ranked = [a for _, a in sorted(zip(p_values, found, strict=True))]
    assert ranked == sorted(ranked)
