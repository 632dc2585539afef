"""The tables of the records, private to this package; a change here needs a migration and a new `REVISION`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

REVISION: Final = "0003"
"""The newest migration; a test holds it against the migrations folder."""


class UtcTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on our side, naive in the file."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive moments are refused: nobody could say when they were."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

instruments = Table(
    "instruments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("instrument_id", String(100), nullable=False),
    Column("version", String(100), nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),  # the TOML as it was loaded: what was given under it stays readable
    Column("published", Boolean, nullable=False, default=False),
    Column("shipped", Boolean, nullable=False, default=False),
    Column("kept_at", UtcTime, nullable=False),
    UniqueConstraint("instrument_id", "version"),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(32), nullable=False, unique=True),  # the link is for many, so it is kept to be shown again
    Column("title", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("industry_other", Text, nullable=False, default=""),
    Column("instrument_id", String(100), nullable=False),
    Column("instrument_version", String(100), nullable=False),
    Column("opens_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("anonymous", Boolean, nullable=False),
    Column("single", Boolean, nullable=False),
    Column("not_sure", Boolean, nullable=False),
    Column("ours", Boolean, nullable=False, default=False),
    Column("language", String(10), nullable=False),
    Column("intro", Text, nullable=False, default=""),
    Column("thanks", Text, nullable=False, default=""),
    Column("least", Integer, nullable=False),
    Column("expected", Integer),
    Column("sample", Boolean, nullable=False, default=False),
    Column("created_at", UtcTime, nullable=False),
)

audits = Table(
    "audits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),  # sha256; the token itself is never stored
    Column("instrument_id", String(100), nullable=False),
    Column("instrument_version", String(100), nullable=False),
    Column("company", Text, nullable=False, default=""),
    Column("industry", Text, nullable=False, default=""),
    Column("industry_other", Text, nullable=False, default=""),
    Column("sample", Boolean, nullable=False, default=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("submitted_at", UtcTime, index=True),
    Column("campaign_id", ForeignKey(campaigns.c.id, ondelete="CASCADE"), index=True),
    Column("before_id", ForeignKey("audits.id", ondelete="SET NULL"), index=True),  # the audit that this one repeats
    Column("anonymous", Boolean, nullable=False, default=False, server_default="0"),
    Column("taker", Text, nullable=False, default="", server_default=""),
)

audit_answers = Table(
    "audit_answers",
    metadata,
    Column("audit_id", ForeignKey(audits.c.id, ondelete="CASCADE"), primary_key=True),
    Column("statement_id", String(100), primary_key=True),
    Column("value", Integer),  # null is the answer "not sure"; a statement not answered has no row
    Column("answered_at", UtcTime, nullable=False),
    sqlite_with_rowid=False,  # a hidden number would rise in the order of answering, and tell who came after whom
)

plan_steps = Table(
    "plan_steps",
    metadata,
    Column("audit_id", ForeignKey(audits.c.id, ondelete="CASCADE"), primary_key=True),
    Column("statement_id", String(100), primary_key=True),
    Column("effort", Integer),
    Column("impact", Integer),
    Column("owner", Text, nullable=False),
    Column("due", Date),
    sqlite_with_rowid=False,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("role", Integer, nullable=False),
    Column("signed_in_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

session_tokens = Table(
    "session_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id, ondelete="CASCADE"), nullable=False, index=True),
)

tickets = Table(
    "tickets",
    metadata,
    Column("ticket_hash", String(64), primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("client", String(64), primary_key=True),  # sha256 of the address, or a word for all clients together
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)

strategic_accounts = Table(
    "strategic_accounts",
    metadata,
    Column("account_id", String(500), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("author", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)

title_roles = Table(
    "title_roles",
    metadata,
    Column("title", String(500), primary_key=True),  # folded: case and spacing do not matter
    Column("role", String(20), nullable=False),
    Column("author", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("role in ('decision_maker', 'recommender', 'influencer')", name="role"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", Integer, nullable=False),
)

mappings = Table(
    "mappings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(500), nullable=False, unique=True),
    Column("signature", String(100), nullable=False),
    Column("content", Text, nullable=False),
    Column("author", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Index("ix_mappings_signature", "signature"),
)

about = Table(
    "about",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", Text, nullable=False),
)
