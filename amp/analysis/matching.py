"""Which account an answer or a contact belongs to: by id, then by folded name, then by e-mail domain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_FORMS: Final = (
    "ab ag aps as asa bv co company corp corporation cv doo eg ek ev gbr gesmbh gmbh inc incorporated kft kg kgaa kk "
    "limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa sarl sas se sl spa spzoo srl sro ug zrt"
)
LEGAL_FORMS: Final = frozenset(_FORMS.split())
_JOINING: Final = frozenset({"and", "und", "et", "y", "e"})
_DELETED: Final = re.compile(r"[.'’`´]")
_SPACED: Final = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True, slots=True)
class Match:
    """The account found, how (`id`, `name`, `domain`), or no account and why (`unknown`, `ambiguous`, `empty`)."""

    account_id: str | None
    how: str


def folded_name(name: str) -> str:
    """A company's name without case, accents, punctuation and trailing legal forms: “Müller GmbH & Co. KG” → “muller”.

    A name that is nothing but a legal form keeps it.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter)).casefold()
    words = _SPACED.sub(" ", _DELETED.sub("", plain.replace("a/s", "as")).replace("&", " and ")).split()
    bare = list(words)
    while len(bare) > 1 and (bare[-1] in LEGAL_FORMS or (bare[-1] in _JOINING and len(bare) < len(words))):
        bare.pop()
    return " ".join(bare)


def folded_title(title: str) -> str:
    """A job title as the role overrides are keyed: case and spacing folded."""
    return " ".join(title.casefold().split())


class Directory:
    """The accounts of a list, ready to be found by id, name or domain."""

    def __init__(self, accounts: Iterable[tuple[str, str | None, str | None]]) -> None:
        """`accounts` are (id, name, domain)."""
        rows = tuple(accounts)
        self._by_id = _keyed(((row[0], row[0]) for row in rows), _folded_id)
        self._by_name = _keyed(((row[1], row[0]) for row in rows), folded_name)
        self._by_domain = _keyed(((row[2], row[0]) for row in rows), _folded_domain)

    def find(self, reference: str | None, domain: str | None) -> Match:
        """The account of an answer; a name or domain that two accounts share decides nothing."""
        ambiguous = False
        tries = (
            ("id", self._by_id, _folded_id(reference or "")),
            ("name", self._by_name, folded_name(reference or "")),
            ("domain", self._by_domain, _folded_domain(domain or "")),
        )
        for how, index, key in tries:
            found = index.get(key, ()) if key else ()
            if len(found) == 1:
                return Match(found[0], how)
            ambiguous = ambiguous or len(found) > 1
        if ambiguous:
            return Match(None, "ambiguous")
        return Match(None, "unknown" if reference or domain else "empty")


def _keyed(pairs: Iterable[tuple[str | None, str]], fold: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for text, account_id in pairs:
        key = fold(text or "")
        if key and account_id not in index.get(key, ()):
            index[key] = (*index.get(key, ()), account_id)
    return index


def _folded_id(reference: str) -> str:
    return reference.strip().casefold()


def _folded_domain(domain: str) -> str:
    bare = domain.strip().casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.split("/")[0].rpartition("@")[2]
