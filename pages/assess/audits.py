"""Submitted audits: all of them, by company and industry, for the team; and the link to hand out."""

import streamlit as st

from amp.ui import audits, components, shell

visit = shell.open_page("audits")

st.title("Submitted audits")
audits.share()
submitted = audits.scored()
if not submitted:
    components.nothing_yet("No audit has been submitted yet.", visit)
    st.stop()

components.headline(audits.sentence(submitted))
audits.whose(submitted, visit)
audits.by_industry(submitted)
audits.table(submitted)
