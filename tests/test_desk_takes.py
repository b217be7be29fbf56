"""Desk tests by camera: what a take gives, what stands in its way, and what changes nothing about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desk_takes
from openback.model.motion import nobody
from openback.model.posture import SeenFrame
from openback.motion.desk_tests import TELL, TakeRules, measure_take
from openback.training.desk_tests import load_book

BOOK = load_book()
HEIGHT_CM = 168.0
ANGLES = ("straight_leg_raise", "shoulder_reach", "wall_angel")


def rules(test):
    rule = BOOK.tests[test]
    return TakeRules(
        higher_is_better=rule.better == "higher",
        steady_s=BOOK.steady_s,
        steady=BOOK.steady,
        fewest_frames=BOOK.fewest_frames,
        sd=rule.sd,
        band_z=BOOK.band_z,
        span=rule.span,
    )


def measured(test, frames, side=None, height_cm=HEIGHT_CM):
    side = side or BOOK.tests[test].sides[0]
    return measure_take(test, side, frames, rules=rules(test), height_cm=height_cm)


def test_every_test_of_the_data_is_told():
    assert list(TELL) == list(BOOK.tests)


# --- What stands in the way ------------------------------------------------------------------------------


@pytest.mark.parametrize("test", TELL)
def test_no_frames_tell_nothing(test):
    found = measured(test, ())
    assert (found.told, found.trouble) == (None, "too_few")


@pytest.mark.parametrize("test", TELL)
def test_nobody(test):
    frames = [SeenFrame(frame=nobody(n / 15, 1280, 720), people=0) for n in range(40)]
    assert measured(test, frames).trouble == "nobody"


@pytest.mark.parametrize("test", TELL)
@pytest.mark.parametrize(
    ("change", "trouble"),
    [({"people": 2}, "two_people"), ({"brightness": 0.1}, "too_dark")],
)
def test_a_picture_of_no_use(test, change, trouble):
    frames = [replace(one, **change) for one in desk_takes.take(test, 70.0)]
    assert measured(test, frames).trouble == trouble


@pytest.mark.parametrize(
    ("test", "pose", "filmed", "trouble"),
    [
        pytest.param(
            "straight_leg_raise", (60.0,), {"visibility": {27: 0.2}}, "half_body", id="ankle hidden"
        ),
        pytest.param(
            "straight_leg_raise", (60.0,), {"at_px": (1250.0, 400.0)}, "half_body", id="legs outside"
        ),
        pytest.param("straight_leg_raise", (60.0,), {"far_m": 12.0}, "too_far", id="far away"),
        pytest.param("straight_leg_raise", (60.0,), {"yaw_deg": 0.0}, "wrong_view", id="phone at the feet"),
        pytest.param("shoulder_reach", (150.0,), {"yaw_deg": 0.0}, "wrong_view", id="facing the phone"),
        pytest.param("wall_angel", (120.0,), {"yaw_deg": 90.0}, "wrong_view", id="side to the phone"),
        pytest.param("wall_angel", (120.0,), {"yaw_deg": 180.0}, "wrong_view", id="face to the wall"),
        pytest.param("finger_to_floor", (80.0,), {"yaw_deg": 0.0}, "wrong_view", id="bending at the phone"),
        pytest.param("straight_leg_raise", (60.0, "left"), {}, None, id="a good take"),
    ],
)
def test_where_the_phone_stands(test, pose, filmed, trouble):
    assert measured(test, desk_takes.take(test, *pose, **filmed)).trouble == trouble


def test_lying_and_standing_are_told_apart():
    standing = [SeenFrame(frame=desk_takes.frame("shoulder_reach", 20.0, t_s=n / 15)) for n in range(30)]
    assert measured("straight_leg_raise", standing).trouble == "not_lying"
    lying = desk_takes.take("straight_leg_raise", 60.0)
    assert measured("shoulder_reach", lying).trouble == "not_standing"
    assert measured("finger_to_floor", lying).trouble in {"not_standing", "half_body"}


def test_a_bent_knee_is_no_straight_leg():
    points = desk_takes.leg_raise(80.0, knee_deg=40.0)
    frames = [
        SeenFrame(
            frame=desk_takes.posing.filmed(desk_takes.posing.landmarks_m(**points), n / 15, yaw_deg=90.0)
        )
        for n in range(30)
    ]
    assert measured("straight_leg_raise", frames).trouble == "bent_knee"


def test_a_bent_elbow_is_no_straight_arm():
    points = desk_takes.reach(150.0, elbow_deg=70.0)
    frames = [
        SeenFrame(
            frame=desk_takes.posing.filmed(desk_takes.posing.landmarks_m(**points), n / 15, yaw_deg=90.0)
        )
        for n in range(30)
    ]
    assert measured("shoulder_reach", frames).trouble == "bent_elbow"


@pytest.mark.parametrize("test", ["straight_leg_raise", "shoulder_reach"])
def test_the_other_limb_is_told(test):
    frames = desk_takes.take(test, 80.0, "right")
    assert measured(test, frames, "left").trouble == "other_side"
    assert measured(test, frames, "right").told.value == pytest.approx(80, abs=1)


def test_a_limb_that_never_stands_still_gives_nothing():
    swing = [45 + 40 * (n % 2) for n in range(60)]
    assert (
        measured("straight_leg_raise", desk_takes.slow_take("straight_leg_raise", swing)).trouble
        == "not_steady"
    )


def test_without_a_height_there_are_no_centimetres():
    frames = desk_takes.take("finger_to_floor", 80.0)
    assert measured("finger_to_floor", frames, height_cm=None).trouble == "no_height"


def test_what_stood_in_the_way_most_is_told():
    dark = [replace(one, brightness=0.1) for one in desk_takes.take("wall_angel", 120.0, seconds=0.6)]
    two = [replace(one, people=2) for one in desk_takes.take("wall_angel", 120.0, seconds=0.3)]
    assert measured("wall_angel", [*dark, *two]).trouble == "too_dark"


# --- Worked examples -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "pose", "side"),
    [
        ("straight_leg_raise", (72.0, "left"), "left"),
        ("straight_leg_raise", (55.0, "right"), "right"),
        ("shoulder_reach", (160.0, "right"), "right"),
        ("wall_angel", (140.0,), "both"),
    ],
)
def test_an_angle_is_what_the_body_makes(test, pose, side):
    told = measured(test, desk_takes.take(test, *pose), side).told
    assert told.value == pytest.approx(pose[0], abs=0.5)
    assert told.high - told.low == pytest.approx(2 * BOOK.band_z * BOOK.tests[test].sd, abs=0.01)


def test_the_arm_that_rises_less_is_the_wall_angel():
    assert measured("wall_angel", desk_takes.take("wall_angel", 150.0, 120.0)).told.value == pytest.approx(
        120, abs=1
    )


def test_fingers_above_the_floor():
    points = desk_takes.posing.landmarks_m(**desk_takes.bend(80.0))
    knuckles_cm = 100 * (points[[19, 20], 1].min() - points[[29, 31], 1].mean())
    told = measured("finger_to_floor", desk_takes.take("finger_to_floor", 80.0)).told
    # From the knuckles to the fingertip it is about half a hand.
    assert told.value == pytest.approx(knuckles_cm - 9, abs=4)
    assert told.low < told.value < told.high


def test_hands_below_the_feet_are_on_the_floor():
    told = measured("finger_to_floor", desk_takes.take("finger_to_floor", 118.0)).told
    assert told.value == 0


def test_the_best_place_that_was_held_counts_not_the_swing_beyond_it():
    up = [*np.linspace(0, 60, 30), *[60.0] * 20, 60, 75, 90, 75, 60, *np.linspace(60, 0, 30)]
    told = measured("straight_leg_raise", desk_takes.slow_take("straight_leg_raise", up)).told
    assert told.value == pytest.approx(60, abs=1.5)


def test_lower_is_better_bending_forward():
    angles = [
        *np.linspace(0, 70, 20),
        *[70.0] * 20,
        *np.linspace(70, 90, 10),
        *[90.0] * 20,
        *np.linspace(90, 0, 20),
    ]
    frames = desk_takes.slow_take("finger_to_floor", angles)
    alone = measured("finger_to_floor", desk_takes.take("finger_to_floor", 90.0)).told
    assert measured("finger_to_floor", frames).told.value == pytest.approx(alone.value, abs=0.5)


def test_one_wild_frame_moves_nothing():
    frames = list(desk_takes.take("straight_leg_raise", 60.0))
    wild = desk_takes.frame("straight_leg_raise", 110.0, t_s=frames[12].frame.t_s)
    frames[12] = SeenFrame(frame=wild)
    assert measured("straight_leg_raise", frames).told.value == pytest.approx(60, abs=0.5)


# --- Properties ------------------------------------------------------------------------------------------

degrees = st.floats(30, 115)


@pytest.mark.parametrize("test", ANGLES)
@settings(max_examples=15, deadline=None)
@given(angle=degrees, scale=st.floats(0.5, 3), x=st.floats(-60, 60), y=st.floats(-60, 60))
def test_scale_and_shift_change_nothing(test, angle, scale, x, y):
    """The same take on a finer or coarser picture, shifted: the same angle."""
    side = BOOK.tests[test].sides[0]
    frames = desk_takes.take(test, angle, seconds=1.2)
    moved = [
        replace(
            one,
            frame=replace(
                one.frame,
                image_px=one.frame.image_px * scale + (x + 60, y + 60),
                width_px=round(1280 * scale) + 200,
                height_px=round(720 * scale) + 200,
            ),
        )
        for one in frames
    ]
    before, after = measured(test, frames, side).told, measured(test, moved, side).told
    assert after is None or after.value == pytest.approx(before.value, abs=1e-6)
    assert after is not None or scale < 1  # only a small picture may be too far away


@pytest.mark.parametrize("test", ["straight_leg_raise", "shoulder_reach"])
@settings(max_examples=15, deadline=None)
@given(angle=degrees)
def test_a_mirror_swaps_left_and_right(test, angle):
    left = measured(test, desk_takes.take(test, angle, "left", seconds=1.2, yaw_deg=90.0), "left").told
    right = measured(test, desk_takes.take(test, angle, "right", seconds=1.2, yaw_deg=-90.0), "right").told
    assert left.value == pytest.approx(right.value, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("test", TELL)
@settings(max_examples=25, deadline=None)
@given(angle=degrees, seed=st.integers(0, 1000), noise_px=st.floats(0, 4))
def test_noise_stays_inside_the_band(test, angle, seed, noise_px):
    """Landmarks that shake by some pixels give the still value, to less than the band."""
    still = measured(test, desk_takes.take(test, angle)).told
    noisy = measured(test, desk_takes.take(test, angle, noise_px=noise_px, seed=seed)).told
    assert noisy is not None
    assert noisy.low <= still.value <= noisy.high


@pytest.mark.slow
@pytest.mark.parametrize(
    ("test", "span", "sd"),
    [
        ("straight_leg_raise", (45, 100), 2.6),
        ("finger_to_floor", (60, 100), 3.0),
        ("shoulder_reach", (120, 170), 6.0),
        ("wall_angel", (100, 160), 5.0),
    ],
)
def test_with_the_errors_of_the_pose_model_the_band_holds_at_least_four_times_in_five(test, span, sd):
    random = np.random.default_rng(6)
    off, held, missed = [], 0, 0
    for angle in random.uniform(*span, 60):
        truth = measured(test, desk_takes.take(test, float(angle), seconds=1.2)).told.value
        told = measured(test, desk_takes.erring_take(test, float(angle), random)).told
        if told is None:
            missed += 1
            continue
        off.append(told.value - truth)
        held += told.low <= truth <= told.high
    assert missed <= 60 * 0.2
    assert held >= 0.8 * len(off)
    assert float(np.std(off)) < sd
    assert abs(float(np.mean(off))) < 3


@pytest.mark.parametrize("test", ANGLES)
@settings(max_examples=15, deadline=None)
@given(lower=st.floats(30, 100), more=st.floats(1, 15))
def test_more_is_more(test, lower, more):
    side = BOOK.tests[test].sides[0]
    first = measured(test, desk_takes.take(test, lower, seconds=1.2), side).told
    second = measured(test, desk_takes.take(test, lower + more, seconds=1.2), side).told
    assert second.value > first.value


@pytest.mark.parametrize("test", TELL)
def test_bands_stay_inside_what_can_be(test):
    low, high = BOOK.tests[test].span
    for angle in (2.0, 60.0, 110.0):
        told = measured(test, desk_takes.take(test, angle), BOOK.tests[test].sides[0]).told
        assert low <= told.low <= told.value <= told.high <= high
