"""Alembic's entry: runs on the connection it is handed, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from openback.storage.migrations import VERSION_TABLE
from openback.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite changes a column by making the table anew
    transactional_ddl=True,  # our connections begin by themselves, so SQLite can take it all back
)
context.run_migrations()
