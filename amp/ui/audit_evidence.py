"""Claimed against evidenced: beside the ratings of our own audit, what our data say; for the team only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import streamlit as st

from amp.analysis.evidence import Evidence, Verdict
from amp.records.access import Role
from amp.ui import cache, components, state
from amp.ui.access import Visit
from amp.ui.navigation import SCREENS
from amp.ui.words import plain

_INSTRUMENT: Final = state.SHIPPED  # the rules speak of its statements; the same numbers may mean others elsewhere
_ICONS: Final = {Verdict.SUPPORTS: "check_circle", Verdict.CONTRADICTS: "error", Verdict.CANNOT_SAY: "help"}


def show(visit: Visit, instrument_id: str, claimed: Mapping[str, int | None], *, ours: bool) -> None:
    """The evidence for each statement that the data can speak to; says why where there is none."""
    if visit.role < Role.VIEWER or instrument_id != _INSTRUMENT:
        return
    st.header("Claimed against evidenced")
    if not ours:
        st.write("What is loaded here speaks of our own company. Where this audit is ours, an editor can say so.")
        components.link("audits", "Submitted audits")
        return
    if cache.workspace().facts.is_empty:
        st.write("No data are loaded yet that could confirm or contradict the ratings.")
        components.link("import", "Import an export", icon="upload_file")
        return
    found = cache.evidence(tuple(claimed.items()))
    st.text(sentence(found))
    for one in found:
        _statement(one)
    st.caption("Each rule and its cut points are explained with the definitions. The data are those loaded now.")
    components.link("methods", SCREENS["methods"].title, icon="menu_book")


def sentence(found: tuple[Evidence, ...]) -> str:
    """How many ratings the data support, contradict, or cannot speak to."""
    counted = Counter(one.verdict for one in found)
    return (
        f"Of {len(found)} ratings that our data could speak to, they support {counted[Verdict.SUPPORTS]}, "
        f"contradict {counted[Verdict.CONTRADICTS]} and cannot say for {counted[Verdict.CANNOT_SAY]}."
    )


def _statement(one: Evidence) -> None:
    claimed = "not sure" if one.claimed is None else f"rated {one.claimed}"
    title = f"{one.statement_id} {claimed}: the data {_said(one.verdict)}"
    with st.expander(plain(title), icon=f":material/{_ICONS[one.verdict]}:"):
        st.text(one.in_words)
        for fact in one.facts:
            st.text(fact)
        st.caption(plain(one.rule))
        components.link(one.page, "The data behind it")


def _said(verdict: Verdict) -> str:
    return {Verdict.SUPPORTS: "support it", Verdict.CONTRADICTS: "contradict it"}.get(verdict, "cannot say")
