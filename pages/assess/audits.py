"""Submitted audits: how they are spread, by statement, industry and time; each of them; and the link to hand out."""

import streamlit as st

from amp.ui import audits, components, shell

visit = shell.open_page("audits")

st.title("Submitted audits")
audits.share()
found = audits.scored()
if not audits.anything(found):
    components.nothing_yet("No audit has been submitted yet.", visit)
    st.stop()

audits.whose(found, visit)
chosen = audits.choose(found)
components.headline(audits.sentence(chosen))
audits.distribution(chosen)
audits.heat_map(chosen)
audits.by_industry(chosen)
audits.over_time(chosen)
audits.table(chosen)
