"""What people think: a latent opinion per account, person, attribute and wave, and the story that bends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from halden.accounts import RANK_HANDED_OVER, RANK_KEPT_WAITING
from halden.chance import stream
from halden.contacts import Contact

WAVES: Final = ("2025", "2026")
SUBJECTS: Final = ("company", "product", "service")
ATTRIBUTES: Final = {
    "delivery": "Delivery on time",
    "reliability": "Product reliability",
    "support": "Technical support response",
    "account_manager": "Account manager",
    "billing": "Billing accuracy",
    "training": "Onboarding & training",
    "price": "Price for value",
    "innovation": "Innovation",
}
KEYS: Final = tuple(ATTRIBUTES)
LEVEL: Final = np.array([3.95, 4.25, 3.85, 4.05, 3.80, 3.70, 3.55, 3.75])
IMPORTANCE: Final = np.array([4.45, 4.70, 4.50, 3.90, 3.50, 3.45, 4.05, 3.55])
_DRIFT_2026: Final = np.array([-0.40, 0.05, -0.02, 0.06, 0.02, 0.08, -0.02, 0.08])  # the rising theme: delivery
_WEIGHTS: Final = {  # what moves the opinion of the company, its products and its service
    "company": np.array([0.16, 0.24, 0.22, 0.12, 0.05, 0.05, 0.10, 0.06]),
    "product": np.array([0.02, 0.52, 0.04, 0.00, 0.00, 0.08, 0.14, 0.20]),
    "service": np.array([0.22, 0.04, 0.42, 0.14, 0.06, 0.12, 0.00, 0.00]),
}
_SUBJECT_LEVEL: Final = {"company": 4.00, "product": 4.15, "service": 3.85}
_PRICE_BY_ROLE: Final = {"decision_maker": -0.55, "recommender": -0.05, "influencer": 0.25}
_TROUBLE_2026: Final = {
    RANK_HANDED_OVER: np.array([-0.5, -0.4, -2.1, -1.5, -0.8, -0.9, -0.6, -0.4]),
    RANK_KEPT_WAITING: np.array([-2.4, -1.0, -0.9, -0.8, -0.9, -0.4, -0.8, -0.5]),
}
_SOUND_2025: Final = 0.25  # the two accounts of the story were content before

COMPETITORS: Final = ("Kestrion", "Veltramet", "Norlabix")
WINNER: Final = COMPETITORS[0]
_AHEAD: Final = {("2025", "service", WINNER): -0.22, ("2026", "service", WINNER): -0.46}
_KNOWN_BY: Final = {"Kestrion": 0.80, "Veltramet": 0.64, "Norlabix": 0.52}
COMPARED: Final = ("Failed", "Worse", "Same", "Better", "Superior")


@dataclass(frozen=True)
class Opinion:
    """What one contact answers in one wave; scales as asked (1-5, 0-10), comparisons as worded."""

    contact: Contact
    wave: str
    ratings: dict[str, int]  # attribute -> 1-5
    overall: dict[str, int]  # subject -> 1-5
    recommend: int
    importance: dict[str, int]
    compared: dict[tuple[str, str], str]  # (subject, competitor) -> word


class Population:
    """The lasting part of opinions: accounts and people that are happier than others, whoever asks and when."""

    def __init__(self, contacts: list[Contact]) -> None:
        rng = stream("opinions")
        accounts = {contact.account.rank for contact in contacts}
        self._account = {rank: rng.normal(0, 0.36) for rank in sorted(accounts)}
        self._attribute = {rank: rng.normal(0, 0.22, len(KEYS)) for rank in sorted(accounts)}
        self._person = {contact.contact_id: rng.normal(0, 0.38) for contact in contacts}
        for rank in _TROUBLE_2026:
            self._account[rank] = _SOUND_2025

    def opinion(self, rng: np.random.Generator, contact: Contact, wave: str) -> Opinion:
        """One contact's answers in a wave."""
        lasting = self._account[contact.account.rank] + self._person[contact.contact_id]
        felt = lasting + self._attribute[contact.account.rank] + rng.normal(0, 0.58, len(KEYS)) + _shift(contact, wave)
        towards = {subject: 1.55 * float(weights @ felt) + rng.normal(0, 0.34) for subject, weights in _WEIGHTS.items()}
        return Opinion(
            contact=contact,
            wave=wave,
            ratings={key: _one_to_five(LEVEL[i] + felt[i]) for i, key in enumerate(KEYS)},
            overall={subject: _one_to_five(_SUBJECT_LEVEL[subject] + towards[subject]) for subject in SUBJECTS},
            recommend=int(np.clip(round(8.15 + 1.75 * towards["company"] + rng.normal(0, 0.85)), 0, 10)),
            importance={key: _one_to_five(IMPORTANCE[i] + rng.normal(0, 0.7)) for i, key in enumerate(KEYS)},
            compared=_comparisons(rng, wave, towards),
        )

    def account_level(self, rank: int, wave: str) -> np.ndarray:
        """What an account as a whole thinks of each attribute, before anybody's own mood."""
        trouble = _TROUBLE_2026.get(rank, np.zeros(len(KEYS))) if wave == "2026" else np.zeros(len(KEYS))
        drift = _DRIFT_2026 if wave == "2026" else np.zeros(len(KEYS))
        return LEVEL + self._account[rank] + self._attribute[rank] + trouble + drift


def _shift(contact: Contact, wave: str) -> np.ndarray:
    shift = np.zeros(len(KEYS))
    shift[KEYS.index("price")] = _PRICE_BY_ROLE[contact.role]
    if wave == "2026":
        shift = shift + _DRIFT_2026 + _TROUBLE_2026.get(contact.account.rank, 0.0)
    return shift


def _comparisons(rng: np.random.Generator, wave: str, towards: dict[str, float]) -> dict[tuple[str, str], str]:
    """Comparisons with each competitor; who does not know one says so for all three subjects."""
    result = {}
    usual = {
        subject: 1.55 * float(weights @ _DRIFT_2026) if wave == "2026" else 0.0 for subject, weights in _WEIGHTS.items()
    }
    for competitor in COMPETITORS:
        known = rng.random() < _KNOWN_BY[competitor]
        for subject in SUBJECTS:
            # Measured against what is usual in the wave, so that our own drift does not help every competitor.
            felt = (
                _AHEAD.get((wave, subject, competitor), 0.04)
                + 0.35 * (towards[subject] - usual[subject])
                + rng.normal(0, 0.85)
            )
            result[subject, competitor] = (
                COMPARED[int(np.digitize(felt, (-1.75, -0.6, 0.6, 1.75)))] if known else "Don't know"
            )
    return result


def _one_to_five(value: float) -> int:
    return int(np.clip(round(value), 1, 5))


def take_part(contacts: list[Contact], silent: frozenset[int]) -> dict[str, list[Contact]]:
    """Who answers in each wave: most of the first wave again, and as many new ones; `silent` accounts fall silent."""
    rng = stream("participation")
    result: dict[str, list[Contact]] = {wave: [] for wave in WAVES}
    for contact in contacts:
        rank = contact.account.rank
        likely = 0.85 if rank in _TROUBLE_2026 else 0.60
        first = rng.random() < likely
        again = rng.random() < (likely if rank in _TROUBLE_2026 else 0.72 if first else 0.46)
        if first:
            result["2025"].append(contact)
        if again and rank not in silent:
            result["2026"].append(contact)
    return result
