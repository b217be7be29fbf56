"""The figure in the pose of each desk test, drawn like that of an exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from openback.model.exercise import Catalogue, Exercise, Figure, FigureKey

Angles = Mapping[str, float | tuple[float, float]]

# What holds a test's figure up, what lies below it, from where it is seen, and its angles; left before right.
_POSES: Final[Mapping[str, tuple[str, tuple[str, ...], float, Angles]]] = {
    "straight_leg_raise": (
        "supine",
        ("mat",),
        80.0,
        {
            "trunk_lean_deg": 90.0,
            "shoulder_elevation_deg": 14.0,
            "shoulder_plane_deg": 10.0,
            "hip_flexion_deg": (74.0, 0.0),
            "ankle_flexion_deg": 4.0,
        },
    ),
    "finger_to_floor": (
        "hinged",
        (),
        90.0,
        {
            "trunk_lean_deg": -112.0,
            "spine_flexion_deg": 34.0,
            "neck_flexion_deg": 18.0,
            "shoulder_elevation_deg": 96.0,
            "shoulder_plane_deg": 90.0,
            "hip_flexion_deg": 108.0,
        },
    ),
    "shoulder_reach": (
        "standing",
        (),
        75.0,
        {
            "shoulder_elevation_deg": (168.0, 6.0),
            "shoulder_plane_deg": (88.0, 20.0),
            "elbow_flexion_deg": (0.0, 10.0),
        },
    ),
}
# A test that is an exercise too is drawn as that.
_SAME: Final[Mapping[str, str]] = {"wall_angel": "wall_angel"}
# Whose skin and tempo the figure borrows: any exercise with a figure will do.
_LIKE: Final = "wall_angel"


def posed(catalogue: Catalogue, test_id: str) -> Exercise | None:
    """Return something to draw for a test; None for a test without a pose."""
    same = catalogue.exercises.get(_SAME.get(test_id, ""))
    like = catalogue.exercises.get(_LIKE)
    pose = _POSES.get(test_id)
    if same is not None or like is None or pose is None:
        return same
    posture, props, yaw_deg, angles = pose
    key = FigureKey(at=0.0, angles_deg=angles)
    figure = Figure(
        posture=posture,
        props=props,
        camera_yaw_deg=yaw_deg,
        camera_pitch_deg=8.0,
        keys=(key, replace(key, at=1.0)),
    )
    return replace(like, id=f"desk_{test_id}", figure=figure, muscles={})
