"""The frame of the trunk: from every side, in every posture; and bodies lifted out of the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.motion.body import Body, angle_deg, body_in_room, lifted, unit
from posing import BAR_OVERHEAD, filmed, landmarks_m

NAN = float("nan")
POSTURES = {
    "standing": {},
    "leaning back": {"trunk_lean_deg": 20},
    "hinged": {"trunk_lean_deg": -70, "hip_flexion_deg": 70},
    "prone": {"trunk_lean_deg": -90},
    "head down": {"trunk_lean_deg": -120, "hip_flexion_deg": 120},
    "supine": {"trunk_lean_deg": 90},
    "hanging": {**BAR_OVERHEAD, "hip_flexion_deg": 0, "knee_flexion_deg": 0},
}


@pytest.mark.parametrize(
    ("a", "b", "expected_deg"),
    [
        pytest.param((0, 0, 0), (1, 0, 0), NAN, id="no length"),
        pytest.param((NAN, 0, 0), (1, 0, 0), NAN, id="not known"),
        pytest.param((2, 0, 0), (0, 5, 0), 90, id="right angle"),
        pytest.param((1, 0, 0), (-1, 0, 0), 180, id="opposite"),
        pytest.param((0, 0, 3), (0, 0, 1), 0, id="the same way"),
    ],
)
def test_angle(a, b, expected_deg):
    np.testing.assert_allclose(angle_deg(a, b), expected_deg)


def test_a_body_that_is_not_there_has_no_direction():
    body = Body([[NAN] * 3] * 33)
    assert not body.known
    assert np.isnan([*body.up, *body.forward, body.yaw_deg(), *unit((0, 0, 0))]).all()


def test_shoulders_without_width_have_no_side():
    points = landmarks_m().copy()
    points[12], points[24] = points[11], points[23]
    body = body_in_room(points)
    assert np.isfinite(body.up).all()
    assert np.isnan([*body.left, *body.forward, *body.ahead]).all()


@pytest.mark.parametrize("posture", POSTURES)
@pytest.mark.parametrize("yaw_deg", [0, 40, 90, -90, -140, 180])
def test_forward_is_out_of_the_chest_from_every_side(posture, yaw_deg):
    points = landmarks_m(**POSTURES[posture])
    room = body_in_room(points)
    body = Body(lifted(filmed(points, yaw_deg=yaw_deg, far_m=50)).tolist())
    face = np.array(body.points[0]) - body.ears
    assert np.dot(face, body.forward) > 0
    assert np.dot(room.forward, landmarks_m(**POSTURES[posture])[0] * [1, -1, -1] - room.ears) > 0
    np.testing.assert_allclose(np.cross(body.left, body.up), body.forward, atol=1e-9)


@given(st.floats(-179, 179), st.sampled_from(sorted(POSTURES)))
def test_yaw_is_where_the_camera_stands(yaw_deg, posture):
    points = landmarks_m(**POSTURES[posture])
    body = Body(lifted(filmed(points, yaw_deg=yaw_deg)).tolist())
    off_deg = (body.yaw_deg() - yaw_deg + 180) % 360 - 180
    assert abs(off_deg) < 6


def test_yaw_of_a_body_on_its_side_is_where_its_chest_points():
    points = landmarks_m(trunk_roll_deg=-90)
    for yaw_deg in (0, 60, 180):
        got = Body(lifted(filmed(points, yaw_deg=yaw_deg, far_m=20)).tolist()).yaw_deg()
        assert abs((got - yaw_deg + 180) % 360 - 180) < 12


@given(
    st.floats(-180, 180),
    st.floats(2.0, 6.0),
    st.tuples(st.floats(300, 900), st.floats(200, 500)),
    st.sampled_from(sorted(POSTURES)),
)
def test_lifting_gives_the_body_back_wherever_the_camera_stands(yaw_deg, far_m, at_px, posture):
    points = landmarks_m(**POSTURES[posture])
    frame = filmed(points, yaw_deg=yaw_deg, far_m=far_m, at_px=at_px)
    # Exact but for mid-hip, which is no longer quite in the middle of two hips of unlike depth.
    np.testing.assert_allclose(lifted(frame), frame.world_m, atol=0.03)


def test_lifting_a_picture_of_nothing_falls_back_on_metres():
    frame = filmed(landmarks_m())
    frame.image_px[:] = 10.0
    np.testing.assert_array_equal(lifted(frame), frame.world_m)


def test_metres_of_the_wrong_sign_are_not_made_a_scale():
    frame = filmed(landmarks_m())
    frame.image_px[:] = 2 * frame.image_px[23] - frame.image_px
    np.testing.assert_array_equal(lifted(frame), frame.world_m)
