"""Several takers of one audit: every rating, its spread, and how far people agree; never just the mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from statistics import mean, median, stdev
from typing import Final

from amp.audit.instrument import Instrument, Statement
from amp.audit.scoring import Answers, AuditResult, score
from amp.stats.agreement import LEAST_RATERS, van_der_eijk


class Agreement(StrEnum):
    """Van der Eijk's A in a word; the cuts are ours (docs/statistics.md)."""

    STRONG = "strong agreement"
    SOME = "some agreement"
    MIXED = "mixed"
    SPLIT = "split"

    @classmethod
    def of(cls, a: float) -> Agreement:
        """A runs from -1 (halves at both ends) over 0 (evenly spread) to 1 (all the same)."""
        return next(word for word, least in _CUTS if a >= least)


_CUTS: Final = ((Agreement.STRONG, 0.7), (Agreement.SOME, 0.4), (Agreement.MIXED, 0.1), (Agreement.SPLIT, -1.0))


@dataclass(frozen=True)
class StatementSpread:
    """How the takers rated one statement: `counts` by value of the scale, lowest first; those not sure apart.

    `spread` is the standard deviation (of two raters or more), `agreement` is van der Eijk's A (of five or more).
    """

    statement: Statement
    category_id: str
    counts: tuple[int, ...]
    unsure: int
    median: float | None
    mean: float | None
    spread: float | None
    agreement: float | None

    @property
    def raters(self) -> int:
        """Who gave a rating."""
        return sum(self.counts)

    @property
    def word(self) -> Agreement | None:
        """The agreement in a word; nothing under five raters."""
        return None if self.agreement is None else Agreement.of(self.agreement)


@dataclass(frozen=True)
class TotalSpread:
    """The totals of the takers in one category, or overall (`id` empty); of complete ones only, in rising order."""

    id: str
    title: str
    totals: tuple[int, ...]
    low: int
    high: int

    @property
    def median(self) -> float | None:
        """The middle total."""
        return median(self.totals) if self.totals else None


@dataclass(frozen=True)
class Takers:
    """The answers of several takers side by side; all of it is hidden while there are fewer than `least` of them."""

    takers: int
    least: int
    statements: tuple[StatementSpread, ...] = ()
    categories: tuple[TotalSpread, ...] = ()
    overall: TotalSpread | None = None

    @property
    def hidden(self) -> bool:
        """Whether there are too few to show anything but their number."""
        return self.overall is None

    @property
    def mixed_first(self) -> tuple[StatementSpread, ...]:
        """The statements people disagree on most, first."""
        return tuple(sorted(self.statements, key=lambda one: (one.agreement is None, one.agreement or 0.0)))


def takers(instrument: Instrument, sheets: Sequence[Answers], *, least: int = 1) -> Takers:
    """Put complete answer sheets side by side; under `least` of them only their number comes back.

    Raises AmpError when a sheet does not fit the instrument.
    """
    if len(sheets) < max(least, 1):
        return Takers(len(sheets), least)
    results = [score(instrument, sheet) for sheet in sheets]
    values = tuple(instrument.labels)
    spreads = [
        _spread(statement, category.id, values, [sheet[statement.id] for sheet in sheets])
        for category in instrument.categories
        for statement in category.statements
    ]
    return Takers(len(sheets), least, tuple(spreads), _by_category(instrument, results), _overall(results))


def _spread(
    statement: Statement, category_id: str, values: tuple[int, ...], given: list[int | None]
) -> StatementSpread:
    rated = [value for value in given if value is not None]
    counted = Counter(rated)
    counts = tuple(counted[value] for value in values)
    measurable = len(rated) >= LEAST_RATERS and len(values) >= 3
    return StatementSpread(
        statement=statement,
        category_id=category_id,
        counts=counts,
        unsure=len(given) - len(rated),
        median=median(rated) if rated else None,
        mean=mean(rated) if rated else None,
        spread=stdev(rated) if len(rated) > 1 else None,
        agreement=van_der_eijk(counts) if measurable else None,
    )


def _by_category(instrument: Instrument, results: Sequence[AuditResult]) -> tuple[TotalSpread, ...]:
    columns = zip(*(result.categories for result in results), strict=True)
    bands = instrument.category_bands
    return tuple(
        TotalSpread(
            id=category.id,
            title=category.title,
            totals=tuple(sorted(one.points for one in column if not one.unsure)),
            low=bands[0].low,
            high=bands[-1].high,
        )
        for category, column in zip(instrument.categories, columns, strict=True)
    )


def _overall(results: Sequence[AuditResult]) -> TotalSpread:
    first = results[0].overall
    totals = tuple(sorted(result.overall.points for result in results if result.complete))
    return TotalSpread(id="", title="", totals=totals, low=first.low, high=first.high)


@dataclass(frozen=True, slots=True)
class Quarter:
    """The audits submitted in one quarter of a year: how many, and their middle total."""

    label: str
    audits: int
    median: float


def by_quarter(totals: Iterable[tuple[datetime, int]]) -> tuple[Quarter, ...]:
    """Totals by the quarter they were submitted in (UTC), oldest first; quarters without any are left out."""
    found: dict[tuple[int, int], list[int]] = {}
    for moment, total in totals:
        at = moment.astimezone(UTC)
        found.setdefault((at.year, (at.month + 2) // 3), []).append(total)
    return tuple(
        Quarter(f"{year} Q{number}", len(given), median(given)) for (year, number), given in sorted(found.items())
    )
