"""Import: a file goes in, is recognised, mapped, previewed and loaded, with a report of what was done to it."""

import streamlit as st

from amp.ui import components, importing, shell

visit = shell.open_page("import")

st.title("Import")
raw = importing.upload()
if raw is None:
    importing.welcome(visit)
    st.stop()

components.headline(importing.recognised(raw))
mapping = importing.kind_and_wave(raw)
mapping = importing.columns(raw, mapping)
importing.preview(raw, mapping)
importing.load(raw, mapping)
