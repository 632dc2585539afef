"""Competitors: superior – better – same – worse – failed, net better with its interval, and where they are ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from amp.analysis.comparisons import Comparisons, CompetitorRow
from amp.analysis.filters import Filters
from amp.analysis.questions import Period, period, questions
from amp.analysis.words import hidden, plural, signed
from amp.stats.multiplicity import more_than_noise
from amp.warehouse.engine import Engine


@dataclass(frozen=True, slots=True)
class CompetitorView:
    """The page's result: rows by competitor and subject, and the same by attribute."""

    period: Period
    filters: Filters
    min_group: int
    rows: tuple[CompetitorRow, ...]
    details: tuple[CompetitorRow, ...]
    asked: bool

    @property
    def headline(self) -> str:
        """The sentence over the page."""
        if not self.asked:
            return "No survey that compares us with a competitor is loaded yet."
        if not self.rows:
            return f"Not enough people compared us with a competitor. {hidden(self.min_group)}"
        worst = min(self.rows, key=lambda row: row.net.respondent.value or 0.0)
        ahead = [row for row in self.rows if row.verdict == "ahead of us"]
        if not ahead:
            return f"No competitor is reliably ahead of us; the closest is {_against(worst)}."
        said = f"{worst.competitor} is ahead of us on {worst.subject}: {_net(worst)}"
        more = f", and {plural(len(ahead) - 1, 'other comparison')} with them" if len(ahead) > 1 else ""
        return f"{said}{more}."


def competitors(engine: Engine, *, filters: Filters, min_group: int = 5) -> CompetitorView:
    """Every comparison of the latest filtered wave; what fewer than `min_group` people said is left out, in SQL."""
    when = period(engine, filters)
    keys = [question.key for question in questions(engine) if question.kind == "comparison"]
    ask = Comparisons(engine, filters, when, min_group, keys)
    rows = ask.rows("cast('' as varchar)", ("competitor", "subject")) if keys and when.wave else []
    details = ask.rows("q.attribute", ("competitor", "subject", "attribute")) if keys and when.wave else []
    flags = iter(more_than_noise([row.net.respondent.p for row in (*rows, *details)]))
    judged = [replace(row, differs=next(flags)) for row in (*rows, *details)]
    return CompetitorView(
        period=when, filters=filters, min_group=min_group, rows=ask.completed(judged[: len(rows)]),
        details=tuple(judged[len(rows) :]), asked=bool(keys),
    )  # fmt: skip


def _against(row: CompetitorRow) -> str:
    return f"{row.competitor} on {row.subject}, {_net(row)}"


def _net(row: CompetitorRow) -> str:
    return f"net better {signed(row.net.respondent.value)} from {plural(row.n, 'answer')}"
