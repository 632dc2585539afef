"""Themes as bars: length for people, colour for sentiment, arrows for a change that is more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from amp.analysis.themes import Change, Theme
from amp.analysis.words import percent, plural, signed
from amp.charts.template import DIVERGING, GREY, figure

_STEPS: Final = (0.4, 0.1, -0.1, -0.4)  # mean sentiment at which the colour changes, from the top
WORDS: Final = ("clearly positive", "rather positive", "mixed", "rather negative", "clearly negative")
UNREAD: Final = "sentiment not read"
_BAR: Final = 34  # pixels


def theme_bars(themes: Sequence[Theme]) -> go.Figure:
    """A bar per theme in the order given, the first on top; themes with too few people are left to the table.

    Each bar carries its theme's id as `customdata`, so that a click can open it.
    """
    shown = [theme for theme in themes if not theme.too_few]
    drawn = figure(height=90 + _BAR * max(1, len(shown)), legend=True)
    for step, word in enumerate((*WORDS, UNREAD)):
        part = [theme for theme in shown if _step(theme) == step]
        if part:
            drawn.add_trace(_bars(part, word, (*DIVERGING, GREY)[step]))
    most = max((theme.people or 0 for theme in shown), default=1)
    drawn.update_layout(bargap=0.35)
    drawn.update_xaxes(title="People who speak of it", rangemode="tozero", range=[0, most * 1.25], tickformat=",d")
    drawn.update_yaxes(categoryorder="array", categoryarray=[_plain(theme.label) for theme in reversed(shown)])
    return drawn


def theme_bars_in_words(themes: Sequence[Theme]) -> str:
    """The text alternative of the picture."""
    shown = [theme for theme in themes if not theme.too_few]
    if not shown:
        return "No theme was spoken of by enough people to be shown."
    return " ".join(f"{theme.label}: {_said(theme)}." for theme in shown)


def sentiment_word(theme: Theme) -> str:
    """The theme's mean sentiment in words, as in the legend."""
    return (*WORDS, UNREAD)[_step(theme)]


def arrow(change: Change | None) -> str:
    """▲ or ▼ where the share has changed by more than noise, else nothing."""
    if change is None or not change.is_reliable:
        return ""
    return "▲" if change.value > 0 else "▼"


def change_in_words(change: Change | None) -> str:
    """“+7 points since Spring 2024”, or that there is no reliable difference."""
    if change is None:
        return "no earlier wave to compare with"
    if not change.is_reliable:
        return f"no reliable difference since {change.previous}"
    return f"{signed(change.value * 100)} points since {change.previous}"


def _bars(part: Sequence[Theme], word: str, colour: str) -> go.Bar:
    return go.Bar(
        name=word.capitalize(),
        orientation="h",
        x=[theme.people for theme in part],
        y=[_plain(theme.label) for theme in part],
        customdata=[theme.id for theme in part],
        marker={"color": colour},
        text=[f"{theme.people:,} {arrow(theme.change)}".rstrip() for theme in part],
        textposition="outside",
        cliponaxis=False,
        hovertext=[_plain(f"{theme.label}: {_said(theme)}") for theme in part],
        hoverinfo="text",
        offsetgroup="themes",
        alignmentgroup="themes",
    )


def _step(theme: Theme) -> int:
    mood = theme.sentiment
    if mood is None or mood.value is None:
        return len(WORDS)
    return next((i for i, edge in enumerate(_STEPS) if mood.value >= edge), len(WORDS) - 1)


def _said(theme: Theme) -> str:
    people = plural(theme.people or 0, "person", "people")
    share = f"{percent(theme.share)} of those who commented"
    return f"{people}, {share}, {sentiment_word(theme)}, {change_in_words(theme.change)}"


def _plain(text: str) -> str:
    """Plotly reads <b> and entities in labels; customers' words are only text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
