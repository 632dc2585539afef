"""How a result was calculated: the rules, the sums added up before the reader's eyes, and the instrument's version."""

from __future__ import annotations

import streamlit as st

from amp.analysis.peers import Peers
from amp.audit.instrument import Band
from amp.languages import Words
from amp.ui import audit_words
from amp.ui.opened import Opened
from amp.ui.words import plain


def how(given: Opened, groups: tuple[Peers, ...], t: Words) -> None:
    """How the totals and bands come about, added up before the reader's eyes, and under which instrument."""
    instrument = given.instrument
    low, high = instrument.scale[0], instrument.scale[-1]
    with st.expander(t("How this was calculated"), icon=":material/calculate:"):
        for sentence in (
            t("Each statement counts as rated, from {low} ({never}) to {high} ({always}).",
              low=low.value, never=t.of(low.label), high=high.value, always=t.of(high.label)),
            t("A category's total is the sum of its statements, the overall total is the sum of all."),
            t("Every statement weighs the same, nothing is rounded, and what is “not sure” is never filled in."),
            t("Category bands: {list}.", list=_bands(instrument.category_bands, t)),
            t("Overall bands: {list}.", list=_bands(instrument.overall_bands, t)),
            t("Peers are the companies that took the same audit here, each counted once with its newest result; "
              "with fewer than 10 of them a place is given as a rank."),
        ):  # fmt: skip
            st.write(plain(sentence))
        _sums(given, t)
        for group in groups:
            st.text(audit_words.peers(group, given.result, t))
        st.text(_provenance(given, t))


def _sums(given: Opened, t: Words) -> None:
    for category in given.instrument.categories:
        values = [given.answers[one.id] for one in category.statements]
        said = " + ".join("?" if value is None else str(value) for value in values)
        (scored,) = (one for one in given.result.categories if one.id == category.id)
        total = t("incomplete") if scored.total is None else str(scored.total)
        st.write(plain(f"{t.of(category.title)}: {said} = {total}"))


def _bands(bands: tuple[Band, ...], t: Words) -> str:
    return ", ".join(audit_words.band_range(band.low, band.high, t.of(band.label), t) for band in bands)


def _provenance(given: Opened, t: Words) -> str:
    values = {"title": t.of(given.instrument.title), "version": given.instrument.version}
    if given.given_at is None:
        return t("{title}, version {version}; anonymous, so no day is kept.", **values)
    return t("{title}, version {version}; submitted on {day} (UTC).", **values, day=t.date(given.given_at))
