"""Makes the solids of a body, given at rest on its left side, and moves them with their bones into a pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from openback.motion.figure.surface import Cone, Ellipsoid, Floats, Part, Solid, Tube
from openback.motion.skeleton.kinematics import Body, Pose

Point = tuple[float, float, float]
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placer:
    """Moves points of the resting body with their bones into another pose."""

    rest: Pose
    posed: Pose

    @property
    def body(self) -> Body:
        """The body whose bones they are."""
        return self.rest.body

    def joint(self, bone: str) -> Floats:
        """Return where a bone begins in the rest."""
        return self.rest.bones[bone][1]

    def point(self, bone: str, at: Floats) -> Floats:
        """Return where a point goes."""
        rotation, origin = self.posed.bones[bone]
        moved: Floats = rotation @ (at - self.joint(bone)) + origin
        return moved

    def turn(self, bone: str) -> Floats:
        """Return how a bone is turned."""
        return self.posed.bones[bone][0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modeller:
    """Makes parts on one side of the body (`flip` 1 the left, -1 the right) or on its middle."""

    placer: Placer
    flip: float = 1.0

    def own(self, at: Point | Floats) -> Floats:
        """Return a point given on the left, on this side."""
        return np.array((at[0] * self.flip, at[1], at[2]), float)

    def bone(self, name: str) -> str:
        """Return the bone of this side; those of the middle have none."""
        if name in {"pelvis", "abdomen", "chest", "neck", "head"}:
            return name
        return f"{'left' if self.flip > 0 else 'right'}_{name}"

    def ball(self, bone: str, middle: Point, radii: Point, soft: float, turned: Point = (0, 0, 0)) -> Part:
        """Return an ellipsoid; `turned` are degrees about x, y and z in the rest, on the left."""
        name = self.bone(bone)
        rx, ry, rz = turned
        axes = _axes(rx, ry * self.flip, rz * self.flip)
        solid = Ellipsoid(
            middle=self.placer.point(name, self.own(middle)),
            radii=np.array(radii, float),
            axes=self.placer.turn(name) @ axes,
        )
        return Part(solid=solid, bone=name, softness_m=soft)

    def hollow(self, bone: str, middle: Point, radii: Point, soft: float) -> Part:
        """Return an ellipsoid that is taken away."""
        part = self.ball(bone, middle, radii, soft)
        return Part(solid=part.solid, bone=part.bone, softness_m=soft, hollow=True)

    def cone(
        self, bones: tuple[str, str], ends: tuple[Point, Point], radii: tuple[float, float], soft: float
    ) -> Part:
        """Return a tapered capsule whose ends may move with different bones; the first one owns it."""
        first, second = (self.bone(bone) for bone in bones)
        solid = Cone(
            start=self.placer.point(first, self.own(ends[0])),
            end=self.placer.point(second, self.own(ends[1])),
            start_radius=radii[0],
            end_radius=radii[1],
        )
        return Part(solid=solid, bone=first, softness_m=soft)

    def limb(self, bone: str, end: str, rows: Rows, soft: float, caps_m: tuple[float, float]) -> Part:
        """Return the tube from a bone's joint to the next one."""
        name, far = self.bone(bone), self.bone(end)
        turn = self.placer.turn(name)
        solid: Solid = Tube(
            start=self.placer.posed.bones[name][1],
            end=self.placer.point(name, self.placer.joint(far)),
            out=turn @ self.own((1, 0, 0)),
            front=turn @ np.array((0.0, 0.0, 1.0)),
            rows=np.array(rows),
            caps_m=caps_m,
        )
        return Part(solid=solid, bone=name, softness_m=soft)


def _axes(x_deg: float, y_deg: float, z_deg: float) -> Floats:
    x, y, z = np.radians((x_deg, y_deg, z_deg))
    about_x = np.array(((1, 0, 0), (0, np.cos(x), -np.sin(x)), (0, np.sin(x), np.cos(x))))
    about_y = np.array(((np.cos(y), 0, np.sin(y)), (0, 1, 0), (-np.sin(y), 0, np.cos(y))))
    about_z = np.array(((np.cos(z), -np.sin(z), 0), (np.sin(z), np.cos(z), 0), (0, 0, 1)))
    axes: Floats = about_z @ about_y @ about_x
    return axes
