"""Bars for people, colours for sentiment, arrows only for changes that are more than noise."""

from __future__ import annotations

from amp.analysis.themes import Change, Theme
from amp.charts.template import DIVERGING, GREY
from amp.charts.themes import arrow, change_in_words, sentiment_word, theme_bars, theme_bars_in_words
from amp.stats.estimate import Estimate

RISING = Change(0.2, 0.1, 0.3, "Spring 2025", "Spring 2024")
NOISE = Change(0.02, -0.1, 0.14, "Spring 2025", "Spring 2024")


def theme(name: str, people: int | None, mood: float | None = None, change: Change | None = None) -> Theme:
    if people is None:
        return Theme(name, name.capitalize(), "", too_few=True)
    estimate = None if mood is None else Estimate(mood, mood - 0.1, mood + 0.1, people, 9)
    return Theme(
        name, name.capitalize(), "", too_few=False, people=people, share=people / 100, sentiment=estimate, change=change
    )


THEMES = (
    theme("delivery", 60, -0.8, RISING),
    theme("support", 40, 0.7, NOISE),
    theme("prix", 12),
    theme("billing", None),
)


def test_each_shown_theme_is_a_bar_that_opens_it():
    drawn = theme_bars(THEMES)
    bars = {key: (x, text) for bar in drawn.data for key, x, text in zip(bar.customdata, bar.x, bar.text, strict=True)}
    assert bars == {"delivery": (60, "60 ▲"), "support": (40, "40"), "prix": (12, "12")}


def test_colour_is_sentiment_and_grey_is_unread():
    drawn = theme_bars(THEMES)
    assert {bar.y[0]: bar.marker.color for bar in drawn.data} == {
        "Delivery": DIVERGING[4],
        "Support": DIVERGING[0],
        "Prix": GREY,
    }
    assert sentiment_word(THEMES[0]) == "clearly negative"


def test_the_first_theme_stands_on_top():
    assert theme_bars(THEMES).layout.yaxis.categoryarray[-1] == "Delivery"


def test_an_arrow_stands_only_for_a_reliable_change():
    fallen = Change(-0.2, -0.3, -0.1, "b", "a")
    assert [arrow(change) for change in (RISING, NOISE, fallen, None)] == ["▲", "", "▼", ""]
    assert change_in_words(RISING) == "+20 points since Spring 2024"
    assert change_in_words(NOISE) == "no reliable difference since Spring 2024"


def test_the_picture_has_words_for_those_who_cannot_see_it():
    said = theme_bars_in_words(THEMES)
    assert "Delivery: 60 people" in said
    assert "clearly negative" in said
    assert "Billing" not in said
    assert theme_bars_in_words(THEMES[-1:]) == "No theme was spoken of by enough people to be shown."


def test_customers_words_are_not_markup_in_a_label():
    drawn = theme_bars([theme("<b>&x", 20, 0.0)])
    assert drawn.data[0].y[0] == "&lt;b&gt;&amp;x"


def test_no_themes_are_an_empty_picture():
    assert len(theme_bars([]).data) == 0
