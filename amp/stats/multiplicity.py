"""Many comparisons on one screen: p-values adjusted so that few of the flagged ones are noise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from statsmodels.stats.multitest import multipletests

FALSE_DISCOVERY_RATE: Final = 0.05
Method = Literal["fdr_bh", "fdr_by", "holm", "bonferroni"]


def adjusted(p_values: Sequence[float | None], method: Method = "fdr_bh") -> tuple[float | None, ...]:
    """Adjusted p-values in the order given (Benjamini & Hochberg 1995 by default); None, untested, stays None.

    The family is the values that are not None. Raises ValueError for a value outside 0 … 1.
    """
    tested = [p for p in p_values if p is not None]
    if any(not 0 <= p <= 1 for p in tested):
        raise ValueError("a p-value lies between 0 and 1")
    found = iter(multipletests(tested, method=method)[1] if tested else ())
    return tuple(None if p is None else float(next(found)) for p in p_values)


def more_than_noise(p_values: Sequence[float | None], q: float = FALSE_DISCOVERY_RATE) -> tuple[bool, ...]:
    """Which differences are more than noise with a false discovery rate of `q` over the family."""
    return tuple(p is not None and p <= q for p in adjusted(p_values))
