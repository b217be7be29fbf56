"""How strong a fault truly is: the file's own statistic on points without errors, and how to show it as strong as asked.

"1.5 times its limit" has no meaning for a limit of 0 or one to stay above. So strength is told from the clean
movement of the same figure: `beyond` times the way from its value to the limit. 1 is just at the limit, 1.5 is half
of that way beyond it. Where clean movement is at 0 and the limit is above it, that is 1.5 times the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import isfinite, nan
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from openback.model.exercise import Exercise, Fault, RepRule
from openback.model.motion import BodySide, Floats
from openback.motion.measures import MEASURES, exact
from openback.motion.skeleton.kinematics import body
from openback.motion.synthesis.set_motion import (
    STILL,
    Course,
    Doing,
    Shown,
    angles_of,
    course_of,
    posed,
    range_of,
    tempo_of,
)

# A figure's fault is shown at most so many times as strongly as its file says.
STRONGEST: Final = 4.0
_RATE_HZ: Final = 15.0
# Start and peak are so near the ends of a rep's way.
_ZONE: Final = 0.15
_STEPS: Final = 12
_TEMPO: Final = frozenset({"lift_s", "hold_s", "lower_s", "peak_speed_per_s", "speed_loss", "range_share"})
# The fastest of a minimum-jerk way, in ways over its time.
_PEAK_OF_JERK: Final = 1.875


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How to show a fault: `strength` for `Shown`, and the true values of clean, wanted and shown movement.

    `reached` is False where no strength shows as much as wanted.
    """

    strength: float
    clean: float
    wanted: float
    value: float

    @property
    def reached(self) -> bool:
        """Whether the fault is there as strongly as wanted."""
        span = abs(self.wanted - self.clean)
        return isfinite(self.value) and abs(self.value - self.wanted) <= 0.1 * span


def limit_of(fault: Fault) -> float:
    """Return the fault's limit."""
    limit = fault.above if fault.above is not None else fault.below
    return nan if limit is None else limit


def strength_for(exercise: Exercise, fault: Fault, beyond: float = 1.5) -> Strength:
    """Return how strongly to show a fault so that its true statistic is `beyond` times as far as its limit."""
    value_at = partial(true_value, exercise, fault)
    clean = value_at(0.0)
    wanted = clean + beyond * (limit_of(fault) - clean)
    sign = 1.0 if fault.above is not None else -1.0

    def short_of(strength: float) -> bool:
        value = value_at(strength)
        return not isfinite(value) or sign * (value - wanted) < 0

    low, high = 0.0, 1.0
    while short_of(high) and high < STRONGEST:
        low, high = high, min(2 * high, STRONGEST)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if short_of(middle) else (low, middle)
    return Strength(strength=high, clean=clean, wanted=wanted, value=value_at(high))


def true_value(exercise: Exercise, fault: Fault, strength: float) -> float:
    """Return the fault's statistic of the figure's own rep with the fault shown so strongly."""
    shown = Shown(fault=fault, strength=strength)
    rng = np.random.default_rng(0)
    tempo, reach = tempo_of(exercise, shown), range_of(shown)
    course = course_of(Doing(tempo=tempo, reach=reach), _RATE_HZ, STILL, rng)
    if fault.measure in _TEMPO:
        return _tempo_value(fault, course, reach)
    angles = angles_of(exercise, course, STILL, rng, shown)
    points = posed(exercise, body("female"), angles).landmarks_m
    return statistic(exercise, fault, course, points, points[0])


def _tempo_value(fault: Fault, course: Course, reach: float) -> float:
    rep = course.reps[0]
    values = {
        "lift_s": rep.lift_s,
        "hold_s": rep.hold_s,
        "lower_s": rep.lower_s,
        "range_share": reach,
        "peak_speed_per_s": _PEAK_OF_JERK * reach / rep.lift_s,
    }
    return values.get(fault.measure, 0.0)


def statistic(exercise: Exercise, fault: Fault, course: Course, points_m: Floats, rest_m: Floats) -> float:
    """Return the statistic over the first rep of true points (N, 33, 3); NaN where it has none.

    Of two sides it is the worse one, or the one that moves, as the fault says.
    """
    phase = _phase(exercise, fault, course)
    begins = int(np.searchsorted(course.t_s, course.reps[0].start_s))
    rate_hz = 1 / (course.t_s[1] - course.t_s[0])
    values = []
    for side in _sides(exercise, fault, points_m):
        series = np.array([exact(fault.measure, side, points_m[n], rest_m) for n in phase])
        start = exact(fault.measure, side, points_m[begins], rest_m)
        if fault.side == "difference":
            series, start = np.abs(series), abs(start)
        values.append(_stat(fault, series, start, rate_hz))
    known = [value for value in values if isfinite(value)]
    if not known:
        return nan
    return max(known) if fault.above is not None else min(known)


def _phase(exercise: Exercise, fault: Fault, course: Course) -> list[int]:
    rep, t_s = course.reps[0], course.t_s
    top = course.share.max()
    at = course.share / top if top > 0 else course.share
    within = (t_s >= rep.start_s - 0.3) & (t_s <= rep.end_s + 0.2)
    rising = t_s <= rep.start_s + rep.lift_s
    falling = t_s >= rep.end_s - rep.lower_s
    moving = (t_s >= rep.start_s) & (t_s <= rep.end_s)
    kinds = {
        "start": within & (at <= _ZONE),
        "peak": at >= 1 - _ZONE,
        "lift": rising & moving & (at > _ZONE) & (at < 1 - _ZONE),
        "lower": falling & moving & (at > _ZONE) & (at < 1 - _ZONE),
        "rep": moving,
        "set": moving,
    }
    during = "peak" if exercise.kind == "hold" else fault.during
    return np.flatnonzero(kinds[during]).tolist()


def _sides(exercise: Exercise, fault: Fault, points_m: Floats) -> tuple[BodySide, ...]:
    if not MEASURES[fault.measure].sided:
        return ("both",)
    if fault.side == "either":
        return ("left", "right")
    if fault.side == "working":
        return (working_side(exercise.rep, points_m),)
    return (fault.side,)


def working_side(rule: RepRule | None, points_m: Floats) -> BodySide:
    """Return the side whose rep measure moves more."""
    if rule is None:
        return "right"
    moved = {}
    sides: tuple[BodySide, ...] = ("left", "right")
    for side in sides:
        series = [exact(rule.measure, side, points, points_m[0]) for points in points_m[::3]]
        moved[side] = float(np.nanmax(series) - np.nanmin(series))
    return "left" if moved["left"] > moved["right"] else "right"


def _stat(fault: Fault, series: Floats, start: float, rate_hz: float) -> float:
    """Return the statistic; an extreme must last without a break as long as the fault asks."""
    known = series[np.isfinite(series)]
    if not len(known):
        return nan
    if fault.measure == "trunk_swing_deg" or fault.stat == "range":
        return float(known.max() - known.min())
    held = sliding_window_view(known, min(int(fault.held_s * rate_hz) + 1, len(known)))
    low, high = float(held.max(axis=1).min()), float(held.min(axis=1).max())
    if fault.stat == "change":
        return (high if fault.above is not None else low) - start
    return {"min": low, "max": high, "mean": float(known.mean())}[fault.stat]
