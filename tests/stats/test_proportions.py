"""Wilson and Newcombe intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2 as chi2_distribution
from scipy.stats import chi2_contingency

from amp.stats.proportions import difference_p, newcombe_difference, share, wilson


def test_every_published_interval_is_met(truth):
    for name, want in truth("prop_ci_newcombe1998").expected.items():
        count, n = (int(part) for part in name.split("/"))
        assert list(wilson(count, n)) == pytest.approx(want["computed"]["wilson"], abs=1e-9)
        assert list(wilson(count, n)) == pytest.approx(want["published_newcombe1998"]["wilson"], abs=1e-4)


# Newcombe (1998), Statistics in Medicine 17:873, Table II, method 10
@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 10, 0.6075, 1.0000),
        (0, 10, 0, 10, -0.2775, 0.2775),
    ],
)
def test_published_differences_are_met(x1, n1, x2, n2, low, high):
    assert newcombe_difference(x1, n1, x2, n2) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (-1, 4), (5, 4)])
def test_what_is_no_share_is_refused(count, n):
    with pytest.raises(ValueError, match="not a share"):
        wilson(count, n)


def test_nobody_asked_is_no_share():
    assert share(0, 0).value is None


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_a_difference_lies_in_its_interval_and_turns_round(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    low, high = newcombe_difference(x1, n1, x2, n2)
    assert -1 - 1e-9 <= low <= x1 / n1 - x2 / n2 <= high <= 1 + 1e-9
    assert newcombe_difference(x2, n2, x1, n1) == pytest.approx((-high, -low))


def test_the_test_of_two_shares_is_campbells_chi_square():
    table = np.array([[30, 70], [15, 85]])
    chi2 = chi2_contingency(table, correction=False).statistic * 199 / 200
    assert difference_p(30, 100, 15, 100) == pytest.approx(chi2_distribution.sf(chi2, 1))
    assert difference_p(0, 40, 0, 50) == 1
