"""A history may come before the answers; a single session may be of another style; changes that were
made together are taken back together.

Comes after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Everybody from before has answered; every session is as planned; every change stands alone."""
    op.add_column("person", sa.Column("answered", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("plan_override", sa.Column("style", sa.String(16), nullable=True))
    op.add_column("change", sa.Column("together", sa.Uuid(), nullable=True))
