"""Campaigns, instruments kept with their versions, plans; audits know what they repeat, and “not sure” is an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instruments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.String(100), nullable=False),
        sa.Column("version", sa.String(100), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_instruments"),
        sa.UniqueConstraint("instrument_id", "version", name="uq_instruments_instrument_id"),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("industry_other", sa.Text(), nullable=False),
        sa.Column("instrument_id", sa.String(100), nullable=False),
        sa.Column("instrument_version", sa.String(100), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("not_sure", sa.Boolean(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("code", name="uq_campaigns_code"),
    )
    # SQLite makes a table anew to change it, and dropping the old one would empty its children by their cascades:
    # so the answers are set aside meanwhile.
    op.execute("create table answers_aside as select * from audit_answers")
    op.drop_table("audit_answers")
    with op.batch_alter_table("audits") as table:
        table.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("before_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("anonymous", sa.Boolean(), nullable=False, server_default="0"))
        table.add_column(sa.Column("taker", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key("fk_audits_campaign_id", "campaigns", ["campaign_id"], ["id"], ondelete="CASCADE")
        table.create_foreign_key("fk_audits_before_id", "audits", ["before_id"], ["id"], ondelete="SET NULL")
        table.create_index("ix_audits_campaign_id", ["campaign_id"])
        table.create_index("ix_audits_before_id", ["before_id"])
    op.create_table(
        "audit_answers",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(100), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_audit_answers_audit_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "statement_id", name="pk_audit_answers"),
        sqlite_with_rowid=False,
    )
    op.execute("insert into audit_answers select audit_id, statement_id, value, answered_at from answers_aside")
    op.drop_table("answers_aside")
    op.create_table(
        "plan_steps",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(100), nullable=False),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_plan_steps_audit_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "statement_id", name="pk_plan_steps"),
        sqlite_with_rowid=False,
    )
