"""The two bodies as solids around the resting skeleton: what `surface` joins into one skin.

Metres in the room's axes with the middle of the hips at the origin, as the skeleton rests. The numbers were
found by drawing and looking; they hold for the lengths of `data/body.toml` and grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from openback.motion.skeleton.kinematics import Body, Pose, Sex
from openback.motion.figure.surface import Cone, Ellipsoid, Floats, Part, Solid, Tube

Point = tuple[float, float, float]
Rows = tuple[tuple[float, ...], ...]

# Height over mid-hip as a share of the shoulders' height; half width, depth ahead, depth behind, metres.
TRUNK: Final[Mapping[Sex, Rows]] = {
    "male": (
        (-0.19, 0.105, 0.062, 0.062), (-0.11, 0.138, 0.078, 0.084), (0.0, 0.152, 0.088, 0.090),
        (0.12, 0.150, 0.095, 0.086), (0.22, 0.144, 0.094, 0.078), (0.31, 0.140, 0.092, 0.075),
        (0.40, 0.140, 0.094, 0.080), (0.52, 0.147, 0.101, 0.090), (0.64, 0.157, 0.107, 0.100),
        (0.76, 0.164, 0.106, 0.107), (0.86, 0.160, 0.095, 0.109), (0.94, 0.143, 0.076, 0.105),
        (1.00, 0.113, 0.057, 0.096), (1.06, 0.076, 0.040, 0.084),
    ),
    "female": (
        (-0.19, 0.110, 0.060, 0.062), (-0.11, 0.148, 0.074, 0.082), (0.0, 0.162, 0.084, 0.088),
        (0.12, 0.154, 0.090, 0.083), (0.22, 0.140, 0.088, 0.074), (0.32, 0.127, 0.081, 0.068),
        (0.42, 0.121, 0.079, 0.069), (0.52, 0.124, 0.083, 0.077), (0.64, 0.133, 0.090, 0.087),
        (0.76, 0.140, 0.090, 0.094), (0.86, 0.138, 0.080, 0.097), (0.94, 0.126, 0.064, 0.094),
        (1.00, 0.101, 0.050, 0.086), (1.06, 0.068, 0.036, 0.076),
    ),
}  # fmt: skip
# Share of the way from joint to joint; half width outward, inward, ahead, behind, metres.
UPPER_ARM: Final[Mapping[Sex, Rows]] = {
    "male": (
        (0.0, 0.044, 0.040, 0.046, 0.046), (0.2, 0.049, 0.042, 0.046, 0.047),
        (0.45, 0.044, 0.042, 0.050, 0.050), (0.65, 0.042, 0.041, 0.051, 0.046),
        (0.85, 0.041, 0.037, 0.042, 0.040), (1.0, 0.041, 0.037, 0.038, 0.037),
    ),
    "female": (
        (0.0, 0.036, 0.034, 0.039, 0.039), (0.2, 0.039, 0.035, 0.039, 0.040),
        (0.45, 0.035, 0.034, 0.041, 0.042), (0.65, 0.034, 0.033, 0.040, 0.039),
        (0.85, 0.033, 0.031, 0.035, 0.034), (1.0, 0.033, 0.031, 0.032, 0.032),
    ),
}  # fmt: skip
FOREARM: Final[Mapping[Sex, Rows]] = {
    "male": (
        (0.0, 0.041, 0.037, 0.038, 0.037), (0.14, 0.045, 0.040, 0.043, 0.040),
        (0.30, 0.043, 0.040, 0.044, 0.040), (0.55, 0.033, 0.032, 0.037, 0.035),
        (0.80, 0.024, 0.024, 0.030, 0.029), (1.0, 0.020, 0.020, 0.028, 0.027),
    ),
    "female": (
        (0.0, 0.033, 0.031, 0.032, 0.032), (0.14, 0.036, 0.033, 0.035, 0.034),
        (0.30, 0.034, 0.032, 0.035, 0.034), (0.55, 0.027, 0.026, 0.030, 0.029),
        (0.80, 0.020, 0.020, 0.025, 0.024), (1.0, 0.0175, 0.0175, 0.024, 0.023),
    ),
}  # fmt: skip
THIGH: Final[Mapping[Sex, Rows]] = {
    "male": (
        (0.0, 0.086, 0.074, 0.082, 0.080), (0.18, 0.086, 0.076, 0.088, 0.082),
        (0.40, 0.077, 0.069, 0.085, 0.077), (0.62, 0.066, 0.061, 0.074, 0.066),
        (0.82, 0.053, 0.054, 0.060, 0.055), (0.93, 0.047, 0.048, 0.056, 0.050), (1.0, 0.045, 0.045, 0.053, 0.048),
    ),
    "female": (
        (0.0, 0.090, 0.080, 0.080, 0.082), (0.18, 0.090, 0.080, 0.086, 0.084),
        (0.40, 0.079, 0.072, 0.083, 0.078), (0.62, 0.065, 0.062, 0.071, 0.066),
        (0.82, 0.050, 0.052, 0.056, 0.053), (0.93, 0.044, 0.046, 0.052, 0.048), (1.0, 0.042, 0.043, 0.049, 0.046),
    ),
}  # fmt: skip
SHIN: Final[Mapping[Sex, Rows]] = {
    "male": (
        (0.0, 0.046, 0.046, 0.053, 0.047), (0.10, 0.048, 0.047, 0.049, 0.054),
        (0.26, 0.054, 0.053, 0.044, 0.066), (0.42, 0.050, 0.050, 0.042, 0.064),
        (0.60, 0.040, 0.040, 0.040, 0.049), (0.80, 0.031, 0.032, 0.035, 0.038), (1.0, 0.031, 0.033, 0.034, 0.040),
    ),
    "female": (
        (0.0, 0.043, 0.044, 0.050, 0.045), (0.10, 0.044, 0.045, 0.046, 0.052),
        (0.26, 0.050, 0.050, 0.041, 0.063), (0.42, 0.046, 0.047, 0.039, 0.060),
        (0.60, 0.036, 0.037, 0.036, 0.045), (0.80, 0.028, 0.029, 0.031, 0.034), (1.0, 0.027, 0.029, 0.030, 0.036),
    ),
}  # fmt: skip


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

    def cone(self, bones: tuple[str, str], ends: tuple[Point, Point], radii: tuple[float, float], soft: float) -> Part:
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


def parts(placer: Placer) -> tuple[Part, ...]:
    """Return the solids of the whole body, in the order in which they are joined."""
    middle = Modeller(placer=placer)
    sides = (Modeller(placer=placer, flip=1.0), Modeller(placer=placer, flip=-1.0))
    sex = placer.body.sex
    found = [*_trunk(middle, sex)]
    for maker in (_hip_and_leg, _foot, _shoulder_and_arm, _chest_and_back, _hand):
        found += [part for side in sides for part in maker(side, sex)]
    found += [*_neck_and_skull(middle, sex)]
    found += [part for side in sides for part in _face(side, sex)]
    return tuple(found)


def _trunk(at: Modeller, sex: Sex) -> Iterator[Part]:
    top = at.placer.joint("left_upper_arm")[1]
    rows = np.array(TRUNK[sex])
    heights = rows[:, 0] * top
    low, high = float(heights[0]), float(heights[-1])
    shares = (heights - low) / (high - low)
    solid = Tube(
        start=np.array((0.0, low, 0.0)),
        end=np.array((0.0, high, 0.0)),
        out=np.array((1.0, 0.0, 0.0)),
        front=np.array((0.0, 0.0, 1.0)),
        rows=np.column_stack([shares, rows[:, 1], rows[:, 1], rows[:, 2], rows[:, 3]]),
        caps_m=(0.03, 0.03),
        square=2.25,
    )
    yield Part(solid=solid, bone="chest", softness_m=0.02)


def _hip_and_leg(at: Modeller, sex: Sex) -> Iterator[Part]:
    x = at.placer.joint("left_thigh")[0]
    yield at.limb("thigh", "shin", THIGH[sex], 0.05, (0.055, 0.035))
    yield at.limb("shin", "foot", SHIN[sex], 0.06, (0.035, 0.03))
    knee, ankle = at.placer.joint("left_shin")[1], at.placer.joint("left_foot")[1]
    # Knee cap, calf's two heads.
    yield at.ball("thigh", (x, knee + 0.012, 0.030), (0.025, 0.038, 0.020), 0.045)
    calf = knee + 0.27 * (ankle - knee)
    yield at.ball("shin", (x - 0.021, calf, -0.034), (0.030, 0.078, 0.032), 0.03)
    yield at.ball("shin", (x + 0.022, calf + 0.016, -0.032), (0.028, 0.072, 0.031), 0.03)
    # Tear drop of the quadriceps and its outer sweep.
    yield at.ball("thigh", (x - 0.030, knee + 0.075, 0.026), (0.028, 0.050, 0.030), 0.035)
    yield at.ball("thigh", (x + 0.028, knee + 0.17, 0.028), (0.036, 0.115, 0.042), 0.04)
    # The inner thigh, up to the crotch.
    yield at.ball("thigh", (x - 0.036, -0.105, -0.004), (0.046, 0.105, 0.066), 0.045)
    # Ankle bones.
    yield at.ball("shin", (x + 0.026, ankle + 0.006, -0.004), (0.010, 0.024, 0.014), 0.03)
    yield at.ball("shin", (x - 0.027, ankle + 0.014, 0.002), (0.010, 0.024, 0.014), 0.03)
    if sex == "male":
        yield at.ball("pelvis", (0.074, -0.026, -0.056), (0.076, 0.088, 0.068), 0.06, (14, 0, 0))
        yield at.ball("pelvis", (0.105, 0.035, -0.014), (0.052, 0.090, 0.074), 0.06)
    else:
        yield at.ball("pelvis", (0.078, -0.036, -0.056), (0.083, 0.094, 0.073), 0.065, (14, 0, 0))
        yield at.ball("pelvis", (0.110, -0.022, -0.012), (0.060, 0.115, 0.078), 0.07)


def _foot(at: Modeller, sex: Sex) -> Iterator[Part]:
    x, ankle = at.placer.joint("left_foot")[0], at.placer.joint("left_foot")[1]
    length = at.placer.body.lengths_m["foot_m"]
    floor = ankle - at.placer.body.lengths_m["ankle_height_m"]
    w = 1.0 if sex == "male" else 0.9
    heel, ball, toe = -0.21 * length, 0.48 * length, 0.70 * length
    both = ("foot", "foot")
    yield at.ball("foot", (x, floor + 0.030, heel + 0.032), (0.031 * w, 0.031, 0.038), 0.02)
    yield at.cone(both, ((x, floor + 0.054, 0.012), (x - 0.004, floor + 0.026, ball)), (0.031 * w, 0.022), 0.045)
    yield at.cone(both, ((x + 0.004, floor + 0.024, heel + 0.04), (x + 0.018 * w, floor + 0.019, ball - 0.01)), (0.026 * w, 0.019), 0.03)
    yield at.ball("foot", (x + 0.002, floor + 0.021, ball), (0.046 * w, 0.021, 0.040), 0.02, (0, 12, 0))
    # Toes: the big one, and the four as one row that falls back outward.
    yield at.cone(both, ((x - 0.020 * w, floor + 0.018, ball + 0.01), (x - 0.021 * w, floor + 0.013, toe + 0.012)), (0.017 * w, 0.0125), 0.012)
    for number, (across, back) in enumerate(((0.0, 0.004), (0.014, -0.008), (0.026, -0.020), (0.037, -0.034))):
        radius = (0.0105 - 0.0006 * number) * w
        root = (x + across * w, floor + 0.015, ball + 0.004 - 0.25 * across)
        yield at.cone(both, (root, (x + across * w + 0.002, floor + 0.0105, toe + back)), (radius + 0.003, radius), 0.009)


def _shoulder_and_arm(at: Modeller, sex: Sex) -> Iterator[Part]:
    shoulder, elbow = at.placer.joint("left_upper_arm"), at.placer.joint("left_forearm")
    x, y = shoulder[0], shoulder[1]
    male = sex == "male"
    s = 1.0 if male else 0.83
    cap = 1.07 if male else 1.0
    yield at.limb("upper_arm", "forearm", UPPER_ARM[sex], 0.045, (0.042 * s, 0.03))
    yield at.limb("forearm", "hand", FOREARM[sex], 0.025, (0.033 * s, 0.02))
    # Deltoid: three heads over the joint, drawn together towards the middle of the arm.
    tip = (x + 0.026 * s, y - 0.125 * s, 0.0)
    yield at.ball("upper_arm", (x + 0.010 * s, y - 0.012, 0.0), (0.053 * s * cap, 0.058 * s, 0.056 * s * cap), 0.04)
    for z, start in ((0.030, (x + 0.004, y - 0.004, 0.031 * s)), (0.0, (x + 0.022 * s, y - 0.006, 0.0)), (-0.03, (x + 0.004, y - 0.004, -0.033 * s))):
        yield at.cone(("upper_arm", "upper_arm"), (start, (tip[0], tip[1], z * 0.4 * s)), (0.037 * s * cap, 0.020 * s), 0.03)
    # Biceps and triceps.
    mid, low = y + 0.52 * (elbow[1] - y), y + 0.62 * (elbow[1] - y)
    yield at.ball("upper_arm", (x - 0.002, low, 0.020 * s), (0.031 * s, 0.082, 0.034 * s), 0.025)
    yield at.ball("upper_arm", (x + 0.012 * s, mid + 0.016, -0.020 * s), (0.028 * s, 0.080, 0.031 * s), 0.025)
    yield at.ball("upper_arm", (x - 0.014 * s, mid, -0.018 * s), (0.026 * s, 0.080, 0.030 * s), 0.025)
    # The bulge of the long radial muscles, and the point of the elbow.
    yield at.ball("forearm", (x + 0.016 * s, elbow[1] - 0.052, 0.014 * s), (0.028 * s, 0.078, 0.028 * s), 0.025)
    yield at.ball("forearm", (x, elbow[1] + 0.004, -0.027 * s), (0.016, 0.024, 0.014), 0.02)


def _chest_and_back(at: Modeller, sex: Sex) -> Iterator[Part]:
    shoulder = at.placer.joint("left_upper_arm")
    x, y = shoulder[0], shoulder[1]
    male = sex == "male"
    # Slope of the neck: from the nape to the point of the shoulder.
    neck = at.placer.joint("neck")
    nape = (0.026, neck[1] + 0.062, -0.026)
    radius = (0.031, 0.031) if male else (0.026, 0.026)
    yield at.cone(("neck", "clavicle"), (nape, (x - 0.030, y + 0.020, -0.014)), radius, 0.06)
    yield at.cone(("chest", "clavicle"), ((0.03, y + 0.02, -0.055), (x - 0.025, y + 0.006, -0.030)), (0.040, 0.034), 0.05)
    # Collar bone.
    clavicle = at.placer.joint("left_clavicle")
    yield at.cone(("clavicle", "clavicle"), ((clavicle[0], clavicle[1] - 0.006, clavicle[2] - 0.003), (x - 0.016, y + 0.022, 0.012)), (0.0075, 0.0085), 0.035)
    # Shoulder blade and the muscles on it; the lat's fold to the arm.
    yield at.ball("chest", (0.092 * x / 0.17, y - 0.085, -0.070), (0.056, 0.075, 0.036), 0.04, (-8, -16, -8))
    lat = (0.118, y - 0.185, -0.040) if male else (0.098, y - 0.185, -0.036)
    yield at.ball("chest", lat, (0.046, 0.125, 0.058) if male else (0.036, 0.115, 0.050), 0.05, (0, 0, -8))
    yield at.cone(("chest", "upper_arm"), ((lat[0] + 0.008, y - 0.13, -0.050), (x - 0.004, y - 0.075, -0.018)), (0.034 if male else 0.026, 0.018), 0.05)
    # The long muscles beside the spine, thickest at the loin.
    yield at.ball("abdomen", (0.032, 0.30 * y, -0.052), (0.026, 0.150, 0.030), 0.045, (-3, 0, 0))
    yield at.ball("chest", (0.034, 0.62 * y, -0.076), (0.024, 0.120, 0.026), 0.045, (5, 0, 0))
    if male:
        yield at.ball("chest", (0.074, y - 0.108, 0.072), (0.078, 0.058, 0.040), 0.035, (6, 18, 10))
        yield at.cone(("chest", "upper_arm"), ((0.105, y - 0.085, 0.068), (x - 0.004, y - 0.062, 0.022)), (0.034, 0.020), 0.05)
    else:
        yield at.ball("chest", (0.068, y - 0.140, 0.078), (0.058, 0.058, 0.050), 0.03, (0, 14, 0))
        yield at.ball("chest", (0.070, y - 0.095, 0.060), (0.060, 0.065, 0.028), 0.05, (14, 14, 0))
        yield at.cone(("chest", "upper_arm"), ((0.095, y - 0.090, 0.056), (x - 0.004, y - 0.060, 0.018)), (0.026, 0.016), 0.05)


def _neck_and_skull(at: Modeller, sex: Sex) -> Iterator[Part]:
    neck, head = at.placer.joint("neck"), at.placer.joint("head")
    size = at.placer.body.lengths_m["head_m"] / 0.2364
    w = 0.056 if sex == "male" else 0.046
    yield at.cone(("neck", "head"), ((0, neck[1] - 0.03, neck[2] + 0.004), (0, head[1] + 0.02, head[2] - 0.006)), (w, w * 0.90), 0.028)
    y, z = head[1], head[2]
    h = size
    yield at.ball("head", (0, y + 0.064 * h, z - 0.006), (0.0735 * h, 0.084 * h, 0.093 * h), 0.03)
    yield at.ball("head", (0, y + 0.010 * h, z + 0.040), (0.062 * h, 0.078 * h, 0.058 * h), 0.035)
    male = sex == "male"
    jaw = 0.047 if male else 0.043
    yield at.ball("head", (0, y - 0.040 * h, z + 0.048 * h), (jaw * h, 0.038 * h, 0.046 * h), 0.03)
    yield at.ball("head", (0, y - 0.062 * h, z + 0.078 * h), (0.021 * h if male else 0.016 * h, 0.015 * h, 0.017 * h if male else 0.014 * h), 0.025)
    if not male:
        # Hair, tied at the back.
        yield at.ball("head", (0, y + 0.062 * h, z - 0.104 * h), (0.034 * h, 0.034 * h, 0.026 * h), 0.012)
    # Brow, nose, lips.
    yield at.ball("head", (0, y + 0.056 * h, z + 0.083 * h), (0.046 * h, 0.011 * h, 0.016 * h if male else 0.0125 * h), 0.022)
    yield at.cone(("head", "head"), ((0, y + 0.036 * h, z + 0.095 * h), (0, y + 0.004 * h, z + 0.110 * h)), (0.006 * h, 0.0088 * h if male else 0.0072 * h), 0.012)
    yield at.ball("head", (0, y - 0.030 * h, z + 0.093 * h), (0.021 * h, 0.0095 * h, 0.011 * h), 0.012)


def _face(at: Modeller, sex: Sex) -> Iterator[Part]:
    head = at.placer.joint("head")
    h = at.placer.body.lengths_m["head_m"] / 0.2364
    y, z = head[1], head[2]
    male = sex == "male"
    wide = 1.0 if male else 0.95
    yield at.hollow("head", (0.031 * h, y + 0.036 * h, z + 0.106 * h), (0.019 * h, 0.012 * h, 0.014 * h), 0.018)
    yield at.ball("head", (0.042 * h * wide, y + 0.012 * h, z + 0.066 * h), (0.024 * h, 0.017 * h, 0.024 * h), 0.025)
    yield at.ball("head", (0.009 * h, y + 0.001 * h, z + 0.100 * h), (0.0075 * h if male else 0.006 * h, 0.0065 * h, 0.008 * h), 0.008)
    yield at.ball("head", (0.044 * h * wide, y - 0.022 * h, z + 0.022 * h), (0.020 * h if male else 0.015 * h, 0.034 * h, 0.030 * h), 0.03)
    yield at.ball("head", (0.0745 * h, y + 0.022 * h, z - 0.004), (0.0075 * h, 0.029 * h, 0.017 * h), 0.010, (-12, 22, 0))


# Along the hand and to the thumb's side of the wrist, metres: knuckle, first bone, the other two, thickness.
FINGERS: Final = (
    (0.088, 0.028, 0.040, 0.042, 0.0093),
    (0.092, 0.008, 0.044, 0.047, 0.0095),
    (0.087, -0.012, 0.041, 0.043, 0.0090),
    (0.079, -0.031, 0.032, 0.033, 0.0080),
)
FINGER_BEND: Final = (0.20, 0.42)  # radians at knuckle and middle joint while the hand rests


def _hand(at: Modeller, sex: Sex) -> Iterator[Part]:
    wrist = at.placer.joint("left_hand")
    k = at.placer.body.lengths_m["hand_m"] / 0.0839
    w = k * (1.0 if sex == "male" else 0.90)
    both = ("hand", "hand")

    def on(inward: float, along: float, thumbward: float) -> Point:
        return (float(wrist[0]) - inward * w, float(wrist[1]) - along * k, float(wrist[2]) + thumbward * w)

    yield at.ball("hand", on(0.0, 0.044, -0.001), (0.0150 * w, 0.052 * k, 0.037 * w), 0.02)
    yield at.cone(both, (on(0.0, 0.0, 0.0), on(0.002, 0.074, 0.020)), (0.021 * w, 0.0125 * w), 0.02)
    yield at.cone(both, (on(0.002, 0.010, -0.012), on(0.004, 0.070, -0.024)), (0.017 * w, 0.0125 * w), 0.02)
    # Ball of the thumb, and the thumb.
    yield at.ball("hand", on(0.010, 0.034, 0.024), (0.015 * w, 0.030 * k, 0.016 * w), 0.015, (22, 0, 0))
    yield at.cone(both, (on(0.012, 0.032, 0.032), on(0.020, 0.062, 0.049)), (0.0135 * w, 0.0105 * w), 0.012)
    yield at.cone(both, (on(0.020, 0.062, 0.049), on(0.024, 0.090, 0.053)), (0.0105 * w, 0.0085 * w), 0.008)
    first, second = FINGER_BEND
    for knuckle, across, one, two, radius in FINGERS:
        root = (0.0, knuckle, across)
        middle = (one * np.sin(first), knuckle + one * np.cos(first), across * 0.96)
        tip = (middle[0] + two * np.sin(first + second), middle[1] + two * np.cos(first + second), across * 0.88)
        yield at.cone(both, (on(*root), on(*middle)), (radius * 1.12 * w, radius * w), 0.008)
        yield at.cone(both, (on(*middle), on(*tip)), (radius * w, radius * 0.82 * w), 0.006)
