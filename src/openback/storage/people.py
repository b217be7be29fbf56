"""The part of the store about people: who they are, where they train, what they answered and prefer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from openback.errors import NotFound
from openback.model.person import Person, Place, Profile
from openback.storage.base import Base
from openback.storage.records import Screening
from openback.storage.rows import columns_of, put, remove, value_of, values_of
from openback.storage.tables import person, place, preference, screening

# Fills the columns of somebody who has not said anything yet; nobody ever reads it.
_NOBODY: Final = Person(
    sex="unspecified",
    birth_date=date(1900, 1, 1),
    height_cm=0,
    mass_kg=0,
    experience="new",
    goals=(),
    days_per_week=0,
    minutes_per_session=0,
)


class People(Base):
    """Persons, places, screenings and preferences."""

    def people(self) -> Mapping[str, Person]:
        """Return everybody in the database by id, in the order they came."""
        query = select(*columns_of(person, Person), person.c.id).order_by(person.c.created_at, person.c.id)
        query = query.where(person.c.answered)
        with self._reading() as connection:
            return {row.id: value_of(Person, row) for row in connection.execute(query)}

    def person(self, person_id: str) -> Person | None:
        """Return somebody, or None before they answered the questions."""
        query = select(*columns_of(person, Person)).where(person.c.id == person_id, person.c.answered)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else value_of(Person, row)

    def put_person(self, person_id: str, who: Person) -> None:
        """Keep who somebody is, over what was there."""
        values = values_of(who) | {"answered": True}
        with self._writing() as connection:
            known = connection.execute(update(person).where(person.c.id == person_id).values(values))
            if known.rowcount == 0:
                new = insert(person).values({**values, "id": person_id, "created_at": datetime.now(UTC)})
                connection.execute(new)

    def expect_person(self, person_id: str) -> None:
        """Make room for the log of somebody who has not answered the questions yet.

        `person` stays None until they do. Whoever is here already stays as they are.
        """
        with self._writing() as connection:
            if connection.execute(select(person.c.id).where(person.c.id == person_id)).first() is None:
                values = values_of(_NOBODY) | {"id": person_id, "created_at": datetime.now(UTC)}
                connection.execute(insert(person).values({**values, "answered": False}))

    def delete_person(self, person_id: str) -> None:
        """Take somebody away with all that is theirs."""
        with self._writing() as connection:
            connection.execute(delete(person).where(person.c.id == person_id))

    def places(self, person_id: str) -> tuple[Place, ...]:
        """Return where somebody trains, in their order."""
        query = select(*columns_of(place, Place)).where(place.c.person_id == person_id).order_by(place.c.seq)
        with self._reading() as connection:
            return tuple(value_of(Place, row) for row in connection.execute(query))

    def put_places(self, person_id: str, places: Sequence[Place]) -> None:
        """Keep where somebody trains, in this order, instead of what was there."""
        with self._writing_for(person_id) as connection:
            remove(connection, place, person_id)
            for where in places:
                connection.execute(insert(place).values({**values_of(where), "person_id": person_id}))

    def screening(self, person_id: str) -> Screening | None:
        """Return the latest answers to the screening, None when it was never answered."""
        return next(iter(self.screenings(person_id)), None)

    def screenings(self, person_id: str) -> tuple[Screening, ...]:
        """Return all answers to the screening, latest first."""
        query = (
            select(screening.c.at, screening.c.answers)
            .where(screening.c.person_id == person_id)
            .order_by(screening.c.at.desc(), screening.c.seq.desc())
        )
        with self._reading() as connection:
            return tuple(Screening(at=at, answers=answers) for at, answers in connection.execute(query))

    def add_screening(self, person_id: str, answered: Screening) -> None:
        """Keep new answers to the screening; the earlier ones stay."""
        with self._writing_for(person_id) as connection:
            values = {"at": answered.at, "answers": dict(answered.answers)}
            connection.execute(insert(screening).values({**values, "person_id": person_id}))

    def profile(self, person_id: str) -> Profile | None:
        """Return all that the programme asks of a person, None before they answered the questions."""
        with self.one_moment():
            who = self.person(person_id)
            if who is None:
                return None
            answered = self.screening(person_id)
            answers = {} if answered is None else answered.answers
            return Profile(person=who, places=self.places(person_id), screening=answers)

    def put_profile(self, person_id: str, profile: Profile, *, at: datetime) -> None:
        """Keep a person, their places and their answers together; `at` is when they answered."""
        with self.transaction():
            self.put_person(person_id, profile.person)
            self.put_places(person_id, profile.places)
            former = self.screening(person_id)
            if former is None or dict(former.answers) != dict(profile.screening):
                self.add_screening(person_id, Screening(at=at, answers=profile.screening))

    def preferences(self, person_id: str) -> Mapping[str, str]:
        """Return what somebody prefers, by key."""
        query = (
            select(preference.c.key, preference.c.value)
            .where(preference.c.person_id == person_id)
            .order_by(preference.c.key)
        )
        with self._reading() as connection:
            return {row.key: row.value for row in connection.execute(query)}

    def put_preference(self, person_id: str, key: str, value: str | None) -> None:
        """Keep one preference; None forgets it."""
        with self._writing_for(person_id) as connection:
            if value is None:
                remove(connection, preference, person_id, key=key)
            else:
                values = {"key": key, "value": value}
                put(connection, preference, values, person_id=person_id, keys=("key",))

    def known_person(self, person_id: str) -> Person:
        """Return somebody; NotFound when they are not here."""
        who = self.person(person_id)
        if who is None:
            raise NotFound("person", person_id)
        return who
