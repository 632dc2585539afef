"""The pictures of an audit's result."""

from __future__ import annotations

import pytest

from amp.audit.instrument import read_instrument
from amp.audit.scoring import score
from amp.charts.audit import band_colours, bars, categories_in_words, dots, dots_in_words, radar
from amp.charts.template import DIVERGING
from amp.config import DATA


@pytest.fixture(scope="module")
def result():
    instrument = read_instrument(DATA / "instruments" / "amp-snapshot.toml")
    return score(instrument, {s.id: 1 + i % 5 for i, s in enumerate(instrument.statements)})


def test_the_radar_closes_and_prints_each_total_once(result):
    web = radar(result).data[0]
    assert web.r[0] == web.r[-1]
    assert [text for text in web.text if text] == [str(one.total) for one in result.categories]


def test_an_earlier_result_is_drawn_with_its_name(result):
    assert [web.name for web in radar(result, result).data] == ["Before", "Now"]
    assert [bar.name for bar in bars(result, result).data] == ["Now", "Before"]


def test_every_bar_carries_the_word_of_its_band(result):
    drawn = bars(result)
    assert all(one.band.label in text for one, text in zip(result.categories, drawn.data[0].text, strict=True))


def test_the_dots_hold_every_statement(result):
    assert len(dots(result, (1, 2, 3, 4, 5)).data[0].x) == len(result.statements)
    assert dots_in_words(result).count(";") == len(result.statements) - 1
    assert categories_in_words(result).count(" of 25") == 5


def test_the_worst_band_has_the_worst_colour():
    assert band_colours(5) == DIVERGING[::-1]
    assert (band_colours(2)[0], band_colours(2)[-1]) == (DIVERGING[-1], DIVERGING[0])
    assert len(set(band_colours(4))) == 4
