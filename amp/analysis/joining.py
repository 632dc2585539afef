"""What SQL cannot say exactly: tiers in decimals, folded names, overridden titles, as small tables for the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from amp.analysis.matching import Directory, folded_name, folded_title
from amp.analysis.words import tier_label
from amp.stats.pareto import pareto, shown_tier
from amp.warehouse.engine import Engine

_REVENUES: Final = """
select account_id, cast(revenue as varchar) as amount, coalesce(strategic, false) as strategic,
  coalesce(strategic_reason, '') as reason
from listed_accounts order by account_id
"""
_DIRECTORY: Final = "select account_id, name, domain from listed_accounts order by account_id"
_REFERENCES: Final = """
select account_ref, email_domain from raw_responses
union select account_ref, nullif(lower(split_part(email, '@', 2)), '') from raw_contacts
"""
_TITLES: Final = """
select title from raw_responses where title is not null union select title from raw_contacts where title is not null
"""
_PLACED: Final = ["account_id", "cumulative_before", "tier_label", "strategic_reason", "flag"]


def placed(engine: Engine, strategic: Mapping[str, str | None], cuts: Sequence[Decimal]) -> pd.DataFrame:
    """account_id, tier, cumulative_before, shown_tier, tier_label, strategic, strategic_reason, flag per account."""
    accounts = list(records(engine.query(_REVENUES)))
    result = pareto([Decimal(row["amount"]) if row["amount"] else None for row in accounts], cuts)
    rows = []
    for account, place in zip(accounts, result.placements, strict=True):
        reason = strategic.get(account["account_id"], account["reason"] if account["strategic"] else None)
        shown = shown_tier(place.tier, strategic=reason is not None)
        before = None if place.cumulative_before is None else str(place.cumulative_before)
        rows.append((account["account_id"], before, tier_label(shown), reason, place.flag, place.tier, shown))
    frame = pd.DataFrame(rows, columns=[*_PLACED, "tier", "shown_tier"])
    frame["strategic"] = frame["strategic_reason"].notna()
    return frame.astype(dict.fromkeys(_PLACED, "str") | dict.fromkeys(["tier", "shown_tier"], "Int32"))


def links(engine: Engine) -> pd.DataFrame:
    """account_ref, email_domain, folded, account_id, how: a row per pair that responses or contacts carry."""
    directory = Directory(
        (row["account_id"], row["name"], row["domain"]) for row in records(engine.query(_DIRECTORY))
    )  # fmt: skip
    rows = []
    for row in records(engine.query(_REFERENCES)):
        match = directory.find(row["account_ref"], row["email_domain"])
        folded = folded_name(row["account_ref"] or "")
        rows.append((row["account_ref"], row["email_domain"], folded, match.account_id, match.how))
    columns = ["account_ref", "email_domain", "folded", "account_id", "how"]
    return pd.DataFrame(rows, columns=columns).astype("str")


def role_overrides(engine: Engine, roles: Mapping[str, str]) -> pd.DataFrame:
    """raw_title, role: every title as written whose folded form was given a role by hand."""
    titles = [row["title"] for row in records(engine.query(_TITLES))]
    rows = [(title, roles[folded_title(title)]) for title in titles if folded_title(title) in roles]
    return pd.DataFrame(rows, columns=["raw_title", "role"]).astype("str")


def natural_order(label: str) -> tuple[tuple[int, str], ...]:
    """A sorting key by which “Wave 10” comes after “Wave 2”."""
    parts = re.findall(r"\d+|\D+", label)
    return tuple((int(part), "") if part.isdigit() else (-1, part.casefold()) for part in parts)


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows as dictionaries, with None where nothing is known."""
    clean = frame.astype(object).where(frame.notna(), None)
    for values in clean.itertuples(index=False, name=None):
        yield dict(zip(clean.columns, values, strict=True))
