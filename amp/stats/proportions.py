"""Shares: Wilson intervals, and Newcombe's interval for the difference of two shares."""

from __future__ import annotations

import math
from dataclasses import replace

from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from amp.stats.estimate import NOTHING, Estimate


def wilson(count: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for `count` of `n`, as shares of 1 (Wilson 1927; Newcombe 1998, method 3).

    Raises ValueError when `n` is not positive or `count` is not within 0 .. n.
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
    low, high = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    return (0.0 if count == 0 else float(low)), (1.0 if count == n else float(high))


def share(count: int, n: int, accounts: int | None = None) -> Estimate:
    """The share of independent respondents, with Wilson's interval; NOTHING when nobody answered."""
    if n == 0:
        return NOTHING
    low, high = wilson(count, n)
    value = count / n
    se = math.sqrt(value * (1 - value) / n)
    return Estimate(value, low, high, n, n if accounts is None else accounts, float(n), se, is_proportion=True)


def bounded_share(estimate: Estimate) -> Estimate:
    """A clustered share, its interval within 0 … 1; of unanimous answers, Wilson's of as many as there are accounts."""
    if estimate.value is None:
        return NOTHING
    low, high = estimate.low, estimate.high
    if low is None and estimate.accounts > 1 and round(estimate.value) in {0, 1}:
        low, high = wilson(round(estimate.value) * estimate.accounts, estimate.accounts)
    return replace(estimate, low=low, high=high, is_proportion=True).clipped(0.0, 1.0)


def newcombe_difference(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> tuple[float, float]:
    """Interval of x1/n1 - x2/n2 for independent shares (Newcombe 1998, Stat Med 17:873, method 10).

    Built of the two Wilson intervals, so it holds where one share is 0 or 1, on which the score method fails.
    """
    low1, high1 = wilson(x1, n1, confidence)
    low2, high2 = wilson(x2, n2, confidence)
    p1, p2 = x1 / n1, x2 / n2
    down = math.hypot(p1 - low1, high2 - p2)
    up = math.hypot(high1 - p1, p2 - low2)
    return p1 - p2 - down, p1 - p2 + up


def difference_p(x1: float, n1: float, x2: float, n2: float) -> float:
    """Two-sided p of two independent shares being equal: the score test with the pooled share; 1 where nothing varies.

    With n-1 in place of n (Campbell 2007, Stat Med 26:3661), which holds its level in small groups too.
    """
    pooled, n = (x1 + x2) / (n1 + n2), n1 + n2
    se = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2) * n / (n - 1))
    return float(2 * norm.sf(abs(x1 / n1 - x2 / n2) / se)) if se > 0 else 1.0
