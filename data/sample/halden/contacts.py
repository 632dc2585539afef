"""About 1,500 contacts: who they are, what their title says, and the part they play in the decision."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from halden.accounts import Account
from halden.chance import pick, pick_weighted, stream, words

COUNT: Final = 1500
_TIER_ONE_ABOUT: Final = 75  # the tiers themselves are computed by AMP; here only "large" and "small" matter
_ROLES: Final = {"decision_maker": 0.19, "recommender": 0.33, "influencer": 0.48}
_SITES: Final = ("headquarters", "plant", "laboratory", "R&D centre")
_WITHOUT_TITLE: Final = (0.04, 0.30)  # at large accounts, at small ones: the CRM is less cared for there
_LOCAL_TITLE: Final = 0.3


@dataclass(frozen=True)
class Contact:
    """One person at an account. `role` is the truth behind the title, which no file contains."""

    contact_id: str
    account: Account
    given: str
    family: str
    email: str
    title: str
    department: str
    site: str
    role: str


def make_contacts(accounts: list[Account]) -> list[Contact]:
    """All contacts, account by account; e-mail addresses are unique."""
    rng = stream("contacts")
    people = words("people")
    taken: set[str] = set()
    contacts: list[Contact] = []
    for account, size in zip(accounts, _sizes(rng, accounts), strict=True):
        for _ in range(size):
            contacts.append(_contact(rng, people, account, len(contacts), taken))
    return contacts


def _sizes(rng: np.random.Generator, accounts: list[Account]) -> list[int]:
    """How many contacts each account has: many at the largest, at least one everywhere, COUNT in all."""
    sizes = [_planned(account.rank) for account in accounts]
    small = range(_TIER_ONE_ABOUT, len(accounts))
    for index in rng.choice(small, size=COUNT - sum(sizes)):
        sizes[index] += 1
    return sizes


def _planned(rank: int) -> int:
    if rank < 10:
        return 24
    if rank < 30:
        return 11
    return 6 if rank < _TIER_ONE_ABOUT else 1


def _contact(
    rng: np.random.Generator, people: dict[str, Any], account: Account, number: int, taken: set[str]
) -> Contact:
    given, family, email = _unused_name(rng, people["names"][account.names], account.domain, taken)
    role = pick_weighted(rng, _ROLES)
    title, department = _title(rng, people, account.names, role)
    place = account.place.split(",")[0]
    return Contact(
        contact_id=f"C-{20_001 + number}",
        account=account,
        given=given,
        family=family,
        email=email,
        title="" if rng.random() < _WITHOUT_TITLE[account.rank >= _TIER_ONE_ABOUT] else title,
        department=department,
        site=f"{place} {pick(rng, _SITES)}",
        role=role,
    )


def _unused_name(
    rng: np.random.Generator, pool: dict[str, list[str]], domain: str, taken: set[str]
) -> tuple[str, str, str]:
    while True:
        given, family = pick(rng, pool["given"]), pick(rng, pool["family"])
        email = f"{_plain(given)}.{_plain(family)}@{domain}"
        if email not in taken:
            taken.add(email)
            return given, family, email


def _title(rng: np.random.Generator, people: dict[str, Any], language: str, role: str) -> tuple[str, str]:
    local = people["local_titles"].get(language)
    source = local if local and rng.random() < _LOCAL_TITLE else people["titles"]
    title, department = pick(rng, source[role])
    return title, department


def _plain(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", ascii_name)
