"""The coach page: which set is watched, what the page knows of it, and where its figure stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from openback.model.exercise import Exercise
from openback.motion.skeleton.figure_motion import figure_at
from openback.motion.skeleton.kinematics import Sex
from openback.services.coach.answers import Doc
from openback.services.plain import Plain
from openback.services.views import SessionView
from openback.units import Units
from openback.web.set_rows import Row, Screen, amount_words, load_words, set_words, target_words

# Where the camera stands for each view, in degrees around the body; a side is given to it below.
YAWS_DEG: Final = {"front": 0.0, "oblique": 45.0, "side": 90.0, "back": 180.0}
# The ghost between start and peak: straight lines between so many poses are within a centimetre (looked at).
SHARES: Final = 11


def can_coach(exercise: Exercise) -> bool:
    """Return whether the live coach can watch an exercise."""
    return exercise.rep is not None


def place_of(row: Row) -> str:
    """Return the name of a row in addresses: `work-2`."""
    return f"{row.kind}-{row.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The set that is going to be watched. `row` is open: a set that is done already gives way to the next one."""

    screen: Screen
    row: Row
    following: Screen | None

    @property
    def exercise(self) -> Exercise:
        """What is done."""
        return self.screen.step.exercise


def watched(screens: tuple[Screen, ...], exercise_id: str, place: str) -> Watched | None:
    """Return the set that an address asks for, else the next open one; None when the exercise is not there."""
    at = next((n for n, one in enumerate(screens) if one.step.exercise.id == exercise_id), None)
    if at is None:
        return None
    screen = screens[at]
    open_rows = [row for row in screen.rows if not row.done]
    work = [row for row in open_rows if row.kind != "warm_up"]
    asked = [row for row in open_rows if place_of(row) == place]
    row = next(iter([*asked, *work]), screen.spare)
    following = screens[at + 1] if at + 1 < len(screens) else None
    return Watched(screen=screen, row=row, following=following)


def plan_json(one: Watched, view: SessionView, units: Units) -> Doc:
    """Return what the page's script needs to know of the set, of those after it, and of what comes next."""
    exercise, step = one.exercise, one.screen.step
    rows = [row for row in one.screen.rows if not row.done and row.kind != "warm_up"]
    if one.row not in rows:
        rows = [one.row, *rows]
    after = one.following
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "kind": exercise.kind,
        "each_side": exercise.one_side_at_a_time,
        "rest_s": step.item.rest_s,
        "rows": [_row_json(row, exercise, units) for row in rows],
        "at": rows.index(one.row),
        "low": step.next_set.reps[0] if step.next_set.reps else None,
        "high": step.next_set.reps[1] if step.next_set.reps else None,
        "next": None if after is None else after.step.exercise.name,
        "ended": view.ended_at is not None,
    }


def _row_json(row: Row, exercise: Exercise, units: Units) -> dict[str, Plain]:
    return {
        "place": place_of(row),
        "kind": row.kind,
        "name": row.name,
        "load": load_words(exercise.load, row.load_kg, row.band, units),
        "amount": amount_words(row.reps, row.hold_s),
        "words": set_words(exercise, row, units),
        "load_kg": row.load_kg,
        "band": row.band,
        "reps": row.reps,
        "hold_s": row.hold_s,
        "side": row.side,
    }


def target_of(one: Watched) -> str:
    """Return what is to be done, in words."""
    return target_words(one.screen.step.next_set, one.screen.step.item, one.exercise)


def best_yaw_deg(exercise: Exercise) -> float:
    """Return where the camera stands best: on the side that its place names, else where the figure is seen from."""
    views = exercise.camera.best_view.split("_or_") if exercise.camera else []
    drawn = exercise.figure.camera_yaw_deg if exercise.figure else 0.0
    away = next((YAWS_DEG[name] for name in views if name in YAWS_DEG), abs(drawn))
    place = exercise.camera.place.lower() if exercise.camera else ""
    if "your right" in place and "your left" not in place:
        return -away
    return -away if drawn < 0 and "your left" not in place else away


def figure_json(exercise: Exercise, sex: Sex) -> Doc:
    """Return the landmarks of the figure from start to peak: millimetres along the room's axes.

    Raises ValueError where the exercise has no figure.
    """
    shares = np.linspace(0.0, 1.0, SHARES)
    points = figure_at(exercise, shares, sex).landmarks_m
    return {
        "shares": [round(float(share), 3) for share in shares],
        "points_mm": [[int(value) for value in np.rint(one * 1000).ravel()] for one in points],
        "yaw_deg": best_yaw_deg(exercise),
    }
