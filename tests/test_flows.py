"""The flows: their files, what is checked of them, and how they are fitted to a person."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.catalogue.flows import PARTS, flow_from, load_flows
from openback.errors import BadDataFile
from openback.model.flow import Flow
from openback.services.flow_fitting import EVERYWHERE, fitted

CATALOGUE = load_catalogue()
FLOWS = load_flows()
EVERYTHING = frozenset(CATALOGUE.kit)

GOOD = """
id = "try"
name = "Try"
kind = "yoga"
minutes = 2
place = "mat"
summary = "A try."
evidence = "None."
sources = ["garber_2011"]
breath = { in_s = 4, out_s = 6 }

[[step]]
exercise = "thread_the_needle"
part = "stretch"
each_side = true
ready_s = 10
change_s = 10
breaths = 3
says = "Thread."

[[step]]
exercise = "cobra_pose"
part = "tone"
ready_s = 10
breaths = 3
says = "Lift."
"""


def read(text: str = GOOD) -> Flow:
    return flow_from("flows/try.toml", CATALOGUE, text)


# --- The files ---------------------------------------------------------------------------------------------


def test_the_flows_that_were_promised():
    assert [(flow.id, flow.kind, flow.minutes) for flow in FLOWS.values()] == [
        ("band_break", "break", 2),
        ("desk_stretch", "stretch", 5),
        ("yoga_10", "yoga", 10),
        ("yoga_20", "yoga", 20),
        ("yoga_30", "yoga", 30),
    ]


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_each_flow_takes_its_minutes_and_names_its_sources(flow):
    assert flow.whole_s == 60 * flow.minutes
    assert flow.sources
    assert set(flow.sources) <= set(CATALOGUE.sources)
    assert "!" not in flow.summary + flow.evidence + "".join(step.says for step in flow.steps)
    assert all(step.says for step in flow.steps)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_each_side_gets_the_same(flow):
    left = [step for step in flow.steps if step.side == "left"]
    right = [step for step in flow.steps if step.side == "right"]
    assert [(s.exercise, s.seconds, s.breaths) for s in left] == [
        (s.exercise, s.seconds, s.breaths) for s in right
    ]
    assert all(one.side != "left" or two.side == "right" for one, two in pairwise(flow.steps))


@pytest.mark.parametrize("flow", [one for one in FLOWS.values() if one.kind == "yoga"], ids=lambda f: f.id)
def test_yoga_stretches_first_and_tones_then(flow):
    places = [PARTS.index(step.part) for step in flow.steps]
    assert places == sorted(places)
    toned = [step for step in flow.steps if step.part == "tone" and step.exercise and step.breaths]
    assert all(CATALOGUE.exercises[step.exercise].counts_sets for step in toned)
    assert all(step.seconds >= 20 for step in toned)


def test_the_break_is_the_exercise_of_the_trial():
    steps = [step for step in FLOWS["band_break"].steps if step.exercise]
    assert {step.exercise for step in steps} == {"band_lateral_raise"}
    assert FLOWS["band_break"].sources == ("andersen_ll_2011",)


# --- What is checked ---------------------------------------------------------------------------------------


def test_a_good_file_is_read():
    flow = read()
    assert [(s.exercise, s.side, s.ready_s, s.seconds) for s in flow.steps] == [
        ("thread_the_needle", "left", 10, 30),
        ("thread_the_needle", "right", 10, 30),
        ("cobra_pose", "both", 10, 30),
    ]
    assert flow.whole_s == 120


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param('"cobra_pose"', '"cobra"', "step[2].exercise no exercise is called 'cobra'", id="exercise"),
        pytest.param("minutes = 2", "minutes = 3", "minutes its steps take 120 s, not 180 s", id="times"),
        pytest.param(
            "each_side = true\n",
            "",
            "step[1].each_side thread_the_needle is done a side at a time",
            id="one side",
        ),
        pytest.param(
            'breaths = 3\nsays = "Lift."',
            'breaths = 9\nsays = "Lift."',
            "step[2].breaths come to 90 s; cobra_pose is held for 20 to 40 s",
            id="too long",
        ),
        pytest.param(
            'breaths = 3\nsays = "Lift."',
            'reps = 3\nsays = "Lift."',
            "step[2].reps cobra_pose is held; give breaths",
            id="reps of a hold",
        ),
        pytest.param(
            'part = "stretch"', 'part = "settle"', "step yoga arrives, stretches, tones and settles, in this order", id="order"
        ),
        pytest.param('"garber_2011"', '"nobody_1900"', "sources no source is called 'nobody_1900'", id="source"),
        pytest.param('id = "try"', 'id = "other"', "id is 'other'; the file is called flows/try.toml", id="name"),
        pytest.param(
            "out_s = 6", "out_s = 0", "breath breathing in and out takes time", id="breath"
        ),
        pytest.param(
            'kind = "yoga"', 'kind = "dance"', "kind is 'dance', it must be one of break, stretch, yoga", id="kind"
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(old, new, problem):
    assert old in GOOD
    with pytest.raises(BadDataFile) as told:
        read(GOOD.replace(old, new))
    assert problem in told.value.problems


def test_moving_exercises_have_reps_and_rests_breaths():
    moving = GOOD.replace('exercise = "cobra_pose"', 'exercise = "cat_cow"')
    with pytest.raises(BadDataFile) as told:
        read(moving)
    assert "step[2].reps cat_cow moves; give the number of its reps" in told.value.problems
    resting = GOOD.replace('exercise = "cobra_pose"\n', "").replace(
        'breaths = 3\nsays = "Lift."', 'says = "Rest."'
    )
    with pytest.raises(BadDataFile) as told:
        read(resting)
    assert "step[2].breaths a rest needs some" in told.value.problems


def test_a_flow_without_exercises_is_none():
    only_rest = GOOD[: GOOD.index("[[step]]")] + '[[step]]\npart = "settle"\nbreaths = 12\nsays = "Rest."\n'
    with pytest.raises(BadDataFile) as told:
        read(only_rest)
    assert told.value.problems == ("step it has no exercise",)


# --- Fitted to a person ------------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_who_may_do_everything_gets_the_flow_as_it_is(flow):
    fits = fitted(flow, CATALOGUE, banned={}, kit=EVERYTHING)
    assert fits.steps == flow.steps
    assert fits.notes == ()


def test_what_is_out_is_replaced_with_the_reason():
    banned = {"cobra_pose": "Cobra pose is left out because of this: sore neck."}
    fits = fitted(FLOWS["yoga_10"], CATALOGUE, banned=banned, kit=EVERYTHING)
    assert fits.notes == ("Cobra pose is left out because of this: sore neck. Wall slide takes its place.",)
    assert "cobra_pose" not in {step.exercise for step in fits.steps}


def test_the_next_choice_is_taken_where_the_first_was_just_done():
    # Sphinx pose comes right before cobra pose, and is the first thing that could take its place.
    flow = FLOWS["yoga_10"]
    at = next(n for n, step in enumerate(flow.steps) if step.exercise == "cobra_pose")
    fits = fitted(flow, CATALOGUE, banned={"cobra_pose": "Out."}, kit=EVERYTHING)
    assert flow.steps[at - 1].exercise == "sphinx_pose"
    assert flow.steps[at].instead[0] == "sphinx_pose"
    assert fits.steps[at].exercise == "wall_slide"


def test_both_sides_give_way_to_one_exercise_of_their_time():
    banned = {"thread_the_needle": "Out.", "eagle_arms": "Out."}
    flow = FLOWS["yoga_10"]
    fits = fitted(flow, CATALOGUE, banned=banned, kit=EVERYTHING)
    [new] = [step for step in fits.steps if step.exercise == "wall_angel"]
    assert (new.side, new.reps, new.breaths, new.seconds) == ("both", 10, None, 70.0)
    assert "thread_the_needle" not in {step.exercise for step in fits.steps}


def test_a_sided_stretch_gives_way_to_another_on_both_sides():
    fits = fitted(FLOWS["yoga_10"], CATALOGUE, banned={"thread_the_needle": "Out."}, kit=EVERYTHING)
    sides = [(step.side, step.seconds) for step in fits.steps if step.exercise == "eagle_arms"]
    assert sides == [("left", 30.0), ("right", 30.0)]


def test_what_nothing_can_replace_is_left_out():
    fits = fitted(FLOWS["desk_stretch"], CATALOGUE, banned={"chin_tuck": "Chin tuck is out."}, kit=EVERYTHING)
    assert fits.notes == ("Chin tuck is out. It is left out here.",)
    assert sum(step.whole_s for step in fits.steps) == 300 - 40


def test_kit_that_was_not_told_of_is_replaced():
    fits = fitted(FLOWS["band_break"], CATALOGUE, banned={}, kit=frozenset({"dumbbells"}))
    assert {step.exercise for step in fits.steps} == {"lateral_raise", ""}
    assert " ".join(fits.notes) == (
        "Band lateral raise needs this, which you have not told of: Elastic band. "
        "Lateral raise, thumbs up takes its place."
    )
    nothing = fitted(FLOWS["band_break"], CATALOGUE, banned={}, kit=frozenset())
    assert {step.exercise for step in nothing.steps} == {"wall_slide", ""}


@given(
    flow=st.sampled_from(list(FLOWS.values())),
    banned=st.sets(st.sampled_from(sorted(CATALOGUE.exercises))),
    kit=st.sets(st.sampled_from(sorted(CATALOGUE.kit))),
)
def test_whatever_is_out_it_does_not_come_and_the_flow_is_no_longer(flow, banned, kit):
    fits = fitted(flow, CATALOGUE, banned=dict.fromkeys(banned, "Out."), kit=frozenset(kit))
    done = [CATALOGUE.exercises[step.exercise] for step in fits.steps if step.exercise]
    assert not banned & {one.id for one in done}
    assert all(set(one.kit) <= kit | EVERYWHERE for one in done)
    assert sum(step.whole_s for step in fits.steps) <= flow.whole_s + 1e-6
    assert all(step.seconds > 0 for step in fits.steps)
    lefts = [step.exercise for step in fits.steps if step.side == "left"]
    assert lefts == [step.exercise for step in fits.steps if step.side == "right"]
    for step, one in zip((s for s in fits.steps if s.exercise), done, strict=True):
        assert one.one_side_at_a_time == (step.side != "both")
        assert (step.breaths is None) == (one.dose.hold_s is None)


def test_what_came_in_is_not_changed():
    flow = FLOWS["yoga_10"]
    before = replace(flow)
    fitted(flow, CATALOGUE, banned={"cobra_pose": "Out."}, kit=frozenset())
    assert flow == before
