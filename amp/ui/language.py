"""The language of the audit's pages: the browser's, until the visitor chooses; kept in the address."""

from __future__ import annotations

from typing import Final

import streamlit as st

from amp.languages import LANGUAGES, Words, closest, words

_HELD: Final = "amp-language"
_PICK: Final = "amp-language-pick"
# A screen reader pronounces the page by this; Streamlit's own is always "en".
_MARK: Final = '<script>document.documentElement.lang = "{code}";</script>'


def chosen() -> Words:
    """The words of this visit: by the address, else what was chosen in this tab, else the browser's."""
    for code in (st.query_params.get("lang"), st.session_state.get(_HELD)):
        if code in LANGUAGES:
            st.session_state[_HELD] = code
            return words(str(code))
    return words(closest(st.context.locale))


def choose() -> Words:
    """Draw the choice of language at the head of a page, and return the words chosen."""
    said = chosen()
    with st.container(key="amp-language"):
        picked = st.segmented_control(
            "Language · Sprache · Idioma",
            list(LANGUAGES),
            default=said.code,
            format_func=LANGUAGES.__getitem__,
            key=_PICK,
            required=True,
            label_visibility="collapsed",
        )
    if picked and picked != said.code:
        st.session_state[_HELD] = picked
        st.query_params["lang"] = picked
        st.rerun()
    st.html(_MARK.format(code=said.code), unsafe_allow_javascript=True, width="content")
    return said


def follow() -> dict[str, str]:
    """What a link to another page must carry so that the chosen language stays."""
    held = st.session_state.get(_HELD)
    return {"lang": held} if held else {}
