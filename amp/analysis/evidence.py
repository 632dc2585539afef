"""Claimed against evidenced: what the data say of the audit's statements, beside the ratings a company gave itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from amp.analysis import evidence_facts as facts
from amp.analysis.evidence_queries import Ask
from amp.analysis.evidence_wording import financial_value_asked, value_added_asked
from amp.analysis.words import listed, percent
from amp.warehouse.engine import Engine


class Verdict(StrEnum):
    """How the rating stands beside the data."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CANNOT_SAY = "cannot say"


# A share of at least so much → the ratings it fits; neighbours overlap, so that only a clear difference contradicts.
CUTS: Final = (
    (Decimal("0.8"), (4, 5)),
    (Decimal("0.5"), (3, 4)),
    (Decimal("0.2"), (2, 3)),
    (Decimal(0), (1, 2)),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one statement is measured; where it says more than data can show, `beyond` says what they leave out."""

    text: str
    page: str
    measure: Callable[[Ask], facts.Found]
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the data say of one statement. `claimed` is 1 to 5, or None for “not sure”.

    `facts` are whole sentences, `rule` is that of docs/evidence.md, `page` the screen that shows the data behind them,
    `expected` the lowest and highest rating that they fit, None where they cannot say.
    """

    statement_id: str
    claimed: int | None
    verdict: Verdict
    facts: tuple[str, ...]
    rule: str
    page: str
    expected: tuple[int, int] | None = None

    @property
    def direction(self) -> Literal["higher", "lower", ""]:
        """Where the rating lies beside the range that the data fit; empty inside it, or without one of the two."""
        if self.claimed is None or self.expected is None or self.expected[0] <= self.claimed <= self.expected[1]:
            return ""
        return "higher" if self.claimed > self.expected[1] else "lower"

    @property
    def in_words(self) -> str:
        """“Rated 5, higher than the data show: they fit 3 or 4.”"""
        if self.expected is None:
            return "The data cannot say."
        fit = f"{self.expected[0]} or {self.expected[1]}"
        if self.claimed is None:
            return f"Answered “not sure”; the data fit {fit}."
        if not self.direction:
            return f"Rated {self.claimed}; the data fit {fit}."
        if self.verdict == Verdict.CONTRADICTS:
            return f"Rated {self.claimed}, {self.direction} than the data show: they fit {fit}."
        return f"Rated {self.claimed}; the data fit {fit}, but measure only a part of the statement."


RULES: Final[dict[str, Rule]] = {
    "1.1": Rule(
        "Measured by the lower of two shares: accounts whose revenue is known, which is what tiers are made of, and "
        "contacts whose part in the decision is known.",
        "tiers",
        facts.tiers_and_roles,
    ),
    "1.2": Rule(
        "Measured by the share of revenue (of accounts, where no revenue is known) heard from in the newest wave, once "
        "there are two waves and customers were asked about two of company, products and services.",
        "overview",
        facts.heard_everywhere,
        "The data do not show at which other points customers are asked, or with whom the results are shared.",
    ),
    "1.4": Rule(
        "Measured by how often the same comparison with a named competitor was repeated, of the times it could have "
        "been from wave to wave.",
        "competitors",
        facts.benchmarks,
        "The data do not show what weight the results are given beside the financial figures.",
    ),
    "1.5": Rule(
        "Measured by the share of accounts in trouble in the wave before, and judged again in the newest, that are out "
        "of trouble and have a higher mean.",
        "overview",
        facts.improved,
        "An account with a low score often rises by itself, and the data do not show what was done.",
    ),
    "2.1": Rule(
        "Measured by the share of the attributes customers rated in the newest wave that employees rated too, on the "
        "same scale.",
        "data",
        facts.employees_asked_the_same,
        "The data show that the two can be compared, not how often they are.",
    ),
    "3.1": Rule(
        "Measured by the share of accounts in trouble in the wave before that were heard again in the newest.",
        "overview",
        facts.heard_again,
        "The data do not show what was corrected, or when the results were reviewed.",
    ),
    "3.4": Rule(
        "Measured by the share of rated attributes with enough answers beside a recommendation or overall rating to "
        "tell drivers: ten people for every attribute, in the newest wave.",
        "satisfaction",
        facts.drivers_can_be_told,
        "The data show that drivers can be told from these answers, not that somebody did.",
    ),
    "5.3": Rule(
        "Measured by the share of accounts heard in the newest wave that answered a question about added value: lower "
        "costs, productivity, revenue or technology leadership.",
        "satisfaction",
        value_added_asked,
    ),
    "5.4": Rule(
        "Measured by the share of Tier I accounts where a decision maker and somebody of another role were heard in "
        "the newest wave.",
        "account",
        facts.heard_at_two_levels,
        "The data show who was heard, not whether a review was held.",
    ),
    "5.5": Rule(
        "Measured by the share of accounts heard in the newest wave that rated a question about added value or "
        "financial benefit; a question about the price alone does not count.",
        "satisfaction",
        financial_value_asked,
    ),
}


def evidence(engine: Engine, *, claimed: Mapping[str, int | None], min_group: int = 5) -> tuple[Evidence, ...]:
    """What the data say of the claimed statements of the AMP audit, in their order; of others there is no entry.

    `claimed` maps statement id → rating of 1 to 5, or None for “not sure”. See docs/evidence.md.
    """
    ask = Ask(engine, min_group)
    return tuple(
        _judged(statement, rating, RULES[statement], ask) for statement, rating in claimed.items() if statement in RULES
    )


def fitting(share: Decimal) -> tuple[int, int]:
    """The lowest and highest rating that a share of 0 to 1 fits."""
    return next(ratings for least, ratings in CUTS if share >= least)


def cuts_in_words() -> str:
    """“at least 80 % fits 4 or 5, …”, for “how this was calculated”."""
    said = [f"at least {percent(least)} fits {low} or {high}" for least, (low, high) in CUTS[:-1]]
    return listed([*said, f"less fits {CUTS[-1][1][0]} or {CUTS[-1][1][1]}"], most=len(CUTS))


def _judged(statement: str, claimed: int | None, rule: Rule, ask: Ask) -> Evidence:
    found = rule.measure(ask)
    expected = None if found.share is None else fitting(found.share)
    beyond = (rule.beyond,) if rule.beyond and expected else ()
    return Evidence(
        statement_id=statement,
        claimed=claimed,
        verdict=_verdict(claimed, expected, whole=not rule.beyond),
        facts=(*found.facts, *beyond),
        rule=rule.text,
        page=rule.page,
        expected=expected,
    )


def _verdict(claimed: int | None, expected: tuple[int, int] | None, *, whole: bool) -> Verdict:
    """A part that is done contradicts no low rating of the whole: the rest of it may be missing."""
    if claimed is None or expected is None:
        return Verdict.CANNOT_SAY
    low, high = expected
    if low <= claimed <= high:
        return Verdict.SUPPORTS
    return Verdict.CONTRADICTS if claimed > high or whole else Verdict.CANNOT_SAY
