"""The part of the store that takes what was done: sessions, sets, body mass, and whole histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from openback.model.log import MassLog, SessionLog, SetLog
from openback.storage.base import Base
from openback.storage.bulk import add_missing
from openback.storage.changes import Step, note
from openback.storage.records import Added, Change, Kept
from openback.storage.rows import put, remove, values_of
from openback.storage.states import (
    keep_set,
    read_placed_session,
    read_placed_set,
    read_session,
    write_placed_session,
    write_placed_set,
    write_session,
)
from openback.storage.tables import mass_log, session_log, set_log
from openback.storage.types import in_utc


class Log(Base):
    """Writing the log. What returned is on the disk."""

    def put_set(self, person_id: str, one_set: SetLog) -> Kept[SetLog]:
        """Keep a set under its own id: sent twice it changes nothing, sent changed it is an edit.

        Its session is begun when the database does not know it. NotFound when the person is not here.
        """
        key = str(one_set.id)
        one_set = replace(one_set, at=in_utc(one_set.at))
        with self._writing_for(person_id) as connection:
            before = read_placed_set(connection, person_id, key)
            if before is not None and before.one_set == one_set:
                return Kept(value=one_set, was="same", undo=None)
            keep_set(connection, person_id, one_set)
            after = read_placed_set(connection, person_id, key)
            step = note(connection, person_id, Step(about="set", key=key, before=before, after=after))
        return Kept(value=one_set, was="new" if before is None else "changed", undo=step.token)

    def delete_set(self, person_id: str, set_id: UUID) -> Change | None:
        """Take a set away. Return the step that can be taken back, None when it was not there."""
        key = str(set_id)
        with self._writing_for(person_id) as connection:
            before = read_placed_set(connection, person_id, key)
            if before is None:
                return None
            write_placed_set(connection, person_id, key, None)
            return note(connection, person_id, Step(about="set", key=key, before=before, after=None))

    def put_session(self, person_id: str, session: SessionLog) -> Kept[SessionLog]:
        """Keep a session under its own id: begin it, edit it, or end it; its sets stay."""
        key = str(session.id)
        ended_at = None if session.ended_at is None else in_utc(session.ended_at)
        session = replace(session, started_at=in_utc(session.started_at), ended_at=ended_at)
        with self._writing_for(person_id) as connection:
            before = read_session(connection, person_id, key)
            if before == session:
                return Kept(value=session, was="same", undo=None)
            write_session(connection, person_id, key, session)
            step = note(connection, person_id, Step(about="session", key=key, before=before, after=session))
        return Kept(value=session, was="new" if before is None else "changed", undo=step.token)

    def delete_session(self, person_id: str, session_id: UUID) -> Change | None:
        """Take a session away with its sets.

        Return the step that can be taken back, None when it was not there.
        """
        key = str(session_id)
        with self._writing_for(person_id) as connection:
            before = read_placed_session(connection, person_id, key)
            if before is None:
                return None
            write_placed_session(connection, person_id, key, None)
            return note(
                connection, person_id, Step(about="whole_session", key=key, before=before, after=None)
            )

    def put_mass(self, person_id: str, mass: MassLog) -> None:
        """Keep a body mass, over one of the same instant."""
        with self._writing_for(person_id) as connection:
            put(connection, mass_log, values_of(mass), person_id=person_id, keys=("at",))

    def delete_mass(self, person_id: str, at: datetime) -> bool:
        """Take a body mass away; return whether it was there."""
        with self._writing_for(person_id) as connection:
            return remove(connection, mass_log, person_id, at=at) > 0

    def add_history(
        self,
        person_id: str,
        *,
        sessions: Sequence[SessionLog],
        sets: Sequence[SetLog],
        masses: Sequence[MassLog] = (),
    ) -> Added:
        """Keep a whole history at once, all of it or nothing. What is here already stays as it is.

        Sets keep the order they are given in where their instants are equal.
        Sessions that sets name and nobody knows are begun at the time of their first set.
        """
        for one_set in sets:
            in_utc(one_set.at)  # refused before anything is written
        with self._writing_for(person_id) as connection:
            begun = _sessions_for(connection, person_id, sessions, sets)
            added_sessions = add_missing(connection, session_log, person_id, [*sessions, *begun])
            added_sets = add_missing(connection, set_log, person_id, sets)
            added_masses = add_missing(connection, mass_log, person_id, masses)
        return Added(
            sessions=added_sessions,
            sets=added_sets,
            masses=added_masses,
            sets_known=len(sets) - added_sets,
        )


def _sessions_for(
    connection: Connection, person_id: str, sessions: Sequence[SessionLog], sets: Sequence[SetLog]
) -> list[SessionLog]:
    given = {session.id for session in sessions}
    orphans = [one_set for one_set in sets if one_set.session_id not in given]
    if not orphans:
        return []
    query = select(session_log.c.id).where(session_log.c.person_id == person_id)
    known = set(connection.execute(query).scalars())
    first: dict[UUID, datetime] = {}
    for one_set in orphans:
        if one_set.session_id not in known:
            first[one_set.session_id] = min(first.get(one_set.session_id, one_set.at), one_set.at)
    return [SessionLog(id=session_id, started_at=at) for session_id, at in first.items()]
