"""How every figure is calculated, as the app states it."""

import streamlit as st

from amp.ui import shell
from amp.ui.docs import statistics

shell.open_page("methods")

st.title("How it is calculated")
st.markdown(statistics())
