"""One thing of one person as it stands now, and how to make it stand otherwise.

`read_*` returns the value or None when it is not there; `write_*` puts it, or takes it away for None.
The person must be held (`Base._writing_for`) by whoever writes. Sets and sessions come with their
place in the order they were kept in, so that one that is brought back stands where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select, update

from openback.errors import CannotUndo
from openback.model.log import SessionLog, SetLog
from openback.storage.records import KeptProgramme, PlanOverride, WholeSession
from openback.storage.rows import columns_of, one, put, remove, value_of, values_of, whose
from openback.storage.tables import plan_override, programme, session_log, set_log


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSet:
    """A set and its place in the order of all rows."""

    seq: int
    one_set: SetLog


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSession:
    """A session, its place, and those of its sets."""

    seq: int
    session: SessionLog
    sets: tuple[PlacedSet, ...]


# --- Sets ----------------------------------------------------------------------------------------


def read_set(connection: Connection, person_id: str, key: str) -> SetLog | None:
    """Return the set with this id."""
    return one(connection, set_log, SetLog, whose(set_log, person_id, id=UUID(key)))


def keep_set(connection: Connection, person_id: str, one_set: SetLog) -> None:
    """Put a set. Its session is made when it is not there, so that no set is turned away."""
    make_session_of(connection, person_id, one_set)
    put(connection, set_log, values_of(one_set), person_id=person_id, keys=("id",))


def read_placed_set(connection: Connection, person_id: str, key: str) -> PlacedSet | None:
    """Return the set with this id and its place."""
    return next(iter(_placed_sets(connection, whose(set_log, person_id, id=UUID(key)))), None)


def write_placed_set(connection: Connection, person_id: str, key: str, state: PlacedSet | None) -> None:
    """Put a set in its place, or take it away."""
    if state is None:
        remove(connection, set_log, person_id, id=UUID(key))
        return
    make_session_of(connection, person_id, state.one_set)
    values = {**values_of(state.one_set), "seq": state.seq}
    put(connection, set_log, values, person_id=person_id, keys=("id",))


def _placed_sets(connection: Connection, condition: ColumnElement[bool]) -> tuple[PlacedSet, ...]:
    query = (
        select(*columns_of(set_log, SetLog), set_log.c.seq)
        .where(condition)
        .order_by(set_log.c.at, set_log.c.seq)
    )
    rows = connection.execute(query)
    return tuple(PlacedSet(seq=row.seq, one_set=value_of(SetLog, row)) for row in rows)


def make_session_of(connection: Connection, person_id: str, one_set: SetLog) -> None:
    """Begin the set's session at the time of the set, when the database does not know it yet.

    A phone that was offline may send a set before its session.
    """
    known = select(session_log.c.seq).where(whose(session_log, person_id, id=one_set.session_id))
    if connection.execute(known).first() is None:
        begun = SessionLog(id=one_set.session_id, started_at=one_set.at)
        connection.execute(insert(session_log).values({**values_of(begun), "person_id": person_id}))


# --- Sessions ------------------------------------------------------------------------------------


def read_session(connection: Connection, person_id: str, key: str) -> SessionLog | None:
    """Return the session with this id, without its sets."""
    return one(connection, session_log, SessionLog, whose(session_log, person_id, id=UUID(key)))


def write_session(connection: Connection, person_id: str, key: str, state: SessionLog | None) -> None:
    """Put a session. It is taken away only while it has no sets: CannotUndo otherwise."""
    if state is not None:
        put(connection, session_log, values_of(state), person_id=person_id, keys=("id",))
        return
    if sets_of_session(connection, person_id, UUID(key)):
        raise CannotUndo("session")
    remove(connection, session_log, person_id, id=UUID(key))


def sets_of_session(connection: Connection, person_id: str, session_id: UUID) -> tuple[SetLog, ...]:
    """Return the sets of one session in the order they were done."""
    query = (
        select(*columns_of(set_log, SetLog))
        .where(whose(set_log, person_id, session_id=session_id))
        .order_by(set_log.c.at, set_log.c.seq)
    )
    return tuple(value_of(SetLog, row) for row in connection.execute(query))


def read_whole_session(connection: Connection, person_id: str, key: str) -> WholeSession | None:
    """Return the session with this id and its sets."""
    session = read_session(connection, person_id, key)
    if session is None:
        return None
    return WholeSession(session=session, sets=sets_of_session(connection, person_id, session.id))


def read_placed_session(connection: Connection, person_id: str, key: str) -> PlacedSession | None:
    """Return the session with this id and its sets, all with their places."""
    query = select(*columns_of(session_log, SessionLog), session_log.c.seq)
    row = connection.execute(query.where(whose(session_log, person_id, id=UUID(key)))).one_or_none()
    if row is None:
        return None
    sets = _placed_sets(connection, whose(set_log, person_id, session_id=UUID(key)))
    return PlacedSession(seq=row.seq, session=value_of(SessionLog, row), sets=sets)


def write_placed_session(
    connection: Connection, person_id: str, key: str, state: PlacedSession | None
) -> None:
    """Put a session with all its sets in their places, or take it away with them."""
    if state is None:
        remove(connection, session_log, person_id, id=UUID(key))
        return
    values = {**values_of(state.session), "seq": state.seq}
    put(connection, session_log, values, person_id=person_id, keys=("id",))
    for placed in state.sets:
        write_placed_set(connection, person_id, str(placed.one_set.id), placed)


# --- The programme -------------------------------------------------------------------------------


def read_programme(connection: Connection, person_id: str, key: str) -> KeptProgramme | None:
    """Return the programme with this id."""
    return one(connection, programme, KeptProgramme, whose(programme, person_id, id=UUID(key)))


def write_programme(connection: Connection, person_id: str, key: str, state: KeptProgramme | None) -> None:
    """Put a programme, or take it away."""
    if state is None:
        remove(connection, programme, person_id, id=UUID(key))
        return
    put(connection, programme, values_of(state), person_id=person_id, keys=("id",))


def read_current(connection: Connection, person_id: str, key: str = "") -> UUID | None:
    """Return the id of the programme that is followed now."""
    del key
    query = select(programme.c.id).where(whose(programme, person_id, status="current"))
    found: UUID | None = connection.execute(query).scalar_one_or_none()
    return found


def write_current(connection: Connection, person_id: str, key: str, state: UUID | None) -> None:
    """Make this the programme that is followed, and every other a former one."""
    del key
    former = update(programme).where(whose(programme, person_id, status="current"))
    connection.execute(former.values(status="former"))
    if state is not None:
        current = update(programme).where(whose(programme, person_id, id=state))
        connection.execute(current.values(status="current"))


def override_key(override: PlanOverride) -> str:
    """Return the key of an override in the change log."""
    return f"{override.programme_id}/{override.week}/{override.day}"


def _override_where(key: str) -> dict[str, object]:
    programme_id, week, day = key.split("/")
    return {"programme_id": UUID(programme_id), "week": int(week), "day": int(day)}


def read_override(connection: Connection, person_id: str, key: str) -> PlanOverride | None:
    """Return what was changed about one session of a programme."""
    where = whose(plan_override, person_id, **_override_where(key))
    return one(connection, plan_override, PlanOverride, where)


def write_override(connection: Connection, person_id: str, key: str, state: PlanOverride | None) -> None:
    """Put what was changed about one session, or go back to the plan."""
    if state is None:
        remove(connection, plan_override, person_id, **_override_where(key))
        return
    keys = ("programme_id", "week", "day")
    put(connection, plan_override, values_of(state), person_id=person_id, keys=keys)
