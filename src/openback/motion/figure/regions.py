"""Where the muscles lie on the skin: outlines drawn on the resting body, seen from the back and the front.

An outline is one half of the body in drawing units (x from the middle outward, y down; the crown at 9, the
acromion at 90, the waist at 183, the crotch at 254), or, for what belongs to the arm, metres from the
shoulder's joint on the male body. Shapes that are no muscle of `muscles.toml` give the skin its relief and
the body map its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from openback.motion.figure.surface import Floats
from openback.motion.figure.weights import smooth
from openback.motion.skeleton.kinematics import Pose, Sex

View = Literal["back", "front"]
Place = Literal["trunk", "arm"]
Outline = tuple[tuple[float, float], ...]

SOFT_M: Final = 0.008  # half the width of a region's edge
GROWN_M: Final = 0.004  # so that neighbours meet
_NEAR_M: Final = 0.03
SLOPE_M: Final = 0.020  # how far inside its edge a muscle reaches its full height


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An outline on one side of the body, and how far the muscle stands out, in metres (female, male)."""

    name: str
    view: View
    place: Place
    outline: Outline
    height_m: tuple[float, float] = (0.0012, 0.0026)


REGIONS: Final = (
    Region(name="erector_spinae", view="back", place="trunk", height_m=(0.001, 0.002), outline=(
        (1, 162), (5, 157), (9, 163), (13, 175), (15, 188), (14.5, 199), (11, 208), (6, 214), (1, 218), (1, 190))),
    Region(name="latissimus_dorsi", view="back", place="trunk", outline=(
        (49, 115), (44.5, 128), (36, 134), (29, 138.5), (21, 141), (15.5, 145), (10, 156), (4, 167), (8.5, 169), (13, 177),
        (17.5, 187), (24, 194), (30, 195), (36, 189), (40, 178), (44, 162), (48, 142), (51, 126))),
    Region(name="rhomboids", view="back", place="trunk", outline=(
        (19.5, 114.5), (25, 108.5), (28, 110), (29.5, 118), (29.5, 127), (28, 135), (20, 138), (15.5, 141), (12.5, 147),
        (14, 137), (16.5, 126))),
    Region(name="rotator_cuff", view="back", place="trunk", outline=(
        (28.5, 106.5), (34, 104), (39, 105), (43, 110), (46, 116), (43, 121), (39, 127), (34, 132.5), (30, 133.5), (31, 124),
        (30.5, 114))),
    Region(name="trapezius_lower", view="back", place="trunk", outline=(
        (0.8, 121), (8, 118.5), (17, 113.5), (23, 108), (25.5, 107.6), (19, 114.5), (15.5, 126), (12.5, 138), (8, 151),
        (3, 162), (0.8, 165))),
    Region(name="trapezius_middle", view="back", place="trunk", outline=(
        (0.8, 92.5), (10, 94), (22, 96), (33, 95), (42, 93.5), (43, 95.5), (38, 99.5), (32, 103), (25, 106), (16.5, 112),
        (8, 117), (0.8, 119.5))),
    Region(name="trapezius_upper", view="back", place="trunk", outline=(
        (0.8, 49), (4, 51), (7, 58), (10.5, 66), (14.5, 72), (20, 76), (28, 79), (38, 83), (46, 88), (44, 92.2), (34, 93.6),
        (22, 94.2), (10, 92.3), (0.8, 90.8))),
    Region(name="posterior_deltoid", view="back", place="arm", outline=(
        (-0.058, 0.016), (-0.024, 0.036), (0.020, 0.040), (0.046, 0.022), (0.062, -0.020), (0.060, -0.075), (0.040, -0.125),
        (0.024, -0.112), (0.008, -0.072), (-0.014, -0.040), (-0.045, -0.012))),
    Region(name="trapezius_upper", view="front", place="trunk", outline=(
        (11.6, 66), (15.5, 72), (23, 77), (34, 81), (42, 86), (36, 87.5), (25, 86), (15.5, 83.5), (11.8, 78))),
    Region(name="latissimus_dorsi", view="front", place="trunk", outline=(
        (44.5, 121), (42.6, 131), (40.6, 141), (37.6, 153), (34.6, 165), (33, 172), (38, 174), (44, 160), (49, 140), (50, 124))),
    Region(name="serratus_anterior", view="front", place="trunk", outline=(
        (40.2, 129), (38.5, 139), (36.5, 150), (34, 160), (29, 164.5), (26, 160), (30.5, 157.5), (25.8, 154), (30.8, 150.5),
        (26.6, 147), (32, 144), (28.5, 140.5), (33.5, 137), (36.5, 132.5))),
    Region(name="biceps", view="front", place="arm", outline=(
        (-0.024, -0.098), (0.0, -0.080), (0.022, -0.108), (0.035, -0.150), (0.037, -0.200), (0.027, -0.245), (0.0, -0.262),
        (-0.023, -0.245), (-0.036, -0.200), (-0.037, -0.150))),
    # Shapes without a name of their own in muscles.toml.
    Region(name="triceps", view="back", place="arm", height_m=(0.0008, 0.002), outline=(
        (0.030, -0.128), (0.046, -0.142), (0.046, -0.200), (0.030, -0.238), (0.0, -0.250), (-0.022, -0.232), (-0.036, -0.190),
        (-0.038, -0.130), (-0.028, -0.075), (-0.008, -0.056), (0.012, -0.082))),
    Region(name="deltoid_front", view="front", place="arm", height_m=(0.0008, 0.002), outline=(
        (-0.042, 0.022), (0.0, 0.038), (0.040, 0.026), (0.062, -0.020), (0.060, -0.075), (0.038, -0.125), (0.020, -0.096),
        (-0.006, -0.058), (-0.028, -0.020))),
    Region(name="pectoral", view="front", place="trunk", height_m=(0.0, 0.0022), outline=(
        (1.5, 96), (10, 91.5), (22, 90.5), (32, 93), (40, 102), (46, 112), (43, 121), (36, 129), (25, 133), (12, 131), (3, 127),
        (1.5, 112))),
    Region(name="abdomen_1", view="front", place="trunk", height_m=(0.0004, 0.0024), outline=(
        (1.5, 136), (10, 135.5), (16.5, 139), (17, 146), (15, 150.5), (1.5, 150.5))),
    Region(name="abdomen_2", view="front", place="trunk", height_m=(0.0004, 0.0024), outline=(
        (1.5, 152.5), (15.5, 152.5), (17, 160), (15.5, 167.5), (1.5, 167.5))),
    Region(name="abdomen_3", view="front", place="trunk", height_m=(0.0004, 0.0022), outline=(
        (1.5, 169.5), (15.5, 169.5), (16.5, 179), (15, 187.5), (1.5, 187.5))),
    Region(name="abdomen_4", view="front", place="trunk", height_m=(0.0004, 0.0016), outline=(
        (1.5, 189.5), (14.5, 189.5), (14, 204), (9, 220), (3, 232), (1.5, 232))),
    Region(name="oblique", view="front", place="trunk", height_m=(0.0006, 0.0018), outline=(
        (20, 160), (25.5, 166.5), (33, 168), (36, 178), (37, 190), (38, 200), (32, 207), (24, 206), (18.5, 196), (18.8, 180))),
)  # fmt: skip
HAIR: Final = "hair"
CLOTH: Final = "cloth"
# What has no name of its own in muscles.toml: relief, and lines of the body map.
UNNAMED: Final = (
    "triceps",
    "deltoid_front",
    "pectoral",
    "abdomen_1",
    "abdomen_2",
    "abdomen_3",
    "abdomen_4",
    "oblique",
)
ALL: Final = tuple(dict.fromkeys(region.name for region in REGIONS))
NAMES: Final = (*(name for name in ALL if name not in UNNAMED), HAIR, CLOTH)
# The hair line: how high it runs above the joint of the skull, from behind to the forehead, of a head of 1.
_HAIR_LINE: Final = ((-0.42, -0.20, -0.04, 0.08, 0.20, 0.40), (-0.10, -0.02, 0.16, 0.30, 0.36, 0.47))
_HAIR_M: Final = 0.004
# Shorts: from where to where, metres over mid-hip. Top: lower and upper edge from the back to the front, as
# shares of the shoulders' height.
_SHORTS_M: Final = (-0.165, 0.100)
_TOP: Final = ((-0.08, 0.06), (0.600, 0.515), (0.700, 0.800))
_CLOTH_M: Final = 0.002
# Metres of the body for a drawing unit outward, at heights of the drawing.
_BREADTH: Final[Mapping[Sex, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    "male": ((0, 90, 130, 183, 230), (0.0042, 0.0042, 0.0042, 0.0041, 0.0040)),
    "female": ((0, 60, 90, 130, 183, 230), (0.0037, 0.0037, 0.0037, 0.0035, 0.0035, 0.0041)),
}
_ARM: Final[Mapping[Sex, float]] = {"male": 1.0, "female": 0.86}


def drawn_on(pose: Pose, region: Region) -> Floats:
    """Return the outline of a region on the left half of a resting body, metres across and up."""
    outline = np.array(region.outline, float)
    _, shoulder = pose.bones["left_upper_arm"]
    if region.place == "arm":
        width = _ARM[pose.body.sex]
        length = pose.body.lengths_m["upper_arm_m"] / 0.2742
        return outline * (width, length) + shoulder[:2]
    crown = pose.bones["head"][1][1] + 0.62 * pose.body.lengths_m["head_m"]
    top = shoulder[1]
    at, breadth = _BREADTH[pose.body.sex]
    x = outline[:, 0] * np.interp(outline[:, 1], at, breadth)
    y = np.interp(outline[:, 1], (9, 90, 183, 254), (crown, top + 0.030, 0.40 * top, -0.07))
    return np.column_stack([x, y])


def inside_m(outline: Floats, points: Floats) -> Floats:
    """Return how far points (N, 2) lie inside a closed outline (M, 2); negative outside, -1 far outside."""
    low, high = outline.min(0) - _NEAR_M, outline.max(0) + _NEAR_M
    near = np.flatnonzero(((points >= low) & (points <= high)).all(1))
    depth = np.full(len(points), -1.0)
    depth[near] = _depth(outline, points[near])
    return depth


def _depth(outline: Floats, points: Floats) -> Floats:
    ahead = np.roll(outline, -1, axis=0)
    best = np.full(len(points), np.inf)
    within = np.zeros(len(points), bool)
    for a, b in zip(outline, ahead, strict=True):
        along = b - a
        share = np.clip((points - a) @ along / max(float(along @ along), 1e-12), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - share[:, None] * along, axis=1))
        crossing = (a[1] > points[:, 1]) != (b[1] > points[:, 1])
        rise = along[1] if abs(along[1]) > 1e-12 else 1e-12
        within ^= crossing & (points[:, 0] < a[0] + (points[:, 1] - a[1]) / rise * along[0])
    far: Floats = np.where(within, best, -best)
    return far


def rounded(outline: Floats, steps: int = 6) -> Floats:
    """Return a closed outline through the same points, by Catmull-Rom curves."""
    before, ahead, after = np.roll(outline, 1, 0), np.roll(outline, -1, 0), np.roll(outline, -2, 0)
    t = (np.arange(steps) / steps)[:, None, None]
    curve: Floats = 0.5 * (
        2 * outline
        + (ahead - before) * t
        + (2 * before - 5 * outline + 4 * ahead - after) * t**2
        + (3 * outline - before - 3 * ahead + after) * t**3
    )
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def painted(pose: Pose, points: Floats, normals: Floats, on_arm: Floats) -> tuple[Floats, Floats]:
    """Return each region's strength at points (N, 3) of the resting body, (N, regions), and the relief (N,).

    Strength is 0 to 1, by `NAMES`, and of muscles sums to at most 1; the relief is in metres. `on_arm` (N,)
    says how much belongs to an arm.
    """
    shapes, relief = shaped(pose, points, normals, on_arm)
    muscles = np.column_stack([shapes[:, ALL.index(name)] for name in NAMES if name not in {HAIR, CLOTH}])
    muscles /= np.maximum(muscles.sum(1), 1.0)[:, None]
    hair = _hair(pose, points)
    # Cloth lies over what is not at work; a muscle that works shows through it.
    cloth = _cloth(pose, points) * (1 - smooth(0.3, 0.6, on_arm))
    flat = np.column_stack([np.abs(points[:, 0]), points[:, 1]])
    relief = relief + _furrows(pose, flat, normals) + _HAIR_M * hair + _CLOTH_M * cloth
    return np.column_stack([muscles, hair, cloth]), relief


def shaped(pose: Pose, points: Floats, normals: Floats, on_arm: Floats) -> tuple[Floats, Floats]:
    """Return the strength of every shape of `ALL` at points of the resting body, and their relief."""
    strength = np.zeros((len(points), len(ALL)))
    relief = np.zeros(len(points))
    flat = np.column_stack([np.abs(points[:, 0]), points[:, 1]])
    for region in REGIONS:
        depth = inside_m(rounded(drawn_on(pose, region)), flat)
        facing = normals[:, 2] * (-1 if region.view == "back" else 1)
        seen = smooth(-0.25, 0.15, facing)
        if region.place == "trunk":
            seen = seen * (1 - smooth(0.55, 0.85, on_arm))
        else:
            seen = seen * smooth(0.10, 0.40, on_arm)
        column = ALL.index(region.name)
        strength[:, column] = np.maximum(strength[:, column], smooth(-SOFT_M, SOFT_M, depth + GROWN_M) * seen)
        height = region.height_m[pose.body.sex == "male"]
        relief = np.maximum(relief, height * smooth(0, SLOPE_M, depth) * seen)
    return strength, relief


def _cloth(pose: Pose, points: Floats) -> Floats:
    """Return how much of the skin is under shorts or, on the female body, a top: 0 to 1."""
    y, z = points[:, 1], points[:, 2]
    low, high = _SHORTS_M
    cloth = smooth(low - 0.006, low + 0.006, y + 0.10 * z) * (
        1 - smooth(high - 0.006, high + 0.006, y - 0.12 * z)
    )
    if pose.body.sex == "male":
        return cloth
    top = float(pose.bones["left_upper_arm"][1][1])
    at, lower, upper = _TOP
    below, above = np.interp(z, at, lower) * top, np.interp(z, at, upper) * top
    band = smooth(-0.006, 0.006, y - below) * (1 - smooth(-0.006, 0.006, y - above))
    away = np.abs(points[:, 0])
    # Straps in front only: nothing runs across the muscles of the back.
    strap = (
        smooth(-0.035, -0.015, z)
        * smooth(0.056, 0.064, away)
        * (1 - smooth(0.086, 0.094, away))
        * smooth(-0.006, 0.006, y - below)
    )
    both: Floats = np.maximum(cloth, np.maximum(band, strap * (1 - smooth(1.16, 1.22, y / top))))
    return both


def _hair(pose: Pose, points: Floats) -> Floats:
    """Return how much of the head is hair, 0 to 1."""
    size = pose.body.lengths_m["head_m"]
    own = (points - pose.bones["head"][1]) / size
    line = np.interp(own[:, 2], *_HAIR_LINE)
    return smooth(-0.02, 0.02, own[:, 1] - line)


def _furrows(pose: Pose, flat: Floats, normals: Floats) -> Floats:
    """Return the furrow along the spine and the line down the belly: negative heights."""
    male = pose.body.sex == "male"
    top = float(pose.bones["left_upper_arm"][1][1])
    x, y = flat[:, 0], flat[:, 1]
    spine = np.exp(-((x / 0.013) ** 2)) * smooth(0.06, 0.14, y) * (1 - smooth(top, top + 0.06, y))
    belly = np.exp(-((x / 0.010) ** 2)) * smooth(0.10, 0.16, y) * (1 - smooth(0.72 * top, 0.85 * top, y))
    back, front = smooth(0.2, 0.6, -normals[:, 2]), smooth(0.2, 0.6, normals[:, 2])
    lines: Floats = -spine * back * (0.004 if male else 0.0035) - belly * front * (0.002 if male else 0.0012)
    return lines
