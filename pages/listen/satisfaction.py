"""Satisfaction and loyalty: by tier, role and more, weighed three ways, with intervals and what changed."""

import streamlit as st

from amp.ui import cache, components, filters, satisfaction, shell

visit = shell.open_page("satisfaction")

st.title("Satisfaction and loyalty")
facts = cache.workspace().facts
if not facts.responses:
    components.nothing_yet("No survey of customers is loaded yet.", visit)
    st.stop()

chosen = filters.choose(facts)
subject, by, shown = satisfaction.choose()
view = cache.satisfaction(chosen, subject, by)
components.headline(view.headline)
if view.total.hidden:
    if view.answered:
        components.too_few(view.min_group)
    st.stop()
st.caption(view.shown)

satisfaction.weighings(view)
satisfaction.groups(view, shown, chosen)
satisfaction.over_time(view, shown, chosen)
satisfaction.attributes(view, chosen)
satisfaction.distribution(view, chosen)
satisfaction.league(cache.league(chosen), chosen, view.period.wave)
components.how(satisfaction.how(view))
