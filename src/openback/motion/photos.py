"""Two photos, the start and the end position: static measures and the faults that need no movement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite, nan

from openback.model.exercise import Exercise, Fault
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import BodySide, CannotTell, FaultSeen, LandmarkFrame, MeasureSummary, SetReport
from openback.motion.counting import sides_of, way_of
from openback.motion.faults import TEMPO, joined, seen_fault
from openback.motion.judge import Judge, Verdict
from openback.motion.measures import MEASURES, RISE, combined
from openback.motion.observe import Observation, Observer, wanted_sides
from openback.motion.summary import Running, cannot_tell
from openback.motion.trunk import risen_trunks
from openback.motion.tuning import engine_rules

Key = tuple[str, BodySide]
# A photo is shown to the engine for so long, in so many frames, and the next one comes so much later.
_FRAMES = 8
_STEP_S = 0.1
_APART_S = 60.0


def watch_photos(exercise: Exercise, start: LandmarkFrame, peak: LandmarkFrame) -> SetReport:
    """Return what two photos tell, whichever of them is the start: the rep measure says which.

    `at_s` of a fault is the photo that shows it, as they were given: 0 the first, 1 the second.
    """
    first, second = _looked_at(exercise, start, peak)
    turned = _turned(exercise, first, second)
    if turned:
        first, second = _looked_at(exercise, peak, start)
    side = _working_side(exercise, first, second)
    verdicts = {fault.id: _verdict(exercise, fault, first, second, side) for fault in exercise.faults}
    found = [seen for seen in (first, second) if seen.found]
    return SetReport(
        exercise=exercise.id,
        frames=2,
        duration_s=0.0,
        fps=0.0,
        pose_found=len(found) / 2,
        view=second.view,
        faults=tuple(_seen(exercise, verdicts, turned=turned)),
        cannot_tell=tuple(_untold(exercise, verdicts, second)),
        measures=_summaries(first, second),
    )


def _looked_at(
    exercise: Exercise, first: LandmarkFrame, second: LandmarkFrame
) -> tuple[Observation, Observation]:
    keys = [(fault.measure, fault.side) for fault in exercise.faults if fault.measure not in TEMPO]
    rep = exercise.rep
    observer = Observer([*keys, *((rep.measure, side) for side in sides_of(rep))] if rep else keys)
    seen = []
    for number, frame in enumerate((first, second)):
        shown = [replace(frame, t_s=number * _APART_S + step * _STEP_S) for step in range(_FRAMES)]
        seen.append([observer.observe(each) for each in shown][-1])
    return _from_rest(seen[0], seen[0]), _from_rest(seen[1], seen[0])


def _from_rest(seen: Observation, rest: Observation) -> Observation:
    """Return what was seen with the shoulders' rise from where they are in another photo."""
    if seen.body is None or rest.body is None:
        return seen
    height = MEASURES[RISE].function
    left, right = (risen_trunks(height(seen.body, side), height(rest.body, side)) for side in (0, 1))
    readings = dict(seen.readings)
    for key, reading in seen.readings.items():
        if key[0] == RISE:
            rise = combined(left, right, key[1])
            readings[key] = reading._replace(value=nan if reading.why else rise, guess=rise)
    return replace(seen, readings=readings)


def _turned(exercise: Exercise, first: Observation, second: Observation) -> bool:
    """Say whether the second photo is rather the start: the rep measure goes back from first to second."""
    steps = _steps(exercise, first, second)
    return bool(steps) and max(steps.values(), key=abs) < 0


def _steps(exercise: Exercise, first: Observation, second: Observation) -> Mapping[BodySide, float]:
    """Return how far along the way each side went from the first to the second photo."""
    rule = exercise.rep
    if rule is None:
        return {}
    steps = {
        side: way_of(rule, second.readings[rule.measure, side])
        - way_of(rule, first.readings[rule.measure, side])
        for side in sides_of(rule)
    }
    return {side: step for side, step in steps.items() if isfinite(step)}


def _working_side(exercise: Exercise, first: Observation, second: Observation) -> BodySide:
    steps = _steps(exercise, first, second)
    return max(steps, key=lambda side: steps[side], default="both")


def _verdict(
    exercise: Exercise, fault: Fault, first: Observation, second: Observation, side: BodySide
) -> Verdict:
    if fault.measure in TEMPO or fault.during in {"lift", "lower"}:
        return Verdict(told=False, why="photo")
    still = replace(fault, held_s=0.0)
    judges = tuple(
        Judge(still, each, engine_rules().faults) for each in wanted_sides(fault.measure, fault.side)
    )
    for judge in judges:
        _show(judge, exercise, first, second)
    return joined(still, judges, side)


def _show(judge: Judge, exercise: Exercise, first: Observation, second: Observation) -> None:
    before, after = first.readings[judge.key], second.readings[judge.key]
    judge.push(first.t_s, "start", before)
    if judge.fault.during in {"rep", "set"} and exercise.kind != "hold":
        judge.push(first.t_s, "lift", before)
    judge.push(second.t_s, "peak", after)


def _photo_of(fault: Fault, *, turned: bool) -> float:
    """Return which of the two photos given shows a fault: 0 the first, 1 the second."""
    return float((fault.during == "start") == turned)


def _seen(exercise: Exercise, verdicts: Mapping[str, Verdict], *, turned: bool) -> list[FaultSeen]:
    return [
        replace(seen_fault(fault, verdicts[fault.id]), at_s=_photo_of(fault, turned=turned))
        for fault in exercise.faults
        if verdicts[fault.id].seen
    ]


def _untold(exercise: Exercise, verdicts: Mapping[str, Verdict], seen: Observation) -> list[CannotTell]:
    return [
        cannot_tell(exercise, fault, verdicts[fault.id].why, seen.view.name)
        for fault in exercise.faults
        if not verdicts[fault.id].told
    ]


def _summaries(first: Observation, second: Observation) -> Mapping[str, MeasureSummary]:
    measures: dict[str, Running] = {}
    for seen in (first, second):
        for (name, side), reading in seen.readings.items():
            if side != "difference" and not reading.why:
                measures.setdefault(name, Running()).add(reading.value)
    return {name: running.summary(MEASURE_UNITS[name]) for name, running in measures.items()}
