"""What is noted and measured beside training: posture, tests, pain, flows, pauses, photos, steps.

Comes after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


# Written out, not taken from `storage`: a revision stays as it was.
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody has noted anything yet."""
    op.create_table(
        "journal",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_journal_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", "key", name="pk_journal"),
    )
    op.create_index("ix_journal_person_id_kind_at", "journal", ["person_id", "kind", "at"])
