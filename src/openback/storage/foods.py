"""The part of the store about foods: those of public tables, which are everybody's, and those of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, text

from openback.model.food import Food, FoodOrigin
from openback.model.food_import import RankedFood
from openback.model.words import words_of
from openback.storage import food_index
from openback.storage.base import Base
from openback.storage.changes import Step, note
from openback.storage.eating_tables import food_log
from openback.storage.food_index import RANK_BITS, Alternatives
from openback.storage.food_states import read_own_food, write_own_food
from openback.storage.food_tables import food, food_import, own_food
from openback.storage.records import Change, Kept
from openback.storage.rows import columns_of, one, value_of, values_of

_IMPORT_LOCK: Final = 0x466F6F64  # the number of our lock on a PostgreSQL server: "Food"
_ROW: Final = ("seq", "id", "name", "brand", "words", "food_group", "origin", "barcode", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFood:
    """What is compared of a food: its names."""

    id: str
    name: str
    brand: str
    barcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodImport:
    """How far a file of foods is read. `position` is its reader's own count; `counts` its sums so far."""

    file: str
    origin: FoodOrigin
    name: str
    started_at: datetime
    position: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    ended_at: datetime | None = None


class Foods(Base):
    """Finding and keeping foods."""

    # --- Finding ---

    def find_foods(self, asked: Sequence[Alternatives], *, limit: int) -> tuple[FoundFood, ...]:
        """Return foods of public tables that have, for each of `asked`, a word with one of those beginnings.

        The likely ones come first; how like their names are is for the caller to say.
        """
        with self._reading() as connection:
            rows = food_index.find(connection, asked, limit)
        return tuple(
            FoundFood(id=row["id"], name=row["name"], brand=row["brand"], barcode=row["barcode"])
            for row in rows
        )

    def known_food_words(self, words: Iterable[str]) -> Mapping[str, int]:
        """Return those of `words` that foods of public tables have, with how many have each."""
        with self._reading() as connection:
            return food_index.known_words(connection, words)

    def like_food_words(self, word: str, *, limit: int = 200) -> Mapping[str, int]:
        """Return words of those foods that look like `word`, with how many have each."""
        with self._reading() as connection:
            return food_index.like_words(connection, word, limit)

    def foods(self, ids: Sequence[str]) -> Mapping[str, Food]:
        """Return those foods of public tables that are here, by id, in the order asked for."""
        query = select(food).where(food.c.id.in_(list(ids)))
        with self._reading() as connection:
            found = {row["id"]: _food_of(row) for row in connection.execute(query).mappings()}
        return {one_id: found[one_id] for one_id in ids if one_id in found}

    def foods_with_barcode(self, barcodes: Sequence[str]) -> tuple[Food, ...]:
        """Return the foods of public tables with one of these barcodes, the likeliest first."""
        query = select(food).where(food.c.barcode.in_(list(barcodes))).order_by(food.c.seq)
        with self._reading() as connection:
            return tuple(_food_of(row) for row in connection.execute(query).mappings())

    def count_foods(self) -> Mapping[str, int]:
        """Return how many foods of public tables there are, by origin."""
        query = select(food.c.origin, func.count()).group_by(food.c.origin).order_by(food.c.origin)
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def times_eaten(self, person_id: str) -> Mapping[str, int]:
        """Return how often somebody logged each food and, by its bare id, each recipe."""
        key = func.coalesce(food_log.c.food, food_log.c.recipe)
        query = select(key, func.count()).where(food_log.c.person_id == person_id).group_by(key)
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    # --- Foods of one's own ---

    def own_foods(self, person_id: str) -> tuple[Food, ...]:
        """Return somebody's own foods, the oldest first."""
        query = select(own_food.c.food).where(own_food.c.person_id == person_id).order_by(own_food.c.seq)
        with self._reading() as connection:
            return tuple(connection.execute(query).scalars())

    def own_food(self, person_id: str, food_id: str) -> Food | None:
        """Return one food of somebody's own."""
        with self._reading() as connection:
            return read_own_food(connection, person_id, food_id)

    def put_own_food(self, person_id: str, one_food: Food) -> Kept[Food]:
        """Keep a food of one's own under its id: sent twice it changes nothing, sent changed it is an edit."""
        with self._writing_for(person_id) as connection:
            before = read_own_food(connection, person_id, one_food.id)
            if before == one_food:
                return Kept(value=one_food, was="same", undo=None)
            write_own_food(connection, person_id, one_food.id, one_food)
            step = Step(about="own_food", key=one_food.id, before=before, after=one_food)
            made = note(connection, person_id, step)
        return Kept(value=one_food, was="new" if before is None else "changed", undo=made.token)

    def delete_own_food(self, person_id: str, food_id: str) -> Change | None:
        """Take a food of one's own away; None when it was not there. What was logged of it stays as it is."""
        with self._writing_for(person_id) as connection:
            before = read_own_food(connection, person_id, food_id)
            if before is None:
                return None
            write_own_food(connection, person_id, food_id, None)
            return note(connection, person_id, Step(about="own_food", key=food_id, before=before, after=None))

    # --- Importing ---

    def food_import_of(self, file: str) -> FoodImport | None:
        """Return how far a file is read, None when it never was begun."""
        with self._reading() as connection:
            return one(connection, food_import, FoodImport, food_import.c.file == file)

    def food_imports(self) -> tuple[FoodImport, ...]:
        """Return the files that were read, the latest first."""
        query = select(*columns_of(food_import, FoodImport)).order_by(food_import.c.started_at.desc())
        with self._reading() as connection:
            return tuple(value_of(FoodImport, row) for row in connection.execute(query))

    def keep_foods(self, foods: Sequence[RankedFood], reading: FoodImport) -> FoodImport:
        """Keep a piece of a file, over what has the same ids, and how far the file is read now: both or neither.

        Return `reading` with those that were new counted as `added`.
        """
        with self._writing() as connection:
            _one_at_a_time(connection)
            added = _replace(connection, foods)
            counts = {**reading.counts, "added": reading.counts.get("added", 0) + added}
            reading = replace(reading, counts=counts)
            connection.execute(delete(food_import).where(food_import.c.file == reading.file))
            connection.execute(insert(food_import).values(values_of(reading)))
        return reading

    def learn_food_words(self) -> bool:
        """Learn the words of all foods anew, for typing errors; the end of every import.

        Return False when PostgreSQL does not have pg_trgm and will not make it: slips are found less well then.
        """
        with self._writing() as connection:
            _one_at_a_time(connection)
            prepared = food_index.prepare_trigrams(connection)
            food_index.learn_words(connection)
        return prepared

    def forget_foods(self, origin: FoodOrigin) -> int:
        """Take all foods of a public table away, and that its files were read; return how many there were."""
        with self._writing() as connection:
            _one_at_a_time(connection)
            connection.execute(delete(food_import).where(food_import.c.origin == origin))
            gone = connection.execute(delete(food).where(food.c.origin == origin)).rowcount
            food_index.rebuild(connection)
            food_index.learn_words(connection)
        return gone


def _food_of(row: RowMapping) -> Food:
    return Food(
        id=row["id"],
        name=row["name"],
        group=row["food_group"],
        per_100g=row["per_100g"],
        origin=row["origin"],
        source=row["source"],
        portions=row["portions"],
        brand=row["brand"],
        barcode=row["barcode"],
    )


def _one_at_a_time(connection: Connection) -> None:
    """Let imports take turns on PostgreSQL; SQLite has one writer anyway."""
    if not food_index.on_sqlite(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _IMPORT_LOCK})


def _replace(connection: Connection, foods: Sequence[RankedFood]) -> int:
    """Write foods over those with the same ids and return how many were new."""
    latest = {one.food.id: one for one in foods}
    known = food_index.ids_in(connection, list(latest))
    food_index.forget_rows(connection, [(row["seq"], row["words"]) for row in known])
    if known:
        connection.execute(delete(food).where(food.c.seq.in_([row["seq"] for row in known])))
    rows = _rows(connection, list(latest.values()))
    if rows:
        connection.execute(insert(food), rows)
    food_index.add_rows(connection, [(row["seq"], row["words"]) for row in rows])
    return len(latest) - len(known)


def _rows(connection: Connection, foods: Sequence[RankedFood]) -> list[dict[str, Any]]:
    """Return the rows of foods, numbered on from those that are there with the same rank."""
    ranked = sorted(foods, key=lambda one: one.rank)
    rows: list[dict[str, Any]] = []
    for rank, same in groupby(ranked, key=lambda one: one.rank):
        begin = rank << RANK_BITS
        top = select(func.max(food.c.seq)).where(food.c.seq >= begin, food.c.seq < begin + (1 << RANK_BITS))
        last = connection.execute(top).scalar_one()
        start = begin if last is None else last + 1
        rows.extend(_row(one.food, start + nth) for nth, one in enumerate(same))
    return rows


def _row(one_food: Food, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "id": one_food.id,
        "name": one_food.name,
        "brand": one_food.brand,
        "words": " ".join(words_of(f"{one_food.name} {one_food.brand}")),
        "food_group": one_food.group,
        "origin": one_food.origin,
        "barcode": one_food.barcode,
        "source": one_food.source,
        "per_100g": dict(one_food.per_100g),
        "portions": one_food.portions,
    }
