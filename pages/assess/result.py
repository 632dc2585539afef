"""A submitted audit's result: for its taker by private link, for the team by number."""

import streamlit as st

from amp.ui import audit_result, components, shell

visit = shell.open_page("result")

st.title("Audit result")
given = audit_result.opened(visit)
components.headline(given.sentence)

audit_result.overall(given.result)
audit_result.categories(given.result)

st.header("All statements, strongest first")
audit_result.statements(given.result)

audit_result.way_back(given)
audit_result.how(given)
