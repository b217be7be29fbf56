"""The names of what the camera can measure, and the unit of each (see `exercise-file`, "Measures").

The catalogue checks exercise files against these names; the motion engine has one function for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MEASURE_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "elbow_flexion_deg": "deg",
        "arm_elevation_deg": "deg",
        "arm_plane_deg": "deg",
        "elbow_from_side_deg": "deg",
        "elbow_behind_trunk_trunks": "trunk lengths",
        "wrist_ahead_of_ear_trunks": "trunk lengths",
        "wrist_above_shoulder_trunks": "trunk lengths",
        "wrist_behind_trunk_trunks": "trunk lengths",
        "shoulder_rotation_deg": "deg",
        "grip_width_shoulders": "shoulder widths",
        "forearm_from_vertical_deg": "deg",
        "trunk_lean_deg": "deg",
        "trunk_from_floor_deg": "deg",
        "trunk_twist_deg": "deg",
        "trunk_swing_deg": "deg",
        "shoulder_rise_trunks": "trunk lengths",
        "shoulder_tilt_deg": "deg",
        "hip_tilt_deg": "deg",
        "head_tilt_deg": "deg",
        "head_forward_deg": "deg",
        "head_pitch_deg": "deg",
        "neck_line_deg": "deg",
        "shoulder_forward_trunks": "trunk lengths",
        "hip_flexion_deg": "deg",
        "knee_flexion_deg": "deg",
        "lift_s": "s",
        "hold_s": "s",
        "lower_s": "s",
        "peak_speed_per_s": "per s",
        "speed_loss": "share",
        "range_share": "share",
    }
)
