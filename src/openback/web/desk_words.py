"""What the Desk's cameras say: where to stand, when to turn, what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from openback.model.journal import TestSide
from openback.model.posture import SHOTS, Problem, Shot
from openback.motion.desk_tests import Trouble
from openback.motion.desk_tests.tell import NEEDED
from openback.services.desk_words import trouble_said
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
# How one side of a posture check is taken: stand well, count down, then twelve pictures over two seconds, or more
# on a slow device. Project defaults; the server needs five pictures (data/posture.toml).
SHOT_PLAN: Final[Doc] = {
    "steady_ms": 1200,
    "count_ms": 3000,
    "take_ms": 2000,
    "least": 12,
    "most": 16,
    "apart_s": 0.1,
    "strict": True,
}
TOO_NEAR: Final = "You are too near: take a step back."
# The ways to be turned when the camera stands at a side: either side will do.
_SIDEWAYS_DEG: Final = (90.0, -90.0)
_TEST_FLAWS: Final[tuple[Trouble, ...]] = (
    "nobody",
    "two_people",
    "too_dark",
    "half_body",
    "too_far",
    "wrong_view",
)


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
    return [
        {
            "id": side,
            "name": rule.side_names[side],
            "say": rule.says[side],
            "turns_deg": _turns_deg(rule),
            "any": _points(rule, side),
            "words": {flaw: trouble_said(rule, side, flaw) for flaw in _TEST_FLAWS} | {"too_near": TOO_NEAR},
        }
        for side in rule.sides
    ]


def _turns_deg(rule: TestRule) -> list[float]:
    """Return the ways to be turned; of a body that lies there is no telling."""
    if rule.body == "lying":
        return []
    return [0.0] if rule.camera == "front" else list(_SIDEWAYS_DEG)


def _points(rule: TestRule, side: TestSide) -> list[list[int]]:
    """Return the points that must be seen: of the side that is measured, or of the one that is near the camera."""
    pairs = NEEDED[rule.id]
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if rule.camera == "front":
        return [left + right]
    return {"left": [left], "right": [right], "both": [left, right]}[side]
