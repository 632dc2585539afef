"""The executive's page: what changed, what it is worth, whom to call."""

import streamlit as st

from amp.ui import cache, components, filters, overview, shell

visit = shell.open_page("overview")

st.title("Overview")
facts = cache.workspace().facts
if facts.is_empty:
    components.nothing_yet("Nothing is loaded yet.", visit)
    components.link("audit", "Or take the audit: 25 statements, six minutes", icon="checklist")
    st.stop()

chosen = filters.choose(facts)
found = cache.overview(chosen, overview.audit_standing())
components.headline(found.headline)
st.caption(found.period.in_words)
overview.tiles(found, chosen)
left, right = st.columns(2, gap="large")
with left:
    overview.changed(found)
    overview.standing(found, chosen)
with right:
    overview.calls(found)
components.how(overview.how(found))
