"""A submitted audit's result on the screen: band scale, radar, cards, quickest gains, then and now, all statements."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.peers import Peers
from amp.audit.advice import Advice, Level, advise
from amp.audit.gains import quickest
from amp.audit.scoring import Score
from amp.charts import audit as charts
from amp.languages import Words
from amp.ui import audit_words, components, shell, state
from amp.ui.navigation import SCREENS
from amp.ui.opened import Opened
from amp.ui.words import plain

_CARDS: Final = """<style>
.st-key-audit-cards { align-items: stretch; }
.st-key-audit-cards > div { flex: 1 1 13rem; width: auto; }
.st-key-audit-cards [class*="st-key-audit-card-"] { height: 100%; }
</style>"""


def thanks(given: Opened) -> None:
    """What the campaign says to those who took part; text of an editor, shown as text."""
    if given.token is not None and given.campaign is not None and given.campaign.thanks:
        with st.container(border=True, key="audit-thanks"):
            st.text(given.campaign.thanks)


def overall(given: Opened, t: Words) -> None:
    """The band's word, the total, and the flat band scale with a mark where the total lies."""
    one = given.result.overall
    st.header(plain(t.of(one.band.label) if one.band else t("Incomplete")))
    st.write(plain(_meaning(one, t)))
    st.html(_scale(given, t))


def radar(given: Opened, groups: tuple[Peers, ...], t: Words) -> None:
    """The categories as a radar: now, then, and the medians of the peers."""
    alt = t("Radar of the categories. {list}", list=charts.categories_in_words(given.result, t))
    before = given.before.result if given.before else None
    picture = charts.radar(given.result, before, groups, t)
    components.figure(picture, alt=alt, table=_table(given, groups, t), key="audit-radar", t=t)


def _meaning(one: Score, t: Words) -> str:
    if one.band is None:
        return t("A total needs a rating of every statement; what is “not sure” is never filled in.")
    said = t("{total} of {high} points.", total=one.points, high=one.high)
    return " ".join(part for part in (said, audit_words.to_next(one, t) + ".", t.of(one.band.meaning)) if part)


def _scale(given: Opened, t: Words) -> str:
    """HTML of our own numbers and the instrument's words, escaped; nothing of a visitor's gets in here."""
    one, bands = given.result.overall, given.instrument.overall_bands
    colours, here = charts.band_colours(len(bands)), escape(f" ({t('here')})")
    pieces = "".join(
        f'<span style="flex:{band.high - band.low + 1};background:{colour}"></span>'
        for band, colour in zip(bands, colours, strict=True)
    )
    words = "".join(
        f'<li style="{"font-weight:700" if band == one.band else ""}">'
        f'<span style="display:inline-block;width:.8em;height:.8em;border-radius:2px;background:{colour}"></span> '
        f"{escape(audit_words.band_range(band.low, band.high, t.of(band.label), t))}"
        f"{here if band == one.band else ''}</li>"
        for band, colour in zip(bands, colours, strict=True)
    )
    said = t("{total} points on a scale from {low} to {high}: {band}", total=_total(one), low=one.low, high=one.high,
             band=t.of(one.band.label) if one.band else t("Incomplete"))  # fmt: skip
    return (
        f'<div role="img" aria-label="{escape(said, quote=True)}">'
        f'<div style="position:relative;height:1.6em;margin:0 .6em">{_marks(one)}</div>'
        f'<div style="display:flex;gap:2px;height:18px;margin:0 .6em">{pieces}</div></div>'
        f'<ul style="list-style:none;padding:0;margin:.6em;line-height:1.6">{words}</ul>'
    )


def _marks(one: Score) -> str:
    """A mark at the total, or at both ends of what it could be."""
    size = one.high - one.low + 1
    ends = sorted(set(one.bounds))
    return "".join(
        f'<b style="position:absolute;left:{(end - one.low + 0.5) / size:.1%};transform:translateX(-50%)">'
        f"{end}&#9662;</b>"
        for end in ends
    )


def _total(one: Score) -> str:
    return str(one.points) if one.total is not None else "–".join(map(str, one.bounds))


def categories(given: Opened, t: Words) -> None:
    """A card for each category: its total, its band's word and the way to the next; then all of them as bars."""
    st.html(_CARDS)
    with st.container(horizontal=True, key="audit-cards"):
        for one in given.result.categories:
            with st.container(border=True, key=f"audit-card-{one.id}"):
                st.markdown(f"**{plain(t.of(one.title))}**")
                st.write(plain(audit_words.short(one, t)))
                st.caption(plain(audit_words.to_next(one, t)))


def gains(given: Opened, t: Words) -> None:
    """The three statements that bring the next band soonest, each with how far to raise it and its first step."""
    found = quickest(given.result, highest=given.instrument.scale[-1].value)
    st.header(t("Your three quickest gains"))
    st.write(plain(audit_words.gained(found, given.result, t)))
    advised = {one.statement.id: one for one in advice_of(given)}
    for gain in found.statements:
        said = t("{id}: from {value} to {to}", id=gain.statement.id, value=gain.statement.value, to=gain.to)
        with st.container(border=True, key=f"audit-gain-{gain.statement.id}"):
            st.markdown(f"**{plain(said)}** · {plain(t.of(gain.statement.text))}")
            if gain.statement.id in advised:
                st.write(plain(t("First step: {step}", step=t.of(advised[gain.statement.id].step))))


def advice_of(given: Opened) -> tuple[Advice, ...]:
    """The advice for this answer sheet, weakest statement first; nothing for an instrument that has none."""
    scale = given.instrument.scale
    return advise(given.result, state.advice(given.instrument.id), low=scale[0].value, high=scale[-1].value)


def _table(given: Opened, groups: tuple[Peers, ...], t: Words) -> pd.DataFrame:
    columns: dict[str, list[object]] = {
        t("Category"): [t.of(one.title) for one in given.result.categories],
        t("Now"): [one.total for one in given.result.categories],
        t("Band"): [t.of(one.band.label) if one.band else t("incomplete") for one in given.result.categories],
    }
    if given.before is not None and len(given.before.result.categories) == len(given.result.categories):
        columns[t("Before")] = [one.total for one in given.before.result.categories]
    for group in groups:
        if not group.building:
            name = t.of(group.industry) if group.industry else t("All companies")
            columns[f"{t('Median')}: {name} (n = {group.companies})"] = list(group.categories)
    return pd.DataFrame(columns)


def statements(given: Opened, t: Words) -> None:
    """All statements, strongest first, as dots and in three groups; the advice for each opens in place."""
    st.header(t("All statements, strongest first"))
    rows = [
        {t("No."): one.id, t("Statement"): t.of(one.text), t("Rating"): one.value, t("Means"): t.of(one.label)}
        for one in given.result.statements
    ]
    picture = charts.dots(given.result, tuple(given.instrument.labels), t)
    alt = charts.dots_in_words(given.result, t)
    components.figure(picture, alt=alt, table=pd.DataFrame(rows), key="audit-dots", t=t)
    advised = advice_of(given)
    if advised:
        st.header(t("What to do about each"))
    titles = {Level.LOW: t("Gaps"), Level.MIDDLE: t("In between"), Level.HIGH: t("Strengths")}
    for level, title in titles.items():
        of_level = [one for one in advised if one.level is level]
        if of_level:
            st.subheader(f"{title} ({len(of_level)})")
            for one in of_level:
                _advice(one, t)
    unsure = [one for one in given.result.statements if one.value is None]
    if unsure:
        st.write(plain(t("Not rated: {list}.", list=", ".join(one.id for one in unsure))))


def _advice(one: Advice, t: Words) -> None:
    rating = f"{one.statement.value} {t.of(one.statement.label)}"
    with st.expander(f"**{plain(rating)}** · {one.statement.id} {plain(t.of(one.statement.text))}"):
        parts = {
            t("Why it matters"): one.why,
            t("The first step"): one.step,
            t("What the highest rating looks like"): one.five,
        }
        # One element, not three: with 25 of them that is what drawing the page costs.
        st.markdown("\n\n".join(f"**{title}.** {plain(t.of(text))}" for title, text in parts.items()))
        if one.page in SCREENS:
            label = t("The page of AMP that helps: {page}", page=t.of(SCREENS[one.page].title))
            st.page_link(shell.page(one.page), label=plain(label), icon=":material/arrow_forward:")
