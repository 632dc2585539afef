"""Themes: what customers write, as a tree of needs with counts, sentiment and quotes."""

import streamlit as st

from amp.ui import cache, components, filters, shell, themes

visit = shell.open_page("themes")

st.title("Themes")
facts = cache.workspace().facts
if not facts.comments:
    components.nothing_yet("No comments are loaded yet.", visit)
    st.stop()

chosen = filters.choose(facts)
found = cache.themes(chosen)
components.headline(themes.sentence(found))
if found.too_few:
    components.too_few(found.min_comments)
    st.stop()

left, right = st.columns([3, 2], gap="large")
with left:
    theme = themes.tree(found, chosen)
with right:
    if theme is not None:
        themes.card(theme)
themes.basis(found)
components.how(themes.HOW)
