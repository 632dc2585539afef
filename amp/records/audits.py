"""Audits: begun without an account, answered tap by tap, submitted once, and from then on unchangeable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from amp.errors import AmpError, Conflict, NotFound
from amp.records import campaigns as campaign_rows
from amp.records import repeats
from amp.records.access import Role
from amp.records.audit_rows import AuditDraft, SubmittedAudit, answers_of, as_draft, as_submitted
from amp.records.audit_rules import found, may_be_unsure, must_be_named, must_take, open_audit
from amp.records.audit_writing import add_submitted, add_whole, insert_audit, moment_of, of_campaign, put_answer
from amp.records.campaign_values import Campaign, NewCampaign, Phase
from amp.records.sqlite import Database
from amp.records.tables import audits
from amp.records.tokens import new_token

__all__ = ["LONGEST_NAME", "AuditDraft", "AuditStore", "SubmittedAudit"]

LONGEST_NAME: Final = 200
_SAMPLE_ALONE: Final = audits.c.sample & audits.c.campaign_id.is_(None)  # those in campaigns go with their campaigns


class AuditStore:
    """The audits. Whoever holds an audit's token may read, change, submit and delete it; no one else can name it."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def begin(self, instrument_id: str, version: str, now: datetime, *, campaign: str = "") -> str:
        """Make an empty audit and return its token, which is not stored and cannot be given again.

        `campaign` is the code of a campaign's link, whose instrument then counts; Conflict where it is not open, or
        is for one taker and taken. Of an anonymous one no moment is kept but the day it opened, and a number that
        tells no order.
        """
        token = new_token()
        row: dict[str, Any] = {"instrument_id": instrument_id, "instrument_version": version}
        with self._database.write() as connection:
            if campaign:
                joined = campaign_rows.of_code(connection, campaign)
                must_take(connection, joined, now)
                row = of_campaign(joined, now)
            insert_audit(connection, token, row, now)
        return token

    def again(self, token: str, instrument_id: str, version: str, now: datetime) -> str:
        """Begin a new audit that repeats a submitted one; returns its token. It is as anonymous as the first.

        In the same campaign while that is open, where it then stands for the first; else on its own.
        """
        fresh = new_token()
        with self._database.write() as connection:
            old = found(connection, token)
            if old.submitted_at is None:
                raise Conflict("This audit is not submitted yet.", "Go on with it.")
            kept = {
                name: getattr(old, name) for name in ("company", "industry", "industry_other", "taker", "anonymous")
            }
            row = kept | {"instrument_id": instrument_id, "instrument_version": version, "before_id": old.id}
            joined = campaign_rows.of_number(connection, old.campaign_id)
            if joined is not None and joined.phase(now) is Phase.OPEN:
                row |= of_campaign(joined, now)
            elif joined is not None:
                row |= {name: getattr(joined, name) for name in ("company", "industry", "industry_other")}
            moment = old.begun_at if old.anonymous else now
            insert_audit(connection, fresh, row, moment)
        return fresh

    def answer(self, token: str, statement_id: str, value: int | None, now: datetime) -> None:
        """Store one answer, in place of an earlier one; None is “not sure”. On return it is on disk."""
        with self._database.write() as connection:
            audit = open_audit(connection, token, now)
            if value is None and not may_be_unsure(connection, audit):
                raise Conflict("This audit asks for a rating of every statement.", "Choose the closest one.")
            moment = moment_of(audit, now)
            put_answer(connection, audit.id, statement_id, value, moment)
            connection.execute(update(audits).where(audits.c.id == audit.id).values(changed_at=moment))

    def set_details(
        self, token: str, *, company: str, industry: str, industry_other: str, now: datetime, taker: str = ""
    ) -> None:
        """Store who is answering; each may be empty for now. In a campaign all but the name are the campaign's."""
        named = {"company": company, "industry": industry, "industry_other": industry_other, "taker": taker}
        details = {name: " ".join(value.split()) for name, value in named.items()}
        if any(len(value) > LONGEST_NAME for value in details.values()):
            raise AmpError(
                "A name can have at most {count} characters.", "Shorten it and try again.", count=LONGEST_NAME
            )
        with self._database.write() as connection:
            audit = open_audit(connection, token, now)
            if audit.anonymous or audit.campaign_id is None:
                del details["taker"]  # of an anonymous audit there is none, of any other only a campaign asks
            if audit.campaign_id is not None:
                details = {name: value for name, value in details.items() if name == "taker"}
            kept = update(audits).where(audits.c.id == audit.id)
            connection.execute(kept.values(**details, changed_at=moment_of(audit, now)))

    def draft(self, token: str) -> AuditDraft:
        """The audit behind a token, submitted or not. Raises NotFound."""
        with self._database.read() as connection:
            return as_draft(connection, found(connection, token))

    def before(self, token: str) -> AuditDraft | None:
        """The audit that the one behind a token repeats, while it is still there."""
        with self._database.read() as connection:
            return _before(connection, found(connection, token).before_id)

    def before_of(self, number: int) -> AuditDraft | None:
        """The audit that the submitted one of that number repeats, for those who may look at both."""
        listed = (audits.c.id == number) & ~audits.c.anonymous & audits.c.submitted_at.is_not(None)
        with self._database.read() as connection:
            return _before(connection, connection.scalar(select(audits.c.before_id).where(listed)))

    def submit(self, token: str, statement_ids: Collection[str], now: datetime) -> None:
        """Close an audit in which each of `statement_ids` is answered and an industry named; Conflict otherwise."""
        with self._database.write() as connection:
            audit = open_audit(connection, token, now)
            lacking = set(statement_ids) - answers_of(connection, [audit.id]).get(audit.id, {}).keys()
            if lacking:
                raise Conflict(
                    "{count} statements are not answered yet.", "Answer them, then submit.", count=len(lacking)
                )
            must_be_named(connection, audit)
            repeats.queue_up(connection, audit)
            moment = moment_of(audit, now)
            kept = update(audits).where(audits.c.id == audit.id)
            connection.execute(kept.values(submitted_at=moment, changed_at=moment))

    def delete(self, token: str) -> None:
        """Remove an audit, submitted or not, and what the file still held of it. Raises NotFound."""
        with self._database.write() as connection:
            audit = found(connection, token)
            repeats.close_gap(connection, audit)
            connection.execute(delete(audits).where(audits.c.id == audit.id))
        self._database.empty_log()

    def submissions(self, only: Collection[int] | None = None) -> tuple[SubmittedAudit, ...]:
        """The submitted audits that may be looked at one by one, oldest first: none that is anonymous.

        All of them, or those of the numbers in `only`.
        """
        listed = audits.c.submitted_at.is_not(None) & ~audits.c.anonymous
        if only is not None:
            listed &= audits.c.id.in_(only)
        with self._database.read() as connection:
            return as_submitted(connection, listed)

    def submitted(self) -> frozenset[int]:
        """The numbers of `submissions`, much faster than themselves."""
        listed = select(audits.c.id).where(audits.c.submitted_at.is_not(None), ~audits.c.anonymous)
        with self._database.read() as connection:
            return frozenset(connection.scalars(listed))

    def submission(self, number: int) -> SubmittedAudit:
        """The submitted audit of that number; raises NotFound, for one that is anonymous too."""
        listed = audits.c.submitted_at.is_not(None) & ~audits.c.anonymous & (audits.c.id == number)
        with self._database.read() as connection:
            for found in as_submitted(connection, listed):
                return found
        raise NotFound("There is no submitted audit of this number.", "See the list of submitted audits.")

    def add_sample(self, sample: Iterable[SubmittedAudit], by: Role) -> None:
        """Store the sample's submissions outside campaigns, in place of any there are; all or none. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            connection.execute(delete(audits).where(_SAMPLE_ALONE))
            for audit in sample:
                add_submitted(connection, audit)

    def add_sample_campaign(
        self, new: NewCampaign, closed_at: datetime, sheets: Iterable[Mapping[str, int]], by: Role, now: datetime
    ) -> Campaign:
        """Store a closed, anonymous campaign of the sample company with its takers' answers; all or none.

        It takes the place of the sample's campaign of that title, and goes by `CampaignStore.remove_sample`. Needs an
        editor.
        """
        by.require(Role.EDITOR)
        if not new.anonymous:
            raise ValueError("these sheets have no names, so their campaign is anonymous")
        with self._database.write() as connection:
            campaign = campaign_rows.add_sample(connection, new, closed_at, now)
            row = of_campaign(campaign, campaign.opens_at)
            for answers in sheets:
                add_whole(connection, row, answers, row["begun_at"])
        return campaign

    def remove_sample(self, by: Role) -> int:
        """Remove the sample's submissions outside campaigns; returns how many there were. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            return connection.execute(delete(audits).where(_SAMPLE_ALONE)).rowcount


def _before(connection: Connection, number: int | None) -> AuditDraft | None:
    row = connection.execute(select(audits).where(audits.c.id == number)).one_or_none()
    return None if row is None else as_draft(connection, row)
