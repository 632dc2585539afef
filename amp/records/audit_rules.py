"""What must hold before an audit is begun, answered or submitted, asked inside the transaction that writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from amp.errors import Conflict, NotFound
from amp.records import campaigns as campaign_rows
from amp.records.campaign_values import Campaign, Phase
from amp.records.tables import audits
from amp.records.tokens import hashed


def found(connection: Connection, token: str) -> Row[Any]:
    """The audit behind a token; raises NotFound."""
    audit = connection.execute(select(audits).where(audits.c.token_hash == hashed(token))).one_or_none()
    if audit is None:
        raise NotFound("There is no audit behind this link.", "Check that the link is whole, or begin a new audit.")
    return audit


def open_audit(connection: Connection, token: str, now: datetime) -> Row[Any]:
    """The audit behind a token while it may be changed; raises Conflict once it is submitted or its campaign closed."""
    audit = found(connection, token)
    if audit.submitted_at is not None:
        raise Conflict("This audit is submitted and can no longer be changed.", "See its result, or begin a new audit.")
    campaign = campaign_rows.of_number(connection, audit.campaign_id)
    if campaign is not None and campaign.phase(now) is Phase.CLOSED:
        raise Conflict("The campaign is closed, so answers can no longer be given.", "Ask who sent you the link.")
    return audit


def must_take(connection: Connection, campaign: Campaign, now: datetime) -> None:
    """Raises Conflict unless the campaign takes one more audit now."""
    phase = campaign.phase(now)
    if phase is Phase.PLANNED:
        raise Conflict("This campaign is not open yet.", "Come back when it opens.")
    if phase is Phase.CLOSED:
        raise Conflict("This campaign is closed.", "Ask who sent you the link.")
    _must_not_be_taken(connection, campaign)


def _must_not_be_taken(connection: Connection, campaign: Campaign) -> None:
    taken = exists().where(audits.c.campaign_id == campaign.id, audits.c.submitted_at.is_not(None))
    if campaign.single and connection.scalar(select(taken)):
        raise Conflict(
            "This campaign is for one taker, and the audit is submitted.", "Open your private link to see its result."
        )


def must_be_named(connection: Connection, audit: Row[Any]) -> None:
    """Raises Conflict unless it is said who answers, as far as this audit asks."""
    campaign = campaign_rows.of_number(connection, audit.campaign_id)
    if campaign is None:
        if not audit.industry:
            raise Conflict("The industry is not chosen yet.", "Choose it, then submit.")
        return
    if not audit.anonymous and not audit.taker:
        raise Conflict("Your name is missing.", "Give it, then submit.")
    if audit.before_id is None:
        _must_not_be_taken(connection, campaign)


def may_be_unsure(connection: Connection, audit: Row[Any]) -> bool:
    """Whether “not sure” is an answer here: only where a campaign permits it."""
    campaign = campaign_rows.of_number(connection, audit.campaign_id)
    return campaign is not None and campaign.not_sure
