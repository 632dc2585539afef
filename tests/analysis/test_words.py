"""Figures as people say them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.analysis.words import heard_from, interval, listed, money, number, p_value, percent, plural, signed, tier_label

T = "\u202f"


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (Decimal("1234567.89"), "EUR", f"€1.2{T}M"),
        (Decimal(12400), "EUR", "€12,400"),
        (Decimal(999999), "EUR", f"€1.0{T}M"),
        (Decimal(123456789), "USD", f"$123{T}M"),
        (Decimal("4.2e9"), "", f"4.2{T}B"),
        (Decimal(-300), "GBP", "−£300"),
        (Decimal(50), "SEK", "SEK 50"),
        (None, "EUR", "not known"),
    ],
)
def test_money_is_said_briefly(amount, currency, said):
    assert money(amount, currency) == said


def test_a_share_that_is_not_nothing_is_never_said_to_be_nothing():
    assert (percent(0.001), percent(0.999), percent(0), percent(1)) == (f"<1{T}%", f">99{T}%", f"0{T}%", f"100{T}%")


def test_signs_follow_the_rounded_figure():
    assert (signed(12.4), signed(-0.2), signed(-3.44, 1), signed(None)) == ("+12", "0", "−3.4", "not known")
    assert number(-0.01) == "0"


def test_lists_and_plurals_read_well():
    assert (plural(1, "account"), plural(1204, "account"), plural(2, "person", "people")) == (
        "1 account", "1,204 accounts", "2 people",
    )  # fmt: skip
    assert (listed(["A"]), listed(["A", "B", "C"]), listed(list("ABCDE"))) == ("A", "A, B and C", "A, B, C and 2 more")
    assert interval(None, 2) == "cannot be estimated"


def test_a_negative_figure_has_a_minus_and_no_hyphen_which_would_be_a_formula_to_a_spreadsheet():
    said = [signed(-8), number(-1.5, 1), interval(-3, -1), money(Decimal(-5), "EUR")]
    assert said == ["−8", "−1.5", "−3 to −1", "−€5"]


def test_no_test_finds_a_probability_of_nothing():
    assert (p_value(0.00001), p_value(0.0342), p_value(None)) == ("<0.001", "0.034", "–")


def test_people_without_an_account_are_called_people():
    assert heard_from(12) == "12 accounts"
    assert heard_from(829, 829) == "829 people"
    assert heard_from(13, 1) == "12 accounts and 1 person whose account is not known"


@given(st.integers(1, 39))
def test_tiers_count_in_roman_numbers(tier):
    values = {"I": 1, "V": 5, "X": 10}
    letters = [values[letter] for letter in tier_label(tier).removeprefix("Tier ")]
    assert sum(-v if any(later > v for later in letters[i + 1 : i + 2]) else v for i, v in enumerate(letters)) == tier
    assert tier_label(None) == "Untiered"
