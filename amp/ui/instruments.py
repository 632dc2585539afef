"""The instruments page's parts: what can be given, loading another, seeing it as takers will, and two side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pandas as pd
import streamlit as st

from amp.audit.instrument import Instrument, parse_instrument
from amp.errors import AmpError, InstrumentError
from amp.languages import ENGLISH
from amp.records.access import Role
from amp.records.instruments import KeptInstrument
from amp.ui import access, audit, components, shell, state
from amp.ui.access import Visit
from amp.ui.words import plain

_LARGEST_MB: Final = 1


def sentence(found: tuple[KeptInstrument, ...]) -> str:
    """How many there are, and which one the plain link offers."""
    offered = state.instrument()
    drafts = sum(not one.published for one in found)
    count = "1 instrument is kept" if len(found) == 1 else f"{len(found)} versions of instruments are kept"
    waiting = f", {drafts} of them drafts" if drafts else ""
    return f"{count}{waiting}; the plain link gives {offered.title}, version {offered.version}."


def listed(found: tuple[KeptInstrument, ...]) -> None:
    """Every version, newest first, with how many audits were begun under it."""
    uses = state.records().instruments.uses()
    rows = [
        {
            "Title": one.title,
            "Id": one.instrument_id,
            "Version": one.version,
            "State": "published" if one.published else "draft",
            "Audits begun": uses.get((one.instrument_id, one.version), 0),
            "Kept since": one.kept_at,
        }
        for one in found
    ]
    dates = {"Kept since": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    components.data_table(pd.DataFrame(rows), key="instruments", columns=dates)


def load(visit: Visit) -> None:
    """Take a TOML file, and keep it as a draft where it is in order; every fault is told with its line."""
    if visit.role < Role.EDITOR:
        return
    with st.expander("Load an instrument", icon=":material/upload_file:"):
        st.write(
            "A TOML file of the same form as data/instruments/amp-snapshot.toml, with an id and a version of its own."
        )
        given = st.file_uploader("Instrument file", type=["toml"], max_upload_size=_LARGEST_MB)
        if given is None:
            return
        content = given.getvalue()
        try:
            read = parse_instrument(content, source=given.name)
        except InstrumentError as error:
            _faults(error)
            return
        count = len(read.statements)
        st.text(f"{read.title}, version {read.version}: {len(read.categories)} categories, {count} statements.")
        if st.button("Keep it as a draft", type="primary"):
            _keep(read, content)


def one(found: tuple[KeptInstrument, ...], visit: Visit) -> None:
    """A chosen version: what may be done with it, and how takers see it."""
    st.header("One instrument")
    labels = [_label(kept) for kept in found]
    picked = found[labels.index(st.selectbox("Version", labels, key="instrument-one"))]
    instrument = state.parsed(picked)
    if visit.role >= Role.EDITOR:
        _actions(picked)
    if picked.published:
        st.write("Its link; a campaign can use it too.")
        st.code(f"{shell.base_address()}/audit?i={picked.instrument_id}", language=None, wrap_lines=True)
    with st.expander("Preview: as takers see it; nothing is saved", icon=":material/visibility:"):
        _preview(instrument)
    with st.expander("Its bands"):
        _bands(instrument)


def side_by_side(found: tuple[KeptInstrument, ...]) -> None:
    """Two versions, statement by statement, with what differs named."""
    if len(found) < 2:
        return
    st.header("Two side by side")
    labels = [_label(kept) for kept in found]
    left, right = st.columns(2)
    with left:
        first = found[labels.index(st.selectbox("One", labels, index=1, key="instrument-left"))]
    with right:
        second = found[labels.index(st.selectbox("The other", labels, index=0, key="instrument-right"))]
    rows = compared(state.parsed(first), state.parsed(second))
    changed = sum(row["Difference"] != "same" for row in rows)
    st.text(f"{changed} of {len(rows)} statements differ.")
    components.data_table(pd.DataFrame(rows), key="instrument-compare")


def compared(first: Instrument, second: Instrument) -> list[dict[str, str]]:
    """A row for each statement id of either: both texts, and how they differ."""
    one, other = ({s.id: s.text for s in each.statements} for each in (first, second))
    return [
        {
            "No.": number,
            _label_of(first): one.get(number, "–"),
            _label_of(second) + (" (other)" if _label_of(first) == _label_of(second) else ""): other.get(number, "–"),
            "Difference": _difference(one.get(number), other.get(number)),
        }
        for number in dict.fromkeys([*one, *other])
    ]


def _faults(error: InstrumentError) -> None:
    count = len(error.faults)
    with st.container(border=True, key="amp-problem"):
        st.markdown(f":material/error: **This file has {count} fault{'s' if count != 1 else ''}**")
        for fault in error.faults:
            st.text(fault)
        st.text(error.hint)


def _keep(read: Instrument, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
        by = access.writer().role
        state.records().instruments.draft(read.id, read.version, read.title, text, by, datetime.now(UTC))
    except AmpError as error:
        shell.show_problem(error)
        return
    st.rerun()


def _actions(picked: KeptInstrument) -> None:
    store, key = state.records().instruments, (picked.instrument_id, picked.version)
    with st.container(horizontal=True):
        if not picked.published and st.button("Publish", type="primary"):
            store.publish(*key, access.writer().role, datetime.now(UTC))
            st.rerun()
        offered = state.instrument().id == picked.instrument_id
        if picked.published and not offered and st.button("Offer it under the plain link"):
            store.offer(picked.instrument_id, access.writer().role)
            st.rerun()
        if not picked.shipped and st.button("Remove"):
            store.remove(*key, access.writer().role)
            st.rerun()


def _preview(instrument: Instrument) -> None:
    audit.style(instrument)
    st.write(plain(instrument.question))
    for category in instrument.categories:
        st.subheader(plain(category.title))
        for statement in category.statements:
            audit.scale(instrument, statement, ENGLISH, key=f"preview-{statement.id}")


def _bands(instrument: Instrument) -> None:
    rows = [
        {"Of": name, "Band": band.label, "From": band.low, "To": band.high}
        for name, bands in (("a category", instrument.category_bands), ("the whole", instrument.overall_bands))
        for band in bands
    ]
    components.data_table(pd.DataFrame(rows), key="instrument-bands")


def _label(kept: KeptInstrument) -> str:
    return f"{kept.title}, version {kept.version}{'' if kept.published else ' (draft)'} [{kept.instrument_id}]"


def _label_of(instrument: Instrument) -> str:
    return f"{instrument.id} {instrument.version}"


def _difference(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return "only in the second" if one is None else "only in the first"
    return "same" if one == other else "other words"
