"""Submitted audits: how they are spread, by statement, industry and time; each of them; and the link to hand out."""

import streamlit as st

from amp.ui import audit_choice, audit_spread, audits, components, shell

visit = shell.open_page("audits")

st.title("Submitted audits")
audits.share()
found = audit_choice.scored()
if not audit_choice.anything(found):
    components.nothing_yet("No audit has been submitted yet.", visit)
    st.stop()

audits.whose(found, visit)
chosen = audit_choice.choose(found)
components.headline(audits.sentence(chosen))
audit_spread.distribution(chosen)
audit_spread.heat_map(chosen)
audits.by_industry(chosen)
audit_spread.over_time(chosen)
audits.table(chosen)
