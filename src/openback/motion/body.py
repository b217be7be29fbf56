"""The frame of a body in space: its up, left and forward, from 33 points.

Works upright, hinged, prone, supine and hanging: nothing assumes that the head is above the hips.
Plain floats instead of arrays: for three numbers at a time they are the quicker of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees, hypot, isfinite, nan, sqrt
from typing import Final

import numpy as np

from openback.model.motion import Floats, LandmarkFrame

Vector = tuple[float, float, float]
Point = Sequence[float]

UNKNOWN: Final[Vector] = (nan, nan, nan)
# The camera's axes: y points down the picture.
VERTICAL: Final[Vector] = (0.0, -1.0, 0.0)
# A line shorter than this share of the trunk has no direction worth the name.
SHORT: Final = 0.02

NOSE: Final = 0
EYES: Final = (2, 5)
EARS: Final = (7, 8)
SHOULDERS: Final = (11, 12)
ELBOWS: Final = (13, 14)
WRISTS: Final = (15, 16)
HIPS: Final = (23, 24)
KNEES: Final = (25, 26)
ANKLES: Final = (27, 28)


# Ears, shoulders and hips: what gives the picture its scale.
_CORE: Final = np.array([7, 8, 11, 12, 23, 24])
# Focal length over the picture's longer side: phones film at 26 to 30 mm on a 36 mm side, or crop a little.
_FOCAL: Final = 0.85


def lifted(frame: LandmarkFrame) -> Floats:
    """Return 33 points (33, 3) in metres from mid-hip along the camera's axes: x right, y down, z away.

    Across the picture they come from the picture itself, which the pose model marks better than it guesses
    metres (a bent elbow of 93 degrees read 57 from its metres); depth comes from the metres. What is nearer to
    the camera looks larger, and is brought back by the distance that a phone's lens would stand at.
    """
    image, world = frame.image_px, frame.world_m
    core: list[list[float]] = image[_CORE].tolist()
    (ax, ay), (bx, by) = core[4:]
    hips_x, hips_y = (ax + bx) / 2, (ay + by) / 2
    # A pixel is this many metres at the body's depth, and so many more for each metre that a point is deeper.
    per_m = 1 / (_FOCAL * max(frame.width_px, frame.height_px))
    long_squared = fits = 0.0
    for (x, y), (x_m, y_m, z_m) in zip(core, world[_CORE].tolist(), strict=True):
        across, down, deeper = x - hips_x, y - hips_y, z_m * per_m
        long_squared += across * across + down * down
        fits += across * (x_m - across * deeper) + down * (y_m - down * deeper)
    if not (long_squared > 0 and fits > 0):
        return world
    points = world.copy()
    points[:, :2] = (image - (hips_x, hips_y)) * (world[:, 2:] * per_m + fits / long_squared)
    return points


def minus(a: Point, b: Point) -> Vector:
    """Return the vector from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def middle(a: Point, b: Point) -> Vector:
    """Return the point halfway between two."""
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


def dot(a: Point, b: Point) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Point, b: Point) -> Vector:
    """Return the vector product, right-handed."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def norm(a: Point) -> float:
    """Return the length."""
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Point) -> Vector:
    """Return the direction; NaN where there is no length."""
    x, y, z = a
    length = sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length) if length > 0 else UNKNOWN


def off(a: Point, axis: Point) -> Vector:
    """Return the part of `a` at right angles to the unit vector `axis`."""
    x, y, z = a
    i, j, k = axis
    along = x * i + y * j + z * k
    return (x - along * i, y - along * j, z - along * k)


def angle_deg(a: Point, b: Point) -> float:
    """Return the angle between two vectors, 0 to 180; NaN where one has no length or is not known."""
    x, y, z = a
    i, j, k = b
    u, v, w = y * k - z * j, z * i - x * k, x * j - y * i
    across, along = sqrt(u * u + v * v + w * w), x * i + y * j + z * k
    return degrees(atan2(across, along)) if across > 0 or abs(along) > 0 else nan


class Body:
    """33 points in the camera's axes (x right, y down, z away; metres), and the frame of the trunk in them.

    `up` runs from mid-hip to mid-shoulder, `left` to the person's own left at right angles to it, along the
    shoulders, `forward` out of the chest. `pelvis_left` and `pelvis_forward` are the same along the hips.
    `ahead` is the level direction that the body faces, `heading_left` the level one to its left. A direction
    that cannot be told is NaN: sideways ones when the shoulders have no width, level ones on the side.
    """

    __slots__ = (
        "ahead",
        "ears",
        "forward",
        "heading_left",
        "hips",
        "left",
        "pelvis_forward",
        "pelvis_left",
        "points",
        "shoulders",
        "shoulders_m",
        "trunk_m",
        "up",
    )

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = points
        self.shoulders = middle(points[11], points[12])
        self.hips = middle(points[23], points[24])
        self.ears = middle(points[7], points[8])
        trunk = minus(self.shoulders, self.hips)
        self.trunk_m = norm(trunk) or nan
        self.up = unit(trunk)
        across, pelvis = minus(points[11], points[12]), minus(points[23], points[24])
        self.shoulders_m = norm(across) or nan
        short = SHORT * self.trunk_m
        self.left = _direction(off(across, self.up), short)
        self.forward = cross(self.left, self.up)
        self.pelvis_left = _direction(off(pelvis, self.up), short)
        self.pelvis_forward = cross(self.pelvis_left, self.up)
        both = (across[0] + pelvis[0], 0.0, across[2] + pelvis[2])
        self.heading_left = _direction(both, 10 * short)
        self.ahead = cross(self.heading_left, VERTICAL)

    @property
    def known(self) -> bool:
        """Whether the trunk is there at all."""
        return isfinite(self.trunk_m)

    def yaw_deg(self) -> float:
        """Return where a level camera stands around the body: 0 before it, 90 at its left, 180 behind."""
        ahead, left = self.ahead, self.heading_left
        if not isfinite(ahead[0]):  # on the side: it faces where the chest points
            ahead = _direction((self.forward[0], 0.0, self.forward[2]), SHORT)
            left = cross(VERTICAL, ahead)
        return degrees(atan2(-left[2], -ahead[2]))


def body_in_room(landmarks_m: Floats) -> Body:
    """Return the body of landmarks (33, 3) in the room's axes: X its left, Y up, Z to the viewer."""
    return Body([(x, -y, -z) for x, y, z in landmarks_m.tolist()])


def _direction(a: Vector, at_least: float) -> Vector:
    length = norm(a)
    if not length > at_least:
        return UNKNOWN
    return (a[0] / length, a[1] / length, a[2] / length)


def level_length(a: Point) -> float:
    """Return the length of the part of `a` that lies level."""
    return hypot(a[0], a[2])
