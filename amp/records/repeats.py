"""The chain from an audit to those that repeat it: each stands for the one before, so that a taker counts once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select, update

from amp.records.tables import audits


def newest_in(campaign: int) -> ColumnElement[bool]:
    """Submitted audits of a campaign that were not taken again, and submitted, in the same campaign."""
    later = audits.alias("later")
    repeated = and_(
        later.c.before_id == audits.c.id, later.c.campaign_id == campaign, later.c.submitted_at.is_not(None)
    )
    return (audits.c.campaign_id == campaign) & audits.c.submitted_at.is_not(None) & ~exists().where(repeated)


def first_in(campaign: int) -> ColumnElement[bool]:
    """Audits of a campaign, submitted or not, that repeat none of the same campaign: one a taker."""
    earlier = audits.alias("earlier")
    repeats = and_(audits.c.before_id == earlier.c.id, earlier.c.campaign_id == campaign)
    return (audits.c.campaign_id == campaign) & ~exists().where(repeats)


def queue_up(connection: Connection, audit: Row[Any]) -> None:
    """Put an audit that is being submitted after those that repeat the same one and were submitted sooner."""
    last = audit.before_id
    while last is not None:
        sooner = select(audits.c.id).where(
            audits.c.before_id == last, audits.c.submitted_at.is_not(None), audits.c.id != audit.id
        )
        found = connection.scalar(sooner.limit(1))
        if found is None:
            break
        last = found
    if last != audit.before_id:
        connection.execute(update(audits).where(audits.c.id == audit.id).values(before_id=last))


def close_gap(connection: Connection, audit: Row[Any]) -> None:
    """Before an audit is deleted, let what repeats it repeat the one before it."""
    connection.execute(update(audits).where(audits.c.before_id == audit.id).values(before_id=audit.before_id))
