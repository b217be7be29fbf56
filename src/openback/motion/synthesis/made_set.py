"""Test motion: frames as a phone's pose model would tell them, of a set of which everything is known.

The body, the course of the set, its faults, the camera and the model's errors are drawn from one seed, so the
same plan always gives the same frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from openback.model.exercise import Exercise
from openback.model.motion import INDEX, LandmarkFrame, nobody
from openback.motion.skeleton.figure_motion import eased
from openback.motion.skeleton.kinematics import Angle, Body, Sex, body
from openback.motion.skeleton.resting import pose
from openback.motion.skeleton.rotations import Floats, about_y
from openback.motion.synthesis import noise as pose_noise
from openback.motion.synthesis.camera import Camera, hidden
from openback.motion.synthesis.noise import Noise
from openback.motion.synthesis.set_motion import (
    ORDINARY,
    Course,
    Doing,
    Habits,
    RepTruth,
    Shown,
    angles_of,
    course_of,
    posed,
    range_of,
    tempo_of,
)

Booleans = npt.NDArray[np.bool_]

# People and phones (project defaults): mean and spread of stature, spread of single lengths.
_STATURE_M: Final[Mapping[Sex, tuple[float, float]]] = {"female": (1.66, 0.06), "male": (1.78, 0.07)}
_PROPORTIONS_SD: Final = 0.04
# The model tells every body as about this large.
_WORLD_TRUNK_M: Final = (0.49, 0.03)
_WALK_S: Final = 2.0
_BEND_S: Final = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """What set to make. `yaw_deg` is where the phone stands around the person, 90 at their left.

    `around` adds walking up, getting into place, a rest half-way, and walking off.
    """

    reps: int = 6
    sex: Sex = "female"
    yaw_deg: float = 0.0
    shown: Shown | None = None
    fps: float = 15.0
    around: bool = False
    drop_outs: bool = True
    mirrored: bool = False
    habits: Habits = ORDINARY
    noise: Noise | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MadeSet:
    """A set as made: frames as the camera tells them, and what is true.

    `landmarks_m` (N, 33, 3) are the true points in the room; `rest_m` (33, 3) before the first rep.
    """

    exercise: Exercise
    t_s: Floats
    landmarks_m: Floats
    rest_m: Floats
    course: Course
    camera: Camera
    frames: tuple[LandmarkFrame, ...]

    @property
    def reps(self) -> tuple[RepTruth, ...]:
        """The reps as they were made."""
        return self.course.reps


def frames(exercise: Exercise, plan: SetPlan, seed: int) -> Iterator[LandmarkFrame]:
    """Yield the frames of one made set."""
    yield from made_set(exercise, plan, seed).frames


def made_set(exercise: Exercise, plan: SetPlan, seed: int) -> MadeSet:
    """Return a set as made, always the same for the same plan and seed."""
    rng = np.random.default_rng(seed)
    person = _person(plan.sex, rng)
    whole = 2 if plan.shown is not None and plan.shown.fault.measure == "range_share" else 0
    doing = Doing(
        tempo=tempo_of(exercise, plan.shown),
        reps=1 if exercise.kind == "hold" else plan.reps + whole,
        whole=whole,
        reach=range_of(plan.shown),
        rest_s=float(rng.uniform(2.0, 6.0)) if plan.around else 0.0,
    )
    course = course_of(doing, plan.fps, plan.habits, rng)
    angles = angles_of(exercise, course, plan.habits, rng, plan.shown)
    points = posed(exercise, person, angles).landmarks_m
    rest = points[0]
    if plan.around:
        course, points = _with_surroundings(course, points, person, plan.fps, rng)
    if plan.mirrored:
        points, rest = mirrored(points), mirrored(rest)
    facing = _facing_deg(angles) * (-1 if plan.mirrored else 1)
    camera = _camera(points, course, plan.yaw_deg + facing, rng)
    told = _told(points, camera, course.t_s, plan, rng)
    return MadeSet(
        exercise=exercise,
        t_s=course.t_s,
        landmarks_m=points,
        rest_m=rest,
        course=course,
        camera=camera,
        frames=told,
    )


def _person(sex: Sex, rng: np.random.Generator) -> Body:
    mean, spread = _STATURE_M[sex]
    own = body(sex, height_m=float(rng.normal(mean, spread)))
    factors = {name: float(np.exp(rng.normal(0, _PROPORTIONS_SD))) for name in own.lengths_m}
    return own.scaled(factors)


def _facing_deg(angles: Mapping[str, Angle]) -> float:
    return float(np.mean(np.asarray(angles.get("turn_deg", 0.0))))


def mirrored(points: Floats) -> Floats:
    """Return landmarks (..., 33, 3) of the person in a mirror: left and right change places."""
    swapped = np.arange(33)
    for name, number in INDEX.items():
        if "left" in name:
            other = INDEX[name.replace("left", "right")]
            swapped[number], swapped[other] = other, number
    return np.asarray(points[..., swapped, :] * (-1.0, 1.0, 1.0))


# --- Before and after ----------------------------------------------------------------------------------


def _with_surroundings(
    course: Course, points: Floats, person: Body, rate_hz: float, rng: np.random.Generator
) -> tuple[Course, Floats]:
    """Return the set with walking up, getting into place, and walking off again."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    come = _walk(person, rate_hz, side, rng)
    into = _blend(come[-1], points[0], round(_BEND_S * rate_hz))
    out = _blend(points[-1], come[-1], round(_BEND_S * rate_hz))
    parts = [come, into, points, out, come[::-1]]
    before_s = (len(come) + len(into)) / rate_hz
    whole = np.concatenate(parts)
    lead, tail = len(come) + len(into), len(out) + len(come)
    share = np.concatenate([np.zeros(lead), course.share, np.zeros(tail)])
    later = tuple(
        replace(
            rep,
            start_s=rep.start_s + before_s,
            peak_s=rep.peak_s + before_s,
            end_s=rep.end_s + before_s,
        )
        for rep in course.reps
    )
    return Course(t_s=np.arange(len(whole)) / rate_hz, share=share, reps=later), whole


def _walk(person: Body, rate_hz: float, side: float, rng: np.random.Generator) -> Floats:
    """Return walking in from one side, to a stand at the place, arms and legs swinging."""
    t_s = np.arange(0.0, _WALK_S, 1 / rate_hz)
    way = 1.8 * (1 - eased(t_s / _WALK_S))
    swing = 25.0 * np.sin(2 * np.pi * t_s / 1.1 + rng.uniform(0, 6)) * np.minimum(1.0, way / 0.5)
    both = np.stack([swing, -swing], axis=-1)
    turn = -side * 90.0 * np.minimum(1.0, way / 0.6)
    angles: dict[str, Angle] = {
        "hip_flexion_deg": both,
        "knee_flexion_deg": np.maximum(0.0, 1.4 * both),
        "shoulder_elevation_deg": np.abs(both) + 6.0,
        "shoulder_plane_deg": np.where(both < 0, 90.0, -90.0),
        "elbow_flexion_deg": 20.0,
        "turn_deg": turn,
    }
    walked = pose(person, "standing", angles).landmarks_m
    return walked + np.stack([side * way, np.zeros_like(way), np.zeros_like(way)], axis=-1)[:, None]


def _blend(start: Floats, end: Floats, count: int) -> Floats:
    """Return the way from one pose to another; bones shorten a little on it, which no measure looks at."""
    share = eased(np.linspace(0.0, 1.0, max(count, 2)))[:, None, None]
    return np.asarray(start + share * (end - start))


# --- The camera ------------------------------------------------------------------------------------------


def _camera(points: Floats, course: Course, yaw_deg: float, rng: np.random.Generator) -> Camera:
    """Return a phone that stands where it was told to, about, with the whole set in its picture."""
    moving = course.share > 0.01
    span = points[moving] if moving.any() else points
    low, high = span.min(axis=(0, 1)), span.max(axis=(0, 1))
    middle = (low + high) / 2
    yaw_deg += float(rng.normal(0, 4.0))
    pitch_deg = float(np.clip(rng.normal(2.0, 2.5), -4, 8))
    turned = (span - middle) @ about_y(-yaw_deg).T
    half = np.abs(turned[..., :2]).max(axis=(0, 1)) * rng.uniform(1.08, 1.35) + 0.1
    upright = bool(half[1] >= half[0])
    width, height = (720, 1280) if upright else (1280, 720)
    focal = rng.uniform(0.85, 1.15) * max(width, height)
    distance = max(focal * half[1] / (height / 2), focal * half[0] / (width / 2), 1.8)
    return Camera(
        yaw_deg=yaw_deg,
        aim_m=(float(middle[0]), float(middle[1]), float(middle[2])),
        distance_m=float(distance + np.abs(turned[..., 2]).max()),
        pitch_deg=pitch_deg,
        roll_deg=float(rng.normal(0, 1.0)),
        focal_px=float(focal),
        width_px=width,
        height_px=height,
    )


def _told(
    points: Floats, camera: Camera, t_s: Floats, plan: SetPlan, rng: np.random.Generator
) -> tuple[LandmarkFrame, ...]:
    noise = pose_noise.fitted() if plan.noise is None else plan.noise
    seen = camera.seen(points)
    visibility = _visibility(seen, camera, plan.fps, rng)
    trunk_m = _trunk_m(seen)
    flat = pose_noise.flattened(seen, noise, rng)
    world_error, picture_error = pose_noise.errors(visibility, plan.fps, noise, rng)
    # No model knows how large somebody is.
    size = float(rng.normal(*_WORLD_TRUNK_M)) / trunk_m if noise is not pose_noise.NONE else 1.0
    world = (flat + world_error * trunk_m) * size
    world -= (world[:, [INDEX["left_hip"]]] + world[:, [INDEX["right_hip"]]]) / 2
    px_per_m = camera.focal_px / np.maximum(seen[..., 2:], 0.2)
    image = camera.projected(seen) + picture_error[..., :2] * trunk_m * px_per_m
    hips = (flat[:, INDEX["left_hip"], 2] + flat[:, INDEX["right_hip"], 2]) / 2
    depth = (flat[..., 2] - hips[:, None] + picture_error[..., 2] * trunk_m) * px_per_m[..., 0]
    lost = _lost(t_s, plan, rng) | ~_in_picture(image, camera)
    size_px = (camera.width_px, camera.height_px)
    return tuple(
        nobody(float(t), *size_px)
        if lost[n]
        else LandmarkFrame(
            t_s=float(t),
            image_px=image[n],
            depth_px=depth[n],
            world_m=world[n],
            visibility=visibility[n],
            width_px=camera.width_px,
            height_px=camera.height_px,
        )
        for n, t in enumerate(t_s)
    )


def _trunk_m(points: Floats) -> float:
    ends = [points[:, INDEX[name]] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")]
    return float(np.median(np.linalg.norm(ends[0] + ends[1] - ends[2] - ends[3], axis=-1) / 2))


def _visibility(seen: Floats, camera: Camera, fps: float, rng: np.random.Generator) -> Floats:
    """Return 0 to 1: high where seen, low behind the own body or out of the picture, with some wandering."""
    # Nothing is covered or uncovered within a fifth of a second: looking less often is enough.
    looks = np.arange(0, len(seen), max(1, round(0.2 * fps)))
    cover = hidden(seen[looks])[np.searchsorted(looks, np.arange(len(seen)), side="right") - 1]
    image = camera.projected(seen)
    over = np.maximum(-image, image - (camera.width_px, camera.height_px)).max(axis=-1)
    outside = np.clip(over / (0.03 * camera.height_px), 0.0, 1.0)
    # 4 is a visibility of 0.98, -2.5 one of 0.08: the usual ones of seen and hidden joints on real clips.
    doubt = 6.5 * np.maximum(cover, outside) + 0.5 * pose_noise.wandering(cover.shape, fps, 0.5, rng)
    return np.asarray(1 / (1 + np.exp(doubt - 4.0)))


def _in_picture(image: Floats, camera: Camera) -> Booleans:
    """Return whether enough of the trunk is in the picture for somebody to be found, (N,)."""
    trunk = image[:, [INDEX[name] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")]]
    inside = ((trunk >= 0) & (trunk <= (camera.width_px, camera.height_px))).all(axis=-1)
    return np.asarray(inside.sum(axis=1) >= 2)


def _lost(t_s: Floats, plan: SetPlan, rng: np.random.Generator) -> Booleans:
    """Return the frames in which the model finds nobody: a short gap in every twenty seconds or so."""
    lost = np.zeros(len(t_s), dtype=bool)
    if not plan.drop_outs:
        return lost
    for _ in range(rng.poisson((t_s[-1] - t_s[0]) / 20)):
        start_s = rng.uniform(t_s[0], t_s[-1])
        lost |= (t_s >= start_s) & (t_s < start_s + rng.uniform(0.05, 0.25))
    return lost
