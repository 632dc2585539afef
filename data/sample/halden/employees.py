"""The employee survey as SurveyMonkey exports it: two heading rows; what staff believe customers think."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from halden.accounts import Account
from halden.chance import pick, pick_weighted, stream, words
from halden.opinions import ATTRIBUTES, KEYS, SUBJECTS, Population
from halden.qualtrics import COMPANY, SATISFACTION

_TEAMS: Final = {
    "Sales": 26,
    "Service engineering": 30,
    "Support desk": 18,
    "Logistics": 16,
    "Finance": 12,
    "Product development": 18,
}
# Staff overrate support and billing, think customers mind the price more than they do, and are right on the rest.
_BELIEF: Final = np.array([0.25, -0.05, 0.90, 0.05, 0.80, 0.10, -0.30, 0.00])
_NAMED: Final = {"price": 0.34, "innovation": 0.18, "delivery": 0.14, "portal": 0.10, "none": 0.16, "training": 0.08}
_KNOWN_ACCOUNTS: Final = 45  # employees speak of the account they know best, one of the largest
_PASSED_OVER: Final = 0.02
_OPENED: Final = datetime.fromisoformat("2026-06-15T08:00")
_FORMAT: Final = "%m/%d/%Y %I:%M:%S %p"
_TECHNICAL: Final = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
)
_OVERALL: Final = {
    "company": f"{COMPANY} as a company",
    "product": "Our products",
    "service": "Our service and support",
}


@dataclass(frozen=True)
class Employee:
    """One employee's answers: ratings as customers would give them, 1-5 (missing: passed over) and 0-10."""

    number: int
    team: str
    account: Account
    beliefs: dict[str, int | None]
    overall: dict[str, int]
    recommend: int
    complaint: str
    started: datetime
    seconds: int
    ip: str


def make_employees(accounts: list[Account], population: Population) -> list[Employee]:
    """All employees who answered; each speaks of one of the largest accounts."""
    rng = stream("employees")
    teams = [team for team, size in _TEAMS.items() for _ in range(size)]
    order = [teams[index] for index in rng.permutation(len(teams))]
    return [
        _employee(rng, number, team, accounts[int(rng.integers(_KNOWN_ACCOUNTS))], population)
        for number, team in enumerate(order)
    ]


def write_employees(path: Path, employees: list[Employee]) -> None:
    """Write the export."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows(_headings())
        writer.writerows(_row(employee) for employee in employees)


def _headings() -> tuple[list[str], list[str]]:
    """Both heading rows: a question stands over its first column only, its parts in the second row."""
    attributes, overall = list(ATTRIBUTES.values()), list(_OVERALL.values())
    matrix = "How satisfied do you think our customers are with each of the following?"
    first = [
        *_TECHNICAL,
        "Your team",
        "Customer name",
        *_over(matrix, attributes),
        *_over("Overall, how satisfied do you think our customers are with each of the following?", overall),
        f"How likely do you think our customers are to recommend {COMPANY} to a business partner or colleague?",
        "What do you think customers complain about most?",
    ]
    second = [
        *("" for _ in _TECHNICAL),
        "Response",
        "Open-Ended Response",
        *attributes,
        *overall,
        "Response",
        "Open-Ended Response",
    ]
    return first, second


def _over(question: str, parts: list[str]) -> list[str]:
    return [question, *("" for _ in parts[1:])]


def _employee(rng: np.random.Generator, number: int, team: str, account: Account, population: Population) -> Employee:
    felt = (
        population.account_level(account.rank, "2026") + _BELIEF + rng.normal(0, 0.25) + rng.normal(0, 0.55, len(KEYS))
    )
    overall = {subject: float(felt.mean()) + 0.15 + rng.normal(0, 0.4) for subject in SUBJECTS}
    return Employee(
        number=number,
        team=team,
        account=account,
        beliefs={key: _one_to_five(felt[i]) if rng.random() > _PASSED_OVER else None for i, key in enumerate(KEYS)},
        overall={subject: _one_to_five(value) for subject, value in overall.items()},
        recommend=int(np.clip(round(8.2 + 1.5 * (overall["company"] - 4.0) + rng.normal(0, 0.8)), 0, 10)),
        complaint=_complaint(rng),
        started=_OPENED + timedelta(days=int(rng.integers(0, 11)), seconds=int(rng.integers(0, 9 * 3600))),
        seconds=int(rng.integers(120, 900)),
        ip=f"192.0.2.{int(rng.integers(1, 255))}",
    )


def _row(employee: Employee) -> list[object]:
    ended = employee.started + timedelta(seconds=employee.seconds)
    return [
        118_200_400_000 + 37 * employee.number,
        418_223_107,
        employee.started.strftime(_FORMAT),
        ended.strftime(_FORMAT),
        employee.ip,
        *("" for _ in _TECHNICAL[5:]),
        employee.team,
        employee.account.name,
        *("" if belief is None else SATISFACTION[belief - 1] for belief in employee.beliefs.values()),
        *(SATISFACTION[rating - 1] for rating in employee.overall.values()),
        employee.recommend,
        employee.complaint,
    ]


def _one_to_five(value: float) -> int:
    return int(np.clip(round(value), 1, 5))


def _complaint(rng: np.random.Generator) -> str:
    if rng.random() < 0.15:
        return ""
    grammar = words("employees")
    text = pick(rng, grammar["themes"][pick_weighted(rng, _NAMED)])
    text = re.sub(r"\[([^\[\]]*)\]", lambda found: pick(rng, found[1].split("|")), text)
    text = re.sub(r"<(\w+)>", lambda found: pick(rng, grammar["slots"][found[1]]), text)
    return re.sub(r"\s+\.", ".", text)
