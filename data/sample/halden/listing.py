"""Writes sample.toml: which files there are, what kind each is, and the order to load them in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from halden.opinions import COMPETITORS
from halden.qualtrics import COMPANY

FILES: Final = (
    ("accounts", "accounts.csv", "Accounts", ""),
    ("contacts", "contacts.csv", "Contacts", ""),
    ("survey", "survey-2025.csv", "Relationship survey 2025", "2025"),
    ("survey", "survey-2026.csv", "Relationship survey 2026", "2026"),
    ("employees", "employees-2026.csv", "Employee survey 2026", "2026"),
)


def write_listing(path: Path) -> None:
    """Write the list; paths in it are relative to its folder."""
    head = [
        "# The sample company's files in loading order; written by make_sample.py.",
        f'company = "{COMPANY}"',
        f"competitors = {json.dumps(list(COMPETITORS))}",
        'audits = "files/audits.json"',
        'campaigns = "files/campaigns.json"',
    ]
    entries = [
        f'\n[[files]]\nfile = "files/{name}"\nkind = "{kind}"\ntitle = "{title}"\nwave = "{wave}"'
        for kind, name, title, wave in FILES
    ]
    path.write_text("\n".join(head + entries) + "\n", encoding="utf-8")
