"""Comments become plain, masked text; non-answers and bare praise are told from answers."""

from __future__ import annotations

import pytest

from amp.text.cleaning import LONGEST, clean, folded, kind, without_names


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<b>Late</b> again &amp; again", "Late again & again"),
        ("<script>alert('x')</script>Late again", "Late again"),
        ("&lt;img src=x onerror=alert(1)&gt;Late", "Late"),
        ("de\u200bliv\u200dery \u202elate\u202c", "delivery late"),
        ("ﬁrst  \t class", "first class"),
        ("first line\r\n\r\n  second line", "first line\nsecond line"),
        ("bell\x07and null\x00", "bell and null"),
    ],
)
def test_markup_and_invisible_characters_are_gone(raw, plain):
    assert clean(raw) == plain


def test_a_smaller_than_sign_is_not_a_tag():
    assert clean("answers in < 3 days, we need > 90 %") == "answers in < 3 days, we need > 90 %"


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("write to jane.doe+x@mail.example.com today", "write to [e-mail] today"),
        ("call +49 170 123 45 67 please", "call [phone] please"),
        ("call 555-123-4567 please", "call [phone] please"),
        ("see https://example.com/a?b=c for it", "see [link] for it"),
        ("see www.example.com", "see [link]"),
    ],
)
def test_contacts_and_links_are_masked(raw, masked):
    assert clean(raw) == masked


def test_quantities_and_dates_are_not_phone_numbers():
    for text in ("we ordered 12,500 units in 2024", "from 2023-2024 we bought 1500 pieces", "order 4711"):
        assert clean(text) == text


def test_a_comment_of_a_megabyte_is_cut():
    assert len(clean("word " * 250_000)) <= LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "N/A.",
        "None",
        "no comment",
        "R.A.S.",
        "keine Angabe",
        "Nichts",
        "sin comentarios",
        "niente",
        "rien à signaler",
        "...",
        "😀😀",
        "10",
    ],
)
def test_a_non_answer_is_known_in_five_languages(text):
    assert kind(clean(text)) == "non_answer"


@pytest.mark.parametrize("text", ["Great!", "very good", "Alles bestens", "Très bien", "keep up the work"])
def test_praise_without_a_subject_is_praise(text):
    assert kind(text) == "praise"


@pytest.mark.parametrize(
    "text", ["Great delivery", "nothing but trouble with invoices", "No comment on price, but slow"]
)
def test_what_names_a_subject_is_an_answer(text):
    assert kind(text) == "answer"


def test_case_and_punctuation_do_not_make_two_answers():
    assert folded("Late, again!") == folded("late again")


def test_names_are_left_out_whatever_their_case():
    assert without_names("ACME is slower than Borealis", frozenset({"acme", "borealis"})).split() == [
        "is",
        "slower",
        "than",
    ]
