"""About 400 customer accounts with heavy-tailed revenue, and what their CRM export says about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from halden.chance import pick, pick_weighted, stream, words

COUNT: Final = 400
_MEDIAN_EUR: Final = 92_000
_LARGEST_EUR: Final = 14_000_000
_SPREAD: Final = 1.75  # sd of log revenue: four fifths of revenue then come from about a fifth of the accounts
_PRODUCTS: Final = {
    "Spectrometers": 0.30,
    "Climate chambers": 0.24,
    "Balances": 0.18,
    "Calibration systems": 0.17,
    "Analysers": 0.11,
}

# What the story needs, by rank in revenue (0 is the largest account).
RANK_HANDED_OVER: Final = 3
RANK_KEPT_WAITING: Final = 7
RANKS_SILENT: Final = (12, 21, 33, 47)
RANK_WITHOUT_REVENUE: Final = 392
RANK_WITH_CREDIT_NOTE: Final = 396
STRATEGIC: Final = {
    88: "Reference customer for the new climate chamber line",
    141: "Joint development of an in-line test cell",
    263: "First customer in a market we are entering, two more tenders depend on it",
}
SPELLED_ALIKE: Final = ((5, 119), (18, 204), (40, 310), (61, 350))


@dataclass(frozen=True)
class Account:
    """One customer company. Money is in whole euros; `revenue` is missing for an account that was never invoiced."""

    rank: int
    account_id: str
    name: str
    domain: str
    industry: str
    region: str
    place: str
    names: str  # the language its people's names come from
    product: str
    owner: str
    revenue: int | None
    cost: int
    strategic_reason: str = ""


def make_accounts() -> list[Account]:
    """All accounts, largest revenue first; ids follow the order in which they became customers."""
    rng = stream("accounts")
    revenues = sorted((_revenue(rng) for _ in range(COUNT)), reverse=True)
    ids = rng.permutation(COUNT)
    catalogue = words("companies")
    stems = {region: _stems(rng, part) for region, part in catalogue["regions"].items()}
    accounts = [_account(rng, catalogue, stems, rank, revenues[rank], int(ids[rank])) for rank in range(COUNT)]
    return [_with_exceptions(account) for account in _with_look_alikes(accounts)]


def _revenue(rng: np.random.Generator) -> int:
    while True:
        revenue = float(np.exp(rng.normal(np.log(_MEDIAN_EUR), _SPREAD)))
        if 350 <= revenue <= _LARGEST_EUR:
            return int(round(revenue, -1))


def _stems(rng: np.random.Generator, part: dict[str, Any]) -> Iterator[str]:
    every = [head + tail for head in part["heads"] for tail in part["tails"]]
    return iter([every[i] for i in rng.permutation(len(every))])


def _account(
    rng: np.random.Generator,
    catalogue: dict[str, Any],
    stems: dict[str, Iterator[str]],
    rank: int,
    revenue: int,
    number: int,
) -> Account:
    region = pick_weighted(rng, {name: part["share"] for name, part in catalogue["regions"].items()})
    industry = pick_weighted(rng, {name: part["share"] for name, part in catalogue["industries"].items()})
    part = catalogue["regions"][region]
    name = f"{next(stems[region])} {pick(rng, catalogue['industries'][industry]['words'])} {pick(rng, part['forms'])}"
    # Small accounts cost more to serve per euro, some more than they bring.
    cost_share = 0.52 + 0.28 * rng.random() + 0.50 * (rank / COUNT) ** 3 * rng.random()
    return Account(
        rank=rank,
        account_id=f"HI-{10_000 + 7 * number}",
        name=name,
        domain=domain_of(name),
        industry=industry,
        region=region,
        place=pick(rng, part["places"]),
        names=part["names"],
        product=pick_weighted(rng, _PRODUCTS),
        owner=pick(rng, catalogue["owners"][region]),
        revenue=revenue,
        cost=int(revenue * cost_share),
        strategic_reason=STRATEGIC.get(rank, ""),
    )


def domain_of(name: str) -> str:
    """A web domain for a company name: its first two words in plain letters, under .example."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:2]) + ".example"


def _with_look_alikes(accounts: list[Account]) -> list[Account]:
    """A few small accounts spelled almost like large ones: other companies, as every CRM has them."""
    result = list(accounts)
    for large, small in SPELLED_ALIKE:
        stem, *industry, _ = accounts[large].name.split(" ")
        name = " ".join([stem + "s", *industry, "Services", accounts[small].name.rsplit(" ", 1)[1]])
        result[small] = replace(accounts[small], name=name, domain=domain_of(name))
    return result


def _with_exceptions(account: Account) -> Account:
    if account.rank == RANK_WITHOUT_REVENUE:
        return replace(account, revenue=None)
    if account.rank == RANK_WITH_CREDIT_NOTE:
        return replace(account, revenue=-4_180)
    return account
