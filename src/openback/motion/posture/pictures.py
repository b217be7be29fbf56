"""What makes a picture useless for a posture check, and which shot a picture is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import atan2, cos, degrees, hypot, isfinite, radians, sin
from statistics import fmean
from typing import Final

from openback.model.motion import LandmarkFrame
from openback.model.posture import PROBLEMS, Problem, SeenFrame, Shot
from openback.motion.body import EARS, HIPS, SHOULDERS, Body, lifted
from openback.motion.framing import SEEN
from openback.motion.posture.rules import PostureRules, posture_rules

# Where the camera of each shot stands around the body.
YAW_DEG: Final[Mapping[Shot, float]] = {"front": 0.0, "left": 90.0, "back": 180.0, "right": -90.0}
# A trunk is about so many times as long as the shoulder joints are apart.
_TRUNK_PER_SHOULDERS: Final = 1.4
_WANTED: Final = (EARS, SHOULDERS, HIPS)


def shot_of(frame: LandmarkFrame) -> Shot | None:
    """Return the shot that a frame is nearest to, None when nobody or no direction is to be seen in it."""
    yaw_deg = _yaw_deg(frame)
    if not isfinite(yaw_deg):
        return None
    return min(YAW_DEG, key=lambda shot: _apart_deg(yaw_deg, YAW_DEG[shot]))


def picture_problem(seen: SeenFrame, shot: Shot, rules: PostureRules | None = None) -> Problem | None:
    """Return what is wrong with one picture of a shot, what to mend first; None when it can be measured."""
    rules = rules or posture_rules()
    frame = seen.frame
    dark = seen.brightness is not None and seen.brightness < rules.brightness
    if not frame.found:
        return "too_dark" if dark else "nobody"
    if seen.people > 1:
        return "two_people"
    if dark:
        return "too_dark"
    if not all(_in_picture(frame, pair, both=shot in {"front", "back"}) for pair in _WANTED):
        return "half_body"
    if _body_px(frame) < max(rules.trunk_px, rules.trunk_share * min(frame.width_px, frame.height_px)):
        return "too_far"
    return "wrong_view" if not off_shot_deg((frame,), shot) <= rules.turned_deg else None


def usable(
    frames: Sequence[SeenFrame], shot: Shot, rules: PostureRules | None = None
) -> tuple[tuple[LandmarkFrame, ...], Problem | None]:
    """Return the frames of a shot that can be measured, and what is wrong when they are too few."""
    rules = rules or posture_rules()
    problems = [picture_problem(one, shot, rules) for one in frames]
    # The pose model's turn wavers by more than the limit's worth from frame to frame: their mean tells.
    good = tuple(
        one.frame for one, problem in zip(frames, problems, strict=True) if problem in {None, "wrong_view"}
    )
    turned = bool(good) and not off_shot_deg(good, shot) <= rules.turned_deg
    if len(good) >= rules.least_frames:
        return ((), "wrong_view") if turned else (good, None)
    problems = [problem for problem in problems if turned or problem != "wrong_view"]
    said = Counter(problem for problem in problems if problem is not None)
    if not said:
        return (), "too_few"
    return (), max(said, key=lambda problem: (said[problem], -PROBLEMS.index(problem)))


def off_shot_deg(frames: Sequence[LandmarkFrame], shot: Shot) -> float:
    """Return by how much a body is turned out of a shot over some frames, 0 to 180; NaN when that cannot be told."""
    yaws = [radians(_yaw_deg(frame)) for frame in frames]
    ahead, left = fmean(map(cos, yaws)), fmean(map(sin, yaws))
    return _apart_deg(degrees(atan2(left, ahead)), YAW_DEG[shot])


def _yaw_deg(frame: LandmarkFrame) -> float:
    return Body(lifted(frame).tolist()).yaw_deg() if frame.found else float("nan")


def _apart_deg(a_deg: float, b_deg: float) -> float:
    return abs((a_deg - b_deg + 180) % 360 - 180)


def _in_picture(frame: LandmarkFrame, pair: tuple[int, int], *, both: bool) -> bool:
    """Return whether a pair of landmarks is there: both, or from the side, where one hides the other, one."""
    there = [
        0 <= frame.image_px[number, 0] <= frame.width_px
        and 0 <= frame.image_px[number, 1] <= frame.height_px
        and bool(frame.visibility[number] >= SEEN)
        for number in pair
    ]
    return all(there) if both else any(there)


def _body_px(frame: LandmarkFrame) -> float:
    """Return the length of the trunk in the picture; one that points at the camera is told by the shoulders."""
    points = frame.image_px
    trunk = points[list(SHOULDERS)].mean(axis=0) - points[list(HIPS)].mean(axis=0)
    shoulders = points[SHOULDERS[0]] - points[SHOULDERS[1]]
    return max(hypot(*trunk.tolist()), _TRUNK_PER_SHOULDERS * hypot(*shoulders.tolist()))
