"""The faults of an exercise, rep by rep: what the judges saw, what the tempo says, what cannot be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import hypot, isfinite, nan, sqrt
from statistics import median
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
        sd = self._tempo_sd(fault, tempo)
        if sd > self.rules.blurred * limit_of(fault):
            return Verdict(told=False, why="trembles", value=value, sd=sd, at_s=tempo.get("peak_s", nan))
        beyond = _beyond(fault, value)
        return Verdict(
            told=True,
            seen=beyond > sd,
            value=value,
            at_s=tempo.get("peak_s", nan),
            sure=beyond > self.rules.sure * sd,
            sd=sd,
        )

    def together(self, rounds: Sequence[Mapping[str, Verdict]]) -> list[Mapping[str, Verdict]]:
        """Return what each rep of a set said, with what only the reps together can say of the tempo."""
        told = [dict(verdicts) for verdicts in rounds]
        for name, fault in self.by_id.items():
            timed = [verdicts for verdicts in told if isfinite(verdicts.get(name, _NOTHING).sd)]
            if len(timed) < self.rules.few:
                continue
            # The error of a middle value is a quarter larger than that of a mean, and no rep astray moves it.
            sd = 1.25 * median(verdicts[name].sd for verdicts in timed) / sqrt(len(timed))
            seen = _beyond(fault, median(verdicts[name].value for verdicts in timed)) > sd
            if sd > self.rules.blurred * limit_of(fault):
                continue
            for verdicts in timed:
                own = verdicts[name]
                shown = own.seen or (seen and _beyond(fault, own.value) > 0)
                verdicts[name] = replace(own, told=True, why="", seen=shown)
        return list(told)

    def _tempo_sd(self, fault: Fault, tempo: Mapping[str, float]) -> float:
        """Return the error of a number of the whole rep, at the fault's limit.

        Levels are passed earlier or later by what the measure trembles over its speed: the slower the movement,
        the more. A hold lies between two of them.
        """
        rules, limit, trembling = self.rules, limit_of(fault), tempo.get("trembling", 0.0)
        if MEASURE_UNITS[fault.measure] != "s":
            times = rules.speed_trembling if fault.measure == "peak_speed_per_s" else 1.0
            return hypot(rules.share_sd, times * trembling * limit)
        if fault.measure != "hold_s":
            return hypot(rules.tempo_sd_s, rules.tempo_trembling * trembling * limit)
        around_s = hypot(*(tempo[name] for name in ("lift_s", "lower_s") if isfinite(tempo.get(name, nan))))
        return hypot(rules.tempo_sd_s, rules.hold_trembling * trembling * around_s)


_NOTHING: Final = Verdict(told=False)


def _beyond(fault: Fault, value: float) -> float:
    return value - limit_of(fault) if fault.above is not None else limit_of(fault) - value


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
