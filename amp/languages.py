"""The languages of the audit: one gettext catalogue each (data/locale/*.po), and dates and figures by locale."""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from amp.config import DATA
from amp.errors import AmpError

CATALOGUES: Final = DATA / "locale"
LANGUAGES: Final = {"en": "English", "es": "Español", "de": "Deutsch"}
"""What can be chosen, each under its own name. English is the language of the source, so it has no catalogue."""


class Words:
    """Texts in one language. Call it with the English text; what has no translation stays English."""

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        """Made by `words`."""
        self.code = code
        self._translations = translations

    def __call__(self, text: str, **values: Any) -> str:
        """A text of ours, with `values` put into its braces."""
        found = self._translations.gettext(text)
        return found.format(**values) if values else found

    def many(self, one: str, more: str, count: int, **values: Any) -> str:
        """A text that depends on a number, which it may name as {count}."""
        found = self._translations.ngettext(one, more, count)
        return found.format(count=self.number(count), **values)

    def of(self, text: str) -> str:
        """A text that comes from a data file: an instrument's statement, an advice; never a visitor's words."""
        return self._translations.gettext(text) if text else ""

    def told(self, error: AmpError) -> tuple[str, str]:
        """What an error says, and the next step."""
        message, hint = (self.of(part) for part in error.template)
        return (message.format(**error.values), hint.format(**error.values)) if error.values else (message, hint)

    def date(self, day: date | datetime) -> str:
        """“3 March 2026”, “3. März 2026”."""
        return format_date(day, format="long" if self.code != "en" else "d MMMM y", locale=self.code)

    def number(self, value: float, digits: int = 0) -> str:
        """“1,234.5”, “1.234,5”; no more digits than asked for, and none that are zero."""
        return str(format_decimal(round(value, digits) + 0.0, format="#,##0.###", locale=self.code))

    def percent(self, share: float) -> str:
        """“34 %”, of a share of 1."""
        return str(format_percent(share, format="#,##0 %", locale=self.code))


@lru_cache(maxsize=8)
def words(code: str) -> Words:
    """The words of a language of LANGUAGES; English for any other code."""
    if code not in LANGUAGES or code == "en":
        return Words("en", gettext.NullTranslations())
    return Words(code, _translations(code))


def closest(locale: str | None) -> str:
    """The language that serves a browser's locale (“de-AT”) best; English where none does."""
    code = (locale or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def _translations(code: str) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (an English visit needs neither)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    # Compiled in memory: a .mo file beside the .po could be older than it.
    compiled = io.BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


ENGLISH: Final = words("en")
