"""Texts in the visitor's language: what is translated, what stays English, and how dates and figures are written."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime

import pytest
from babel.messages.pofile import read_po

import amp.languages
from amp.errors import AmpError, Conflict
from amp.languages import CATALOGUES, ENGLISH, LANGUAGES, closest, words

DAY = date(2026, 3, 3)
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
TRANSLATED = {
    "de": """
msgid "Next"
msgstr "Weiter"

msgid "Hello {name}"
msgstr "Grüß dich, {name}"

msgid "{first} and {last}"
msgstr "{first} und {last}"

msgid "{count} statement"
msgid_plural "{count} statements"
msgstr[0] "{count} Aussage"
msgstr[1] "{count} Aussagen"

msgid "A name can have at most {count} characters."
msgstr "Höchstens {count} Zeichen darf ein Name haben."

msgid "Shorten it and try again."
msgstr "Kürzen Sie ihn."

#, fuzzy
msgid "Back"
msgstr "Rücken"

msgid "Not yet"
msgstr ""
""",
    "es": """
msgid "Next"
msgstr "Siguiente"
""",
}


@pytest.fixture(autouse=True)
def _small_catalogues(tmp_path, monkeypatch):
    for code, messages in TRANSLATED.items():
        (tmp_path / f"{code}.po").write_text(HEADER + messages, encoding="utf-8")
    monkeypatch.setattr(amp.languages, "CATALOGUES", tmp_path)
    words.cache_clear()
    yield
    words.cache_clear()


def test_english_needs_no_catalogue():
    assert (ENGLISH.code, ENGLISH("Next"), ENGLISH("Hello {name}", name="Kim")) == ("en", "Next", "Hello Kim")


@pytest.mark.parametrize(("code", "said"), [("en", "Next"), ("de", "Weiter"), ("es", "Siguiente")])
def test_a_text_is_said_in_the_language_chosen(code, said):
    assert (words(code).code, words(code)("Next")) == (code, said)


@pytest.mark.parametrize("code", ["fr", "", "EN", "../de", "de.po"])
def test_a_language_that_is_not_offered_is_english(code):
    assert (words(code).code, words(code)("Next")) == ("en", "Next")


def test_values_are_put_into_the_translation():
    assert words("de")("Hello {name}", name="{Kim} ümlaut") == "Grüß dich, {Kim} ümlaut"


@pytest.mark.parametrize("text", ["Back", "Not yet", "Nowhere in the catalogue"])
def test_what_has_no_finished_translation_stays_english(text):
    assert words("de")(text) == text


def test_a_text_without_values_may_hold_braces():
    assert words("de")("a { b") == "a { b"


def test_texts_of_data_files_are_translated_and_nothing_stays_nothing():
    assert (words("de").of("Next"), words("de").of(""), words("de").of("{not} a template")) == (
        "Weiter", "", "{not} a template",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("en", 0, "0 statements"),
        ("en", 1, "1 statement"),
        ("en", 1204, "1,204 statements"),
        ("de", 1, "1 Aussage"),
        ("de", 1204, "1.204 Aussagen"),
        ("es", 1, "1 statement"),
    ],
)
def test_numbers_choose_singular_or_plural(code, count, said):
    assert words(code).many("{count} statement", "{count} statements", count) == said


def test_a_text_that_depends_on_a_number_takes_other_values_too():
    assert ENGLISH.many("{count} of {all}", "{count} of {all}", 2, all=25) == "2 of 25"


# Errors


def test_an_error_is_told_in_the_language_with_its_values():
    error = AmpError("A name can have at most {count} characters.", "Shorten it and try again.", count=200)
    assert words("de").told(error) == ("Höchstens 200 Zeichen darf ein Name haben.", "Kürzen Sie ihn.")
    assert ENGLISH.told(error) == (error.message, error.hint)
    assert words("es").told(error) == (error.message, error.hint)


def test_an_error_without_a_hint_or_with_braces_is_told_as_it_is():
    assert words("de").told(AmpError("Next")) == ("Weiter", "")
    assert words("de").told(Conflict("The file {x is broken.")) == ("The file {x is broken.", "")


def test_a_value_with_braces_is_told_as_it_is():
    assert words("de").told(AmpError("Hello {name}", "{name}", name="{count}")) == ("Grüß dich, {count}", "{count}")


# Dates and figures


@pytest.mark.parametrize(
    ("code", "said"), [("en", "3 March 2026"), ("de", "3. März 2026"), ("es", "3 de marzo de 2026")]
)
def test_dates_are_written_as_the_language_writes_them(code, said):
    assert words(code).date(DAY) == said
    assert words(code).date(datetime(2026, 3, 3, 23, 59, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", ["12,345.6", "3", "0.25"]), ("de", ["12.345,6", "3", "0,25"]), ("es", ["12.345,6", "3", "0,25"])],
)
def test_figures_are_written_as_the_language_writes_them(code, said):
    assert [words(code).number(12345.6, 1), words(code).number(3.0, 2), words(code).number(0.25, 3)] == said


def test_a_figure_that_rounds_to_nothing_has_no_sign():
    assert [ENGLISH.number(-0.2), ENGLISH.number(-0.04, 1), ENGLISH.number(0.2)] == ["0", "0", "0"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_shares_are_written_in_per_cent(code):
    assert [" ".join(words(code).percent(share).split()) for share in (0, 0.34, 1)] == ["0 %", "34 %", "100 %"]


# Which language


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("de-AT", "de"),
        ("de_DE.UTF-8", "de"),
        ("DE", "de"),
        ("es-419", "es"),
        ("en-GB", "en"),
        ("fr-FR", "en"),
        ("dev", "en"),
        ("", "en"),
        (None, "en"),
        ("*", "en"),
    ],
)
def test_the_browsers_locale_chooses_the_language(locale, code):
    assert closest(locale) == code


# The catalogues that ship


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_translation_names_the_values_of_the_english_text(code):
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        catalogue = read_po(source, locale=code)
    for message in catalogue:
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        for translation in translations:
            if message.id and translation:
                assert values_of(translation) in [values_of(text) for text in originals], translation


def values_of(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
