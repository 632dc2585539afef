"""Take the audit: no sign-in, one category a step, a private link to come back by."""

import streamlit as st

from amp.ui import audit, shell

visit = shell.open_page("audit")

st.title("Account management audit")
audit.take()
