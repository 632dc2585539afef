"""What a taker chose to work on: at most three statements, with effort, impact, owner and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

MOST: Final = 3


class Amount(IntEnum):
    """How much effort or impact."""

    SMALL = 1
    MEDIUM = 2
    LARGE = 3


@dataclass(frozen=True)
class Step:
    """One statement to work on; effort, impact, owner and date may be open for now."""

    statement_id: str
    effort: Amount | None = None
    impact: Amount | None = None
    owner: str = ""
    due: date | None = None


def in_order(plan: Iterable[Step]) -> tuple[Step, ...]:
    """The most impact for the least effort first; what is not judged yet stands between, then by date."""
    return tuple(sorted(plan, key=lambda one: (_worth(one), one.due or date.max, one.statement_id)))


def _worth(one: Step) -> int:
    return (one.effort or Amount.MEDIUM) - (one.impact or Amount.MEDIUM)
