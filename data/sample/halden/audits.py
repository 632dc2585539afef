"""Forty audit submissions of 34 invented companies in 9 industries, six of them for the second time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from halden.chance import stream
from halden.qualtrics import COMPANY

OWN_INDUSTRY: Final = "Test / Measurement Equipment"
_COMPANIES: Final = {
    OWN_INDUSTRY: (
        "Orlestad Metrology",
        "Pinnock Gauges",
        "Ravelsberg Messtechnik",
        "Tolvane Sensors",
        "Quorndale Testing",
        "Siverne Probe",
    ),
    "Medical Suppliers": (
        "Brackenfell Supplies",
        "Ilvesheim Medical",
        "Norwenna Care Products",
        "Tessmark Disposables",
        "Wydale Surgical",
    ),
    "Computer Software": (
        "Arcamoor Software",
        "Ketterick Systems",
        "Lumenbrook Data",
        "Stavemark Cloud",
        "Umberlane Code",
    ),
    "Pharmaceuticals": ("Corvessa Pharma", "Drumlyon Therapeutics", "Eskelund Medicines", "Fennimark Pharma"),
    "Telecommunications": ("Galtmoor Networks", "Hexaville Telecom", "Ostermark Fibre"),
    "Transportation": ("Jutholm Logistics", "Kelmscar Rail", "Varrick Freight"),
    "Energy / Utilities": ("Myrdal Grid", "Penhallow Water", "Saltmarsh Power"),
    "Financial Services": ("Aldwarke Leasing", "Thornbeck Assurance"),
    "Bio Tech / Life Sciences": ("Isgard Genomics", "Wexcombe Bio"),
}
# The five statements of a category are not equally easy: pay and charters come last, reviewing feedback comes first.
_EASE: Final = {
    "1": (0.3, 0.1, 0.1, -0.2, 0.5),
    "2": (-0.6, -0.8, 0.0, -0.1, 0.4),
    "3": (-0.2, 0.1, 0.3, 0.2, 0.1),
    "4": (-0.3, -0.9, -0.1, 0.5, -0.6),
    "5": (0.2, -0.3, 0.1, -0.1, -0.5),
}
_MATURITY: Final = (1.55, 1.7, 2.0, 2.1, 2.3, 2.5, 2.6, 2.75, 2.9, 3.0, 3.1, 3.2, 3.35, 3.5, 3.7, 3.9, 4.2)
_RETAKEN: Final = {3: 0.5, 8: 0.35, 14: -0.25, 20: 0.6, 27: 0.3}  # company -> how far its maturity moved in a year
_HALDEN: Final = (  # sure of its tiers (1.1), weak on employees, third parties and partnership reviews
    ("2025-06-17T09:42:00", (4, 3, 3, 2, 4), (2, 1, 3, 2, 3), (2, 3, 4, 3, 3), (2, 1, 2, 4, 1), (3, 2, 3, 2, 1)),
    ("2026-06-22T13:05:00", (5, 3, 3, 3, 4), (2, 1, 3, 2, 3), (3, 3, 4, 4, 3), (2, 2, 3, 4, 1), (3, 2, 3, 3, 2)),
)


def make_audits() -> list[dict[str, Any]]:
    """All submissions, oldest first: company, industry, submitted_at (UTC), answers by statement id, key."""
    rng = stream("audits")
    audits = [_audit(COMPANY, OWN_INDUSTRY, when, _by_id(rows)) for when, *rows in _HALDEN]
    named = [(company, industry) for industry, companies in _COMPANIES.items() for company in companies]
    for number, (company, industry) in enumerate(named):
        maturity = _MATURITY[int(rng.integers(len(_MATURITY)))]
        first = datetime.fromisoformat("2025-02-03T08:00:00") + timedelta(
            days=int(rng.integers(0, 400)), minutes=int(rng.integers(0, 600))
        )
        profile = rng.normal(0, 0.35, 5)
        audits.append(_audit(company, industry, first.isoformat(), _answers(rng, maturity, profile)))
        if number in _RETAKEN:
            again = first + timedelta(days=int(rng.integers(150, 260)))
            audits.append(
                _audit(company, industry, again.isoformat(), _answers(rng, maturity + _RETAKEN[number], profile))
            )
    audits.sort(key=lambda audit: (audit["submitted_at"], audit["company"]))
    return [audit | {"key": f"sample-{number:02}"} for number, audit in enumerate(audits, start=1)]


def write_audits(path: Path, audits: list[dict[str, Any]]) -> None:
    """Write the submissions as JSON, one line each."""
    lines = ",\n".join(json.dumps(audit, ensure_ascii=False) for audit in audits)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _audit(company: str, industry: str, when: str, answers: dict[str, int]) -> dict[str, Any]:
    return {"company": company, "industry": industry, "submitted_at": f"{when}+00:00", "answers": answers}


def _answers(rng: np.random.Generator, maturity: float, profile: np.ndarray) -> dict[str, int]:
    rows = [
        [int(np.clip(round(maturity + profile[i] + 0.8 * ease + rng.normal(0, 0.6)), 1, 5)) for ease in _EASE[category]]
        for i, category in enumerate(_EASE)
    ]
    return _by_id(rows)


def _by_id(rows: list[Any]) -> dict[str, int]:
    return {
        f"{category}.{number}": value for category, row in enumerate(rows, 1) for number, value in enumerate(row, 1)
    }
