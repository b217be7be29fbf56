"""A history may come before the answers; changes that were made together are taken back together.

Comes after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Everybody from before has answered; every change from before stands alone."""
    op.add_column("person", sa.Column("answered", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("change", sa.Column("together", sa.Uuid(), nullable=True))
