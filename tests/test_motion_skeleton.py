"""The skeleton against independent readings of its points: lengths, angles, mirror, what rests on what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.figure import ANGLES, POSTURES
from openback.model.motion import INDEX, LANDMARKS
from openback.motion.skeleton.kinematics import BONES, ENDS, SIDES, body, joined
from openback.motion.skeleton.postures import CONTACTS, HEEL, KNEE, PALM, POSTURE, TOE
from openback.motion.skeleton.resting import height_m, pose
from openback.motion.skeleton.rotations import MIRROR

BODIES = [pytest.param(sex, id=sex) for sex in ("female", "male")]


def any_angles():
    return st.fixed_dictionaries(
        {
            name: st.tuples(*[st.floats(joint.low, joint.high)] * 2) if joint.sided else st.floats(joint.low, joint.high)
            for name, joint in ANGLES.items()
        }
    )  # fmt: skip


def at(posed, name):
    return posed.landmarks_m[..., INDEX[name], :]


def between_deg(a, b):
    across, along = np.linalg.norm(np.cross(a, b), axis=-1), np.sum(a * b, axis=-1)
    return np.degrees(np.arctan2(across, along))


# --- Lengths -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sex", "length", "published_m"),
    [
        pytest.param("female", "upper_arm_m", 0.2751, id="her upper arm"),
        pytest.param("female", "thigh_m", 0.3685, id="her thigh"),
        pytest.param("male", "forearm_m", 0.2689, id="his forearm"),
        pytest.param("male", "shin_m", 0.4403, id="his shin"),
    ],
)
def test_lengths_are_the_published_ones_to_three_per_cent(sex, length, published_m):
    # They do not add up to the published stature: one factor for all of them mends it.
    assert body(sex).lengths_m[length] == pytest.approx(published_m, rel=0.03)


@pytest.mark.parametrize("sex", BODIES)
@pytest.mark.parametrize("height_m", [1.45, 1.70, 2.0])
def test_a_body_stands_as_tall_as_asked(sex, height_m):
    person = body(sex, height_m=height_m)
    posed = pose(person, "standing", {"hip_abduction_deg": 0.0})
    crown = posed.point_m("head", (0.0, 0.62 * person.lengths_m["head_m"], 0.0))
    assert person.height_m == pytest.approx(height_m)
    assert crown[1] == pytest.approx(height_m, abs=0.012)


@given(any_angles(), st.sampled_from(["female", "male"]))
def test_bones_keep_their_lengths_in_any_pose(angles, sex):
    rest, posed = joined(body(sex), {}), joined(body(sex), angles)
    for bone, end in ENDS.items():
        length_m = np.linalg.norm(rest.bones[end][1] - rest.bones[bone][1])
        assert np.linalg.norm(posed.bones[end][1] - posed.bones[bone][1]) == pytest.approx(length_m, abs=1e-9)
    for name in BONES:
        rotation = posed.bones[name][0]
        np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-9)
        assert np.linalg.det(rotation) == pytest.approx(1.0)


def test_every_bone_is_at_rest_without_angles():
    for rotation, _ in joined(body("female"), {}).bones.values():
        np.testing.assert_allclose(rotation, np.eye(3), atol=1e-12)


# --- Angles ----------------------------------------------------------------------------------------------


@given(any_angles())
def test_the_mirrored_angles_make_the_mirrored_body(angles):
    turned = (
        "turn_deg",
        "trunk_roll_deg",
        "trunk_twist_deg",
        "spine_side_deg",
        "head_turn_deg",
        "head_tilt_deg",
    )
    other = {
        name: value[::-1] if ANGLES[name].sided else -value if name in turned else value
        for name, value in angles.items()
    }
    here, there = joined(body("male"), angles), joined(body("male"), other)
    for name in LANDMARKS:
        swapped = name.replace("left", "right") if "left" in name else name.replace("right", "left")
        np.testing.assert_allclose(at(there, swapped), MIRROR @ at(here, name), atol=1e-9)


@given(any_angles(), st.sampled_from(SIDES))
def test_elbow_and_knee_are_read_back_from_the_points(angles, side):
    posed, number = joined(body("female"), angles), SIDES.index(side)
    elbow, knee = at(posed, f"{side}_elbow"), at(posed, f"{side}_knee")
    bent = between_deg(elbow - at(posed, f"{side}_shoulder"), at(posed, f"{side}_wrist") - elbow)
    assert bent == pytest.approx(angles["elbow_flexion_deg"][number], abs=1e-5)
    # The pose model's hip lies beside the joint, so the thigh is taken from the bone.
    folded = between_deg(knee - posed.bones[f"{side}_thigh"][1], at(posed, f"{side}_ankle") - knee)
    assert folded == pytest.approx(angles["knee_flexion_deg"][number], abs=1e-5)


@given(
    st.floats(-175, 175), st.floats(-80, 80), st.floats(-60, 90), st.floats(-40, 40), st.floats(-180, 180),
)  # fmt: skip
def test_mid_hip_to_mid_shoulder_keeps_its_lean_however_the_spine_bends(lean, roll, flexion, side, turn):
    angles = {
        "trunk_lean_deg": lean,
        "trunk_roll_deg": roll,
        "spine_flexion_deg": flexion,
        "spine_side_deg": side,
        "turn_deg": turn,
    }
    posed = joined(body("female"), angles)
    line = (
        at(posed, "left_shoulder")
        + at(posed, "right_shoulder")
        - at(posed, "left_hip")
        - at(posed, "right_hip")
    )
    line /= np.linalg.norm(line)
    lean, roll, turn = np.radians((lean, roll, turn))
    # To the own right by the roll, then backward by the lean, then about the vertical by the turn.
    x, y, z = -np.sin(roll), np.cos(roll) * np.cos(lean), -np.cos(roll) * np.sin(lean)
    expected = (x * np.cos(turn) + z * np.sin(turn), y, -x * np.sin(turn) + z * np.cos(turn))
    np.testing.assert_allclose(line, expected, atol=1e-9)


@given(st.floats(0, 180), st.floats(-90, 150), st.sampled_from(SIDES))
def test_upper_arm_points_where_elevation_and_plane_say(elevation, plane, side):
    posed = joined(body("male"), {"shoulder_elevation_deg": elevation, "shoulder_plane_deg": plane})
    arm = at(posed, f"{side}_elbow") - at(posed, f"{side}_shoulder")
    up, ahead = np.radians((elevation, plane))
    outward = np.sin(up) * np.cos(ahead) * (1 if side == "left" else -1)
    expected = (outward, -np.cos(up), np.sin(up) * np.sin(ahead))
    np.testing.assert_allclose(arm / np.linalg.norm(arm), expected, atol=1e-9)


@pytest.mark.parametrize(
    ("elevation", "plane", "rotation", "forearm"),
    [
        pytest.param(0, 0, 0, (0, 0, 1), id="hanging: the forearm comes forward"),
        pytest.param(0, 0, 90, (1, 0, 0), id="hanging, turned out: to the own side"),
        pytest.param(90, 0, 0, (0, 0, 1), id="out to the side: forward"),
        pytest.param(90, 0, 90, (0, 1, 0), id="out to the side, turned out: up, as under a bar"),
        pytest.param(90, 0, -90, (0, -1, 0), id="out to the side, turned in: down"),
        pytest.param(90, 90, 0, (0, 1, 0), id="straight ahead: up"),
    ],
)
def test_forearm_bends_where_the_shoulder_turns_it(elevation, plane, rotation, forearm):
    angles = {
        "shoulder_elevation_deg": elevation,
        "shoulder_plane_deg": plane,
        "shoulder_rotation_deg": rotation,
        "elbow_flexion_deg": 90.0,
    }
    posed = joined(body("male"), angles)
    for side, flip in zip(SIDES, (1, -1), strict=True):
        line = at(posed, f"{side}_wrist") - at(posed, f"{side}_elbow")
        np.testing.assert_allclose(line / np.linalg.norm(line), np.array(forearm) * (flip, 1, 1), atol=1e-9)


@pytest.mark.parametrize(
    ("angles", "landmark", "moved"),
    [
        pytest.param({"head_turn_deg": 40}, "nose", (1, 0, 0), id="head to the own left"),
        pytest.param({"neck_flexion_deg": 30}, "nose", (0, -1, 0), id="nod down"),
        pytest.param({"head_forward_deg": 20}, "left_ear", (0, 0, 1), id="neck pokes forward"),
        pytest.param({"shoulder_rise_deg": 20}, "left_shoulder", (0, 1, 0), id="shrug"),
        pytest.param({"shoulder_forward_deg": -20}, "left_elbow", (0, 0, -1), id="squeezed back"),
        pytest.param({"trunk_twist_deg": 30}, "left_shoulder", (0, 0, -1), id="twist to the own left"),
        pytest.param({"spine_side_deg": 20}, "nose", (-1, 0, 0), id="side bend to the own right"),
        pytest.param({"hip_abduction_deg": 20}, "left_knee", (1, 0, 0), id="leg out"),
        pytest.param({"ankle_flexion_deg": 20}, "left_foot_index", (0, 1, 0), id="toes to the shin"),
        pytest.param({"wrist_flexion_deg": 40}, "left_index", (-1, 0, 0), id="hand towards the palm"),
        pytest.param({"forearm_pronation_deg": 90}, "left_thumb", (-1, 0, 0), id="thumb turned in"),
    ],
)
def test_an_angle_moves_its_part_the_way_it_says(angles, landmark, moved):
    rest, posed = joined(body("female"), {}), joined(body("female"), angles)
    assert np.dot(at(posed, landmark) - at(rest, landmark), moved) > 0.01


def test_many_moments_are_the_moments_one_by_one():
    elevation = np.array([[10.0, 20.0], [90.0, 30.0], [170.0, 170.0]])
    lean = np.array([0.0, -20.0, 30.0])
    together = pose(body("female"), "seated", {"shoulder_elevation_deg": elevation, "trunk_lean_deg": lean})
    for n in range(3):
        one = pose(
            body("female"),
            "seated",
            {"shoulder_elevation_deg": tuple(elevation[n]), "trunk_lean_deg": float(lean[n])},
        )
        np.testing.assert_allclose(together.landmarks_m[n], one.landmarks_m, atol=1e-9)
        np.testing.assert_allclose(together.grips_m[n], one.grips_m, atol=1e-9)


# --- Resting ---------------------------------------------------------------------------------------------


def test_every_posture_has_its_defaults():
    assert tuple(POSTURE) == POSTURES
    for posture in POSTURE.values():
        assert set(posture.angles_deg) <= set(ANGLES)


@pytest.mark.parametrize("sex", BODIES)
@pytest.mark.parametrize("posture", [name for name, own in POSTURE.items() if own.rest.height_m is None])
def test_what_is_lowest_lies_on_the_floor(posture, sex):
    posed = pose(body(sex), posture, {})
    assert min(height_m(posed, contact) for contact in CONTACTS) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("sex", BODIES)
@pytest.mark.parametrize(
    ("posture", "carries"),
    [
        pytest.param("standing", [HEEL, TOE], id="standing"),
        pytest.param("hinged", [HEEL], id="hinged"),
        pytest.param("kneeling", [KNEE], id="kneeling"),
        pytest.param("all_fours", [KNEE, PALM], id="all fours"),
        pytest.param("plank", [TOE, PALM], id="plank"),
        pytest.param("inverted_row", [HEEL], id="inverted row"),
    ],
)
def test_what_carries_touches_the_floor(posture, carries, sex):
    posed = pose(body(sex), posture, {})
    for contact in carries:
        assert height_m(posed, contact) == pytest.approx(0.0, abs=0.03)


@pytest.mark.parametrize("sex", BODIES)
def test_hands_stay_at_the_bar_while_the_body_rises(sex):
    elbows = np.linspace(0, 120, 7)[:, None]
    posed = pose(body(sex), "hanging", {"elbow_flexion_deg": elbows, "shoulder_elevation_deg": 170 - elbows})
    grip = posed.grips_m.mean(axis=1)
    np.testing.assert_allclose(grip - grip[0], 0, atol=1e-9)
    assert np.all(np.diff(at(posed, "nose")[:, 1]) > 0)


@pytest.mark.parametrize("posture", ["standing", "seated", "hinged", "kneeling", "bench_supported"])
def test_legs_stay_where_they_rest_when_the_trunk_leans(posture):
    lean = POSTURE[posture].angles_deg.get("trunk_lean_deg", 0.0)
    posed = pose(body("male"), posture, {"trunk_lean_deg": np.array([lean, lean + 15.0])})
    for name in ("left_knee", "right_knee", "left_ankle", "right_ankle"):
        np.testing.assert_allclose(at(posed, name)[1], at(posed, name)[0], atol=1e-9)
