"""A session remembers what was swapped and added.

Comes after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Sessions from before have neither."""
    op.add_column("session_log", sa.Column("swaps", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("session_log", sa.Column("added", sa.Text(), nullable=False, server_default="[]"))
