"""Alembic's way in: runs on the connection and in the transaction that amp.records.schema hands over."""

from __future__ import annotations

from alembic import context

from amp.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
