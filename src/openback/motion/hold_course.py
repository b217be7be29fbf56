"""A pose that is held: timed, and watched for its faults while it is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openback.model.exercise import Exercise, RepRule
from openback.model.motion import (
    BodySide,
    Event,
    FaultSeen,
    FaultTold,
    HoldDone,
    HoldReport,
    SetReport,
    ViewName,
)
from openback.motion.counting import sides_of, way_of
from openback.motion.course import Course, Key
from openback.motion.holds import Held, Holds
from openback.motion.judge import Verdict
from openback.motion.measures import Reading
from openback.motion.observe import Observation
from openback.motion.tuning import EngineRules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A hold that was long enough to tell of."""

    report: HoldReport
    verdicts: Mapping[str, Verdict]


class HoldCourse(Course):
    """Holds of an exercise whose file says what being in the pose is."""

    def __init__(self, exercise: Exercise, rule: RepRule, rules: EngineRules) -> None:
        self._rule = rule
        self._tracks = {side: Holds(rules.holds) for side in sides_of(rule)}
        self._ways = dict.fromkeys(self._tracks, 0.0)
        self._told: list[_Told] = []
        self._waiting: list[tuple[float, Mapping[Key, Reading]]] = []
        super().__init__(exercise, rules, [(rule.measure, side) for side in self._tracks])

    @property
    def _leader(self) -> BodySide:
        held = [side for side, track in self._tracks.items() if track.stage == "peak"]
        return held[0] if held else max(self._ways, key=lambda side: self._ways[side])

    def push(self, seen: Observation, events: list[Event]) -> None:
        """Take in a moment of the person, and add what it says."""
        t_s, ended = seen.t_s, None
        leader = self._leader
        for side, track in self._tracks.items():
            way = way_of(self._rule, seen.readings[self._rule.measure, side])
            if self.gate.far > self.rules.gate.limit:
                way = -1.0  # in another posture altogether
            self._ways[side] = way if way == way else -1.0  # noqa: PLR0124 - NaN: not seen
            held = track.push(t_s, way)
            ended = (held, side) if held is not None and (ended is None or side == leader) else ended
        leader = self._leader
        stage = self._tracks[leader].stage
        for fault in self._seen(t_s, seen.readings, leader):
            self._speak(t_s, fault, events)
        if ended is not None:
            self._end(t_s, *ended, events)
        self.began(t_s, stage, events)

    def _seen(self, t_s: float, readings: Mapping[Key, Reading], leader: BodySide) -> list[FaultSeen]:
        """Return the faults that the pose shows by now; the way out of it is no part of it."""
        track, waiting = self._tracks[leader], self._waiting
        if track.stage != "peak":
            waiting.clear()
            return self.faults.push(t_s, track.stage, readings, leader)
        waiting.append((t_s, readings))
        if track.yielding and t_s - waiting[0][0] < self.rules.holds.yields_s:
            return []
        found = []
        for at_s, then in waiting:
            found += self.faults.push(at_s, "peak", then, leader)
            self.sum_up(then)
        waiting.clear()
        return found

    def _speak(self, t_s: float, fault: FaultSeen, events: list[Event]) -> None:
        """There is no second rep to wait for: what a hold shows for long enough is said."""
        if fault.severity == "polish":
            return
        self.alarm(t_s, fault, events)

    def forget(self) -> None:
        """Drop the hold under way."""
        for track in self._tracks.values():
            track.restart()
        self._waiting.clear()

    def share(self, seen: Observation) -> float:
        """Return how far a moment of the leading side is on its way into the pose."""
        return way_of(self._rule, seen.readings[self._rule.measure, self._leader])

    def held_s(self, t_s: float) -> float:
        """Return how long the leading side has been in the pose by now; 0 out of it."""
        return self._tracks[self._leader].held_s(t_s)

    def finish(self, t_s: float, view: ViewName, events: list[Event]) -> None:
        """Add the hold that the end of the clip cut short, and a last cue."""
        del view
        leader = self._leader
        held = self._tracks[leader].finish()
        if held is not None:
            self._end(t_s, held, leader, events)
        last = self._told[-1].verdicts if self._told else {}
        self.said(self.speaker.finish(t_s, last), events)

    def _end(self, t_s: float, held: Held, side: BodySide, events: list[Event]) -> None:
        verdicts = self.faults.rep_ends(side, {"hold_s": held.end_s - held.start_s, "peak_s": held.end_s})
        self._ways = dict.fromkeys(self._tracks, 0.0)
        if held.end_s - held.start_s < self._rule.min_s:
            return
        names = tuple(name for name, verdict in verdicts.items() if verdict.seen)
        told = _Told(
            report=HoldReport(start_s=held.start_s, end_s=held.end_s, side=side, faults=names),
            verdicts=verdicts,
        )
        self._told.append(told)
        events.append(HoldDone(t_s=t_s, hold=told.report))
        events.extend(
            FaultTold(t_s=t_s, fault=fault)
            for fault in self.faults_of(verdicts, None)
            if fault.severity == "polish" or not self.faults.shows_at_once(fault.id)
        )

    def graded(self, report: SetReport) -> SetReport:
        """Return the report with holds and faults."""
        if report.another is not None:
            return report  # it is said so, not graded
        rounds = [told.verdicts for told in self._told]
        return replace(
            report,
            holds=tuple(told.report for told in self._told),
            faults=tuple(fault for verdicts in rounds for fault in self.faults_of(verdicts, None)),
            cannot_tell=self.untold(rounds, report.view.name),
            measures=self.summaries(),
        )
