"""Comparison with a competitor on superior – better – same – worse – failed: net better, mean, and a test of parity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy.stats import binomtest

from amp.stats.csat import Interval, mean_interval

CODES: Final = (2, 1, 0, -1, -2)  # superior, better, same, worse, failed
THREE_POINT_CODES: Final = (1, 0, -1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`net_better` in points (-100 … 100), `mean` from -2 to +2, `p_parity` of the sign test without “same”."""

    n: int
    dont_know: int
    net_better: float | None
    se: float | None
    interval: Interval
    mean: float | None
    p_parity: float | None
    share_better: float | None


def comparison(counts: Sequence[int], *, dont_know: int = 0, confidence: float = 0.95) -> Comparison:
    """Net better of independent respondents; `counts` from superior to failed (five), or better, same, worse (three).

    net better = 100 (better or superior - worse or failed) / n of those who compared; don't-knows stand apart. SE and
    interval are those of a mean of codes +100, 0, -100 (ddof 1, t on n-1). Raises ValueError for any other length.
    """
    codes = {5: CODES, 3: THREE_POINT_CODES}.get(len(counts))
    if codes is None or min(counts) < 0 or dont_know < 0:
        raise ValueError("counts of superior … failed, or of better, same and worse, are needed")
    n = sum(counts)
    if n == 0:
        return Comparison(0, dont_know, None, None, None, None, None, None)
    ahead = sum(count for count, code in zip(counts, codes, strict=True) if code > 0)
    behind = sum(count for count, code in zip(counts, codes, strict=True) if code < 0)
    net, sd = 100 * (ahead - behind) / n, _code_sd(ahead, behind, n)
    return Comparison(
        n=n,
        dont_know=dont_know,
        net_better=net,
        se=None if sd is None else sd / math.sqrt(n),
        interval=mean_interval(net, sd, n, confidence),
        mean=sum(count * code for count, code in zip(counts, codes, strict=True)) / n,
        p_parity=parity(ahead, behind),
        share_better=ahead / n,
    )


def parity(ahead: int, behind: int) -> float:
    """Exact two-sided sign test of as many ahead as behind; 1 when nobody sees a difference."""
    return float(binomtest(ahead, ahead + behind).pvalue) if ahead + behind else 1.0


def _code_sd(ahead: int, behind: int, n: int) -> float | None:
    if n < 2:
        return None
    variance = (ahead + behind) / n - ((ahead - behind) / n) ** 2
    return 100 * math.sqrt(max(variance, 0.0) * n / (n - 1))
