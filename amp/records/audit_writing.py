"""Writing the rows of audits and answers, inside another's transaction; of anonymous ones nothing that tells who."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from amp.errors import AmpError
from amp.records.audit_rows import SubmittedAudit
from amp.records.campaign_values import Campaign
from amp.records.tables import audit_answers, audits
from amp.records.tokens import hashed, new_token

_ANSWERS_AT_MOST: Final = 200  # of one audit: as many as the largest instrument has, far below what fills a disk


def of_campaign(campaign: Campaign, now: datetime) -> dict[str, Any]:
    """What an audit takes over from its campaign; of an anonymous one, the only moment that is kept."""
    row: dict[str, Any] = {
        "instrument_id": campaign.instrument_id,
        "instrument_version": campaign.instrument_version,
        "campaign_id": campaign.id,
        "anonymous": campaign.anonymous,
    }
    if campaign.anonymous:
        opened = min(campaign.opens_at, now).astimezone(UTC)
        row["begun_at"] = opened.replace(hour=0, minute=0, second=0, microsecond=0)
    return row


def moment_of(audit: Row[Any], now: datetime) -> datetime:
    """What is kept as the time of a change: of an anonymous audit nothing but the day its campaign opened."""
    begun: datetime = audit.begun_at
    return begun if audit.anonymous else now


def insert_audit(connection: Connection, token: str, row: dict[str, Any], now: datetime) -> int:
    """Add an audit; returns its number."""
    moment = row.get("begun_at", now)
    # Numbers in a row would tell who came after whom, of an anonymous audit by those around it too.
    number = secrets.randbelow(2**53)
    kept = {"id": number, "token_hash": hashed(token), "begun_at": moment, "changed_at": moment} | row
    connection.execute(insert(audits).values(kept))
    return number


def put_answer(connection: Connection, audit_id: int, statement_id: str, value: int | None, now: datetime) -> None:
    """Put an answer in place of an earlier one; raises AmpError past what any audit can have."""
    # Update, then insert: safe because a writer is alone, and the same on every database.
    key = (audit_answers.c.audit_id == audit_id) & (audit_answers.c.statement_id == statement_id)
    if connection.execute(update(audit_answers).where(key).values(value=value, answered_at=now)).rowcount:
        return
    of_this = select(func.count()).select_from(audit_answers).where(audit_answers.c.audit_id == audit_id)
    if connection.execute(of_this).scalar_one() >= _ANSWERS_AT_MOST:
        raise AmpError("This audit has more answers than any audit can have.", "Begin a new audit.")
    row = {"audit_id": audit_id, "statement_id": statement_id, "value": value, "answered_at": now}
    connection.execute(insert(audit_answers).values(row))


def add_submitted(connection: Connection, audit: SubmittedAudit) -> None:
    """Add a submission of the sample company's."""
    named = ("instrument_id", "instrument_version", "company", "industry", "industry_other")
    row = {name: getattr(audit, name) for name in named}
    add_whole(connection, row, audit.answers, audit.submitted_at)


def add_whole(connection: Connection, row: dict[str, Any], answers: Mapping[str, int | None], at: datetime) -> None:
    """Add a submitted audit of the sample with its answers."""
    # A token that nobody holds: no link leads to it.
    audit_id = insert_audit(connection, new_token(), row | {"sample": True, "submitted_at": at}, at)
    given = [
        {"audit_id": audit_id, "statement_id": statement_id, "value": value, "answered_at": at}
        for statement_id, value in answers.items()
    ]
    connection.execute(insert(audit_answers), given)
