"""Exercise names of other apps, and what becomes of them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from importlib import resources
from uuid import UUID

import pytest

from openback.catalogue import load_catalogue
from openback.interop import match_names, with_exercises
from openback.interop.names import same_words
from openback.model.history import NameMatch
from openback.model.log import SetLog


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def matched(name, catalogue, remembered=None):
    (match,) = match_names([name], catalogue, remembered)
    assert match.from_ == name
    return match.to, match.how


def test_no_names(catalogue):
    assert match_names([], catalogue) == ()


@pytest.mark.parametrize(
    ("name", "to", "how"),
    [
        pytest.param("pull_up", "pull_up", "exact", id="an id, as in our own archive"),
        pytest.param("Pull-up", "pull_up", "exact", id="the name"),
        pytest.param("PULL UP", "pull_up", "exact", id="case and hyphen"),
        pytest.param("face pulls", "face_pull", "exact", id="plural"),
        pytest.param("Lat Pulldown (Cable)", "wide_grip_lat_pulldown", "alias", id="Strong's name"),
        pytest.param("lat pull-down - cable", "wide_grip_lat_pulldown", "alias", id="marks"),
        pytest.param("Latzug", "wide_grip_lat_pulldown", "alias", id="German"),
        pytest.param("Rudern am Kabel", "seated_cable_row", "alias", id="German, small words"),
        pytest.param("Тяга верхнего блока", "wide_grip_lat_pulldown", "alias", id="Russian"),
        pytest.param(
            "ТЯГА ВЕРХНЕГО БЛОКА К ГРУДИ", "wide_grip_lat_pulldown", "alias", id="Russian, capitals"
        ),
        pytest.param("Élévation latérale", "lateral_raise", "alias", id="French"),
        pytest.param("Elevation laterale", "lateral_raise", "alias", id="French without accents"),
        pytest.param("Dumbell Shrug", "dumbbell_shrug", "exact", id="a spelling everybody writes"),
        pytest.param("Shurg (Dumbbell)", "dumbbell_shrug", "fuzzy", id="letters swapped"),
        pytest.param("Dumbbell Row Bent Over One Arm", "one_arm_dumbbell_row", "fuzzy", id="another order"),
        pytest.param("Straigt Arm Pulldown", "straight_arm_pulldown", "fuzzy", id="a letter lost"),
        pytest.param("Latpulldown", "wide_grip_lat_pulldown", "fuzzy", id="in one word"),
    ],
)
def test_names_that_are_known(catalogue, name, to, how):
    assert matched(name, catalogue) == (to, how)


@pytest.mark.parametrize(
    "name",
    [
        "", "…", "Row 2", "Bench Press (Barbell)", "Bench Press", "Chest Press (Machine)", "Leg Press", "Leg Curl",
        "Seated Leg Press (Machine)", "Squat (Barbell)", "Deadlift (Barbell)", "Bicep Curl (Dumbbell)", "Chest Fly",
        "Lateral Raise (Cable)", "Lateral Raise (Machine)", "Front Raise (Dumbbell)", "Calf Raise", "Upright Row (Barbell)",
        "T Bar Row", "Iso-Lateral Row (Machine)", "Triceps Pushdown", "Push Up", "Pullover (Dumbbell)", "Leg Raise",
        "Hanging Leg Raise", "Shrug (Cable)", "Reverse Fly (Cable)", "Reverse Curl (Barbell)", "Plank", "Rowing", "Ohio State",
        "Жим лёжа", "Bankdrücken", "Kniebeugen",
    ],
)  # fmt: skip
def test_other_exercises_keep_their_own_name(catalogue, name):
    assert matched(name, catalogue) == (None, "kept")


def test_what_was_chosen_before_goes_first(catalogue):
    remembered = {"Ohio State": "face_pull", "Lat Pulldown": None, "Row X": "gone_exercise"}
    assert matched("Ohio State", catalogue, remembered) == ("face_pull", "remembered")
    assert matched("ohio  state", catalogue, remembered) == ("face_pull", "remembered")
    assert matched("Lat Pulldown", catalogue, remembered) == (None, "remembered")
    assert matched("Row X", catalogue, remembered) == (None, "kept")


def test_each_name_once_in_the_order_they_come(catalogue):
    matches = match_names(["Plank", "Face Pull", "Plank"], catalogue)
    assert matches == (
        NameMatch(from_="Plank", to=None, how="kept"),
        NameMatch(from_="Face Pull", to="face_pull", how="exact"),
    )


def test_sets_take_the_exercise_and_keep_all_else(catalogue):
    def one(exercise):
        return SetLog(
            id=UUID(int=1),
            session_id=UUID(int=2),
            exercise=exercise,
            at=datetime(2026, 4, 8, tzinfo=UTC),
            reps=3,
        )

    names = ["Face Pull (Cable)", "Plank"]
    sets = with_exercises([one(name) for name in names], match_names(names, catalogue))
    assert sets == (one("face_pull"), one("Plank"))


def test_the_table_of_other_languages_is_sound(catalogue):
    text = (resources.files("openback") / "data" / "import_names.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["names"]
    assert table.keys() <= catalogue.exercises.keys()
    wanted = {name: exercise_id for exercise_id, names in table.items() for name in names}
    assert {match.from_: match.to for match in match_names(wanted, catalogue)} == wanted
    assert sum(len(names) for names in table.values()) == len(wanted)


def test_no_alias_of_one_exercise_means_another(catalogue):
    every = catalogue.exercises.values()
    wanted = {
        name: exercise.id for exercise in every for name in (*exercise.aliases, exercise.name, exercise.id)
    }
    assert {match.from_: match.to for match in match_names(wanted, catalogue)} == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", True),
        ("lat pulldown", "pulldown lat", True),
        ("lat pulldown", "latpulldown", True),
        ("lat pulldown", "lat pulldowm", True),
        ("lat pulldown cable", "lat pulldown", False),
        ("prone y", "prone t", False),
        ("wide row", "side row", False),
    ],
)
def test_same_words(one, other, same):
    assert same_words(one, other) is same
