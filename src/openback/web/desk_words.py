"""What the Desk's cameras say: where to stand, when to turn, what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from openback.model.posture import SHOTS, Problem, Shot
from openback.training.desk_tests import TestRule

Doc = dict[str, Any]

SHOT_NAMES: Final[Mapping[Shot, str]] = {
    "front": "Front",
    "right": "Right side",
    "back": "Back",
    "left": "Left side",
}
# Each order follows the one before: a quarter turn to the left brings the right side before the camera.
_ORDERS: Final[Mapping[Shot, tuple[str, str]]] = {
    "front": ("Face the camera", "Face the camera. Stand as you always stand, arms hanging."),
    "right": ("Turn a quarter to your left", "Turn a quarter to your left, so that I see your right side."),
    "back": ("Turn your back to the camera", "Turn a quarter to your left again: your back to the camera."),
    "left": ("Turn your left side to the camera", "Turn a quarter to your left: now I see your left side."),
}
TOO_NEAR: Final = "You are too near: take a step back."
# Of a test the body may lie or bend, so the sentences say less than those of a posture check.
_TEST_FLAWS: Final[Mapping[str, str]] = {
    "nobody": "I see nobody. Come into the picture.",
    "two_people": "I see two people. One alone can be measured.",
    "too_dark": "It is too dark to see you. Turn on a light before you, not behind you.",
    "half_body": "I do not see all that is needed. Move back, or tilt the camera.",
    "too_far": "You are far away. Come nearer.",
    "too_near": TOO_NEAR,
}
# The ways to be turned and the points that must be seen, by side; MediaPipe numbers left odd and right even.
_SIDEWAYS_DEG: Final = (90.0, -90.0)
_LEG: Final[Mapping[str, tuple[int, ...]]] = {"left": (11, 23, 25, 27), "right": (12, 24, 26, 28)}
_ARM: Final[Mapping[str, tuple[int, ...]]] = {"left": (11, 13, 15, 23), "right": (12, 14, 16, 24)}
_FRONT: Final = (11, 12, 13, 14, 15, 16, 23, 24)


def shots_json(said: Callable[[Problem, Shot], str]) -> list[Doc]:
    """Return the four shots in their order, with all that is said of them; `said` words a problem of a shot."""
    flaws: tuple[Problem, ...] = ("nobody", "two_people", "too_dark", "half_body", "too_far", "wrong_view")
    return [
        {
            "id": shot,
            "name": SHOT_NAMES[shot],
            "title": _ORDERS[shot][0],
            "say": _ORDERS[shot][1],
            "words": {flaw: said(flaw, shot) for flaw in flaws} | {"too_near": TOO_NEAR},
        }
        for shot in SHOTS
    ]


def sides_json(rule: TestRule) -> list[Doc]:
    """Return the sides of a test in their order, with where to be and all that is said."""
    turn = "Turn your side to the camera." if rule.camera == "side" else "Turn so that you face the camera."
    return [
        {
            "id": side,
            "name": rule.side_names[side],
            "say": rule.says[side],
            "turns_deg": _turns_deg(rule),
            "any": _points(rule, side),
            "words": {**_TEST_FLAWS, "wrong_view": turn},
        }
        for side in rule.sides
    ]


def _turns_deg(rule: TestRule) -> list[float]:
    """Return the ways to be turned; of a body that lies there is no telling."""
    if rule.body == "lying":
        return []
    return [0.0] if rule.camera == "front" else list(_SIDEWAYS_DEG)


def _points(rule: TestRule, side: str) -> list[list[int]]:
    if rule.camera == "front":
        return [list(_FRONT)]
    parts = _ARM if rule.id == "shoulder_reach" else _LEG
    return [list(parts[side])] if side in parts else [list(one) for one in parts.values()]
