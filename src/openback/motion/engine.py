"""The motion engine: frames of landmarks in, one at a time; phases, reps, faults and cues out.

A live camera, a file and a test all go through `SetWatcher`: a file is only a stream that is read faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan

from openback.model.exercise import Exercise
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import (
    BodySide,
    CannotTell,
    Event,
    FaultSeen,
    FaultTold,
    LandmarkFrame,
    MeasureSummary,
    Phase,
    PhaseBegan,
    RepDone,
    RepReport,
    SetReport,
    ViewChanged,
)
from openback.motion.counting import Counted, Counter, full_way
from openback.motion.cues import Speaker
from openback.motion.effort import reserve_of, speed_loss_of
from openback.motion.faults import TEMPO, Faults
from openback.motion.judge import Verdict
from openback.motion.measures import MEASURES, Reading
from openback.motion.observe import Observation, Observer
from openback.motion.summary import Running, cannot_tell, summary_of
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
        self._phase: Phase = "away"
        self._phase_s = nan
        self._counter: Counter | None = None
        self._faults = Faults(exercise, self.rules.faults) if exercise else None
        if exercise is not None and exercise.rep is not None:
            self._counter = Counter(exercise.rep, self.rules.reps, _share(exercise, self.known.full_range))
        self._speaker = (
            Speaker(self._faults.by_id, self.rules.cues, self.rules.faults) if self._faults else None
        )
        keys = (*(self._counter.keys if self._counter else ()), *(self._faults.keys if self._faults else ()))
        self._observer = Observer(keys)
        self._measures = {name: Running() for name, _ in keys}
        self._seen: list[FaultSeen] = []
        self._verdicts: dict[int, dict[str, Verdict]] = {}
        self._ended = False

    # --- frame by frame ------------------------------------------------------------------------------------

    def push(self, frame: LandmarkFrame) -> tuple[Event, ...]:
        """Return what this frame says beyond those before it."""
        seen = self._observer.observe(frame)
        self.readings = seen.readings
        self._count(seen)
        if self._counter is None or self._faults is None or self._speaker is None:
            self._view = seen.view
            return ()
        events: list[Event] = []
        self._look(seen, events)
        if seen.found and seen.same_person:
            self._follow(seen, self._counter, self._faults, events)
        elif seen.t_s - self._seen_s > self.rules.reps.gap_s:
            self._leave(seen.t_s, events)
        cue = self._speaker.tick(seen.t_s)
        if cue is not None:
            events.append(cue)
        return tuple(events)

    def finish(self) -> tuple[Event, ...]:
        """Return what the end of the clip still brings: a rep almost back, what was held back, a last cue."""
        if self._ended or self._counter is None or self._speaker is None:
            return ()
        self._ended = True
        events: list[Event] = []
        entry = self._counter.finish(self._view.name)
        if entry is not None:
            self._judge(entry)
        self._tell(self._last_s, events, last=True)
        cue = self._speaker.finish(self._last_s)
        if cue is not None:
            events.append(cue)
        return tuple(events)

    def _count(self, seen: Observation) -> None:
        self._frames += 1
        if self._frames == 1:
            self._first_s = seen.t_s
        self._last_s = seen.t_s
        if seen.found:
            self._found += 1
            self._seen_s = seen.t_s

    def _look(self, seen: Observation, events: list[Event]) -> None:
        if seen.found and seen.view.name != self._view.name:
            events.append(ViewChanged(t_s=seen.t_s, view=seen.view, cannot_tell=self._not_now(seen)))
        if seen.found:
            self._view = seen.view

    def _not_now(self, seen: Observation) -> tuple[CannotTell, ...]:
        """Return what cannot be told from this view at all."""
        assert self.exercise is not None  # noqa: S101 - only asked with one
        name = seen.view.name
        return tuple(
            cannot_tell(self.exercise, fault, "view", name)
            for fault in self.exercise.faults
            if fault.measure in MEASURES and name not in MEASURES[fault.measure].error
        )

    def _follow(self, seen: Observation, counter: Counter, faults: Faults, events: list[Event]) -> None:
        before = counter.stage if self._phase != "away" else "away"
        entry = counter.push(seen.t_s, seen.readings, seen.view.name)
        stage = counter.stage
        if stage == "lift" and before != "lift":
            faults.lift_begins(counter.leader)
        for fault in faults.push(seen.t_s, stage, seen.readings, counter.leader):
            if fault.severity == "danger":
                self._alarm(seen.t_s, fault, events)
        if stage in {"lift", "peak", "lower"}:
            self._sum_up(seen.readings)
        if entry is not None:
            self._judge(entry)
            self._tell(seen.t_s, events)
        self._begin(seen.t_s, stage, events)

    def _alarm(self, t_s: float, fault: FaultSeen, events: list[Event]) -> None:
        assert self._speaker is not None  # noqa: S101 - made with the faults
        events.append(FaultTold(t_s=t_s, fault=fault))
        cue = self._speaker.danger(t_s, fault.id)
        if cue is not None:
            events.append(cue)

    def _begin(self, t_s: float, stage: Phase, events: list[Event]) -> None:
        still = stage == "start" and self._phase in {"start", "rest"}
        if still and t_s - self._phase_s > self.rules.reps.rest_s:
            stage = "rest"
        if stage == self._phase or (stage == "start" and self._phase == "rest"):
            return
        self._phase, self._phase_s = stage, t_s
        events.append(PhaseBegan(t_s=t_s, phase=stage))

    def _leave(self, t_s: float, events: list[Event]) -> None:
        assert self._counter is not None and self._faults is not None  # noqa: S101, PT018 - made together
        if self._phase != "away":
            self._counter.away()
            self._faults.restart()
            self._phase, self._phase_s = "away", t_s
            events.append(PhaseBegan(t_s=t_s, phase="away"))

    def _sum_up(self, readings: Mapping[Key, Reading]) -> None:
        for (name, side), reading in readings.items():
            if not reading.why and side != "difference":
                self._measures[name].add(reading.value)

    # --- a visit ended ---------------------------------------------------------------------------------------

    def _judge(self, entry: Counted) -> None:
        assert self._faults is not None and self._counter is not None  # noqa: S101, PT018 - made together
        visit = entry.visit
        tempo = {
            "lift_s": visit.lift_s,
            "hold_s": visit.hold_s,
            "lower_s": visit.lower_s,
            "peak_speed_per_s": visit.speed_per_s / entry.size,
            "range_share": full_way(entry),
            "peak_s": visit.peak_s,
        }
        entry.verdicts = self._faults.rep_ends(entry.side, tempo)

    def _tell(self, t_s: float, events: list[Event], *, last: bool = False) -> None:
        """Tell the reps that are sure by now; the first one waits for a second when it is a short one."""
        assert self._counter is not None and self._speaker is not None  # noqa: S101, PT018 - made together
        counted = self._counter.counted
        lone = len(counted) == 1 and not last
        for entry in counted:
            waits = (
                not last and entry is counted[-1] and (not entry.whole or (lone and entry.visit.way < 0.6))
            )
            if entry.told or waits or not (entry.whole or entry.partial):
                continue
            entry.told = True
            if entry.whole:
                entry.number = 1 + sum(each.number is not None for each in counted)
            events.append(RepDone(t_s=t_s, rep=self._report(entry)))
            if entry.whole:
                events.extend(FaultTold(t_s=t_s, fault=fault) for fault in self._faults_of(entry))
                cue = self._speaker.rep(t_s, entry.verdicts)
                if cue is not None:
                    events.append(cue)

    def _faults_of(self, entry: Counted) -> list[FaultSeen]:
        assert self._faults is not None  # noqa: S101 - made together
        return [
            self._faults.seen(verdict, self._faults.by_id[name], entry.number)
            for name, verdict in entry.verdicts.items()
            if verdict.seen
        ]

    def _report(self, entry: Counted) -> RepReport:
        assert self._counter is not None  # noqa: S101 - only with visits
        visit = entry.visit
        return RepReport(
            n=entry.number,
            start_s=visit.start_s,
            peak_s=visit.peak_s,
            end_s=visit.end_s,
            range=visit.way * abs(self._counter.rule.peak - self._counter.rule.start),
            range_share=full_way(entry),
            lift_s=visit.lift_s,
            hold_s=visit.hold_s,
            lower_s=visit.lower_s,
            peak_speed_per_s=visit.speed_per_s / entry.size,
            side=entry.side,
            faults=tuple(name for name, verdict in entry.verdicts.items() if verdict.seen),
        )

    # --- the whole set -----------------------------------------------------------------------------------------

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
        )
        return report if self._counter is None else self._graded(report, self._counter)

    def _graded(self, report: SetReport, counter: Counter) -> SetReport:
        whole = sorted((each for each in counter.counted if each.whole), key=lambda each: each.visit.peak_s)
        for number, entry in enumerate(whole, 1):
            entry.number = number
        reps = tuple(self._report(entry) for entry in whole)
        partials = tuple(
            replace(self._report(entry), n=None, faults=()) for entry in counter.counted if entry.partial
        )
        loss = speed_loss_of([rep.peak_speed_per_s for rep in reps])
        return replace(
            report,
            reps=reps,
            partials=partials,
            faults=tuple(fault for entry in whole for fault in self._faults_of(entry)),
            cannot_tell=self._not_told(whole),
            measures=self._summaries(reps),
            speed_loss=loss,
            reserve=reserve_of(loss, len(reps), self.known.history),
        )

    def _not_told(self, whole: Sequence[Counted]) -> tuple[CannotTell, ...]:
        assert self.exercise is not None  # noqa: S101 - only asked with one
        untold = []
        for fault in self.exercise.faults:
            verdicts = [entry.verdicts[fault.id] for entry in whole if fault.id in entry.verdicts]
            told = [verdict for verdict in verdicts if verdict.told]
            if len(told) >= max(1, self.rules.faults.told * len(verdicts)) or any(v.seen for v in verdicts):
                continue
            whys = [verdict.why for verdict in verdicts if not verdict.told]
            why = max(set(whys), key=whys.count) if whys else ""
            untold.append(cannot_tell(self.exercise, fault, why, self._view.name))
        return tuple(untold)

    def _summaries(self, reps: Sequence[RepReport]) -> dict[str, MeasureSummary]:
        read = {name: running.summary(MEASURE_UNITS[name]) for name, running in self._measures.items()}
        tempo = ("lift_s", "hold_s", "lower_s", "peak_speed_per_s", "range_share")
        return read | {name: summary_of(name, [getattr(rep, name) for rep in reps]) for name in tempo}


def _share(exercise: Exercise, full_range: float | None) -> float | None:
    if full_range is None or exercise.rep is None:
        return None
    return full_range / abs(exercise.rep.peak - exercise.rep.start)


def watch(
    exercise: Exercise | None, frames: Iterable[LandmarkFrame], *, known: Known | None = None
) -> SetReport:
    """Return the report of a whole clip."""
    watcher = SetWatcher(exercise, known=known)
    for frame in frames:
        watcher.push(frame)
    return watcher.report()
