"""Sign-ins: a passcode brings a session, a session ends by signing out or after a while unused."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from amp.errors import AmpError, NotAllowed
from amp.records import attempts
from amp.records.access import Passcodes, Role
from amp.records.sqlite import Database
from amp.records.tables import about, session_tokens, sessions, tickets
from amp.records.tokens import hashed, new_token

_TOUCHED_EVERY: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(hours=12)  # however busy: a working day
_TICKET_LASTS: Final = timedelta(seconds=60)
_SIGNED_OUT: Final = ("You are signed out.", "Sign in again.")


@dataclass(frozen=True)
class Session:
    """Who is signed in."""

    role: Role
    signed_in_at: datetime
    seen_at: datetime


class SessionStore:
    """The sign-ins. Tokens are handed out once; only their hashes are stored."""

    def __init__(self, database: Database, passcodes: Passcodes, idle: timedelta) -> None:
        """A session not seen for `idle` has ended."""
        self._database = database
        self._passcodes = passcodes
        self._idle = idle

    def sign_in(self, passcode: str, client: str, now: datetime | None = None) -> str:
        """A session token for whoever knows a passcode. `client` is the visitor's address: counted, stored as a hash.

        Raises NotAllowed, with the time to wait after too many wrong tries, or when the passcode fits no role.
        """
        moment = now or datetime.now(UTC)
        self._admit(client, moment)
        role = self._passcodes.role_for(passcode)
        if role is None:
            raise NotAllowed("This passcode is not known.", "Check it and try again.")
        row = {"role": int(role), "signed_in_at": moment, "seen_at": moment}
        with self._database.write() as connection:
            attempts.forgive(connection, client)
            (session_id,) = connection.execute(insert(sessions).values(row)).inserted_primary_key or (None,)
            return _new_token(connection, session_id)

    def whoami(self, token: str, now: datetime | None = None) -> Session | None:
        """The session of a token, or nothing once it has ended. Being asked about keeps a session alive."""
        moment = now or datetime.now(UTC)
        with self._database.read() as connection:
            row = connection.execute(_of_token(token)).one_or_none()
        if row is None or self._ended(row, moment):
            return None
        if moment - row.seen_at >= _TOUCHED_EVERY:  # a write a click would be too many
            with suppress(AmpError), self._database.write() as connection:  # a full disk is no reason to see nothing
                connection.execute(update(sessions).where(sessions.c.id == row.id).values(seen_at=moment))
        return Session(role=Role(row.role), signed_in_at=row.signed_in_at, seen_at=row.seen_at)

    def ticket(self, token: str, now: datetime | None = None) -> str:
        """A ticket that `redeem` takes once, within a minute: how a session gets into a cookie by way of the page."""
        moment = now or datetime.now(UTC)
        ticket = new_token()
        with self._database.write() as connection:
            row = connection.execute(_of_token(token)).one_or_none()
            if row is None or self._ended(row, moment):
                raise NotAllowed(*_SIGNED_OUT)
            kept = {"ticket_hash": hashed(ticket), "session_id": row.id, "expires_at": moment + _TICKET_LASTS}
            connection.execute(insert(tickets).values(kept))
        return ticket

    def redeem(self, ticket: str, now: datetime | None = None) -> str:
        """A second token of the same session, for the cookie; signing out ends both. Raises NotAllowed."""
        moment = now or datetime.now(UTC)
        mine = tickets.c.ticket_hash == hashed(ticket)
        with self._database.write() as connection:
            known = connection.execute(select(tickets).where(mine, tickets.c.expires_at >= moment)).one_or_none()
            if known is None:
                raise NotAllowed("This sign-in ticket is used up or too old.", "Sign in again.")
            connection.execute(delete(tickets).where(mine))
            return _new_token(connection, known.session_id)

    def sign_out(self, token: str) -> None:
        """End the session of a token, in every browser; one that has ended already is left alone."""
        of_token = select(session_tokens.c.session_id).where(session_tokens.c.token_hash == hashed(token))
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.id.in_(of_token)))

    def renew(self) -> None:
        """End the sessions of every role whose passcode was changed or taken away since the last start."""
        with self._database.write() as connection:
            kept = about.c.name.in_([_passcode_of(role) for role in Role])
            known = {row.name: row.value for row in connection.execute(select(about).where(kept))}
            for role in Role:
                if self._passcodes.is_still(role, known.get(_passcode_of(role), "")):
                    continue
                connection.execute(delete(sessions).where(sessions.c.role == int(role)))
                connection.execute(delete(about).where(about.c.name == _passcode_of(role)))
                if role in self._passcodes.hashes:
                    fresh = {"name": _passcode_of(role), "value": self._passcodes.hashes[role]}
                    connection.execute(insert(about).values(fresh))

    def purge(self, now: datetime | None = None) -> int:
        """Remove ended sessions and stale tickets; returns how many sessions went."""
        moment = now or datetime.now(UTC)
        with self._database.write() as connection:
            connection.execute(delete(tickets).where(tickets.c.expires_at < moment))
            ended = or_(sessions.c.seen_at < moment - self._idle, sessions.c.signed_in_at < moment - _LONGEST)
            return connection.execute(delete(sessions).where(ended)).rowcount

    def _admit(self, client: str, now: datetime) -> None:
        with self._database.write() as connection:
            wait = attempts.wait_of(connection, client, now)
            if wait <= timedelta():
                attempts.count_failure(connection, client, now)
                return
        raise NotAllowed(
            f"Too many wrong passcodes; the next try is possible in {_in_words(wait)}.", "Wait, then try again."
        )

    def _ended(self, row: Row[Any], now: datetime) -> bool:
        idle: timedelta = now - row.seen_at
        age: timedelta = now - row.signed_in_at
        return idle > self._idle or age > _LONGEST


def _passcode_of(role: Role) -> str:
    return f"passcode of {role.word}"


def _of_token(token: str) -> Select[Any]:
    return select(sessions).join(session_tokens).where(session_tokens.c.token_hash == hashed(token))


def _new_token(connection: Connection, session_id: int | None) -> str:
    token = new_token()
    connection.execute(insert(session_tokens).values(token_hash=hashed(token), session_id=session_id))
    return token


def _in_words(wait: timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    count, unit = (seconds, "second") if seconds < 60 else (math.ceil(seconds / 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"
