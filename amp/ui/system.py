"""The system page's parts: health as the endpoint reports it, and the settings in force without their secrets."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amp import __version__
from amp.config import PREFIX
from amp.ui import door, state

_WORDS = {"records": "Records", "datasets": "Data sets", "data_folder": "Data folder"}


def health() -> None:
    """A line for each part: well, or what is wrong."""
    report = door.examine()
    well = all(part["ok"] for part in report.values())
    st.text("Everything works." if well else "Something needs attention.")
    for part, found in report.items():
        icon = "check_circle" if found["ok"] else "error"
        with st.container(horizontal=True, key=f"amp-health-{part}"):
            st.markdown(f":material/{icon}: **{_WORDS[part]}**")
            st.text(_detail(found))
    st.caption(f"AMP {__version__} · the same as JSON: /api/health")


def settings_table() -> None:
    """Every setting with its value; secrets only as “set” or “not set”."""
    st.header("Settings in force")
    shown = state.settings().model_dump()
    rows = [(f"{PREFIX}{name.upper()}", _value(name, value)) for name, value in shown.items()]
    st.table(pd.DataFrame(rows, columns=["Setting", "Value"]).set_index("Setting"))


def _detail(found: dict[str, object]) -> str:
    if not found["ok"]:
        return str(found.get("problem", "Little disk space is left."))
    if "free_mb" in found:
        return f"well, {found['free_mb']:,} MB free"
    return f"well, {found['loaded']} loaded" if "loaded" in found else "well"


def _value(name: str, value: object) -> str:
    if name.endswith("passcode"):
        return "set" if value else "not set"
    return str(value) if value not in ("", None) else "–"
