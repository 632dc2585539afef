"""What takers chose to work on, beside their submitted audits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select

from amp.errors import AmpError, Conflict
from amp.records.audit_rules import found
from amp.records.audits import LONGEST_NAME
from amp.records.sqlite import Database
from amp.records.tables import plan_steps

MOST: Final = 3


@dataclass(frozen=True)
class PlanStep:
    """One statement to work on; effort and impact from 1 (small) to 3 (large), all but the statement may be open."""

    statement_id: str
    effort: int | None = None
    impact: int | None = None
    owner: str = ""
    due: date | None = None


class PlanStore:
    """The plans. Whoever holds an audit's token holds its plan; it goes when the audit goes."""

    def __init__(self, database: Database) -> None:
        """Stores share one database."""
        self._database = database

    def of(self, token: str) -> tuple[PlanStep, ...]:
        """The plan beside the audit of a token. Raises NotFound."""
        with self._database.read() as connection:
            return _steps(connection, found(connection, token).id)

    def of_number(self, audit_id: int) -> tuple[PlanStep, ...]:
        """The plan beside the audit of a number, for those who may see that audit."""
        with self._database.read() as connection:
            return _steps(connection, audit_id)

    def keep(self, token: str, steps: Collection[PlanStep]) -> None:
        """Put `steps` in the place of the plan there was; all or none. An anonymous audit keeps no owner's name."""
        if len({step.statement_id for step in steps}) < len(steps):
            raise AmpError("A plan has each statement once.", "Take one of the two away.")
        if len(steps) > MOST:
            raise AmpError("A plan has at most {count} statements.", "Take one away first.", count=MOST)
        with self._database.write() as connection:
            audit = found(connection, token)
            if audit.submitted_at is None:
                raise Conflict("This audit is not submitted yet.", "Go on with it.")
            rows = [_row(audit, step) for step in steps]
            connection.execute(delete(plan_steps).where(plan_steps.c.audit_id == audit.id))
            if rows:
                connection.execute(insert(plan_steps), rows)


def _steps(connection: Connection, audit_id: int) -> tuple[PlanStep, ...]:
    chosen = select(plan_steps).where(plan_steps.c.audit_id == audit_id).order_by(plan_steps.c.statement_id)
    return tuple(
        PlanStep(row.statement_id, row.effort, row.impact, row.owner, row.due) for row in connection.execute(chosen)
    )


def _row(audit: Row[Any], step: PlanStep) -> dict[str, Any]:
    owner = "" if audit.anonymous else " ".join(step.owner.split())
    if len(owner) > LONGEST_NAME:
        raise AmpError("A name can have at most {count} characters.", "Shorten it and try again.", count=LONGEST_NAME)
    for amount in (step.effort, step.impact):
        if amount not in {None, 1, 2, 3}:
            raise ValueError("effort and impact run from 1 to 3")
    return {
        "audit_id": audit.id,
        "statement_id": step.statement_id,
        "effort": step.effort,
        "impact": step.impact,
        "owner": owner,
        "due": step.due,
    }
