"""Builds the two bodies' skins, once, when the browser's files are built.

    python -m openback.motion.figure.body_build FOLDER

writes `female.bin` and `male.bin`; what is in them stands in `body_file`. Needs NumPy and nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import numpy as np

from openback.motion.figure import body_shape, mesh, modeller, regions, skin, surface, weights
from openback.motion.figure.body_file import Half, packed
from openback.motion.figure.skin import NUMBER, Floats, Ints
from openback.motion.skeleton.kinematics import Pose, Sex, body, joined

# The pose in which the skin is made: half way between what joints do most, arms and legs apart.
BIND: Final = {
    "shoulder_elevation_deg": 62.0,
    "shoulder_plane_deg": 12.0,
    "elbow_flexion_deg": 12.0,
    "hip_abduction_deg": 13.0,
    "hip_flexion_deg": 8.0,
    "knee_flexion_deg": 8.0,
}
CELL_M: Final = 0.0122
LOW_M: Final = (0.0, -1.03, -0.30)
HIGH_M: Final = (0.98, 0.98, 0.38)
ARM_BONES: Final = ("upper_arm", "forearm", "hand", "elbow", "wrist", "fingers", "fingertips", "thumb")


def bind_pose(sex: Sex) -> Pose:
    """Return the pose in which a body's skin is made."""
    return joined(body(sex), BIND)


def built(sex: Sex) -> bytes:
    """Return the file of one body."""
    bind, rest = bind_pose(sex), joined(body(sex), {})
    parts = body_shape.parts(modeller.Placer(rest=rest, posed=bind))

    def distance(points: Floats) -> Floats:
        return surface.distance(parts, points)

    vertices, triangles = _net(distance, bind)
    whole, all_triangles, _ = mesh.mirrored(vertices, triangles)
    share, bones = weights.weights(parts, bind, whole, all_triangles)
    (region, strength), relief = _painted(bind, rest, (whole, all_triangles), (share, bones))
    whole = whole + relief[:, None] * mesh.normals(whole, all_triangles)
    shade = _shade(distance, whole, mesh.normals(whole, all_triangles))
    half = slice(0, len(vertices))
    whole[half][vertices[:, 0] == 0, 0] = 0.0
    return packed(
        Half(
            sex=sex,
            points=whole[half],
            normals=mesh.normals(whole, all_triangles)[half],
            weights=share[half],
            bones=bones[half],
            region=region[half],
            strength=strength[half],
            shade=shade[half],
            triangles=triangles,
        )
    )


def _net(distance: mesh.Distance, bind: Pose) -> tuple[Floats, Ints]:
    """Return the left half of the skin, evened out and drawn onto the surface."""
    face = bind.point_m("head", (0.0, 0.01, 0.05))
    hand = bind.point_m("left_hand", (-0.01, -0.09, 0.008))
    lenses = (
        mesh.Lens(middle=tuple(face), times=1.9, inner_m=0.125, outer_m=0.36),
        mesh.Lens(middle=tuple(hand), times=2.2, inner_m=0.10, outer_m=0.34),
    )
    points, triangles = mesh.half_net(distance, np.array(LOW_M), np.array(HIGH_M), CELL_M, lenses)
    middle = points[:, 0] < 1e-6
    edges = mesh.neighbours(triangles)
    for turn in range(6):
        slope = surface.gradient(distance, points)
        steep = np.linalg.norm(slope, axis=1)
        out = slope / np.maximum(steep, 1e-9)[:, None]
        step = np.clip(distance(points) / np.maximum(steep, 0.4), -0.006, 0.006)
        points = points - out * step[:, None]
        if turn < 4:
            slide = mesh.averaged(points, edges) - points
            slide -= (slide * out).sum(1)[:, None] * out
            slide[middle] = 0.0
            points = points + 0.4 * slide
        points[middle, 0] = 0.0
    order = np.argsort(~middle, kind="stable")
    return points[order], np.argsort(order, kind="stable")[triangles]


def _painted(
    bind: Pose, rest: Pose, skin_mesh: tuple[Floats, Ints], held: tuple[Floats, Ints]
) -> tuple[tuple[Ints, Floats], Floats]:
    """Return each vertex's two strongest regions with their strengths, and the relief in metres (N,)."""
    (points, triangles), (share, bones) = skin_mesh, held
    resting = skin.moved(points, bones, share, skin.transforms(bind, rest, "easy"))
    of_arm = [NUMBER[f"{side}_{bone}"] for side in ("left", "right") for bone in ARM_BONES]
    half_arm = [NUMBER[f"{side}_shoulder"] for side in ("left", "right")]
    on_arm = (share * np.isin(bones, of_arm)).sum(1) + 0.5 * (share * np.isin(bones, half_arm)).sum(1)
    strength, relief = regions.painted(rest, resting, mesh.normals(resting, triangles), on_arm)
    edges = mesh.neighbours(triangles)
    for _ in range(2):
        relief = relief + 0.5 * (mesh.averaged(relief[:, None], edges)[:, 0] - relief)
    strength = strength + 0.4 * (mesh.averaged(strength, edges) - strength)
    region = np.argsort(-strength, axis=1, kind="stable")[:, :2]
    strongest = np.take_along_axis(strength, region, 1)
    return (region, strongest), relief


def _shade(distance: mesh.Distance, points: Floats, normals: Floats) -> Floats:
    """Return how open the skin is to the light, 0 (in a fold) to 1: steps outward, and how near it stays."""
    shut = np.zeros(len(points))
    for step, part in ((0.012, 0.30), (0.025, 0.28), (0.05, 0.24), (0.09, 0.18)):
        gap = distance(points + normals * step)
        shut += part * np.clip(1 - gap / min(step, surface.FAR_M), 0, 1)
    open_: Floats = np.clip(1 - 1.1 * shut, 0, 1)
    return open_


def main() -> None:
    """Write both bodies into the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for sex in ("female", "male"):
        (folder / f"{sex}.bin").write_bytes(built("female" if sex == "female" else "male"))


if __name__ == "__main__":
    main()
