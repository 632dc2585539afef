"""Means of answers that come in clusters (several contacts of one account), for all groups at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from amp.stats.estimate import NOTHING, Estimate

Floats = npt.NDArray[np.float64]


def group_means(
    codes: npt.ArrayLike,
    *,
    groups: npt.ArrayLike,
    clusters: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> dict[Any, Estimate]:
    """Weighted mean of `codes` in each group with an interval that respects the clusters; keys are the groups' labels.

    theta = sum wc / sum w; e_a = sum over account a of w(c - theta); SE^2 = G/(G-1) sum e_a^2 / (sum w)^2; interval
    theta +- t(G-1) SE: what R's survey::svymean(id = ~account) gives. All arrays are 1-D and of one length; rows with a
    missing code, group or weight, or with a weight of 0, are left out. With a single account, or no variation at all,
    there is no interval.
    """
    frame = _complete(codes, groups, clusters, weights)
    if frame.empty:
        return {}
    group, labels = pd.factorize(frame["group"], sort=False)
    cells, cell_of = np.unique(
        group * np.int64(frame["cluster"].max() + 1) + frame["cluster"].to_numpy(), return_inverse=True
    )
    cell_group = cells // (frame["cluster"].max() + 1)
    c, w = frame["code"].to_numpy(), frame["weight"].to_numpy()
    sums = _Sums(c, w, group, cell_of, cell_group, len(labels))
    return {label: sums.estimate(i, confidence) for i, label in enumerate(labels)}


def mean(
    codes: npt.ArrayLike, clusters: npt.ArrayLike, weights: npt.ArrayLike | None = None, confidence: float = 0.95
) -> Estimate:
    """The clustered mean of one group; NOTHING when there is no answer. See `group_means`."""
    groups = np.zeros(len(np.asarray(codes)), dtype=np.int64)
    found = group_means(codes, groups=groups, clusters=clusters, weights=weights, confidence=confidence)
    return found.get(0, NOTHING)


def difference(
    codes: npt.ArrayLike,
    in_group: npt.ArrayLike,
    clusters: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Mean of the group less mean of the rest, with interval and p, when accounts may be in both.

    The same as regressing `codes` on the group's dummy by weighted least squares with cluster-robust errors
    (statsmodels cov_type="cluster": G/(G-1) (n-1)/(n-2), t on G-1), in closed form. NOTHING when one side is empty.
    """
    frame = _complete(codes, in_group, clusters, weights)
    inside = frame["group"].to_numpy().astype(bool)
    if inside.all() or not inside.any():
        return NOTHING
    c, w, cluster = frame["code"].to_numpy(), frame["weight"].to_numpy(), frame["cluster"].to_numpy()
    shift, value = np.zeros(int(cluster.max()) + 1), 0.0
    for side, sign in ((inside, 1.0), (~inside, -1.0)):
        total = w[side].sum()
        theta = float((w[side] * c[side]).sum() / total)
        value += sign * theta
        shift += sign * np.bincount(cluster[side], w[side] * (c[side] - theta), len(shift)) / total
    n, accounts = len(c), len(np.unique(cluster))
    if accounts < 2 or n < 3:
        return Estimate(value, None, None, n, accounts)
    se = float(np.sqrt(accounts / (accounts - 1) * (n - 1) / (n - 2) * (shift**2).sum()))
    return _with_interval(value, se, n, accounts, None, confidence)


def kish(weights: npt.ArrayLike) -> float:
    """Kish's effective sample size: (sum w)^2 / sum w^2."""
    w = np.asarray(weights, dtype=np.float64)
    return float(w.sum() ** 2 / (w**2).sum())


class _Sums:
    """The sums by group and by (group, account) that every formula here needs."""

    def __init__(
        self, c: Floats, w: Floats, group: npt.NDArray[np.intp], cell_of: npt.NDArray[np.intp],
        cell_group: npt.NDArray[np.int64], size: int,
    ) -> None:  # fmt: skip
        self.n = np.bincount(group, minlength=size)
        self.w = np.bincount(group, w, size)
        self.w2 = np.bincount(group, w * w, size)
        self.theta = np.bincount(group, w * c, size) / self.w
        residual = c - self.theta[group]
        self.variance = np.bincount(group, w * residual**2, size) / self.w
        e = np.bincount(cell_of, w * residual)
        self.accounts = np.bincount(cell_group, minlength=size)
        self.e2 = np.bincount(cell_group, e * e, size)

    def estimate(self, i: int, confidence: float) -> Estimate:
        n, accounts, theta = int(self.n[i]), int(self.accounts[i]), float(self.theta[i])
        kish_n = float(self.w[i] ** 2 / self.w2[i])
        if accounts < 2:
            return Estimate(theta, None, None, n, accounts, min(kish_n, 1.0))
        se = float(np.sqrt(accounts / (accounts - 1) * self.e2[i]) / self.w[i])
        # n / design effect; answers drawn one by one would have had SE^2 = s^2 / n
        worth = float(self.variance[i] * n / (n - 1) / se**2) if se > _noise(theta) else min(kish_n, accounts)
        return _with_interval(theta, se, n, accounts, min(worth, float(n)), confidence)


def _with_interval(
    value: float, se: float, n: int, accounts: int, effective_n: float | None, confidence: float
) -> Estimate:
    if se <= _noise(value):  # nothing varies: the spread cannot be estimated, and "+- 0" would be a lie
        return Estimate(value, None, None, n, accounts, effective_n)
    half = float(student.ppf((1 + confidence) / 2, accounts - 1)) * se
    p = float(2 * student.sf(abs(value) / se, accounts - 1))
    return Estimate(value, value - half, value + half, n, accounts, effective_n, se, p)


def _noise(value: float) -> float:
    """What rounding alone leaves of a standard error that is 0."""
    return 1e-12 * max(1.0, abs(value))


def _complete(
    codes: npt.ArrayLike, groups: npt.ArrayLike, clusters: npt.ArrayLike, weights: npt.ArrayLike | None
) -> pd.DataFrame:
    code = np.asarray(codes, dtype=np.float64)
    weight = np.ones(len(code)) if weights is None else np.asarray(weights, dtype=np.float64)
    cluster, _ = pd.factorize(np.asarray(clusters), use_na_sentinel=True)
    group = pd.Series(np.asarray(groups))
    if (cluster < 0).any():  # an answer without an account stands for itself
        alone = cluster < 0
        cluster = cluster.copy()
        cluster[alone] = cluster.max() + 1 + np.arange(alone.sum())
    frame = pd.DataFrame({"code": code, "weight": weight, "cluster": cluster.astype(np.int64), "group": group})
    used = np.isfinite(code) & np.isfinite(weight) & (weight > 0) & group.notna().to_numpy()
    return frame if used.all() else frame[used].reset_index(drop=True)
