"""One set of an exercise as a person does it: every joint angle over time, and what is true of it.

Nobody repeats a movement exactly: reps differ in tempo and range, postures differ between people, and everything
sways. A fault of the exercise file is added by its `show`, as strongly as asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from openback.model.exercise import Exercise, Fault, Figure, Tempo
from openback.model.figure import ANGLES
from openback.motion.skeleton.figure_motion import angles_at, eased
from openback.motion.skeleton.kinematics import Angle, Body, Pose
from openback.motion.skeleton.postures import POSTURE
from openback.motion.skeleton.resting import completed, pose
from openback.motion.skeleton.rotations import Floats
from openback.motion.synthesis.noise import wandering

TEMPO: Final = ("lift_s", "hold_s", "lower_s", "pause_s")
# What people do between reps and between each other (project defaults).
_SWAY_S: Final = 0.9
# Keys may be close to each other: what a fault adds comes and goes over so much of the way at least.
_AROUND: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How much sets and reps vary; standard deviations."""

    tempo_share: float = 0.08
    range_share: float = 0.015
    person_deg: float = 1.5
    sway_deg: float = 0.7
    slowing: float = 0.15  # the last lift is so much slower than the first


ORDINARY: Final = Habits()
STILL: Final = Habits(tempo_share=0.0, range_share=0.0, person_deg=0.0, sway_deg=0.0, slowing=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A fault to show: how strongly, 1 as the file's `show` says, 0 not at all."""

    fault: Fault
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepTruth:
    """One rep as it was made; times of the set."""

    start_s: float
    peak_s: float
    end_s: float
    lift_s: float
    hold_s: float
    lower_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What is done: so many reps, how far of the whole way, with a rest half-way through the set.

    The first `whole` ones go all the way whatever the reach: a range can only be short beside one's own.
    """

    tempo: Tempo
    reps: int = 1
    whole: int = 0
    reach: float = 1.0
    rest_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """How far along start to peak at each time, and the reps in it; holds are one long rep."""

    t_s: Floats
    share: Floats
    reps: tuple[RepTruth, ...] = field(default=())


def tempo_of(exercise: Exercise, shown: Shown | None) -> Tempo:
    """Return the tempo of the set, with what the fault changes of it; never below 0.05 s."""
    tempo = exercise.dose.tempo
    if exercise.kind == "hold":
        tempo = Tempo(lift_s=2.0, hold_s=10.0, lower_s=2.0, pause_s=1.0)
    if tempo.pause_s < 0.3:
        tempo = replace(tempo, pause_s=0.3)
    if shown is None:
        return tempo
    changed = {
        name: max(0.05, getattr(tempo, name) + shown.strength * (float(value) - getattr(tempo, name)))
        for name, value in shown.fault.show.items()
        if name in TEMPO and not isinstance(value, tuple)
    }
    return replace(tempo, **changed)


def range_of(shown: Shown | None) -> float:
    """Return the share of the way that is gone, 1 without a fault of range."""
    value = 1.0 if shown is None else shown.fault.show.get("range_share", 1.0)
    if shown is None or isinstance(value, tuple):
        return 1.0
    return max(0.0, 1.0 + shown.strength * (value - 1.0))


def course_of(doing: Doing, rate_hz: float, habits: Habits, rng: np.random.Generator) -> Course:
    """Return the course of a set that starts and ends at rest: minimum jerk from one end to the other."""
    at_s, marks, truths = 0.5, [], []
    for n in range(doing.reps):
        vary = np.exp(rng.normal(0, habits.tempo_share, 4))
        lift, hold, lower, pause = np.array([getattr(doing.tempo, name) for name in TEMPO]) * vary
        lift *= 1 + habits.slowing * (n / max(doing.reps - 1, 1)) ** 2
        top = (1.0 if n < doing.whole else doing.reach) * (1 + rng.normal(0, habits.range_share))
        marks.append((at_s, lift, hold, lower, top, abs(rng.normal(0, habits.range_share))))
        peak_s, end_s = at_s + lift + hold / 2, at_s + lift + hold + lower
        truths.append(
            RepTruth(start_s=at_s, peak_s=peak_s, end_s=end_s, lift_s=lift, hold_s=hold, lower_s=lower)
        )
        at_s = end_s + pause + (doing.rest_s if n + 1 == doing.reps // 2 else 0.0)
    t_s = np.arange(0.0, at_s + 0.5, 1 / rate_hz)
    return Course(t_s=t_s, share=_shares(t_s, marks), reps=tuple(truths))


def _shares(t_s: Floats, marks: Sequence[tuple[float, ...]]) -> Floats:
    share = np.zeros_like(t_s)
    low = 0.0
    for start, lift, hold, lower, top, base in marks:
        up = eased(np.clip((t_s - start) / lift, 0, 1))
        down = eased(np.clip((t_s - start - lift - hold) / lower, 0, 1))
        share += (top - low) * up - (top - base) * down
        low = base
    return share


def angles_of(
    exercise: Exercise, course: Course, habits: Habits, rng: np.random.Generator, shown: Shown | None = None
) -> dict[str, Angle]:
    """Return every joint angle over the course, (N,) or (N, 2), of a person with these habits."""
    figure = _figure(exercise)
    angles = {name: np.asarray(value) for name, value in angles_at(figure, course.share).items()}
    full = completed(figure.posture, {**angles})
    own_hips = "hip_flexion_deg" in angles
    rate = 1 / (course.t_s[1] - course.t_s[0])
    for name, value in _natural(angles, full, course, rate, habits, rng).items():
        _add(angles, full, name, value)
    if shown is not None:
        for name, value in fault_angles(figure, shown, course.share).items():
            _add(angles, full, name, value)
            if name == "trunk_lean_deg" and own_hips and POSTURE[figure.posture].legs_stay:
                # Who leans keeps the legs where they are.
                _add(angles, full, "hip_flexion_deg", -value[:, None])
    return dict(angles)


def _add(angles: dict[str, Floats], full: Mapping[str, Angle], name: str, value: Floats) -> None:
    base = angles.get(name)
    start = np.asarray(full.get(name, 0.0), dtype=float) if base is None else base
    joint = ANGLES[name]
    total = start + value if joint.sided or start.ndim < 2 else start[..., 0] + value
    angles[name] = np.clip(total, joint.low, joint.high)


def _natural(
    angles: Mapping[str, Floats],
    full: Mapping[str, Angle],
    course: Course,
    rate_hz: float,
    habits: Habits,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return how this person differs from the figure, by angle: a posture of their own, and sway."""
    del full
    names = [name for name in angles if name != "turn_deg" and not name.startswith("hip_")]
    count = len(course.t_s)
    varied = {}
    for name in names:
        shape = (count, 2) if ANGLES[name].sided else (count,)
        small = 0.4 if name.startswith(("shoulder_rise", "shoulder_forward", "trunk", "spine")) else 1.0
        own = rng.normal(0, habits.person_deg * small, (2,) if ANGLES[name].sided else ())
        if ANGLES[name].sided:
            own = own.mean() + 0.5 * (own - own.mean())
        sway = wandering(shape, rate_hz, _SWAY_S, rng) * habits.sway_deg * small
        varied[name] = own + sway
    return varied


def fault_angles(figure: Figure, shown: Shown, share: Floats) -> dict[str, Floats]:
    """Return what a fault adds to each angle over the course, in degrees: (N,) or (N, 2)."""
    show = shown.fault.show
    at = show.get("at")
    weight = np.ones_like(share) if at is None or isinstance(at, tuple) else around(figure, at, share)
    added = {}
    for name, value in show.items():
        if name in ANGLES:
            both = np.asarray(value, dtype=float) * shown.strength
            added[name] = (
                weight[:, None] * np.broadcast_to(both, (2,)) if ANGLES[name].sided else weight * both
            )
    return added


def around(figure: Figure, at: float, share: Floats) -> Floats:
    """Return how much of a change at one moment is there: 1 at it, gone at the next keys, eased."""
    points = sorted({0.0, 1.0, *(key.at for key in figure.keys)})
    before = min(max((point for point in points if point < at), default=at), max(0.0, at - _AROUND))
    after = max(min((point for point in points if point > at), default=at), min(1.0, at + _AROUND))
    up = np.clip((share - before) / (at - before), 0, 1) if before < at else np.ones_like(share)
    down = np.clip((after - share) / (after - at), 0, 1) if after > at else np.ones_like(share)
    return eased(up) * eased(down)


def posed(exercise: Exercise, body: Body, angles: Mapping[str, Angle]) -> Pose:
    """Return the body over the whole course, where the posture rests."""
    return pose(body, _figure(exercise).posture, angles)


def _figure(exercise: Exercise) -> Figure:
    if exercise.figure is None:
        raise ValueError(f"{exercise.id} has no figure")
    return exercise.figure
