"""Means of answers that come in clusters (several contacts of one account), for all groups at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from amp.stats.estimate import NOTHING, Estimate

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Sums over the answers of one account in one group; all that the formulas need, so an engine can do the adding.

    1-D arrays of one length: `group` and `cluster` (labels of any kind, none missing), `n` answers, their sum `total`
    and sum of squares `squares`, and `weight`, the weight of each answer in the cell (1 where left out).
    """

    group: npt.ArrayLike
    cluster: npt.ArrayLike
    n: npt.ArrayLike
    total: npt.ArrayLike
    squares: npt.ArrayLike
    weight: npt.ArrayLike | None = None


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
    group, labels = pd.factorize(frame["group"])
    return _means(_summed(frame, np.asarray(group, dtype=np.int64)), list(labels), confidence)


def cell_means(cells: Cells, confidence: float = 0.95) -> dict[Any, Estimate]:
    """The same as `group_means` from sums by account: one row a (group, account)."""
    weight = _weights(cells)
    used = np.isfinite(weight) & (weight > 0)
    group, labels = pd.factorize(np.asarray(cells.group)[used])
    n, total, squares = (np.asarray(x, dtype=np.float64)[used] for x in (cells.n, cells.total, cells.squares))
    w = weight[used]
    frame = pd.DataFrame({"group": group, "n": n, "w": w * n, "w2": w * w * n, "wc": w * total, "wc2": w * squares})
    return _means(frame, list(labels), confidence)


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
    inside = frame["group"].to_numpy().astype(bool).astype(np.int64)
    summed = _summed(frame, inside)
    return _difference(summed, summed["group"].to_numpy() == 1, confidence)


def cell_difference(cells: Cells, in_group: npt.ArrayLike, confidence: float = 0.95) -> Estimate:
    """The same as `difference` from sums by account; `in_group` says of each cell which side it is on."""
    weight = _weights(cells)
    used = np.isfinite(weight) & (weight > 0)
    cluster, _ = pd.factorize(np.asarray(cells.cluster)[used])
    n, total = (np.asarray(x, dtype=np.float64)[used] for x in (cells.n, cells.total))
    frame = pd.DataFrame({"cluster": cluster, "n": n, "w": weight[used] * n, "wc": weight[used] * total})
    return _difference(frame, np.asarray(in_group, dtype=bool)[used], confidence)


def cell_differences(cells: Cells, in_group: npt.ArrayLike, confidence: float = 0.95) -> dict[Any, Estimate]:
    """`cell_difference` within every group of `cells` at once; groups that lack one of the sides are left out.

    For many small groups (a league table of accounts, with people as clusters), where one call each would be slow.
    """
    inside = np.asarray(in_group, dtype=bool)
    group, labels = pd.factorize(np.asarray(cells.group))
    cluster, _ = pd.factorize(np.asarray(cells.cluster))
    n, total = (np.asarray(x, dtype=np.float64) for x in (cells.n, cells.total))
    w = _weights(cells) * n
    frame = pd.DataFrame({"group": group, "cluster": cluster, "inside": inside, "n": n, "w": w})
    frame["wc"] = _weights(cells) * total
    sides = frame.groupby(["group", "inside"])[["w", "wc"]].transform("sum")
    frame["theta"] = sides["wc"] / sides["w"]
    frame["shift"] = np.where(inside, 1.0, -1.0) * (frame["wc"] - frame["theta"] * w) / sides["w"]
    thetas = frame.groupby(["group", "inside"])["theta"].first().unstack("inside")
    shift = frame.groupby(["group", "cluster"])["shift"].sum().pow(2).groupby(level="group").agg(["sum", "size"])
    answers = frame.groupby("group")["n"].sum()
    both = thetas.reindex(columns=[True, False]).dropna()
    return {
        labels[g]: _of_sums(later - earlier, int(answers[g]), int(shift["size"][g]), float(shift["sum"][g]), confidence)
        for g, later, earlier in both.itertuples()
    }


def kish(weights: npt.ArrayLike) -> float:
    """Kish's effective sample size: (sum w)^2 / sum w^2."""
    w = np.asarray(weights, dtype=np.float64)
    return float(w.sum() ** 2 / (w**2).sum())


def _means(cells: pd.DataFrame, labels: list[Any], confidence: float) -> dict[Any, Estimate]:
    group, size = cells["group"].to_numpy(dtype=np.int64), len(labels)
    n, w, w2, wc, wc2 = (np.bincount(group, cells[name], size) for name in ("n", "w", "w2", "wc", "wc2"))
    with np.errstate(invalid="ignore"):
        theta = wc / w
        e = cells["wc"].to_numpy() - theta[group] * cells["w"].to_numpy()
        variance = np.maximum(wc2 / w - theta**2, 0.0)
    accounts, e2 = np.bincount(group, minlength=size), np.bincount(group, e * e, size)
    rows = zip(labels, theta, n, accounts, np.sqrt(e2) / w, variance, w**2 / w2, strict=True)
    return {row[0]: _estimate(confidence, *(float(x) for x in row[1:])) for row in rows}


def _estimate(
    confidence: float, theta: float, n: float, accounts: float, spread: float, variance: float, kish_n: float
) -> Estimate:
    if accounts < 2:
        return Estimate(theta, None, None, int(n), int(accounts), 1.0)
    se = spread * float(np.sqrt(accounts / (accounts - 1)))
    # n / design effect; answers drawn one by one would have had SE^2 = s^2 / n
    worth = variance * n / (n - 1) / se**2 if se > _noise(theta) else min(kish_n, accounts)
    return _with_interval(theta, se, int(n), int(accounts), min(worth, n), confidence)


def _difference(cells: pd.DataFrame, inside: npt.NDArray[np.bool_], confidence: float) -> Estimate:
    if inside.all() or not inside.any():
        return NOTHING
    cluster, w, wc = (cells[name].to_numpy() for name in ("cluster", "w", "wc"))
    shift, value = np.zeros(int(cluster.max()) + 1), 0.0
    for side, sign in ((inside, 1.0), (~inside, -1.0)):
        total = w[side].sum()
        theta = float(wc[side].sum() / total)
        value += sign * theta
        shift += sign * np.bincount(cluster[side], wc[side] - theta * w[side], len(shift)) / total
    n, accounts = int(cells["n"].sum()), len(np.unique(cluster))
    return _of_sums(value, n, accounts, float((shift**2).sum()), confidence)


def _of_sums(value: float, n: int, accounts: int, shift2: float, confidence: float) -> Estimate:
    """A difference from its value and the sum over the clusters of their squared shifts."""
    if accounts < 2 or n < 3:
        return Estimate(value, None, None, n, accounts)
    se = float(np.sqrt(accounts / (accounts - 1) * (n - 1) / (n - 2) * shift2))
    return _with_interval(value, se, n, accounts, None, confidence)


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


def _weights(cells: Cells) -> Floats:
    size = len(np.asarray(cells.n))
    return np.ones(size) if cells.weight is None else np.asarray(cells.weight, dtype=np.float64)


def _summed(frame: pd.DataFrame, group: Integers) -> pd.DataFrame:
    """Sums by group (0 … as given) and cluster, of rows of single answers."""
    clusters = int(frame["cluster"].max()) + 1 if len(frame) else 1
    cells, place = np.unique(group * clusters + frame["cluster"].to_numpy(), return_inverse=True)
    w, c = frame["weight"].to_numpy(), frame["code"].to_numpy()
    sums = {"n": np.ones(len(c)), "w": w, "w2": w * w, "wc": w * c, "wc2": w * c * c}
    added = {name: np.bincount(place, values, len(cells)) for name, values in sums.items()}
    return pd.DataFrame({"group": cells // clusters, "cluster": cells % clusters, **added})


def _complete(
    codes: npt.ArrayLike, groups: npt.ArrayLike, clusters: npt.ArrayLike, weights: npt.ArrayLike | None
) -> pd.DataFrame:
    code = np.asarray(codes, dtype=np.float64)
    weight = np.ones(len(code)) if weights is None else np.asarray(weights, dtype=np.float64)
    found, _ = pd.factorize(np.asarray(clusters), use_na_sentinel=True)
    cluster, alone = np.asarray(found, dtype=np.int64), np.asarray(found) < 0
    if alone.any():  # an answer without an account stands for itself
        cluster = np.where(alone, cluster.max() + 1 + np.cumsum(alone), cluster)
    group = pd.Series(np.asarray(groups))
    frame = pd.DataFrame({"code": code, "weight": weight, "cluster": cluster, "group": group})
    used = np.isfinite(code) & np.isfinite(weight) & (weight > 0) & group.notna().to_numpy()
    return frame if used.all() else frame[used].reset_index(drop=True)
