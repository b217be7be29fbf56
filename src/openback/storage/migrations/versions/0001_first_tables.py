"""The first tables.

Comes first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Written out, not taken from `storage.tables`: a revision stays as it was.
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Make every table."""
    person()
    place()
    screening()
    preference()
    programme()
    plan_override()
    session_log()
    set_log()
    mass_log()
    change()
    exercise_name()
    foreign_exercise()


def person() -> None:
    """Make the table `person`."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sex", sa.String(length=16), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("height_cm", sa.Double(), nullable=False),
        sa.Column("mass_kg", sa.Double(), nullable=False),
        sa.Column("experience", sa.String(length=16), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("days_per_week", sa.Integer(), nullable=False),
        sa.Column("minutes_per_session", sa.Integer(), nullable=False),
        sa.Column("complaints", sa.Text(), nullable=False),
        sa.Column("pregnancy_week", sa.Integer(), nullable=True),
        sa.Column("weeks_since_birth", sa.Integer(), nullable=True),
        sa.Column("liked", sa.Text(), nullable=False),
        sa.Column("disliked", sa.Text(), nullable=False),
        sa.Column("desk_job", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("units", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )


def place() -> None:
    """Make the table `place`."""
    op.create_table(
        "place",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kit", sa.Text(), nullable=False),
        sa.Column("loads", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_place_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_place"),
        sa.UniqueConstraint("person_id", "name", name="uq_place_person_id_name"),
        sqlite_autoincrement=True,
    )


def screening() -> None:
    """Make the table `screening`."""
    op.create_table(
        "screening",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_screening_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_screening"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_screening_person_id_at", "screening", ["person_id", "at"], unique=False)


def preference() -> None:
    """Make the table `preference`."""
    op.create_table(
        "preference",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_preference_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_preference"),
    )


def programme() -> None:
    """Make the table `programme`."""
    op.create_table(
        "programme",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_programme_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_programme"),
        sa.UniqueConstraint("person_id", "id", name="uq_programme_person_id_id"),
        sqlite_autoincrement=True,
    )


def plan_override() -> None:
    """Make the table `plan_override`."""
    op.create_table(
        "plan_override",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("swaps", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "programme_id"],
            ["programme.person_id", "programme.id"],
            name="fk_plan_override_person_id_programme_id_programme",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_plan_override_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "programme_id", "week", "day", name="pk_plan_override"),
    )


def session_log() -> None:
    """Make the table `session_log`."""
    op.create_table(
        "session_log",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_session_log_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_session_log"),
        sa.UniqueConstraint("person_id", "id", name="uq_session_log_person_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_session_log_person_id_started_at", "session_log", ["person_id", "started_at"], unique=False
    )


def set_log() -> None:
    """Make the table `set_log`."""
    op.create_table(
        "set_log",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("load_kg", sa.Double(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("reps", sa.Integer(), nullable=True),
        sa.Column("hold_s", sa.Double(), nullable=True),
        sa.Column("rir", sa.Double(), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "session_id"],
            ["session_log.person_id", "session_log.id"],
            name="fk_set_log_person_id_session_id_session_log",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_set_log_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_set_log"),
        sa.UniqueConstraint("person_id", "id", name="uq_set_log_person_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_set_log_person_id_at", "set_log", ["person_id", "at"], unique=False)
    op.create_index(
        "ix_set_log_person_id_exercise_at", "set_log", ["person_id", "exercise", "at"], unique=False
    )
    op.create_index("ix_set_log_person_id_session_id", "set_log", ["person_id", "session_id"], unique=False)


def mass_log() -> None:
    """Make the table `mass_log`."""
    op.create_table(
        "mass_log",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("mass_kg", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_mass_log_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "at", name="pk_mass_log"),
    )


def change() -> None:
    """Make the table `change`."""
    op.create_table(
        "change",
        sa.Column("seq", SEQ, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("is_undo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_change_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
        sa.UniqueConstraint("person_id", "token", name="uq_change_person_id_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_person_id_seq", "change", ["person_id", "seq"], unique=False)


def exercise_name() -> None:
    """Make the table `exercise_name`."""
    op.create_table(
        "exercise_name",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_exercise_name_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "name", name="pk_exercise_name"),
    )


def foreign_exercise() -> None:
    """Make the table `foreign_exercise`."""
    op.create_table(
        "foreign_exercise",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_foreign_exercise_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "id", name="pk_foreign_exercise"),
    )
