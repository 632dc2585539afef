"""The account page's parts: choosing one, its facts, waves, coverage by role, and its people's words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amp.analysis.account import AccountView, RoleCoverage, choices, satisfied_words
from amp.analysis.filters import Filters
from amp.analysis.words import TOO_FEW, hidden, interval, money, number
from amp.ui import cache, components


def choose() -> str | None:
    """The account of the link or the list; None before one is chosen. The choice goes into the link."""
    names = choices(cache.workspace().engine)
    linked = st.query_params.get("account")
    if linked and linked not in names:
        st.text("The account of this link is not on the account list in force; choose one below.")
    if "amp-account" not in st.session_state or (linked in names and linked != st.session_state["amp-account"]):
        st.session_state["amp-account"] = linked if linked in names else None
    chosen: str | None = st.selectbox(
        "Account", list(names), index=None, format_func=lambda one: names[one], placeholder="Choose an account",
        key="amp-account", on_change=_into_link,
    )  # fmt: skip
    return chosen


def _into_link() -> None:
    chosen = st.session_state["amp-account"]
    if chosen:
        st.query_params["account"] = chosen
    else:
        st.query_params.pop("account", None)


def facts(found: AccountView) -> None:
    """What the account list says, in a line."""
    parts = [found.industry, found.region, f"account manager {found.owner}" if found.owner else ""]
    if found.margin is not None:
        parts.append(f"margin {money(found.margin, found.currency)}")
    if found.strategic_reason is not None:
        parts.append(f"strategic: {found.strategic_reason or 'no reason given'}")
    st.text(" · ".join(part for part in parts if part))


def waves(found: AccountView) -> None:
    """What each wave says, where enough people answered."""
    st.header("What they said, wave by wave")
    if not found.waves:
        st.text("Nobody of this account has answered yet.")
        return
    rows = [
        {
            "Wave": wave.wave,
            "People": wave.people,
            "Mean recommendation (0 to 10)": "too few" if wave.recommend is None else number(wave.recommend, 1),
            "95 % interval": interval(*wave.interval, 1) if wave.interval else "",
            "Ratings, share of the scale": satisfied_words(wave),
        }
        for wave in found.waves
    ]
    components.data_table(pd.DataFrame(rows), key="account-waves", filters=Filters())
    if any(wave.people < found.min_group for wave in found.waves):
        st.caption(hidden(found.min_group))


def contacts(found: AccountView) -> None:
    """Who is known and who was heard, by role."""
    st.header("Who was heard")
    if not found.coverage:
        st.text("No contact of this account is known.")
        return
    rows = [
        {"Role": row.label, "Contacts": row.contacts, "Heard in the newest wave": _heard(row)} for row in found.coverage
    ]
    components.data_table(pd.DataFrame(rows), key="account-roles", filters=Filters())


def _heard(row: RoleCoverage) -> str:
    return TOO_FEW if row.heard is None else f"{row.heard:,}"


def quotes(found: AccountView) -> None:
    """Their comments, newest first."""
    st.header("In their words")
    if not found.said:
        st.text(f"No comment to show. Comments appear from waves in which at least {found.min_group} people answered.")
    for place, said in enumerate(found.said[:12]):
        by = " · ".join(part for part in (said.role, said.wave) if part)
        components.quote(said.text, said_by=by, key=f"account-{place}")
