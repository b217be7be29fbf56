"""The two bodies as solids around the resting skeleton: what `surface` joins into one skin.

Metres in the room's axes with the middle of the hips at the origin, as the skeleton rests. The numbers were
found by drawing and looking; they hold for the lengths of `data/body.toml` and grow with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from openback.motion.figure import body_ends
from openback.motion.figure.modeller import Modeller, Placer, Rows
from openback.motion.figure.surface import Part, Tube
from openback.motion.skeleton.kinematics import Sex

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


def parts(placer: Placer) -> tuple[Part, ...]:
    """Return the solids of the whole body, in the order in which they are joined."""
    middle = Modeller(placer=placer)
    sides = (Modeller(placer=placer, flip=1.0), Modeller(placer=placer, flip=-1.0))
    sex = placer.body.sex
    found = [*_trunk(middle, sex)]
    for maker in (_hip_and_leg, body_ends.foot, _shoulder_and_arm, _chest_and_back, body_ends.hand):
        found += [part for side in sides for part in maker(side, sex)]
    found += [*body_ends.neck_and_skull(middle, sex)]
    found += [part for side in sides for part in body_ends.face(side, sex)]
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
    yield at.ball(
        "upper_arm", (x + 0.010 * s, y - 0.012, 0.0), (0.053 * s * cap, 0.058 * s, 0.056 * s * cap), 0.04
    )
    for z, start in (
        (0.030, (x + 0.004, y - 0.004, 0.031 * s)),
        (0.0, (x + 0.022 * s, y - 0.006, 0.0)),
        (-0.03, (x + 0.004, y - 0.004, -0.033 * s)),
    ):
        yield at.cone(
            ("upper_arm", "upper_arm"),
            (start, (tip[0], tip[1], z * 0.4 * s)),
            (0.037 * s * cap, 0.020 * s),
            0.03,
        )
    # Biceps and triceps.
    mid, low = y + 0.52 * (elbow[1] - y), y + 0.62 * (elbow[1] - y)
    yield at.ball("upper_arm", (x - 0.002, low, 0.020 * s), (0.031 * s, 0.082, 0.034 * s), 0.025)
    yield at.ball("upper_arm", (x + 0.012 * s, mid + 0.016, -0.020 * s), (0.028 * s, 0.080, 0.031 * s), 0.025)
    yield at.ball("upper_arm", (x - 0.014 * s, mid, -0.018 * s), (0.026 * s, 0.080, 0.030 * s), 0.025)
    # The bulge of the long radial muscles, and the point of the elbow.
    yield at.ball(
        "forearm", (x + 0.016 * s, elbow[1] - 0.052, 0.014 * s), (0.028 * s, 0.078, 0.028 * s), 0.025
    )
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
    yield at.cone(
        ("chest", "clavicle"),
        ((0.03, y + 0.02, -0.055), (x - 0.025, y + 0.006, -0.030)),
        (0.040, 0.034),
        0.05,
    )
    # Collar bone.
    clavicle = at.placer.joint("left_clavicle")
    yield at.cone(
        ("clavicle", "clavicle"),
        ((clavicle[0], clavicle[1] - 0.006, clavicle[2] - 0.003), (x - 0.016, y + 0.022, 0.012)),
        (0.0075, 0.0085),
        0.035,
    )
    # Shoulder blade and the muscles on it; the lat's fold to the arm.
    yield at.ball("chest", (0.092 * x / 0.17, y - 0.085, -0.070), (0.056, 0.075, 0.036), 0.04, (-8, -16, -8))
    lat = (0.118, y - 0.185, -0.040) if male else (0.098, y - 0.185, -0.036)
    yield at.ball("chest", lat, (0.046, 0.125, 0.058) if male else (0.036, 0.115, 0.050), 0.05, (0, 0, -8))
    yield at.cone(
        ("chest", "upper_arm"),
        ((lat[0] + 0.008, y - 0.13, -0.050), (x - 0.004, y - 0.075, -0.018)),
        (0.034 if male else 0.026, 0.018),
        0.05,
    )
    # The long muscles beside the spine, thickest at the loin.
    yield at.ball("abdomen", (0.032, 0.30 * y, -0.052), (0.026, 0.150, 0.030), 0.045, (-3, 0, 0))
    yield at.ball("chest", (0.034, 0.62 * y, -0.076), (0.024, 0.120, 0.026), 0.045, (5, 0, 0))
    if male:
        yield at.ball("chest", (0.074, y - 0.108, 0.072), (0.078, 0.058, 0.040), 0.035, (6, 18, 10))
        yield at.cone(
            ("chest", "upper_arm"),
            ((0.105, y - 0.085, 0.068), (x - 0.004, y - 0.062, 0.022)),
            (0.034, 0.020),
            0.05,
        )
    else:
        yield at.ball("chest", (0.068, y - 0.140, 0.078), (0.058, 0.058, 0.050), 0.03, (0, 14, 0))
        yield at.ball("chest", (0.070, y - 0.095, 0.060), (0.060, 0.065, 0.028), 0.05, (14, 14, 0))
        yield at.cone(
            ("chest", "upper_arm"),
            ((0.095, y - 0.090, 0.056), (x - 0.004, y - 0.060, 0.018)),
            (0.026, 0.016),
            0.05,
        )
