"""How every figure is calculated, as the app states it."""

import streamlit as st

from amp.ui import shell
from amp.ui.docs import text

shell.open_page("methods")

st.title("How it is calculated")
st.markdown(text("statistics"))
st.header("Claimed against evidenced")
st.markdown(text("evidence"))
