"""The tiers page's parts: the accounts as a table, cuts to try out, and the strategic flag with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis import tiers as analysis
from amp.analysis.account import choices
from amp.analysis.tiers import AccountRow, Tiers
from amp.analysis.words import money, percent, plural
from amp.records.access import Role
from amp.stats.pareto import DEFAULT_CUTS
from amp.ui import access, cache, components, state
from amp.ui.access import Visit

METHOD_CUTS: Final = DEFAULT_CUTS
HOW: Final = (
    "Accounts are sorted by revenue. Tier I is the first 80 % of the positive revenue, the account that crosses the "
    "line included; Tier II the next 10 %; Tier III the rest. Accounts of equal revenue share a tier.",
    "A strategic account is shown in Tier I, and the lines stay where they are. Revenue that is missing is “untiered”.",
)
_ALL_TIERS: Final = "All tiers"


def tier_table(found: Tiers) -> pd.DataFrame:
    """A row a tier, as people read it."""
    rows = [
        {
            "Tier": row.label,
            "Accounts": row.accounts,
            "Revenue": money(row.revenue, found.currency),
            "Share of revenue": percent(row.share, 1),
            "Aim": percent(row.goal) if row.goal is not None else "–",
            "Strategic, lifted in": row.lifted,
        }
        for row in found.tiers
    ]
    return pd.DataFrame(rows)


def account_table(found: Tiers, rows: tuple[AccountRow, ...]) -> pd.DataFrame:
    """A row an account: rank, revenue as a number, shares in percent, tier, flags."""
    near = {boundary.account_id: found.boundary_words(boundary) for boundary in found.boundaries}
    unit = f"Revenue ({found.currency})" if found.currency else "Revenue"
    return pd.DataFrame(
        [
            {
                "Rank": row.rank,
                "Account": row.name,
                "Tier": row.tier_word,
                unit: float(row.revenue) if row.revenue is not None else None,
                "Share (%)": float(row.share * 100) if row.share is not None else None,
                "Cumulative (%)": float(row.cumulative * 100) if row.cumulative is not None else None,
                "Note": " · ".join(part for part in (_strategic(row), row.flag, near.get(row.account_id, "")) if part),
                "Industry": row.industry,
                "Owner": row.owner,
            }
            for row in rows
        ]
    )


def accounts(found: Tiers) -> None:
    """The accounts of one tier or all, as a table with mini-bars; a chosen row opens the account."""
    labels = [row.label for row in found.tiers if row.shown_accounts]
    chosen = st.segmented_control("Accounts of", [_ALL_TIERS, *labels], default=_ALL_TIERS, required=True)
    rows = tuple(row for row in found.accounts if chosen in (_ALL_TIERS, row.tier_word))
    frame = account_table(found, rows)
    unit = frame.columns[3] if len(frame) else "Revenue"
    most = max((float(row.revenue or 0) for row in found.accounts), default=1.0)
    bars = {
        unit: st.column_config.ProgressColumn(unit, format="localized", min_value=0, max_value=most),
        "Share (%)": st.column_config.NumberColumn(format="%.2f"),
        "Cumulative (%)": st.column_config.NumberColumn(format="%.1f"),
    }
    picked = components.data_table(frame, key="accounts", columns=bars, on_select="rerun")
    row = components.picked(picked, rows)
    if row is not None:
        components.link("account", f"Open {row.name}", query={"account": row.account_id})


def cuts() -> tuple[Decimal, Decimal]:
    """The two cut lines in percent of revenue: numbers to type, the method's 80 and 90 at first."""
    first = st.number_input("Tier I: first … % of revenue", 50, 95, 80, key="amp-cut-1")
    second = st.number_input(
        "Tier II: up to … % of revenue", int(first) + 1, 99, max(90, int(first) + 1), key="amp-cut-2"
    )
    return Decimal(int(first)), Decimal(int(second))


def strategic_form(found: Tiers, visit: Visit) -> None:
    """Mark an account as strategic, with its reason, or take the mark back; for editors."""
    flagged = [row for row in found.accounts if row.strategic]
    for row in flagged:
        st.text(f"{row.name}: {row.reason or 'no reason given'}")
    if visit.role < Role.EDITOR:
        return
    with st.form("strategic", border=True):
        names = choices(cache.workspace().engine)
        chosen = st.selectbox(
            "Account", list(names), index=None, format_func=names.__getitem__, placeholder="Choose an account"
        )
        reason = st.text_input("Reason", max_chars=300, placeholder="Why it counts as Tier I whatever its revenue")
        with st.container(horizontal=True):
            mark = st.form_submit_button("Mark as strategic", type="primary")
            clear = st.form_submit_button("Take the mark back")
    if chosen and (mark or clear):
        _override(chosen, reason.strip(), mark=mark)


def _override(account_id: str, reason: str, *, mark: bool) -> None:
    by = access.writer().role
    overrides = state.records().overrides
    if mark and not reason:
        st.warning("Give a reason: people will ask in a year.")
        return
    if mark:
        overrides.set_strategic(account_id, reason, by, datetime.now(UTC))
    else:
        overrides.clear_strategic(account_id, by)
    st.rerun()


def what_if(chosen: tuple[Decimal, Decimal]) -> None:
    """Who would move at other cuts; nothing is kept."""
    if chosen == METHOD_CUTS:
        st.caption("The lines of the method. Move them to see who would change tier; nothing is kept.")
        return
    moves = analysis.what_if(cache.workspace().engine, cuts=chosen)
    st.text(analysis.moves_in_words(moves))


def _strategic(row: AccountRow) -> str:
    return f"strategic: {row.reason or 'no reason given'}" if row.strategic else ""


def boundaries(found: Tiers) -> None:
    """Accounts that little revenue keeps out of the tier above."""
    if not found.boundaries:
        return
    st.header(f"At a boundary: {plural(len(found.boundaries), 'account')}")
    for boundary in found.boundaries[:6]:
        st.text(f"{boundary.name}: {found.boundary_words(boundary)}")
