"""Foods of public tables, with their search index; foods of persons' own.

Comes after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


# Written out, not taken from `storage.tables`: a revision stays as it was.
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody has foods yet."""
    _shared()
    _own()
    if op.get_bind().dialect.name == "sqlite":
        # Words without their places are enough, and a third of the size. The first letters of a word are asked
        # for at every key, so they have lists of their own.
        op.execute(
            "CREATE VIRTUAL TABLE food_find USING fts5(words, content='food', content_rowid='seq', "
            "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5', detail=none, columnsize=0)"
        )
        op.execute(
            "CREATE VIRTUAL TABLE food_spell USING fts5(word, content='food_word', content_rowid='seq', "
            "tokenize='trigram', detail=none, columnsize=0)"
        )
    else:
        op.execute(
            "CREATE INDEX food_find ON food USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )


def _shared() -> None:
    op.create_table(
        "food",
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("food_group", sa.String(24), nullable=False),
        sa.Column("origin", sa.String(24), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("per_100g", sa.Text(), nullable=False),
        sa.Column("portions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_food"),
        sa.UniqueConstraint("id", name="uq_food_id"),
    )
    op.create_index("ix_food_barcode", "food", ["barcode"])
    op.create_table(
        "food_word",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_food_word"),
        sa.UniqueConstraint("word", name="uq_food_word_word"),
    )
    op.create_table(
        "food_import",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("file", name="pk_food_import"),
    )


def _own() -> None:
    op.create_table(
        "own_food",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=False),
        sa.Column("food", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_own_food_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_own_food"),
        sa.UniqueConstraint("person_id", "id", name="uq_own_food_person_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_food_person_id_barcode", "own_food", ["person_id", "barcode"])
