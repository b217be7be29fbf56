"""Sets of a file put together to sessions, under ids that come out the same every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final
from uuid import UUID, uuid5

from openback.interop.cells import possible
from openback.interop.dates import When
from openback.model.history import HistoryFormat, HistorySession, HistorySet
from openback.model.log import SessionLog, SetKind, SetLog

_NAMESPACE: Final = UUID("6f2f1c1e-7d0b-5b52-9a39-0f6a4f2c8a11")
# Project default: a session that lasted longer is a timer that was left running, so its end is unknown.
MAX_SESSION_S: Final = 12 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One set as the file tells it. `load` is the number that stands there, in the file's own unit.

    `unit_written` says whether the file itself gives that unit. Either `ended` or `duration_s` may be known.
    """

    line: int
    when: When
    name: str
    kind: SetKind
    load: float | None
    load_kg: float | None
    unit_written: bool
    reps: int | None
    hold_s: float | None
    rir: float | None = None
    note: str = ""
    superset: str = ""
    title: str = ""
    session_note: str = ""
    ended: When | None = None
    duration_s: float | None = None
    at: When | None = None  # the instant of the set itself, where the file has it
    odd_kind: bool = False  # the file calls the kind of set by a word that is not known
    session_key: str = ""  # when the file names its sessions; else the start tells them apart


@dataclass(slots=True)
class _Session:
    id: UUID
    line: int
    started_at: datetime
    title: str
    ended_at: datetime | None
    notes: list[str]
    exercise_notes: dict[str, str] = field(default_factory=dict)
    sets: int = 0


@dataclass(slots=True)
class Collector:
    """Takes sets one by one; `sessions` and `sets` give them back in the order of the file."""

    app: HistoryFormat
    zone: tzinfo | None
    sets: list[HistorySet] = field(default_factory=list)
    long_sessions: list[int] = field(default_factory=list)
    _open: dict[str, _Session] = field(default_factory=dict)
    _alike: Counter[str] = field(default_factory=Counter)

    def add(self, done: Done) -> None:
        """Keep a set. Raises BadRow for one that nobody can have done."""
        possible(load_kg=done.load_kg, reps=done.reps, hold_s=done.hold_s)
        key = done.session_key or _written(done.when)
        session = self._open.get(key) or self._begin(key, done)
        if done.session_note and done.session_note not in session.notes:
            session.notes.append(done.session_note)
        self.sets.append(
            HistorySet(line=done.line, log=self._log(done, session, key), superset=done.superset)
        )
        session.sets += 1

    def remark(self, when: When, text: str) -> None:
        """Keep a note that stands in a row of its own with the session it belongs to."""
        session = self._open.get(_written(when))
        if session and text and text not in session.notes:
            session.notes.append(text)

    @property
    def sessions(self) -> tuple[HistorySession, ...]:
        """The sessions that have a set."""
        return tuple(
            HistorySession(
                line=s.line,
                log=SessionLog(
                    id=s.id,
                    started_at=s.started_at,
                    ended_at=s.ended_at,
                    title=s.title,
                    note="\n".join(s.notes),
                    source=self.app,
                ),
            )
            for s in self._open.values()
        )

    def _begin(self, key: str, done: Done) -> _Session:
        started_at = done.when.utc(self.zone)
        session = self._open[key] = _Session(
            id=uuid5(_NAMESPACE, f"{self.app}|{key}"),
            line=done.line,
            started_at=started_at,
            title=done.title,
            ended_at=self._end(done, started_at),
            notes=[],
        )
        return session

    def _end(self, done: Done, started_at: datetime) -> datetime | None:
        """Return when the session ended, None when the file does not say or cannot mean it."""
        if done.when.day_only:
            return None
        ended_at = done.ended.utc(self.zone) if done.ended else None
        if ended_at is None and done.duration_s:
            ended_at = started_at + timedelta(seconds=min(done.duration_s, MAX_SESSION_S + 1))
        if ended_at is None or ended_at <= started_at:
            return None
        if (ended_at - started_at).total_seconds() > MAX_SESSION_S:
            self.long_sessions.append(done.line)
            return None
        return ended_at

    def _log(self, done: Done, session: _Session, key: str) -> SetLog:
        return SetLog(
            id=self._id(done, key),
            session_id=session.id,
            exercise=done.name,
            # Most apps give no time to a set: a second apart keeps them in order.
            at=done.at.utc(self.zone) if done.at else session.started_at + timedelta(seconds=session.sets),
            kind=done.kind,
            load_kg=done.load_kg,
            reps=done.reps,
            hold_s=done.hold_s,
            rir=done.rir,
            note=self._note(done, session),
        )

    def _note(self, done: Done, session: _Session) -> str:
        """Return the set's note; Hevy repeats the exercise's note on every set, once is enough."""
        if self.app != "hevy":
            return done.note
        repeated = session.exercise_notes.get(done.name) == done.note
        session.exercise_notes[done.name] = done.note
        return "" if repeated else done.note

    def _id(self, done: Done, key: str) -> UUID:
        """Return the same id for the same set of the same app, also in a later export.

        It comes from what was done and when, never from the place in the file or the session's title,
        so rows may be added around it. Equal sets of one exercise are counted. Where the file gives
        the unit the load counts in kg, coarsely, so that an export in the other unit is the same set.
        """
        load = done.load if done.load is None or not done.unit_written else int((done.load_kg or 0) + 0.3)
        same = f"{self.app}|{key}|{done.name.casefold()}|{load}|{done.reps}|{done.hold_s}"
        self._alike[same] += 1
        return uuid5(_NAMESPACE, f"{same}|{self._alike[same]}")


def _written(when: When) -> str:
    """Return an instant as text that does not depend on this machine's zone."""
    return when.written.date().isoformat() if when.day_only else when.written.isoformat()


def listed(lines: Sequence[int], most: int = 5) -> str:
    """Return line numbers for a sentence: `line 3`, `lines 3, 9 and 12`, `lines 3, 4, 5, 6, 7 and 12 more`."""
    first = [str(line) for line in lines[:most]]
    if len(lines) == 1:
        return f"line {first[0]}"
    if len(lines) > most:
        return f"lines {', '.join(first)} and {len(lines) - most} more"
    return f"lines {', '.join(first[:-1])} and {first[-1]}"
