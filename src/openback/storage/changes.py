"""The change log: every step keeps what was there before, so that it can be taken back, and again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol, cast
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from openback.errors import CannotUndo, NotFound
from openback.model.food import Food
from openback.model.log import SessionLog
from openback.storage.base import Base
from openback.storage.connection import TOGETHER
from openback.storage.eating_states import EATING
from openback.storage.food_states import read_own_food, write_own_food
from openback.storage.journal_states import JournalRow, read_entry, write_entry
from openback.storage.records import About, Change, KeptProgramme, PlanOverride
from openback.storage.rows import columns_of, one, value_of, values_of, whose
from openback.storage.states import (
    PlacedSession,
    PlacedSet,
    read_current,
    read_override,
    read_placed_session,
    read_placed_set,
    read_programme,
    read_session,
    write_current,
    write_override,
    write_placed_session,
    write_placed_set,
    write_programme,
    write_session,
)
from openback.storage.tables import change
from openback.storage.types import read, written

KEEP: Final = 500  # project default: steps that can be taken back, per person
KEEP_OF: Final[Mapping[About, int]] = {"programme": 20, "meal_week": 40}  # of those that carry much, fewer


class _Read(Protocol):
    def __call__(self, connection: Connection, person_id: str, key: str) -> object | None: ...


class _Write(Protocol):
    def __call__(self, connection: Connection, person_id: str, key: str, state: object | None) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing that can be taken back: its value, its name to a person, and both ways."""

    value: type[object]
    called: str
    read: _Read
    write: _Write


def _kind(value: type[object], called: str, reading: object, writing: object) -> Kind:
    return Kind(value=value, called=called, read=cast(_Read, reading), write=cast(_Write, writing))


KINDS: Final[Mapping[About, Kind]] = {
    "set": _kind(PlacedSet, "set", read_placed_set, write_placed_set),
    "session": _kind(SessionLog, "session", read_session, write_session),
    "whole_session": _kind(PlacedSession, "session", read_placed_session, write_placed_session),
    "programme": _kind(KeptProgramme, "programme", read_programme, write_programme),
    "current_programme": _kind(UUID, "programme", read_current, write_current),
    "override": _kind(PlanOverride, "session of the programme", read_override, write_override),
    "journal": _kind(JournalRow, "note", read_entry, write_entry),
    "own_food": _kind(Food, "food", read_own_food, write_own_food),
    **{about: _kind(row.value, row.called, row.read, row.write) for about, row in EATING.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was changed: how it stood before and after, None where it is not there."""

    about: About
    key: str
    before: object | None
    after: object | None
    is_undo: bool = False


def note(connection: Connection, person_id: str, step: Step) -> Change:
    """Write down a step that was just made and return it; the oldest steps go."""
    kind = KINDS[step.about].value
    made = Change(token=uuid4(), at=datetime.now(UTC), about=step.about, key=step.key)
    row = values_of(made) | {
        "before": None if step.before is None else written(kind, step.before),
        "after": None if step.after is None else written(kind, step.after),
        "is_undo": step.is_undo,
        "together": connection.get_execution_options().get(TOGETHER),
    }
    connection.execute(insert(change).values({**row, "person_id": person_id}))
    _forget_the_oldest(connection, person_id, keep=KEEP)
    if step.about in KEEP_OF:
        only = change.c.about == step.about
        _forget_the_oldest(connection, person_id, keep=KEEP_OF[step.about], only=only)
    return made


def _forget_the_oldest(
    connection: Connection, person_id: str, *, keep: int, only: ColumnElement[bool] | None = None
) -> None:
    mine = change.c.person_id == person_id if only is None else and_(change.c.person_id == person_id, only)
    oldest_kept = select(change.c.seq).where(mine).order_by(change.c.seq.desc()).offset(keep - 1).limit(1)
    connection.execute(delete(change).where(mine, change.c.seq < oldest_kept.scalar_subquery()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    token: UUID
    about: About
    key: str
    before: str | None
    after: str | None
    undone_by: UUID | None
    is_undo: bool
    together: UUID | None


class Changes(Base):
    """Taking back, and doing again."""

    def last_change(self, person_id: str, *, about: Collection[About] = tuple(KINDS)) -> Change | None:
        """Return the latest step that still stands, of these kinds; steps that took others back left out."""
        query = (
            select(*columns_of(change, Change))
            .where(change.c.person_id == person_id, change.c.about.in_(list(about)))
            .where(change.c.undone_by.is_(None), change.c.is_undo.is_(False))
            .order_by(change.c.seq.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else value_of(Change, row)

    def undo(self, person_id: str, token: UUID) -> Change:
        """Take a step back and return the step that did it: undoing that one does it again.

        What was kept in one transaction is taken back together, the latest first.
        The same token twice changes nothing the second time. NotFound for a token that is not this
        person's or is too old; CannotUndo when later changes build on the step.
        """
        with self._writing_for(person_id) as connection:
            noted = one(connection, change, _Noted, whose(change, person_id, token=token))
            if noted is None:
                raise NotFound("change", str(token))
            if noted.undone_by is not None:
                again = one(connection, change, Change, whose(change, person_id, token=noted.undone_by))
                if again is not None:
                    return again
            taken = {
                one.token: _take_back(connection, person_id, one)
                for one in _with(connection, person_id, noted)
            }
            return taken[noted.token]


def _with(connection: Connection, person_id: str, noted: _Noted) -> Sequence[_Noted]:
    """Return all that was kept in the same transaction and still stands, the latest first."""
    if noted.together is None:
        return (noted,)
    same = and_(whose(change, person_id, together=noted.together), change.c.undone_by.is_(None))
    query = select(*columns_of(change, _Noted)).where(same).order_by(change.c.seq.desc())
    return [value_of(_Noted, row) for row in connection.execute(query)]


def _take_back(connection: Connection, person_id: str, noted: _Noted) -> Change:
    kind = KINDS[noted.about]
    before = None if noted.before is None else read(kind.value, noted.before)
    after = None if noted.after is None else read(kind.value, noted.after)
    if kind.read(connection, person_id, noted.key) != after:
        raise CannotUndo(kind.called)
    kind.write(connection, person_id, noted.key, before)
    step = Step(about=noted.about, key=noted.key, before=after, after=before, is_undo=not noted.is_undo)
    made = note(connection, person_id, step)
    undone = update(change).where(whose(change, person_id, token=noted.token))
    connection.execute(undone.values(undone_by=made.token))
    return made
