"""The words of the moving figure: its joint angles, postures and props.

Exercise files speak them, the catalogue checks them, the skeleton turns them into a body.
All angles are in degrees and 0 in the anatomical rest: upright, arms hanging, palms to the thighs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Joint:
    """An angle of the figure. `sided` ones may differ between left and right; `low` to `high` is what bodies do."""

    low: float
    high: float
    sided: bool
    what: str


ANGLES: Final[Mapping[str, Joint]] = MappingProxyType(
    {
        # Whole body. The trunk is the line from mid-hip to mid-shoulder.
        "turn_deg": Joint(-180, 180, False, "whole body about the vertical, to its own left positive"),
        "trunk_lean_deg": Joint(-180, 180, False, "trunk from the vertical, backward positive; -90 is face down"),
        "trunk_roll_deg": Joint(-180, 180, False, "trunk sideways from the vertical, to its own right positive; 90 lies on the right side"),
        "trunk_twist_deg": Joint(-60, 60, False, "shoulders against hips about the trunk, to its own left positive"),
        "spine_flexion_deg": Joint(-60, 90, False, "chest against pelvis, rounding forward positive; mid-hip to mid-shoulder keeps its lean"),
        "spine_side_deg": Joint(-40, 40, False, "side bend, to its own right positive"),
        # Head.
        "neck_flexion_deg": Joint(-70, 70, False, "head nods down positive, against the chest"),
        "head_forward_deg": Joint(-30, 50, False, "neck pokes forward while the face stays level"),
        "head_turn_deg": Joint(-90, 90, False, "to its own left positive"),
        "head_tilt_deg": Joint(-45, 45, False, "ear to shoulder, to its own right positive"),
        # Shoulder girdle and arm.
        "shoulder_rise_deg": Joint(-15, 45, True, "collar bone upward, as in a shrug"),
        "shoulder_forward_deg": Joint(-35, 35, True, "collar bone forward; squeezed back is negative"),
        "shoulder_elevation_deg": Joint(-10, 185, True, "upper arm from hanging along the trunk (0) to overhead (180)"),
        "shoulder_plane_deg": Joint(-90, 150, True, "plane of the raise: 0 out to the side, 90 straight ahead, negative behind, over 90 across"),
        "shoulder_rotation_deg": Joint(-110, 110, True, "upper arm about its own length, outward positive; 0 is as lifted from hanging with the elbow bending forward"),
        "elbow_flexion_deg": Joint(0, 155, True, "0 straight"),
        "forearm_pronation_deg": Joint(-90, 90, True, "palm turned in or down positive, up negative; 0 thumb leads"),
        "wrist_flexion_deg": Joint(-80, 80, True, "towards the palm positive"),
        # Leg.
        "hip_flexion_deg": Joint(-40, 140, True, "thigh forward of the trunk's line positive, behind negative"),
        "hip_abduction_deg": Joint(-40, 80, True, "thigh out to the side positive"),
        "hip_rotation_deg": Joint(-60, 70, True, "outward positive"),
        "knee_flexion_deg": Joint(0, 160, True, "0 straight"),
        "ankle_flexion_deg": Joint(-60, 40, True, "toes to the shin positive, pointed negative"),
    }
)  # fmt: skip

# What holds the body up: its default angles and what rests on what are in `motion/skeleton.py`.
POSTURES: Final = (
    "standing",  # feet on the floor
    "seated",  # pelvis on a seat, feet on the floor
    "kneeling",  # knees and shins on the floor, trunk up
    "half_kneeling",  # left knee on the floor, right foot forward
    "all_fours",  # hands and knees on the floor
    "hinged",  # feet on the floor, trunk leaning forward
    "bench_supported",  # as the one-arm row: left knee and left hand on a bench, right foot on the floor
    "prone",  # face down on the floor
    "prone_bench",  # face down on a bench, arms free to hang
    "supine",  # face up on the floor
    "side_lying",  # on the left side
    "hanging",  # hands on a bar overhead, feet free
    "inverted_row",  # hanging below a bar, heels on the floor
    "plank",  # hands and toes on the floor
)

PROPS: Final = (
    "mat",
    "bench_flat",
    "bench_incline",
    "seat",  # a machine's seat
    "chair",
    "thigh_pad",
    "cable_high",  # from above to the hands, with its bar or handles
    "cable_mid",
    "cable_low",
    "bar_wide",  # long bar across both hands
    "bar_short",
    "handles",
    "rope",
    "pull_up_bar",
    "barbell",
    "dumbbells",  # one in each hand
    "dumbbell_right",
    "band_hands",  # between the hands
    "band_high",  # from an anchor above
    "band_mid",
    "band_feet",
    "wall_behind",
    "wall_ahead",
    "doorway",
    "roller",
    "cushion",
)
