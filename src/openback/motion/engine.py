"""The motion engine: frames of landmarks in, one at a time; phases, reps, faults and cues out.

A live camera, a file and a test all go through `SetWatcher`: a file is only a stream that is read faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan

from openback.model.exercise import Exercise
from openback.model.motion import (
    BodySide,
    CannotTell,
    Event,
    LandmarkFrame,
    Phase,
    SetReport,
    ViewChanged,
    ViewName,
)
from openback.motion.course import Course
from openback.motion.hold_course import HoldCourse
from openback.motion.measures import MEASURES, Reading
from openback.motion.observe import Observation, Observer
from openback.motion.recognise import Recogniser
from openback.motion.rep_course import RepCourse
from openback.motion.summary import cannot_tell
from openback.motion.template import hips_px, look
from openback.motion.tuning import EngineRules, engine_rules
from openback.motion.view import UNKNOWN_VIEW

Key = tuple[str, BodySide]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the clip.

    `others` are the exercises that it might be instead; `full_range` is the person's own range of the rep measure
    in its unit, from other sets; `history` has their logged sets of this exercise, oldest first:
    (speed loss, reps, told reps in reserve).
    """

    others: Mapping[str, Exercise] = field(default_factory=dict)
    full_range: float | None = None
    history: Sequence[tuple[float, float, float]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where in the set the last frame was.

    `share` is how far it went on the way to the peak, 1 at the person's own; NaN when that is not known. `held_s`
    is how long the pose has been held; NaN where nothing is held. `seen` is None before the first frame.
    """

    phase: Phase = "away"
    share: float = nan
    held_s: float = nan
    seen: Observation | None = None


class SetWatcher:
    """Watches one set of an exercise, frame by frame; without an exercise it only says what it may be."""

    def __init__(self, exercise: Exercise | None, *, known: Known | None = None) -> None:
        self.exercise = exercise
        self.known = known or Known()
        self.rules: EngineRules = engine_rules()
        self.readings: Mapping[Key, Reading] = {}
        self._frames = self._found = 0
        self._first_s = self._last_s = self._seen_s = nan
        self._view = UNKNOWN_VIEW
        self._course = _course_of(exercise, self.known, self.rules)
        self._observer = Observer(self._course.keys if self._course else ())
        self._recogniser = Recogniser(self.known.others)
        self._ended = False
        self._last: Observation | None = None

    @property
    def moment(self) -> Moment:
        """Where in the set the last frame was; for whoever draws it, now and then."""
        seen, course = self._last, self._course
        if seen is None or course is None:
            return Moment(seen=seen)
        phase = course.phase
        share = course.share(seen) if seen.found and seen.same_person else nan
        return Moment(phase=phase, share=share, held_s=course.held_s(seen.t_s), seen=seen)

    def push(self, frame: LandmarkFrame) -> tuple[Event, ...]:
        """Return what this frame says beyond those before it."""
        seen = self._last = self._observer.observe(frame)
        self.readings = seen.readings
        self._count(seen)
        events: list[Event] = []
        self._look(seen, events)
        course = self._course
        if course is None:
            self._recognise(seen, frame)
            return tuple(events)
        if seen.found and seen.same_person:
            self._recognise(seen, frame)
            course.push(seen, events)
        elif seen.t_s - self._seen_s > self.rules.reps.gap_s:
            course.leave(seen.t_s, events)
        course.tick(seen.t_s, events)
        return tuple(events)

    def _recognise(self, seen: Observation, frame: LandmarkFrame) -> None:
        """Hold the body against the figures, a few times a second."""
        gate = self._course.gate if self._course else None
        at_gate = gate is not None and gate.due(seen.t_s)
        if seen.body is None or not (at_gate or self._recogniser.due(seen.t_s)):
            return
        numbers, known = look(seen.body, frame, seen.view.name)
        if gate is not None and at_gate:
            gate.seen(seen.t_s, numbers, known, hips_px(frame))
        if self._recogniser.due(seen.t_s):
            self._recogniser.seen(seen.t_s, numbers, known)

    def _count(self, seen: Observation) -> None:
        self._frames += 1
        if self._frames == 1:
            self._first_s = seen.t_s
        self._last_s = seen.t_s
        if seen.found:
            self._found += 1
            self._seen_s = seen.t_s

    def _look(self, seen: Observation, events: list[Event]) -> None:
        if not seen.found:
            return
        if seen.view.name != self._view.name:
            events.append(
                ViewChanged(
                    t_s=seen.t_s, view=seen.view, cannot_tell=_hidden_from(self.exercise, seen.view.name)
                )
            )
        self._view = seen.view

    def finish(self) -> tuple[Event, ...]:
        """Return what the end of the clip still brings: a rep almost back, what was held back, a last cue."""
        events: list[Event] = []
        if not self._ended and self._course is not None:
            self._course.finish(self._last_s, self._view.name, events)
        self._ended = True
        return tuple(events)

    def report(self) -> SetReport:
        """Return what the set was, as far as it was seen; ends the set."""
        self.finish()
        duration_s = self._last_s - self._first_s if self._frames > 1 else 0.0
        report = SetReport(
            exercise=self.exercise.id if self.exercise else None,
            frames=self._frames,
            duration_s=duration_s,
            fps=(self._frames - 1) / duration_s if duration_s > 0 else 0.0,
            pose_found=self._found / self._frames if self._frames else 0.0,
            view=self._view,
            recognised=self._recogniser.guesses() if self.known.others else (),
            another=self._recogniser.another(self.exercise) if self.exercise else None,
        )
        return report if self._course is None else self._course.graded(report)


def _course_of(exercise: Exercise | None, known: Known, rules: EngineRules) -> Course | None:
    if exercise is None or exercise.rep is None:
        return None
    if exercise.kind == "hold":
        return HoldCourse(exercise, exercise.rep, rules)
    return RepCourse(exercise, exercise.rep, rules, full_range=known.full_range, history=known.history)


def _hidden_from(exercise: Exercise | None, view: ViewName) -> tuple[CannotTell, ...]:
    """Return the faults that cannot be told from a view at all."""
    if exercise is None or view == "unknown":
        return ()
    return tuple(
        cannot_tell(exercise, fault, "view", view)
        for fault in exercise.faults
        if fault.measure in MEASURES and view not in MEASURES[fault.measure].error
    )


def watch(
    exercise: Exercise | None, frames: Iterable[LandmarkFrame], *, known: Known | None = None
) -> SetReport:
    """Return the report of a whole clip."""
    watcher = SetWatcher(exercise, known=known)
    for frame in frames:
        watcher.push(frame)
    return watcher.report()
