"""The part of the store about clips: what was attached to sets, how far it is read, what was seen.

The videos are files; only what is known of them is here. What was taken away but can still be brought back
(`gone` is "all") is left out unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from openback.model.clip import Clip
from openback.model.motion import SetReport
from openback.storage.base import Base
from openback.storage.rows import columns_of, one, put, remove, value_of, values_of, whose
from openback.storage.tables import clip, set_log

_THERE = clip.c.gone != "all"


class Clips(Base):
    """Clips of sets. Lists come oldest first."""

    def put_clip(self, person_id: str, one_clip: Clip) -> None:
        """Keep a clip, over the one with its id."""
        with self._writing_for(person_id) as connection:
            put(connection, clip, values_of(one_clip), person_id=person_id, keys=("id",))

    def find_clip(self, person_id: str, clip_id: UUID, *, gone: bool = False) -> Clip | None:
        """Return one clip; one that was taken away only when `gone`."""
        mine = whose(clip, person_id, id=clip_id)
        with self._reading() as connection:
            return one(connection, clip, Clip, mine if gone else and_(mine, _THERE))

    def clips_of_session(self, person_id: str, session_id: UUID) -> tuple[Clip, ...]:
        """Return the clips of a session."""
        return self._clips(and_(whose(clip, person_id, session_id=session_id), _THERE))

    def clips_of(self, person_id: str, exercise: str, sessions: Collection[UUID]) -> tuple[Clip, ...]:
        """Return the clips of an exercise in these sessions."""
        mine = whose(clip, person_id, exercise=exercise)
        return self._clips(and_(mine, clip.c.session_id.in_(list(sessions)), _THERE))

    def all_clips(self, person_id: str, *, gone: bool = False) -> tuple[Clip, ...]:
        """Return all clips of somebody; those that were taken away only when `gone`."""
        mine = clip.c.person_id == person_id
        return self._clips(mine if gone else and_(mine, _THERE))

    def clip_ids(self) -> frozenset[UUID]:
        """Return the ids of all clips of everybody, also of those that were taken away and are not erased yet."""
        with self._reading() as connection:
            return frozenset(connection.execute(select(clip.c.id)).scalars())

    def filmed_exercises(self, person_id: str) -> frozenset[str]:
        """Return the exercises that have clips."""
        query = select(clip.c.exercise).where(clip.c.person_id == person_id, _THERE).distinct()
        with self._reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def forget_clip(self, person_id: str, clip_id: UUID) -> bool:
        """Take a clip away for good; return whether it was there."""
        with self._writing_for(person_id) as connection:
            return remove(connection, clip, person_id, id=clip_id) > 0

    def gone_clips(self, person_id: str) -> tuple[Clip, ...]:
        """Return the clips of which something was taken away and is not erased yet."""
        return self._clips(and_(clip.c.person_id == person_id, clip.c.gone != ""))

    def seat_clip(self, person_id: str, clip_id: UUID, set_id: UUID) -> None:
        """Let a clip show another set."""
        with self._writing_for(person_id) as connection:
            _change(connection, person_id, clip_id, {"set_id": set_id})

    def unread_clips(self, person_id: str) -> int:
        """Return how many clips are still to be read, or being read."""
        mine = and_(clip.c.person_id == person_id, clip.c.gone == "")
        query = select(func.count()).where(mine, clip.c.state.in_(["waiting", "working"]))
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    # --- Reading them, one after another ---

    def claim_clip(self, person_id: str, *, now: datetime, stale_before: datetime) -> Clip | None:
        """Return the next clip to read and note that it is being read; None when there is none.

        One whose reading was last heard of before `stale_before` was cut short, and its turn comes again.
        Two programs on one database never get the same clip.
        """
        waits = and_(clip.c.state == "waiting", clip.c.video)
        stopped = and_(clip.c.state == "working", clip.c.touched_at < stale_before)
        mine = and_(clip.c.person_id == person_id, clip.c.gone == "", or_(waits, stopped))
        with self._writing_for(person_id) as connection:
            query = select(*columns_of(clip, Clip)).where(mine).order_by(clip.c.seq).limit(1)
            row = connection.execute(query).first()
            if row is None:
                return None
            found = value_of(Clip, row)
            values: dict[str, Any] = {
                "state": "working",
                "touched_at": now,
                "tries": found.tries + 1,
                "done": 0,
            }
            _change(connection, person_id, found.id, values)
            return one(connection, clip, Clip, whose(clip, person_id, id=found.id))

    def release_clip(self, person_id: str, clip_id: UUID) -> None:
        """Put a clip whose reading was stopped back among those that wait; the try does not count."""
        with self._writing_for(person_id) as connection:
            values = {"state": "waiting", "touched_at": None, "tries": clip.c.tries - 1}
            _change(connection, person_id, clip_id, values, clip.c.state == "working")

    def note_reading(self, person_id: str, clip_id: UUID, done: int, total: int, *, now: datetime) -> bool:
        """Note how far a clip is read; False when it was taken away, and need not be read any further."""
        with self._writing_for(person_id) as connection:
            values = {"done": done, "total": total, "touched_at": now}
            return _change(connection, person_id, clip_id, values, clip.c.gone == "")

    def end_reading(
        self, person_id: str, clip_id: UUID, *, report: SetReport | None, problem: str = ""
    ) -> bool:
        """Keep what was seen in a clip, or why it cannot be read; False when it was taken away meanwhile."""
        values = {
            "state": "done" if report is not None else "failed",
            "problem": problem,
            "report": report,
            "speed_loss": None if report is None else report.speed_loss,
        }
        with self._writing_for(person_id) as connection:
            return _change(connection, person_id, clip_id, values)

    # --- What is learned from them ---

    def effort_history(self, person_id: str, exercise: str) -> tuple[tuple[float, int, float], ...]:
        """Return (speed loss, reps, reps in reserve that were told) of every filmed work set of an exercise."""
        same = and_(set_log.c.person_id == clip.c.person_id, set_log.c.id == clip.c.set_id)
        told = and_(
            clip.c.speed_loss.is_not(None),
            set_log.c.reps.is_not(None),
            set_log.c.rir.is_not(None),
            set_log.c.kind == "work",
        )
        query = (
            select(clip.c.speed_loss, set_log.c.reps, set_log.c.rir)
            .join(set_log, same)
            .where(whose(clip, person_id, exercise=exercise), _THERE, told, set_log.c.exercise == exercise)
            .order_by(set_log.c.at, clip.c.seq)
        )
        with self._reading() as connection:
            return tuple((loss, reps, rir) for loss, reps, rir in connection.execute(query))

    def _clips(self, condition: ColumnElement[bool]) -> tuple[Clip, ...]:
        query = select(*columns_of(clip, Clip)).where(condition).order_by(clip.c.seq)
        with self._reading() as connection:
            return tuple(value_of(Clip, row) for row in connection.execute(query))


def _change(
    connection: Connection, person_id: str, clip_id: UUID, values: dict[str, Any], *more: ColumnElement[bool]
) -> bool:
    mine = and_(whose(clip, person_id, id=clip_id), *more)
    return connection.execute(update(clip).where(mine).values(values)).rowcount > 0
