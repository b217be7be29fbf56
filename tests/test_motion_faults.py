"""When a fault may speak: the limit, the measure's error, the time, the phase and the side."""

from __future__ import annotations

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_set import exercise, fault
from openback.model.motion import View
from openback.motion.faults import Faults
from openback.motion.judge import Judge
from openback.motion.measures import MEASURES, Reading
from openback.motion.summary import cannot_tell
from openback.motion.tuning import engine_rules

RULES = engine_rules().faults


def reading(value, sd=2.0, why=""):
    return Reading(nan if why else value, nan if why else sd, why, value, nan if why else sd)


def judged(of, values, phase="peak", rate_hz=20.0, start=None):
    judge = Judge(of, "both", RULES)
    for n in range(6 if start is not None else 0):
        judge.push(n / rate_hz - 1, "start", reading(start))
    told_s = [n / rate_hz for n, value in enumerate(values) if judge.push(n / rate_hz, phase, value)]
    return judge.verdict(), told_s


@pytest.mark.parametrize(
    ("changes", "values", "told", "seen", "value"),
    [
        pytest.param({}, [], False, False, nan, id="no such phase"),
        pytest.param({}, [reading(0, why="view")] * 20, False, False, nan, id="never seen"),
        pytest.param({}, [reading(30)] * 3 + [reading(0, why="not visible")] * 17, False, False, nan, id="seen too little"),
        pytest.param({}, [reading(8)] * 20, True, False, 8, id="within the limit"),
        pytest.param({}, [reading(11.9)] * 20, True, False, 11.9, id="beyond it by less than the error"),
        pytest.param({}, [reading(12.1)] * 20, True, True, 12.1, id="beyond it by more than the error"),
        pytest.param({}, [reading(5)] * 9 + [reading(40)] * 3 + [reading(5)] * 8, True, False, 40, id="not for long enough"),
        pytest.param({}, [reading(5)] * 9 + [reading(40)] * 6 + [reading(5)] * 8, True, True, 40, id="for long enough"),
        pytest.param({"above": None, "below": 10.0, "stat": "min"}, [reading(7)] * 20, True, True, 7, id="below"),
        pytest.param({"above": None, "below": 10.0, "stat": "max"}, [reading(7)] * 19 + [reading(11)], True, False, 11, id="never reached: reached once"),
        pytest.param({"above": None, "below": 10.0, "stat": "max"}, [reading(7)] * 20, True, True, 7, id="never reached"),
        pytest.param({"stat": "mean"}, [reading(5), reading(25)] * 10, True, True, 15, id="mean"),
        pytest.param({"stat": "mean", "held_s": 2.0}, [reading(25)] * 20, True, False, 25, id="mean of too short a phase"),
        pytest.param({"stat": "range"}, [reading(v) for v in (20, 20, 20, 20, 20, *[40] * 20)], True, True, 20, id="range"),
        pytest.param({"measure": "trunk_swing_deg"}, [reading(20)] * 20, True, False, 0, id="a lean is no swing"),
    ],
)  # fmt: skip
def test_a_fault_speaks_only_beyond_limit_and_error_for_long_enough(changes, values, told, seen, value):
    verdict, _ = judged(fault(**changes), values)
    assert (verdict.told, verdict.seen) == (told, seen)
    assert isnan(verdict.value) if isnan(value) else verdict.value == pytest.approx(value, abs=0.5)


@pytest.mark.parametrize(
    ("start", "values", "seen"),
    [
        pytest.param(None, [reading(40)] * 20, False, id="start not seen"),
        pytest.param(30, [reading(40)] * 20, False, id="too small a change"),
        pytest.param(20, [reading(40)] * 20, True, id="a change"),
        pytest.param(60, [reading(40)] * 20, False, id="the other way"),
    ],
)
def test_a_change_counts_from_the_start_of_the_rep(start, values, seen):
    verdict, _ = judged(fault(stat="change"), values, start=start)
    assert verdict.seen is seen
    assert verdict.told is (start is not None)
    assert verdict.why == ("" if verdict.told else "start not seen")


def test_only_the_named_phase_counts():
    for phase in ("away", "rest", "start", "lift", "lower"):
        assert not judged(fault(), [reading(50)] * 20, phase=phase)[0].seen


def test_it_is_seen_at_once_when_it_has_been_held():
    _, told_s = judged(fault(held_s=0.5), [reading(5)] * 10 + [reading(40)] * 30)
    assert told_s == [pytest.approx(0.5 + 0.5, abs=0.06)]


@given(
    values=st.lists(st.floats(-50, 50), min_size=5, max_size=40),
    sd=st.floats(0.5, 10),
    more=st.floats(0, 30),
)
def test_a_larger_error_never_makes_a_fault(values, sd, more):
    sure, _ = judged(fault(), [reading(value, sd) for value in values])
    unsure, _ = judged(fault(), [reading(value, sd + more) for value in values])
    assert sure.seen or not unsure.seen


@given(values=st.lists(st.floats(-50, 50), min_size=8, max_size=40))
def test_half_the_frames_never_show_what_the_whole_is_far_from(values):
    shown = [reading(value) for value in values for _ in range(4)]
    whole, _ = judged(fault(held_s=0.1), shown, rate_hz=40)
    half, _ = judged(fault(held_s=0.1), shown[::2], rate_hz=20)
    assert whole.seen == half.seen


def faults_of(*faults):
    return Faults(_with(faults), RULES)


def _with(faults):
    from dataclasses import replace

    return replace(exercise("wide_grip_lat_pulldown"), faults=tuple(faults))


def one_rep(judge, readings, side="left"):
    for n in range(20):
        judge.push(n / 20, "peak", readings, side)
    return judge.rep_ends(side, {"lower_s": 0.5, "peak_s": 0.5})


@pytest.mark.parametrize(
    ("side", "left", "right", "seen", "of"),
    [
        pytest.param("either", 5, 30, True, "right", id="the worse side"),
        pytest.param("working", 5, 30, False, "left", id="the other side works"),
        pytest.param("working", 30, 5, True, "left", id="the working side"),
        pytest.param("right", 30, 5, False, "right", id="the side that was asked for"),
    ],
)
def test_the_side_that_counts(side, left, right, seen, of):
    judge = faults_of(fault(side=side))
    readings = {("knee_flexion_deg", "left"): reading(left), ("knee_flexion_deg", "right"): reading(right)}
    verdict = one_rep(judge, readings)["bent"]
    assert (verdict.seen, verdict.side) == (seen, of)


@pytest.mark.parametrize("difference", [-30, 30])
def test_a_difference_has_no_sign(difference):
    judge = faults_of(fault(side="difference"))
    assert one_rep(judge, {("knee_flexion_deg", "difference"): reading(difference)})["bent"].seen


@pytest.mark.parametrize(
    ("lower_s", "told", "seen"),
    [(nan, False, False), (1.5, True, False), (0.95, True, False), (0.5, True, True)],
)
def test_tempo_has_an_error_too(lower_s, told, seen):
    judge = faults_of(fault(measure="lower_s", during="rep", stat="min", above=None, below=1.0, held_s=0.0))
    verdict = judge.rep_ends("both", {"lower_s": lower_s, "peak_s": 1.0})["bent"]
    assert (verdict.told, verdict.seen) == (told, seen)


@pytest.mark.parametrize("measure", ["hold_s", "lower_s", "lift_s", "peak_speed_per_s", "range_share"])
@pytest.mark.parametrize(("trembling", "told"), [(0.0, True), (0.04, True), (0.5, False)])
def test_nothing_is_timed_by_a_measure_that_trembles(measure, trembling, told):
    judge = faults_of(fault(measure=measure, during="rep", stat="min", above=None, below=0.9, held_s=0.0))
    tempo = {"lift_s": 1.0, "hold_s": 1.0, "lower_s": 2.0, measure: 0.1, "trembling": trembling}
    verdict = judge.rep_ends("both", tempo)["bent"]
    assert (verdict.told, verdict.seen, verdict.why) == (told, told, "" if told else "trembles")


@pytest.mark.parametrize(("trembling", "seen"), [(0.0, True), (0.03, True), (0.08, False)])
def test_the_error_of_a_time_grows_with_what_trembles(trembling, seen):
    judge = faults_of(fault(measure="lower_s", during="rep", stat="min", above=None, below=1.0, held_s=0.0))
    verdict = judge.rep_ends("both", {"lower_s": 0.75, "peak_s": 1.0, "trembling": trembling})["bent"]
    assert verdict.seen is seen


def test_the_next_rep_begins_afresh():
    judge = faults_of(fault(side="either"))
    bad = {("knee_flexion_deg", side): reading(40) for side in ("left", "right")}
    good = {key: reading(2) for key in bad}
    assert one_rep(judge, bad)["bent"].seen
    assert not one_rep(judge, good)["bent"].seen


@pytest.mark.parametrize(
    ("measure", "why", "view", "reason", "remedy"),
    [
        ("wrist_ahead_of_ear_trunks", "view", "front", "From the front the bar and the head lie behind each other.", "Put the phone at your side."),
        ("head_forward_deg", "view", "front", "From the front the head's way forward does not show.", "Put the phone at your side."),
        ("knee_flexion_deg", "not in frame", "side", "Your feet are outside the picture.", "Move the phone back or turn it until your feet are in the picture all the time."),
        ("knee_flexion_deg", "nobody", "side", "Nobody was found in the picture.", "Turn on more light and have the whole body in the picture."),
        ("knee_flexion_deg", "another person", "side", "Somebody else came before the camera.", "Put the phone where nobody walks between you and it."),
        ("knee_flexion_deg", "start not seen", "side", "The start of the rep is not in the clip.", "Begin filming before the first rep."),
        ("lift_s", "photo", "side", "A photo shows no movement.", "Film the set instead."),
        ("hold_s", "trembles", "side", "The movement is so small that it cannot be timed from here.", "Put the phone nearer, so that you fill the picture."),
        ("lift_s", "no tempo", "side", "There is no whole rep to take the time of.", "Film at least two whole reps."),
        ("lift_s", "", "unknown", "There was no rep to judge it by.", "Film at least two whole reps."),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said_with_why_and_a_remedy(measure, why, view, reason, remedy):
    told = cannot_tell(exercise("wide_grip_lat_pulldown"), fault(measure=measure), why, view)
    assert (told.id, told.why, told.remedy) == ("bent", reason, remedy)


def test_what_is_hidden_is_named_and_the_place_of_the_phone_is_the_remedy():
    watched = exercise("wide_grip_lat_pulldown")
    told = cannot_tell(watched, fault(measure="elbow_flexion_deg"), "not visible", "back")
    assert told.why == "From behind your hands are hidden."
    assert watched.camera is not None
    assert told.remedy == watched.camera.place


@pytest.mark.parametrize("measure", sorted(MEASURES))
@pytest.mark.parametrize("why", ["view", "not visible", "not in frame", "no meaning here"])
def test_every_measure_has_whole_sentences(measure, why):
    told = cannot_tell(
        exercise("wide_grip_lat_pulldown"), fault(measure=measure), why, View(name="back", yaw_deg=180.0).name
    )
    for sentence in (told.why, told.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("lowered_s", "seen"),
    [
        pytest.param([0.75, 0.75, 0.75, 0.75], [True] * 4, id="what no rep says alone, four do"),
        pytest.param([0.75, 0.75], [False] * 2, id="two are too few"),
        pytest.param([0.75, 1.6, 1.6, 1.6], [False] * 4, id="one rep astray"),
        pytest.param([0.1, 1.6, 1.6, 1.6], [True, False, False, False], id="one that is clear alone"),
        pytest.param([], [], id="no reps"),
    ],
)
def test_reps_say_together_what_none_says_alone(lowered_s, seen):
    judge = faults_of(fault(measure="lower_s", during="rep", stat="min", above=None, below=1.0, held_s=0.0))
    told = [judge.rep_ends("both", {"lower_s": each, "trembling": 0.08}) for each in lowered_s]
    assert [verdicts["bent"].seen for verdicts in judge.together(told)] == seen


@pytest.mark.parametrize("side", [-1, 1])
def test_to_which_side_the_trunk_is_turned_does_not_matter(side):
    little = faults_of(fault(measure="trunk_twist_deg", stat="mean", above=None, below=18.0, held_s=0.0))
    turned = {("trunk_twist_deg", "both"): reading(45 * side)}
    hardly = {("trunk_twist_deg", "both"): reading(6 * side)}
    assert not one_rep(little, turned)["bent"].seen
    assert one_rep(little, hardly)["bent"].seen
