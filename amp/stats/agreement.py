"""How far raters agree on an ordered scale: spread, van der Eijk's A, Tastle and Wierman's consensus, rwg."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

LEAST_RATERS: Final = 5  # below this, show the dots and no index


def van_der_eijk(counts: Sequence[float]) -> float | None:
    """Agreement A in [-1, 1]: 1 all in one category, 0 uniform, -1 halves at both ends (van der Eijk 2001, QQ 35:325).

    `counts` from the lowest to the highest category, of which there are at least 3. None without any answer.
    """
    _check(counts)
    left, total, agreement = np.asarray(counts, dtype=np.float64), float(sum(counts)), 0.0
    if total == 0:
        return None
    while left.max() > 1e-12 * total:  # peel the distribution into layers that are each uniform over what they cover
        pattern = left > 1e-12 * total
        layer = float(left[pattern].min())
        agreement += layer * int(pattern.sum()) / total * _pattern_agreement(pattern)
        left = left - layer * pattern
    return agreement


def polarization(counts: Sequence[float]) -> float | None:
    """(1 - A) / 2: 0 when all agree, 1 when they stand at both ends."""
    a = van_der_eijk(counts)
    return None if a is None else (1 - a) / 2


def consensus(counts: Sequence[float]) -> float | None:
    """Cns = 1 + sum p log2(1 - |k - mean| / width) in [0, 1] (Tastle and Wierman 2007); None without any answer."""
    _check(counts)
    total = sum(counts)
    if total == 0:
        return None
    mean = sum(k * count for k, count in enumerate(counts)) / total
    width = len(counts) - 1
    terms = (n / total * math.log2(1 - abs(k - mean) / width) for k, n in enumerate(counts) if n)
    return max(0.0, 1 + math.fsum(terms))


def leik(counts: Sequence[float]) -> float | None:
    """Ordinal dispersion D of Leik (1966): 0 when all agree, 1 at both ends; None without any answer."""
    _check(counts)
    total = sum(counts)
    if total == 0:
        return None
    cumulative = np.cumsum(counts) / total
    return float(2 * np.minimum(cumulative, 1 - cumulative).sum() / (len(counts) - 1))


def rwg(ratings: npt.ArrayLike, *, choices: int, null_variance: float | None = None) -> float | None:
    """1 - s^2 / sigma^2 against raters who choose at random (James, Demaree and Wolf 1984); raw, may be below 0.

    sigma^2 is (choices^2 - 1) / 12 unless `null_variance` gives a skewed one. None for fewer than two raters.
    """
    given = np.asarray(ratings, dtype=np.float64)
    given = given[~np.isnan(given)]
    if len(given) < 2:
        return None
    return 1 - float(given.var(ddof=1)) / (null_variance or uniform_variance(choices))


def rwg_of_items(ratings: npt.ArrayLike, *, choices: int, null_variance: float | None = None) -> float | None:
    """rwg(j) of a raters x items array: J r / (J r + 1 - r) with r = 1 - mean(s^2) / sigma^2; 0 where r is below 0."""
    given = np.asarray(ratings, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] < 2:
        return None
    r = 1 - float(given.var(axis=0, ddof=1).mean()) / (null_variance or uniform_variance(choices))
    items = given.shape[1]
    return items * r / (items * r + 1 - r) if r > 0 else 0.0


def uniform_variance(choices: int) -> float:
    """Variance of raters who choose at random among `choices` equally spaced ones."""
    return (choices**2 - 1) / 12


def _check(counts: Sequence[float]) -> None:
    if len(counts) < 3 or min(counts) < 0:
        raise ValueError("agreement needs counts of at least 3 categories, none of them negative")


def _pattern_agreement(pattern: npt.NDArray[np.bool_]) -> float:
    """A of one layer: U (1 - (S - 1)/(K - 1)), with U from triples of agreeing (TU) and disagreeing (TDU) order."""
    size, chosen = len(pattern), np.flatnonzero(pattern)
    filled = len(chosen)
    if filled == 1:
        return 1.0
    if filled == size:
        return 0.0
    gaps = [int((chosen < i).sum()) * int((chosen > i).sum()) for i in np.flatnonzero(~pattern)]
    bimodal = sum(gaps)  # filled - empty - filled
    pairs = filled * (filled - 1) // 2
    unimodal = pairs * (size - filled) - bimodal  # filled - filled - empty, either way
    u = ((size - 2) * unimodal - (size - 1) * bimodal) / ((size - 2) * (unimodal + bimodal))
    return u * (1 - (filled - 1) / (size - 1))
