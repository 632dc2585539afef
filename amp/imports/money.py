"""Amounts of money as people write them, to exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

Mark = Literal[".", ","]

_CODES: Final = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "CHF": "CHF",
    "KR": "",
    "ZŁ": "PLN",
    "R$": "BRL",
    "₽": "RUB",
    "A$": "AUD",
    "C$": "CAD",
}
_ISO: Final = re.compile(
    r"\b(USD|EUR|GBP|JPY|INR|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BRL|AUD|CAD|CNY|ZAR|MXN|SGD|NZD|TRY|AED|RON|KRW|HKD)\b",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"US\$|R\$|A\$|C\$|[$€£¥₹₽]")
_UNIT: Final = re.compile(
    r"\s*(k|tsd\.?|thousand|m|mm|mn|mio\.?|mill?\.?|million|millionen|b|bn|mrd\.?|md|billion|milliarden)\.?\s*$",
    re.IGNORECASE,
)
_POWERS: Final = {"k": 3, "tsd": 3, "thousand": 3, "b": 9, "bn": 9, "mrd": 9, "md": 9, "billion": 9, "milliarden": 9}
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009'’_]")
_PLAIN: Final = re.compile(r"\d+(\.\d+)?|\.\d+")
_LARGEST: Final = Decimal(9999999999999999)


def parse_money(text: str, decimal_mark: Mark | None = None) -> Decimal | None:
    """The amount, rounded to cents, or None when `text` is not one.

    Understands currency signs and codes, separators of thousands (comma, dot, space, apostrophe), a comma or dot for
    decimals, parentheses and minus signs for negatives, and k, M, bn. `decimal_mark` settles what "1.234" means;
    without it a single mark followed by exactly three digits separates thousands.
    """
    bare = _ISO.sub("", _SIGN.sub("", text)).strip().replace("\u2212", "-")
    bare = re.sub(r"(?i)^(kr|zł)\.?|\s*(kr|zł)\.?$", "", bare).strip()
    negative = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-") or bare.endswith("-")
    bare = bare.strip("()-+ ")
    unit = _UNIT.search(bare)
    power = _POWERS.get(unit[1].lower().rstrip("."), 6) if unit else 0
    digits = _digits(
        _SPACES.sub("", bare[: unit.start()] if unit else bare),
        decimal_mark or ("." if unit and bare.count(",") == 0 else None),
        scaled=bool(unit),
    )
    if digits is None or not _PLAIN.fullmatch(digits):
        return None
    try:
        amount = (Decimal(digits).scaleb(power)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    if amount > _LARGEST:
        return None
    return -amount if negative else amount


def decimal_mark_of(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that the amounts of one column agree on, by those that leave no doubt; None when none does."""
    votes = {".": 0, ",": 0}
    for text in texts:
        mark = _certain_mark(_SPACES.sub("", text))
        if mark:
            votes[mark] += 1
    if votes["."] == votes[","]:
        return None
    return "." if votes["."] > votes[","] else ","


def currency_of(text: str) -> str:
    """The ISO code that a sign or code in `text` stands for, or ''."""
    code = _ISO.search(text)
    if code:
        return code[1].upper()
    sign = _SIGN.search(text)
    return _CODES[sign[0].upper()] if sign else ""


def _digits(bare: str, mark: Mark | None, *, scaled: bool) -> str | None:
    """`bare` with its thousands separators taken out and a dot for decimals."""
    if not re.fullmatch(r"[\d.,]+", bare):
        return None
    decimal = _certain_mark(bare) or mark or (("," if "," in bare else ".") if scaled else None)
    if decimal is None:
        return bare.replace(",", "").replace(".", "")
    thousands = "," if decimal == "." else "."
    return bare.replace(thousands, "").replace(decimal, ".")


def _certain_mark(bare: str) -> Mark | None:
    """The decimal mark when this one amount leaves no doubt about it."""
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        return "." if bare.rindex(".") > bare.rindex(",") else ","
    if dots > 1:
        return ","
    if commas > 1:
        return "."
    found = re.search(r"[.,](\d*)\D*$", bare)
    if found and len(found[1]) != 3:
        return "." if dots else ","
    return None
