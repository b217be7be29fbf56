"""What counting reps and timing holds have in common: phases, faults, cues, and the sums of a set."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from math import nan

from openback.model.exercise import Exercise
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import (
    BodySide,
    CannotTell,
    Cue,
    Event,
    FaultSeen,
    FaultTold,
    MeasureSummary,
    Phase,
    PhaseBegan,
    SetReport,
    ViewName,
)
from openback.motion.cues import Speaker
from openback.motion.faults import Faults, seen_fault
from openback.motion.gate import Gate
from openback.motion.judge import Verdict
from openback.motion.measures import Reading
from openback.motion.observe import Observation
from openback.motion.summary import Running, cannot_tell
from openback.motion.tuning import EngineRules

Key = tuple[str, BodySide]
MOVING = frozenset(("lift", "peak", "lower"))


class Course(ABC):
    """The course of one set: reps or holds, with their faults."""

    def __init__(self, exercise: Exercise, rules: EngineRules, keys: Sequence[Key]) -> None:
        self.exercise = exercise
        self.rules = rules
        self.phase: Phase = "away"
        self.faults = Faults(exercise, rules.faults)
        self.speaker = Speaker(self.faults.by_id, rules.cues, rules.faults)
        self.keys: tuple[Key, ...] = (*keys, *self.faults.keys)
        self.gate = Gate(exercise, rules.gate)
        self._phase_s = nan
        self._measures = {name: Running() for name, _ in self.keys}

    @abstractmethod
    def push(self, seen: Observation, events: list[Event]) -> None:
        """Take in a moment of the person, and add what it says."""

    @abstractmethod
    def forget(self) -> None:
        """Drop what is under way: the person is not in the set."""

    @abstractmethod
    def finish(self, t_s: float, view: ViewName, events: list[Event]) -> None:
        """Add what the end of the clip brings."""

    @abstractmethod
    def graded(self, report: SetReport) -> SetReport:
        """Return the report with what this set was."""

    @abstractmethod
    def share(self, seen: Observation) -> float:
        """Return how far a moment is on the way to the peak, 1 at the person's own; NaN when not known."""

    def held_s(self, t_s: float) -> float:
        """Return how long the pose has been held by now; NaN where nothing is held."""
        del t_s
        return nan

    # --- for all of them ---------------------------------------------------------------------------------

    def leave(self, t_s: float, events: list[Event]) -> None:
        """Take the person to be away."""
        if self.phase != "away":
            self.forget()
            self.faults.restart()
            self.began(t_s, "away", events)

    def tick(self, t_s: float, events: list[Event]) -> None:
        """Say what waited for its turn."""
        self.said(self.speaker.tick(t_s), events)

    def began(self, t_s: float, phase: Phase, events: list[Event]) -> None:
        """Tell of a phase when it is a new one; a start without movement becomes a rest."""
        still = phase == "start" and self.phase in {"start", "rest"}
        if still and t_s - self._phase_s > self.rules.reps.rest_s:
            phase = "rest"
        if phase == self.phase or (phase == "start" and self.phase == "rest"):
            return
        self.phase, self._phase_s = phase, t_s
        events.append(PhaseBegan(t_s=t_s, phase=phase))

    def said(self, cue: Cue | None, events: list[Event]) -> None:
        """Add a cue, if there is one."""
        if cue is not None:
            events.append(cue)

    def alarm(self, t_s: float, fault: FaultSeen, events: list[Event]) -> None:
        """Tell of a fault at once, and say it as soon as the voice is free."""
        events.append(FaultTold(t_s=t_s, fault=fault))
        self.said(self.speaker.danger(t_s, fault.id), events)

    def sum_up(self, readings: Mapping[Key, Reading]) -> None:
        """Take readings of the moving part into the sums."""
        for (name, side), reading in readings.items():
            if not reading.why and side != "difference":
                self._measures[name].add(reading.value)

    def summaries(self) -> dict[str, MeasureSummary]:
        """Return what each measure did."""
        return {name: running.summary(MEASURE_UNITS[name]) for name, running in self._measures.items()}

    def faults_of(self, verdicts: Mapping[str, Verdict], rep: int | None) -> tuple[FaultSeen, ...]:
        """Return the faults that these verdicts are of."""
        return tuple(
            seen_fault(self.faults.by_id[name], verdict, rep)
            for name, verdict in verdicts.items()
            if verdict.seen
        )

    def untold(self, rounds: Sequence[Mapping[str, Verdict]], view: ViewName) -> tuple[CannotTell, ...]:
        """Return the faults that could not be told in most of the reps or holds, with the usual reason."""
        found = []
        for name, fault in self.faults.by_id.items():
            verdicts = [verdicts[name] for verdicts in rounds if name in verdicts]
            told = sum(verdict.told for verdict in verdicts)
            if told >= max(1.0, self.rules.faults.told * len(verdicts)) or any(v.seen for v in verdicts):
                continue
            whys = [verdict.why for verdict in verdicts if not verdict.told]
            why = max(set(whys), key=whys.count) if whys else ""
            found.append(cannot_tell(self.exercise, fault, why, view))
        return tuple(found)
