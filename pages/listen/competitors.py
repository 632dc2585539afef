"""Competitors: superior to failed against each of them, where they are ahead, and why."""

import streamlit as st

from amp.ui import cache, competitors, components, filters, shell

visit = shell.open_page("competitors")

st.title("Competitors")
facts = cache.workspace().facts
if not facts.responses:
    components.nothing_yet("No survey that compares us with competitors is loaded yet.", visit)
    st.stop()

chosen = filters.choose(facts)
view = cache.competitors(chosen)
components.headline(view.headline)
if not view.asked:
    components.nothing_yet("The surveys loaded so far do not ask for a comparison.", visit)
    st.stop()
if not view.rows:
    if view.named:
        components.too_few(view.min_group)
    st.stop()
st.caption(view.period.shown)

competitors.bars(view, chosen)
competitors.details(view, chosen)
competitors.close_up(view, facts.currency, chosen)
components.how(competitors.how(view))
