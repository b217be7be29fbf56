"""The part of the store about eating: wishes, weeks of meals, shopping, the food log, weight and measures.

Everything that is written here can be taken back: each method returns the step, None when nothing changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, Text, func, select, type_coerce

from openback.model.eating import BodyMeasures, FoodLog, FoodWishes
from openback.model.eating_history import (
    EatingHistory,
    FavouriteFood,
    FoodDay,
    KeptWeek,
    KeptWishes,
    ShoppingTick,
)
from openback.model.log import MassLog
from openback.model.nutrients import Known
from openback.storage.base import Base
from openback.storage.bulk import add_missing
from openback.storage.changes import Step, note
from openback.storage.eating_states import EATING
from openback.storage.eating_tables import (
    body_measure,
    favourite_food,
    food_day,
    food_log,
    food_wishes,
    meal_week,
    shopping_tick,
)
from openback.storage.records import About, Change, EatenEnergy, FoodUse
from openback.storage.rows import columns_of, one, value_of, whose
from openback.storage.types import in_utc

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    V = TypeVar("V", bound=DataclassInstance)
else:
    V = TypeVar("V")


class Eating(Base):
    """Reading and writing what is about eating."""

    # --- Wishes and weeks ---

    def food_wishes(self, person_id: str) -> FoodWishes | None:
        """Return what was said about eating, None before anything was."""
        with self._reading() as connection:
            kept = one(connection, food_wishes, KeptWishes, food_wishes.c.person_id == person_id)
        return None if kept is None else kept.wishes

    def put_food_wishes(self, person_id: str, wishes: FoodWishes) -> Change | None:
        """Keep what was said about eating, over what was there."""
        return self._put_row(person_id, "food_wishes", KeptWishes(wishes=wishes))

    def meal_week(self, person_id: str, starts_on: date) -> KeptWeek | None:
        """Return the week of meals that starts on a day."""
        with self._reading() as connection:
            return one(connection, meal_week, KeptWeek, whose(meal_week, person_id, starts_on=starts_on))

    def meal_weeks(self, person_id: str) -> tuple[KeptWeek, ...]:
        """Return all weeks of meals, oldest first."""
        query = select(*columns_of(meal_week, KeptWeek)).where(meal_week.c.person_id == person_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(meal_week.c.starts_on))
            return tuple(value_of(KeptWeek, row) for row in rows)

    def meal_week_starts(self, person_id: str) -> tuple[date, ...]:
        """Return the days on which planned weeks start, oldest first."""
        query = select(meal_week.c.starts_on).where(meal_week.c.person_id == person_id)
        with self._reading() as connection:
            return tuple(connection.execute(query.order_by(meal_week.c.starts_on)).scalars())

    def put_meal_week(self, person_id: str, week: KeptWeek) -> Change | None:
        """Keep a week of meals, over the one that starts on the same day."""
        return self._put_row(person_id, "meal_week", week)

    # --- Shopping ---

    def shopping_ticks(self, person_id: str, starts_on: date) -> frozenset[str]:
        """Return the foods of a week's list that are in the basket."""
        query = select(shopping_tick.c.food).where(whose(shopping_tick, person_id, starts_on=starts_on))
        with self._reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def put_shopping_tick(self, person_id: str, tick: ShoppingTick, *, done: bool) -> Change | None:
        """Tick a line off, or take the tick away. A tick that is there keeps its instant."""
        kind = EATING["shopping_tick"]
        with self._writing_for(person_id) as connection:
            before = kind.read(connection, person_id, kind.key(tick))
            if (before is not None) == done:
                return None
            return _keep(connection, person_id, "shopping_tick", kind.key(tick), tick if done else None)

    # --- The log ---

    def find_food_entry(self, person_id: str, entry_id: UUID) -> FoodLog | None:
        """Return one entry."""
        with self._reading() as connection:
            return one(connection, food_log, FoodLog, whose(food_log, person_id, id=entry_id))

    def food_entries(
        self, person_id: str, *, start: date | None = None, end: date | None = None
    ) -> tuple[FoodLog, ...]:
        """Return the entries of the days from `start` to before `end`, in the order they were eaten."""
        span = [food_log.c.person_id == person_id]
        span += [] if start is None else [food_log.c.on >= start]
        span += [] if end is None else [food_log.c.on < end]
        query = select(*columns_of(food_log, FoodLog)).where(*span)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(food_log.c.on, food_log.c.at, food_log.c.id))
            return tuple(value_of(FoodLog, row) for row in rows)

    def food_energy(self, person_id: str, *, start: date) -> tuple[EatenEnergy, ...]:
        """Return what each entry since a day held of energy; quicker than the entries, for long histories."""
        columns = (food_log.c.on, food_log.c.slot, type_coerce(food_log.c.amounts, Text).label("amounts"))
        query = select(*columns).where(food_log.c.person_id == person_id, food_log.c.on >= start)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(food_log.c.on)).all()
        return tuple(
            EatenEnergy(on=row.on, slot=row.slot, energy=_energy_of(json.loads(row.amounts))) for row in rows
        )

    def last_food_day(self, person_id: str, *, before: date) -> date | None:
        """Return the last day before this one with an entry."""
        query = select(func.max(food_log.c.on)).where(
            food_log.c.person_id == person_id, food_log.c.on < before
        )
        with self._reading() as connection:
            found: date | None = connection.execute(query).scalar_one_or_none()
            return found

    def food_uses(self, person_id: str, *, most: int) -> tuple[FoodUse, ...]:
        """Return what was logged most often, each as it was logged last, the most used first."""
        key = func.coalesce(food_log.c.food, food_log.c.recipe)
        mine = food_log.c.person_id == person_id
        counts = select(key, func.count(), func.max(food_log.c.at)).where(mine).group_by(key)
        counts = counts.order_by(func.count().desc(), func.max(food_log.c.at).desc()).limit(most)
        with self._reading() as connection:
            rows = connection.execute(counts).all()
            lasts = (_last_of(connection, mine & (key == row[0])) for row in rows)
            return tuple(FoodUse(uses=row[1], last=last) for row, last in zip(rows, lasts, strict=True))

    def put_food_entry(self, person_id: str, entry: FoodLog) -> Change | None:
        """Keep an entry under its own id: sent twice it changes nothing, sent changed it is an edit."""
        return self._put_row(person_id, "food_entry", entry)

    def delete_food_entry(self, person_id: str, entry_id: UUID) -> Change | None:
        """Take an entry away; None when it was not there."""
        return self._take_row(person_id, "food_entry", str(entry_id))

    def food_days(self, person_id: str) -> Mapping[date, bool]:
        """Return the days of which the person said whether all was logged."""
        query = select(food_day.c.on, food_day.c.complete).where(food_day.c.person_id == person_id)
        with self._reading() as connection:
            return {row.on: row.complete for row in connection.execute(query)}

    def put_food_day(self, person_id: str, on: date, *, complete: bool | None) -> Change | None:
        """Keep whether all of a day was logged; None: they do not say any more."""
        if complete is None:
            return self._take_row(person_id, "food_day", on.isoformat())
        return self._put_row(person_id, "food_day", FoodDay(on=on, complete=complete))

    def favourite_foods(self, person_id: str) -> frozenset[str]:
        """Return the ids of the foods and recipes that were starred."""
        query = select(favourite_food.c.key).where(favourite_food.c.person_id == person_id)
        with self._reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def put_favourite(self, person_id: str, key: str, *, starred: bool) -> Change | None:
        """Star a food or recipe, or take the star away."""
        if starred:
            return self._put_row(person_id, "favourite", FavouriteFood(key=key))
        return self._take_row(person_id, "favourite", key)

    # --- The body ---

    def weigh(self, person_id: str, mass: MassLog) -> Change | None:
        """Keep a body mass, over one of the same instant, as a step that can be taken back."""
        return self._put_row(person_id, "body_mass", MassLog(at=in_utc(mass.at), mass_kg=mass.mass_kg))

    def take_weight(self, person_id: str, at: datetime) -> Change | None:
        """Take a body mass away, as a step that can be taken back; None when it was not there."""
        return self._take_row(person_id, "body_mass", in_utc(at).isoformat())

    def measures(self, person_id: str) -> tuple[BodyMeasures, ...]:
        """Return what was measured of the body, oldest first."""
        query = select(*columns_of(body_measure, BodyMeasures)).where(body_measure.c.person_id == person_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(body_measure.c.on))
            return tuple(value_of(BodyMeasures, row) for row in rows)

    def put_measures(self, person_id: str, measures: BodyMeasures) -> Change | None:
        """Keep what was measured on a day, over what was there."""
        return self._put_row(person_id, "measures", measures)

    def delete_measures(self, person_id: str, on: date) -> Change | None:
        """Take what was measured on a day away; None when nothing was."""
        return self._take_row(person_id, "measures", on.isoformat())

    # --- All at once ---

    def eating_history(self, person_id: str) -> EatingHistory:
        """Return all that is remembered about eating, of one moment."""
        with self.one_moment():
            return EatingHistory(
                wishes=self.food_wishes(person_id),
                entries=self.food_entries(person_id),
                weeks=self.meal_weeks(person_id),
                days=self._every(person_id, food_day, FoodDay),
                favourites=self._every(person_id, favourite_food, FavouriteFood),
                measures=self.measures(person_id),
                ticks=self._every(person_id, shopping_tick, ShoppingTick),
            )

    def add_eating(self, person_id: str, history: EatingHistory) -> int:
        """Keep a whole history of eating, and return how many rows are new. What is here stays as it is."""
        parts: Sequence[tuple[Table, Sequence[DataclassInstance]]] = (
            (food_wishes, () if history.wishes is None else (KeptWishes(wishes=history.wishes),)),
            (food_log, history.entries),
            (meal_week, history.weeks),
            (food_day, history.days),
            (favourite_food, history.favourites),
            (body_measure, history.measures),
            (shopping_tick, history.ticks),
        )
        with self._writing_for(person_id) as connection:
            return sum([add_missing(connection, table, person_id, rows) for table, rows in parts])

    def _every(self, person_id: str, table: Table, kind: type[V]) -> tuple[V, ...]:
        query = select(*columns_of(table, kind)).where(table.c.person_id == person_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(*table.primary_key.columns))
            return tuple(value_of(kind, row) for row in rows)

    # --- One row ---

    def _put_row(self, person_id: str, about: About, value: DataclassInstance) -> Change | None:
        with self._writing_for(person_id) as connection:
            return _keep(connection, person_id, about, EATING[about].key(value), value)

    def _take_row(self, person_id: str, about: About, key: str) -> Change | None:
        with self._writing_for(person_id) as connection:
            return _keep(connection, person_id, about, key, None)


def _keep(
    connection: Connection, person_id: str, about: About, key: str, value: DataclassInstance | None
) -> Change | None:
    """Put a row, or take it away, and write the step down; None when it stands so already."""
    kind = EATING[about]
    before = kind.read(connection, person_id, key)
    if before == value:
        return None
    kind.write(connection, person_id, key, value)
    after = None if value is None else kind.read(connection, person_id, key)
    return note(connection, person_id, Step(about=about, key=key, before=before, after=after))


def _energy_of(amounts: Mapping[str, Mapping[str, float]]) -> Known | None:
    energy = amounts.get("energy")
    return None if energy is None else Known(amount=energy["amount"], coverage=energy["coverage"])


def _last_of(connection: Connection, condition: ColumnElement[bool]) -> FoodLog:
    query = select(*columns_of(food_log, FoodLog)).where(condition)
    row = connection.execute(query.order_by(food_log.c.at.desc(), food_log.c.id.desc()).limit(1)).one()
    return value_of(FoodLog, row)
