"""The moving figure of an exercise: its key poses in between, and one rep in the exercise's own tempo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from openback.model.exercise import Exercise, Figure, FigureKey, Tempo
from openback.model.figure import ANGLES
from openback.motion.skeleton.kinematics import Angle, Pose, Sex, body
from openback.motion.skeleton.postures import POSTURE
from openback.motion.skeleton.resting import completed, pose
from openback.motion.skeleton.rotations import Floats

# A figure never stands dead still between reps, even where the dose has no pause (project default).
_SHORTEST_PAUSE_S: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cycle:
    """One rep of the figure: `poses` along a first axis of time, `t_s` from 0, `share` 0 start to 1 peak."""

    t_s: Floats
    share: Floats
    poses: Pose


def figure_at(exercise: Exercise, share: float | Floats, sex: Sex = "female") -> Pose:
    """Return the figure between its start (0) and its peak (1), resting where its posture rests.

    Raises ValueError for an exercise that has no figure.
    """
    figure = _figure(exercise)
    return pose(body(sex), figure.posture, angles_at(figure, share))


def cycle(exercise: Exercise, sex: Sex = "female", samples: int = 48) -> Cycle:
    """Return one rep in the exercise's tempo, `samples` poses evenly in time; the last joins the first."""
    tempo = exercise.dose.tempo
    t_s = np.linspace(0.0, length_s(tempo), samples, endpoint=False)
    share = share_at(tempo, t_s)
    return Cycle(t_s=t_s, share=share, poses=figure_at(exercise, share, sex))


def length_s(tempo: Tempo) -> float:
    """Return the seconds of one cycle of the figure."""
    return tempo.lift_s + tempo.hold_s + tempo.lower_s + max(tempo.pause_s, _SHORTEST_PAUSE_S)


def share_at(tempo: Tempo, t_s: Floats) -> Floats:
    """Return how far along start (0) to peak (1) a rep is, `t_s` after its start: eased, at rest at both ends."""
    down_s = tempo.lift_s + tempo.hold_s
    up = np.clip(t_s / max(tempo.lift_s, 1e-9), 0.0, 1.0)
    down = np.clip((t_s - down_s) / max(tempo.lower_s, 1e-9), 0.0, 1.0)
    return eased(up) - eased(down)


def eased(share: Floats) -> Floats:
    """Return the minimum-jerk course from 0 to 1: how people move from one rest to another."""
    course: Floats = share**3 * (10 - 15 * share + 6 * share**2)
    return course


def angles_at(figure: Figure, share: float | Floats) -> dict[str, Angle]:
    """Return the figure's own angles at a share of the way; those of its posture are not added.

    An angle that only some keys name is at the posture's default in the others.
    """
    keys = sorted(figure.keys, key=lambda key: key.at)
    names = {name for key in keys for name in key.angles_deg}
    at = np.asarray(share, dtype=float)
    defaults = [completed(figure.posture, key.angles_deg) for key in keys]
    return {name: _between(keys, [_value(name, full) for full in defaults], at) for name in sorted(names)}


def _value(name: str, full: Mapping[str, Angle]) -> Floats:
    value = np.asarray(full.get(name, 0.0), dtype=float)
    return np.broadcast_to(value, (2,)) if ANGLES[name].sided else value


def _between(keys: Sequence[FigureKey], values: Sequence[Floats], at: Floats) -> Floats:
    """Return values along the keys: a curve through all of them that never overshoots between two."""
    points = np.array([key.at for key in keys])
    heights = np.stack(values)
    if len(keys) == 1:
        return np.broadcast_to(heights[0], (*at.shape, *heights.shape[1:]))
    slopes = _slopes(points, heights)
    left = np.clip(np.searchsorted(points, at, side="right") - 1, 0, len(points) - 2)
    width = points[left + 1] - points[left]
    share = np.clip((at - points[left]) / width, 0.0, 1.0)
    if heights.ndim > 1:
        share, width = share[..., None], np.asarray(width)[..., None]
    low, high = heights[left], heights[left + 1]
    rise = 3 * share**2 - 2 * share**3
    bend = slopes[left] * (share - 2 * share**2 + share**3) + slopes[left + 1] * (share**3 - share**2)
    curve: Floats = low + (high - low) * rise + bend * width
    return curve


def _slopes(points: Floats, heights: Floats) -> Floats:
    """Return the slope at each key: harmonic means, none where the course turns; straight at the ends."""
    steps = np.stack(
        [(b - a) / (y - x) for (x, y), (a, b) in zip(pairwise(points), pairwise(heights), strict=True)]
    )
    slopes = np.zeros_like(heights)
    slopes[0], slopes[-1] = steps[0], steps[-1]
    for n, (before, after) in enumerate(pairwise(steps), 1):
        together = before * after > 0
        total = np.where(together, before + after, 1.0)
        slopes[n] = np.where(together, 2 * before * after / total, 0.0)
    return slopes


def _figure(exercise: Exercise) -> Figure:
    if exercise.figure is None:
        raise ValueError(f"{exercise.id} has no figure")
    return exercise.figure


def stays(posture: str) -> bool:
    """Return whether the legs of a posture keep their place when the trunk leans."""
    return POSTURE[posture].legs_stay
