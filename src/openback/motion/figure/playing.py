"""The moving figure as numbers: where each bone of the skin and each prop is along one rep.

The page only plays them; every angle, grip and pulley is reckoned here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from openback.model.exercise import Exercise, Figure
from openback.motion.figure import props, skin
from openback.motion.figure.body_build import bind_pose
from openback.motion.figure.prop_parts import Part
from openback.motion.figure.skin import SKIN_BONES, Grip, Transforms
from openback.motion.skeleton.figure_motion import Cycle, cycle
from openback.motion.skeleton.kinematics import Pose, Sex
from openback.motion.skeleton.rotations import Floats

SAMPLES: Final = 48  # a rep; between them the page goes in straight lines
VERSION: Final = 1
# Flesh around the landmarks, metres, and props that may leave the picture.
FLESH_M: Final = 0.10
_MAY_LEAVE: Final = ("cable", "band_high", "band_mid", "wall", "doorway", "pull_up_bar", "mat")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Played:
    """One rep: transforms of the skin's bones and parts of the props along `t_s`, and the box it fills."""

    exercise: Exercise
    figure: Figure
    sex: Sex
    cycle: Cycle
    moved_by: Transforms
    parts: tuple[Part, ...]
    low_m: Floats
    high_m: Floats
    floor_m: float

    @property
    def peak(self) -> int:
        """The sample at the peak of the rep: in the middle of those that are furthest."""
        furthest = np.flatnonzero(self.cycle.share >= self.cycle.share.max() - 1e-6)
        return int(furthest[len(furthest) // 2])


def played(exercise: Exercise, sex: Sex, samples: int = SAMPLES) -> Played:
    """Return one rep of an exercise's figure. Raises ValueError where it has none."""
    figure = exercise.figure
    if figure is None:
        raise ValueError(f"{exercise.id} has no figure")
    one = cycle(exercise, sex, samples)
    moved_by = skin.transforms(_bind(sex), one.poses, grip_of(figure))
    parts = props.parts(figure.props, one.poses)
    kept = [name for name in figure.props if not name.startswith(_MAY_LEAVE)]
    low, high = _box(one.poses, props.parts(kept, one.poses))
    return Played(
        exercise=exercise,
        figure=figure,
        sex=sex,
        cycle=one,
        moved_by=moved_by,
        parts=parts,
        low_m=low,
        high_m=high,
        floor_m=min(0.0, float(one.poses.landmarks_m[..., 1].min())),
    )


@lru_cache(maxsize=2)
def _bind(sex: Sex) -> Pose:
    return bind_pose(sex)


def grip_of(figure: Figure) -> Grip:
    """Return how the hands are: around a bar, flat on the floor, or at ease."""
    if props.GRIPPING & set(figure.props):
        return "bar"
    return "flat" if figure.posture in props.FLAT_HANDED else "easy"


def _box(poses: Pose, parts: tuple[Part, ...]) -> tuple[Floats, Floats]:
    """Return the corners of a box that holds the figure and its props all the time."""
    head = poses.body.lengths_m["head_m"]
    spots = [poses.landmarks_m.reshape(-1, 3), poses.point_m("head", (0.0, 0.55 * head, 0.0)).reshape(-1, 3)]
    spots.append(poses.grips_m.reshape(-1, 3))
    low, high = np.concatenate(spots).min(0) - FLESH_M, np.concatenate(spots).max(0) + FLESH_M
    low[1] = max(low[1], min(0.0, float(poses.landmarks_m[..., 1].min())) - 0.01)
    for part in parts:
        reach = np.abs(part.rotation) @ _half(part)
        low = np.minimum(low, (part.place_m - reach).min(0))
        high = np.maximum(high, (part.place_m + reach).max(0))
    return low, high


def _half(part: Part) -> Floats:
    size = np.array(part.size_m, float)
    if part.shape == "tube":
        return np.array([size[0], float(part.length_m.max()) / 2, size[0]])
    return size if part.shape == "ball" else size / 2


def quaternions(rotation: Floats) -> Floats:
    """Return rotations (..., 3, 3) as unit quaternions (..., 4): x, y, z, w."""
    m = rotation
    trace = m[..., 0, 0] + m[..., 1, 1] + m[..., 2, 2]
    squares = np.stack(
        [
            1 + 2 * m[..., 0, 0] - trace,
            1 + 2 * m[..., 1, 1] - trace,
            1 + 2 * m[..., 2, 2] - trace,
            1 + trace,
        ],
        axis=-1,
    )
    # All four columns hold the same quaternion, each scaled by one of its parts: the largest is exact.
    a, b, c = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    d, e, f = m[..., 1, 0] + m[..., 0, 1], m[..., 0, 2] + m[..., 2, 0], m[..., 2, 1] + m[..., 1, 2]
    rows = np.stack(
        [
            np.stack([squares[..., 0], d, e, a], -1),
            np.stack([d, squares[..., 1], f, b], -1),
            np.stack([e, f, squares[..., 2], c], -1),
            np.stack([a, b, c, squares[..., 3]], -1),
        ],
        axis=-2,
    )
    best = squares.argmax(-1)
    four = np.take_along_axis(rows, best[..., None, None], axis=-2)[..., 0, :]
    unit: Floats = four / np.linalg.norm(four, axis=-1, keepdims=True)
    return unit


def told(one: Played) -> dict[str, Any]:
    """Return what the page plays, as JSON: see `docs/figure.md`."""
    rotation, shift = one.moved_by
    moves = np.concatenate([quaternions(rotation), shift], axis=-1)
    return {
        "version": VERSION,
        "sex": one.sex,
        "bones": list(SKIN_BONES),
        "t_s": _rounded(one.cycle.t_s),
        "length_s": round(float(one.cycle.t_s[-1] + one.cycle.t_s[1]), 4),
        "peak": one.peak,
        "moves": [_rounded(moment.ravel()) for moment in moves],
        "props": [_prop(part) for part in one.parts],
        "muscles": dict(_shares(one.exercise.muscles)),
        "camera": {"yaw_deg": one.figure.camera_yaw_deg, "pitch_deg": one.figure.camera_pitch_deg},
        "low_m": _rounded(one.low_m),
        "high_m": _rounded(one.high_m),
        "floor_m": round(one.floor_m, 4),
    }


def _shares(muscles: Mapping[str, float]) -> Mapping[str, float]:
    return {key: share for key, share in muscles.items() if share > 0}


def _prop(part: Part) -> dict[str, Any]:
    turns = np.broadcast_to(quaternions(part.rotation), (len(part.place_m), 4))
    length = np.broadcast_to(part.length_m, (len(part.place_m),))
    return {
        "shape": part.shape,
        "material": part.material,
        "size_m": _rounded(np.array(part.size_m)),
        "at": [_rounded(row) for row in np.column_stack([turns, part.place_m, length])],
    }


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) + 0.0 for value in values]
