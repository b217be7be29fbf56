"""Test motion: what the camera projects, how the errors scatter, how strongly faults are shown."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moving import fault, figure, pull_down
from openback.model.motion import INDEX, LANDMARKS
from openback.motion.body import Body
from openback.motion.measures import exact
from openback.motion.skeleton import body, pose
from openback.motion.synthesis import SetPlan, Shown, made_set, strength_for
from openback.motion.synthesis.camera import Camera, hidden
from openback.motion.synthesis.fault_truth import true_value
from openback.motion.synthesis.made_set import mirrored
from openback.motion.synthesis.noise import (
    NONE,
    SEEN,
    errors,
    fitted,
    flattened,
    group_of,
    seen_as,
    wandering,
)
from openback.motion.synthesis.set_motion import STILL, around

CLEAN = SetPlan(noise=NONE, habits=STILL, drop_outs=False, reps=2)


# --- Camera ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("camera", "point_m", "pixel"),
    [
        pytest.param(
            Camera(yaw_deg=0, aim_m=(0, 1, 0)), (0, 1, 0), (360, 640), id="where it looks: the middle"
        ),
        pytest.param(
            Camera(yaw_deg=0, aim_m=(0, 1, 0)), (0.3, 1, 0), (460, 640), id="the body's left: to the right"
        ),
        pytest.param(Camera(yaw_deg=0, aim_m=(0, 1, 0)), (0, 1.3, 0), (360, 540), id="up"),
        pytest.param(
            Camera(yaw_deg=90, aim_m=(0, 1, 0)), (0, 1, 0.3), (260, 640), id="from its left: ahead is left"
        ),
        pytest.param(Camera(yaw_deg=-90, aim_m=(0, 1, 0)), (0, 1, 0.3), (460, 640), id="from its right"),
        pytest.param(Camera(yaw_deg=180, aim_m=(0, 1, 0)), (0.3, 1, 0), (260, 640), id="from behind"),
        pytest.param(Camera(yaw_deg=0, aim_m=(0, 1, 0)), (0.3, 1, 1), (510, 640), id="nearer is larger"),
    ],
)
def test_points_fall_where_they_should(camera, point_m, pixel):
    np.testing.assert_allclose(
        camera.projected(camera.seen(np.array(point_m, dtype=float))), pixel, atol=1e-9
    )


@given(st.floats(-180, 180), st.floats(-20, 20), st.floats(-10, 10))
def test_a_camera_only_turns_and_shifts(yaw, pitch, roll):
    points = pose(body("female"), "standing", {}).landmarks_m
    seen = Camera(yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll, aim_m=(0, 1, 0)).seen(points)
    apart = np.linalg.norm(points[:, None] - points, axis=-1)
    np.testing.assert_allclose(np.linalg.norm(seen[:, None] - seen, axis=-1), apart, atol=1e-9)
    assert np.linalg.det(np.linalg.lstsq(points - points[0], seen - seen[0])[0]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("yaw", "seen", "unseen"),
    [
        pytest.param(0, ["left_elbow", "right_elbow", "left_knee", "right_ankle"], [], id="from the front"),
        pytest.param(90, ["left_elbow", "left_wrist", "left_knee"], ["right_elbow", "right_wrist", "right_knee"], id="from the left"),
        pytest.param(-90, ["right_elbow", "right_wrist"], ["left_elbow", "left_wrist"], id="from the right"),
    ],
)  # fmt: skip
def test_the_far_side_hides_behind_the_body(yaw, seen, unseen):
    points = pose(body("male"), "standing", {}).landmarks_m
    cover = hidden(Camera(yaw_deg=yaw, aim_m=(0, 1, 0)).seen(points)[None])[0]
    assert all(cover[INDEX[name]] < 0.2 for name in seen)
    assert all(cover[INDEX[name]] > 0.8 for name in unseen)


def test_hands_behind_the_back_are_hidden_from_the_front():
    behind = {"shoulder_elevation_deg": 40.0, "shoulder_plane_deg": -105.0}
    points = pose(body("male"), "standing", behind).landmarks_m
    front, back = (hidden(Camera(yaw_deg=yaw, aim_m=(0, 1, 0)).seen(points)[None])[0] for yaw in (0, 180))
    assert front[INDEX["left_wrist"]] > 0.8
    assert back[INDEX["left_wrist"]] < 0.2


# --- The pose model's errors --------------------------------------------------------------------------------


def test_classes_of_visibility():
    np.testing.assert_array_equal(seen_as(np.array([1.0, 0.8, 0.79, 0.3, 0.29, 0.0])), [0, 0, 1, 1, 2, 2])


def test_every_landmark_has_its_kind():
    kinds = ["head"] * 11 + ["shoulder"] * 2 + ["elbow"] * 2 + ["wrist"] * 2 + ["hand"] * 6
    kinds += ["hip"] * 2 + ["knee"] * 2 + ["ankle"] * 2 + ["foot"] * 4
    assert [group_of(name) for name in LANDMARKS] == kinds


@pytest.mark.parametrize("rate_hz", [10.0, 30.0, 60.0])
def test_what_wanders_has_unit_spread_and_forgets_in_its_time(rate_hz):
    course = wandering((int(40 * rate_hz), 200), rate_hz, 0.32, np.random.default_rng(5))
    lag = round(0.32 * rate_hz)
    assert course.std() == pytest.approx(1.0, abs=0.05)
    assert np.mean(course[lag:] * course[:-lag]) == pytest.approx(1 / math.e, abs=0.08)


@pytest.mark.slow
@pytest.mark.parametrize("seen", range(len(SEEN)))
def test_errors_scatter_as_fitted(seen):
    noise = fitted()
    visibility = np.full((40, 33), (0.95, 0.5, 0.1)[seen])
    sets = np.stack([errors(visibility, 5.0, noise, np.random.default_rng(seed))[0] for seed in range(300)])
    # Fingers and feet go along with wrist and ankle, so they scatter more.
    own = [n for n, name in enumerate(LANDMARKS) if group_of(name) not in {"hand", "foot"}]
    parts = [noise.parts[part][seen][own][:, [0, 0, 1]] for part in ("quick", "slow", "steady")]
    found = np.sqrt(np.mean(np.square(sets[:, :, own]), axis=(0, 1)))
    np.testing.assert_allclose(found, np.sqrt(np.sum(np.square(parts), axis=0)), rtol=0.15, atol=2e-3)
    steady = sets[:, :, own].mean(axis=1).std(axis=0)
    np.testing.assert_allclose(steady, parts[2], rtol=0.2, atol=0.015)


def test_the_model_errs_more_in_depth_and_more_where_it_hardly_sees():
    noise = fitted()
    for name in ("left_elbow", "left_wrist", "left_shoulder", "left_knee"):
        flat, deep = noise.parts["quick"][0, INDEX[name]]
        assert deep > flat
        assert noise.parts["quick"][2, INDEX[name], 0] > flat


def test_limbs_lose_depth_and_trunks_do_not():
    points = pose(body("male"), "standing", {"shoulder_elevation_deg": 90.0, "shoulder_plane_deg": 90.0})
    points = Camera(yaw_deg=0, aim_m=(0, 1, 0)).seen(points.landmarks_m)[None]
    shares = []
    for seed in range(40):
        told = flattened(points, fitted(), np.random.default_rng(seed))[0]
        arm, true = (
            one[INDEX["left_elbow"], 2] - one[INDEX["left_shoulder"], 2] for one in (told, points[0])
        )
        shares.append(arm / true)
        kept = [INDEX[name] for name in ("nose", "left_shoulder", "right_shoulder", "left_hip")]
        np.testing.assert_allclose(told[kept], points[0][kept])
    assert np.mean(shares) == pytest.approx(fitted().limb_depth_share, abs=0.12)


# --- Made sets --------------------------------------------------------------------------------------------


def test_the_same_plan_and_seed_make_the_same_set():
    first, second = (made_set(pull_down(), SetPlan(reps=2), 7) for _ in range(2))
    other = made_set(pull_down(), SetPlan(reps=2), 8)
    for one, two in zip(first.frames, second.frames, strict=True):
        np.testing.assert_array_equal(one.world_m, two.world_m)
        np.testing.assert_array_equal(one.image_px, two.image_px)
    assert not np.array_equal(first.frames[3].world_m, other.frames[3].world_m)


@pytest.mark.parametrize("yaw", [0, 45, 90, -90, 180])
@pytest.mark.parametrize("mirror", [False, True])
def test_without_errors_the_frames_are_the_truth(yaw, mirror):
    made = made_set(pull_down(), replace(CLEAN, yaw_deg=yaw, mirrored=mirror), 3)
    for n in (0, len(made.frames) // 3, len(made.frames) - 1):
        seen = made.frames[n].world_m * (1.0, -1.0, -1.0)
        for measure in ("elbow_flexion_deg", "arm_elevation_deg", "shoulder_rotation_deg"):
            true = exact(measure, "left", made.landmarks_m[n])
            assert exact(measure, "left", seen) == pytest.approx(true, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("yaw", [0, 45, 90, 180])
def test_the_camera_stands_where_it_was_told_to(yaw):
    made = made_set(pull_down(), replace(CLEAN, yaw_deg=yaw), 4)
    seen = [Body(frame.world_m.tolist()).yaw_deg() for frame in made.frames]
    off = (np.array(seen) - yaw + 180) % 360 - 180
    assert abs(np.median(off)) < 14


@pytest.mark.slow
def test_the_whole_set_is_in_the_picture():
    for seed in range(5):
        made = made_set(pull_down(), replace(CLEAN, yaw_deg=45), seed)
        image = np.stack([frame.image_px for frame in made.frames])
        assert image.min() > 0
        assert np.all(image.max(axis=(0, 1)) < (made.frames[0].width_px, made.frames[0].height_px))


@pytest.mark.slow
def test_walking_up_and_off_moves_the_truth_along():
    alone = made_set(pull_down(), CLEAN, 5)
    framed = made_set(pull_down(), replace(CLEAN, around=True), 5)
    assert len(framed.reps) == len(alone.reps)
    before_s = framed.reps[0].start_s - alone.reps[0].start_s
    assert before_s > 3
    assert framed.t_s[-1] > framed.reps[-1].end_s + 3
    at = np.searchsorted(framed.t_s, framed.reps[0].peak_s)
    assert exact("arm_elevation_deg", "left", framed.landmarks_m[at]) == pytest.approx(35, abs=2)
    assert exact("knee_flexion_deg", "left", framed.landmarks_m[0]) < 60


def test_mirroring_twice_changes_nothing():
    points = pose(body("male"), "bench_supported", {}).landmarks_m
    np.testing.assert_allclose(mirrored(mirrored(points)), points)
    assert exact("elbow_flexion_deg", "left", mirrored(points)) == pytest.approx(
        exact("elbow_flexion_deg", "right", points)
    )


@pytest.mark.slow
def test_some_frames_have_nobody():
    plan = SetPlan(reps=6, fps=15.0)
    lost = [
        frame for seed in range(6) for frame in made_set(pull_down(), plan, seed).frames if not frame.found
    ]
    assert lost
    assert np.isnan(lost[0].world_m).all()


# --- Faults -----------------------------------------------------------------------------------------------


def with_fault(**parts):
    return replace(pull_down(), faults=(fault(**parts),))


@pytest.mark.parametrize(
    ("parts", "clean", "wanted"),
    [
        pytest.param({}, 12.7, 38.6, id="a mean above its limit"),
        pytest.param(
            {"measure": "elbow_flexion_deg", "during": "peak", "stat": "max", "above": None, "below": 90.0, "show": {"range_share": 0.6}},
            110, 80, id="a range cut short",
        ),
        pytest.param(
            {"measure": "lower_s", "stat": "min", "above": None, "below": 1.0, "show": {"lower_s": 0.5}}, 2.0, 0.5, id="tempo"
        ),
        pytest.param(
            {"measure": "trunk_swing_deg", "stat": "max", "above": 15.0, "show": {"at": 1.0, "trunk_lean_deg": 20.0}}, 2, 21.5, id="a swing"
        ),
        pytest.param(
            {"measure": "arm_elevation_deg", "side": "difference", "during": "peak", "stat": "mean", "above": 20.0,
             "show": {"shoulder_elevation_deg": (15.0, -15.0)}},
            0, 30, id="left and right apart",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_shown_half_of_its_way_beyond_its_limit(parts, clean, wanted):
    own = with_fault(**parts)
    found = strength_for(own, own.faults[0])
    assert found.reached
    assert found.clean == pytest.approx(clean, abs=0.5)
    assert found.wanted == pytest.approx(wanted, abs=0.5)
    assert found.value == pytest.approx(found.wanted, abs=0.3)
    assert true_value(own, own.faults[0], found.strength) == pytest.approx(found.value)


def test_a_fault_that_cannot_be_shown_says_so():
    own = with_fault(show={"head_turn_deg": 20.0})
    assert not strength_for(own, own.faults[0]).reached


@pytest.mark.parametrize(
    ("at", "share", "weight"),
    [
        pytest.param(1.0, 1.0, 1.0, id="at the peak"),
        pytest.param(1.0, 0.0, 0.0, id="gone at the start"),
        pytest.param(0.0, 0.0, 1.0, id="at the start"),
        pytest.param(0.5, 0.5, 1.0, id="half-way"),
        pytest.param(0.5, 1.0, 0.0, id="half-way, gone at the peak"),
    ],
)
def test_a_change_at_one_moment_is_gone_at_the_next_key(at, share, weight):
    assert around(figure(), at, np.array([share]))[0] == pytest.approx(weight)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_made_set_has_the_fault_that_was_asked_for(seed):
    own = pull_down()
    strength = strength_for(own, own.faults[0])
    shown = Shown(fault=own.faults[0], strength=strength.strength)
    made = made_set(own, SetPlan(reps=2, shown=shown, drop_outs=False), seed)
    first, last = (np.searchsorted(made.t_s, at) for at in (made.reps[0].start_s, made.reps[-1].end_s))
    lean = np.mean([exact("trunk_lean_deg", "both", made.landmarks_m[n]) for n in range(first, last, 3)])
    # People lean a little more or less than the figure.
    assert lean == pytest.approx(strength.wanted, abs=4)


def test_a_dropped_weight_comes_down_fast():
    own = pull_down()
    shown = Shown(fault=own.faults[1], strength=strength_for(own, own.faults[1]).strength)
    made = made_set(own, replace(CLEAN, shown=shown), 1)
    assert [rep.lower_s for rep in made.reps] == pytest.approx([0.5, 0.5], abs=0.01)
