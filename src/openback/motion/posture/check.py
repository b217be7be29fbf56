"""From the pictures of a posture check to its readings, each an average over several frames with its band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, radians, sin, sqrt
from typing import Final

import numpy as np

from openback.model.motion import Floats, LandmarkFrame
from openback.model.posture import (
    SHOTS,
    C7Mark,
    PostureFound,
    PostureTold,
    SeenFrame,
    Shot,
    ShotProblem,
)
from openback.motion.body import SHOULDERS, VERTICAL, Body, angle_deg, lifted
from openback.motion.posture.lines import ROLL, TOWARDS, arms_deg, c7_deg, lines_deg, middle
from openback.motion.posture.pictures import off_shot_deg, usable
from openback.motion.posture.rules import PostureMeasure, PostureRules, posture_rules

# Four values in five of a normal distribution lie within so many standard deviations.
BAND: Final = 1.2816
# A frame further off the others than this many times their usual distance is a slip of the pose model.
_SLIP: Final = 3 * 1.4826
_LEAST_SLIP_DEG: Final = 1.0
# The trunk's lines tell best how crooked the camera stands: they are the longest ones.
_LEVELS: Final = ("trunk_lean_forward_deg", "trunk_lean_left_deg")
# A C7 mark lies behind and below the ears, and no further from the shoulders than this share of the trunk.
_C7_DEG: Final = (10.0, 90.0)
_C7_TRUNKS: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Course:
    """What one shot tells: points (N, 33, 2) in pixels, times (N,), and the measures (N,) by name, and how far the body is bent
    over and turned out of the shot.
    """

    points_px: Floats
    t_s: Floats
    size_px: tuple[int, int]
    lines_deg: Mapping[str, Floats]
    bent_deg: float
    turned_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mean:
    value: float
    variance: float
    frames: int


def check(
    shots: Mapping[Shot, Sequence[SeenFrame]],
    c7: C7Mark | None = None,
    *,
    stands: bool = False,
    rules: PostureRules | None = None,
) -> PostureFound:
    """Return what the pictures of some shots tell, and for the others why not.

    `stands` says that the camera stood in one place for all shots while the person turned: then a crooked camera
    moves the readings of opposite shots in opposite directions, and their average not at all.
    """
    rules = rules or posture_rules()
    good: dict[Shot, tuple[LandmarkFrame, ...]] = {}
    problems = []
    for shot in SHOTS:
        if shot in shots:
            frames, problem = usable(shots[shot], shot, rules)
            problems += [ShotProblem(shot=shot, problem=problem)] if problem else []
            good |= {shot: frames} if frames else {}
    courses = {shot: _course(frames, shot) for shot, frames in good.items()}
    bent = {shot for shot, course in courses.items() if course.bent_deg > rules.bent_from_deg}
    upright = {shot: course for shot, course in courses.items() if shot not in bent}
    readings, untold = {}, {}
    for measure in rules.measures.values():
        told = _told(measure, upright, rules, stands=stands)
        if told is not None:
            readings[measure.id] = told
        else:
            untold[measure.id] = "bent" if bent & {*measure.shots} else _missing(measure, shots)
    marked = None if c7 is None else _marked(c7, upright, rules)
    if c7 is not None and marked is None:
        sideways = c7.shot in upright and c7.shot in {"left", "right"}
        untold["c7_deg"] = "c7_place" if sideways else "c7_shot"
    roll_deg = _roll_deg(readings)
    return PostureFound(
        readings=readings,
        untold=untold,
        problems=tuple(problems),
        c7=marked,
        roll_deg=roll_deg,
        cautions=_cautions(upright, roll_deg if stands else None, rules),
    )


def _missing(measure: PostureMeasure, shots: Mapping[Shot, Sequence[SeenFrame]]) -> str:
    return "problem" if any(shot in shots for shot in measure.shots) else "no_shot"


def _course(frames: Sequence[LandmarkFrame], shot: Shot) -> _Course:
    points = np.stack([frame.image_px for frame in frames])
    return _Course(
        points_px=points,
        t_s=np.array([frame.t_s for frame in frames]),
        size_px=(frames[0].width_px, frames[0].height_px),
        lines_deg=lines_deg(points, shot),
        bent_deg=float(np.median([_bent_deg(frame) for frame in frames])),
        turned_deg=off_shot_deg(frames, shot),
    )


def _bent_deg(frame: LandmarkFrame) -> float:
    """Return the trunk from the vertical in space: from the front, a bow is not to be seen in the picture's plane."""
    return angle_deg(Body(lifted(frame).tolist()).up, VERTICAL)


# --- Averages ------------------------------------------------------------------------------------------


def _told(
    measure: PostureMeasure, courses: Mapping[Shot, _Course], rules: PostureRules, *, stands: bool
) -> PostureTold | None:
    """Return a measure over its shots, each of them counting alike; None when none of them tells it."""
    means = {
        shot: mean
        for shot in measure.shots
        if shot in courses
        and (mean := mean_of(courses[shot].lines_deg[measure.id], courses[shot].t_s, rules.look_s))
    }
    if not means:
        return None
    count = len(means)
    turned = [rules.turned_sd_deg * sin(radians(courses[shot].turned_deg)) for shot in means]
    # Opposite shots may err alike in this, so it does not get less by averaging.
    variance = sum(mean.variance for mean in means.values()) / count**2 + max(turned) ** 2
    crooked = abs(ROLL[measure.id]) * rules.crooked_sd_deg
    # Opposite shots of a camera that stands still take its crookedness out; those of photos halve its square.
    variance += 0.0 if stands and count > 1 else crooked**2 / count
    return _banded(
        sum(mean.value for mean in means.values()) / count,
        sqrt(variance + measure.sd_deg**2),
        sum(mean.frames for mean in means.values()),
        {shot: mean.value for shot, mean in means.items()},
    )


def _banded(value: float, sd: float, frames: int, by_shot: Mapping[Shot, float]) -> PostureTold:
    return PostureTold(
        value=value, low=value - BAND * sd, high=value + BAND * sd, frames=frames, by_shot=by_shot
    )


def mean_of(values: Floats, t_s: Floats, look_s: float) -> _Mean | None:
    """Return the mean of frames without the slips of the pose model, None when nothing is known.

    Frames within `look_s` of each other show the same moment: however many they are, they count as one look when
    the scatter is turned into the error of the mean.
    """
    known = np.isfinite(values)
    kept, times = values[known], t_s[known]
    if not kept.size:
        return None
    off = np.abs(kept - np.median(kept))
    near = off <= max(_LEAST_SLIP_DEG, _SLIP * float(np.median(off)))
    kept, times = kept[near], times[near]
    scatter = float(np.std(kept, ddof=1)) if kept.size > 1 else 0.0
    looks = 1
    last = times.min()
    for moment in np.sort(times):
        if moment - last >= look_s:
            looks, last = looks + 1, moment
    return _Mean(value=float(kept.mean()), variance=scatter**2 / looks, frames=int(kept.size))


def _roll_deg(readings: Mapping[str, PostureTold]) -> float | None:
    """Return by how much the picture leans clockwise, from what opposite shots disagree about."""
    found = []
    for name in _LEVELS:
        by_shot = readings[name].by_shot if name in readings else {}
        if len(by_shot) == 2:
            found.append(ROLL[name] * sum(TOWARDS[shot] * value for shot, value in by_shot.items()) / 2)
    return float(np.mean(found)) if found else None


# --- C7, and what to be careful with -------------------------------------------------------------------------


def _marked(c7: C7Mark, courses: Mapping[Shot, _Course], rules: PostureRules) -> PostureTold | None:
    """Return the angle at a marked C7, None when it is on no shot from the side or not at the base of the neck."""
    course = courses.get(c7.shot)
    if course is None or c7.shot not in {"left", "right"}:
        return None
    width, height = course.size_px
    at = (c7.x * width, c7.y * height)
    angles = c7_deg(course.points_px, at, TOWARDS[c7.shot])
    mean = mean_of(angles, course.t_s, rules.look_s)
    low, high = _C7_DEG
    if mean is None or not low <= mean.value <= high or _from_shoulders_trunks(course, at) > _C7_TRUNKS:
        return None
    turned = rules.turned_sd_deg * sin(radians(course.turned_deg))
    sd = hypot(sqrt(mean.variance), rules.c7.sd_deg, rules.crooked_sd_deg, turned)
    return _banded(mean.value, sd, mean.frames, {c7.shot: mean.value})


def _from_shoulders_trunks(course: _Course, at: tuple[float, float]) -> float:
    points = np.median(course.points_px, axis=0)[None]
    x, y = (middle(points, SHOULDERS)[0] - np.array(at)).tolist()
    trunk_x, trunk_y = (middle(points, SHOULDERS)[0] - middle(points, (23, 24))[0]).tolist()
    return hypot(x, y) / (hypot(trunk_x, trunk_y) or float("nan"))


def _cautions(
    courses: Mapping[Shot, _Course], roll_deg: float | None, rules: PostureRules
) -> tuple[str, ...]:
    arms = [np.median(arms_deg(course.points_px), axis=0) for course in courses.values()]
    raised = any(bool((arm > rules.arm_from_side_deg).any()) for arm in arms)
    crooked = roll_deg is not None and abs(roll_deg) > rules.crooked_from_deg
    return (*(("arms",) if raised else ()), *(("crooked",) if crooked else ()))
