"""A comment is split where a thought ends."""

from __future__ import annotations

from amp.text.sentences import MOST, sentences


def test_sentences_lines_and_list_items_are_units():
    text = "Orders come late. Nobody calls us back!\n- prices went up\n2) the portal is slow"
    assert sentences(text) == ("Orders come late.", "Nobody calls us back!", "prices went up", "the portal is slow")


def test_the_halves_of_a_but_are_two_thoughts():
    assert sentences("Your people are friendly, but the prices are too high") == (
        "Your people are friendly",
        "but the prices are too high",
    )


def test_an_abbreviation_or_a_decimal_ends_nothing():
    assert len(sentences("We buy pumps, valves etc. from your plant at 2.5 million a year.")) == 1


def test_a_piece_of_two_words_stays_with_its_neighbour():
    assert sentences("Very slow. It takes three weeks.") == ("Very slow. It takes three weeks.",)
    assert sentences("It takes three weeks. Too long.") == ("It takes three weeks. Too long.",)


def test_a_missing_blank_after_the_full_stop_does_not_join_sentences():
    assert len(sentences("Orders come late.Nobody calls us back.")) == 2


def test_an_endless_comment_has_a_last_sentence():
    assert len(sentences("We wait for parts. " * 5000)) == MOST


def test_nothing_has_no_sentences():
    assert sentences("") == ()
