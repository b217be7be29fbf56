"""The posture check: readings of made bodies, what no camera place may change, and pictures that are of no use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.errors import BadDataFile
from openback.model.motion import nobody
from openback.model.posture import SHOTS, C7Mark, SeenFrame
from openback.motion.posture import check, picture_problem, posture_rules, shot_of, trend_of
from openback.motion.posture.check import BAND, mean_of
from openback.motion.posture.lines import ROLL, lines_deg
from openback.motion.posture.rules import posture_rules as rules_of
from standing import all_shots, each, mirrored, moved, noisy, seen, shot_frames

MEASURES = tuple(posture_rules().measures)
SIDED = {"shoulder_level_deg", "head_level_deg", "trunk_lean_left_deg"}
OPPOSITE = {"left": "right", "right": "left", "front": "front", "back": "back"}
HUNCHED = {
    "head_forward_deg": 25.0,
    "head_tilt_deg": 6.0,
    "shoulder_rise_deg": (8.0, 0.0),
    "trunk_lean_deg": -7.0,
}


def values(found):
    return {name: told.value for name, told in found.readings.items()}


# --- Lines --------------------------------------------------------------------------------------------------


def points(**pairs):
    """33 points of which only these pairs are known: {"ears": (x, y)} puts both there, or left and right apart."""
    numbers = {"ears": (7, 8), "eyes": (3, 6), "mouth": (9, 10), "shoulders": (11, 12), "hips": (23, 24)}
    made = np.full((1, 33, 2), np.nan)
    for name, place in pairs.items():
        made[0, numbers[name], :] = place
    return made


@pytest.mark.parametrize(
    ("shot", "pairs", "measure", "expected_deg"),
    [
        pytest.param("right", {}, "head_forward_deg", np.nan, id="nothing is known"),
        pytest.param("right", {"ears": (5, 5), "shoulders": (5, 5)}, "head_forward_deg", np.nan, id="no length"),
        pytest.param("right", {"ears": (20, 0), "shoulders": (0, 20)}, "head_forward_deg", 45, id="ahead, from the right"),
        pytest.param("left", {"ears": (20, 0), "shoulders": (0, 20)}, "head_forward_deg", -45, id="behind, from the left"),
        pytest.param("left", {"shoulders": (-10, 0), "hips": (0, 10)}, "trunk_lean_forward_deg", 45, id="lean, from the left"),
        pytest.param(
            "right",
            {"ears": (0, 0), "shoulders": (10, 50), "hips": (0, 50 + 10 / np.tan(radians(10)))},
            "shoulders_forward_deg", 10, id="shoulders ahead of the line",
        ),
        pytest.param("front", {"shoulders": [(10, 0), (-10, 20)]}, "shoulder_level_deg", 45, id="left is higher, from the front"),
        pytest.param("back", {"shoulders": [(-10, 0), (10, 20)]}, "shoulder_level_deg", 45, id="left is higher, from behind"),
        pytest.param(
            "front",
            {"ears": [(8, 1), (-8, -1)], "eyes": [(4, 0.5), (-4, -0.5)], "mouth": [(2, 0.25), (-2, -0.25)]},
            "head_level_deg", -np.degrees(np.arctan2(1, 8)), id="right is higher: ears, eyes and mouth agree",
        ),
        pytest.param("back", {"ears": [(-8, 1), (8, 1)]}, "head_level_deg", 0, id="from behind the ears alone"),
        pytest.param("front", {"shoulders": (10, 0), "hips": (0, 10)}, "trunk_lean_left_deg", 45, id="to the left"),
        pytest.param("back", {"shoulders": (10, 0), "hips": (0, 10)}, "trunk_lean_left_deg", -45, id="to the right, from behind"),
    ],
)  # fmt: skip
def test_a_line(shot, pairs, measure, expected_deg):
    np.testing.assert_allclose(lines_deg(points(**pairs), shot)[measure], [expected_deg], atol=1e-9)


# --- A made body --------------------------------------------------------------------------------------------


def test_nothing_shown_tells_nothing():
    found = check({})
    assert (found.readings, found.problems, found.c7, found.roll_deg) == ({}, (), None, None)
    assert set(found.untold) == set(MEASURES)
    assert set(found.untold.values()) == {"no_shot"}


@pytest.mark.parametrize(
    ("angles", "measure", "low", "high"),
    [
        pytest.param({}, "head_forward_deg", -3, 3, id="upright"),
        pytest.param({"head_forward_deg": 25.0}, "head_forward_deg", 9, 20, id="head carried forward"),
        pytest.param({"spine_flexion_deg": 25.0}, "head_forward_deg", 9, 20, id="back rounded"),
        pytest.param({"shoulder_forward_deg": 15.0}, "shoulders_forward_deg", 3, 7, id="shoulders rolled forward"),
        pytest.param({"trunk_lean_deg": -10.0}, "trunk_lean_forward_deg", 9.5, 10.5, id="leaning forward"),
        pytest.param({"trunk_lean_deg": 10.0}, "trunk_lean_forward_deg", -10.5, -9.5, id="leaning back"),
        pytest.param({"head_tilt_deg": 8.0}, "head_level_deg", 7.5, 8.5, id="left ear higher"),
        pytest.param({"shoulder_rise_deg": (10.0, 0.0)}, "shoulder_level_deg", 3, 6, id="left shoulder higher"),
        pytest.param({"trunk_roll_deg": 5.0}, "trunk_lean_left_deg", -5.5, -4.5, id="to the right"),
    ],
)  # fmt: skip
def test_a_made_body(angles, measure, low, high):
    found = check(all_shots(**angles))
    assert set(found.readings) == set(MEASURES)
    assert low <= found.readings[measure].value <= high
    for told in found.readings.values():
        assert told.low < told.value < told.high
        assert told.frames == 12
        assert len(told.by_shot) == 2


@pytest.mark.parametrize("off_deg", [-25, -12, 12, 25])
def test_a_body_turned_a_little_out_of_the_shot_reads_much_the_same_and_says_less_surely(off_deg):
    straight, turned = (check(all_shots(yaw_deg=yaw, **HUNCHED)) for yaw in (0, off_deg))
    for name, told in straight.readings.items():
        off = turned.readings[name]
        assert off.low < told.value < off.high, name
        assert off.value == pytest.approx(told.value, abs=3.5), name
        assert width(turned, name) > width(straight, name)


def test_one_side_is_enough_and_says_less_surely():
    both, one = check(all_shots("left", "right")), check(all_shots("right"))
    assert one.untold == dict.fromkeys(SIDED, "no_shot")
    assert one.readings["head_forward_deg"].frames == 6
    assert width(one, "head_forward_deg") > width(both, "head_forward_deg")


def width(found, name):
    return found.readings[name].high - found.readings[name].low


def test_the_band_is_the_scatter_and_the_cameras_own_error():
    rules = posture_rules()
    found = check(all_shots("right"), stands=True)
    sd = np.hypot(rules.measures["head_forward_deg"].sd_deg, rules.crooked_sd_deg)
    assert width(found, "head_forward_deg") == pytest.approx(2 * BAND * sd)
    # What does not hang on the level knows no crooked camera.
    own = rules.measures["shoulders_forward_deg"].sd_deg
    assert width(found, "shoulders_forward_deg") == pytest.approx(2 * BAND * own)
    assert width(check(noisy(all_shots("right"), 4.0)), "head_forward_deg") > width(found, "head_forward_deg")


@pytest.mark.parametrize(
    ("given_deg", "t_s", "mean", "variance", "frames"),
    [
        pytest.param([np.nan, np.nan], [0, 1], None, None, None, id="nothing known"),
        pytest.param([3.0], [0], 3.0, 0.0, 1, id="one frame"),
        pytest.param([1.0, 3.0], [0, 1], 2.0, 1.0, 2, id="two looks"),
        pytest.param([1.0, 3.0], [0, 0.1], 2.0, 2.0, 2, id="two frames of one look"),
        pytest.param([1.0, np.nan, 3.0], [0, 1, 2], 2.0, 1.0, 2, id="one frame not known"),
        pytest.param([4.0, 4.2, 3.8, 4.1, 40.0], [0, 1, 2, 3, 4], 4.025, None, 4, id="a slip is left out"),
    ],
)
def test_the_mean_of_frames(given_deg, t_s, mean, variance, frames):
    found = mean_of(np.array(given_deg), np.array(t_s, dtype=float), 0.25)
    if mean is None:
        assert found is None
        return
    assert found.value == pytest.approx(mean)
    assert found.frames == frames
    assert variance is None or found.variance == pytest.approx(variance)


# --- What must change nothing ---------------------------------------------------------------------------------

postures = st.fixed_dictionaries(
    {
        "head_forward_deg": st.floats(-5, 30),
        "head_tilt_deg": st.floats(-8, 8),
        "trunk_lean_deg": st.floats(-12, 12),
        "trunk_roll_deg": st.floats(-6, 6),
    }
).map(lambda angles: {name: round(angle) * 1.0 for name, angle in angles.items()})
quick = settings(max_examples=15, deadline=None)


@quick
@given(postures, st.floats(0.6, 3), st.floats(-80, 80), st.floats(-40, 40))
def test_scale_and_place_in_the_picture_change_nothing(angles, scale, x_px, y_px):
    shots = all_shots(**angles)
    other = each(shots, lambda frame: moved(frame, scale=scale, shift_px=(max(0, x_px), max(0, y_px))))
    assert values(check(other)) == pytest.approx(values(check(shots)), abs=1e-6)


@quick
@given(postures)
def test_a_mirror_swaps_left_and_right_and_keeps_forward(angles):
    shots = noisy(all_shots(**angles), 0.5)
    seen_in_it = {OPPOSITE[shot]: frames for shot, frames in each(shots, mirrored).items()}
    straight, other = check(shots), check(seen_in_it)
    for name, told in straight.readings.items():
        sign = -1 if name in SIDED else 1
        assert other.readings[name].value == pytest.approx(sign * told.value, abs=1e-6)
        assert width(other, name) == pytest.approx(width(straight, name), abs=1e-6)


@quick
@given(postures, st.floats(-8, 8))
def test_a_crooked_camera_is_found_and_taken_out_where_both_sides_are_seen(angles, roll_deg):
    shots = all_shots(**angles)
    rolled = each(shots, lambda frame: moved(frame, roll_deg=roll_deg))
    straight, crooked = check(shots, stands=True), check(rolled, stands=True)
    assert values(crooked) == pytest.approx(values(straight), abs=1e-6)
    assert crooked.roll_deg == pytest.approx(straight.roll_deg + roll_deg, abs=1e-6)
    assert ("crooked" in crooked.cautions) == (abs(crooked.roll_deg) > posture_rules().crooked_from_deg)


@quick
@given(postures, st.floats(-8, 8))
def test_with_one_side_alone_a_crooked_camera_moves_the_reading_by_as_much(angles, roll_deg):
    shots = all_shots("right", "front", **angles)
    straight = values(check(shots))
    crooked = values(check(each(shots, lambda frame: moved(frame, roll_deg=roll_deg))))
    for name, value in straight.items():
        assert crooked[name] - value == pytest.approx(ROLL[name] * roll_deg, abs=1e-6), name


# --- C7 -----------------------------------------------------------------------------------------------------


def ear_px(frame):
    return (frame.image_px[7] + frame.image_px[8]) / 2


@pytest.mark.parametrize("shot", ["right", "left"])
@pytest.mark.parametrize("angle_deg", [35.0, 50.0, 65.0])
def test_the_angle_at_a_marked_c7(shot, angle_deg):
    frames = shot_frames(shot)
    frame = frames[0].frame
    ahead = 1 if shot == "right" else -1
    x, y = ear_px(frame) + 45 * np.array([-ahead * cos(radians(angle_deg)), sin(radians(angle_deg))])
    found = check({shot: frames}, C7Mark(shot=shot, x=x / frame.width_px, y=y / frame.height_px))
    assert found.c7.value == pytest.approx(angle_deg, abs=1e-6)
    assert found.c7.low < angle_deg < found.c7.high
    assert "c7_deg" not in found.untold


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        pytest.param(C7Mark(shot="front", x=0.5, y=0.4), "c7_shot", id="not from the side"),
        pytest.param(C7Mark(shot="left", x=0.5, y=0.4), "c7_shot", id="a shot that was not taken"),
        pytest.param(C7Mark(shot="right", x=0.02, y=0.98), "c7_place", id="far from the neck"),
        pytest.param(C7Mark(shot="right", x=0.6, y=0.3), "c7_place", id="ahead of the ear"),
    ],
)
def test_a_mark_that_cannot_be_c7(mark, why):
    found = check(all_shots("right", "front"), mark)
    assert found.c7 is None
    assert found.untold["c7_deg"] == why


# --- Pictures of no use -----------------------------------------------------------------------------------------


def without(frame, numbers, *, outside):
    image, visibility = frame.image_px.copy(), frame.visibility.copy()
    if outside:
        image[numbers, 1] = frame.height_px + 30
    else:
        visibility[numbers] = 0.2
    return replace(frame, image_px=image, visibility=visibility)


def small(frame):
    return replace(frame, image_px=frame.image_px * 0.12)


FRONT = seen("front")
EMPTY = SeenFrame(frame=nobody(0.0, 1280, 720), people=0, brightness=0.5)


@pytest.mark.parametrize(
    ("shown", "shot", "problem"),
    [
        pytest.param(EMPTY, "front", "nobody", id="nobody"),
        pytest.param(replace(EMPTY, brightness=0.05), "front", "too_dark", id="nobody, because it is dark"),
        pytest.param(replace(EMPTY, brightness=None), "front", "nobody", id="nobody, light unknown"),
        pytest.param(replace(FRONT, people=2), "front", "two_people", id="two people"),
        pytest.param(replace(FRONT, brightness=0.1), "front", "too_dark", id="too dark"),
        pytest.param(replace(FRONT, brightness=None), "front", None, id="light unknown is no problem"),
        pytest.param(replace(FRONT, frame=without(FRONT.frame, [23, 24], outside=True)), "front", "half_body", id="hips cut off"),
        pytest.param(replace(FRONT, frame=without(FRONT.frame, [8], outside=False)), "front", "half_body", id="an ear hidden"),
        pytest.param(replace(FRONT, frame=without(FRONT.frame, [25, 26, 27, 28], outside=True)), "front", None, id="legs cut off"),
        pytest.param(replace(seen("right"), frame=without(seen("right").frame, [7], outside=False)), "right", None, id="the far ear hidden"),
        pytest.param(replace(FRONT, frame=small(FRONT.frame)), "front", "too_far", id="too far"),
        pytest.param(FRONT, "back", "wrong_view", id="front for back"),
        pytest.param(seen("left"), "right", "wrong_view", id="left for right"),
        pytest.param(seen("front", yaw_deg=45), "front", "wrong_view", id="half turned"),
        pytest.param(FRONT, "front", None, id="as it should be"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_picture(shown, shot, problem):
    assert picture_problem(shown, shot) == problem


@pytest.mark.parametrize("shot", SHOTS)
@pytest.mark.parametrize("off_deg", [-25, 0, 25])
def test_which_shot_a_picture_is(shot, off_deg):
    assert shot_of(seen(shot, yaw_deg=off_deg).frame) == shot
    assert shot_of(EMPTY.frame) is None


def test_a_shot_with_too_few_good_frames_is_not_measured():
    frames = shot_frames("front")
    found = check({"front": frames[:4]})
    assert [(one.shot, one.problem) for one in found.problems] == [("front", "too_few")]
    assert found.untold["shoulder_level_deg"] == "problem"
    assert found.readings == {}


def test_a_few_bad_frames_among_good_ones_do_no_harm():
    frames = (*shot_frames("front"), replace(FRONT, people=2), EMPTY)
    found = check({"front": frames})
    assert found.problems == ()
    assert found.readings["shoulder_level_deg"].frames == 6


def test_the_commonest_problem_of_a_shot_is_told():
    found = check({"front": (*[EMPTY] * 3, *[replace(FRONT, brightness=0.1)] * 4), "right": [EMPTY] * 6})
    assert [(one.shot, one.problem) for one in found.problems] == [("front", "too_dark"), ("right", "nobody")]


def test_one_useless_shot_leaves_its_opposite_to_tell():
    found = check({**all_shots("right"), "left": [EMPTY] * 6})
    assert set(found.readings["head_forward_deg"].by_shot) == {"right"}
    assert [one.shot for one in found.problems] == ["left"]


def test_a_body_bent_over_has_no_posture_to_tell():
    found = check(all_shots(trunk_lean_deg=-75.0))
    assert found.readings == {}
    assert set(found.untold.values()) == {"bent"}


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10_000), st.sampled_from([0.0, 1e-9, 1.0, 300.0, 1e5]), st.sampled_from([0.0, 0.5, 50.0])
)
def test_whatever_is_sent_gives_numbers_or_problems(seed, spread_px, spread_m):
    chance = np.random.default_rng(seed)
    frame = replace(
        FRONT.frame,
        image_px=FRONT.frame.image_px + chance.normal(0, 1, (33, 2)) * spread_px,
        world_m=chance.normal(0, 1, (33, 3)) * spread_m,
    )
    shots = {shot: [replace(FRONT, frame=frame)] * 5 for shot in SHOTS}
    found = check(shots, C7Mark(shot="left", x=0.5, y=0.5), stands=True)
    assert all(np.isfinite([told.low, told.value, told.high]).all() for told in found.readings.values())
    assert {*found.readings, *found.untold} >= set(MEASURES)


def test_arms_that_do_not_hang_are_spoken_of():
    assert check(all_shots()).cautions == ()
    assert check(all_shots(shoulder_elevation_deg=90.0)).cautions == ("arms",)


# --- Over weeks -----------------------------------------------------------------------------------------------

BEGIN = datetime(2026, 9, 1, 8, tzinfo=UTC)


def course(*days_and_values):
    return [(BEGIN + timedelta(days=day), value) for day, value in days_and_values]


@pytest.mark.parametrize(
    ("checks", "change", "smallest", "changed"),
    [
        pytest.param([], None, 5.0, False, id="no check"),
        pytest.param(course((0, 10)), None, 5.0, False, id="one check"),
        pytest.param(course((0, 10), (13, 2)), None, 5.0, False, id="too soon after"),
        pytest.param(course((0, 10), (14, 5.1)), -4.9, 5.0, False, id="less than one pair can tell"),
        pytest.param(course((0, 10), (14, 4.9)), -5.1, 5.0, True, id="more than one pair can tell"),
        pytest.param(
            course((0, 10), (1, 12), (40, 6), (41, 8)), -4, 5 / 2**0.5, True, id="two and two tell more"
        ),
        pytest.param(course((0, 10), (20, 99), (60, 10)), 0, 5.0, False, id="the middle does not count"),
    ],
)
def test_a_trend(checks, change, smallest, changed):
    repeat_sd = 5 / (1.96 * 2**0.5)
    trend = trend_of(checks, repeat_sd=repeat_sd, window_days=14)
    assert trend.smallest_change == pytest.approx(smallest)
    assert trend.told == (change is not None)
    assert trend.changed == changed
    if change is not None:
        assert trend.change == pytest.approx(change)
        assert trend.low < trend.change < trend.high


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(-30, 30)), max_size=12), st.floats(-20, 20))
def test_a_trend_knows_no_zero_and_turns_with_the_sign(days_and_values, shift):
    checks = course(*sorted(days_and_values))
    trends = [
        trend_of([(at, way * value + shift) for at, value in checks], repeat_sd=2.0, window_days=14)
        for way in (1, -1)
    ]
    assert trends[0].told == trends[1].told
    assert trends[0].smallest_change == trends[1].smallest_change
    if trends[0].told:
        assert trends[0].change == pytest.approx(-trends[1].change, abs=1e-9)


# --- The file -------------------------------------------------------------------------------------------------


def test_every_source_is_known():
    known = load_catalogue().sources
    rules = posture_rules()
    cited = {one.source for one in (*rules.measures.values(), rules.c7)} | {rules.c7.norm_source}
    assert cited - {""} <= set(known)
    assert set(rules.measures) == set(ROLL)


def test_every_problem_of_the_file_is_told_at_once():
    text = files("openback").joinpath("data", "posture.toml").read_text(encoding="utf-8")
    broken = (
        text.replace('shots = ["right", "left"]', 'shots = ["above"]', 1)
        .replace("usual_deg = [-5, 20]", "usual_deg = [20, -5]")
        .replace("look_s = 0.25", 'look_s = "soon"')
        .replace(
            'basis = "project default"\nusual_deg = [20, -5]', 'basis = "I think so"\nusual_deg = [20, -5]'
        )
    )
    with pytest.raises(BadDataFile) as told:
        rules_of(broken)
    assert told.value.problems == (
        "check.look_s must be a number of 0 or more",
        "measure.head_forward_deg.shots must be among front, right, back and left",
        "measure.head_forward_deg.usual_deg must be two numbers, the lower one first",
        'measure.head_forward_deg.source must be a source, or basis "project default"',
    )
