"""Differences between two groups or two waves: independent respondents by Welch's test, or clustered by account."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import ttest_ind

from amp.stats.clustered import difference
from amp.stats.estimate import NOTHING, Estimate
from amp.stats.nps import codes


def welch(one: npt.ArrayLike, other: npt.ArrayLike, confidence: float = 0.95) -> Estimate:
    """Mean of `one` less mean of `other` for independent respondents (Welch's t); missing values (nan) left out.

    No interval where a side has fewer than two answers or nothing varies on either side.
    """
    a, b = _given(one), _given(other)
    if len(a) == 0 or len(b) == 0:
        return NOTHING
    value, n = float(a.mean() - b.mean()), len(a) + len(b)
    if min(len(a), len(b)) < 2 or (np.ptp(a) == 0 and np.ptp(b) == 0):
        return Estimate(value, None, None, n, n)
    found = ttest_ind(a, b, equal_var=False)
    interval = found.confidence_interval(confidence)
    se = float(np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))
    return Estimate(value, float(interval.low), float(interval.high), n, n, float(n), se, float(found.pvalue))


def nps_difference(one: npt.ArrayLike, other: npt.ArrayLike, confidence: float = 0.95) -> Estimate:
    """Difference of two independent groups' scores from their 0 … 10 answers: Welch on the codes."""
    return welch(codes(one)[0], codes(other)[0], confidence)


def group_changes(
    values: npt.ArrayLike,
    *,
    groups: npt.ArrayLike,
    later: npt.ArrayLike,
    clusters: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> dict[Any, Estimate]:
    """In each group, the later answers' mean less the earlier ones', clustered by account (accounts may be in both).

    `later` is true for answers of the later wave; a group that lacks one of the waves is left out.
    """  # fmt: skip
    value, label, is_later = np.asarray(values, dtype=np.float64), np.asarray(groups), np.asarray(later, dtype=bool)
    cluster = np.asarray(clusters)
    weight = None if weights is None else np.asarray(weights, dtype=np.float64)
    found = {}
    for name in dict.fromkeys(label.tolist()):
        rows = label == name
        change = difference(value[rows], is_later[rows], cluster[rows], None if weight is None else weight[rows])
        if change.value is not None:
            found[name] = change
    return found


def _given(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64)
    return given[~np.isnan(given)]
