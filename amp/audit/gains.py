"""The shortest way to the next band: which three statements to raise, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amp.audit.scoring import AuditResult, RatedStatement

CHOSEN: Final = 3


@dataclass(frozen=True)
class Gain:
    """A statement to raise, from `statement.value` to `to`."""

    statement: RatedStatement
    to: int

    @property
    def points(self) -> int:
        """What raising it brings."""
        return self.to - (self.statement.value or 0)


@dataclass(frozen=True)
class Gains:
    """The statements that bring the next band soonest; `needed` points, of which these bring `points`."""

    statements: tuple[Gain, ...]
    needed: int

    @property
    def points(self) -> int:
        """What raising all of them brings."""
        return sum(gain.points for gain in self.statements)

    @property
    def reach(self) -> bool:
        """Whether these alone reach the next band."""
        return self.points >= self.needed > 0


def quickest(result: AuditResult, *, highest: int) -> Gains:
    """The (at most) three statements with the most room below `highest`, the top of the scale.

    Of equal room, those whose category is nearest to its own next band come first, then those asked first. The points
    needed are spread over them as evenly as the room allows; in the highest band, and without a total, each is raised
    to the top.
    """
    nearness = {one.id: (one.next_band is None, one.points_to_next) for one in result.categories}
    rated = [one for one in result.statements if one.value is not None and one.value < highest]
    # Equals stand in the order they are asked, and sorting keeps that.
    ordered = sorted(rated, key=lambda one: (-_room(one, highest), nearness[one.category_id]))
    chosen, needed = ordered[:CHOSEN], result.overall.points_to_next
    targets = _spread([one.value or 0 for one in chosen], needed or sum(_room(one, highest) for one in chosen), highest)
    raised = [Gain(one, to) for one, to in zip(chosen, targets, strict=True) if to > (one.value or 0)]
    return Gains(tuple(raised), needed)


def _room(one: RatedStatement, highest: int) -> int:
    return highest - (one.value or 0)


def _spread(values: list[int], needed: int, highest: int) -> list[int]:
    """Raise the lowest first, a point at a time, until the points are spent or all stand at the top."""
    raised = list(values)
    for _ in range(needed):
        lowest = min(range(len(raised)), key=lambda place: raised[place], default=None)
        if lowest is None or raised[lowest] >= highest:
            break
        raised[lowest] += 1
    return raised
