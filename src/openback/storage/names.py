"""The part of the store about names from other apps: which exercise they mean, and those kept as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from openback.storage.base import Base
from openback.storage.records import ForeignExercise
from openback.storage.rows import columns_of, put, remove, value_of, values_of
from openback.storage.tables import exercise_name, foreign_exercise


class Names(Base):
    """What imports have learned."""

    def exercise_names(self, person_id: str) -> Mapping[str, str | None]:
        """Return, by the name in another app, the exercise it means; None where the name is kept."""
        query = (
            select(exercise_name.c.name, exercise_name.c.exercise)
            .where(exercise_name.c.person_id == person_id)
            .order_by(exercise_name.c.name)
        )
        with self._reading() as connection:
            return {row.name: row.exercise for row in connection.execute(query)}

    def remember_names(self, person_id: str, names: Mapping[str, str | None]) -> None:
        """Keep what names mean, over what was known of them."""
        with self._writing_for(person_id) as connection:
            for name, exercise in names.items():
                values = {"name": name, "exercise": exercise}
                put(connection, exercise_name, values, person_id=person_id, keys=("name",))

    def forget_name(self, person_id: str, name: str) -> None:
        """Ask again next time."""
        with self._writing_for(person_id) as connection:
            remove(connection, exercise_name, person_id, name=name)

    def foreign_exercises(self, person_id: str) -> Mapping[str, ForeignExercise]:
        """Return the exercises that the catalogue does not know, by id."""
        query = (
            select(*columns_of(foreign_exercise, ForeignExercise))
            .where(foreign_exercise.c.person_id == person_id)
            .order_by(foreign_exercise.c.id)
        )
        with self._reading() as connection:
            found = [value_of(ForeignExercise, row) for row in connection.execute(query)]
        return {one.id: one for one in found}

    def keep_foreign_exercises(self, person_id: str, exercises: Iterable[ForeignExercise]) -> None:
        """Keep exercises that the catalogue does not know, over those with the same ids."""
        with self._writing_for(person_id) as connection:
            for one in exercises:
                put(connection, foreign_exercise, values_of(one), person_id=person_id, keys=("id",))
