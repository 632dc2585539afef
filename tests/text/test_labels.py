"""Labels are words people would write, each unlike its siblings."""

from __future__ import annotations

from amp.text.labels import LONGEST, labels, phrases

THEMES = [
    ["The spare parts are always late", "Spare parts take six weeks", "We wait for spare parts"],
    ["The ERP interface fails", "Our ERP interface is down again", "erp interface was hard to set up"],
    ["The invoice was wrong", "Wrong invoice again", "An invoice without order number", "Your invoice is never right"],
]


def test_the_phrase_they_share_is_the_label():
    assert labels(THEMES) == ["Spare parts", "ERP interface", "Invoice"]


def test_two_themes_on_one_thing_get_two_labels():
    again = labels([THEMES[0], ["Spare parts are expensive", "The price of spare parts", "Spare part price too high"]])
    assert len({label.casefold() for label in again}) == 2


def test_a_label_is_not_its_parents():
    assert labels([THEMES[2]], taken=["Invoice"])[0].casefold() != "invoice"


def test_the_order_of_the_sentences_does_not_matter():
    assert labels([list(reversed(theme)) for theme in THEMES]) == labels(THEMES)


def test_a_theme_without_words_is_numbered():
    assert labels([["... !!", "it is what it is"]], fallback="Delivery") == ["Delivery 1"]


def test_no_phrase_begins_or_ends_with_a_stop_or_opinion_word():
    found = set(phrases("The very slow delivery of the spare parts is not good"))
    assert {("delivery",), ("spare", "parts")} <= found
    assert not any(phrase[0] in {"the", "very", "good"} or phrase[-1] in {"the", "of", "good"} for phrase in found)


def test_no_phrase_repeats_a_stem_or_outgrows_a_label():
    assert ("supplier", "supply") not in set(phrases("supplier supply"))
    assert all(len(" ".join(phrase)) <= LONGEST for phrase in phrases("a" * 60 + " " + "b" * 60))


def test_markup_in_a_comment_is_not_a_label():
    assert "<" not in "".join(labels([["the <b> tag delivery", "delivery <b> late", "delivery <b>"]]))
