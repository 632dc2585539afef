"""Writes the sample company: `python data/sample/make_sample.py [--out DIR]`; the same bytes on every run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from halden.accounts import RANKS_SILENT, make_accounts
from halden.audits import make_audits, write_audits
from halden.campaigns import make_campaigns, write_campaigns
from halden.contacts import make_contacts
from halden.employees import make_employees, write_employees
from halden.listing import write_listing
from halden.opinions import WAVES, Population, take_part
from halden.qualtrics import write_wave
from halden.responses import make_responses, strangers
from halden.story import Sample, write_story
from halden.tables import write_accounts, write_contacts


def main(arguments: Sequence[str] | None = None) -> None:
    """Write all files under the folder given, by default beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent, help="folder to write to")
    make_sample(parser.parse_args(arguments).out)


def make_sample(out: Path) -> None:
    """Write `files/`, `sample.toml` and `README.md` under `out`."""
    files = out / "files"
    files.mkdir(parents=True, exist_ok=True)
    accounts = make_accounts()
    contacts = make_contacts(accounts)
    unknown = strangers()
    population = Population([*contacts, *unknown])
    answering = take_part(contacts, frozenset(RANKS_SILENT))
    waves = {}
    for wave in WAVES:
        taking_part = answering[wave] + (unknown if wave == WAVES[-1] else unknown[:3])
        chosen = {contact.contact_id for contact in taking_part}
        others = [
            contact
            for contact in contacts
            if contact.contact_id not in chosen and contact.account.rank not in RANKS_SILENT
        ]
        waves[wave] = make_responses(wave, taking_part, population, others)
        write_wave(files / f"survey-{wave}.csv", wave, waves[wave])
    write_accounts(files / "accounts.csv", accounts)
    write_contacts(files / "contacts.csv", contacts)
    employees = make_employees(accounts, population)
    write_employees(files / "employees-2026.csv", employees)
    audits = make_audits()
    write_audits(files / "audits.json", audits)
    campaigns = make_campaigns()
    write_campaigns(files / "campaigns.json", campaigns)
    write_listing(out / "sample.toml")
    write_story(out / "README.md", Sample(accounts, contacts, waves, employees, audits, campaigns))


if __name__ == "__main__":
    main()
