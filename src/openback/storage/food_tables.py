"""The tables of foods. What USDA and Open Food Facts tell is the same for everybody, so it is there once and is
nobody's; a food of somebody's own hangs on them.

The search index over `food` and `food_word` is made by the migration and filled by `food_index`: SQLite and
PostgreSQL have nothing in common there.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from openback.model.food import Food, Portion
from openback.storage.tables import counted, metadata
from openback.storage.types import Document, Instant

_Seq: Final = BigInteger().with_variant(Integer, "sqlite")

food: Final = Table(
    "food",
    metadata,
    # The order in which search looks: the high bits say how likely somebody means the food, see `food_index`.
    Column("seq", _Seq, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("words", Text, nullable=False),  # of name and brand, in small letters without accents
    Column("food_group", String(24), nullable=False),
    Column("origin", String(24), nullable=False),
    Column("barcode", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("per_100g", Document(dict[str, float]), nullable=False),
    Column("portions", Document(tuple[Portion, ...]), nullable=False),
    UniqueConstraint("id"),
)

# Every word of those foods, and how many of them have it: what typing errors are put right with.
food_word: Final = Table(
    "food_word",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("word", Text, nullable=False),
    Column("uses", Integer, nullable=False),
    UniqueConstraint("word"),
)

# How far a file of foods is read, so that reading goes on where it stopped.
food_import: Final = Table(
    "food_import",
    metadata,
    Column("file", Text, primary_key=True),  # what tells the file from others: kind, size and a piece of it
    Column("origin", String(24), nullable=False),
    Column("name", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("counts", Document(dict[str, int]), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

own_food: Final = counted(
    "own_food",
    Column("id", Text, nullable=False),
    Column("barcode", Text, nullable=False),
    Column("food", Document(Food), nullable=False),
    UniqueConstraint("person_id", "id"),
    Index(None, "person_id", "barcode"),
)
