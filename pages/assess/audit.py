"""Take the audit: no sign-in, one category a step, a private link to come back by."""

import streamlit as st

from amp.ui import audit, language, shell

shell.open_page("audit")

t = language.choose()
st.title(t("Account management audit"))
audit.take(t)
