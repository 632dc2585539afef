"""Audits as the stores hand them out, made from their rows; what a campaign says of all its takers is filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, select

from amp.records import campaigns as campaign_rows
from amp.records.campaign_values import Campaign
from amp.records.tables import audit_answers, audits, campaigns

_ONE_BY_ONE: Final = 50  # more than so many are read faster all at once


@dataclass(frozen=True)
class AuditDraft:
    """An audit as its taker left it; `submitted_at` is empty until it is submitted.

    The moments of an anonymous audit say nothing but the day its campaign opened. An answer of None is “not sure”.
    """

    instrument_id: str
    instrument_version: str
    company: str
    industry: str
    industry_other: str
    answers: Mapping[str, int | None]
    begun_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    id: int = 0
    taker: str = ""
    anonymous: bool = False
    repeats: bool = False
    campaign: Campaign | None = None
    sample: bool = False


@dataclass(frozen=True)
class SubmittedAudit:
    """A submitted audit, complete; `sample` marks those of the sample company."""

    instrument_id: str
    instrument_version: str
    company: str
    industry: str
    industry_other: str
    answers: Mapping[str, int | None]
    submitted_at: datetime
    id: int = 0
    sample: bool = False
    taker: str = ""
    anonymous: bool = False
    campaign_id: int | None = None


def as_draft(connection: Connection, row: Row[Any]) -> AuditDraft:
    """One audit, with its answers and its campaign."""
    campaign = campaign_rows.of_number(connection, row.campaign_id)
    return AuditDraft(
        **_common(row, campaign, answers_of(connection, [row.id]).get(row.id, {})),
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        repeats=row.before_id is not None,
        campaign=campaign,
    )


def as_submitted(connection: Connection, chosen: ColumnElement[bool]) -> tuple[SubmittedAudit, ...]:
    """The audits that fit a condition, oldest first."""
    rows = connection.execute(select(audits).where(chosen).order_by(audits.c.submitted_at, audits.c.id)).all()
    answers = answers_of(connection, None if len(rows) > _ONE_BY_ONE else [row.id for row in rows])
    joined = {row.id: campaign_rows.as_campaign(row) for row in connection.execute(select(campaigns))}
    return tuple(
        SubmittedAudit(
            **_common(row, joined.get(row.campaign_id), answers.get(row.id, {})),
            submitted_at=row.submitted_at,
            campaign_id=row.campaign_id,
        )
        for row in rows
    )


def answers_of(connection: Connection, audit_ids: Collection[int] | None) -> dict[int, dict[str, int | None]]:
    """Answers by audit; of submitted audits only where no ids are given."""
    chosen = select(audit_answers.c.audit_id, audit_answers.c.statement_id, audit_answers.c.value)
    if audit_ids is None:
        chosen = chosen.join(audits).where(audits.c.submitted_at.is_not(None))
    else:
        chosen = chosen.where(audit_answers.c.audit_id.in_(audit_ids))
    answers: dict[int, dict[str, int | None]] = {}
    for audit_id, statement_id, value in connection.execute(chosen):
        answers.setdefault(audit_id, {})[statement_id] = value
    return answers


def _common(row: Row[Any], campaign: Campaign | None, answers: Mapping[str, int | None]) -> dict[str, Any]:
    of_company = row if campaign is None else campaign
    return {
        "id": row.id,
        "instrument_id": row.instrument_id,
        "instrument_version": row.instrument_version,
        "company": of_company.company,
        "industry": of_company.industry,
        "industry_other": of_company.industry_other,
        "answers": MappingProxyType(dict(answers)),
        "taker": row.taker,
        "anonymous": row.anonymous,
        "sample": row.sample,
    }
