"""An account list to the tidy accounts table; money exact, everything doubtful kept and told."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import pandas as pd
import pyarrow as pa

from amp.imports.built import Built, Finding, about_rows, counted, finding, made_unique, texts
from amp.imports.mapping import Mapping
from amp.imports.money import currency_of, decimal_mark_of, parse_money
from amp.imports.survey import RawSurvey
from amp.imports.wording import fold, shorten
from amp.warehouse.schema import ACCOUNTS

_YES: Final = frozenset(
    {"1", "yes", "y", "true", "x", "ja", "j", "oui", "si", "s", "wahr", "vrai", "strategic", "strategisch", "key"}
) | {
    "key account",
    "strategic account",
}
_TOTALS: Final = frozenset(
    {"total", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "total general", "totale", "subtotal"}
)
_HOST: Final = re.compile(r"^(?:[a-z]+://)?(?:www\.)?([^/@\s:?#]+\.[^/@\s:?#]+)", re.IGNORECASE)


def build_accounts(raw: RawSurvey, mapping: Mapping) -> Built:
    """The accounts, each row of the file one account."""
    missing = _missing(mapping)
    if missing:
        return Built({}, 0, (finding("problem", missing),))
    cells, findings = _rows_kept(raw, mapping)
    columns = _texts_by_role(cells, mapping)
    ids, names = _identities(columns, findings)
    revenue, decided = _money(columns["revenue"], _heading(mapping, "revenue"), findings)
    _tell_doubtful(revenue, columns["revenue"], _heading(mapping, "revenue"), findings)
    cost, _ = _money(columns["cost"], _heading(mapping, "cost"), findings)
    strategic = columns["strategic"].map(lambda word: isinstance(word, str) and fold(word) in _YES).astype(bool)
    built = {
        "account_id": ids,
        "name": names,
        "revenue": revenue,
        "cost": cost,
        "currency": _currencies(columns, _heading(mapping, "revenue"), findings),
        **{role: columns[role] for role in ("industry", "region", "segment", "owner")},
        "domain": columns["domain"].map(_host),
        "strategic": strategic,
        "strategic_reason": columns["strategic_reason"].where(strategic, None),
    }
    if decided:
        findings.append(Finding("note", decided, _heading(mapping, "revenue"), section="read"))
    findings.insert(0, finding("note", f"{counted(len(cells), 'account')} were read", section="read"))
    arrays = {
        field.name: pa.array(built[field.name], field.type, from_pandas=True)
        for field in ACCOUNTS
        if field.name in built
    }
    return Built({"accounts": pa.table(arrays)}, len(cells), tuple(findings))


def _missing(mapping: Mapping) -> str:
    if mapping.first("revenue") is None:
        return "No column is taken for the revenue; say which one it is"
    if mapping.first("name") is None and mapping.first("account_id") is None:
        return "No column is taken for the account's name or number; say which one it is"
    return ""


def _heading(mapping: Mapping, role: str) -> str:
    column = mapping.first(role)
    return column.heading if column else ""


def _texts_by_role(cells: pd.DataFrame, mapping: Mapping) -> dict[str, pd.Series]:
    found = {}
    for role in (field.name for field in ACCOUNTS if field.name != "dataset_id"):
        column = mapping.first(role)
        found[role] = texts(None if column is None else cells[column.index], cells.index)
    return found


def _rows_kept(raw: RawSurvey, mapping: Mapping) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows that are accounts: with a name or a number, and not the sum at the end."""
    known = [raw.cells[column.index].str.strip() for role in ("name", "account_id") if (column := mapping.first(role))]
    nameless = pd.concat(known, axis=1).eq([""] * len(known)).all(axis=1)
    totals = pd.concat([one.map(fold).isin(_TOTALS) for one in known], axis=1).any(axis=1) & ~nameless
    unnamed = "without an account's name or number"
    findings = [
        *_dropped(raw.cells.index[nameless], f"row {unnamed} was dropped", f"rows {unnamed} were dropped"),
        *_dropped(raw.cells.index[totals], "row with a total was dropped", "rows with a total were dropped"),
    ]
    return raw.cells[~nameless & ~totals], findings


def _dropped(rows: pd.Index, one: str, many: str) -> list[Finding]:
    return about_rows("warning", rows, one, many, section="dropped")


def _identities(columns: dict[str, pd.Series], findings: list[Finding]) -> tuple[pd.Series, pd.Series]:
    """Ids (the name where none is given) made unique, and names; accounts of one name are kept and told."""
    names = columns["name"].where(columns["name"].notna(), columns["account_id"])
    ids, changed = made_unique(columns["account_id"].where(columns["account_id"].notna(), names))
    before = " a number or name that was there before; all were kept, with a number behind it"
    findings += about_rows("warning", changed, "account repeats", "accounts repeat", tail=before, section="repaired")
    folded = names.map(fold)
    twins = folded.duplicated(keep=False) & ~columns["account_id"].duplicated(keep=False)
    for name in folded[twins].unique()[:5]:
        rows = names.index[folded.eq(name)]
        name_shown = shorten(str(names.loc[rows[0]]), 60)
        called = f" are called “{name_shown}”; answers that give only the name cannot tell them apart"
        findings += about_rows("warning", rows, "account", "accounts", tail=called)
    return ids, names


def _money(cells: pd.Series, heading: str, findings: list[Finding]) -> tuple[pd.Series, str]:
    """Exact amounts, None where a cell holds none; and how the decimal mark was settled."""
    filled = [str(text) for text in cells.dropna()]
    mark = decimal_mark_of(filled)
    amounts = pd.Series(
        [parse_money(text, mark) if isinstance(text, str) else None for text in cells], index=cells.index, dtype=object
    )
    bad = cells.index[cells.notna() & amounts.isna()]
    examples = ", ".join(f"“{shorten(str(cells.loc[row]), 20)}”" for row in bad[:3])
    tail = f" in “{heading[:60]}” cannot be read as money: {examples}"
    findings += about_rows("warning", bad, "cell", "cells", tail=tail, column=heading)
    marked = any(re.search(r"[.,]\d", text) for text in filled)
    words = {".": "a dot", ",": "a comma"}
    decided = f"In the amounts {words[mark]} marks the decimals." if mark and marked else ""
    return amounts, decided


def _tell_doubtful(revenue: pd.Series, cells: pd.Series, heading: str, findings: list[Finding]) -> None:
    missing = revenue.index[cells.isna()]
    one, many = "account has no revenue", "accounts have no revenue"
    findings += about_rows("warning", missing, one, many, tail=" and will be in no tier", column=heading)
    negative = revenue.index[revenue.map(lambda amount: isinstance(amount, Decimal) and amount < 0).astype(bool)]
    one, many = "account has negative revenue", "accounts have negative revenue"
    findings += about_rows("warning", negative, one, many, tail="; kept and flagged, in the last tier", column=heading)


def _currencies(columns: dict[str, pd.Series], heading: str, findings: list[Finding]) -> pd.Series:
    """The currency column's codes, else the signs in the amounts, else the code in the heading."""
    from_cells = columns["revenue"].map(lambda text: (currency_of(text) or None) if isinstance(text, str) else None)
    given = columns["currency"].map(lambda text: (currency_of(text) or text.upper()) if isinstance(text, str) else None)
    codes = given.where(given.notna(), from_cells)
    codes = codes.where(codes.notna(), currency_of(heading) or None).astype(object)
    several = sorted(codes.dropna().unique())
    if len(several) > 1:
        start = f"The amounts are in {len(several)} currencies ({', '.join(several[:5])})"
        advice = "tiers add them up as they stand, so convert them first"
        findings.append(finding("warning", f"{start}; {advice}", heading))
    return codes


def _host(text: str | None) -> str | None:
    if not isinstance(text, str):
        return None
    found = _HOST.match(text.rsplit("@", 1)[-1].strip())
    return found[1].lower() if found else None
