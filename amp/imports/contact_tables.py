"""A contact list to the tidy contacts table, with a role proposed from each title."""

from __future__ import annotations

from typing import Final

import pandas as pd
import pyarrow as pa

from amp.imports.built import Built, Finding, about_rows, counted, finding, made_unique, texts
from amp.imports.mapping import Mapping
from amp.imports.responses import contact_roles
from amp.imports.survey import RawSurvey
from amp.warehouse.schema import CONTACTS

_JOINED: Final = ("contact_id", "name", "email", "title", "role", "site", "department")
_KNOWN_BY: Final = ("name", "email", "title", "contact_id")


def build_contacts(raw: RawSurvey, mapping: Mapping) -> Built:
    """The contacts, each row of the file one person."""
    if not any(mapping.first(role) for role in ("name", "email", "contact_id")):
        missing = "No column is taken for the contact's name, e-mail address or number; say which one it is"
        return Built({}, 0, (finding("problem", missing),))
    findings: list[Finding] = []
    cells = _rows_kept(raw, mapping, findings)
    columns = {role: _joined(cells, mapping, role) for role in _JOINED}
    columns["account"] = _first_filled(cells, mapping, "account")
    roles = contact_roles(columns["title"], columns["role"])
    built = {
        "contact_id": _ids(columns, findings),
        "account_ref": columns["account"],
        **{name: columns[name] for name in ("name", "email", "title", "site", "department")},
        "role": roles["role"],
        "role_confidence": roles["confidence"],
    }
    _tell_gaps(columns, roles, findings)
    findings.insert(0, finding("note", f"{counted(len(cells), 'contact')} were read", section="read"))
    arrays = {
        field.name: pa.array(built[field.name], field.type, from_pandas=True)
        for field in CONTACTS
        if field.name in built
    }
    return Built({"contacts": pa.table(arrays)}, len(cells), tuple(findings))


def _rows_kept(raw: RawSurvey, mapping: Mapping, findings: list[Finding]) -> pd.DataFrame:
    known = [raw.cells[column.index].str.strip() for column in mapping.columns if column.role in _KNOWN_BY]
    nobody = pd.concat(known, axis=1).eq([""] * len(known)).all(axis=1)
    rows = raw.cells.index[nobody]
    one, many = "row without a person was dropped", "rows without a person were dropped"
    findings += about_rows("warning", rows, one, many, section="dropped")
    return raw.cells[~nobody]


def _joined(cells: pd.DataFrame, mapping: Mapping, role: str) -> pd.Series:
    """The column of a role; several (first and last name) joined with a space."""
    parts = [cells[column.index].str.strip() for column in mapping.columns if column.role == role]
    if not parts:
        return texts(None, cells.index)
    joined = parts[0]
    for part in parts[1:]:
        joined = (joined + " " + part).str.strip()
    return texts(joined, cells.index)


def _first_filled(cells: pd.DataFrame, mapping: Mapping, role: str) -> pd.Series:
    """The surest column of a role; where its cell is empty, the next (an account's number, else its name)."""
    members = sorted((column for column in mapping.columns if column.role == role), key=lambda one: -one.confidence)
    found = texts(None, cells.index)
    for column in members:
        found = found.where(found.notna(), texts(cells[column.index], cells.index))
    return found


def _ids(columns: dict[str, pd.Series], findings: list[Finding]) -> pd.Series:
    rows = pd.Series([f"row {number}" for number in columns["name"].index], index=columns["name"].index, dtype=object)
    given = columns["contact_id"].where(columns["contact_id"].notna(), columns["email"])
    ids, changed = made_unique(given.where(given.notna(), rows))
    before = " an id or e-mail address; all were kept, with a number behind it"
    findings += about_rows("warning", changed, "contact repeats", "contacts repeat", tail=before, section="repaired")
    return ids


def _tell_gaps(columns: dict[str, pd.Series], roles: pd.DataFrame, findings: list[Finding]) -> None:
    lost = columns["account"].index[columns["account"].isna()]
    findings += about_rows("warning", lost, "contact names no account", "contacts name no account")
    unknown = columns["title"].index[columns["title"].notna() & roles["role"].isna()]
    advice = " no role; give these contacts one by hand"
    findings += about_rows("note", unknown, "title tells", "titles tell", tail=advice)
