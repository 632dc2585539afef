"""Tiers: which accounts make up the first 80 % of revenue, who stands at the line, who is strategic."""

import streamlit as st

from amp.charts.tiers import pareto_curve, pareto_curve_in_words
from amp.ui import cache, components, shell, tiers

visit = shell.open_page("tiers")

st.title("Tiers")
if not cache.workspace().facts.accounts:
    components.nothing_yet("No account list is loaded yet. Tiers need accounts with their revenue.", visit)
    st.stop()

kept = cache.tiers(tiers.METHOD_CUTS)
components.headline(kept.headline)
picture, controls = st.columns([3, 1])
with controls:
    tried = tiers.cuts()
found = cache.tiers(tried)
with controls:
    tiers.what_if(tried)
with picture:
    components.figure(pareto_curve(found), alt=pareto_curve_in_words(found), table=tiers.tier_table(found), key="tiers")

tiers.accounts(found)
left, right = st.columns(2)
with left:
    tiers.boundaries(found)
with right:
    st.header("Strategic accounts")
    tiers.strategic_form(kept, visit)
components.how(tiers.HOW)
