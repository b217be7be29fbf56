"""Every measure against the angles a body was posed with, its invariances, and its page of the manual."""

import re
import tomllib
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.measures import MEASURE_UNITS
from openback.motion.body import Body
from openback.motion.measures import MEASURES, RISE, Reading, combined, exact
from posing import landmarks_m
from scripts.system import ROOT

NAN = float("nan")
TEMPO = {"lift_s", "hold_s", "lower_s", "peak_speed_per_s", "speed_loss", "range_share"}
SIDES = ("left", "right", "both", "difference")
VIEWS = ("front", "oblique", "side", "back")


def room_turn(turn_deg):
    turn = np.radians(turn_deg)
    return np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])


# --- The registry -----------------------------------------------------------------------------------------


def test_every_measure_of_one_frame_has_its_function():
    assert set(MEASURES) == set(MEASURE_UNITS) - TEMPO
    assert all(MEASURES[name].unit == MEASURE_UNITS[name] for name in MEASURES)


def test_the_file_of_errors_names_measures_and_views_only():
    text = files("openback").joinpath("data", "measure_errors.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    assert table.pop("basis")
    assert set(table) == set(MEASURES)
    assert {view for row in table.values() for view in row} == set(VIEWS)
    assert {len(both) for row in table.values() for both in row.values()} == {2}


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_says_what_it_is_and_how_well_it_is_told(name):
    measure = MEASURES[name]
    assert len(measure.what.split()) > 3
    assert measure.error
    assert set(measure.change_error) == set(measure.error)
    assert all(error > 0 for error in (*measure.error.values(), *measure.change_error.values()))
    assert set(measure.error) <= {"front", "oblique", "side", "back"}
    right = [number for group in measure.groups(1) for number in group]
    assert all(0 <= number < 33 for number in right)


def test_a_right_side_needs_the_right_landmarks():
    elbow = MEASURES["elbow_flexion_deg"]
    assert elbow.groups(0) == ((11,), (13,), (15,))
    assert elbow.groups(1) == ((12,), (14,), (16,))
    assert MEASURES["trunk_lean_deg"].groups(1) == ((11, 12), (23, 24))


def test_a_reading_is_known_or_says_why_not():
    assert Reading(1.0, 0.5).known
    assert not Reading(NAN, NAN, "view").known


# --- Against the angles of a body ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "angles", "expected"),
    [
        ("elbow_flexion_deg", {"elbow_flexion_deg": 0}, 0),
        ("elbow_flexion_deg", {"elbow_flexion_deg": 90}, 90),
        ("elbow_flexion_deg", {"elbow_flexion_deg": 140, "shoulder_elevation_deg": 120}, 140),
        ("arm_elevation_deg", {"shoulder_elevation_deg": 0}, 0),
        ("arm_elevation_deg", {"shoulder_elevation_deg": 90}, 90),
        ("arm_elevation_deg", {"shoulder_elevation_deg": 170, "shoulder_plane_deg": 40}, 170),
        ("arm_elevation_deg", {"shoulder_elevation_deg": 90, "trunk_lean_deg": -70}, 90),
        ("arm_plane_deg", {"shoulder_elevation_deg": 2}, NAN),
        ("arm_plane_deg", {"shoulder_elevation_deg": 178}, NAN),
        ("arm_plane_deg", {"shoulder_elevation_deg": 90, "shoulder_plane_deg": 0}, 0),
        ("arm_plane_deg", {"shoulder_elevation_deg": 60, "shoulder_plane_deg": 90}, 90),
        ("arm_plane_deg", {"shoulder_elevation_deg": 60, "shoulder_plane_deg": -50}, -50),
        ("arm_plane_deg", {"shoulder_elevation_deg": 90, "shoulder_plane_deg": 120}, 120),
        ("elbow_from_side_deg", {"shoulder_elevation_deg": 90, "shoulder_plane_deg": 90}, NAN),
        ("elbow_from_side_deg", {"shoulder_elevation_deg": 45, "shoulder_plane_deg": 0}, 45),
        ("elbow_from_side_deg", {"shoulder_elevation_deg": 150, "shoulder_plane_deg": 0}, 150),
        ("shoulder_rotation_deg", {"elbow_flexion_deg": 5}, NAN),
        ("shoulder_rotation_deg", {"elbow_flexion_deg": 90, "shoulder_elevation_deg": 0}, 0),
        ("shoulder_rotation_deg", {"elbow_flexion_deg": 90, "shoulder_rotation_deg": 40}, 40),
        (
            "shoulder_rotation_deg",
            {
                "elbow_flexion_deg": 90,
                "shoulder_elevation_deg": 90,
                "shoulder_plane_deg": 0,
                "shoulder_rotation_deg": 90,
            },
            90,
        ),
        ("forearm_from_vertical_deg", {"shoulder_elevation_deg": 0, "elbow_flexion_deg": 0}, 0),
        ("forearm_from_vertical_deg", {"shoulder_elevation_deg": 0, "elbow_flexion_deg": 120}, 60),
        ("grip_width_shoulders", {"shoulder_elevation_deg": 0, "elbow_flexion_deg": 0}, 1),
        ("trunk_lean_deg", {}, 0),
        ("trunk_lean_deg", {"trunk_lean_deg": 25, "turn_deg": 130}, 25),
        ("trunk_lean_deg", {"trunk_lean_deg": -90}, -90),
        ("trunk_lean_deg", {"trunk_lean_deg": 90, "turn_deg": 50}, 90),
        ("trunk_lean_deg", {"trunk_roll_deg": 90}, NAN),
        ("trunk_swing_deg", {"trunk_lean_deg": 25}, 25),
        ("trunk_from_floor_deg", {}, 90),
        ("trunk_from_floor_deg", {"trunk_lean_deg": -60}, 30),
        ("trunk_from_floor_deg", {"trunk_lean_deg": 60}, 30),
        ("trunk_from_floor_deg", {"trunk_lean_deg": -110}, -20),
        ("trunk_from_floor_deg", {"trunk_roll_deg": 90}, 0),
        ("trunk_twist_deg", {"trunk_twist_deg": 30}, 30),
        ("trunk_twist_deg", {"trunk_twist_deg": -30, "trunk_lean_deg": -80}, -30),
        ("shoulder_tilt_deg", {"trunk_roll_deg": 12}, 12),
        ("hip_tilt_deg", {"trunk_roll_deg": -12}, -12),
        ("head_tilt_deg", {"head_tilt_deg": 15, "turn_deg": 40}, 15),
        ("hip_flexion_deg", {"hip_flexion_deg": 0}, 0),
        ("hip_flexion_deg", {"hip_flexion_deg": 110}, 110),
        ("hip_flexion_deg", {"hip_flexion_deg": -20, "trunk_lean_deg": -90}, -20),
        ("knee_flexion_deg", {"knee_flexion_deg": 80}, 80),
    ],
)
def test_a_measure_reads_the_angle_of_the_figure(measure, angles, expected):
    got = exact(measure, "both", landmarks_m(**angles))
    # The figure's knee bends a little to reach its ankle; all other joints are exact.
    atol = 3.5 if measure.startswith("knee") else 1e-6
    np.testing.assert_allclose(got, expected, atol=atol)


@pytest.mark.parametrize(
    ("measure", "less", "more"),
    [
        ("elbow_behind_trunk_trunks", {"shoulder_plane_deg": 80}, {"shoulder_plane_deg": -80}),
        ("wrist_behind_trunk_trunks", {"shoulder_plane_deg": 80}, {"shoulder_plane_deg": -80}),
        ("wrist_above_shoulder_trunks", {"shoulder_elevation_deg": 20}, {"shoulder_elevation_deg": 150}),
        ("grip_width_shoulders", {"shoulder_elevation_deg": 10}, {"shoulder_elevation_deg": 80}),
        ("head_forward_deg", {}, {"head_forward_deg": 25}),
        ("head_pitch_deg", {"neck_flexion_deg": 25}, {"neck_flexion_deg": -25}),
        ("neck_line_deg", {"head_forward_deg": 25}, {}),
        ("shoulder_forward_trunks", {}, {"shoulder_forward_deg": 25}),
    ],
)
def test_a_measure_grows_the_right_way(measure, less, more):
    assert exact(measure, "both", landmarks_m(**less)) + 0.02 < exact(measure, "both", landmarks_m(**more))


@pytest.mark.parametrize("face_deg", [(-20, -20), (0, 0), (30, 30)])
def test_a_face_is_level_where_the_head_is(face_deg):
    nod, trunk = face_deg
    got = exact("head_pitch_deg", "both", landmarks_m(neck_flexion_deg=-nod, trunk_lean_deg=trunk))
    assert got == pytest.approx(nod, abs=3)


def test_hands_behind_the_head_are_told_from_hands_before_it():
    up = {"shoulder_elevation_deg": 80.0, "elbow_flexion_deg": 110.0}
    before = landmarks_m(**up, shoulder_plane_deg=35, shoulder_rotation_deg=60)
    behind = landmarks_m(**up, shoulder_plane_deg=0, shoulder_rotation_deg=105)
    assert exact("wrist_ahead_of_ear_trunks", "both", before) > 0.2
    assert exact("wrist_ahead_of_ear_trunks", "both", behind) < 0.0


@pytest.mark.parametrize("turn_deg", [0, 70, 180])
def test_a_shrug_is_told_in_trunk_lengths_from_rest(turn_deg):
    rest = landmarks_m() @ room_turn(turn_deg)
    shrugged = landmarks_m(shoulder_rise_deg=20) @ room_turn(turn_deg)
    trunk = np.linalg.norm((rest[11] + rest[12] - rest[23] - rest[24]) / 2)
    up = (shrugged[11, 1] - rest[11, 1]) / trunk
    assert exact(RISE, "both", shrugged, rest) == pytest.approx(up, abs=0.01)
    assert exact(RISE, "both", rest, rest) == 0
    assert exact(RISE, "both", shrugged) == 0  # without a rest, nothing has risen


def test_sides_are_the_persons_own():
    points = landmarks_m(shoulder_elevation_deg=(90, 30), trunk_lean_deg=-40)
    got = {side: exact("arm_elevation_deg", side, points) for side in SIDES}
    assert got == pytest.approx({"left": 90, "right": 30, "both": 60, "difference": 60})
    assert exact("trunk_lean_deg", "difference", points) == pytest.approx(-40)


@pytest.mark.parametrize(
    ("side", "expected"), [("left", 3.0), ("right", 1.0), ("both", 2.0), ("difference", 2.0)]
)
def test_combined(side, expected):
    assert combined(3.0, 1.0, side) == expected


# --- Properties --------------------------------------------------------------------------------------------

degrees = st.floats(20, 150)
poses = st.fixed_dictionaries(
    {
        "shoulder_elevation_deg": st.tuples(degrees, degrees),
        "shoulder_plane_deg": st.tuples(st.floats(-30, 60), st.floats(-30, 60)),
        "elbow_flexion_deg": st.tuples(st.floats(25, 140), st.floats(25, 140)),
        "trunk_lean_deg": st.floats(-80, 60),
        "trunk_twist_deg": st.floats(-30, 30),
        "hip_flexion_deg": st.floats(0, 110),
        "knee_flexion_deg": st.floats(10, 120),
        "neck_flexion_deg": st.floats(-30, 40),
    }
)


def all_of(points):
    return [exact(name, side, points) for name in MEASURES for side in SIDES]


@given(poses, st.floats(0.2, 5), st.tuples(*[st.floats(-5, 5)] * 3), st.floats(-180, 180))
def test_a_measure_is_the_same_wherever_the_body_stands_and_however_large_it_is(pose, scale, shift, turn_deg):
    points = landmarks_m(**pose)
    moved = points @ room_turn(turn_deg) * scale + shift
    np.testing.assert_allclose(all_of(moved), all_of(points), atol=1e-5)


@given(poses)
def test_the_mirrored_body_reads_the_same_with_the_sides_exchanged(pose):
    points = landmarks_m(**pose)
    pairs = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(n + 1 if n % 2 else n - 1 for n in range(11, 33))]
    mirrored = points[pairs] * [-1.0, 1.0, 1.0]
    signed = {"trunk_twist_deg", "shoulder_tilt_deg", "hip_tilt_deg", "head_tilt_deg"}
    for name, measure in MEASURES.items():
        left = exact(name, "left", points)
        expected = -left if name in signed else left
        got = exact(name, "right" if measure.sided else "both", mirrored)
        np.testing.assert_allclose(got, expected, atol=1e-6, err_msg=name)


@given(st.integers(0, 32), st.sampled_from(sorted(MEASURES)))
def test_a_landmark_that_is_not_known_makes_no_number_up(number, name):
    points = landmarks_m()
    points[number] = NAN
    measure = MEASURES[name]
    needed = {other for group in measure.groups(0) for other in group}
    value = exact(name, "left", points, landmarks_m())
    if number in needed:
        assert np.isnan(value)


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_seen_is_nothing_told(name):
    nowhere = Body([[NAN] * 3] * 33)
    at_one_place = Body([[1.0, 1.0, 1.0]] * 33)
    for side in (0, 1):
        assert np.isnan(MEASURES[name].function(nowhere, side))
        assert np.isnan(MEASURES[name].function(at_one_place, side))
        assert np.isnan(MEASURES[name].exact(at_one_place, side))


@given(poses)
def test_what_a_camera_tells_of_a_bend_is_never_more_than_the_bend(pose):
    points = Body((landmarks_m(**pose) * [1.0, -1.0, -1.0]).tolist())
    for name in ("elbow_flexion_deg", "knee_flexion_deg"):
        told, true = MEASURES[name].function(points, 0), MEASURES[name].exact(points, 0)
        assert told <= true + 1e-9
        assert told > true - 20


# --- The manual --------------------------------------------------------------------------------------------


def test_the_manual_lists_every_measure_with_its_errors():
    page = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert set(rows) >= set(MEASURES)
    for name, measure in MEASURES.items():
        cells = [cell.strip() for cell in rows[name].split("|")]
        errors = [
            f"{measure.error[view]:g} ({measure.change_error[view]:g})" if view in measure.error else "–"
            for view in VIEWS
        ]
        assert cells[0] == measure.unit
        assert cells[1] == ("left, right" if measure.sided else "one")
        assert cells[-4:] == errors, name
