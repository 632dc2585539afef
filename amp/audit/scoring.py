"""Scoring an answer sheet: totals, bands, distances and the statements from strongest to weakest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from amp.audit.instrument import Band, Category, Instrument, Statement
from amp.errors import AmpError

Answers: TypeAlias = Mapping[str, int | None]
"""Statement id → value on the scale; None is the explicit answer “not sure”, which no total ever fills in."""


@dataclass(frozen=True)
class Score:
    """The points of some statements, the range their total can take, and its place among the bands.

    `points` are those of the statements rated; `low` and `high` are the ends that a complete total can reach. Where a
    statement is “not sure”, there is no total and no band, only the two `bounds` that the total would lie between.
    """

    points: int
    unsure: int
    statements: int
    low: int
    high: int
    band: Band | None
    next_band: Band | None

    @property
    def total(self) -> int | None:
        """The sum of all answers, where every statement was rated."""
        return None if self.unsure else self.points

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most that the total could be, whatever the statements not rated deserve."""
        lowest, highest = self.low // self.statements, self.high // self.statements
        return self.points + self.unsure * lowest, self.points + self.unsure * highest

    @property
    def points_to_next(self) -> int:
        """Points short of the next band; 0 in the highest one, and where there is no total."""
        return self.next_band.low - self.points if self.next_band else 0


@dataclass(frozen=True)
class CategoryScore(Score):
    """The score of one category."""

    id: str
    title: str


@dataclass(frozen=True)
class RatedStatement:
    """A statement with the answer given, as a number and as a word; “not sure” has neither."""

    id: str
    text: str
    category_id: str
    value: int | None
    label: str


@dataclass(frozen=True)
class AuditResult:
    """A whole answer sheet, scored: categories in the instrument's order, statements strongest first."""

    instrument_id: str
    version: str
    overall: Score
    categories: tuple[CategoryScore, ...]
    statements: tuple[RatedStatement, ...]

    @property
    def complete(self) -> bool:
        """Whether every statement was rated."""
        return not self.overall.unsure

    def statement(self, statement_id: str) -> RatedStatement:
        """The rated statement of that id; raises KeyError."""
        return {one.id: one for one in self.statements}[statement_id]


def score(instrument: Instrument, answers: Answers) -> AuditResult:
    """Score `answers`. A total is the plain sum of its answers; one that is “not sure” leaves the total out.

    Raises AmpError when a statement has no answer, or one that is not on the scale.
    """
    _check(instrument, answers)
    return AuditResult(
        instrument_id=instrument.id,
        version=instrument.version,
        overall=_scored(instrument.statements, instrument.overall_bands, answers),
        categories=tuple(_category(instrument, category, answers) for category in instrument.categories),
        statements=_rated(instrument, answers),
    )


def missing(instrument: Instrument, answers: Answers) -> tuple[Statement, ...]:
    """The statements without an answer, in the order they are asked; “not sure” is an answer."""
    return tuple(statement for statement in instrument.statements if statement.id not in answers)


def _check(instrument: Instrument, answers: Answers) -> None:
    unanswered = missing(instrument, answers)
    if unanswered:
        raise AmpError(
            "{count} of {all} statements are not answered yet, from statement {first} on.",
            "Answer them first.",
            count=len(unanswered),
            all=len(instrument.statements),
            first=unanswered[0].id,
        )
    for statement in instrument.statements:
        value = answers[statement.id]
        if value is not None and value not in instrument.labels:
            raise AmpError(
                "The answer to statement {id} is {value}, which is not on the scale.",
                "Answer this statement anew.",
                id=statement.id,
                value=value,
            )


def _scored(statements: Sequence[Statement], bands: tuple[Band, ...], answers: Answers) -> Score:
    given = [answers[statement.id] for statement in statements]
    rated = [value for value in given if value is not None]
    band, following = _place(bands, sum(rated)) if len(rated) == len(given) else (None, None)
    return Score(
        points=sum(rated),
        unsure=len(given) - len(rated),
        statements=len(given),
        low=bands[0].low,
        high=bands[-1].high,
        band=band,
        next_band=following,
    )


def _category(instrument: Instrument, category: Category, answers: Answers) -> CategoryScore:
    scored = _scored(category.statements, instrument.category_bands, answers)
    return CategoryScore(**vars(scored), id=category.id, title=category.title)


def _place(bands: tuple[Band, ...], total: int) -> tuple[Band, Band | None]:
    """The band that holds `total`, and the one above it. The instrument's bands cover every total once."""
    position = next(index for index, band in enumerate(bands) if band.holds(total))
    return bands[position], bands[position + 1] if position + 1 < len(bands) else None


def _rated(instrument: Instrument, answers: Answers) -> tuple[RatedStatement, ...]:
    rated = [
        RatedStatement(
            statement.id, statement.text, category.id, value, "" if value is None else instrument.labels[value]
        )
        for category in instrument.categories
        for statement in category.statements
        for value in [answers[statement.id]]
    ]
    # Strongest first; what nobody could rate stands at the end.
    return tuple(sorted(rated, key=lambda one: (one.value is None, -(one.value or 0))))
