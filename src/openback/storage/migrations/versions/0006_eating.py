"""What somebody wants to eat, planned, bought and ate, and what was measured of their body.

Comes after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


# Written out, not taken from `storage.tables`: a revision stays as it was.
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def _whose() -> sa.Column[str]:
    return sa.Column("person_id", sa.String(64), nullable=False)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_person_id_person"
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=name, ondelete="CASCADE")


def _by(table: str, *keys: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}")


def upgrade() -> None:
    """Nobody has said, planned or eaten anything yet."""
    _plans()
    _log()
    _body()


def _plans() -> None:
    op.create_table(
        "food_wishes",
        _whose(),
        sa.Column("wishes", sa.Text(), nullable=False),
        _of_person("food_wishes"),
        _by("food_wishes", "person_id"),
    )
    op.create_table(
        "meal_week",
        _whose(),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        _of_person("meal_week"),
        _by("meal_week", "person_id", "starts_on"),
    )
    op.create_table(
        "shopping_tick",
        _whose(),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("food", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _of_person("shopping_tick"),
        _by("shopping_tick", "person_id", "starts_on", "food"),
    )


def _log() -> None:
    op.create_table(
        "food_log",
        _whose(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("food", sa.Text(), nullable=True),
        sa.Column("recipe", sa.Text(), nullable=True),
        sa.Column("mass_g", sa.Double(), nullable=True),
        sa.Column("servings", sa.Double(), nullable=True),
        sa.Column("portion", sa.Text(), nullable=False),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.Column("fruit_vegetable_g", sa.Double(), nullable=True),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        _of_person("food_log"),
        _by("food_log", "person_id", "id"),
    )
    op.create_index("ix_food_log_person_id_on", "food_log", ["person_id", "on"])
    op.create_table(
        "food_day",
        _whose(),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        _of_person("food_day"),
        _by("food_day", "person_id", "on"),
    )
    op.create_table(
        "favourite_food",
        _whose(),
        sa.Column("key", sa.Text(), nullable=False),
        _of_person("favourite_food"),
        _by("favourite_food", "person_id", "key"),
    )


def _body() -> None:
    op.create_table(
        "body_measure",
        _whose(),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("neck_cm", sa.Double(), nullable=True),
        sa.Column("waist_cm", sa.Double(), nullable=True),
        sa.Column("hip_cm", sa.Double(), nullable=True),
        sa.Column("triceps_mm", sa.Double(), nullable=True),
        sa.Column("suprailiac_mm", sa.Double(), nullable=True),
        sa.Column("thigh_mm", sa.Double(), nullable=True),
        sa.Column("chest_mm", sa.Double(), nullable=True),
        sa.Column("abdomen_mm", sa.Double(), nullable=True),
        sa.Column("body_fat_share", sa.Double(), nullable=True),
        _of_person("body_measure"),
        _by("body_measure", "person_id", "on"),
    )
