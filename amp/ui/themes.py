"""The themes page's parts: the tree on the left, the chosen theme on the right."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.filters import Filters
from amp.analysis.themes import Theme, ThemeTree
from amp.analysis.words import heard_from, interval, listed, number, percent, percent_interval, plural, signed
from amp.charts import themes as charts
from amp.ui import components

HOW: Final = (
    "Comments are split into sentences and compared by meaning, on this machine. The same comments always give the "
    "same themes. People are counted, not sentences; shares can add up to more than 100 %.",
    "The effect is the mean recommendation (0 to 10) of those who mention a theme less that of the other commenters. "
    "It goes together with the theme; it is not shown to be its cause. Effects and changes are called reliable only if "
    "they stay below 5 % after adjusting for all themes.",
)


def sentence(tree: ThemeTree) -> str:
    """What people talk about most, and what rises, in one sentence."""
    clear = [need for need in tree.needs if not need.too_few and need.label != "Other"]
    if not clear or tree.people is None:
        return f"Too few comments for themes: a theme needs {tree.min_comments} people."
    most = max(clear, key=lambda need: need.people or 0)
    said = f"{plural(tree.people, 'person', 'people')} wrote; most about {most.label.lower()} ({percent(most.share)})"
    rising = [t for t in tree.themes if t.change and t.change.is_reliable and t.change.value > 0 and t.label != "Other"]
    if not rising:
        return f"{said}."
    up = max(rising, key=lambda theme: theme.change.value if theme.change else 0.0)
    return f"{said}; {up.label.lower()} rises most ({charts.change_in_words(up.change)})."


def tree(found: ThemeTree, filters: Filters) -> Theme | None:
    """Bars for people, colour for sentiment; a click or the list chooses a theme, which is returned."""
    needs = [need for need in found.needs if not need.too_few]
    names = {need.id: need.label for need in needs}
    opened = st.selectbox(
        "Topic", [*names], index=None, format_func=names.__getitem__, placeholder="All topics", key="topic",
        bind="query-params",
    )  # fmt: skip
    shown = found.children(opened) if opened and found.children(opened) else tuple(needs)
    shown = tuple(theme for theme in shown if not theme.too_few)
    picked = components.figure(
        charts.theme_bars(shown), alt=charts.theme_bars_in_words(shown), table=table(found), key="themes",
        filters=filters, select=True,
    )  # fmt: skip
    points = picked.selection.points if picked else []
    wanted = str(_first(points[0].get("customdata"))) if points else ""
    by_id = {theme.id: theme for theme in found.themes}
    choices = [theme.id for theme in shown] + ([opened] if opened else [])
    start = wanted if wanted in choices else (opened or (choices[0] if choices else None))
    if start is None:
        return None
    ordered = [start, *[one for one in choices if one != start]]
    return by_id[st.selectbox("Theme", ordered, format_func=lambda one: by_id[one].label)]


def _first(data: object) -> object:
    return data[0] if isinstance(data, list | tuple) and data else data


def card(theme: Theme) -> None:
    """The chosen theme: how many people, how they feel, what goes together with it, and their words."""
    with st.container(key="amp-theme-title"):
        st.text(theme.label)
    facts = [f"{plural(theme.people or 0, 'person', 'people')} ({percent(theme.share)} of those who wrote)"]
    if theme.negative and theme.negative.value is not None:
        low, high = theme.negative.low, theme.negative.high
        span = f", 95 % interval {percent_interval(low, high)}" if low is not None else ""
        facts.append(f"{percent(theme.negative.value)} of the sentences are negative{span}")
    if theme.change:
        facts.append(charts.change_in_words(theme.change))
    if theme.effect and theme.effect.value is not None:
        facts.append(_effect(theme))
    for fact in facts:
        st.text(fact[0].upper() + fact[1:] + ".")
    for place, said in enumerate(theme.quotes):
        by = " · ".join(part for part in (said.tier, said.role, said.wave) if part)
        components.quote(said.text, said_by=by, key=f"theme-{place}")


def _effect(theme: Theme) -> str:
    """What goes together with the theme, in words; empty where too few people are on one side."""
    found = theme.effect
    if found is None or found.value is None:
        return ""
    basis = f"95 % interval {interval(found.low, found.high, 1)}, {plural(found.n, 'answer')}"
    if not theme.effect_is_reliable:
        return f"no reliable difference in recommendation between those who speak of it and others ({basis})"
    return f"goes together with {signed(found.value, 1)} points of recommendation ({basis})"


def table(found: ThemeTree) -> pd.DataFrame:
    """A row a theme, each need followed by its own; small ones without figures."""
    return pd.DataFrame([_row(theme, found) for theme in found.themes])


def _row(theme: Theme, found: ThemeTree) -> dict[str, object]:
    label = theme.label if not theme.parent else f"– {theme.label}"
    if theme.too_few:
        return {"Theme": label, "People": "too few"}
    mood, effect, change = theme.sentiment, theme.effect, theme.change
    said: dict[str, object] = {
        "Theme": label,
        "People": f"{theme.people:,}",
        "Share of people": percent(theme.share),
        "Sentences": theme.sentences,
        "Sentiment (−1 to 1)": "" if mood is None else number(mood.value, 2),
        "Sentiment, 95 % interval": "" if mood is None else interval(mood.low, mood.high, 2),
        "Change": charts.change_in_words(change) if change else "",
        "Change, 95 % interval in points": interval(change.low * 100, change.high * 100) if change else "",
        "Effect on recommendation": "",
    }
    if effect is None or effect.value is None:
        return said
    word = "" if theme.effect_is_reliable else " (no reliable difference)"
    return said | {
        "Effect on recommendation": signed(effect.value, 1) + word,
        "Effect, 95 % interval": interval(effect.low, effect.high, 1),
        "Effect, answers": f"{effect.n:,}",
    }


def basis(found: ThemeTree) -> None:
    """What the themes rest on, and what was set aside."""
    spoken = [f"{language} ({n:,})" for language, n in found.languages]
    st.caption(
        f"{plural(found.comments or 0, 'comment')} from {plural(found.people or 0, 'person', 'people')} of "
        f"{heard_from(found.accounts or 0, found.alone)}; {plural(found.non_answers or 0, 'non-answer')} such as “n/a” "
        f"set aside; languages: {listed(spoken, 5) or 'not known'}."
    )
    for note in found.notes:
        st.caption(note)
