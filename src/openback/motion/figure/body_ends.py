"""The ends of a body as solids: head and face, hands, feet. Numbers as in `body_shape`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from openback.motion.figure.modeller import Modeller, Point
from openback.motion.figure.surface import Part
from openback.motion.skeleton.kinematics import Sex


def foot(at: Modeller, sex: Sex) -> Iterator[Part]:
    """Yield the solids of a foot."""
    x, ankle = at.placer.joint("left_foot")[0], at.placer.joint("left_foot")[1]
    length = at.placer.body.lengths_m["foot_m"]
    floor = ankle - at.placer.body.lengths_m["ankle_height_m"]
    w = 1.0 if sex == "male" else 0.9
    heel, ball, toe = -0.21 * length, 0.48 * length, 0.70 * length
    both = ("foot", "foot")
    yield at.ball("foot", (x, floor + 0.030, heel + 0.032), (0.031 * w, 0.031, 0.038), 0.02)
    yield at.cone(
        both, ((x, floor + 0.054, 0.012), (x - 0.004, floor + 0.026, ball)), (0.031 * w, 0.022), 0.045
    )
    yield at.cone(
        both,
        ((x + 0.004, floor + 0.024, heel + 0.04), (x + 0.018 * w, floor + 0.019, ball - 0.01)),
        (0.026 * w, 0.019),
        0.03,
    )
    yield at.ball("foot", (x + 0.002, floor + 0.021, ball), (0.046 * w, 0.021, 0.040), 0.02, (0, 12, 0))
    # Toes: the big one, and the four as one row that falls back outward.
    yield at.cone(
        both,
        ((x - 0.020 * w, floor + 0.018, ball + 0.01), (x - 0.021 * w, floor + 0.013, toe + 0.012)),
        (0.017 * w, 0.0125),
        0.012,
    )
    for number, (across, back) in enumerate(
        ((0.0, 0.004), (0.014, -0.008), (0.026, -0.020), (0.037, -0.034))
    ):
        radius = (0.0105 - 0.0006 * number) * w
        root = (x + across * w, floor + 0.015, ball + 0.004 - 0.25 * across)
        yield at.cone(
            both,
            (root, (x + across * w + 0.002, floor + 0.0105, toe + back)),
            (radius + 0.003, radius),
            0.009,
        )


def neck_and_skull(at: Modeller, sex: Sex) -> Iterator[Part]:
    """Yield the solids of neck and head that lie on the middle."""
    neck, head = at.placer.joint("neck"), at.placer.joint("head")
    size = at.placer.body.lengths_m["head_m"] / 0.2364
    w = 0.056 if sex == "male" else 0.046
    yield at.cone(
        ("neck", "head"),
        ((0, neck[1] - 0.03, neck[2] + 0.004), (0, head[1] + 0.02, head[2] - 0.006)),
        (w, w * 0.90),
        0.028,
    )
    y, z = head[1], head[2]
    h = size
    yield at.ball("head", (0, y + 0.064 * h, z - 0.006), (0.0735 * h, 0.084 * h, 0.093 * h), 0.03)
    yield at.ball("head", (0, y + 0.010 * h, z + 0.040), (0.062 * h, 0.078 * h, 0.058 * h), 0.035)
    male = sex == "male"
    jaw = 0.047 if male else 0.043
    yield at.ball("head", (0, y - 0.040 * h, z + 0.048 * h), (jaw * h, 0.038 * h, 0.046 * h), 0.03)
    yield at.ball(
        "head",
        (0, y - 0.062 * h, z + 0.078 * h),
        (0.021 * h if male else 0.016 * h, 0.015 * h, 0.017 * h if male else 0.014 * h),
        0.025,
    )
    if not male:
        # Hair, tied at the back.
        yield at.ball("head", (0, y + 0.062 * h, z - 0.104 * h), (0.034 * h, 0.034 * h, 0.026 * h), 0.012)
    # Brow, nose, lips.
    yield at.ball(
        "head",
        (0, y + 0.056 * h, z + 0.083 * h),
        (0.046 * h, 0.011 * h, 0.016 * h if male else 0.0125 * h),
        0.022,
    )
    yield at.cone(
        ("head", "head"),
        ((0, y + 0.036 * h, z + 0.095 * h), (0, y + 0.004 * h, z + 0.110 * h)),
        (0.006 * h, 0.0088 * h if male else 0.0072 * h),
        0.012,
    )
    yield at.ball("head", (0, y - 0.030 * h, z + 0.093 * h), (0.021 * h, 0.0095 * h, 0.011 * h), 0.012)


def face(at: Modeller, sex: Sex) -> Iterator[Part]:
    """Yield the solids of one side of the face."""
    head = at.placer.joint("head")
    h = at.placer.body.lengths_m["head_m"] / 0.2364
    y, z = head[1], head[2]
    male = sex == "male"
    wide = 1.0 if male else 0.95
    yield at.hollow(
        "head", (0.031 * h, y + 0.036 * h, z + 0.106 * h), (0.019 * h, 0.012 * h, 0.014 * h), 0.018
    )
    yield at.ball(
        "head", (0.042 * h * wide, y + 0.012 * h, z + 0.066 * h), (0.024 * h, 0.017 * h, 0.024 * h), 0.025
    )
    yield at.ball(
        "head",
        (0.009 * h, y + 0.001 * h, z + 0.100 * h),
        (0.0075 * h if male else 0.006 * h, 0.0065 * h, 0.008 * h),
        0.008,
    )
    yield at.ball(
        "head",
        (0.044 * h * wide, y - 0.022 * h, z + 0.022 * h),
        (0.020 * h if male else 0.015 * h, 0.034 * h, 0.030 * h),
        0.03,
    )
    yield at.ball(
        "head",
        (0.0745 * h, y + 0.022 * h, z - 0.004),
        (0.0075 * h, 0.029 * h, 0.017 * h),
        0.010,
        (-12, 22, 0),
    )


# Along the hand and to the thumb's side of the wrist, metres: knuckle, first bone, the other two, thickness.
FINGERS: Final = (
    (0.088, 0.028, 0.040, 0.042, 0.0093),
    (0.092, 0.008, 0.044, 0.047, 0.0095),
    (0.087, -0.012, 0.041, 0.043, 0.0090),
    (0.079, -0.031, 0.032, 0.033, 0.0080),
)
FINGER_BEND: Final = (0.20, 0.42)  # radians at knuckle and middle joint while the hand rests


def hand(at: Modeller, sex: Sex) -> Iterator[Part]:
    """Yield the solids of a hand at ease."""
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
        tip = (
            middle[0] + two * np.sin(first + second),
            middle[1] + two * np.cos(first + second),
            across * 0.88,
        )
        yield at.cone(both, (on(*root), on(*middle)), (radius * 1.12 * w, radius * w), 0.008)
        yield at.cone(both, (on(*middle), on(*tip)), (radius * w, radius * 0.82 * w), 0.006)
