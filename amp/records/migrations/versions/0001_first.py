"""The first tables: audits, sign-ins, overrides, mappings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("instrument_id", sa.String(100), nullable=False),
        sa.Column("instrument_version", sa.String(100), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("industry_other", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
        sa.UniqueConstraint("token_hash", name="uq_audits_token_hash"),
    )
    op.create_index("ix_audits_submitted_at", "audits", ["submitted_at"])
    op.create_table(
        "audit_answers",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(100), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_audit_answers_audit_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "statement_id", name="pk_audit_answers"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_table(
        "session_tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_session_tokens_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session_tokens"),
    )
    op.create_index("ix_session_tokens_session_id", "session_tokens", ["session_id"])
    op.create_table(
        "tickets",
        sa.Column("ticket_hash", sa.String(64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_tickets_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ticket_hash", name="pk_tickets"),
    )
    op.create_index("ix_tickets_session_id", "tickets", ["session_id"])
    op.create_table(
        "attempts",
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("client", name="pk_attempts"),
    )
    op.create_table(
        "strategic_accounts",
        sa.Column("account_id", sa.String(500), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_strategic_accounts"),
    )
    op.create_table(
        "title_roles",
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("role in ('decision_maker', 'recommender', 'influencer')", name="ck_title_roles_role"),
        sa.PrimaryKeyConstraint("title", name="pk_title_roles"),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("signature", sa.String(100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mappings"),
        sa.UniqueConstraint("name", name="uq_mappings_name"),
    )
    op.create_index("ix_mappings_signature", "mappings", ["signature"])
