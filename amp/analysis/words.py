"""Figures and names as people say them: money, shares, signs, plurals, tiers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

UNTIERED: Final = "Untiered"
NOT_GIVEN: Final = "Not given"
TOO_FEW: Final = "too few"
ROLES: Final = {
    "decision_maker": "Decision makers",
    "recommender": "Recommenders",
    "influencer": "Influencers",
    "unknown": "Role unknown",
}
_SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF ", "": ""}
_STEPS: Final = ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"))
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_THIN: Final = "\u202f"
_MINUS: Final = "\u2212"  # a hyphen in front of a figure would be a formula to a spreadsheet


def money(amount: Decimal | float | None, currency: str = "") -> str:
    """“€1.2 M”, “€12,400”, “−€300”; “not known” where there is none. `currency` is an ISO code or a sign."""
    if amount is None:
        return "not known"
    size = abs(Decimal(str(amount)))
    sign = _SYMBOLS.get(currency, currency if len(currency) == 1 else currency + " ")
    return (_MINUS if amount < 0 else "") + sign + _sized(size)


def percent(share: Decimal | float | None, digits: int = 0) -> str:
    """A share of 1 as “34 %”; “<1 %” and “>99 %” rather than a 0 or 100 that is none."""
    if share is None:
        return "not known"
    shown = round(float(share) * 100, digits)
    least = 10.0**-digits
    if shown == 0 and share > 0:
        return f"<{least:g}{_THIN}%"
    if shown == 100 and share < 1:
        return f">{100 - least:g}{_THIN}%"
    return f"{shown:.{digits}f}{_THIN}%"


def signed(value: float | None, digits: int = 0) -> str:
    """“+12”, “−3.4”, “0”; the sign follows the figure as rounded."""
    if value is None:
        return "not known"
    shown = round(value, digits)
    return _with_minus(f"{shown:+.{digits}f}") if shown else f"{0:.{digits}f}"


def number(value: float | None, digits: int = 0) -> str:
    """“1,234”, “8.4” or “−3”."""
    return "not known" if value is None else _with_minus(f"{round(value, digits) + 0.0:,.{digits}f}")


def interval(low: float | None, high: float | None, digits: int = 0) -> str:
    """“12 to 34”, or that it cannot be estimated."""
    if low is None or high is None:
        return "cannot be estimated"
    return f"{number(low, digits)} to {number(high, digits)}"


def percent_interval(low: float | None, high: float | None) -> str:
    """“12 % to 34 %”, of shares of 1, or that it cannot be estimated."""
    return "cannot be estimated" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def p_value(p: float | None) -> str:
    """“0.034” or “<0.001”: no test finds a probability of nothing."""
    if p is None:
        return "–"
    return "<0.001" if p < 0.0005 else f"{p:.3f}"


def heard_from(accounts: int, alone: int = 0) -> str:
    """“12 accounts”, “829 people”, or both: `alone` of these clusters are people whose account is not known."""
    known = accounts - alone
    people = f"{plural(alone, 'person', 'people')} whose account is not known"
    if not alone:
        return plural(known, "account")
    return f"{plural(known, 'account')} and {people}" if known else plural(alone, "person", "people")


def plural(count: int, one: str, many: str = "") -> str:
    """“1 account”, “1,204 accounts”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """“A, B and C”, or “A, B, C and 4 more”."""
    if len(names) > most:
        return ", ".join(names[:most]) + f" and {len(names) - most:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def tier_label(tier: int | None) -> str:
    """“Tier I” … “Tier IV”; “Untiered” without one."""
    if tier is None:
        return UNTIERED
    word, rest = "", tier
    for size, letters in _ROMAN:
        word, rest = word + letters * (rest // size), rest % size
    return f"Tier {word}"


def hidden(min_group: int) -> str:
    """What stands where a figure is suppressed."""
    return f"Hidden: fewer than {min_group} people."


def hidden_by_filters(min_group: int) -> str:
    """The same where filters are set: a selection that leaves out only a few people is hidden too."""
    return f"Hidden: fewer than {min_group} people within these filters, or left out by them."


def _sized(size: Decimal) -> str:
    for step, letter in _STEPS:
        if size >= step * Decimal("0.9995"):
            scaled = size / step
            return f"{scaled:,.0f}{_THIN}{letter}" if scaled >= 99.95 else f"{scaled:.1f}{_THIN}{letter}"
    return f"{size:,.0f}"


def _with_minus(figure: str) -> str:
    return figure.replace("-", _MINUS)
