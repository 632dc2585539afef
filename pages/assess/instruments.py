"""Instruments: which audits can be given, loading another wording, previewing and comparing."""

import streamlit as st

from amp.ui import components, instruments, shell, state

visit = shell.open_page("instruments")

st.title("Instruments")
found = state.records().instruments.all()
components.headline(instruments.sentence(found))
instruments.load(visit)
instruments.listed(found)
instruments.one(found, visit)
instruments.side_by_side(found)
