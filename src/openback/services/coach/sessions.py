"""Coach sessions: one watched set each, kept for a while when its connection is lost, and never too many."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from typing import Final, Literal

from openback.errors import BadCoachFrame, CoachIsFull, CoachIsOver
from openback.model.exercise import Exercise
from openback.model.motion import Event, LandmarkFrame, RepDone
from openback.motion.engine import Known, SetWatcher
from openback.services.app import App
from openback.services.clip_json import number, view_json
from openback.services.clip_words import unit_of
from openback.services.clips import exercise_to_grade, gradable
from openback.services.coach.answers import Doc, event_json, exercise_json, set_json
from openback.services.coach.frames import CoachFrame, decoded
from openback.services.coach.framing import FramingWatch
from openback.services.coach.limits import LIMITS, Limits

VERSION: Final = 1
WorkingSide = Literal["left", "right", "both"]


class CoachSession:
    """One watched set. It holds no frames, so that it stays small however long the set is.

    `reps` and `partials` are those told so far. `dropped` and `refused` are frames that came while another was
    worked on, and those that were none. `generation` rises with each connection that takes the session over.
    """

    def __init__(self, exercise: Exercise, known: Known, limits: Limits = LIMITS) -> None:
        self.token = secrets.token_urlsafe(16)
        self.exercise = exercise
        self.generation = 0
        self.lost_s = nan
        self.dropped = self.refused = 0
        self._known = known
        self._limits = limits
        self._unit = unit_of(exercise)
        self._arrived_s = nan
        self._bad_in_a_row = 0
        self.start()

    def start(self) -> None:
        """Begin to count from now on, and forget what was before."""
        self._watcher = SetWatcher(self.exercise, known=self._known)
        self._framing = FramingWatch(self.exercise)
        self._frames = 0
        self.reps = self.partials = 0
        self.over = False

    @property
    def begun(self) -> bool:
        """Whether it has seen a frame."""
        return self._frames > 0

    @property
    def hopeless(self) -> bool:
        """Whether too many frames in a row were none."""
        return self._bad_in_a_row >= self._limits.bad_frames

    def arrived(self, data: bytes) -> CoachFrame | None:
        """Return the frame that arrived; None for one that is none, which has no other effect."""
        try:
            got = decoded(data, after_s=self._arrived_s)
        except BadCoachFrame:
            self.refused += 1
            self._bad_in_a_row += 1
            return None
        self._bad_in_a_row = 0
        self._arrived_s = got.frame.t_s
        return got

    def push(self, frame: LandmarkFrame) -> Sequence[Event]:
        """Return what a frame says. After the set's end, and beyond the most frames of a set, it says nothing."""
        self._framing.passed(frame.t_s)
        if self.over or self._frames >= self._limits.frames:
            return ()
        self._frames += 1
        return self._counted(self._watcher.push(frame))

    def _counted(self, events: Sequence[Event]) -> Sequence[Event]:
        for event in events:
            if isinstance(event, RepDone):
                self.reps = self.reps if event.rep.n is None else event.rep.n
                self.partials += event.rep.n is None
        return events

    def plain_events(self, events: Sequence[Event]) -> list[Doc]:
        """Return events as plain data."""
        return [event_json(event, self._unit) for event in events]

    def state(self) -> Doc:
        """Return where in the set it is, as plain data."""
        moment = self._watcher.moment
        seen = moment.seen
        return {
            "phase": moment.phase,
            "reps": self.reps,
            "partials": self.partials,
            "share": round(min(max(moment.share, 0.0), 1.0), 3) if isfinite(moment.share) else None,
            "held_s": number(moment.held_s),
            "view": {"name": "unknown", "yaw_deg": None} if seen is None else view_json(seen.view),
            "framing": list(self._framing.problems(moment)),
        }

    def stop(self) -> tuple[Sequence[Event], Doc]:
        """End the set; return what its end brings, and the report with what it fills in."""
        events = () if self.over else self._counted(self._watcher.finish())
        self.over = True
        return events, set_json(self._watcher.report(), self.exercise)

    def ready(self, *, resumed: bool) -> Doc:
        """Return the answer to a hello."""
        return {
            "type": "ready",
            "version": VERSION,
            "coach": self.token,
            "resumed": resumed,
            "reps": self.reps,
            **exercise_json(self.exercise),
        }


@dataclass(slots=True)
class Coaching:
    """All coach sessions of one server. Not for use from more than one thread, but for `made`."""

    app: App
    limits: Limits = LIMITS
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[str, CoachSession] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._sessions)

    def made(self, exercise_id: str) -> CoachSession:
        """Return a new session, not yet among the others; asks the database.

        Raises UnknownExercise and NoCameraRules.
        """
        app = self.app
        exercise = exercise_to_grade(app.catalogue, exercise_id)
        history = app.store.effort_history(app.person_id, exercise.id)
        return CoachSession(exercise, Known(others=gradable(app.catalogue), history=history), self.limits)

    def admit(self, session: CoachSession) -> None:
        """Take a new session in. Raises CoachIsFull."""
        self.check_room()
        self._sessions[session.token] = session

    def check_room(self) -> None:
        """Raise CoachIsFull when no session more is taken in."""
        self._sweep()
        if len(self._sessions) < self.limits.sets:
            return
        # Whoever only says hello and goes must not keep others out.
        idle = next((one for one in self._sessions.values() if isfinite(one.lost_s) and not one.begun), None)
        if idle is None:
            raise CoachIsFull(self.limits.sets)
        del self._sessions[idle.token]

    def resumed(self, token: str, exercise_id: str) -> CoachSession:
        """Return the session that a token is of; a connection that still has it loses it. Raises CoachIsOver."""
        self._sweep()
        found = None
        for own, session in self._sessions.items():
            # Every token is compared in full, so that the time taken tells nothing about any of them.
            if secrets.compare_digest(own.encode(), token.encode()) and session.exercise.id == exercise_id:
                found = session
        if found is None:
            raise CoachIsOver(self.limits.kept_s)
        found.generation += 1
        found.lost_s = nan
        return found

    def lost(self, session: CoachSession, generation: int) -> None:
        """Keep a session for a while after its connection ended; not when another connection has it by now."""
        if session.generation == generation:
            session.lost_s = self.clock()

    def _sweep(self) -> None:
        before_s = self.clock() - self.limits.kept_s
        self._sessions = {token: one for token, one in self._sessions.items() if not one.lost_s < before_s}
