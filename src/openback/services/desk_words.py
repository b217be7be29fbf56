"""What stands in the way of a desk test, and what to change, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openback.motion.desk_tests import Trouble
from openback.training.desk_tests import TestRule

_PARTS: Final[Mapping[str, str]] = {
    "straight_leg_raise": "from shoulders to heels",
    "finger_to_floor": "from hips to feet, with the hanging hands",
    "shoulder_reach": "from hips to the raised hand",
    "wall_angel": "from hips to the raised hands",
}
_WORDS: Final[Mapping[Trouble, str]] = {
    "nobody": "Nobody was in the picture: go where the phone sees you {part}.",
    "two_people": "There were two people in the picture: let only you be in it.",
    "too_dark": "The picture was too dark: turn on more light, and have no window behind you.",
    "half_body": "The phone has to see you {part}: put it further away or turn it.",
    "too_far": "You were too far away: come closer, or put the phone nearer.",
    "not_lying": "This test is done lying on your back: lie down flat, with the phone at your side.",
    "not_standing": "This test is done standing: stand up straight, and set the phone upright.",
    "bent_knee": "The knee was bent: keep it straight, and stop where it wants to bend.",
    "bent_elbow": "The elbow was bent: keep the arm straight while it rises.",
    "not_steady": "No place was held still: go as far as it goes with ease, and hold it for two seconds.",
    "no_height": "Your height is needed to turn the picture into centimetres: tell it in the settings.",
    "too_few": "Too little was seen: hold the place for two seconds, and let the phone stand still.",
}
_VIEWS: Final[Mapping[str, str]] = {
    "side": "The phone has to see you from the side: turn a quarter, or move the phone.",
    "front": "The phone has to see you from the front: turn to face it.",
}


def trouble_said(rule: TestRule, side: str, trouble: Trouble) -> str:
    """Return the one sentence on what to change."""
    if trouble == "wrong_view":
        return _VIEWS[rule.camera]
    if trouble == "other_side":
        limb = "leg" if rule.body == "lying" else "arm"
        return f"The other {limb} went up: lift the {side} one, or choose the other side."
    return _WORDS[trouble].format(part=_PARTS.get(rule.id, "as a whole"))
