"""How many accounts each tier holds, so that README.md can say it; AMP computes its own."""

from __future__ import annotations

from collections.abc import Sequence


def tier_sizes(revenues: Sequence[int]) -> tuple[int, int, int]:
    """Accounts in Tier I, II and III; the account that crosses 80 % or 90 % of revenue is inside. No two revenues may be equal at a cut."""
    total, before = sum(revenues), 0
    sizes = [0, 0, 0]
    for revenue in sorted(revenues, reverse=True):
        sizes[0 if before * 10 < total * 8 else 1 if before * 10 < total * 9 else 2] += 1
        before += revenue
    return sizes[0], sizes[1], sizes[2]
