"""The executive's page: six figures, what changed, whom to call, and where each tier stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amp.analysis.accounts import LEVELS, AccountScore, account_scores, quotes
from amp.analysis.competitors import CompetitorView, competitors
from amp.analysis.filters import Filters
from amp.analysis.questions import Period
from amp.analysis.satisfaction import SatisfactionView, satisfaction
from amp.analysis.tiles import AuditStanding, Reach, Tile, reach, revenue, tiles
from amp.analysis.words import money, plural, signed
from amp.warehouse.engine import Engine

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


def overview(engine: Engine, *, filters: Filters, min_group: int = 5, audit: AuditStanding | None = None) -> Overview:
    """The overview of the latest filtered wave; `audit` comes from the records, which this layer does not read."""
    scores = satisfaction(engine, filters=filters, min_group=min_group)
    others = [satisfaction(engine, filters=filters, subject=s, min_group=min_group) for s in ("product", "service")]
    rivals = competitors(engine, filters=filters, min_group=min_group)
    league = account_scores(engine, filters=filters, min_group=min_group)
    reached, currency = reach(engine, filters, scores.period)
    trouble = [account for account in league if account.in_trouble]
    return Overview(
        period=scores.period,
        headline=_headline(scores, trouble, currency),
        tiles=tiles(scores, trouble, reached, currency, audit),
        changes=_changes([scores, *others], rivals),
        calls=_calls(engine, trouble, filters, scores.period),
        standing=_standing(reached, league),
        currency=currency,
    )  # fmt: skip


def _headline(scores: SatisfactionView, trouble: list[AccountScore], currency: str) -> str:
    if scores.period.wave is None:
        return "Nothing has been heard from customers yet."
    first = [account for account in trouble if account.tier_label == "Tier I"]
    if not trouble:
        return f"{scores.period.wave}: no account that answered is in trouble."
    worth = money(revenue(trouble), currency)
    said = f"{plural(len(trouble), 'account')} worth {worth} {'is' if len(trouble) == 1 else 'are'} in trouble"
    return (
        f"{scores.period.wave}: {said}, {len(first)} of them in Tier I." if first else f"{scores.period.wave}: {said}."
    )


def _changes(views: Sequence[SatisfactionView], rivals: CompetitorView) -> tuple[str, ...]:
    scores = views[0]
    found_changes = [
        (change.estimate.p or 0.0, f"{row.label}: {what} {signed(change.estimate.value, digits)}")
        for row in (*scores.groups, *(row for view in views for row in view.attributes))
        for what, change, digits in (("recommend score", row.nps_change, 0), ("satisfaction", row.mean_change, 1))
        if change.more_than_noise
    ]
    lines = [f"{line} since {scores.period.previous}" for _, line in sorted(found_changes)]
    ahead = sorted((r for r in rivals.rows if r.verdict == "ahead of us"), key=lambda r: r.net.respondent.value or 0.0)
    rival_lines = [
        f"{r.competitor} is ahead of us on {r.subject}: net better {signed(r.net.respondent.value)}" for r in ahead
    ]
    found = [*lines[: _LINES - 1], *rival_lines[:1]] if rival_lines else lines[:_LINES]
    if found or scores.period.wave is None:
        return tuple(found)
    since = scores.period.previous
    return (f"No reliable difference since {since}.",) if since else ("There is no earlier wave to compare with.",)


def _calls(engine: Engine, trouble: list[AccountScore], filters: Filters, when: Period) -> tuple[Call, ...]:
    first = trouble[:_CALLS]
    said = quotes(engine, clusters=[account.cluster for account in first], filters=filters, when=when)
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
