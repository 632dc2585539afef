"""The overview's parts: six tiles, what changed, whom to call, where each tier stands; all of it links."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.accounts import LEVELS, trouble_rule
from amp.analysis.filters import Filters
from amp.analysis.overview import NOT_HEARD, Call, Overview
from amp.analysis.tiles import AuditStanding, Tile
from amp.analysis.words import money
from amp.charts.overview import standing_map, standing_map_in_words
from amp.ui import components, standings

_PAGES: Final = {
    "recommend": "satisfaction",
    "satisfaction": "satisfaction",
    "heard": "tiers",
    "trouble": "satisfaction",
    "coverage": "tiers",
    "audit": "audits",
}


def how(found: Overview) -> tuple[str, ...]:
    """How the page's figures are made."""
    return (
        trouble_rule(found.min_group),
        found.judged,
        "Counted figures are of all accounts on the list; they are not estimates and have no interval.",
    )


def audit_standing() -> AuditStanding | None:
    """Where we stand: our own newest audit (of one taker, or of many together) and the one before it."""
    found = standings.ours()
    if not found:
        return None
    newest, before = found[0], found[1:]
    return AuditStanding(
        total=newest.total,
        highest=newest.highest,
        band=newest.band,
        submissions=len(found),
        previous=before[0].total if before else None,
        takers=newest.takers,
    )


def tiles(found: Overview, filters: Filters) -> None:
    """The six figures, three a row, each a way to its page."""
    for start in range(0, len(found.tiles), 3):
        for column, tile in zip(st.columns(3), found.tiles[start : start + 3], strict=False):
            with column:
                _tile(tile, filters)


def _tile(tile: Tile, filters: Filters) -> None:
    with st.container(border=True, key=f"amp-tile-{tile.key}"):
        components.link(_PAGES[tile.key], tile.title, query=filters.to_query())
        with st.container(key=f"amp-figure-{tile.key}"):
            st.text(tile.value)
        st.text(tile.basis)
        if tile.change:
            st.text(" · ".join(part for part in (tile.change, tile.noise) if part))


def changed(found: Overview) -> None:
    """What changed, in three lines."""
    st.header("What changed")
    for line in found.changes:
        st.text(line)
    components.link("themes", "What they write about")


def calls(found: Overview) -> None:
    """Whom to call: five accounts with reason, revenue and a quote."""
    st.header("Whom to call")
    if not found.calls:
        nobody = f"No account with at least {found.min_group} people who answered is in trouble."
        st.text(nobody if found.asked else "No survey asked for a recommendation.")
    for place, call in enumerate(found.calls):
        _call(call, place)


def _call(call: Call, place: int) -> None:
    account = call.account
    with st.container(border=True, key=f"amp-call-{place}"):
        worth = money(account.revenue, account.currency)
        if account.account_id:
            components.link("account", account.name, query={"account": account.account_id})
        else:
            st.text(account.name)
        with st.container(key=f"amp-small-{place}"):
            st.text(f"{account.tier_label} · {worth}")
        st.text(call.reason[:1].upper() + call.reason[1:] + ".")
        if call.quote:
            with st.container(key=f"amp-said-{place}"):
                st.text(f"“{call.quote}”")


def standing(found: Overview, filters: Filters) -> None:
    """Where each tier stands: accounts and revenue by level."""
    if not found.standing:
        return
    st.header("Where we stand")
    levels = (*LEVELS, NOT_HEARD)
    rows = [
        {"Tier": row.label, **dict(zip(levels, row.accounts, strict=True))}
        | {f"{level}, revenue": money(worth, found.currency) for level, worth in zip(levels, row.revenue, strict=True)}
        for row in found.standing
    ]
    components.figure(
        standing_map(found), alt=standing_map_in_words(found), table=pd.DataFrame(rows), key="standing",
        filters=filters.on_show(found.period.wave),
    )  # fmt: skip
