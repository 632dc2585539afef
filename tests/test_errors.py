"""Errors as people read them: a sentence and a next step, with values that never act as a template."""

from __future__ import annotations

import pytest

from amp.errors import AmpError, Conflict, InstrumentError, NotFound


def test_values_are_put_into_both_sentences():
    error = AmpError("{count} statements are missing.", "Answer all {count}.", count=3)
    assert (error.message, error.hint, str(error)) == ("3 statements are missing.", "Answer all 3.", error.message)


def test_the_template_keeps_the_sentences_as_they_were_written():
    error = Conflict("Version {version} is there.", "Take another.", version="2.0")
    assert error.template == ("Version {version} is there.", "Take another.")
    assert error.values == {"version": "2.0"}


def test_a_value_with_braces_is_shown_as_it_is():
    assert AmpError("{name} is wrong.", name="{count} {0} {").message == "{count} {0} { is wrong."


@pytest.mark.parametrize("text", ["a { b", "{name}", "100 % of {}"])
def test_a_sentence_without_values_may_hold_braces(text):
    assert (AmpError(text, text).message, AmpError(text, text).hint) == (text, text)


def test_a_hint_may_be_left_out():
    assert AmpError("It is so.").hint == ""


def test_every_kind_is_caught_as_an_error_for_people():
    with pytest.raises(AmpError, match="gone"):
        raise NotFound("It is gone.", "Look elsewhere.")


def test_a_broken_instrument_tells_all_its_faults():
    error = InstrumentError("It is not valid: {.", "Mend it.", ("Line 1: {", "Line 2"))
    assert (error.message, error.faults) == ("It is not valid: {.", ("Line 1: {", "Line 2"))
