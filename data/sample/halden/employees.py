"""The employee survey as SurveyMonkey exports it: two heading rows; what staff believe customers think."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from halden.accounts import Account
from halden.chance import pick, pick_weighted, stream, words
from halden.opinions import ATTRIBUTES, KEYS, SUBJECTS, Population
from halden.qualtrics import COMPANY, SATISFACTION

_TEAMS: Final = {"Sales": 26, "Service engineering": 30, "Support desk": 18, "Logistics": 16, "Finance": 12, "Product development": 18}
# Staff overrate support and billing, think customers mind the price more than they do, and are right on the rest.
_BELIEF: Final = np.array([0.25, -0.05, 0.90, 0.05, 0.80, 0.10, -0.30, 0.00])
_NAMED: Final = {"price": 0.34, "innovation": 0.18, "delivery": 0.14, "portal": 0.10, "none": 0.16, "training": 0.08}
_KNOWN_ACCOUNTS: Final = 45  # employees speak of the account they know best, one of the largest
_OPENED: Final = datetime.fromisoformat("2026-06-15T08:00")
_FORMAT: Final = "%m/%d/%Y %I:%M:%S %p"
_TECHNICAL: Final = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1")
_OVERALL: Final = {"company": f"{COMPANY} as a company", "product": "Our products", "service": "Our service and support"}


def write_employees(path: Path, accounts: list[Account], population: Population) -> int:
    """Write the export and return the number of employees who answered."""
    rng = stream("employees")
    teams = [team for team, size in _TEAMS.items() for _ in range(size)]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows(_headings())
        for number, index in enumerate(rng.permutation(len(teams))):
            account = accounts[int(rng.integers(_KNOWN_ACCOUNTS))]
            writer.writerow(_row(rng, number, teams[index], account, population.account_level(account.rank, "2026")))
    return len(teams)


def _headings() -> tuple[list[str], list[str]]:
    """Both heading rows: a question stands over its first column only, its parts in the second row."""
    attributes, overall = list(ATTRIBUTES.values()), list(_OVERALL.values())
    matrix = "How satisfied do you think our customers are with each of the following?"
    first = [
        *_TECHNICAL,
        "Which team do you work in?",
        "Which customer do you know best?",
        *_over(matrix, attributes),
        *_over("Overall, how satisfied do you think our customers are with each of the following?", overall),
        f"How likely do you think our customers are to recommend {COMPANY} to a business partner or colleague?",
        "What do you think customers complain about most?",
    ]
    second = [*("" for _ in _TECHNICAL), "Response", "Open-Ended Response", *attributes, *overall, "Response", "Open-Ended Response"]
    return first, second


def _over(question: str, parts: list[str]) -> list[str]:
    return [question, *("" for _ in parts[1:])]


def _row(rng: np.random.Generator, number: int, team: str, account: Account, level: np.ndarray) -> list[object]:
    belief = level + _BELIEF + rng.normal(0, 0.25) + rng.normal(0, 0.55, len(KEYS))
    overall = {subject: float(belief.mean()) + 0.15 + rng.normal(0, 0.4) for subject in SUBJECTS}
    started = _OPENED + timedelta(days=int(rng.integers(0, 11)), seconds=int(rng.integers(0, 9 * 3600)))
    return [
        118_200_400_000 + 37 * number,
        418_223_107,
        started.strftime(_FORMAT),
        (started + timedelta(seconds=int(rng.integers(120, 900)))).strftime(_FORMAT),
        f"192.0.2.{int(rng.integers(1, 255))}",
        *("" for _ in _TECHNICAL[5:]),
        team,
        account.name,
        *(_in_words(value) if rng.random() > 0.02 else "" for value in belief),
        *(_in_words(value) for value in overall.values()),
        int(np.clip(round(8.2 + 1.5 * (overall["company"] - 4.0) + rng.normal(0, 0.8)), 0, 10)),
        _complaint(rng),
    ]


def _in_words(value: float) -> str:
    return SATISFACTION[int(np.clip(round(value), 1, 5)) - 1]


def _complaint(rng: np.random.Generator) -> str:
    if rng.random() < 0.15:
        return ""
    grammar = words("employees")
    text = pick(rng, grammar["themes"][pick_weighted(rng, _NAMED)])
    text = re.sub(r"\[([^\[\]]*)\]", lambda found: pick(rng, found[1].split("|")), text)
    text = re.sub(r"<(\w+)>", lambda found: pick(rng, grammar["slots"][found[1]]), text)
    return re.sub(r"\s+\.", ".", text)
