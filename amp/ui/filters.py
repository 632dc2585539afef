"""The filters every analysis page shares: one place, in words above the result, kept between pages, in the link."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Final

import streamlit as st

from amp.analysis.filters import ROLE_WORDS, Filters
from amp.analysis.workspace import WorkspaceFacts
from amp.ui import shell

_KEPT: Final = "amp_filters"
_LISTS: Final = {
    "waves": "Wave",
    "tiers": "Tier",
    "roles": "Role",
    "industries": "Industry",
    "regions": "Region",
    "products": "Product",
}


def choose(facts: WorkspaceFacts, *, without: tuple[str, ...] = ()) -> Filters:
    """Show the filters and return what is chosen; `without` leaves out those that the page itself breaks down by."""
    before = _known(_asked_for(), facts)
    with st.container(horizontal=True, vertical_alignment="center", key="amp-filters"):
        with st.popover("Filters", icon=":material/filter_list:"):
            chosen = _widgets(before, facts, without)
        st.text(chosen.in_words())
    _keep(chosen)
    return chosen


def current(facts: WorkspaceFacts) -> Filters:
    """What is chosen, without showing the choice (for pages that only report it)."""
    return _known(_asked_for(), facts)


def _asked_for() -> Filters:
    # A link with filters wins over what this visitor had chosen before; the browser's Back button drops the
    # parameters, which is why they are kept in the session as well.
    linked = Filters.from_query(st.query_params.to_dict())
    kept = st.session_state.get(_KEPT)
    return linked if linked.any or kept is None else kept


def _known(asked: Filters, facts: WorkspaceFacts) -> Filters:
    """`asked` without values that no data set has (any more)."""
    lists = {
        name: tuple(value for value in getattr(asked, name) if value in facts.options.get(name, ())) for name in _LISTS
    }
    return Filters(**lists, since=asked.since, until=asked.until)


def _widgets(before: Filters, facts: WorkspaceFacts, without: tuple[str, ...]) -> Filters:
    lists: dict[str, tuple[str, ...]] = {}
    for name, label in _LISTS.items():
        options = facts.options.get(name, ())
        if name not in without and len(options) > 1:
            lists[name] = _pick(name, label, options, getattr(before, name))
    since, until = _period(before)
    return Filters(**lists, since=since, until=until)


def _pick(name: str, label: str, options: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    key = f"amp-filter-{st.session_state.get(shell.PAGE)}-{name}"
    if key not in st.session_state:
        st.session_state[key] = list(before)
    return tuple(st.multiselect(label, options, key=key, format_func=_word, placeholder="All"))


def _word(value: str) -> str:
    return ROLE_WORDS.get(value, value).capitalize() if value in ROLE_WORDS else value


def _period(before: Filters) -> tuple[date | None, date | None]:
    days: list[date | None] = []
    for name, label in (("since", "Answered from (whole months)"), ("until", "Answered until (whole months)")):
        key = f"amp-filter-{st.session_state.get(shell.PAGE)}-{name}"
        if key not in st.session_state:
            st.session_state[key] = getattr(before, name)
        days.append(st.date_input(label, key=key, format="YYYY-MM-DD"))
    return days[0], days[1]


def _keep(chosen: Filters) -> None:
    st.session_state[_KEPT] = chosen
    wanted = chosen.to_query()
    for field in fields(Filters):
        now = st.query_params.get(field.name)
        if field.name in wanted and wanted[field.name] != now:
            st.query_params[field.name] = wanted[field.name]
        elif field.name not in wanted and now is not None:
            del st.query_params[field.name]
