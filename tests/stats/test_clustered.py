"""Clustered means and differences, against statsmodels' cluster-robust regression."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from amp.stats.clustered import (
    Cells,
    cell_difference,
    cell_differences,
    cell_means,
    difference,
    group_means,
    kish,
    mean,
)


def sample(seed=7, n=240):
    rng = np.random.default_rng(seed)
    return rng.choice([-100.0, 0.0, 100.0], n), rng.random(n) < 0.4, rng.integers(0, 25, n), rng.random(n) + 0.1


def robust(design, codes, clusters, weights, *, small_sample):
    cov = {"groups": clusters, "use_correction": small_sample}
    return sm.WLS(codes, design, weights=weights).fit(cov_type="cluster", cov_kwds=cov, use_t=True)


def test_a_difference_is_the_dummy_of_a_cluster_robust_regression():
    codes, inside, clusters, weights = sample()
    want = robust(sm.add_constant(inside.astype(float)), codes, clusters, weights, small_sample=True)
    found = difference(codes, inside, clusters, weights)
    assert found.value == pytest.approx(want.params[1])
    assert found.se == pytest.approx(want.bse[1])
    assert [found.low, found.high] == pytest.approx(list(want.conf_int()[1]))
    assert found.p == pytest.approx(want.pvalues[1])


def test_a_group_mean_is_the_constant_of_a_cluster_robust_regression():
    codes, inside, clusters, weights = sample()
    for label, found in group_means(codes, groups=inside, clusters=clusters, weights=weights).items():
        rows = inside == label
        g = len(set(clusters[rows]))
        want = robust(np.ones(rows.sum()), codes[rows], clusters[rows], weights[rows], small_sample=False)
        assert found.value == pytest.approx(want.params[0])
        assert found.se == pytest.approx(want.bse[0] * np.sqrt(g / (g - 1)))
        assert (found.n, found.accounts) == (rows.sum(), g)


def test_answers_of_one_account_each_give_the_plain_t_interval():
    found = mean([1.0, 2.0, 4.0, 5.0], clusters=["a", "b", "c", "d"])
    assert (found.value, found.low, found.high) == pytest.approx((3.0, 0.09477, 5.90523), abs=1e-4)


def test_answers_that_only_repeat_within_accounts_are_worth_as_many_as_there_are_accounts():
    scores = np.repeat([-100, 0, 100, 100, -100, 0, 100, 0], 5)
    found = mean(scores, clusters=np.repeat(range(8), 5))
    assert found.n == 40
    assert 7 <= found.effective_n <= 8


def test_weights_make_every_account_count_once():
    found = mean([10, 10, 10, 0], clusters=["a", "a", "a", "b"], weights=[1 / 3, 1 / 3, 1 / 3, 1])
    assert found.value == pytest.approx(5)


def test_one_account_has_no_interval():
    assert mean([1, 2, 3], clusters=["a"] * 3).low is None


def test_answers_that_all_agree_have_no_interval_rather_than_a_width_of_nothing():
    found = mean([4, 4, 4], clusters=["a", "b", "c"])
    assert (found.value, found.low, found.p) == (4, None, None)


def test_nobody_answered_is_an_empty_result():
    assert group_means([], groups=[], clusters=[]) == {}
    assert mean([np.nan], clusters=["a"]).n == 0


def test_an_answer_without_account_stands_for_itself():
    assert mean([1, 2, 3, 4], clusters=["a", "a", None, None]).accounts == 3


def test_a_difference_needs_somebody_on_both_sides():
    assert difference([1, 2], [True, True], ["a", "b"]).value is None


def test_reliability_says_few_accounts_before_it_says_few_answers():
    rng = np.random.default_rng(1)
    assert mean(rng.random(200), clusters=rng.integers(0, 4, 200)).reliability == "review"
    assert mean(rng.random(20), clusters=range(20)).reliability == "directional"
    assert mean(rng.random(200), clusters=range(200)).reliability == "solid"


def test_kish_counts_equal_weights_fully():
    assert kish([2, 2, 2]) == pytest.approx(3)
    assert kish([1, 0, 0]) == pytest.approx(1)


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 4), st.integers(0, 6)), min_size=2, max_size=60))
def test_a_group_is_estimated_the_same_alone_and_among_others(rows):
    codes, groups, clusters = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    for label, found in group_means(codes, groups=groups, clusters=clusters).items():
        alone = mean(codes[groups == label], clusters[groups == label])
        assert (alone.value, alone.n, alone.accounts) == pytest.approx((found.value, found.n, found.accounts))
        assert (alone.low is None) == (found.low is None)
        if found.low is not None:
            assert (alone.low, alone.high) == pytest.approx((found.low, found.high))


def test_sums_by_account_give_what_the_single_answers_give():
    codes, inside, clusters, _ = sample()
    per_account = np.array([1 / (clusters[inside == g] == a).sum() for g, a in zip(inside, clusters, strict=True)])
    pairs = sorted(set(zip(inside.tolist(), clusters.tolist(), strict=True)))
    rows = [(inside == g) & (clusters == a) for g, a in pairs]
    cells = Cells(
        group=[g for g, _ in pairs],
        cluster=[a for _, a in pairs],
        n=[row.sum() for row in rows],
        total=[codes[row].sum() for row in rows],
        squares=[(codes[row] ** 2).sum() for row in rows],
        weight=[per_account[row][0] for row in rows],
    )
    want = group_means(codes, groups=inside, clusters=clusters, weights=per_account)
    for label, found in cell_means(cells).items():
        assert (found.value, found.low, found.high) == pytest.approx(
            (want[label].value, want[label].low, want[label].high)
        )
        assert found.effective_n == pytest.approx(want[label].effective_n)
    change, wanted = cell_difference(cells, cells.group), difference(codes, inside, clusters, per_account)
    assert (change.value, change.se, change.p) == pytest.approx((wanted.value, wanted.se, wanted.p))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_changes_of_many_groups_at_once_are_those_of_each_alone(seed):
    rng = np.random.default_rng(seed)
    rows = 60
    group, cluster = rng.integers(0, 4, rows), rng.integers(0, 9, rows)
    n, later = rng.integers(1, 4, rows).astype(float), rng.random(rows) < 0.5
    total = n * rng.integers(0, 11, rows)
    found = cell_differences(Cells(group, cluster, n, total, total**2), later)
    for label in set(group.tolist()):
        rows_of = group == label
        alone = cell_difference(
            Cells(*(values[rows_of] for values in (group, cluster, n, total, total**2))), later[rows_of]
        )
        if alone.value is None:
            assert label not in found
        else:
            assert found[label].value == pytest.approx(alone.value)
            assert (found[label].n, found[label].accounts) == (alone.n, alone.accounts)
            assert (found[label].se is None) == (alone.se is None)
            assert found[label].se == pytest.approx(alone.se)
