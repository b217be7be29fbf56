"""Draw the body map: back and front, female and male, each muscle a named region.

Writes `src/openback/data/body_map/{female,male}_{back,front}.svg`. The drawing is ours: points along
the outline of the right half of a standing person, joined by smooth curves and mirrored. A body is
400 units tall, so a head is 50; the female body is the male one narrowed at the shoulders and waist
and widened at the hips, in the proportion of published breadths.

    python scripts/draw_body_map.py
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

Point = tuple[float, float]
Points = Sequence[Point]

OUT: Final = Path(__file__).parents[1] / "src/openback/data/body_map"
MIDDLE: Final = 120.0
VIEW_BOX: Final = "30 4 180 290"

# Breadth of the female body over the male one at heights from the top of the head to the thigh.
FEMALE_BREADTH: Final = (
    (0, 0.98), (52, 0.92), (66, 0.84), (90, 0.86), (118, 0.865), (140, 0.84), (165, 0.83), (182, 0.87),
    (200, 0.99), (225, 1.09), (245, 1.10), (280, 1.05), (330, 1.0),
)  # fmt: skip
# The arm keeps its shape and only moves with the shoulder; it is a little slimmer.
FEMALE_ARM: Final = (0.84, 0.87)  # slimness, shift of the shoulder

BODY: Final[Points] = (
    (0, 9), (7, 10), (13, 14), (17, 22), (18.2, 32), (17, 41), (14, 48.5), (12, 55), (11.6, 62), (12.5, 70),
    (16, 76.5), (25, 82.5), (36, 86.5), (46, 90), (51, 97), (50, 108), (46, 118), (43.5, 128), (42.5, 138),
    (40, 150), (37, 162), (34.5, 173), (33.5, 182), (34.5, 192), (37.5, 203), (40.5, 214), (42.5, 226),
    (43.5, 238), (44, 250), (43.5, 266), (42, 285), (40, 312), (37, 345), (13, 345), (9, 312), (5.5, 285),
    (3, 266), (1.5, 257), (0, 254.5),
)  # fmt: skip
ARM: Final[Points] = (
    (44, 90), (51, 91), (56.5, 96), (59.5, 104), (60.5, 114), (61, 126), (62.5, 140), (64, 153), (65, 164),
    (66.5, 173), (69.5, 182), (73, 192), (75.5, 203), (76.5, 216), (77, 230), (78, 241), (80, 247), (82, 256),
    (82.5, 266), (81.5, 277), (79, 284), (75.5, 285), (74, 279), (73, 271), (70.5, 268), (69.5, 260),
    (71, 250), (70.5, 242), (67.5, 228), (63, 213), (58.5, 198), (55, 185), (53, 175), (51.5, 164), (49, 150),
    (46.5, 137), (45, 126), (43, 112), (42, 100),
)  # fmt: skip

BACK_MUSCLES: Final[Mapping[str, Points]] = {
    "erector_spinae": (
        (1, 165), (5, 160), (9, 166), (12.5, 176), (15, 188), (14.5, 199), (11, 208), (6, 214), (1, 218),
        (1, 190),
    ),
    "latissimus_dorsi": (
        (46, 120), (42.5, 128), (36, 134), (29, 138.5), (21, 141), (15.5, 145), (10, 156), (4, 167),
        (8.5, 169), (13, 177), (17.5, 187), (24, 193), (30, 193.5), (32.5, 187), (32.5, 178), (35, 167),
        (38.5, 154), (41.5, 141), (44, 129),
    ),
    "rhomboids": (
        (19.5, 114.5), (25, 108.5), (28, 110), (29.5, 118), (29.5, 127), (28, 135), (20, 138), (15.5, 141),
        (12.5, 147), (14, 137), (16.5, 126),
    ),
    "rotator_cuff": (
        (28.5, 106.5), (36, 104), (44, 104.5), (50, 109), (50, 115), (45.5, 119), (40, 127), (34, 132.5),
        (30, 133.5), (31, 124), (30.5, 114),
    ),
    "posterior_deltoid": (
        (42.5, 99), (48, 94), (54, 95.5), (58, 102), (59.2, 113), (59.5, 124), (60.5, 136), (57.5, 131),
        (54, 122), (50.5, 112), (46, 104.5),
    ),
    "trapezius_lower": (
        (0.8, 121), (8, 118.5), (17, 113.5), (23, 108), (25.5, 107.6), (19, 114.5), (15.5, 126), (12.5, 138),
        (8, 151), (3, 162), (0.8, 165),
    ),
    "trapezius_middle": (
        (0.8, 92.5), (10, 94), (22, 96), (33, 96.5), (44, 95.5), (46.5, 96.5), (41, 99.5), (33, 103),
        (25, 106), (16.5, 112), (8, 117), (0.8, 119.5),
    ),
    "trapezius_upper": (
        (0.8, 49), (4, 51), (7, 58), (9.3, 66), (12.5, 73.5), (18, 79.5), (27, 84.5), (37, 88), (45.5, 92),
        (46, 94), (34, 94.8), (22, 94.2), (10, 92.3), (0.8, 90.8),
    ),
}  # fmt: skip
BACK_SHAPES: Final[Mapping[str, Points]] = {
    "triceps": (
        (59.5, 134), (62, 146), (63.5, 158), (62, 167), (58.5, 172), (55, 168), (52, 156), (50, 143),
        (48, 131), (52.5, 124), (57, 132),
    ),
    "forearm": (
        (56.5, 182), (61, 179), (67, 182), (71.5, 193), (73.8, 205), (74.6, 220), (73, 233), (69.5, 226),
        (64, 210), (59.5, 196),
    ),
    "oblique": (
        (33.5, 178), (31.8, 188), (28.5, 195), (21, 197), (22, 204), (31, 206), (37, 207), (35, 196),
    ),
    "gluteus": (
        (2, 222), (12, 212), (22, 206.5), (32, 209), (39, 219), (41, 232), (38.5, 246), (30, 255),
        (18, 258), (7, 256), (2, 250), (1, 236),
    ),
    "hamstring_outer": (
        (26, 259), (37, 254), (41.5, 260), (41, 276), (38.5, 300), (35, 335), (27, 335), (24, 285),
    ),
    "hamstring_inner": (
        (8, 261), (18, 262), (23, 268), (22.5, 290), (23, 335), (15, 335), (10, 292), (5.5, 272),
    ),
}  # fmt: skip

FRONT_MUSCLES: Final[Mapping[str, Points]] = {
    "trapezius_upper": (
        (12.6, 68), (15.5, 75.5), (23, 81), (34, 85.8), (36, 88.2), (25, 87.2), (15.5, 84.5), (11.8, 78),
    ),
    "latissimus_dorsi": (
        (44.5, 123), (43.5, 131), (42, 141), (39, 153), (36, 165), (34.3, 172), (34.5, 163), (37.3, 150),
        (39.5, 137), (41, 127),
    ),
    "serratus_anterior": (
        (40.2, 129), (38.5, 139), (36.5, 150), (34, 160), (29, 164.5), (27, 161), (31, 157.5), (26.8, 154.5),
        (31.5, 151), (27.6, 147.5), (32.5, 144.5), (29.5, 141), (34.5, 137.5), (37.5, 132.5),
    ),
    "biceps": (
        (54, 123), (58, 131), (61, 141), (62.3, 153), (61.5, 164), (58.8, 171.5), (55.5, 168), (53, 157),
        (51, 145), (50, 133), (51, 125),
    ),
}  # fmt: skip
FRONT_SHAPES: Final[Mapping[str, Points]] = {
    "neck_muscle": ((3, 86), (5.5, 78), (9.5, 68), (11.8, 62), (11.6, 70), (9.5, 79), (6.5, 86.5)),
    "deltoid_front": (
        (38, 90.5), (46, 91), (54, 95.5), (58.5, 103), (60, 114), (61, 127), (60, 134), (55, 121), (50, 112),
        (44.5, 103), (40, 97),
    ),
    "pectoral": (
        (1.5, 96), (10, 91.5), (22, 90.5), (34, 92), (42, 101), (48, 111.5), (43, 121), (36, 129),
        (25, 132.5), (12, 130.5), (3, 126.5), (1.5, 112),
    ),
    "abdomen_1": ((1.8, 136), (10, 135.5), (16.5, 139), (17, 146), (15, 150), (1.8, 150)),
    "abdomen_2": ((1.8, 153), (15.5, 153), (17, 160), (15.5, 167), (1.8, 167)),
    "abdomen_3": ((1.8, 170), (15.5, 170), (16.5, 179), (15, 187), (1.8, 187)),
    "abdomen_4": ((1.8, 190), (14.5, 190), (14, 204), (9, 220), (3, 232), (1.8, 232)),
    "oblique": (
        (20, 158), (25.5, 166.5), (33, 166), (32.8, 178), (33, 190), (36, 202), (33, 210), (24, 208),
        (18.5, 196), (20, 180),
    ),
    "forearm": (
        (57, 182), (62, 176), (67, 182), (71.5, 193), (73.8, 205), (74.6, 220), (73, 233), (69.5, 226),
        (64, 210), (59.5, 196),
    ),
    "thigh_outer": (
        (28, 232), (37, 222), (41, 232), (42.3, 250), (41.5, 272), (39, 300), (35, 335), (29, 335), (27, 285), (25, 255),
    ),
    "thigh_inner": (
        (22, 240), (24.5, 262), (25.5, 290), (27, 335), (17, 335), (10, 292), (6, 272), (8, 258), (14, 250),
    ),
}  # fmt: skip
# What the female front has instead of the male chest and belly: softer, with fewer lines.
FEMALE_FRONT: Final[Mapping[str, Points]] = {
    "pectoral": (
        (1.8, 98), (10, 92.5), (22, 91), (34, 92.5), (42.5, 101), (48, 111), (45.5, 120), (42.5, 130),
        (36, 138), (26, 141.5), (15, 139.5), (7.5, 133), (3.5, 124), (1.8, 112),
    ),
    "abdomen_1": ((1.8, 147), (10, 146), (15.5, 152), (16, 170), (15.5, 186), (12.5, 206), (7, 223), (1.8, 233)),
}  # fmt: skip
FACE: Final[Points] = (
    (0, 9.5), (7, 10.5), (13, 14), (17, 22), (18.2, 32), (17, 42), (14.5, 50.5), (10, 57.5), (4.5, 62), (0, 63),
)  # fmt: skip
EAR: Final[Points] = ((17.6, 31), (20, 30), (21, 33.5), (20, 38.5), (17.8, 41.5), (16.6, 39))
HAIR: Final[Mapping[str, Points]] = {
    "male_back": (
        (0, 8), (8, 9), (14, 13.5), (17.8, 22), (18.4, 31), (16.6, 39), (13.4, 44), (11, 49), (5, 50.5), (0, 50.5),
    ),
    "male_front": (
        (0, 7.5), (8, 8.5), (14.5, 13), (18.3, 21), (18.7, 31), (17, 28), (15, 21.5), (9, 19), (3, 20.5), (0, 20),
    ),
    "female_back": ((0, 7.5), (8, 8.5), (14.5, 13), (18.6, 22), (19, 32), (16, 41), (10.5, 47), (5, 49), (0, 49.5)),
    "female_front": (
        (0, 6.5), (8, 7.5), (15, 12.5), (19.2, 22), (19.8, 34), (18.4, 41), (17.2, 33), (14, 24), (8, 17.5),
        (0, 14),
    ),
}  # fmt: skip
BUN: Final[Points] = ((0, 12), (6.5, 13), (10.5, 18.5), (10.5, 25.5), (6.5, 31), (0, 32))
# Fibres run from the first row of points to the last, as the muscle pulls.
FIBRES: Final[Mapping[str, Sequence[Points]]] = {
    "back/trapezius_upper": (
        ((1.5, 57), (1.5, 67), (1.5, 76), (1.5, 83), (1.5, 88.5)),
        ((8.3, 69), (9.5, 75.5), (11, 81.5), (12, 87), (13, 91)),
        ((33, 87.7), (36, 89), (39, 90.6), (41, 92), (42, 93.4)),
    ),
    "back/trapezius_middle": (
        ((1.5, 95.5), (1.5, 100.5), (1.5, 105.5), (1.5, 110.5), (1.5, 115)),
        ((41, 97.2), (38, 99), (33, 101.2), (26, 103.8), (18, 109)),
    ),
    "back/trapezius_lower": (
        ((1.5, 124), (1.5, 132), (1.5, 141), (1.5, 150), (1.5, 158)),
        ((10, 119.5), (9.2, 125), (8, 132.5), (6.6, 141), (4.4, 150.5)),
        ((21.5, 109.8), (19.2, 112.8), (16.6, 118.5), (14, 127), (11.5, 136.5)),
    ),
    "back/rhomboids": (
        ((19, 118), (17.3, 125), (16, 132), (15, 139)),
        ((27, 111.5), (28.3, 117), (28.6, 124), (27.6, 131.5)),
    ),
    "back/latissimus_dorsi": (
        ((19, 144), (13, 152.5), (8, 163), (11.5, 172), (16.5, 181), (22.5, 189), (29, 191), (31.8, 184)),
        ((30, 141), (27.5, 147.5), (25, 155), (26, 162.5), (28.5, 169), (31, 174), (33, 173), (34.3, 165)),
        ((42.5, 131), (42.3, 133), (42, 134.8), (42, 136.4), (42, 138), (42, 139.4), (42, 140.4), (42, 141)),
    ),
    "back/rotator_cuff": (
        ((29.5, 109), (31.5, 115), (31.6, 122), (31.5, 130)),
        ((38, 107), (40, 111.5), (39.5, 116.5), (37, 124)),
        ((48.5, 110), (48.7, 112.2), (48.5, 114.2), (45.5, 117.5)),
    ),
    "back/posterior_deltoid": (
        ((45.5, 99), (49.5, 97), (53.5, 97.6), (56.6, 102)),
        ((52.5, 112.5), (54.5, 112), (56.4, 111.8), (57.8, 112)),
        ((58.4, 130), (58.8, 130), (59.2, 130), (59.5, 130)),
    ),
    "back/erector_spinae": (
        ((3, 166), (6, 164), (9, 170)),
        ((4.5, 190), (8.5, 190), (12.5, 190)),
        ((3.5, 213), (6.5, 211), (10, 206)),
    ),
    "front/biceps": (
        ((52.2, 126), (54, 126), (56, 129)),
        ((53, 145), (56.5, 145), (59.6, 145)),
        ((56, 166), (58, 168.5), (60.2, 165.5)),
    ),
    "front/trapezius_upper": (((13, 71), (13.2, 76)), ((20, 80.5), (19.5, 83.5)), ((33, 86), (33, 87.4))),
}  # fmt: skip

MUSCLE_NAMES: Final = {
    "trapezius_upper": "Upper trapezius",
    "trapezius_middle": "Middle trapezius",
    "trapezius_lower": "Lower trapezius",
    "rhomboids": "Rhomboids",
    "latissimus_dorsi": "Lats",
    "posterior_deltoid": "Rear deltoid",
    "rotator_cuff": "Rotator cuff",
    "serratus_anterior": "Serratus",
    "erector_spinae": "Back extensors",
    "biceps": "Biceps",
}


def smooth(points: Points, *, closed: bool = True) -> str:
    """Return an SVG path through the points by Catmull-Rom curves."""
    at = np.array(points, dtype=float)
    ahead = np.roll(at, -1, 0)
    first = at + (ahead - np.roll(at, 1, 0)) / 6
    second = ahead - (np.roll(at, -2, 0) - at) / 6
    ends = len(at) if closed else len(at) - 1
    if not closed:
        first[0], second[ends - 1] = at[0], at[-1]
    parts = [f"M{at[0, 0]:.1f} {at[0, 1]:.1f}"]
    for control_1, control_2, end in zip(first[:ends], second[:ends], ahead[:ends], strict=True):
        parts.append("C" + " ".join(f"{v:.1f}" for pair in (control_1, control_2, end) for v in pair))
    return "".join(parts) + ("Z" if closed else "")


def breadth(y: float) -> float:
    """Return how broad the female body is against the male one at this height."""
    heights, shares = zip(*FEMALE_BREADTH, strict=True)
    return float(np.interp(y, heights, shares))


def arm_centre(y: float) -> float:
    """Return where the middle of the arm runs at this height."""
    return float(np.interp(y, (90, 175, 245, 290), (51, 59.5, 74, 77.5)))


def shaped(points: Points, *, sex: str, arm: bool) -> list[Point]:
    """Return the points on the body of that sex."""
    if sex == "male":
        return list(points)
    if not arm:
        return [(x * breadth(y), y) for x, y in points]
    slim, shift = FEMALE_ARM
    return [((x - arm_centre(y)) * slim + arm_centre(y) - 51 * (1 - shift) * 1.0, y) for x, y in points]


ARM_PARTS: Final = {"biceps", "triceps", "forearm"}
SHOULDER_PARTS: Final = {"posterior_deltoid", "deltoid_front"}


def placed(name: str, points: Points, sex: str) -> list[Point]:
    """Return the points of a part: on the arm, on the trunk, or from one to the other at the shoulder."""
    if name in ARM_PARTS:
        return shaped(points, sex=sex, arm=True)
    if name not in SHOULDER_PARTS:
        return shaped(points, sex=sex, arm=False)
    on_trunk, on_arm = shaped(points, sex=sex, arm=False), shaped(points, sex=sex, arm=True)
    blend = [float(np.interp(y, (95, 108), (0, 1))) for _, y in points]
    return [(t[0] * (1 - b) + a[0] * b, t[1]) for t, a, b in zip(on_trunk, on_arm, blend, strict=True)]


def both_sides(path_points: list[Point], *, closed: bool = True) -> str:
    """Return one path that holds the right half and its mirror image."""
    right = [(MIDDLE + x, y) for x, y in path_points]
    left = [(MIDDLE - x, y) for x, y in path_points]
    return smooth(right, closed=closed) + smooth(left, closed=closed)


def whole(half: list[Point]) -> str:
    """Return one closed path from a half outline that begins and ends on the midline."""
    mirrored = [(-x, y) for x, y in reversed(half) if x > 0]
    return smooth([(MIDDLE + x, y) for x, y in [*half, *mirrored]])


def parts(sex: str, view: str) -> tuple[Mapping[str, Points], Mapping[str, Points]]:
    """Return the muscles and the other shapes that are seen from this side."""
    if view == "back":
        return BACK_MUSCLES, BACK_SHAPES
    if sex == "male":
        return FRONT_MUSCLES, FRONT_SHAPES
    calm = {name: points for name, points in FRONT_SHAPES.items() if not name.startswith("abdomen")}
    return FRONT_MUSCLES, {**calm, **FEMALE_FRONT}


def fibres(name: str, view: str, sex: str) -> str:
    """Return one path with the fibre lines of a muscle, empty where none are drawn."""
    rows = FIBRES.get(f"{view}/{name}", ())
    lines = zip(*(placed(name, row, sex) for row in rows), strict=True) if rows else ()
    return "".join(both_sides(list(line), closed=False) for line in lines)


def muscle(name: str, points: Points, view: str, sex: str) -> str:
    """Return a muscle as a named group: its surface and its fibres."""
    surface = f'<path class="bm-surface" d="{both_sides(placed(name, points, sex))}"/>'
    lines = fibres(name, view, sex)
    drawn = f'<path class="bm-fibre" d="{lines}"/>' if lines else ""
    title = f"<title>{MUSCLE_NAMES[name]}</title>"
    return f'<g class="bm-muscle" data-muscle="{name}">{title}{surface}{drawn}</g>'


def drawing(sex: str, view: str) -> str:
    """Return the SVG of one body from one side."""
    muscles, shapes = parts(sex, view)
    trunk = whole(shaped(BODY, sex=sex, arm=False))
    arms, ears = both_sides(shaped(ARM, sex=sex, arm=True)), both_sides(shaped(EAR, sex=sex, arm=False))
    # The outline is drawn under the skin, so that arms and trunk join without a seam.
    body = [f'<path class="bm-{layer}" d="{ears}{arms}{trunk}"/>' for layer in ("outline", "skin")]
    body += [f'<path class="bm-shape" d="{both_sides(placed(n, p, sex))}"/>' for n, p in shapes.items()]
    body += [muscle(name, points, view, sex) for name, points in muscles.items()]
    if view == "front":
        body.append(f'<path class="bm-face" d="{whole(shaped(FACE, sex=sex, arm=False))}"/>')
    body.append(f'<path class="bm-hair" d="{whole(shaped(HAIR[f"{sex}_{view}"], sex=sex, arm=False))}"/>')
    if sex == "female" and view == "back":
        body.append(f'<path class="bm-hair bm-bun" d="{whole(shaped(BUN, sex=sex, arm=False))}"/>')
    title = f"{sex.capitalize()} body from the {view}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" class="body-map" role="img" aria-label="{title}">'
    return "\n".join([head, *body, "</svg>", ""])


def main() -> None:
    """Write the four drawings."""
    OUT.mkdir(parents=True, exist_ok=True)
    for sex in ("female", "male"):
        for view in ("back", "front"):
            (OUT / f"{sex}_{view}.svg").write_text(drawing(sex, view), encoding="utf-8")


if __name__ == "__main__":
    main()
