"""Competitors: superior – better – same – worse – failed, net better with its interval, and where they are ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from amp.analysis.comparisons import Comparisons, CompetitorRow
from amp.analysis.filters import Filters
from amp.analysis.questions import Period, period, questions
from amp.analysis.words import hidden, hidden_by_filters, interval, plural, signed
from amp.stats.multiplicity import more_than_noise
from amp.warehouse.engine import Engine


@dataclass(frozen=True, slots=True)
class CompetitorView:
    """The page's result: rows by competitor and subject, and the same by attribute where surveys ask so finely.

    `compared` is how many of them were judged together; `named` whether any comparison names a competitor.
    """

    period: Period
    filters: Filters
    min_group: int
    rows: tuple[CompetitorRow, ...]
    details: tuple[CompetitorRow, ...]
    asked: bool
    named: bool = True
    compared: int = 0

    @property
    def judged(self) -> str:
        """How many comparisons were judged together, in words."""
        return f"“Ahead” and “behind” hold after adjusting for all of this page: {plural(self.compared, 'comparison')}."

    @property
    def headline(self) -> str:
        """The sentence over the page."""
        if not self.asked:
            return "No survey that compares us with a competitor is loaded yet."
        if not self.named:
            return (
                "Surveys ask for a comparison, but no question names the competitor. Import again and say which one "
                "each question is about."
            )
        if not self.rows and self.filters.of_all_waves().any:
            return f"Not enough people compared us with a competitor. {hidden_by_filters(self.min_group)}"
        if not self.rows:
            return f"Not enough people compared us with a competitor. {hidden(self.min_group)}"
        worst = min(self.rows, key=lambda row: row.net.respondent.value or 0.0)
        ahead = [row for row in self.rows if row.verdict == "ahead of us"]
        if not ahead:
            return f"No competitor is reliably ahead of us; the closest is {_against(worst)}."
        said = f"{worst.competitor} is ahead of us on {worst.subject}: {_net(worst)}"
        more = f", and {plural(len(ahead) - 1, 'other comparison')} with them" if len(ahead) > 1 else ""
        return f"{said}{more}."


def competitors(
    engine: Engine, *, filters: Filters, min_group: int = 5, min_comments: int = 10, closely: bool = True
) -> CompetitorView:
    """Every comparison of the latest filtered wave; what fewer than `min_group` people said is left out, in SQL.

    Quotes need `min_comments` people; without `closely` the rows come without tiers, accounts and quotes.
    """
    when = period(engine, filters)
    asked = [question for question in questions(engine) if question.kind == "comparison"]
    keys = [question.key for question in asked if question.competitor]
    ask = Comparisons(engine, filters, when, min_group, keys, min_comments)
    rows = ask.rows("cast('' as varchar)", ("competitor", "subject")) if keys and when.wave else []
    details = ask.rows("attribute", ("competitor", "subject", "attribute")) if keys and when.wave else []
    details = [detail for detail in details if sum(_is_of(other, detail) for other in details) > 1]
    p_values = [row.net.respondent.p for row in (*rows, *details)]
    judged = [
        replace(row, differs=flag) for row, flag in zip((*rows, *details), more_than_noise(p_values), strict=True)
    ]
    first = judged[: len(rows)]
    return CompetitorView(
        period=when, filters=filters, min_group=min_group, rows=ask.completed(first) if closely else tuple(first),
        details=tuple(judged[len(rows) :]), asked=bool(asked), named=bool(keys) or not asked,
        compared=sum(p is not None for p in p_values),
    )  # fmt: skip


def _is_of(one: CompetitorRow, other: CompetitorRow) -> bool:
    return (one.competitor, one.subject) == (other.competitor, other.subject)


def _against(row: CompetitorRow) -> str:
    return f"{row.competitor} on {row.subject}, {_net(row)}"


def _net(row: CompetitorRow) -> str:
    net = row.net.respondent
    span = f", 95 % interval {interval(net.low, net.high)}," if net.low is not None else ""
    return f"net better {signed(net.value)}{span} from {plural(row.n, 'answer')}"
