"""Which groups may be shown: at least so many people each, and none that a total would give away by subtraction."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

DEFAULT_MIN: Final = 5
Label = TypeVar("Label", bound=Hashable)


def hidden_groups(
    sizes: Mapping[Label, int], *, min_n: int = DEFAULT_MIN, total_shown: bool = True
) -> frozenset[Label]:
    """Labels of the groups to hide, of groups that do not overlap and that add up to the total.

    A group of fewer than `min_n` people is hidden (and `min_n` people show); an empty group has nothing to hide. If a
    total is shown and what is hidden could be found by subtraction, as it could when one group is hidden or when those
    hidden are together fewer than `min_n`, the next smallest goes too.
    """
    present = {label: n for label, n in sizes.items() if n > 0}
    hidden = {label for label, n in present.items() if n < min_n}
    shown = sorted((label for label in present if label not in hidden), key=lambda label: (present[label], str(label)))
    while total_shown and hidden and shown and _recoverable([present[label] for label in hidden], min_n):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def primary(sizes: Mapping[Label, int], *, min_n: int = DEFAULT_MIN) -> frozenset[Label]:
    """The groups that are too small in themselves."""
    return frozenset(label for label, n in sizes.items() if 0 < n < min_n)


def differencing(one: frozenset[Hashable], other: frozenset[Hashable], *, min_n: int = DEFAULT_MIN) -> bool:
    """Whether two selections of people are so near that the answers of one less the other would expose someone."""
    return 0 < len(one ^ other) < min_n


def _recoverable(hidden: list[int], min_n: int) -> bool:
    return len(hidden) == 1 or sum(hidden) < min_n
