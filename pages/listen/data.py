"""Data sets: what is loaded, how it was read, and removing it."""

import streamlit as st

from amp.ui import components, datasets, sample, shell

visit = shell.open_page("data")

st.title("Data sets")
datasets.damaged(visit)
loaded = datasets.loaded()
if not loaded:
    components.nothing_yet("Nothing is loaded yet.", visit)
    st.stop()

components.headline(datasets.sentence(loaded))
with st.container(horizontal=True):
    components.link("import", "Import an export", icon="upload_file")
for dataset in reversed(loaded):
    datasets.card(dataset, visit)
sample.remove_button(visit)
