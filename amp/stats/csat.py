"""Satisfaction on a rating scale: the mean with its t interval, and the share of the top choices with Wilson's."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from amp.stats.proportions import wilson

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Mean in scale points, shares of 1; None where nothing can be said. `bottom_two` has no interval of its own."""

    n: int
    mean: float | None
    sd: float | None
    mean_interval: Interval
    top_two: float | None
    top_two_interval: Interval
    top_one: float | None
    top_one_interval: Interval
    bottom_two: float | None


def csat(ratings: npt.ArrayLike, *, low: float = 1, high: float = 5, confidence: float = 0.95) -> Satisfaction:
    """Satisfaction of independent respondents who rated from `low` to `high`; missing values (nan) are left out.

    The mean has no interval for a single answer or when all agree: the spread cannot be estimated and is not 0.
    Raises ValueError for a rating outside the scale.
    """
    given = np.asarray(ratings, dtype=np.float64)
    given = given[~np.isnan(given)]
    if ((given < low) | (given > high)).any():
        raise ValueError(f"a rating is outside {low:g} to {high:g}")
    n = len(given)
    if n == 0:
        return Satisfaction(0, None, None, None, None, None, None, None, None)
    sd = float(given.std(ddof=1)) if n > 1 else None
    top_two, top_one = int((given >= high - 1).sum()), int((given >= high).sum())
    return Satisfaction(
        n=n,
        mean=float(given.mean()),
        sd=sd,
        mean_interval=mean_interval(float(given.mean()), sd, n, confidence),
        top_two=top_two / n,
        top_two_interval=wilson(top_two, n, confidence),
        top_one=top_one / n,
        top_one_interval=wilson(top_one, n, confidence),
        bottom_two=float((given <= low + 1).mean()),
    )


def mean_interval(mean: float, sd: float | None, n: int, confidence: float = 0.95) -> Interval:
    """mean +- t(n-1) sd / sqrt(n); None when n < 2 or nothing varies."""
    if sd is None or n < 2 or sd <= 1e-12 * max(1.0, abs(mean)):
        return None
    half = float(student.ppf((1 + confidence) / 2, n - 1)) * sd / math.sqrt(n)
    return mean - half, mean + half
