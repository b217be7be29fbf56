"""What one frame tells of a desk test: a number, or why there is none.

All angles are of the picture, where the pose model errs least; depth only says from where the camera looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, degrees, hypot, isfinite
from typing import Final, Literal

from openback.model.journal import TestSide
from openback.model.motion import LandmarkFrame
from openback.model.posture import SeenFrame
from openback.motion.body import ANKLES, EARS, ELBOWS, HIPS, KNEES, SHOULDERS, WRISTS, Body, lifted

# In the order in which they are told: what makes everything else useless first.
Trouble = Literal[
    "nobody",
    "two_people",
    "too_dark",
    "half_body",
    "wrong_view",
    "too_far",
    "not_lying",
    "not_standing",
    "bent_knee",
    "bent_elbow",
    "other_side",
    "not_steady",
    "no_height",
    "too_few",
]
Pixel = tuple[float, float]
Told = float | Trouble

# Project defaults.
DARK: Final = 0.165  # mean brightness of a picture, 0 to 1
SEEN: Final = 0.5  # visibility from which on a point counts as seen (evidence 6.3)
SMALLEST_TRUNK_PX: Final = 60.0  # below it the pose model sees less than it was made for
TURNED_DEG: Final = 40.0  # off the view that is asked for
LYING_DEG: Final = 35.0  # of the trunk off the level
UPRIGHT_DEG: Final = 30.0  # of the trunk, or of the legs, off the vertical
STRAIGHT_KNEE_DEG: Final = 25.0
STRAIGHT_ELBOW_DEG: Final = 40.0
# Shares of body height (de_leva_1996, mean of women and men): hip to ankle, and wrist to fingertip.
LEG_HEIGHTS: Final = 0.477
HAND_HEIGHTS: Final = 0.105
_PINKIES: Final = (17, 18)
_INDEXES: Final = (19, 20)
_HEELS: Final = (29, 30)
_TOES: Final = (31, 32)


class Picture:
    """The points of one frame in the picture, by side: 0 left, 1 right."""

    __slots__ = ("_frame", "body")

    def __init__(self, frame: LandmarkFrame) -> None:
        self._frame = frame
        self.body = Body(lifted(frame).tolist())

    def at(self, point: int) -> Pixel:
        """Return a point in pixels, y down."""
        return self._frame.image_px.item(point, 0), self._frame.image_px.item(point, 1)

    def seen(self, *points: int) -> bool:
        """Return whether all points are seen and inside the picture."""
        frame = self._frame
        return all(
            frame.visibility.item(point) >= SEEN
            and 0 <= frame.image_px.item(point, 0) <= frame.width_px
            and 0 <= frame.image_px.item(point, 1) <= frame.height_px
            for point in points
        )

    def nearer(self, *pairs: tuple[int, int]) -> int:
        """Return the side of which the least visible point of some pairs is seen better."""
        left, right = (min(self._frame.visibility.item(pair[side]) for pair in pairs) for side in (0, 1))
        return 0 if left >= right else 1

    def yaw_deg(self) -> float:
        """Return where the camera stands around the body."""
        return self.body.yaw_deg()


def minus(a: Pixel, b: Pixel) -> Pixel:
    """Return the vector from `b` to `a`."""
    return a[0] - b[0], a[1] - b[1]


def middle(a: Pixel, b: Pixel) -> Pixel:
    """Return the point halfway."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def angle_deg(a: Pixel, b: Pixel) -> float:
    """Return the angle between two vectors of the picture, 0 to 180; 0 where one has no length."""
    return degrees(atan2(abs(a[0] * b[1] - a[1] * b[0]), a[0] * b[0] + a[1] * b[1]))


def bend_deg(picture: Picture, pairs: tuple[tuple[int, int], ...], side: int) -> float:
    """Return how far a joint is bent in the picture: 0 straight. `pairs` are its three landmarks."""
    first, joint, last = (picture.at(pair[side]) for pair in pairs)
    return angle_deg(minus(joint, first), minus(last, joint))


# --- Before anything is measured ---------------------------------------------------------------------


def in_the_way(seen: SeenFrame) -> Trouble | None:
    """Return what makes a picture useless for every test, None when nothing does."""
    if seen.people > 1:
        return "two_people"
    if seen.brightness is not None and seen.brightness < DARK:
        return "too_dark"
    return None if seen.frame.found else "nobody"


def _turned(picture: Picture, view: Literal["side", "front"]) -> bool:
    yaw = abs(picture.yaw_deg())
    off = yaw if view == "front" else abs(yaw - 90)
    return isfinite(off) and off > TURNED_DEG


def _checked(
    picture: Picture, points: tuple[int, ...], trunk_px: float, view: Literal["side", "front"]
) -> Trouble | None:
    if not picture.seen(*points):
        return "half_body"
    if _turned(picture, view):  # before the size: a trunk that points at the camera is short, not far away
        return "wrong_view"
    return "too_far" if trunk_px < SMALLEST_TRUNK_PX else None


# --- The tests ----------------------------------------------------------------------------------------


def straight_leg_raise(picture: Picture, side: int, _height_cm: float | None) -> Told:
    """Return how far a straight leg is lifted from the line of the trunk, in degrees."""
    near = picture.nearer(SHOULDERS, HIPS)
    shoulder, hip = picture.at(SHOULDERS[near]), picture.at(HIPS[near])
    trunk = minus(hip, shoulder)  # towards the feet
    leg = (HIPS[side], KNEES[side], ANKLES[side])
    trouble = _checked(picture, (SHOULDERS[near], HIPS[near], *leg), hypot(*trunk), "side")
    if trouble:
        return trouble
    if min(angle_deg(trunk, (1, 0)), angle_deg(trunk, (-1, 0))) > LYING_DEG:
        return "not_lying"
    if bend_deg(picture, (HIPS, KNEES, ANKLES), side) > STRAIGHT_KNEE_DEG:
        return "bent_knee"
    return angle_deg(minus(picture.at(ANKLES[side]), picture.at(HIPS[side])), trunk)


def shoulder_reach(picture: Picture, side: int, _height_cm: float | None) -> Told:
    """Return how far an upper arm is raised from the line of the trunk, in degrees."""
    near = picture.nearer(SHOULDERS, HIPS)
    trunk = minus(picture.at(HIPS[near]), picture.at(SHOULDERS[near]))
    arm = (SHOULDERS[side], ELBOWS[side], WRISTS[side])
    trouble = _checked(picture, (SHOULDERS[near], HIPS[near], *arm), hypot(*trunk), "side")
    if trouble:
        return trouble
    if angle_deg(trunk, (0, 1)) > UPRIGHT_DEG:
        return "not_standing"
    if bend_deg(picture, (SHOULDERS, ELBOWS, WRISTS), side) > STRAIGHT_ELBOW_DEG:
        return "bent_elbow"
    return angle_deg(minus(picture.at(ELBOWS[side]), picture.at(SHOULDERS[side])), trunk)


def wall_angel(picture: Picture, _side: int, _height_cm: float | None) -> Told:
    """Return how far the less raised of both upper arms is from the line of the trunk, in degrees."""
    shoulders = middle(picture.at(SHOULDERS[0]), picture.at(SHOULDERS[1]))
    trunk = minus(middle(picture.at(HIPS[0]), picture.at(HIPS[1])), shoulders)
    points = (*SHOULDERS, *ELBOWS, *WRISTS, *HIPS)
    trouble = _checked(picture, points, hypot(*trunk), "front")
    if trouble:
        return trouble
    if angle_deg(trunk, (0, 1)) > UPRIGHT_DEG:
        return "not_standing"
    return min(
        angle_deg(minus(picture.at(elbow), picture.at(shoulder)), trunk)
        for elbow, shoulder in zip(ELBOWS, SHOULDERS, strict=True)
    )


def finger_to_floor(picture: Picture, _side: int, height_cm: float | None) -> Told:
    """Return how high the fingertips are above the floor, in centimetres; 0 when they touch it.

    The legs are the scale: from hip to ankle they have the same share of the height in most bodies. The model marks
    knuckles, so the hand is drawn on to its tip.
    """
    if height_cm is None:
        return "no_height"
    near = picture.nearer(HIPS, KNEES, ANKLES)
    hip, knee, ankle = (picture.at(pair[near]) for pair in (HIPS, KNEES, ANKLES))
    leg_px = hypot(*minus(knee, hip)) + hypot(*minus(ankle, knee))
    hand = picture.nearer(WRISTS, _INDEXES)
    hands = (WRISTS[hand], _INDEXES[hand], _PINKIES[hand])
    feet = (_HEELS[near], _TOES[near])
    points = (HIPS[near], KNEES[near], ANKLES[near], *hands, *feet)
    trouble = _checked(picture, points, leg_px / 2, "side")
    if trouble:
        return trouble
    if angle_deg(minus(ankle, hip), (0, 1)) > UPRIGHT_DEG:
        return "not_standing"
    if bend_deg(picture, (HIPS, KNEES, ANKLES), near) > STRAIGHT_KNEE_DEG:
        return "bent_knee"
    wrist, index, pinky = (picture.at(point) for point in hands)
    along = minus(middle(index, pinky), wrist)
    px_per_cm = leg_px / (LEG_HEIGHTS * height_cm)
    length_px = HAND_HEIGHTS * height_cm * px_per_cm
    tip_y = wrist[1] + length_px * along[1] / (hypot(*along) or 1.0)
    floor_y = (picture.at(feet[0])[1] + picture.at(feet[1])[1]) / 2
    return max(0.0, (floor_y - tip_y) / px_per_cm)


Tell = Callable[[Picture, int, float | None], Told]
TELL: Final[Mapping[str, Tell]] = {
    "straight_leg_raise": straight_leg_raise,
    "finger_to_floor": finger_to_floor,
    "shoulder_reach": shoulder_reach,
    "wall_angel": wall_angel,
}
SIDES: Final[Mapping[TestSide, int]] = {"left": 0, "right": 1, "both": 0}
# Points that a page needs in the picture before a take begins.
NEEDED: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {
    "straight_leg_raise": (SHOULDERS, HIPS, KNEES, ANKLES),
    "finger_to_floor": (HIPS, KNEES, ANKLES, WRISTS, _HEELS),
    "shoulder_reach": (EARS, SHOULDERS, ELBOWS, WRISTS, HIPS),
    "wall_angel": (EARS, SHOULDERS, ELBOWS, WRISTS, HIPS),
}
