"""The tables. Every one hangs on a person, so that one server can hold many, but for `person` itself and
for what was read from public tables of food, which is nobody's.

Changing anything here needs a migration; a test compares the two.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    true,
)

from openback.model.motion import SetReport
from openback.model.person import Loads
from openback.model.programme import Programme, Wishes
from openback.storage.types import Document, Instant

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only for a column declared exactly INTEGER.
_Seq: Final = BigInteger().with_variant(Integer, "sqlite")


def whose_column(*, key: bool = False) -> Column[str]:
    """Return the column that says whose row it is; every table but `person` has one."""
    return Column(
        "person_id",
        String(64),
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=False,
    )


def _seq() -> Column[int]:
    return Column("seq", _Seq, primary_key=True, autoincrement=True)


def words_column(name: str) -> Column[tuple[str, ...]]:
    """Return a column that holds a list of words."""
    return Column(name, Document(tuple[str, ...]), nullable=False)


def counted(name: str, *parts: Any) -> Table:
    """Return a table whose rows are numbered in the order they came; numbers are never used again."""
    return Table(name, metadata, _seq(), whose_column(), *parts, sqlite_autoincrement=True)


person: Final = Table(
    "person",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("sex", String(16), nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("height_cm", Double, nullable=False),
    Column("mass_kg", Double, nullable=False),
    Column("experience", String(16), nullable=False),
    words_column("goals"),
    Column("days_per_week", Integer, nullable=False),
    Column("minutes_per_session", Integer, nullable=False),
    words_column("complaints"),
    Column("pregnancy_week", Integer),
    Column("weeks_since_birth", Integer),
    words_column("liked"),
    words_column("disliked"),
    Column("desk_job", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("units", String(16), nullable=False),
    # False: a history was kept before the questions were answered, and all but the id is made up.
    Column("answered", Boolean, nullable=False, server_default=true()),
)

place: Final = counted(
    "place",
    Column("name", Text, nullable=False),
    Column("kit", Document(frozenset[str]), nullable=False),
    Column("loads", Document(Loads), nullable=False),
    UniqueConstraint("person_id", "name"),
)

screening: Final = counted(
    "screening",
    Column("at", Instant, nullable=False),
    Column("answers", Document(dict[str, bool]), nullable=False),
    Index(None, "person_id", "at"),
)

programme: Final = counted(
    "programme",
    Column("id", Uuid, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("status", String(16), nullable=False),
    Column("programme", Document(Programme), nullable=False),
    Column("wishes", Document(Wishes), nullable=False),
    UniqueConstraint("person_id", "id"),
)

plan_override: Final = Table(
    "plan_override",
    metadata,
    whose_column(key=True),
    Column("programme_id", Uuid, primary_key=True),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("skipped", Boolean, nullable=False),
    Column("moved_to", Date),
    Column("minutes", Integer),
    Column("place", Text),
    Column("style", String(16)),
    Column("swaps", Document(dict[str, str]), nullable=False),
    ForeignKeyConstraint(
        ["person_id", "programme_id"], ["programme.person_id", "programme.id"], ondelete="CASCADE"
    ),
)

session_log: Final = counted(
    "session_log",
    Column("id", Uuid, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("week", Integer),
    Column("day", Integer),
    Column("source", Text, nullable=False),
    Column("swaps", Document(dict[str, str]), nullable=False, server_default="{}"),
    Column("added", Document(tuple[str, ...]), nullable=False, server_default="[]"),
    UniqueConstraint("person_id", "id"),
    Index(None, "person_id", "started_at"),
)

set_log: Final = counted(
    "set_log",
    Column("id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("exercise", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("side", String(8), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("load_kg", Double),
    Column("band", Text),
    Column("reps", Integer),
    Column("hold_s", Double),
    Column("rir", Double),
    Column("pain", Integer),
    Column("note", Text, nullable=False),
    UniqueConstraint("person_id", "id"),
    ForeignKeyConstraint(
        ["person_id", "session_id"], ["session_log.person_id", "session_log.id"], ondelete="CASCADE"
    ),
    Index(None, "person_id", "session_id"),
    Index(None, "person_id", "exercise", "at"),
    Index(None, "person_id", "at"),
)

# The video is a file beside the database. No tie to the session: one that is taken out may come back.
clip: Final = counted(
    "clip",
    Column("id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("set_id", Uuid, nullable=False),
    Column("exercise", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("media", String(32), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("video", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("touched_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("report", Document(SetReport)),
    Column("speed_loss", Double),
    Column("gone", String(8), nullable=False),
    Column("gone_at", Instant),
    UniqueConstraint("person_id", "id"),
    Index(None, "person_id", "session_id"),
    Index(None, "person_id", "exercise", "at"),
)

mass_log: Final = Table(
    "mass_log",
    metadata,
    whose_column(key=True),
    Column("at", Instant, primary_key=True),
    Column("mass_kg", Double, nullable=False),
)

exercise_name: Final = Table(
    "exercise_name",
    metadata,
    whose_column(key=True),
    Column("name", Text, primary_key=True),
    Column("exercise", Text),  # NULL: the person chose to keep the name as it is
)

foreign_exercise: Final = Table(
    "foreign_exercise",
    metadata,
    whose_column(key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
)

preference: Final = Table(
    "preference",
    metadata,
    whose_column(key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

change: Final = counted(
    "change",
    Column("token", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    Column("about", String(32), nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),  # NULL: it was not there
    Column("after", Text),  # NULL: it was taken away
    Column("undone_by", Uuid),
    Column("is_undo", Boolean, nullable=False),
    Column("together", Uuid),  # the same for all that was kept in one transaction
    UniqueConstraint("person_id", "token"),
    Index(None, "person_id", "seq"),
)
