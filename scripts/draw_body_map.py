"""Draw the body map: the body of the moving figure from the back and the front, each muscle a named region.

Writes `src/openback/data/body_map/{female,male}_{back,front}.svg`. The standing figure is drawn with the
depth buffer, and the edges of its muscles, its outline and its shadows are traced into smooth paths.

    python -m scripts.draw_body_map
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from openback.motion.figure import body_file, mesh, raster, regions, skin
from openback.motion.figure.body_build import ARM_BONES, bind_pose, built
from openback.motion.figure.regions import CLOTH, HAIR
from openback.motion.figure.skin import NUMBER, Floats, Ints
from openback.motion.skeleton.kinematics import Pose, Sex, body, joined
from scripts.tracing import blurred, contours, evened, smooth

Point = tuple[float, float]
Rows = Sequence[Sequence[Point]]

OUT: Final = Path(__file__).parents[1] / "src/openback/data/body_map"
# The part of the drawing that is shown: left, top, width and height in its units; a body is 480 units tall.
FRAME: Final = (30.0, 4.0, 180.0, 290.0)
UNIT_M: Final = 1 / 275
CROWN: Final = 9.0
FINE: Final = 4  # samples for a unit
STANDING: Final = {
    "shoulder_elevation_deg": 13.0,
    "elbow_flexion_deg": 9.0,
    "hip_abduction_deg": 4.0,
    "shoulder_plane_deg": 8.0,
}
# Darker than these shares of the light, the skin is in shadow: two tones.
SHADOWS: Final = (0.70, 0.52)
LINES: Final[Mapping[Sex, Sequence[str]]] = {
    "male": (
        "pectoral",
        "deltoid_front",
        "triceps",
        "abdomen_1",
        "abdomen_2",
        "abdomen_3",
        "abdomen_4",
        "oblique",
    ),
    "female": ("deltoid_front", "triceps"),
}
# Fibres run from the first row of points to the last, as the muscle pulls; in the units of `regions`.
FIBRES: Final[Mapping[str, Rows]] = {
    "back/trapezius_upper": (
        ((1.5, 57), (1.5, 67), (1.5, 76), (1.5, 83), (1.5, 88.5)),
        ((8.3, 66), (10.5, 72), (12, 79), (13, 85), (13.5, 90)),
        ((32, 82), (35, 84.5), (38, 87), (40, 89.4), (41, 91.4)),
    ),
    "back/trapezius_middle": (
        ((1.5, 95.5), (1.5, 100.5), (1.5, 105.5), (1.5, 110.5), (1.5, 115)),
        ((39, 95.4), (36, 97), (31, 99.6), (25, 103), (18, 108.5)),
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
        ((42, 131), (41.6, 133), (41.2, 134.8), (41, 136.4), (40.8, 138), (40.6, 139.4), (40.6, 140.4), (40.6, 141)),
    ),
    "back/rotator_cuff": (
        ((29.5, 109), (31.5, 115), (31.6, 122), (31.5, 130)),
        ((38, 107), (39.5, 111.5), (38.5, 116.5), (36, 124)),
        ((42.5, 112), (42.6, 113.5), (42, 115), (40, 118)),
    ),
    "back/erector_spinae": (
        ((3, 166), (6, 164), (9, 170)),
        ((4.5, 190), (8.5, 190), (12.5, 190)),
        ((3.5, 213), (6.5, 211), (10, 206)),
    ),
    "back/posterior_deltoid": (
        ((-0.046, 0.010), (-0.014, 0.028), (0.020, 0.030), (0.044, 0.012)),
        ((0.002, -0.040), (0.022, -0.046), (0.040, -0.050), (0.053, -0.054)),
        ((0.030, -0.110), (0.034, -0.113), (0.038, -0.115), (0.041, -0.117)),
    ),
    "front/biceps": (
        ((-0.014, -0.098), (0.002, -0.092), (0.016, -0.104)),
        ((-0.025, -0.170), (0.001, -0.170), (0.026, -0.170)),
        ((-0.013, -0.244), (0.0, -0.252), (0.014, -0.244)),
    ),
    "front/trapezius_upper": (((13, 70), (13.2, 75)), ((22, 79), (21, 82)), ((34, 83.5), (33.5, 85))),
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """The standing figure: its skin in the pose of the map and at rest, in metres, and how much is arm."""

    sex: Sex
    rest: Pose
    pose: Pose
    points: Floats
    normals: Floats
    resting: Floats
    resting_normals: Floats
    on_arm: Floats
    open: Floats
    triangles: Ints


def standing(sex: Sex) -> Standing:
    """Return the figure as the map shows it."""
    whole = body_file.read(built(sex))
    bind, rest, pose = bind_pose(sex), joined(body(sex), {}), joined(body(sex), STANDING)
    held = (whole.bones, whole.weights)
    there = [skin.moved(whole.points, *held, skin.transforms(bind, p, "easy")) for p in (pose, rest)]
    of_arm = [NUMBER[f"{side}_{bone}"] for side in ("left", "right") for bone in ARM_BONES]
    halves = [NUMBER[f"{side}_shoulder"] for side in ("left", "right")]
    on_arm = (whole.weights * np.isin(whole.bones, of_arm)).sum(1)
    on_arm += 0.5 * (whole.weights * np.isin(whole.bones, halves)).sum(1)
    return Standing(
        sex=sex,
        rest=rest,
        pose=pose,
        points=there[0],
        normals=mesh.normals(there[0], whole.triangles),
        resting=there[1],
        resting_normals=mesh.normals(there[1], whole.triangles),
        on_arm=on_arm,
        open=whole.shade,
        triangles=whole.triangles,
    )


# --- What is seen -------------------------------------------------------------------------------------------


def in_units(figure: Standing, x: Floats, y: Floats, view: str) -> Floats:
    """Return places of the drawing (N, 2) from metres across and up."""
    crown = figure.points[:, 1].max()
    flip = 1.0 if view == "front" else -1.0
    return np.column_stack([120 + flip * x / UNIT_M, CROWN + (crown - y) / UNIT_M])


def fields(figure: Standing, view: str) -> dict[str, Floats]:
    """Return pictures by name, 0 to 1, higher than wide: `body`, `light`, and every shape that is seen."""
    left, top, width, height = FRAME
    wide, high = round(width * FINE), round(height * FINE)
    place = (in_units(figure, figure.points[:, 0], figure.points[:, 1], view) - (left, top)) * FINE
    depth = figure.points[:, 2] * (1 if view == "front" else -1)
    seen = raster.seen(
        np.column_stack([place, depth]).astype(np.float32), figure.triangles[:, [0, 2, 1]], wide, high
    )
    corner = figure.triangles[:, [0, 2, 1]][seen.triangle]

    def at(values: Floats) -> Floats:
        found: Floats = np.einsum("nk,nk...->n...", seen.weights.astype(float), values[corner])
        return found

    resting, on_arm, facing = at(figure.resting), at(figure.on_arm), at(figure.resting_normals)
    shapes, _ = regions.shaped(figure.rest, resting, facing, on_arm)
    named, _ = regions.painted(figure.rest, resting, facing, on_arm)
    told = dict(zip(regions.ALL, shapes.T, strict=True))
    told |= {name: named[:, regions.NAMES.index(name)] for name in (HAIR, CLOTH)}
    told |= {"body": np.ones(len(resting)), "light": light(at(figure.normals), at(figure.open), view)}
    pictures = {}
    for name, values in told.items():
        picture = np.zeros(wide * high)
        picture[seen.sample] = values
        pictures[name] = picture.reshape(high, wide)
    return pictures


def light(normals: Floats, open_: Floats, view: str) -> Floats:
    """Return how lit each sample is, 0 to 1: from ahead and above, folds dark, both sides alike."""
    ahead = normals[:, 2] * (1 if view == "front" else -1)
    lit = np.clip(0.62 * ahead + 0.30 * normals[:, 1] + 0.34, 0, 1) * (0.35 + 0.65 * open_)
    return np.clip(lit, 0, 1)


def traced(picture: Floats, level: float, *, blur: int = 3, least: float = 6.0, step: float = 9.0) -> str:
    """Return one path around what is above a level; patches below `least` square units are left out."""
    left, top, _, _ = FRAME
    paths = []
    for line in contours(blurred(picture, blur) if blur else picture, level):
        x, y = line.T
        area = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2 / FINE**2
        if area >= least:
            paths.append(smooth(evened(line, step) / FINE + (left, top)))
    return "".join(paths)


# --- The drawing --------------------------------------------------------------------------------------------


def fibres(figure: Standing, name: str, view: str) -> str:
    """Return one path with the fibre lines of a muscle, empty where none are drawn."""
    rows = FIBRES.get(f"{view}/{name}", ())
    place = next(r.place for r in regions.REGIONS if r.name == name and r.view == view)
    paths = []
    for line in zip(*rows, strict=True) if rows else ():
        drawn = regions.Region(name=name, view="back", place=place, outline=tuple(line))
        flat = regions.drawn_on(figure.rest, drawn)
        if place == "arm":
            flat = on_arm(figure, flat)
        paths += [smooth(in_units(figure, s * flat[:, 0], flat[:, 1], view), closed=False) for s in (1, -1)]
    return "".join(paths)


def on_arm(figure: Standing, flat: Floats) -> Floats:
    """Return points beside the resting arm (N, 2) where the standing figure's arm takes them."""
    rotation, origin = figure.pose.bones["left_upper_arm"]
    start = figure.rest.bones["left_upper_arm"][1]
    there: Floats = (flat - start[:2]) @ rotation[:2, :2].T + origin[:2]
    return there


def drawing(figure: Standing, view: str, seen: Mapping[str, Floats]) -> str:
    """Return the SVG of one body from one side."""
    outline = traced(seen["body"], 0.5, blur=2, least=30)
    body_lines = [f'<path class="bm-outline bm-skin" d="{outline}"/>']
    shapes = "".join(
        traced(seen[name], 0.5, least=12) for name in LINES[figure.sex] if shown_here(name, view)
    )
    body_lines.append(f'<path class="bm-shape" d="{shapes}"/>')
    body_lines += [f'<path class="bm-{name}" d="{traced(seen[name], 0.5)}"/>' for name in (CLOTH, HAIR)]
    muscles = [r.name for r in regions.REGIONS if r.view == view and r.name in MUSCLE_NAMES]
    body_lines += [muscle(figure, name, view, seen) for name in muscles]
    # Shadows lie over everything and let the finger through.
    shade = np.where(seen["body"] > 0, 1 - seen["light"], 0.0)
    for level in SHADOWS:
        body_lines.append(
            f'<path class="bm-shade" d="{traced(shade, 1 - level, blur=5, least=8, step=14)}"/>'
        )
    left, top, width, height = (f"{x:g}" for x in FRAME)
    title = f"{figure.sex.capitalize()} body from the {view}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" class="body-map" '
        f'role="img" aria-label="{title}">'
    )
    return "\n".join([head, *body_lines, "</svg>", ""])


def shown_here(name: str, view: str) -> bool:
    """Return whether a shape is drawn from this side."""
    return any(region.name == name and region.view == view for region in regions.REGIONS)


def muscle(figure: Standing, name: str, view: str, seen: Mapping[str, Floats]) -> str:
    """Return a muscle as a named group: its surface and its fibres."""
    surface = f'<path class="bm-surface" d="{traced(seen[name], 0.5, blur=2)}"/>'
    lines = fibres(figure, name, view)
    drawn = f'<path class="bm-fibre" d="{lines}"/>' if lines else ""
    title = f"<title>{MUSCLE_NAMES[name]}</title>"
    return f'<g class="bm-muscle" data-muscle="{name}">{title}{surface}{drawn}</g>'


def drawings() -> Iterator[tuple[str, str]]:
    """Yield name and SVG of each of the four drawings."""
    for sex in ("female", "male"):
        figure = standing("female" if sex == "female" else "male")
        for view in ("back", "front"):
            yield f"{sex}_{view}", drawing(figure, view, fields(figure, view))


def main() -> None:
    """Write the four drawings."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, svg in drawings():
        (OUT / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
