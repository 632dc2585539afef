"""What people decided against the computed value: strategic accounts, and the role that a title stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal

from sqlalchemy import Connection, Table, delete, insert, select, update

from amp.errors import AmpError
from amp.records.access import Role
from amp.records.sqlite import Database
from amp.records.tables import counters, strategic_accounts, title_roles

ContactRole = Literal["decision_maker", "recommender", "influencer"]
_LONGEST: Final = 500
_COUNTER: Final = "overrides"


@dataclass(frozen=True)
class StrategicFlag:
    """An account that counts as Tier I whatever its revenue, and why."""

    account_id: str
    reason: str
    author: Role
    at: datetime


@dataclass(frozen=True)
class TitleRole:
    """The role that contacts of this title have; `title` is folded."""

    title: str
    role: ContactRole
    author: Role
    at: datetime


def folded(title: str) -> str:
    """A title as it is compared: without regard to case and spacing."""
    return " ".join(title.casefold().split())


class OverrideStore:
    """The overrides. `version` grows at each change, so that what was computed from them can be told stale."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def version(self) -> int:
        """How many changes there have been."""
        with self._database.read() as connection:
            return connection.scalar(select(counters.c.value).where(counters.c.name == _COUNTER)) or 0

    def set_strategic(self, account_id: str, reason: str, by: Role, now: datetime) -> None:
        """Flag an account as strategic, with a reason that is not empty. Needs an editor."""
        by.require(Role.EDITOR)
        if not reason.strip():
            raise AmpError("A strategic account needs a reason.", "Say in a few words why it is strategic.")
        value = {"reason": _short(reason), "author": int(by), "at": now}
        self._put(strategic_accounts, {"account_id": account_id}, value)

    def clear_strategic(self, account_id: str, by: Role) -> None:
        """Take the flag away again; fine when there is none. Needs an editor."""
        by.require(Role.EDITOR)
        self._remove(strategic_accounts, {"account_id": account_id})

    def strategic(self) -> Mapping[str, StrategicFlag]:
        """Strategic accounts by account id."""
        with self._database.read() as connection:
            rows = connection.execute(select(strategic_accounts).order_by(strategic_accounts.c.account_id)).all()
        flags = (StrategicFlag(row.account_id, row.reason, Role(row.author), row.at) for row in rows)
        return MappingProxyType({flag.account_id: flag for flag in flags})

    def set_title_role(self, title: str, role: ContactRole, by: Role, now: datetime) -> None:
        """Remember the role of a title, for all contacts that have it. Needs an editor."""
        by.require(Role.EDITOR)
        if not folded(title):
            raise AmpError("An empty title cannot stand for a role.", "Choose a title.")
        self._put(title_roles, {"title": folded(_short(title))}, {"role": role, "author": int(by), "at": now})

    def clear_title_role(self, title: str, by: Role) -> None:
        """Go back to the proposed role. Needs an editor."""
        by.require(Role.EDITOR)
        self._remove(title_roles, {"title": folded(title)})

    def title_roles(self) -> Mapping[str, TitleRole]:
        """Roles by folded title."""
        with self._database.read() as connection:
            rows = connection.execute(select(title_roles).order_by(title_roles.c.title)).all()
        return MappingProxyType({row.title: TitleRole(row.title, row.role, Role(row.author), row.at) for row in rows})

    def _put(self, table: Table, key: dict[str, Any], value: dict[str, Any]) -> None:
        with self._database.write() as connection:
            if not connection.execute(update(table).filter_by(**key).values(value)).rowcount:
                connection.execute(insert(table).values(key | value))
            _grow(connection)

    def _remove(self, table: Table, key: dict[str, Any]) -> None:
        with self._database.write() as connection:
            if connection.execute(delete(table).filter_by(**key)).rowcount:
                _grow(connection)


def _grow(connection: Connection) -> None:
    more = update(counters).where(counters.c.name == _COUNTER).values(value=counters.c.value + 1)
    if not connection.execute(more).rowcount:
        connection.execute(insert(counters).values(name=_COUNTER, value=1))


def _short(words: str) -> str:
    if len(words) > _LONGEST:
        raise AmpError(f"This text can have at most {_LONGEST} characters.", "Shorten it and try again.")
    return words.strip()
