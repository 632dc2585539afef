"""The data-set page's parts: a card for each data set with its report, and removing it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from amp.analysis.words import plural
from amp.records.access import Role
from amp.ui import access, state
from amp.ui.access import Visit
from amp.warehouse import datasets
from amp.warehouse.datasets import DataSet, Kind

KIND_WORDS: Final[dict[Kind, str]] = {
    "survey": "customer survey",
    "employees": "employee survey",
    "accounts": "account list",
    "contacts": "contact list",
}
_ICONS: Final = {"survey": "forum", "employees": "badge", "accounts": "apartment", "contacts": "contacts"}
_REPORT: Final = {"read": "Read", "repaired": "Repaired", "dropped": "Dropped", "set_aside": "Set aside"}


def loaded() -> tuple[DataSet, ...]:
    """All data sets that can be read, oldest first."""
    folder = state.settings().datasets
    broken = set(datasets.damaged(folder))
    return tuple(dataset for dataset in datasets.stored(folder) if dataset.id not in broken)


def sentence(found: tuple[DataSet, ...]) -> str:
    """What is loaded, in one sentence."""
    counts = Counter(dataset.kind for dataset in found)
    parts = [plural(count, KIND_WORDS[kind]) for kind, count in counts.items()]
    return f"Loaded: {', '.join(parts)}."


def damaged(visit: Visit) -> None:
    """Data sets whose files are missing or cut off: said, and to be removed, so that the others work again."""
    for name in datasets.damaged(state.settings().datasets):
        with st.container(border=True, key=f"amp-damaged-{name}"):
            st.markdown(":material/error: **A data set cannot be read**")
            st.text(f"Its files in the folder {name} are missing or cut off. Remove it and import its file again.")
            if visit.role >= Role.EDITOR and st.button("Remove it", key=f"amp-remove-damaged-{name}"):
                access.writer()
                datasets.remove(state.settings().datasets, name)
                st.rerun()


def card(dataset: DataSet, visit: Visit) -> None:
    """One data set: what it is, what was read, repaired and dropped, and the button that removes it."""
    with st.container(border=True, key=f"amp-dataset-{dataset.id}"):
        st.markdown(f":material/{_ICONS[dataset.kind]}: {KIND_WORDS[dataset.kind].capitalize()}")
        with st.container(key=f"amp-theme-title-{dataset.id}"):
            st.text(dataset.title)
        st.text(_facts(dataset))
        with st.expander("Import report"):
            report(dataset)
        if visit.role >= Role.EDITOR:
            _remove_button(dataset)


def report(dataset: DataSet) -> None:
    """What the import read, repaired, dropped and set aside, and why; as text, since it quotes the file."""
    for part, word in _REPORT.items():
        said = dataset.report.get(part) or ()
        for line in (said,) if isinstance(said, str) else said:
            st.text(f"{word}: {line}")


def _facts(dataset: DataSet) -> str:
    day = f"{dataset.created_at.astimezone():%-d %b %Y, %H:%M}" if dataset.created_at else ""
    wave = f"wave {dataset.wave}" if dataset.wave else ""
    parts = (plural(dataset.rows, "row"), wave, dataset.source, dataset.file_name, f"loaded {day}")
    return " · ".join(part for part in parts if part)


def _remove_button(dataset: DataSet) -> None:
    with st.popover("Remove", icon=":material/delete:"):
        st.text(f"Remove “{dataset.title}”? Its answers leave every page. The file itself stays with you.")
        if st.button("Yes, remove it", key=f"amp-remove-{dataset.id}", type="primary"):
            access.writer()
            datasets.remove(state.settings().datasets, dataset.id)
            st.rerun()
