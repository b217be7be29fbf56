"""What holds the body up in each posture: the angles of joints that are not named, and what rests on what.

Legs and hanging arms are told against the room here (`thigh_deg` from straight down, forward positive), since
they stay where they rest when the trunk leans; the joint angle follows from the lean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

# A point of the body that can rest on something: bone without its side, and outward, up, forward in metres
# from the bone's origin on a body of 1.74 m, flesh included.
Contact = tuple[str, tuple[float, float, float]]

HEEL: Final[Contact] = ("foot", (0.0, -0.078, -0.05))
TOE: Final[Contact] = ("foot", (0.0, -0.078, 0.185))
BALL: Final[Contact] = ("foot", (0.0, -0.078, 0.13))
INSTEP: Final[Contact] = ("foot", (0.0, 0.0, 0.15))
KNEE: Final[Contact] = ("shin", (0.0, -0.02, 0.055))
SHIN: Final[Contact] = ("foot", (0.0, 0.02, 0.045))
PALM: Final[Contact] = ("hand", (-0.03, -0.06, 0.0))
ELBOW: Final[Contact] = ("forearm", (0.0, 0.0, -0.035))
SEAT: Final[Contact] = ("pelvis", (0.07, -0.085, -0.06))
BUTTOCK: Final[Contact] = ("pelvis", (0.07, -0.02, -0.115))
HIP_FRONT: Final[Contact] = ("pelvis", (0.08, 0.06, 0.105))
HIP_SIDE: Final[Contact] = ("pelvis", (0.175, -0.02, 0.0))
BACK: Final[Contact] = ("chest", (0.08, 0.06, -0.115))
BREAST: Final[Contact] = ("chest", (0.08, 0.03, 0.115))
SHOULDER_SIDE: Final[Contact] = ("upper_arm", (0.055, 0.0, 0.0))
SKULL_BACK: Final[Contact] = ("head", (0.0, 0.04, -0.095))
FACE: Final[Contact] = ("head", (0.0, 0.04, 0.105))
SKULL_SIDE: Final[Contact] = ("head", (0.078, 0.04, 0.0))
THIGH_FRONT: Final[Contact] = ("shin", (0.0, 0.06, 0.055))
# Whatever is lowest of these touches the floor.
CONTACTS: Final = (
    *(HEEL, TOE, INSTEP, KNEE, SHIN, PALM, ELBOW, SEAT, BUTTOCK, HIP_FRONT, HIP_SIDE),
    *(BACK, BREAST, SHOULDER_SIDE, SKULL_BACK, FACE, SKULL_SIDE, THIGH_FRONT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """How a posture rests.

    `anchor` stays at X = Z = 0: a landmark's name without its side, or one side's, or `grip`.
    `height_m` is how high the anchor is for a body of 1.74 m; None puts the lowest contact on the floor.
    `level` solves the lean of a trunk that is not told: both contacts come down equally far, or the second
    to the floor where the anchor has a height.
    """

    anchor: str
    height_m: float | None = None
    level: tuple[Contact, Contact] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Default angles of a posture; `thigh_deg` and `arm_deg` are against the room (left, right).

    `arm_deg` is the upper arm from straight down, forward positive, or None where arms keep to the trunk.
    `legs_stay` says whether the legs keep their place in the room while the trunk leans.
    """

    rest: Rest
    angles_deg: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    thigh_deg: tuple[float, float] | None = (0.0, 0.0)
    arm_deg: tuple[float, float] | None = None

    @property
    def legs_stay(self) -> bool:
        """Whether the thighs keep their place in the room while the trunk leans."""
        return self.thigh_deg is not None


_HANG: Final = (0.0, 0.0)
# A foot that lies on its back: more than an ankle does, since the arch of a real foot gives as well.
_INSTEP: Final = -82.0

POSTURE: Final[Mapping[str, Posture]] = MappingProxyType(
    {
        "standing": Posture(rest=Rest(anchor="ankle"), angles_deg={"hip_abduction_deg": 5.0}),
        "seated": Posture(
            rest=Rest(anchor="hip", height_m=0.54),
            angles_deg={"knee_flexion_deg": 90.0, "hip_abduction_deg": 9.0},
            thigh_deg=(88.0, 88.0),
        ),
        "kneeling": Posture(
            rest=Rest(anchor="knee"),
            angles_deg={"knee_flexion_deg": 90.0, "ankle_flexion_deg": _INSTEP, "hip_abduction_deg": 5.0},
        ),
        "half_kneeling": Posture(
            rest=Rest(anchor="left_knee"),
            angles_deg={"knee_flexion_deg": (88.0, 88.0), "ankle_flexion_deg": (-20.0, 0.0)},
            thigh_deg=(0.0, 86.0),
        ),
        "all_fours": Posture(
            rest=Rest(anchor="knee", level=(KNEE, PALM)),
            angles_deg={
                "trunk_lean_deg": -82.0,
                "knee_flexion_deg": 90.0,
                "ankle_flexion_deg": _INSTEP,
                "forearm_pronation_deg": 60.0,
                "wrist_flexion_deg": -75.0,
            },
            arm_deg=_HANG,
        ),
        "hinged": Posture(
            rest=Rest(anchor="ankle"),
            angles_deg={
                "trunk_lean_deg": -60.0,
                "knee_flexion_deg": 25.0,
                "ankle_flexion_deg": 10.0,
                "hip_abduction_deg": 5.0,
            },
            thigh_deg=(15.0, 15.0),
            arm_deg=_HANG,
        ),
        "bench_supported": Posture(
            rest=Rest(anchor="right_ankle"),
            angles_deg={
                "trunk_lean_deg": -75.0,
                "knee_flexion_deg": (90.0, 12.0),
                "ankle_flexion_deg": (_INSTEP, 5.0),
                "hip_abduction_deg": (0.0, 10.0),
                "forearm_pronation_deg": (60.0, 0.0),
                "wrist_flexion_deg": (-70.0, 0.0),
            },
            thigh_deg=(0.0, 7.0),
            arm_deg=_HANG,
        ),
        "prone": Posture(
            rest=Rest(anchor="hip"),
            angles_deg={"trunk_lean_deg": -90.0, "ankle_flexion_deg": _INSTEP},
            thigh_deg=(-90.0, -90.0),
        ),
        "prone_bench": Posture(
            rest=Rest(anchor="hip", height_m=0.62),
            angles_deg={"trunk_lean_deg": -90.0, "ankle_flexion_deg": -30.0},
            thigh_deg=(-90.0, -90.0),
            arm_deg=_HANG,
        ),
        "supine": Posture(
            rest=Rest(anchor="hip"),
            angles_deg={"trunk_lean_deg": 90.0, "ankle_flexion_deg": -25.0},
            thigh_deg=(90.0, 90.0),
        ),
        "side_lying": Posture(
            rest=Rest(anchor="hip"),
            angles_deg={
                "trunk_roll_deg": -90.0,
                "hip_flexion_deg": 45.0,
                "knee_flexion_deg": 90.0,
                "head_tilt_deg": 12.0,
            },
            thigh_deg=None,
        ),
        "hanging": Posture(
            rest=Rest(anchor="grip", height_m=2.25),
            angles_deg={
                "shoulder_elevation_deg": 170.0,
                "forearm_pronation_deg": 90.0,
                "knee_flexion_deg": 15.0,
                "ankle_flexion_deg": -25.0,
            },
            thigh_deg=None,
        ),
        "inverted_row": Posture(
            rest=Rest(anchor="grip", height_m=1.0, level=(PALM, HEEL)),
            angles_deg={
                "trunk_lean_deg": 70.0,
                "shoulder_elevation_deg": 80.0,
                "shoulder_plane_deg": 90.0,
                "forearm_pronation_deg": 90.0,
                "ankle_flexion_deg": -15.0,
            },
            thigh_deg=None,
        ),
        "plank": Posture(
            rest=Rest(anchor="ankle", level=(TOE, PALM)),
            angles_deg={
                "trunk_lean_deg": -68.0,
                "shoulder_elevation_deg": 72.0,
                "shoulder_plane_deg": 90.0,
                "forearm_pronation_deg": 70.0,
                "wrist_flexion_deg": -70.0,
                "ankle_flexion_deg": 5.0,
            },
            thigh_deg=None,
        ),
    }
)
