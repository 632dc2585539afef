"""The respondents of a survey: one row per response, with who answered, when, and for which account."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import pandas as pd
import pyarrow as pa

from amp.imports.built import Finding, about_rows, finding, made_unique, table, texts
from amp.imports.dates import parse_dates
from amp.imports.mapping import Mapping
from amp.imports.roles import named_role, propose_role
from amp.imports.survey import RawSurvey
from amp.imports.wording import fold

_NOT_FINISHED: Final = frozenset(
    {"0", "false", "no", "nein", "non", "falsch", "faux", "falso", "partial", "incomplete", "n"}
)


def responses_of(raw: RawSurvey, mapping: Mapping, wave: str) -> tuple[pa.Table, pd.Series, list[Finding]]:
    """The responses table, the response id of every row of the file, and what was found on the way."""
    index = raw.cells.index
    findings: list[Finding] = []
    by_role = {
        role: _column(raw, mapping, role)
        for role in ("title", "role", "industry", "region", "product", "segment", "email")
    }
    ids = _ids(raw, mapping, findings)
    email = texts(by_role["email"], index)
    roles = contact_roles(texts(by_role["title"], index), texts(by_role["role"], index))
    columns: dict[str, Sequence[object] | pd.Series] = {
        "response_id": ids,
        "wave": [wave] * len(index),
        "answered_at": _answered_at(raw, mapping, findings),
        "respondent_id": _respondents(raw, mapping, email),
        "account_ref": _accounts(raw, mapping, findings),
        "email_domain": email.map(domain_of),
        "title": texts(by_role["title"], index),
        "role": roles["role"],
        "role_confidence": roles["confidence"],
        **{name: texts(by_role[name], index) for name in ("industry", "region", "product", "segment")},
        "weight": _weights(raw, mapping, findings),
        "complete": _complete(raw, mapping),
    }
    return table(columns), ids, findings


def contact_roles(titles: pd.Series, given: pd.Series) -> pd.DataFrame:
    """Role and confidence per row: as the file gives it, else proposed from the title."""
    by_word = {word: named_role(word) for word in given.dropna().unique()}
    by_title = {title: propose_role(title) for title in titles.dropna().unique()}
    rows = []
    for word, title in zip(given, titles, strict=True):
        stated = by_word.get(word)
        rows.append((stated, 1.0) if stated else by_title.get(title, (None, None)))
    frame = pd.DataFrame(rows, columns=["role", "confidence"], index=titles.index).astype({"role": object})
    frame["confidence"] = pd.to_numeric(frame["confidence"], errors="coerce").where(frame["role"].notna())
    return frame


def domain_of(email: str | None) -> str | None:
    """The part behind the @, lower case; None when there is none."""
    if not isinstance(email, str) or "@" not in email:
        return None
    domain = email.rsplit("@", 1)[1].strip(" >;,").lower()
    return domain if "." in domain else None


def _column(raw: RawSurvey, mapping: Mapping, role: str) -> pd.Series | None:
    column = mapping.first(role)
    return None if column is None else raw.cells[column.index]


def _ids(raw: RawSurvey, mapping: Mapping, findings: list[Finding]) -> pd.Series:
    """The vendor's ids, made unique; "row 17" where there is none."""
    given = texts(_column(raw, mapping, "response_id"), raw.cells.index)
    rows = pd.Series([f"row {number}" for number in raw.cells.index], index=raw.cells.index, dtype=object)
    ids, changed = made_unique(given.where(given.notna(), rows))
    before = " an id that was there before; all were kept, with a number behind the id"
    findings += about_rows("warning", changed, "response repeats", "responses repeat", tail=before, section="repaired")
    return ids


def _answered_at(raw: RawSurvey, mapping: Mapping, findings: list[Finding]) -> pd.Series:
    column = mapping.first("date")
    if column is None:
        findings.append(finding("note", "No column says when the answers were given", section="read"))
        return pd.Series(pd.NaT, index=raw.cells.index, dtype="datetime64[us, UTC]")
    cells = raw.cells[column.index]
    dates = parse_dates(cells, raw.columns[column.index].time_zone)
    if dates.sentence:
        findings.append(Finding("note", dates.sentence, column.heading, section="read"))
    unread = cells.index[cells.str.strip().ne("") & dates.times.isna()]
    tail = f" in “{column.heading[:60]}” cannot be read; the responses were kept without a date"
    findings += about_rows("warning", unread, "date", "dates", tail=tail, column=column.heading)
    return dates.times


def _respondents(raw: RawSurvey, mapping: Mapping, email: pd.Series) -> pd.Series:
    """The person in every wave: the file's reference, else a fingerprint of the e-mail address (itself not stored)."""
    given = texts(_column(raw, mapping, "respondent"), raw.cells.index)
    return given.where(given.notna(), email.map(_fingerprint))


def _fingerprint(email: str | None) -> str | None:
    if not isinstance(email, str) or "@" not in email:
        return None
    return "p-" + hashlib.sha256(email.strip().lower().encode()).hexdigest()[:20]


def _accounts(raw: RawSurvey, mapping: Mapping, findings: list[Finding]) -> pd.Series:
    ids = texts(_column(raw, mapping, "account_id"), raw.cells.index)
    reference = ids.where(ids.notna(), texts(_column(raw, mapping, "account"), raw.cells.index))
    without = reference.index[reference.isna()]
    if mapping.kind == "survey" and len(without) == len(reference):
        sentence = "No column names the account, so answers join accounts only by e-mail address, if at all"
        findings.append(finding("note", sentence, section="read"))
    else:
        one, many = "response names no account", "responses name no account"
        findings += about_rows("note", without, one, many, section="read")
    return reference


def _weights(raw: RawSurvey, mapping: Mapping, findings: list[Finding]) -> pd.Series:
    column = mapping.first("weight")
    if column is None:
        return pd.Series(float("nan"), index=raw.cells.index)
    weights = pd.to_numeric(raw.cells[column.index].str.strip().str.replace(",", ".", regex=False), errors="coerce")
    bad = weights.index[weights.isna() | weights.lt(0)]
    tail = " cannot be read, or below zero, and left out"
    findings += about_rows("warning", bad, "weight is", "weights are", tail=tail, column=column.heading)
    return weights.where(weights.ge(0))


def _complete(raw: RawSurvey, mapping: Mapping) -> pd.Series:
    finished = _column(raw, mapping, "complete")
    if finished is None:
        return pd.Series(True, index=raw.cells.index)
    words = {text: fold(text) not in _NOT_FINISHED for text in finished.unique()}
    return finished.map(words).astype(bool)
