"""Advice that depends on the answer: for every statement and level, why it matters, the first step, and what a 5 is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter

from amp.audit.instrument import ClosedForm
from amp.audit.scoring import AuditResult, RatedStatement

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Level(StrEnum):
    """How far a company is with a statement: 1 and 2, 3, 4 and 5 on a scale of five."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"

    @classmethod
    def of(cls, value: int, *, low: int, high: int) -> Level:
        """The level of an answer on a scale from `low` to `high`: its middle, or the side of it."""
        twice = 2 * value - low - high
        return cls.MIDDLE if twice == 0 else cls.HIGH if twice > 0 else cls.LOW


@dataclass(frozen=True)
class LevelAdvice(ClosedForm):
    """What to do at one level; `page` is the key of the page of this app that helps."""

    why: _Text
    step: _Text
    page: _Text


@dataclass(frozen=True)
class StatementAdvice(ClosedForm):
    """The advice for one statement at each level, and what a 5 looks like."""

    id: _Text
    five: _Text
    low: LevelAdvice
    middle: LevelAdvice
    high: LevelAdvice


@dataclass(frozen=True)
class AdviceBook(ClosedForm):
    """The advice for an instrument."""

    instrument: _Text
    statements: tuple[StatementAdvice, ...]


@dataclass(frozen=True)
class Advice:
    """What is advised for one statement as it was rated."""

    statement: RatedStatement
    level: Level
    why: str
    step: str
    five: str
    page: str


_FORM = TypeAdapter(AdviceBook)


def read_advice(path: Path) -> Mapping[str, StatementAdvice]:
    """The advice in a TOML file by statement id; nothing where there is no such file."""
    if not path.is_file():
        return {}
    book = _FORM.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    return {one.id: one for one in book.statements}


def advise(result: AuditResult, book: Mapping[str, StatementAdvice], *, low: int, high: int) -> tuple[Advice, ...]:
    """Advice for every rated statement that the book knows, weakest first; the scale runs from `low` to `high`."""
    weakest_first = sorted(
        (one for one in result.statements if one.value is not None and one.id in book), key=lambda one: one.value or 0
    )
    return tuple(_advised(one, book[one.id], Level.of(one.value or 0, low=low, high=high)) for one in weakest_first)


def _advised(statement: RatedStatement, known: StatementAdvice, level: Level) -> Advice:
    text: LevelAdvice = getattr(known, level.value)
    return Advice(statement, level, why=text.why, step=text.step, five=known.five, page=text.page)
