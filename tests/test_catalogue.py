"""The catalogues: every text of the taker's path is there in every language, with the same places for figures."""

from __future__ import annotations

import importlib.util
import string
import sys
from pathlib import Path

import pytest

from amp.languages import LANGUAGES, words

MAKER = Path(__file__).resolve().parent.parent / "data" / "locale" / "make_catalogue.py"
TRANSLATED = [code for code in LANGUAGES if code != "en"]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_catalogue", MAKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_catalogue"] = module
    spec.loader.exec_module(module)
    return module


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_takers_path_is_translated(maker, code):
    assert maker.untranslated(maker.updated(code)) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_file_holds_what_the_source_says_now_and_nothing_else(maker, code):
    kept = {message.id for message in maker.kept(code) if message.id}
    assert kept == {message.id for message in maker.template() if message.id}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_a_place_for_every_figure_of_its_text(maker, code):
    for message in maker.updated(code):
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = fields(message.id if isinstance(message.id, str) else message.id[1])
        assert fields(forms[-1]) == wanted, message.id
        assert all(wanted - fields(form) <= {"count"} for form in forms), message.id


def test_statements_and_advice_are_in_the_catalogue(maker):
    known = {message.id for message in maker.template()}
    assert "Customer feedback is reviewed, and we act on it." in known
    assert "AMP Centric" in known
    assert sum("advice" in place for message in maker.template() for place, _ in message.locations) == 25 + 2 * 75


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_statement_stays_english(code):
    assert words(code).of("Customer feedback is reviewed, and we act on it.") != (
        "Customer feedback is reviewed, and we act on it."
    )
    assert words(code)("Next") != "Next"
