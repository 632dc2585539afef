"""Scoring an answer sheet: totals, bands, distances and the statements from strongest to weakest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amp.audit.instrument import Band, Category, Instrument, Statement
from amp.errors import AmpError


@dataclass(frozen=True)
class Score:
    """A total with the range it can take (`low` to `high`, both reachable) and its place among the bands."""

    total: int
    low: int
    high: int
    band: Band
    next_band: Band | None

    @property
    def points_to_next(self) -> int:
        """Points short of the next band; 0 in the highest one."""
        return self.next_band.low - self.total if self.next_band else 0


@dataclass(frozen=True)
class CategoryScore(Score):
    """The score of one category."""

    id: str
    title: str


@dataclass(frozen=True)
class RatedStatement:
    """A statement with the answer given, as a number and as a word."""

    id: str
    text: str
    category_id: str
    value: int
    label: str


@dataclass(frozen=True)
class AuditResult:
    """A complete answer sheet, scored: categories in the instrument's order, statements strongest first."""

    instrument_id: str
    version: str
    overall: Score
    categories: tuple[CategoryScore, ...]
    statements: tuple[RatedStatement, ...]


def score(instrument: Instrument, answers: Mapping[str, int]) -> AuditResult:
    """Score `answers` (statement id → value on the scale). A total is the plain sum of its answers.

    Raises AmpError when a statement has no answer, or one that is not on the scale.
    """
    _check(instrument, answers)
    return AuditResult(
        instrument_id=instrument.id,
        version=instrument.version,
        overall=_overall(instrument, answers),
        categories=tuple(_category(instrument, category, answers) for category in instrument.categories),
        statements=_rated(instrument, answers),
    )


def missing(instrument: Instrument, answers: Mapping[str, int]) -> tuple[Statement, ...]:
    """The statements without an answer, in the order they are asked."""
    return tuple(statement for statement in instrument.statements if statement.id not in answers)


def _check(instrument: Instrument, answers: Mapping[str, int]) -> None:
    unanswered = missing(instrument, answers)
    if unanswered:
        count = f"{len(unanswered)} of {len(instrument.statements)} statements"
        raise AmpError(f"{count} are not answered yet, from statement {unanswered[0].id} on.", "Answer them first.")
    for statement in instrument.statements:
        if answers[statement.id] not in instrument.labels:
            raise AmpError(
                f"The answer to statement {statement.id} is {answers[statement.id]}, which is not on the scale.",
                "Answer this statement anew.",
            )


def _overall(instrument: Instrument, answers: Mapping[str, int]) -> Score:
    total = _total(instrument.statements, answers)
    band, following = _place(instrument.overall_bands, total)
    bands = instrument.overall_bands
    return Score(total=total, low=bands[0].low, high=bands[-1].high, band=band, next_band=following)


def _category(instrument: Instrument, category: Category, answers: Mapping[str, int]) -> CategoryScore:
    total = _total(category.statements, answers)
    bands = instrument.category_bands
    band, following = _place(bands, total)
    return CategoryScore(
        id=category.id,
        title=category.title,
        total=total,
        low=bands[0].low,
        high=bands[-1].high,
        band=band,
        next_band=following,
    )


def _total(statements: Iterable[Statement], answers: Mapping[str, int]) -> int:
    return sum(answers[statement.id] for statement in statements)


def _place(bands: tuple[Band, ...], total: int) -> tuple[Band, Band | None]:
    """The band that holds `total`, and the one above it. The instrument's bands cover every total once."""
    position = next(index for index, band in enumerate(bands) if band.holds(total))
    return bands[position], bands[position + 1] if position + 1 < len(bands) else None


def _rated(instrument: Instrument, answers: Mapping[str, int]) -> tuple[RatedStatement, ...]:
    rated = [
        RatedStatement(
            id=statement.id,
            text=statement.text,
            category_id=category.id,
            value=answers[statement.id],
            label=instrument.labels[answers[statement.id]],
        )
        for category in instrument.categories
        for statement in category.statements
    ]
    return tuple(sorted(rated, key=lambda one: -one.value))
