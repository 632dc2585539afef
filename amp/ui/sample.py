"""Loading the sample company with one click, through the same importer as everybody's files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import streamlit as st

from amp import imports
from amp.config import DATA
from amp.errors import Conflict
from amp.records.access import Role
from amp.ui import access, state
from amp.ui.access import Visit

_FOLDER: Final = DATA / "sample"


def button(visit: Visit) -> None:
    """“Load the sample company”, for those who may write; loads, then shows the page anew."""
    if visit.role < Role.EDITOR:
        st.caption("An editor can load it.")
        return
    if st.button("Load the sample company", type="primary", icon=":material/factory:", key="amp-load-sample"):
        access.writer()
        with st.status("Loading the sample company …", expanded=True) as status:
            for step in load():
                status.write(step)
            status.update(label="The sample company is loaded", state="complete")
        st.rerun()


def load() -> Iterator[str]:
    """Import every file of the sample and add its audits, saying each step; what is there already is left as it is."""
    with (_FOLDER / "sample.toml").open("rb") as handle:
        listed: list[dict[str, Any]] = tomllib.load(handle)["files"]
    for entry in listed:
        yield entry["title"]
        _load_file(entry)
    yield "Audit submissions"
    _load_audits()


def _load_file(entry: dict[str, Any]) -> None:
    path = _FOLDER / "files" / entry["file"]
    raw = imports.open_file(path, path.name, max_mb=state.settings().max_upload_mb)
    mapping = imports.propose(raw)
    try:
        imports.load(raw, mapping, state.settings().datasets, title=entry["title"], wave=entry.get("wave", ""))
    except Conflict:
        return
