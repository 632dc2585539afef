"""How a company stands among the companies that took the same audit here: medians, rank, percentile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from amp.audit.scoring import AuditResult

COMPANIES_AT_LEAST: Final = 5
PERCENTILE_FROM: Final = 10
"""With fewer companies a percentile says more than there is to know; then it is a rank (docs/statistics.md)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one company stands: its overall total and its category totals, in points, and since when."""

    company: str
    industry: str
    total: float
    categories: tuple[float, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Peers:
    """A group of companies to compare with; `industry` is empty for all of them.

    Under five companies there are no medians (“building”); `rank` is 1 for the highest, among `companies` and oneself;
    `percentile` is the share of them below, ties counted half, from ten companies on.
    """

    industry: str
    companies: int
    newest: datetime | None
    total: float | None = None
    categories: tuple[float, ...] = ()
    rank: int | None = None
    percentile: float | None = None

    @property
    def building(self) -> bool:
        """Whether there are too few companies to compare with."""
        return self.companies < COMPANIES_AT_LEAST


def company_key(name: str) -> str:
    """What tells companies apart: the name without case and surplus spaces; empty for one that is not named."""
    return " ".join(name.split()).casefold()


def newest_of_each(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """One a company: its newest. Who gave no company's name is no company that could be counted."""
    latest: dict[str, Standing] = {}
    for one in sorted(standings, key=lambda one: one.at):
        if company_key(one.company):
            latest[company_key(one.company)] = one
    return tuple(latest.values())


def peers(result: AuditResult, standings: Sequence[Standing], *, company: str = "", industry: str = "") -> Peers:
    """The companies of `standings` beside `company` itself, all of them or those of one `industry`."""
    others = [
        one
        for one in newest_of_each(standings)
        if company_key(one.company) != company_key(company) and industry in ("", one.industry)
    ]
    newest = max((one.at for one in others), default=None)
    if len(others) < COMPANIES_AT_LEAST:
        return Peers(industry, len(others), newest)
    own = result.overall.total
    below = sum(one.total < own for one in others) if own is not None else 0
    equal = sum(one.total == own for one in others) if own is not None else 0
    return Peers(
        industry=industry,
        companies=len(others),
        newest=newest,
        total=median(one.total for one in others),
        categories=tuple(median(totals) for totals in zip(*(one.categories for one in others), strict=True)),
        rank=None if own is None else len(others) - below - equal + 1,
        percentile=(below + equal / 2) / len(others) if own is not None and len(others) >= PERCENTILE_FROM else None,
    )
