"""Writes the CRM's export of accounts and of contacts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from halden.accounts import Account
from halden.chance import stream
from halden.contacts import Contact


def write_accounts(path: Path, accounts: list[Account]) -> None:
    """Write accounts in the order of their ids, as a CRM lists them."""
    headings = (
        "Account ID",
        "Account name",
        "Industry",
        "Region",
        "Location",
        "Web domain",
        "Product line",
        "Account manager",
    )
    money = ("Currency", "Revenue", "Cost", "Strategic", "Strategic reason")
    ordered = sorted(accounts, key=lambda account: account.account_id)
    _write(path, [*headings, *money], (_account_row(account) for account in ordered))


def _account_row(account: Account) -> Sequence[object]:
    revenue = "" if account.revenue is None else f"{account.revenue}.00"
    described = (
        account.account_id,
        account.name,
        account.industry,
        account.region,
        account.place,
        account.domain,
        account.product,
        account.owner,
    )
    return (
        *described,
        "EUR",
        revenue,
        f"{account.cost}.00",
        "yes" if account.strategic_reason else "",
        account.strategic_reason,
    )


def write_contacts(path: Path, contacts: list[Contact]) -> None:
    """Write contacts in no particular order; now and then only the account's name is known, not its id."""
    rng = stream("contact table")
    headings = (
        "Contact ID",
        "Account ID",
        "Account name",
        "First name",
        "Last name",
        "E-mail",
        "Job title",
        "Department",
        "Site",
    )
    shuffled = [contacts[index] for index in rng.permutation(len(contacts))]
    _write(path, headings, (_contact_row(contact, without_id=rng.random() < 0.03) for contact in shuffled))


def _contact_row(contact: Contact, *, without_id: bool) -> Sequence[object]:
    account = contact.account
    account_id = "" if without_id else account.account_id
    person = (contact.given, contact.family, contact.email, contact.title, contact.department, contact.site)
    return (contact.contact_id, account_id, account.name, *person)


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
