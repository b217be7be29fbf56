"""What a person types finds the exercise they mean, and unrelated words find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.catalogue.search import exercise_named, filtered, find_exercises

CATALOGUE = load_catalogue()
NAMES = [(each.id, name) for each in CATALOGUE.exercises.values() for name in (each.name, *each.aliases)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("lat pulldown", "wide_grip_lat_pulldown", id="plain name"),
        pytest.param("lat puldown", "wide_grip_lat_pulldown", id="letter missing"),
        pytest.param("latt pull-down", "wide_grip_lat_pulldown", id="letter too many"),
        pytest.param("pulldown lat", "wide_grip_lat_pulldown", id="other order"),
        pytest.param("LAT PULL DOWN", "wide_grip_lat_pulldown", id="capitals and spaces"),
        pytest.param("wide_grip_lat_pulldown", "wide_grip_lat_pulldown", id="id"),
        pytest.param("close grip pulldown", "close_grip_lat_pulldown", id="word left out"),
        pytest.param("dumbell row", "one_arm_dumbbell_row", id="common mistyping"),
        pytest.param("row one arm", "one_arm_dumbbell_row", id="words in another order"),
        pytest.param("shrug", "dumbbell_shrug", id="alias that is one word"),
        pytest.param("shrugg dumbbell", "dumbbell_shrug", id="mistyped and turned round"),
        pytest.param("Pull Up", "pull_up", id="as Strong writes it"),
        pytest.param("pull-up", "pull_up", id="as Hevy writes it"),
        pytest.param("chinup", "chin_up", id="in one word"),
        pytest.param("facepul", "face_pull", id="in one word, mistyped"),
        pytest.param("Klimmzuge", "pull_up", id="German without its dots"),
        pytest.param("latzug", "wide_grip_lat_pulldown", id="German"),
        pytest.param("подтягивания", "pull_up", id="Russian"),
        pytest.param("jalon al pecho", "wide_grip_lat_pulldown", id="Spanish without its accent"),
        pytest.param("childs pose", "childs_pose", id="without the apostrophe"),
        pytest.param("hamstring", "supine_hamstring_stretch", id="a piece of two names"),
    ],
)  # fmt: skip
def test_the_exercise_that_is_meant_comes_first(typed, first):
    assert find_exercises(CATALOGUE, typed)[0].exercise.id == first


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "!!!", "\x00", "Squat (Barbell)", "Bench Press (Dumbbell)", "Leg Extension (Machine)", "Bicep Curl (Cable)"],
)  # fmt: skip
def test_what_we_do_not_have_is_not_found(typed):
    assert find_exercises(CATALOGUE, typed) == ()


def test_the_same_name_is_exact_and_comes_before_all_that_is_like_it():
    matches = find_exercises(CATALOGUE, "row (machine)")
    assert [match.exact for match in matches] == [True, *[False] * (len(matches) - 1)]
    assert matches[0].score == 100
    assert all(match.score < 100 for match in matches[1:])


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_than_asked_for(limit):
    assert len(find_exercises(CATALOGUE, "row", limit)) == limit


@settings(max_examples=40, deadline=None)
@given(named=st.sampled_from(NAMES))
def test_every_name_and_alias_finds_its_exercise(named):
    exercise_id, name = named
    assert find_exercises(CATALOGUE, name.upper())[0].exercise.id == exercise_id
    assert exercise_named(CATALOGUE, f" {name} ").id == exercise_id


@settings(max_examples=40, deadline=None)
@given(named=st.sampled_from([named for named in NAMES if len(named[1]) >= 10]), at=st.integers(0, 9))
def test_a_name_with_a_letter_missing_still_finds_something_with_that_name(named, at):
    _, name = named
    found = find_exercises(CATALOGUE, name[:at] + name[at + 1 :])
    assert name in [known for match in found for known in (match.exercise.name, *match.exercise.aliases)]


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_gives_matches_in_order(text):
    matches = find_exercises(CATALOGUE, text)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert len({match.exercise.id for match in matches}) == len(matches) <= 10


def test_a_name_that_nobody_has():
    assert exercise_named(CATALOGUE, "Leg press") is None
    assert exercise_named(CATALOGUE, "") is None


def test_filters_narrow_each_other():
    at_home = {exercise.id for exercise in filtered(CATALOGUE, kit=["dumbbells", "band", "mat", "wall"])}
    assert {"dumbbell_shrug", "band_row", "wall_slide", "locust_pose"} <= at_home
    assert not {"pull_up", "one_arm_dumbbell_row", "face_pull"} & at_home
    shrugs = filtered(CATALOGUE, kit=["dumbbells"], muscle="trapezius_upper", pattern="shrug")
    assert [exercise.id for exercise in shrugs] == ["dumbbell_shrug", "dumbbell_shrug_30", "overhead_shrug"]


def test_the_muscle_that_is_worked_most_comes_first():
    shares = [
        exercise.muscles["latissimus_dorsi"] for exercise in filtered(CATALOGUE, muscle="latissimus_dorsi")
    ]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= 0.5


def test_no_filter_gives_everything():
    assert len(filtered(CATALOGUE)) == len(CATALOGUE.exercises)


def test_no_kit_leaves_what_needs_none():
    assert all(exercise.kit == () for exercise in filtered(CATALOGUE, kit=[]))
