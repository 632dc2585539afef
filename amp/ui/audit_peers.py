"""Whom a result is compared with: the companies that took the same audit in this workspace."""

from __future__ import annotations

import streamlit as st

from amp.analysis.peers import Peers, peers
from amp.audit.instrument import OTHER
from amp.languages import Words
from amp.ui import audit_words, cache
from amp.ui.opened import Opened


def compare(opened: Opened, industry: str) -> tuple[Peers, ...]:
    """The companies of one industry, and all of them."""
    everyone = cache.standings(opened.instrument, sample=opened.sample)
    return tuple(peers(opened.result, everyone, company=opened.company, industry=one) for one in (industry, ""))


def choose_industry(opened: Opened, t: Words) -> str:
    """The industry to compare with: the own one, until another is chosen."""
    listed = [one for one in opened.instrument.industry.segments if one != OTHER]
    own = [opened.industry] if opened.industry not in listed else []
    names = [*own, *listed]
    asked = st.query_params.get("industry")
    start = names.index(asked) if asked in names else names.index(opened.industry)
    picked = st.selectbox(t("Compare with"), names, index=start, format_func=t.of, key="result-industry")
    if picked != names[start]:
        st.query_params["industry"] = picked
    return picked


def sentences(groups: tuple[Peers, ...], opened: Opened, t: Words) -> None:
    """How the result stands in each group; the industry may be words of a visitor, so it is text."""
    for group in groups:
        st.text(audit_words.peers(group, opened.result, t))
