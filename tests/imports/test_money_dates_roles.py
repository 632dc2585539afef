"""Amounts, dates and titles as people write them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.imports import propose_role
from amp.imports.dates import parse_dates
from amp.imports.money import currency_of, decimal_mark_of, parse_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u202f234\u00a0567,5", "1234567.50"),
        ("1'000'000.00", "1000000"),
        ("(1,200)", "-1200"),
        ("-1,200.5", "-1200.50"),
        ("\u22125", "-5"),
        ("1.2M", "1200000"),
        ("€ 3,4 Mio.", "3400000"),
        ("$500k", "500000"),
        ("1.2bn", "1200000000"),
        ("USD 1,000", "1000"),
        ("12,50", "12.50"),
        ("0.5", "0.50"),
        ("1.234", "1234"),
        ("1e5", None),
        ("abc", None),
        ("", None),
        ("n/a", None),
        ("12 Main Street", None),
        ("99999999999999999999", None),
    ],
)
def test_an_amount_is_read_as_it_was_meant(text: str, amount: str | None) -> None:
    assert parse_money(text) == (None if amount is None else Decimal(amount))


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]),
    st.sampled_from(["", "$", "€ ", "USD "]),
)
def test_every_amount_survives_every_way_of_writing_it(amount: Decimal, marks: tuple[str, str], sign: str) -> None:
    thousands, decimal = marks
    text = f"{amount:,.2f}".replace(",", "T").replace(".", "D").replace("T", thousands).replace("D", decimal)
    assert parse_money(sign + text) == amount


def test_the_column_settles_what_a_single_mark_means() -> None:
    assert decimal_mark_of(["1.234", "1.500,25"]) == ","
    assert decimal_mark_of(["1.234", "7.5"]) == "."
    assert decimal_mark_of(["1.234", "1.500"]) is None
    assert parse_money("1.234", ".") == Decimal("1.23")


def test_currencies_are_known_by_sign_and_code() -> None:
    assert [currency_of(text) for text in ("€ 5", "5 CHF", "$5", "US$5", "5")] == ["EUR", "CHF", "USD", "USD", ""]


def parsed(*texts: str, zone: str = "") -> list[str]:
    times = parse_dates(pd.Series(texts, dtype="str"), zone).times
    return ["" if pd.isna(time) else f"{time:%Y-%m-%d %H:%M}" for time in times]


def test_one_late_day_settles_the_order_for_all() -> None:
    assert parsed("8/7/2020 12:02", "13/07/2020 21:22") == ["2020-07-08 12:02", "2020-07-13 21:22"]
    assert parsed("8/7/2020 12:02", "7/13/2020 21:22") == ["2020-08-07 12:02", "2020-07-13 21:22"]


def test_without_late_days_the_order_of_the_rows_settles_it() -> None:
    assert parsed("5/1/2026", "6/1/2026", "7/1/2026", "1/2/2026", "2/2/2026")[0] == "2026-01-05 00:00"


def test_dates_with_dots_are_day_first() -> None:
    assert parsed("05.01.2026") == ["2026-01-05 00:00"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-05T10:00:00Z", "2026-01-05 10:00"),
        ("2026-01-05T10:00:00.123+05:30", "2026-01-05 04:30"),
        ("2026/01/05 12:54:21 PM GMT+2", "2026-01-05 10:54"),
        ("1/15/2026 12:05 AM", "2026-01-15 00:05"),
        ("Jan 5, 2026", "2026-01-05 00:00"),
        ("31/02/2026", ""),
        ("soon", ""),
        ("17", ""),
    ],
)
def test_a_moment_is_read_in_utc(text: str, moment: str) -> None:
    assert parsed(text) == [moment]


def test_times_without_a_zone_are_in_the_zone_of_the_column() -> None:
    assert parsed("2026-01-05 10:00:00", zone="America/Denver") == ["2026-01-05 17:00"]
    assert parsed("2026-01-05 10:00:00", zone="Nowhere/Land") == ["2026-01-05 10:00"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("CEO", "decision_maker"),
        ("Chief Supply Chain Officer", "decision_maker"),
        ("Vice President, Operations", "decision_maker"),
        ("Managing Director", "decision_maker"),
        ("Geschäftsführerin", "decision_maker"),
        ("Directeur général", "decision_maker"),
        ("Director of Purchasing", "recommender"),
        ("Head of IT", "recommender"),
        ("Assistant Vice President", "recommender"),
        ("Leiter Einkauf", "recommender"),
        ("Jefe de compras", "recommender"),
        ("Executive Assistant to the CEO", "influencer"),
        ("Managing Director's Assistant", "influencer"),
        ("Assistentin der Geschäftsführung", "influencer"),
        ("Account Executive", "influencer"),
        ("Quality Engineer", "influencer"),
        ("Acheteur", "influencer"),
    ],
)
def test_a_title_tells_the_role(title: str, role: str) -> None:
    found, confidence = propose_role(title)
    assert found == role
    assert confidence > 0.5


def test_an_unknown_title_tells_nothing() -> None:
    assert propose_role("Wizard of light bulb moments") == (None, 0.0)


def test_a_vague_title_lowers_the_confidence() -> None:
    assert propose_role("Associate")[1] < propose_role("Research Engineer")[1]
