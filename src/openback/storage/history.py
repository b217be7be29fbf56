"""The part of the store that answers questions about what was done. Sets come oldest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, UnaryExpression, and_, func, select, true, tuple_

from openback.model.log import FLOW_SOURCE, MassLog, SessionLog, SetLog
from openback.storage.base import Base
from openback.storage.records import Best, Done, Totals, WholeSession
from openback.storage.rows import columns_of, value_of, whose
from openback.storage.states import read_session, read_set, read_whole_session
from openback.storage.tables import mass_log, session_log, set_log

_WORK = set_log.c.kind != "warm_up"


class History(Base):
    """Reading the log. Spans of time run from `start` up to, not including, `end`; None is open."""

    # --- Sets ---

    def find_set(self, person_id: str, set_id: UUID) -> SetLog | None:
        """Return one set."""
        with self._reading() as connection:
            return read_set(connection, person_id, str(set_id))

    def sets_of(
        self, person_id: str, exercise: str, *, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[SetLog, ...]:
        """Return the sets of one exercise."""
        mine = and_(whose(set_log, person_id, exercise=exercise), _span(set_log.c.at, start, end))
        return self._sets(_sets_where(mine))

    def sets_between(
        self, person_id: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[SetLog, ...]:
        """Return the sets of all exercises."""
        mine = and_(set_log.c.person_id == person_id, _span(set_log.c.at, start, end))
        return self._sets(_sets_where(mine))

    def sets_of_session(self, person_id: str, session_id: UUID) -> tuple[SetLog, ...]:
        """Return the sets of one session."""
        return self._sets(_sets_where(whose(set_log, person_id, session_id=session_id)))

    def latest_sets_of(
        self, person_id: str, exercise: str, *, most: int = 30, before: datetime | None = None
    ) -> tuple[SetLog, ...]:
        """Return the latest sets of one exercise, latest first, at most so many."""
        query = (
            select(*columns_of(set_log, SetLog))
            .where(whose(set_log, person_id, exercise=exercise), _span(set_log.c.at, None, before))
            .order_by(set_log.c.at.desc(), set_log.c.seq.desc())
            .limit(most)
        )
        return self._sets(query)

    def last_sets(
        self,
        person_id: str,
        exercises: Collection[str] | None = None,
        *,
        before: datetime | None = None,
        not_in: UUID | None = None,
    ) -> Mapping[str, tuple[SetLog, ...]]:
        """Return, by exercise, the sets of the last session that had it; `not_in` leaves one session out.

        An exercise that was never done is not in the answer. `exercises` None asks for all.
        """
        mine = [set_log.c.person_id == person_id, _span(set_log.c.at, None, before)]
        if exercises is not None:
            mine.append(set_log.c.exercise.in_(list(exercises)))
        if not_in is not None:
            mine.append(set_log.c.session_id != not_in)
        place = func.row_number().over(
            partition_by=set_log.c.exercise, order_by=(set_log.c.at.desc(), set_log.c.seq.desc())
        )
        ranked = (
            select(set_log.c.exercise, set_log.c.session_id, place.label("place")).where(*mine).subquery()
        )
        last = select(ranked.c.exercise, ranked.c.session_id).where(ranked.c.place == 1)
        pair = tuple_(set_log.c.exercise, set_log.c.session_id)
        found: dict[str, list[SetLog]] = defaultdict(list)
        for one_set in self._sets(_sets_where(and_(*mine, pair.in_(last)))):
            found[one_set.exercise].append(one_set)
        return {exercise: tuple(sets) for exercise, sets in found.items()}

    def _sets(self, query: Select[Any]) -> tuple[SetLog, ...]:
        with self._reading() as connection:
            return tuple(value_of(SetLog, row) for row in connection.execute(query))

    # --- Sessions ---

    def find_session(self, person_id: str, session_id: UUID) -> SessionLog | None:
        """Return one session."""
        with self._reading() as connection:
            return read_session(connection, person_id, str(session_id))

    def whole_session(self, person_id: str, session_id: UUID) -> WholeSession | None:
        """Return one session with its sets."""
        with self._reading() as connection:
            return read_whole_session(connection, person_id, str(session_id))

    def current_session(self, person_id: str) -> SessionLog | None:
        """Return the session that goes on, the latest when several were never ended.

        A session that came from another app does not go on.
        """
        open_ones = and_(whose(session_log, person_id, ended_at=None), session_log.c.source == "")
        return self._last_session(open_ones)

    def last_session(self, person_id: str, *, before: datetime | None = None) -> SessionLog | None:
        """Return the latest session of training, going on or not; flows are none."""
        mine = and_(
            session_log.c.person_id == person_id,
            session_log.c.source != FLOW_SOURCE,
            _span(session_log.c.started_at, None, before),
        )
        return self._last_session(mine)

    def first_session(self, person_id: str) -> SessionLog | None:
        """Return the earliest session, None before there is one."""
        query = (
            select(*columns_of(session_log, SessionLog))
            .where(session_log.c.person_id == person_id)
            .order_by(session_log.c.started_at, session_log.c.seq)
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else value_of(SessionLog, row)

    def last_session_of(
        self, person_id: str, exercise: str, *, before: datetime | None = None
    ) -> WholeSession | None:
        """Return the last session that had an exercise, with all its sets."""
        sets = self.last_sets(person_id, (exercise,), before=before).get(exercise)
        return None if not sets else self.whole_session(person_id, sets[-1].session_id)

    def _last_session(self, condition: ColumnElement[bool]) -> SessionLog | None:
        query = (
            select(*columns_of(session_log, SessionLog))
            .where(condition)
            .order_by(session_log.c.started_at.desc(), session_log.c.seq.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else value_of(SessionLog, row)

    def sessions_between(
        self, person_id: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[SessionLog, ...]:
        """Return the sessions that began then, oldest first."""
        query = (
            select(*columns_of(session_log, SessionLog))
            .where(session_log.c.person_id == person_id, _span(session_log.c.started_at, start, end))
            .order_by(session_log.c.started_at, session_log.c.seq)
        )
        with self._reading() as connection:
            return tuple(value_of(SessionLog, row) for row in connection.execute(query))

    def whole_sessions_between(
        self, person_id: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[WholeSession, ...]:
        """Return the sessions that began then with their sets, oldest first; two queries in all."""
        ids = select(session_log.c.id).where(
            session_log.c.person_id == person_id, _span(session_log.c.started_at, start, end)
        )
        theirs = and_(set_log.c.person_id == person_id, set_log.c.session_id.in_(ids))
        with self.one_moment():
            sessions = self.sessions_between(person_id, start, end)
            sets: dict[UUID, list[SetLog]] = defaultdict(list)
            for one_set in self._sets(_sets_where(theirs)):
                sets[one_set.session_id].append(one_set)
        return tuple(WholeSession(session=one, sets=tuple(sets[one.id])) for one in sessions)

    # --- Sums and bests ---

    def sets_per_day(
        self,
        person_id: str,
        start: datetime | None = None,
        end: datetime | None = None,
        *,
        zone: tzinfo = UTC,
    ) -> Mapping[date, Mapping[str, int]]:
        """Return the number of sets by day and exercise, warm-ups left out; days as `zone` has them."""
        mine = and_(set_log.c.person_id == person_id, _WORK, _span(set_log.c.at, start, end))
        query = select(set_log.c.at, set_log.c.exercise).where(mine).order_by(set_log.c.at)
        days: dict[date, Counter[str]] = defaultdict(Counter)
        with self._reading() as connection:
            for at, exercise in connection.execute(query):
                days[at.astimezone(zone).date()][exercise] += 1
        return {day: dict(sets) for day, sets in days.items()}

    def exercises_done(self, person_id: str) -> Mapping[str, Done]:
        """Return, by exercise, how many sets were done and when last; the latest first."""
        last = func.max(set_log.c.at, type_=set_log.c.at.type)
        query = (
            select(set_log.c.exercise, func.count(), last)
            .where(set_log.c.person_id == person_id)
            .group_by(set_log.c.exercise)
            .order_by(last.desc(), set_log.c.exercise)
        )
        with self._reading() as connection:
            return {
                exercise: Done(exercise=exercise, sets=sets, last_at=last_at)
                for exercise, sets, last_at in connection.execute(query)
            }

    def totals(self, person_id: str) -> Totals:
        """Return how much there is in all; flows are no sessions, and their sets are sets."""
        count = func.count()
        with self._reading() as connection:
            trained = session_log.c.source != FLOW_SOURCE
            sessions = select(count).where(session_log.c.person_id == person_id, trained)
            sets = select(count).where(set_log.c.person_id == person_id)
            return Totals(
                sessions=connection.execute(sessions).scalar_one(), sets=connection.execute(sets).scalar_one()
            )

    def records(self, person_id: str, *, before: datetime | None = None) -> Mapping[str, Best]:
        """Return the best work sets of every exercise, by exercise; `before` looks back from then."""
        load, reps, hold = set_log.c.load_kg, set_log.c.reps, set_log.c.hold_s
        with self.one_moment():
            heaviest = self._firsts(person_id, (load.desc(), reps.desc()), before=before)
            lightest = self._firsts(person_id, (load.asc(), reps.desc()), before=before)
            most = self._firsts(person_id, (reps.desc(), load.desc()), before=before)
            longest = self._firsts(person_id, (hold.desc(), load.desc()), before=before)
        exercises = sorted({one.exercise for one in (*heaviest, *most, *longest)})
        by_name = [{one.exercise: one for one in sets} for sets in (heaviest, lightest, most, longest)]
        return {
            name: Best(
                exercise=name,
                load=by_name[0].get(name),
                lightest=by_name[1].get(name),
                reps=by_name[2].get(name),
                hold=by_name[3].get(name),
            )
            for name in exercises
        }

    def most_reps_at_load(
        self, person_id: str, exercise: str, *, before: datetime | None = None
    ) -> Mapping[float, SetLog]:
        """Return, by load in kg, lightest first, the work set with the most reps."""
        load, reps = set_log.c.load_kg, set_log.c.reps
        best = self._firsts(
            person_id, (reps.desc(),), before=before, each=load, condition=set_log.c.exercise == exercise
        )
        found = {one.load_kg: one for one in best if one.load_kg is not None}
        return dict(sorted(found.items()))

    def _firsts(
        self,
        person_id: str,
        order: Sequence[UnaryExpression[Any]],
        *,
        before: datetime | None,
        each: ColumnElement[Any] = set_log.c.exercise,
        condition: ColumnElement[bool] | None = None,
    ) -> tuple[SetLog, ...]:
        """Return the first work set by `order` for each value of `each`, the earliest of equal ones.

        Sets where the first of `order` is unknown are left out.
        """
        mine = [set_log.c.person_id == person_id, _WORK, _span(set_log.c.at, None, before)]
        mine.append(order[0].element.is_not(None))
        if condition is not None:
            mine.append(condition)
        ways = [*(way.nulls_last() for way in order), set_log.c.at, set_log.c.seq]
        place = func.row_number().over(partition_by=each, order_by=ways)
        ranked = select(set_log.c.seq, place.label("place")).where(*mine).subquery()
        first = select(ranked.c.seq).where(ranked.c.place == 1)
        return self._sets(_sets_where(set_log.c.seq.in_(first)))

    # --- Body mass ---

    def masses(
        self, person_id: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[MassLog, ...]:
        """Return the body masses, oldest first."""
        query = (
            select(*columns_of(mass_log, MassLog))
            .where(mass_log.c.person_id == person_id, _span(mass_log.c.at, start, end))
            .order_by(mass_log.c.at)
        )
        with self._reading() as connection:
            return tuple(value_of(MassLog, row) for row in connection.execute(query))


def _sets_where(condition: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the sets that fit, oldest first; equal instants in the order they came."""
    query = select(*columns_of(set_log, SetLog)).where(condition)
    return query.order_by(set_log.c.at, set_log.c.seq)


def _span(column: Column[Any], start: datetime | None, end: datetime | None) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [true()]
    if start is not None:
        bounds.append(column >= start)
    if end is not None:
        bounds.append(column < end)
    return and_(*bounds)
