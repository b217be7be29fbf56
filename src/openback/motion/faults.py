"""The faults of an exercise, rep by rep: what the judges saw, what the tempo says, what cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isfinite, nan
from typing import Final

from openback.model.exercise import Exercise, Fault
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import BodySide, FaultSeen, Phase
from openback.motion.judge import Judge, Verdict, limit_of
from openback.motion.measures import MEASURES, Reading
from openback.motion.observe import wanted_sides
from openback.motion.tuning import FaultRules

Key = tuple[str, BodySide]
# Measures of a whole rep or set, which no single frame shows.
TEMPO: Final = frozenset(("lift_s", "hold_s", "lower_s", "peak_speed_per_s", "speed_loss", "range_share"))


class Faults:
    """All faults of one exercise through a set."""

    def __init__(self, exercise: Exercise, rules: FaultRules) -> None:
        self.exercise = exercise
        self.rules = rules
        self.by_id: Mapping[str, Fault] = {fault.id: fault for fault in exercise.faults}
        self._judges = {
            fault.id: tuple(Judge(fault, side, rules) for side in wanted_sides(fault.measure, fault.side))
            for fault in exercise.faults
            if fault.measure in MEASURES
        }
        self._all = tuple(judge for judges in self._judges.values() for judge in judges)
        self._starts: dict[str, Verdict] = {}

    @property
    def keys(self) -> tuple[Key, ...]:
        """What has to be read."""
        return tuple(dict.fromkeys(judge.key for judge in self._all))

    def push(
        self, t_s: float, phase: Phase, readings: Mapping[Key, Reading], side: BodySide
    ) -> list[FaultSeen]:
        """Return the faults that this moment shows for the first time in this rep; `side` is the working one."""
        just = [judge for judge in self._all if judge.push(t_s, phase, readings[judge.key])]
        return [seen_fault(judge.fault, judge.verdict()) for judge in just if _speaks(judge, side)]

    def shows_at_once(self, fault_id: str) -> bool:
        """Return whether a single moment can show a fault."""
        return any(judge.at_once for judge in self._judges.get(fault_id, ()))

    def lift_begins(self, side: BodySide) -> None:
        """Keep what the start said, before the next start is read."""
        for name, judges in self._judges.items():
            if self.by_id[name].during == "start":
                self._starts[name] = joined(self.by_id[name], judges, side)
                for judge in judges:
                    judge.restart()

    def rep_ends(self, side: BodySide, tempo: Mapping[str, float]) -> dict[str, Verdict]:
        """Return what a rep said of each fault, those of the whole set left out, and begin the next."""
        verdicts = {}
        for name, fault in self.by_id.items():
            if fault.during == "set":
                continue
            if fault.measure in TEMPO:
                verdicts[name] = self._of_tempo(fault, tempo)
            elif fault.during == "start":
                verdicts[name] = self._starts.pop(name, Verdict(told=False, why="start not seen"))
            else:
                verdicts[name] = joined(fault, self._judges[name], side)
        self.restart()
        return verdicts

    def restart(self) -> None:
        """Forget the rep under way."""
        for judge in self._all:
            if judge.fault.during not in {"set", "start"}:
                judge.restart()

    def set_ends(self, side: BodySide, tempo: Mapping[str, float]) -> dict[str, Verdict]:
        """Return what the whole set said of the faults that are about it."""
        return {
            name: self._of_tempo(fault, tempo)
            if fault.measure in TEMPO
            else joined(fault, self._judges[name], side)
            for name, fault in self.by_id.items()
            if fault.during == "set"
        }

    def _of_tempo(self, fault: Fault, tempo: Mapping[str, float]) -> Verdict:
        value = tempo.get(fault.measure, nan)
        if not isfinite(value):
            return Verdict(told=False, why="no tempo")
        if tempo.get("trembling", 0.0) > self._steady_for(fault.measure):
            return Verdict(told=False, why="trembles")
        sd = self.rules.tempo_sd_s if MEASURE_UNITS[fault.measure] == "s" else self.rules.share_sd
        beyond = value - limit_of(fault) if fault.above is not None else limit_of(fault) - value
        return Verdict(
            told=True,
            seen=beyond > sd,
            value=value,
            at_s=tempo.get("peak_s", nan),
            sure=beyond > self.rules.sure * sd,
        )

    def _steady_for(self, measure: str) -> float:
        """Return how much a rep measure may tremble, in shares of the rep's way, for a tempo to be told from it."""
        if MEASURE_UNITS[measure] != "s":
            return inf
        return self.rules.steady_hold if measure == "hold_s" else self.rules.steady


def seen_fault(fault: Fault, verdict: Verdict, rep: int | None = None) -> FaultSeen:
    """Return a verdict as it is reported."""
    return FaultSeen(
        id=fault.id,
        severity=fault.severity,
        rep=rep,
        at_s=verdict.at_s,
        value=verdict.value,
        limit=limit_of(fault),
        unit=MEASURE_UNITS[fault.measure],
        cue=fault.cue,
        side=verdict.side,
    )


def _speaks(judge: Judge, side: BodySide) -> bool:
    return judge.fault.side != "working" or side in {"both", judge.key[1]}


def joined(fault: Fault, judges: tuple[Judge, ...], side: BodySide) -> Verdict:
    """Return one verdict from those of the sides: that of the working one, or the worse of both."""
    verdicts = [judge.verdict() for judge in judges if _speaks(judge, side)]
    told = [verdict for verdict in verdicts if verdict.told]
    if not told:
        return next((verdict for verdict in verdicts if verdict.why), verdicts[0])
    sign = 1 if fault.above is not None else -1
    return max(told, key=lambda verdict: (verdict.seen, sign * verdict.value))
