"""A set may have a clip, with what was seen in it.

Comes after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


# Written out, not taken from `storage.tables`: a revision stays as it was.
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody has clips yet."""
    op.create_table(
        "clip",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media", sa.String(32), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("video", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("touched_at", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("speed_loss", sa.Double(), nullable=True),
        sa.Column("gone", sa.String(8), nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_clip_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_clip"),
        sa.UniqueConstraint("person_id", "id", name="uq_clip_person_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_clip_person_id_session_id", "clip", ["person_id", "session_id"])
    op.create_index("ix_clip_person_id_exercise_at", "clip", ["person_id", "exercise", "at"])
