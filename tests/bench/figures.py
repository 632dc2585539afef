"""What a measurement came to, against what it may come to at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in `unit`, at most `bound` where there is one; `detail` says what it is made of."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    detail: str = ""

    @property
    def exceeded(self) -> bool:
        return self.bound is not None and self.value > self.bound

    @property
    def verdict(self) -> str:
        return "" if self.bound is None else "EXCEEDED" if self.exceeded else "ok"


def as_table(figures: Iterable[Figure]) -> str:
    """The figures as lines of text, in columns."""
    rows = [("measurement", "value", "at most", "", "made of")]
    for figure in figures:
        bound = "" if figure.bound is None else _amount(figure.bound, figure.unit)
        rows.append((figure.name, _amount(figure.value, figure.unit), bound, figure.verdict, figure.detail))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}  {d:<{widths[3]}}  {e}".rstrip()
        for a, b, c, d, e in rows
    )


def _amount(value: float, unit: str) -> str:
    digits = 0 if unit in {"ms", ""} or value >= 100 else 2
    return f"{value:,.{digits}f} {unit}".strip()
