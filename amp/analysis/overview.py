"""The executive's page: six figures, what changed, whom to call, and where each tier stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from amp.analysis.accounts import LEVELS, AccountScore, account_scores, quotes
from amp.analysis.comparisons import CompetitorRow
from amp.analysis.competitors import competitors
from amp.analysis.filters import Filters
from amp.analysis.questions import SUBJECTS, Period, loyalty_question, questions
from amp.analysis.satisfaction import SatisfactionView, satisfaction
from amp.analysis.scores import flagged, p_values
from amp.analysis.tiles import AuditStanding, Reach, Tile, reach, revenue, tiles
from amp.analysis.words import interval, money, plural, signed
from amp.stats.estimate import Estimate
from amp.stats.multiplicity import more_than_noise
from amp.warehouse.engine import Engine

_SUBJECTS: Final = ("company", "product", "service")
NOT_HEARD: Final = "Not heard"
_CALLS: Final = 5
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Call:
    """An account to call, and why."""

    account: AccountScore
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class TierStanding:
    """Accounts of one tier (and their revenue) by level: LEVELS, then NOT_HEARD."""

    label: str
    accounts: tuple[int, ...]
    revenue: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page's result; see each part."""

    period: Period
    headline: str
    tiles: tuple[Tile, ...]
    changes: tuple[str, ...]
    calls: tuple[Call, ...]
    standing: tuple[TierStanding, ...]
    currency: str
    compared: int = 0
    asked: bool = True
    min_group: int = 5

    @property
    def judged(self) -> str:
        """How many tests were judged together, in words."""
        return (
            "A change, or a competitor's lead, is “more than noise” when its test, clustered by account, stays below "
            f"5 % after adjusting for all that this page looks at: {plural(self.compared, 'test')}."
        )


def overview(engine: Engine, *, filters: Filters, min_group: int = 5, audit: AuditStanding | None = None) -> Overview:
    """The overview of the latest filtered wave; `audit` comes from the records, which this layer does not read."""
    found = [satisfaction(engine, filters=filters, subject=s, min_group=min_group) for s in _SUBJECTS]
    rivals = competitors(engine, filters=filters, min_group=min_group, closely=False)
    views, leads, compared = _judged_together(found, rivals.rows)
    scores, asked = views[0], loyalty_question(questions(engine)) is not None
    league = account_scores(engine, filters=filters, min_group=min_group)
    reached, currency = reach(engine, filters, scores.period)
    trouble = [account for account in league if account.in_trouble]
    return Overview(
        period=scores.period,
        headline=_headline(scores, league if asked else None, currency),
        tiles=tiles(scores, league if asked else None, reached, currency, audit),
        changes=_changes(views, leads),
        calls=_calls(engine, trouble, filters, scores.period, min_group),
        standing=_standing(reached, league),
        currency=currency,
        compared=compared,
        asked=asked,
        min_group=min_group,
    )  # fmt: skip


def _judged_together(
    views: Sequence[SatisfactionView], rivals: Sequence[CompetitorRow]
) -> tuple[list[SatisfactionView], list[CompetitorRow], int]:
    """What the page looks at with its flags set anew, as one family (each page had judged its own), and its size.

    Of products and services it looks at the whole and at the attributes, not at the groups.
    """
    looked = [[view.total, *view.attributes, *(view.groups if view is views[0] else ())] for view in views]
    leads = [row.net.respondent.p for row in rivals]
    every = [p for rows in looked for p in p_values(rows)] + leads
    judged = iter(flagged([row for rows in looked for row in rows], besides=leads))
    new = [[next(judged) for _ in rows] for rows in looked]
    made = [
        replace(view, total=rows[0], attributes=tuple(rows[1 : 1 + len(view.attributes)]),
                groups=tuple(rows[1 + len(view.attributes) :]))
        for view, rows in zip(views, new, strict=True)
    ]  # fmt: skip
    flags = more_than_noise(every)[len(every) - len(leads) :]
    known = [replace(row, differs=flag) for row, flag in zip(rivals, flags, strict=True)]
    return made, known, sum(p is not None for p in every)


def _headline(scores: SatisfactionView, league: tuple[AccountScore, ...] | None, currency: str) -> str:
    wave = scores.period.wave
    if wave is None:
        return "Nothing has been heard from customers yet."
    if league is None:
        return f"{wave}: no survey asked for a recommendation, so no account can be called in trouble."
    judged = [account for account in league if not account.too_few]
    basis = f"of {plural(len(judged), 'account')} with at least {scores.min_group} people"
    if not judged:
        return f"{wave}: no account has {scores.min_group} people who answered, too few to say who is in trouble."
    trouble = [account for account in judged if account.in_trouble]
    if not trouble:
        return f"{wave}: none {basis} is in trouble."
    worth, first = revenue(trouble), sum(account.tier_label == "Tier I" for account in trouble)
    said = f"{len(trouble):,} {basis}{', worth ' + money(worth, currency) + ',' if worth else ''}"
    return f"{wave}: {said} {'is' if len(trouble) == 1 else 'are'} in trouble" + (
        f", {first} of them in Tier I." if first else "."
    )


def _changes(views: Sequence[SatisfactionView], rivals: Sequence[CompetitorRow]) -> tuple[str, ...]:
    when = views[0].period
    rows = [*views[0].groups]
    for view in views:
        rows += view.attributes
        if view.subject != "company":
            rows.append(replace(view.total, label=f"{SUBJECTS[view.subject].capitalize()} as a whole"))
    found_changes = [
        (change.estimate.p or 0.0, f"{row.label}: {what} {_change(change.estimate, digits)}")
        for row in rows
        for what, change, digits in (("recommend score", row.nps_change, 0), ("satisfaction", row.mean_change, 1))
        if change.more_than_noise
    ]
    lines = [f"{line} since {when.previous}" for _, line in sorted(found_changes)]
    ahead = sorted((r for r in rivals if r.verdict == "ahead of us"), key=lambda r: r.net.respondent.value or 0.0)
    rival_lines = [
        f"{r.competitor} is ahead of us on {r.subject}: net better {_change(r.net.respondent, 0)}" for r in ahead
    ]
    found = [*lines[: _LINES - 1], *rival_lines[:1]] if rival_lines else lines[:_LINES]
    if found or when.wave is None:
        return tuple(found)
    return (
        (f"No reliable difference since {when.previous}.",)
        if when.previous
        else ("There is no earlier wave to compare with.",)
    )


def _change(found: Estimate, digits: int) -> str:
    """“−12 (−20 to −4; 812 answers)”: of a change, the answers of both waves."""
    span = f"{interval(found.low, found.high, digits)}; " if found.low is not None else ""
    return f"{signed(found.value, digits)} ({span}{plural(found.n, 'answer')})"


def _calls(
    engine: Engine, trouble: list[AccountScore], filters: Filters, when: Period, min_group: int
) -> tuple[Call, ...]:
    first = trouble[:_CALLS]
    said = quotes(
        engine, clusters=[account.cluster for account in first], filters=filters, when=when, min_group=min_group
    )
    return tuple(Call(account, account.reason, said.get(account.cluster, "")) for account in first)


def _standing(reached: tuple[Reach, ...], league: tuple[AccountScore, ...]) -> tuple[TierStanding, ...]:
    made, listed = [], [account for account in league if account.account_id is not None]
    for row in reached:
        groups = [[a for a in listed if (a.tier_label, a.level) == (row.label, level)] for level in LEVELS]
        counts = [len(group) for group in groups]
        worth = [revenue(group) for group in groups]
        missing = row.accounts - sum(counts)
        left = row.revenue - sum(worth, Decimal(0))
        made.append(TierStanding(row.label, (*counts, max(0, missing)), (*worth, left)))
    return tuple(made)
