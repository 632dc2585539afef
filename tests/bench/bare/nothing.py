"""The least that Streamlit can serve: what our cold start is measured against."""

import streamlit as st

st.title("Nothing")
