"""Audits: begun without an account, answered tap by tap, submitted once, and from then on unchangeable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from amp.errors import AmpError, Conflict, NotFound
from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import audit_answers, audits
from amp.records.tokens import hashed, new_token

LONGEST_NAME: Final = 200
_ANSWERS_AT_MOST: Final = 200  # of one audit: far above any instrument, far below what fills a disk
_GONE: Final = ("There is no audit behind this link.", "Check that the link is whole, or begin a new audit.")


@dataclass(frozen=True)
class AuditDraft:
    """An audit as its taker left it; `submitted_at` is empty until it is submitted."""

    instrument_id: str
    instrument_version: str
    company: str
    industry: str
    industry_other: str
    answers: Mapping[str, int]
    begun_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True)
class SubmittedAudit:
    """A submitted audit, complete; `sample` marks those of the sample company."""

    instrument_id: str
    instrument_version: str
    company: str
    industry: str
    industry_other: str
    answers: Mapping[str, int]
    submitted_at: datetime
    id: int = 0
    sample: bool = False


class AuditStore:
    """The audits. Whoever holds an audit's token may read, change, submit and delete it; no one else can name it."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def begin(self, instrument_id: str, version: str, now: datetime) -> str:
        """Make an empty audit and return its token, which is not stored and cannot be given again."""
        token = new_token()
        row = {
            "token_hash": hashed(token),
            "instrument_id": instrument_id,
            "instrument_version": version,
            "begun_at": now,
            "changed_at": now,
        }
        with self._database.write() as connection:
            connection.execute(insert(audits).values(row))
        return token

    def answer(self, token: str, statement_id: str, value: int, now: datetime) -> None:
        """Store one answer, in place of an earlier one. On return it is on disk."""
        with self._database.write() as connection:
            audit = _open(connection, token)
            _put_answer(connection, audit.id, statement_id, value, now)
            _touch(connection, audit.id, now)

    def set_details(self, token: str, *, company: str, industry: str, industry_other: str, now: datetime) -> None:
        """Store who is answering; each of the three may be empty for now."""
        named = {"company": company, "industry": industry, "industry_other": industry_other}
        details = {name: " ".join(value.split()) for name, value in named.items()}
        if any(len(value) > LONGEST_NAME for value in details.values()):
            raise AmpError(f"A name can have at most {LONGEST_NAME} characters.", "Shorten it and try again.")
        with self._database.write() as connection:
            audit = _open(connection, token)
            connection.execute(update(audits).where(audits.c.id == audit.id).values(**details, changed_at=now))

    def draft(self, token: str) -> AuditDraft:
        """The audit behind a token, submitted or not. Raises NotFound."""
        with self._database.read() as connection:
            audit = _found(connection, token)
            answers = _answers(connection, [audit.id]).get(audit.id, {})
        return AuditDraft(
            **_common(audit, answers),
            begun_at=audit.begun_at,
            changed_at=audit.changed_at,
            submitted_at=audit.submitted_at,
        )

    def submit(self, token: str, statement_ids: Collection[str], now: datetime) -> None:
        """Close an audit in which each of `statement_ids` is answered and an industry named; Conflict otherwise."""
        with self._database.write() as connection:
            audit = _open(connection, token)
            lacking = set(statement_ids) - _answers(connection, [audit.id]).get(audit.id, {}).keys()
            if lacking:
                raise Conflict(f"{len(lacking)} statements are not answered yet.", "Answer them, then submit.")
            if not audit.industry:
                raise Conflict("The industry is not chosen yet.", "Choose it, then submit.")
            connection.execute(update(audits).where(audits.c.id == audit.id).values(submitted_at=now, changed_at=now))

    def delete(self, token: str) -> None:
        """Remove an audit, submitted or not, and what the file still held of it. Raises NotFound."""
        with self._database.write() as connection:
            connection.execute(delete(audits).where(audits.c.id == _found(connection, token).id))
        self._database.empty_log()

    def submissions(self) -> tuple[SubmittedAudit, ...]:
        """All submitted audits, oldest first."""
        chosen = select(audits).where(audits.c.submitted_at.is_not(None)).order_by(audits.c.submitted_at, audits.c.id)
        with self._database.read() as connection:
            rows = connection.execute(chosen).all()
            answers = _answers(connection, None)
        return tuple(
            SubmittedAudit(
                **_common(row, answers.get(row.id, {})), submitted_at=row.submitted_at, id=row.id, sample=row.sample
            )
            for row in rows
        )

    def add_sample(self, sample: Iterable[SubmittedAudit], by: Role) -> None:
        """Store the sample company's submissions, in place of any that are there; all or none. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            connection.execute(delete(audits).where(audits.c.sample))
            for audit in sample:
                _add_submitted(connection, audit)

    def remove_sample(self, by: Role) -> int:
        """Remove the sample company's submissions; returns how many there were. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            return connection.execute(delete(audits).where(audits.c.sample)).rowcount


def _found(connection: Connection, token: str) -> Row[Any]:
    audit = connection.execute(select(audits).where(audits.c.token_hash == hashed(token))).one_or_none()
    if audit is None:
        raise NotFound(*_GONE)
    return audit


def _open(connection: Connection, token: str) -> Row[Any]:
    audit = _found(connection, token)
    if audit.submitted_at is not None:
        raise Conflict("This audit is submitted and can no longer be changed.", "See its result, or begin a new audit.")
    return audit


def _touch(connection: Connection, audit_id: int, now: datetime) -> None:
    connection.execute(update(audits).where(audits.c.id == audit_id).values(changed_at=now))


def _put_answer(connection: Connection, audit_id: int, statement_id: str, value: int, now: datetime) -> None:
    # Update, then insert: safe because a writer is alone, and the same on every database.
    key = (audit_answers.c.audit_id == audit_id) & (audit_answers.c.statement_id == statement_id)
    if connection.execute(update(audit_answers).where(key).values(value=value, answered_at=now)).rowcount:
        return
    of_this = select(func.count()).select_from(audit_answers).where(audit_answers.c.audit_id == audit_id)
    if connection.execute(of_this).scalar_one() >= _ANSWERS_AT_MOST:
        raise AmpError("This audit has more answers than any audit can have.", "Begin a new audit.")
    row = {"audit_id": audit_id, "statement_id": statement_id, "value": value, "answered_at": now}
    connection.execute(insert(audit_answers).values(row))


def _answers(connection: Connection, audit_ids: Collection[int] | None) -> dict[int, dict[str, int]]:
    """Answers by audit; of submitted audits only where no ids are given."""
    chosen = select(audit_answers.c.audit_id, audit_answers.c.statement_id, audit_answers.c.value)
    if audit_ids is None:
        chosen = chosen.join(audits).where(audits.c.submitted_at.is_not(None))
    else:
        chosen = chosen.where(audit_answers.c.audit_id.in_(audit_ids))
    answers: dict[int, dict[str, int]] = {}
    for audit_id, statement_id, value in connection.execute(chosen):
        answers.setdefault(audit_id, {})[statement_id] = value
    return answers


def _common(row: Row[Any], answers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "instrument_id": row.instrument_id,
        "instrument_version": row.instrument_version,
        "company": row.company,
        "industry": row.industry,
        "industry_other": row.industry_other,
        "answers": MappingProxyType(dict(answers)),
    }


def _add_submitted(connection: Connection, audit: SubmittedAudit) -> None:
    row = {
        "token_hash": hashed(new_token()),  # a token that nobody holds: no link leads to it
        "instrument_id": audit.instrument_id,
        "instrument_version": audit.instrument_version,
        "company": audit.company,
        "industry": audit.industry,
        "industry_other": audit.industry_other,
        "sample": True,
        "begun_at": audit.submitted_at,
        "changed_at": audit.submitted_at,
        "submitted_at": audit.submitted_at,
    }
    (audit_id,) = connection.execute(insert(audits).values(row)).inserted_primary_key or (None,)
    given = [
        {"audit_id": audit_id, "statement_id": statement_id, "value": value, "answered_at": audit.submitted_at}
        for statement_id, value in audit.answers.items()
    ]
    connection.execute(insert(audit_answers), given)
