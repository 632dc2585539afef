"""The order in which groups are shown: tiers from the top, roles from the most senior, others by name, gaps last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from amp.analysis.cells import SEPARATOR
from amp.analysis.words import NOT_GIVEN, ROLES, UNTIERED, tier_label

_TIERS: Final = {tier_label(tier): tier for tier in range(1, 40)} | {UNTIERED: 99}
_ROLES: Final = {label: place for place, label in enumerate(ROLES.values())}


class Labelled(Protocol):
    """Anything with a label."""

    @property
    def label(self) -> str:
        """The group's label, parts joined by SEPARATOR."""
        ...


Row = TypeVar("Row", bound=Labelled)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows in display order of their labels, which may be crossed."""
    return tuple(sorted(rows, key=lambda row: [_place(part) for part in row.label.split(SEPARATOR)]))


def _place(part: str) -> tuple[int, str]:
    if part == NOT_GIVEN:
        return (1000, part)
    return (_TIERS.get(part, _ROLES.get(part, 500)), part)
