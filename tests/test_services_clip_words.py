"""A report in words: what a person who lifts is told, most important first."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from clip_sample import BEHIND, LEAN, analysis, catalogue, pulldown, rep, seen, set_report
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import CannotTell, Guess, HoldReport, Reserve, View
from openback.services import clip_words
from openback.services.clip_json import analysis_json
from openback.services.clip_words import MEASURE_NAMES, amount, moment, reserve_text, seen_from, story

NOTHING = {"reps": (), "partials": (), "faults": (), "cannot_tell": (), "reserve": None, "speed_loss": None}


def told(**changed):
    return story(catalogue(), set_report(**changed))


def test_every_measure_has_a_name():
    assert set(MEASURE_NAMES) == set(MEASURE_UNITS)


# --- The first sentence ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "headline"),
    [
        pytest.param(
            NOTHING | {"pose_found": 0.0},
            "Nobody could be seen. Film the whole body, in light, with the phone standing still, and nobody "
            "between you and it.",
            id="nobody",
        ),
        pytest.param(
            {"another": "dumbbell_shrug"},
            "This looks like a dumbbell shrug, not a wide-grip lat pull-down; nothing was graded.",
            id="another exercise",
        ),
        pytest.param(
            {"exercise": None, "recognised": (Guess(exercise=None, confidence=0.7),)},
            "No exercise of ours was recognised. Name it with --exercise.",
            id="none of ours",
        ),
        pytest.param(
            {"exercise": None, "recognised": (Guess(exercise=None, confidence=0.6), Guess(exercise="pull_up", confidence=0.3))},
            "No exercise of ours was recognised. The nearest: pull-up. Name it with --exercise.",
            id="none of ours, one near",
        ),
        pytest.param(NOTHING, "No full rep was counted.", id="no rep"),
        pytest.param(
            NOTHING | {"partials": (rep(None, 1.0),)}, "No full rep was counted, but 1 partial rep.", id="a partial"
        ),
        pytest.param(NOTHING | {"reps": (rep(1, 1.0),)}, "1 full rep.", id="one rep"),
        pytest.param({}, "3 full reps and 1 partial rep.", id="reps and a partial"),
    ],
)  # fmt: skip
def test_the_headline_says_what_matters_most(changed, headline):
    assert told(**changed).headline == headline


def test_a_recognised_exercise_says_so():
    report = set_report(partials=(), recognised=(Guess(exercise="wide_grip_lat_pulldown", confidence=0.82),))
    assert story(catalogue(), report, asked=False).headline == (
        "Recognised as a wide-grip lat pull-down (82 % sure). 3 full reps."
    )


def test_what_is_not_sure_names_what_else_it_may_be():
    guesses = (("wide_grip_lat_pulldown", 0.3), ("pull_up", 0.2), (None, 0.2), ("inverted_row", 0.1))
    report = set_report(recognised=tuple(Guess(exercise=e, confidence=c) for e, c in guesses), partials=())
    assert story(catalogue(), report, asked=False).headline == (
        "This looks most like a wide-grip lat pull-down, perhaps a pull-up; if it is another, name it with "
        "--exercise. 3 full reps."
    )


@pytest.mark.parametrize(
    ("holds", "headline"),
    [
        pytest.param((), "The pose was not reached, so no time was counted.", id="none"),
        pytest.param(((2.0, 32.4),), "Held once: 30 s.", id="one"),
        pytest.param(((2.0, 32.4), (40.0, 61.0)), "Held 2 times: 30 s and 21 s.", id="two"),
    ],
)
def test_a_hold_is_told_in_seconds(holds, headline):
    pose = next(one for one in catalogue().exercises.values() if one.kind == "hold")
    made = tuple(HoldReport(start_s=start, end_s=end) for start, end in holds)
    report = set_report(**NOTHING | {"exercise": pose.id, "holds": made})
    assert story(catalogue(), report).headline == headline


@pytest.mark.parametrize("changed", [{"another": "pull_up"}, {"pose_found": 0.0}, {"exercise": None}])
def test_what_was_not_graded_shows_no_fault(changed):
    made = told(**changed)
    assert not made.graded
    assert (made.faults, made.untold, made.facts, made.praise) == ((), (), (), "")


# --- Facts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "yaw_deg", "sentence"),
    [
        ("unknown", math.nan, "It could not be told from which side the camera looked."),
        ("front", 5.0, "Seen from the front."),
        ("back", 175.0, "Seen from the back."),
        ("side", 90.0, "Seen from the side, on your left."),
        ("side", -85.0, "Seen from the side, on your right."),
        ("oblique", 45.0, "Seen from an angle, on your left in front of you."),
        ("oblique", -135.0, "Seen from an angle, on your right behind you."),
        ("side", math.nan, "Seen from the side."),
    ],
)
def test_the_view_in_words(name, yaw_deg, sentence):
    assert seen_from(View(name=name, yaw_deg=yaw_deg)) == sentence


def test_the_facts_of_a_set():
    assert told().facts == (
        "Seen from the front.",
        "Tempo 1.1 s pull, 0.2 s hold, 1.5 s return; the exercise asks for about 2, 1 and 2.",
        "The last reps were 18 % slower than the fastest: about 3 reps left in reserve, 1 to 5 in 4 of 5 sets like it.",
    )


def test_a_person_seen_in_half_of_the_clip_is_told_so():
    assert told(pose_found=0.5).facts[1] == (
        "You could be seen in only 50 % of the clip, so something may be missing."
    )


@pytest.mark.parametrize(
    ("reserve", "loss", "sentence"),
    [
        pytest.param(None, 0.2, "", id="not told"),
        pytest.param(
            Reserve(reps=1.2, low=0.0, high=2.6), None,
            "About 1 rep left in reserve, 0 to 3 in 4 of 5 sets like it.", id="without speeds",
        ),
        pytest.param(
            Reserve(reps=5.0, low=3.0, high=8.0), 0.0,
            "The last reps were as fast as the first: about 5 reps left in reserve, 3 to 8 in 4 of 5 sets like it.",
            id="no slower",
        ),
    ],
)  # fmt: skip
def test_the_reserve_in_words(reserve, loss, sentence):
    assert reserve_text(reserve, loss) == sentence


def test_no_tempo_is_told_that_is_not_known():
    assert clip_words.tempo_text(pulldown(), [replace(rep(1, 0.0), lift_s=math.nan)]) == ""


# --- Faults ----------------------------------------------------------------------------------------------------------


def test_danger_comes_first_and_the_worst_moment_is_named():
    lean = [seen(LEAN, n, n * 3.0, 35.0 + n, "deg") for n in (1, 2, 3)]
    made = told(faults=(*lean, seen(BEHIND, 2, 4.4, -0.04, "trunk lengths")))
    assert [fault.id for fault in made.faults] == ["behind_head", "leaning_back"]
    behind, leaning = made.faults
    assert behind.title == "Behind head"
    assert behind.where == "in rep 2"
    assert behind.why == BEHIND.why
    assert behind.measured == (
        "Hands ahead of the ears: −0.04 trunk lengths (about −2 cm), where at least 0.10 trunk lengths is right"
    )
    assert leaning.where == "in reps 1, 2 and 3"
    assert leaning.worst.rep == 3
    assert leaning.measured == "Trunk lean: 38°, where at most 30° is right"


def test_a_fault_of_one_side_and_of_the_whole_set():
    fault = replace(seen(LEAN, 1, 3.0, 40.0, "deg"), rep=None, side="left")
    made = told(faults=(fault,)).faults[0]
    assert made.where == "over the whole set"
    assert made.measured == "Trunk lean: left side, 40°, where at most 30° is right"


def test_what_cannot_be_told_for_one_reason_is_told_once():
    why = "The trunk cannot be judged from the front."
    made = told(
        cannot_tell=(
            CannotTell(id="leaning_back", why=why, remedy="Film from the side."),
            CannotTell(id="uneven_arms", why="The right elbow is hidden.", remedy=""),
            CannotTell(id="rocking", why=why, remedy="Film from the side."),
        )
    ).untold
    assert [(one.titles, one.why) for one in made] == [
        (("Leaning back", "Rocking"), why),
        (("Uneven arms",), "The right elbow is hidden."),
    ]


def test_a_clean_set_is_praised_for_what_could_be_told():
    assert told(faults=()).praise == "Clean: none of the 2 faults that can be told from here was seen."
    assert told(faults=(), reps=(), partials=()).praise == ""


# --- Numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (math.nan, "deg", "–"),
        (-12.4, "deg", "−12°"),
        (0.854, "share", "85 %"),
        (1.44, "s", "1.4 s"),
        (1.234, "per s", "1.23 ranges a second"),
        (-0.084, "trunk lengths", "−0.08 trunk lengths"),
    ],
)
def test_amounts(value, unit, text):
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("t_s", "text"),
    [(math.nan, "–"), (0.0, "0:00.0"), (4.44, "0:04.4"), (59.97, "1:00.0"), (3725.2, "62:05.2")],
)
def test_moments(t_s, text):
    assert moment(t_s) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dumbbell shrug", "a dumbbell shrug"),
        ("Inverted row", "an inverted row"),
        ("One-arm dumbbell row", "a one-arm dumbbell row"),
        ("Y raise", "a Y raise"),
        ("Eagle arms", "eagle arms"),
    ],
)
def test_names_in_a_sentence(name, text):
    assert clip_words.a(name) == text


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_has_the_keys_that_others_rely_on():
    with analysis() as made:
        data = analysis_json(made)
    assert set(data) >= {
        "exercise", "frames", "fps", "pose_found", "view", "reps", "faults", "cannot_tell", "measures",
    }  # fmt: skip
    assert data["view"] == {"name": "front", "yaw_deg": -8.0}
    assert set(data["reps"][0]) >= {
        "n", "start_s", "peak_s", "end_s", "range_deg", "lift_s", "hold_s", "lower_s", "faults",
    }  # fmt: skip
    assert data["reps"][1]["faults"] == ["behind_head", "leaning_back"]
    assert set(data["faults"][0]) >= {"id", "severity", "rep", "at_s", "value", "limit", "unit", "cue"}
    assert data["cannot_tell"] == [
        {
            "id": "uneven_arms",
            "why": "The right elbow is hidden for most of the set.",
            "remedy": "Film from straight ahead or behind.",
        }
    ]
    assert data["measures"]["trunk_lean_deg"] == {"min": 9.0, "max": 41.0, "mean": 18.0, "unit": "deg"}
    assert data["partials"][0]["n"] is None


def test_what_is_not_known_is_null_in_the_json():
    report = set_report(
        view=View(name="unknown", yaw_deg=math.nan), reserve=None, speed_loss=math.nan, fps=math.nan
    )
    with analysis(report) as made:
        data = analysis_json(made)
    assert data["view"]["yaw_deg"] is data["reserve"] is data["speed_loss"] is data["fps"] is None


def test_a_range_that_is_no_angle_is_not_in_degrees():
    shrug = replace(pulldown(), rep=replace(pulldown().rep, measure="shoulder_rise_trunks"))
    with analysis(exercise=shrug) as made:
        first = analysis_json(made)["reps"][0]
    assert (first["range_deg"], first["range"], first["range_unit"]) == (None, 108.0, "trunk lengths")
