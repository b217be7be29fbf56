"""One photo, looked at several times: a little larger, smaller, moved and mirrored.

The pose model answers a little differently each time, and whoever looks once cannot tell by how much. The average
is steadier than a single look, and the scatter goes into the band. Half of the looks are mirrored, so that the
model's own leaning to one side drops out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from openback.model.motion import LANDMARKS, Floats
from openback.model.posture import SeenFrame
from openback.vision.choose import first_choice
from openback.vision.follow import MOST_PEOPLE
from openback.vision.landmarker import Landmarker, Pose, frame_of
from openback.vision.limits import DEFAULT, Limits
from openback.vision.memory import Picture
from openback.vision.models import Model
from openback.vision.parts import need_installed
from openback.vision.person import Person, person_of
from openback.vision.reader import Reader

# Rows and columns added at the left and the top, the right and the bottom, as shares of the picture; project defaults.
# Nothing is ever cut off, or a person at the edge would lose a part of the body in some of the looks.
PADDINGS: Final = (
    (0.0, 0.0, 0.0, 0.0),
    (0.05, 0.02, 0.0, 0.04),
    (0.0, 0.05, 0.06, 0.0),
    (0.09, 0.09, 0.09, 0.09),
)
# Somebody smaller than this beside the one looked at is far behind them, or a picture on the wall.
_COUNTS: Final = 0.4
# Two poses nearer to each other than this, in sizes, are one person found twice.
_SAME: Final = 0.35
_LIGHT: Final = np.array([0.299, 0.587, 0.114]) / 255
_SWAPPED: Final = np.array(
    [
        LANDMARKS.index(name.replace("left", "*").replace("right", "left").replace("*", "right"))
        for name in LANDMARKS
    ]
)


@dataclass(frozen=True, slots=True)
class _Look:
    left: int
    top: int
    right: int
    bottom: int
    mirrored: bool


def photo_looks(path: Path, *, model: Model = "full", limits: Limits = DEFAULT) -> tuple[SeenFrame, ...]:
    """Return the largest and most central person of a photo as eight looks see them, all at 0 seconds.

    One frame with nobody in it when nobody is found. Raises what `read_photo` raises.
    """
    need_installed()
    with Reader(path, "photo", limits) as reader, Landmarker(model, most=MOST_PEOPLE) as landmarker:
        picture = next(picture.copy() for _, picture in reader)
        size_px = (reader.about["width_px"], reader.about["height_px"])
        return looks_at(picture, landmarker, size_px)


def looks_at(picture: Picture, landmarker: Landmarker, size_px: tuple[int, int]) -> tuple[SeenFrame, ...]:
    """Return the looks at a picture; landmarks come in pixels of a picture of `size_px`, which it was shrunk from."""
    height, width = picture.shape[:2]
    found = [_people(picture, look, landmarker) for look in _looks(width, height)]
    chosen = _chosen(found, width)
    light = brightness(picture, chosen)
    if chosen is None:
        nobody = frame_of(None, 0.0, size_px, (width, height))
        return (SeenFrame(frame=nobody, people=0, brightness=light),)
    seen = []
    for people in found:
        near = min(people, key=lambda one: math.dist(one.centre_px, chosen.centre_px), default=None)
        if near is not None and _same(near, chosen):
            frame = near.pose.frame(0.0, size_px, (width, height))
            seen.append(SeenFrame(frame=frame, people=people_beside(near, people), brightness=light))
    return tuple(seen)


def _chosen(found: list[list[Person]], width: int) -> Person | None:
    """Return whom to measure: of those that each look would choose, the one nearest to all the others.

    A single look may be taken in by a shadow or a machine; the looks together hardly ever.
    """
    picked = [one for people in found if (one := first_choice(people, width, None)) is not None]
    return min(
        picked,
        key=lambda one: sum(
            min(math.dist(one.centre_px, other.centre_px), other.size_px) for other in picked
        ),
        default=None,
    )


def brightness(picture: Picture, person: Person | None) -> float:
    """Return the mean brightness of a picture, 0 to 1; around the person where that is brighter than the room."""
    whole = float((picture.mean(axis=(0, 1)) * _LIGHT).sum())
    if person is None:
        return whole
    height, width = picture.shape[:2]
    points = person.pose.image[:, :2]
    (left, top), (right, bottom) = np.clip(
        (points.min(axis=0), points.max(axis=0)), 0, (width, height)
    ).astype(int)
    if right - left < 2 or bottom - top < 2:
        return whole
    return max(whole, float((picture[top:bottom, left:right].mean(axis=(0, 1)) * _LIGHT).sum()))


def people_beside(chosen: Person, people: list[Person]) -> int:
    """Return how many people stand in the picture, the chosen one with them; one found twice is one."""
    others: list[Person] = []
    for person in people:
        large = person.size_px >= _COUNTS * chosen.size_px
        if large and all(not _same(person, known) for known in (chosen, *others)):
            others.append(person)
    return 1 + len(others)


def _same(a: Person, b: Person) -> bool:
    return math.dist(a.centre_px, b.centre_px) < _SAME * max(a.size_px, b.size_px)


def _looks(width: int, height: int) -> tuple[_Look, ...]:
    return tuple(
        _Look(
            round(left * width), round(top * height), round(right * width), round(bottom * height), mirrored
        )
        for left, top, right, bottom in PADDINGS
        for mirrored in (False, True)
    )


def _people(picture: Picture, look: _Look, landmarker: Landmarker) -> list[Person]:
    """Return who is found in a look, in pixels of the picture itself."""
    edges = ((look.top, look.bottom), (look.left, look.right), (0, 0))
    shown = np.pad(picture, edges, mode="edge")
    if look.mirrored:
        shown = np.ascontiguousarray(shown[:, ::-1])
    poses = landmarker.people(shown)
    return [person_of(_back(pose, look, shown.shape[1]), picture, 0.0) for pose in poses]


def _back(pose: Pose, look: _Look, width_px: int) -> Pose:
    image, world, visibility = pose.image, pose.world_m, pose.visibility
    if look.mirrored:
        image, world, visibility = _mirrored(image, width_px), _mirrored(world, 0), visibility[_SWAPPED]
    return Pose(image=image - (look.left, look.top, 0), world_m=world, visibility=visibility)


def _mirrored(points: Floats, width: float) -> Floats:
    turned: Floats = points[_SWAPPED].copy()
    turned[:, 0] = width - turned[:, 0]
    return turned
