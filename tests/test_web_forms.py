"""The questions: what is read from a form, what is said about it, and the profile at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

import web_sample
from openback.model.person import Loads, Profile
from openback.training.screening import load_questions
from openback.web.forms.draft import Draft, PlaceDraft, draft_in, draft_of, missing_steps, profile_of
from openback.web.forms.fields import Fields, number_in, numbers_in
from openback.web.forms.places import DUMBBELLS, PRESETS, in_kg, in_units, needs_loads, ticks
from openback.web.forms.steps import STEPS, Asking, due, path_of, step_called

TODAY = date(2026, 11, 25)
KNOWN = web_sample.catalogue()
ASKING = Asking(
    today=TODAY,
    questions=load_questions().items,
    kit=frozenset(KNOWN.kit),
    complaints=frozenset(KNOWN.complaints),
)
GYM = PlaceDraft(name="Gym", preset="gym", kit=("barbell", "cable_machine", "dumbbells"))


def fields(*pairs: tuple[str, str]) -> Fields:
    return Fields(FormData(pairs))


def read(
    step_id: str, draft: Draft, *pairs: tuple[str, str], asking: Asking = ASKING
) -> tuple[Draft, list[str]]:
    step = step_called(step_id)
    assert step is not None
    form = fields(*pairs)
    return step.read(form, draft, asking), form.problems


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param("", None, id="empty"),
        pytest.param("many", None, id="a word"),
        pytest.param("nan", None, id="not a number"),
        pytest.param("inf", None, id="without end"),
        pytest.param("65,5", 65.5, id="comma"),
        pytest.param("65.5", 65.5, id="point"),
        pytest.param("\u22125", -5.0, id="typographic minus"),
    ],
)
def test_number(raw, value):
    assert number_in(raw) == value


def test_numbers_in_a_line():
    assert numbers_in("2, 4 6.5; 8,") == ([2.0, 4.0, 6.5, 8.0], [])
    assert numbers_in("2 heavy") == ([2.0], ["heavy"])


YOU = (("name", "Anna"), ("sex", "female"), ("birth_day", "1"), ("birth_month", "3"), ("birth_year", "1986"))


def test_you():
    draft, problems = read("you", Draft(), *YOU)
    assert (draft.name, draft.sex, draft.birth_date, problems) == ("Anna", "female", date(1986, 3, 1), [])


@pytest.mark.parametrize(
    ("step", "pairs", "said"),
    [
        pytest.param("you", (), ["Your birth date is not a date in the calendar; give day, month and year.", "Choose female, male or not said."], id="nothing"),
        pytest.param("you", (*YOU[:3], ("birth_month", "13"), ("birth_year", "1986")), ["Your birth date is not a date in the calendar; give day, month and year."], id="thirteenth month"),
        pytest.param("you", (*YOU[:4], ("birth_year", "2030")), ["Your birth date is between 1916 and 2026."], id="not born yet"),
        pytest.param("body", (("mass", "65"),), ["Your height is missing."], id="no height"),
        pytest.param("body", (("height_cm", "1.68"), ("mass", "65")), ["Your height is between 100 and 250 cm; 1.68 is outside."], id="metres"),
        pytest.param("body", (("height_cm", "168"), ("mass", "heavy")), ["Your weight is a number; “heavy” is not one."], id="a word"),
        pytest.param("goals", (("first", "win"),), ["Choose what matters most."], id="unknown goal"),
        pytest.param("time", (("days", "9"), ("minutes", "45")), ["The number of days is between 1 and 6; 9 is outside."], id="nine days"),
        pytest.param("place", (), ["Choose where you train."], id="no place"),
        pytest.param("pregnancy", (("state", "pregnant"), ("pregnancy_week", "50")), ["The week of pregnancy is between 1 and 42; 50 is outside."], id="week 50"),
    ],
)  # fmt: skip
def test_what_is_said(step, pairs, said):
    assert sorted(read(step, Draft(), *pairs)[1]) == sorted(said)


def test_pounds_and_feet():
    draft, problems = read(
        "body", Draft(units="imperial"), ("height_ft", "5"), ("height_in", "6"), ("mass", "143")
    )
    assert problems == []
    assert draft.height_cm == pytest.approx(167.6)
    assert draft.mass_kg == pytest.approx(64.864, abs=0.001)


def test_first_goal_comes_first_and_once():
    draft, _ = read("goals", Draft(), ("first", "tone"), ("also", "posture"), ("also", "tone"))
    assert draft.goals == ("tone", "posture")
    assert not draft.desk_job


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_presets_hold_kit_that_exists(preset):
    assert preset.kit <= set(KNOWN.kit)


def test_a_second_home_gets_a_name_of_its_own():
    draft, _ = read(
        "place", Draft(places=(PlaceDraft(name="Home"),)), ("preset", "mat"), asking=replace(ASKING, place=1)
    )
    assert [place.name for place in draft.places] == ["Home", "Home 2"]


def test_going_back_keeps_what_was_ticked():
    draft = Draft(places=(GYM,))
    assert read("place", draft, ("preset", "gym"))[0] == draft
    assert read("place", draft, ("preset", "mat"))[0].places[0].kit == ("mat", "wall")


def test_kit_that_nobody_knows_is_left_out():
    draft, problems = read(
        "kit", Draft(places=(GYM,)), ("place_name", "Work"), ("kit", "mat"), ("kit", "rocket")
    )
    assert (draft.places[0].name, draft.places[0].kit, problems) == ("Work", ("mat",), [])


def test_two_places_cannot_share_a_name():
    draft = Draft(places=(GYM, PlaceDraft(name="Home")))
    _, problems = read("kit", draft, ("place_name", "Home"))
    assert problems == ["There is another place called Home; give this one a name of its own."]


LOADS = (
    ("dumbbell", "2"), ("dumbbell", "4"), ("dumbbell_more", "6,5 9"),
    ("stack_start", "5"), ("stack_step", "5"), ("stack_top", "80"), ("add_on", "2.5"),
    ("bar", "20"), ("plate", "10"), ("plate", "5"), ("band", "red"),
)  # fmt: skip


def test_loads():
    draft, problems = read("loads", Draft(places=(GYM,)), *LOADS)
    place = draft.places[0]
    assert problems == []
    assert place.dumbbell_kg == (2, 4, 6.5, 9)
    assert place.stack is not None
    assert (place.stack.start_kg, place.stack.top_kg, place.stack.add_on_kg) == (5, 80, (2.5,))
    assert place.bar is not None
    assert place.bar.plates_kg == (5, 10)


def test_empty_loads_are_not_known():
    draft, problems = read("loads", Draft(places=(GYM,)))
    place = draft.places[0]
    assert (place.dumbbell_kg, place.stack, place.bar, problems) == ((), None, None, [])


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((("dumbbell_more", "2 big"),), "Dumbbells: “big” is not a number."),
        ((("dumbbell_more", "-2"),), "Dumbbells weigh more than 0 and at most 500; -2 is outside."),
        ((("stack_start", "5"),), "A weight stack needs its lightest plate, its step and its top; or leave all three empty."),
        ((("stack_start", "50"), ("stack_step", "5"), ("stack_top", "20")), "The stack ends at 20, below its lightest plate of 50."),
        ((("plate", "5"),), "Plates are only of use with a bar: say what the bar weighs."),
    ],
)  # fmt: skip
def test_loads_that_cannot_be(pairs, said):
    assert read("loads", Draft(places=(GYM,)), *pairs)[1] == [said]


@given(st.sampled_from(DUMBBELLS["imperial"]))
def test_pounds_come_back_as_they_were_ticked(mass_lb):
    assert in_units(in_kg(mass_lb, "imperial"), "imperial") == mass_lb


@given(st.floats(0.5, 400).map(lambda kg: round(kg, 1)))
def test_an_odd_dumbbell_comes_back_as_text(mass_kg):
    boxes, more = ticks(DUMBBELLS["metric"], [mass_kg], "metric")
    shown = [box.value for box in boxes if box.ticked] + numbers_in(more)[0]
    assert shown == pytest.approx([mass_kg])


def test_only_loads_of_the_kit_reach_the_profile():
    place = GYM.model_copy(update={"kit": ("band", "mat"), "dumbbell_kg": (2.0,), "bands": ("red",)})
    profile = profile_of(full_draft().model_copy(update={"places": (place,)}))
    assert profile is not None
    assert profile.places[0].loads == Loads(bands=("red",))
    assert not needs_loads(("mat", "wall"))


def full_draft() -> Draft:
    return draft_of(web_sample.PROFILE)


def test_draft_and_profile_are_the_same_answers():
    assert profile_of(full_draft()) == web_sample.PROFILE
    assert draft_in(full_draft().model_dump_json()) == full_draft()


def test_in_pounds_what_was_left_empty_is_in_steps_that_exist_in_pounds():
    profile = profile_of(full_draft().model_copy(update={"places": (GYM,), "units": "imperial"}))
    assert profile is not None
    loads = profile.places[0].loads
    assert [in_units(mass, "imperial") for mass in loads.dumbbell_kg[:4]] == [2, 3, 5, 8]
    assert loads.stack is not None
    assert [in_units(kg, "imperial") for kg in (loads.stack.start_kg, loads.stack.step_kg)] == [10, 10]
    assert loads.barbell is not None
    assert in_units(loads.barbell.bar_kg, "imperial") == 45


@pytest.mark.parametrize("week", [None, 20])
@pytest.mark.parametrize("after", [None, 3])
def test_pregnancy_and_birth_survive_the_way_through_a_draft(week, after):
    person = replace(
        web_sample.PROFILE.person, pregnancy_week=week, weeks_since_birth=None if week else after
    )
    profile = Profile(person=person, places=web_sample.PROFILE.places)
    assert profile_of(draft_of(profile)) == profile


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sex": "robot"}', "null"])
def test_a_draft_that_cannot_be_read_starts_anew(text):
    assert draft_in(text) == Draft()


def test_what_is_still_missing():
    assert missing_steps(Draft()) == ("you", "body", "place")
    assert profile_of(Draft()) is None
    assert missing_steps(full_draft()) == ()


def ids(draft: Draft, asking: Asking = ASKING) -> list[str]:
    return [step.id for step in path_of(draft, asking)]


def test_everybody_is_asked_about_signs_and_health():
    assert ids(Draft())[-2:] == ["signs", "health"]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"sex": "male"}, {"pregnancy": False, "pregnancy_health": False}),
        ({"state": "pregnant"}, {"pregnancy_health": True, "birth_health": False}),
        ({"state": "after_birth"}, {"pregnancy_health": False, "birth_health": True}),
        ({"screening": {"eyes": True}}, {"cleared": True}),
        ({"screening": {"eyes": False}}, {"cleared": False}),
        ({"places": (GYM,)}, {"kit": True, "loads": True}),
        ({"places": (PlaceDraft(name="Floor", kit=("mat",)),)}, {"kit": True, "loads": False}),
    ],
)
def test_who_is_asked_what(changes, asked):
    path = ids(Draft(**changes))
    assert {step: step in path for step in asked} == asked


def test_ticks_are_yes_and_the_rest_is_no():
    draft, _ = read("signs", Draft(), ("yes", "nerve"), ("yes", "made_up"))
    assert draft.screening["nerve"] is True
    assert {key for key, yes in draft.screening.items() if yes} == {"nerve"}
    signs = {q.id for q in ASKING.questions if q.asked_if == "always" and q.effect == "stop"}
    assert set(draft.screening) == signs


def test_every_question_of_the_screening_has_a_page():
    everything = (
        Draft(screening={"eyes": True}, state="pregnant"),
        Draft(screening={"eyes": True}, state="after_birth"),
    )
    asked = {q.id for draft in everything for q in due(ASKING.questions, draft)}
    assert asked == {q.id for q in ASKING.questions}


def test_steps_have_ids_of_their_own():
    assert len({step.id for step in STEPS}) == len(STEPS)
    assert step_called("nothing") is None
