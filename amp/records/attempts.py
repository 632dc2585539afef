"""Wrong passcodes, counted in the records so that a restart forgets none, and the wait they bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from amp.records.tables import attempts
from amp.records.tokens import hashed


@dataclass(frozen=True)
class _Rule:
    """After `free` wrong tries each further one waits, from 5 s doubling up to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of `failures` wrong tries the next is heard."""
        if failures < self.free:
            return timedelta()
        return min(self.longest, timedelta(seconds=5 * 2.0 ** min(failures - self.free, 16)))


_EVERYONE: Final = "everyone"
_FORGOTTEN_AFTER: Final = timedelta(hours=1)
_ONE: Final = _Rule(free=5, longest=timedelta(minutes=5))
# Many addresses can guess together; but the wait stays short, or they could lock out those who know the passcode.
_ALL: Final = _Rule(free=100, longest=timedelta(seconds=10))


def wait_of(connection: Connection, client: str, now: datetime) -> timedelta:
    """How long `client` must still wait before a passcode is looked at."""
    rules = {hashed(client): _ONE, _EVERYONE: _ALL}
    still = timedelta()
    for row in connection.execute(select(attempts).where(attempts.c.client.in_(rules))):
        still = max(still, row.last_at + rules[row.client].wait(row.failures) - now)
    return still


def count_failure(connection: Connection, client: str, now: datetime) -> None:
    """Count a try as wrong; counted before the passcode is looked at, so that simultaneous tries all count."""
    connection.execute(delete(attempts).where(attempts.c.last_at < now - _FORGOTTEN_AFTER))
    for name in (hashed(client), _EVERYONE):
        more = update(attempts).where(attempts.c.client == name).values(failures=attempts.c.failures + 1, last_at=now)
        if not connection.execute(more).rowcount:
            connection.execute(insert(attempts).values(client=name, failures=1, last_at=now))


def forgive(connection: Connection, client: str) -> None:
    """After the right passcode: this one try counts for nobody.

    Earlier wrong ones stay, or whoever knows a viewer's passcode could guess an editor's without ever waiting.
    """
    counted = attempts.c.client.in_((hashed(client), _EVERYONE))
    fewer = update(attempts).where(counted, attempts.c.failures > 0)
    connection.execute(fewer.values(failures=attempts.c.failures - 1))
