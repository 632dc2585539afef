"""Campaigns: one link for the takers of one company, open for a while, anonymous or named from the first answer on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from amp.errors import Conflict, NotFound
from amp.records import repeats
from amp.records.access import Role
from amp.records.campaign_values import (
    Campaign,
    NewCampaign,
    Phase,
    Progress,
    Sheet,
    checked,
)
from amp.records.sqlite import Database
from amp.records.tables import audit_answers, audits, campaigns
from amp.records.tokens import new_token


class CampaignStore:
    """The campaigns. Their answers come out whole, never in parts that could be subtracted from each other."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def create(self, new: NewCampaign, by: Role, now: datetime, *, sample: bool = False) -> Campaign:
        """Keep a campaign and make its link. Needs an editor; AmpError where something does not fit."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            return _added(connection, checked(new), created_at=now, sample=sample)

    def reword(self, number: int, by: Role, **changed: Any) -> None:
        """Change title, texts, end, expected number or whose it is; never anonymity, or what people answer.

        Needs an editor; Conflict once the campaign was closed by hand.
        """
        by.require(Role.EDITOR)
        if not changed.keys() <= {"title", "intro", "thanks", "closes_at", "expected", "ours"}:
            raise ValueError("this cannot be changed once takers may have seen it")
        with self._database.write() as connection:
            old = _campaign(connection, number)
            if old.closed_at is not None and changed.keys() - {"ours"}:
                raise Conflict("This campaign is closed and can no longer be changed.", "Make a new one.")
            kept = {field.name: getattr(old, field.name) for field in fields(NewCampaign)} | changed
            fresh = checked(NewCampaign(**kept))
            values = {name: getattr(fresh, name) for name in changed}
            connection.execute(update(campaigns).where(campaigns.c.id == number).values(values))

    def close(self, number: int, by: Role, now: datetime) -> None:
        """End a campaign now, for good: opening it again would show what came in between. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            if _campaign(connection, number).closed_at is None:
                connection.execute(update(campaigns).where(campaigns.c.id == number).values(closed_at=now))

    def delete(self, number: int, by: Role) -> None:
        """Remove a campaign with everything that was answered in it. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            connection.execute(delete(campaigns).where(campaigns.c.id == _campaign(connection, number).id))
        self._database.empty_log()

    def remove_sample(self, by: Role) -> None:
        """Remove the sample company's campaigns with everything answered in them. Needs an editor."""
        by.require(Role.EDITOR)
        with self._database.write() as connection:
            connection.execute(delete(campaigns).where(campaigns.c.sample))

    def all(self) -> tuple[Campaign, ...]:
        """Every campaign, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(campaigns).order_by(campaigns.c.opens_at.desc(), campaigns.c.id.desc()))
            return tuple(as_campaign(row) for row in rows)

    def get(self, number: int) -> Campaign:
        """The campaign of that number; raises NotFound."""
        with self._database.read() as connection:
            return _campaign(connection, number)

    def of_code(self, code: str) -> Campaign:
        """The campaign behind a link; raises NotFound."""
        with self._database.read() as connection:
            return of_code(connection, code)

    def progress(self, number: int) -> Progress:
        """How many takers began and submitted."""
        with self._database.read() as connection:
            begun, submitted = (
                connection.scalar(select(func.count()).select_from(audits).where(counted)) or 0
                for counted in (repeats.first_in(number), repeats.newest_in(number))
            )
        return Progress(begun, submitted)

    def is_taken(self, campaign: Campaign) -> bool:
        """Whether a campaign for one taker has its audit."""
        return campaign.single and self.progress(campaign.id).submitted > 0

    def sheets(self, number: int, now: datetime) -> tuple[Sheet, ...]:
        """The submitted answers, each taker's newest only.

        Of an anonymous campaign: none before it is closed (two looks while answers come in would show whose they
        were), none from fewer than its smallest group, and then without number, name or day, in no order of time.
        """
        with self._database.read() as connection:
            campaign = _campaign(connection, number)
            if campaign.anonymous and campaign.phase(now) is not Phase.CLOSED:
                return ()
            chosen = select(audits).where(repeats.newest_in(number)).order_by(audits.c.submitted_at, audits.c.id)
            rows = connection.execute(chosen).all()
            answers = _answers_of(connection, number)
        if not campaign.anonymous:
            return tuple(Sheet(answers[row.id], row.id, row.taker, row.submitted_at) for row in rows)
        if len(rows) < campaign.least:
            return ()
        if campaign.closed_at is None:
            self._seal(campaign)
        return tuple(Sheet(sheet) for sheet in sorted((answers[row.id] for row in rows), key=_by_content))

    def _seal(self, campaign: Campaign) -> None:
        """Close for good a campaign whose time is over, before anybody has seen its answers.

        A later end, or a clock that goes back, would open it again, and a second look would show what came in between.
        """
        with self._database.write() as connection:
            still = (campaigns.c.id == campaign.id) & campaigns.c.closed_at.is_(None)
            connection.execute(update(campaigns).where(still).values(closed_at=campaign.closes_at))


def add_sample(connection: Connection, new: NewCampaign, closed_at: datetime, now: datetime) -> Campaign:
    """A closed campaign of the sample company, in place of the one of its title; in another store's transaction."""
    new = checked(new)
    connection.execute(delete(campaigns).where(campaigns.c.sample & (campaigns.c.title == new.title)))
    return _added(connection, new, created_at=now, closed_at=closed_at, sample=True)


def of_code(connection: Connection, code: str) -> Campaign:
    """The campaign behind a link, inside a transaction of another store's; raises NotFound."""
    row = connection.execute(select(campaigns).where(campaigns.c.code == code)).one_or_none()
    if row is None:
        raise NotFound("There is no campaign behind this link.", "Check that the link is whole, or ask who sent it.")
    return as_campaign(row)


def of_number(connection: Connection, number: int | None) -> Campaign | None:
    """The campaign of an audit, where it has one."""
    return None if number is None else _campaign(connection, number)


def as_campaign(row: Row[Any]) -> Campaign:
    """A row as the value that stores hand out."""
    return Campaign(**{field.name: getattr(row, field.name) for field in fields(Campaign)})


def _added(connection: Connection, new: NewCampaign, **kept: Any) -> Campaign:
    row = asdict(new) | {"code": new_token()} | kept
    (number,) = connection.execute(insert(campaigns).values(row)).inserted_primary_key or (0,)
    return _campaign(connection, int(number))


def _campaign(connection: Connection, number: int) -> Campaign:
    row = connection.execute(select(campaigns).where(campaigns.c.id == number)).one_or_none()
    if row is None:
        raise NotFound("This campaign is not here any more.", "See the list of campaigns.")
    return as_campaign(row)


def _answers_of(connection: Connection, number: int) -> dict[int, Mapping[str, int | None]]:
    columns = (audit_answers.c.audit_id, audit_answers.c.statement_id, audit_answers.c.value)
    found: dict[int, dict[str, int | None]] = {}
    for audit_id, statement_id, value in connection.execute(
        select(*columns).join(audits).where(audits.c.campaign_id == number).order_by(audit_answers.c.statement_id)
    ):
        found.setdefault(audit_id, {})[statement_id] = value
    return {audit_id: MappingProxyType(sheet) for audit_id, sheet in found.items()}


def _by_content(sheet: Mapping[str, int | None]) -> list[tuple[str, int]]:
    return [(name, -1 if value is None else value) for name, value in sorted(sheet.items())]
