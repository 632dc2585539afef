"""An estimate: a figure with its interval, what it rests on, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Reliability = Literal["none", "review", "directional", "solid"]

LEAST_EFFECTIVE_N: Final = 30  # NCHS 2017 data presentation standards for proportions
WIDEST_PROPORTION: Final = 0.30  # the same standards: an interval of a share this wide or wider is only directional
LEAST_DEGREES: Final = 8  # below this many degrees of freedom a t interval needs a second look


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure in the units of what was asked (NPS points, scale points, shares of 1).

    `low` and `high` bound the 95 % interval; a field is None where it cannot be estimated. `effective_n` is the number
    of independent answers that would have been as precise; `p` tests the value against 0 (a difference against none).
    `accounts` counts the clusters; `alone` of them are single people whose account nobody knows.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    accounts: int
    effective_n: float | None = None
    se: float | None = None
    p: float | None = None
    is_proportion: bool = False
    alone: int = 0

    @property
    def reliability(self) -> Reliability:
        """`solid`, `directional` (few or imprecise answers), `review` (few accounts) or `none` (no interval)."""
        if self.value is None or self.low is None or self.high is None:
            return "none"
        if self.accounts - 1 < LEAST_DEGREES:
            return "review"
        few = self.effective_n is not None and self.effective_n < LEAST_EFFECTIVE_N
        wide = self.is_proportion and self.high - self.low >= WIDEST_PROPORTION
        return "directional" if few or wide else "solid"

    def clipped(self, lowest: float, highest: float) -> Estimate:
        """The same estimate with its interval kept inside what the scale allows."""
        if self.low is None or self.high is None:
            return self
        return replace(self, low=max(self.low, lowest), high=min(self.high, highest))


NOTHING: Final = Estimate(value=None, low=None, high=None, n=0, accounts=0)
