"""A profile and a programme as JSON: the form of `openback plan`, and what is said of one that cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living import GYM, HOME, PROFILE, RED_FLAG, catalogue
from openback.errors import BadProfile
from openback.model.person import Bar, Loads, Stack
from openback.model.programme import Programme, SolverReport
from openback.services.block import plan_profile
from openback.services.profile_json import profile_from_json, profile_json, programme_json
from scripts.system import ROOT

TODAY = date(2026, 11, 22)
LEAST = {
    "sex": "female",
    "birth_date": "1986-04-12",
    "height_cm": 168,
    "mass_kg": 66,
    "experience": "some",
    "goals": ["tone"],
    "days_per_week": 3,
    "minutes_per_session": 45,
    "places": [{"name": "Home"}],
}
OPTIONAL = [
    "complaints",
    "pregnancy_week",
    "weeks_since_birth",
    "liked",
    "disliked",
    "screening",
    "desk_job",
    "name",
    "units",
]


def read(data):
    return profile_from_json(data, catalogue(), TODAY)


def problems_of(data):
    with pytest.raises(BadProfile) as refused:
        read(data)
    assert str(refused.value).startswith(f"This profile cannot be used: {'; '.join(refused.value.problems)}")
    return list(refused.value.problems)


# --- In ----------------------------------------------------------------------------------------------------------


def test_the_least_a_profile_needs():
    profile = read(LEAST)
    assert profile.person.goals == ("tone",)
    assert profile.person.complaints == profile.person.liked == profile.person.disliked == ()
    assert profile.screening == {}
    assert profile.places[0].loads == Loads()


def test_null_is_the_same_as_left_out():
    nothing = LEAST | dict.fromkeys(OPTIONAL)
    nothing["places"] = [{"name": "Home", "kit": None, "loads": None}]
    assert read(nothing) == read(LEAST)


def test_numbers_with_or_without_a_point():
    floats = LEAST | {"height_cm": 168.0, "mass_kg": 66.0, "days_per_week": 3.0, "minutes_per_session": 45.0}
    assert read(floats) == read(LEAST)


@pytest.mark.parametrize(
    ("given", "loads"),
    [
        ({}, Loads()),
        ({"dumbbell_kg": [4, 2, 4]}, Loads(dumbbell_kg=(2, 4))),
        (
            {"stack_kg": {"start": 5, "step": 5, "top": 80}},
            Loads(stack=Stack(start_kg=5, step_kg=5, top_kg=80)),
        ),
        (
            {"stack_kg": {"start": 5, "step": 5, "top": 80, "add_on": [2.5]}, "barbell_kg": None},
            Loads(stack=Stack(start_kg=5, step_kg=5, top_kg=80, add_on_kg=(2.5,))),
        ),
        ({"barbell_kg": {"bar": 20, "plates": []}}, Loads(barbell=Bar(bar_kg=20, plates_kg=()))),
        ({"bands": ["red"]}, Loads(bands=("red",))),
    ],
    ids=["empty", "dumbbells", "stack", "add-on plates", "bar alone", "bands"],
)
def test_loads_as_far_as_they_are_told(given, loads):
    data = LEAST | {"places": [{"name": "Home", "kit": ["dumbbells"], "loads": given}]}
    assert read(data).places[0].loads == loads


def test_a_bar_without_plates_told_has_the_usual_ones():
    data = LEAST | {"places": [{"name": "Home", "loads": {"barbell_kg": {"bar": 20}}}]}
    assert len(read(data).places[0].loads.barbell.plates_kg) > 3


def test_the_example_of_the_documents():
    profile = read(json.loads((ROOT / "docs" / "examples" / "profile.json").read_text()))
    assert [place.name for place in profile.places] == ["Gym", "Home"]


profiles = st.builds(
    replace,
    st.just(PROFILE),
    person=st.builds(
        replace,
        st.just(PROFILE.person),
        height_cm=st.floats(100, 250),
        mass_kg=st.floats(25, 350),
        days_per_week=st.integers(1, 6),
        minutes_per_session=st.integers(10, 90),
        pregnancy_week=st.none() | st.integers(1, 42),
        desk_job=st.booleans(),
        liked=st.sampled_from([(), ("pull_up",), ("face_pull", "pull_up")]),
        complaints=st.sampled_from([(), ("neck_pain",)]),
        name=st.sampled_from(["", "Zoë", "李"]),
        units=st.sampled_from(["metric", "imperial"]),
    ),
    places=st.sampled_from([(GYM,), (HOME, GYM), (replace(HOME, kit=frozenset(), loads=Loads()),)]),
)


@given(profiles)
def test_out_and_in_again(profile):
    assert read(json.loads(json.dumps(profile_json(profile)))) == profile


# --- What cannot be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (None, ["it must be a JSON object with sex, birth_date, height_cm and so on"]),
        ([], ["it must be a JSON object with sex, birth_date, height_cm and so on"]),
        ({"openback_log": 1}, ["it must be a JSON object with sex, birth_date, height_cm and so on"]),
        (
            {key: value for key, value in LEAST.items() if key not in {"sex", "places"}},
            ["sex is missing", "places is missing"],
        ),
        (LEAST | {"sex": "woman"}, ["sex is 'woman', it must be female, male or unspecified"]),
        (LEAST | {"age": 40}, ["age is not a key of a profile"]),
        (
            LEAST | {"birth_date": 519000000},
            ["birth_date is 519000000, it must be a date such as 1986-04-12"],
        ),
        (LEAST | {"birth_date": "2027-01-01"}, ["birth_date is 2027-01-01, which is still to come"]),
        (LEAST | {"birth_date": "1800-01-01"}, ["birth_date makes 226 years, it must make 10 to 110"]),
        (LEAST | {"height_cm": 5.6}, ["height_cm is 5.6, it must be 100 to 250"]),
        (
            LEAST | {"mass_kg": 1000, "days_per_week": 0},
            ["mass_kg is 1000, it must be 25 to 350", "days_per_week is 0, it must be 1 to 6"],
        ),
        (LEAST | {"mass_kg": float("nan")}, ["mass_kg is nan, it must be a finite number"]),
        (LEAST | {"minutes_per_session": 5}, ["minutes_per_session is 5, it must be 10 to 90"]),
        (LEAST | {"goals": []}, None),
        (
            LEAST | {"complaints": ["neck"]},
            ["complaints has 'neck', which is not known; did you mean neck_pain?"],
        ),
        (
            LEAST | {"liked": ["pull_up"], "disliked": ["pull_up"]},
            ["pull_up is both liked and disliked; choose one"],
        ),
        (
            LEAST | {"sex": "male", "pregnancy_week": 20},
            ["pregnancy_week and weeks_since_birth do not go with sex male"],
        ),
        (LEAST | {"places": []}, ["places is empty; name at least one, its kit may be empty"]),
        (
            LEAST | {"places": [{"name": "A"}, {"name": "A "}]},
            ["two places are called 'A'; give each its own name"],
        ),
        (
            LEAST | {"places": [{"name": "A", "kit": ["dumbbell"]}]},
            ["place 'A': kit has 'dumbbell', which is not known; did you mean dumbbells or barbell?"],
        ),
        (
            LEAST | {"places": [{"name": "A", "loads": {"dumbbell_kg": [-2]}}]},
            ["place 'A': dumbbell_kg has -2 kg, a load is above 0 and up to 1000 kg"],
        ),
        (
            LEAST | {"places": [{"name": "A", "loads": {"stack_kg": {"start": 50, "step": 5, "top": 5}}}]},
            ["place 'A': stack_kg goes from 50 to 5; top must not be under start"],
        ),
        (
            LEAST | {"places": [{"name": "A\0"}]},
            ["place 'A\\x00' holds a character that is not text; type the name again"],
        ),
        (LEAST | {"name": "\ud800"}, None),
        (LEAST | {"screening": {"chest_or_breth": True}}, None),
    ],
)
def test_what_cannot_be(data, problems):
    found = problems_of(data)
    assert found
    if problems is not None:
        assert found == problems


# --- Out -------------------------------------------------------------------------------------------------------------


def test_a_stopped_programme():
    programme = programme_json(plan_profile(catalogue(), RED_FLAG, today=TODAY))
    assert programme["status"] == "stopped"
    assert programme["reasons"]
    assert programme["sessions"] == []
    assert programme["solver"] == {"build_s": None, "solve_s": None, "gap": None}


def test_a_gap_nobody_knows_is_null():
    programme = Programme(
        status="ok",
        reasons=(),
        weeks=4,
        solver=SolverReport(build_s=0.1, solve_s=0.2, gap=float("inf")),
    )
    assert json.loads(json.dumps(programme_json(programme), allow_nan=False))["solver"]["gap"] is None
