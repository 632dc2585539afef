"""Net promoter score: codes of +100, 0 and -100, with the adjusted-Wald interval for independent respondents."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from scipy.stats import t as student

from amp.stats.clustered import Floats, group_means
from amp.stats.estimate import NOTHING, Estimate

LOWEST: Final = -100.0
HIGHEST: Final = 100.0
_ADDED: Final = 3.0  # adjusted Wald adds three answers: 3/4 promoters, 3/4 detractors, the rest passive
_ADDED_SHARE: Final = 0.75


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """A score in points (-100 … 100) with its make-up; `excluded` counts values that are no integer of 0 … 10.

    `se` is the plain standard error 100 sqrt(v/n); `low` and `high` the adjusted-Wald interval around `centre`.
    """

    nps: float | None
    low: float | None
    high: float | None
    n: int
    promoters: int
    passives: int
    detractors: int
    excluded: int = 0
    se: float | None = None
    se_sample: float | None = None
    centre: float | None = None
    adjusted_se: float | None = None


def codes(scores: npt.ArrayLike) -> tuple[Floats, int]:
    """+100 (9-10), 0 (7-8), -100 (0-6) and nan elsewhere, in the order given; and how many values were excluded.

    A missing value (nan) is no answer: it becomes nan and is not counted. A value that is not an integer of 0 … 10 is.
    """
    given = np.asarray(scores, dtype=np.float64)
    valid = (given >= 0) & (given <= 10) & (given == np.floor(given))
    code = np.select([given >= 9, given >= 7], [100.0, 0.0], -100.0)
    return np.where(valid, code, np.nan), int((~valid & ~np.isnan(given)).sum())


def nps(scores: npt.ArrayLike, confidence: float = 0.95) -> NetPromoter:
    """The score of independent respondents from their 0 … 10 answers. See `nps_of_counts`."""
    code, excluded = codes(scores)
    promoters, passives, detractors = (int((code == value).sum()) for value in (100.0, 0.0, -100.0))
    return nps_of_counts(promoters, passives, detractors, excluded=excluded, confidence=confidence)


def nps_of_counts(
    promoters: int, passives: int, detractors: int, *, excluded: int = 0, confidence: float = 0.95
) -> NetPromoter:
    """The score with its adjusted-Wald interval (Rocks 2016, The American Statistician 70:365), clipped to the scale.

    n' = n + 3, P' = (promoters + 3/4)/n', D' = (detractors + 3/4)/n', interval 100 [(P'-D') +- z sqrt(v'/n')] with
    v = P + D - (P-D)^2. The point shown is the raw score. Nothing but counts when nobody answered.
    """
    n = promoters + passives + detractors
    if min(promoters, passives, detractors) < 0:
        raise ValueError("counts cannot be negative")
    if n == 0:
        return NetPromoter(None, None, None, 0, 0, 0, 0, excluded)
    variance = _variance(promoters / n, detractors / n)
    grown = n + _ADDED
    p, d = (promoters + _ADDED_SHARE) / grown, (detractors + _ADDED_SHARE) / grown
    centre, adjusted = 100 * (p - d), 100 * math.sqrt(_variance(p, d) / grown)
    half = float(norm.ppf((1 + confidence) / 2)) * adjusted
    return NetPromoter(
        nps=100 * (promoters - detractors) / n,
        low=max(centre - half, LOWEST),
        high=min(centre + half, HIGHEST),
        n=n, promoters=promoters, passives=passives, detractors=detractors, excluded=excluded,
        se=100 * math.sqrt(variance / n),
        se_sample=100 * math.sqrt(variance / (n - 1)) if n > 1 else None,
        centre=centre,
        adjusted_se=adjusted,
    )  # fmt: skip


def t_interval(found: NetPromoter, confidence: float = 0.95) -> tuple[float, float] | None:
    """The plain t interval of the codes, unclipped; None for one answer. For comparison only: it fails at small n."""
    if found.nps is None or found.se_sample is None:
        return None
    half = float(student.ppf((1 + confidence) / 2, found.n - 1)) * found.se_sample
    return found.nps - half, found.nps + half


def group_nps(
    scores: npt.ArrayLike,
    *,
    groups: npt.ArrayLike,
    clusters: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> dict[Any, Estimate]:
    """The score of each group, clustered by account, interval clipped to the scale; keys are the groups' labels.

    Where all answers of a group agree, its spread is taken from the adjusted-Wald interval of as many answers as there
    are accounts, since one account's answers are not independent.
    """
    code, _ = codes(scores)
    found = group_means(code, groups=groups, clusters=clusters, weights=weights)
    return {label: bounded_nps(estimate) for label, estimate in found.items()}


def bounded_nps(estimate: Estimate) -> Estimate:
    """A clustered score with its interval on the scale; of unanimous answers, adjusted-Wald of as many as accounts."""
    if estimate.value is None:
        return NOTHING
    if estimate.low is not None or estimate.accounts < 2 or round(estimate.value) not in {-100, 0, 100}:
        return estimate.clipped(LOWEST, HIGHEST)
    unanimous = [round(estimate.value) == value for value in (100, 0, -100)]
    spread = nps_of_counts(*(estimate.accounts * same for same in unanimous))
    return Estimate(
        estimate.value,
        spread.low,
        spread.high,
        estimate.n,
        estimate.accounts,
        float(estimate.accounts),
        spread.adjusted_se,
    )


def _variance(p: float, d: float) -> float:
    return p + d - (p - d) ** 2
