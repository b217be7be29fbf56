"""Screening: what stops, what needs a clinician's word, and what changes the exercises (evidence 5.1 to 5.5)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gym
from openback.catalogue import load_catalogue
from openback.errors import BadDataFile
from openback.model.person import Profile
from openback.model.programme import Screened
from openback.training.screening import KINDS, Questions, asked, load_questions, questions_from, screen

QUESTIONS = load_questions()
ALWAYS = [q.id for q in QUESTIONS.items if q.asked_if == "always"]
ALL_NO = dict.fromkeys(ALWAYS, False)


def screened(profile: Profile, *, real: bool = False, today: date = gym.TODAY) -> Screened:
    return screen(profile, load_catalogue() if real else gym.catalogue(), QUESTIONS, today)


def yes(*ids: str) -> dict[str, bool]:
    return ALL_NO | dict.fromkeys(ids, True)


# --- Nothing, and everything ---------------------------------------------------------------------------------


def test_nobody_who_says_no_to_all_is_stopped_or_told_anything():
    found = screened(gym.profile(screening=ALL_NO))
    assert found == Screened(
        stops=(), notes=(), banned={}, preferred=frozenset(), rir_floor=0, set_cap_per_week=None
    )


def test_no_answers_stop_nobody_but_are_said():
    found = screened(gym.profile())
    assert found.stops == ()
    assert found.notes == (
        "The health questions were not answered; please answer them before the first session.",
    )


def test_some_answers_are_counted():
    found = screened(gym.profile(screening={ALWAYS[0]: False}))
    (note,) = found.notes
    assert note == (
        f"{len(ALWAYS) - 1} of {len(ALWAYS)} health questions were not answered; "
        "please answer them before the first session."
    )


# --- Red flags -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "urgent", "see"),
    [
        pytest.param("bladder_legs_saddle", True, "Call emergency services now.", id="cauda equina"),
        pytest.param(
            "chest_or_breath",
            True,
            "Call emergency services if you have it now; otherwise see a doctor today, before any exercise.",
            id="heart and lungs",
        ),
        pytest.param("head_and_neck", True, "Call emergency services now.", id="neck artery"),
        pytest.param("walking_or_hands", True, "Go to an emergency department today.", id="spinal cord"),
        pytest.param("injury", False, "See a doctor today.", id="fracture and shoulder"),
        pytest.param(
            "infection",
            False,
            "See a doctor today or tomorrow; a plain cold only needs to be over first.",
            id="infection",
        ),
        pytest.param("nerve", False, "See your doctor within days.", id="nerve"),
        pytest.param(
            "unexplained_pain",
            False,
            "See your doctor within days; with a beating lump in the belly, today.",
            id="cancer",
        ),
        pytest.param(
            "morning_stiffness",
            False,
            "See your doctor within weeks; exercise is usually part of the treatment.",
            id="inflammation",
        ),
        pytest.param(
            "heart_not_stable",
            False,
            "Talk to the doctor who treats it before any exercise.",
            id="absolute contraindication",
        ),
    ],
)
@pytest.mark.parametrize("cleared", [False, True], ids=["not cleared", "cleared"])
def test_a_red_flag_stops_whatever_a_clearance_says(question, urgent, see, cleared):
    (stop,) = screened(gym.profile(screening=yes(question, *(["cleared"] if cleared else [])))).stops
    assert (stop.id, stop.urgent, stop.see) == (question, urgent, see)
    assert stop.text == QUESTIONS[question].reason


def test_every_construct_of_the_evidence_is_asked_about():
    asked_about = " ".join(f"{q.text} {' '.join(q.signs)}" for q in QUESTIONS.items).lower()
    for sign in (
        "bowels", "saddle", "both legs", "unsteady walk", "clumsy hands", "electric shocks",
        "fragile bones", "steroids", "out of shape", "cancer", "losing weight", "night", "shoulder blades",
        "fever", "immune", "injected", "half an hour", "chest", "jaw", "breathlessness", "headache",
        "double vision", "swallowing", "numb face", "drops", "beating lump", "grows weaker", "below the elbow",
        "came out", "raise after an injury", "hot and swollen", "angina", "heart failure", "aortic", "marfan",
        "180 over 110", "160 over 100", "diabetic eye", "pacemaker", "hernia", "glaucoma", "detached retina",
        "diabetes", "fainted", "supervision", "medicine", "operation", "waters broken", "pre-eclampsia",
        "triplets", "twins", "contractions", "caesarean", "pelvic floor",
    ):  # fmt: skip
        assert sign in asked_about, sign


def test_urgent_stops_come_first():
    found = screened(
        gym.profile(screening=yes("nerve", "heart_not_stable", "walking_or_hands", "bladder_legs_saddle"))
    )
    assert [s.id for s in found.stops] == [
        "bladder_legs_saddle",
        "walking_or_hands",
        "nerve",
        "heart_not_stable",
    ]


def test_the_person_is_asked_few_questions():
    assert len(asked(gym.profile(), QUESTIONS)) <= 16


# --- Clearance -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", [q.id for q in QUESTIONS.items if q.effect == "clearance" and q.id in ALWAYS]
)
def test_a_condition_waits_for_a_clinician_and_then_stays_light(question):
    waiting = screened(gym.profile(screening=yes(question)))
    assert [stop.id for stop in waiting.stops] == [question]
    going = screened(gym.profile(screening=yes(question, "cleared")))
    assert going.stops == ()
    assert going.rir_floor == 3
    assert (
        "A clinician agreed to training, so the programme stays light to moderate: at least three reps in reserve."
        in going.notes
    )


def test_clearance_is_asked_only_when_something_needs_it():
    assert "cleared" not in [q.id for q in asked(gym.profile(screening=ALL_NO), QUESTIONS)]
    assert "cleared" in [q.id for q in asked(gym.profile(screening=yes("eyes")), QUESTIONS)]


def test_eyes_leave_out_head_down_and_straining():
    found = screened(gym.profile(screening=yes("eyes", "cleared")))
    assert set(found.banned) == {
        e.id for e in gym.all_exercises().values() if e.safety.heavy or e.safety.inverted
    }
    assert found.banned["downward_dog"] == (
        "Downward dog is left out: it puts the head below the heart, "
        "and your answers to the health questions ask for care."
    )


# --- Complaints ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("complaint", "avoided", "preferred"),
    [
        pytest.param(
            "shoulder_impingement",
            {"wide_grip_lat_pulldown", "pull_up", "overhead_shrug"},
            {
                "neutral_grip_lat_pulldown",
                "band_row",
                "side_lying_external_rotation",
                "wall_slide",
                "face_pull",
            },
            id="shoulder",
        ),
        pytest.param(
            "low_back_pain",
            {"bent_over_barbell_row", "bent_over_dumbbell_row", "barbell_shrug", "superman", "bow_pose"},
            {"inverted_row", "chest_supported_dumbbell_row", "seated_cable_row", "prone_cobra"},
            id="low back",
        ),
        pytest.param(
            "neck_pain",
            {"barbell_shrug", "cobra_pose", "bow_pose"},
            {"lateral_raise", "dumbbell_shrug", "chin_tuck", "reverse_fly", "one_arm_dumbbell_row"},
            id="neck",
        ),
        pytest.param("wrist_pain", {"push_up_plus", "downward_dog"}, {"one_arm_dumbbell_row"}, id="wrist"),
        pytest.param(
            "elbow_tendinopathy",
            {"chin_up", "underhand_lat_pulldown"},
            {"neutral_grip_lat_pulldown", "straight_arm_pulldown"},
            id="elbow",
        ),
        pytest.param(
            "hypermobility",
            {"scapular_pull_up", "doorway_chest_stretch", "supine_hamstring_stretch", "puppy_pose"},
            set(),
            id="hypermobility",
        ),
        pytest.param(
            "osteoporosis",
            {"thread_the_needle"},
            {"chest_supported_dumbbell_row", "wall_angel"},
            id="osteoporosis",
        ),
        pytest.param(
            "thoracic_outlet", {"dumbbell_shrug"}, {"dumbbell_shrug_30", "wall_slide"}, id="thoracic outlet"
        ),
    ],
)
def test_a_complaint_changes_the_exercises(complaint, avoided, preferred):
    found = screened(gym.profile(screening=ALL_NO, complaints=(complaint,)), real=True)
    assert avoided <= set(found.banned)
    assert preferred <= found.preferred
    assert not set(found.banned) & found.preferred
    known = load_catalogue().complaints[complaint]
    assert f"{known.name}: {known.rule}" in found.notes
    for banned in avoided:
        assert known.name[1:] in found.banned[banned]


@pytest.mark.parametrize(
    ("complaint", "floor"), [("hypermobility", 4), ("osteoporosis", 3), ("wrist_pain", 0)]
)
def test_some_complaints_keep_reps_in_reserve(complaint, floor):
    assert screened(gym.profile(screening=ALL_NO, complaints=(complaint,))).rir_floor == floor


def test_an_exercise_that_is_wrong_for_one_complaint_is_not_preferred_for_another():
    found = screened(gym.profile(complaints=("low_back_pain", "shoulder_impingement")))
    assert "wide_grip_lat_pulldown" in found.banned
    assert "wide_grip_lat_pulldown" not in found.preferred


# --- Pregnancy and after -----------------------------------------------------------------------------------------


def kinds_left_out(found: Screened) -> set[str]:
    exercises = gym.all_exercises()
    return {
        kind
        for kind, (is_one, _) in KINDS.items()
        if (members := {e.id for e in exercises.values() if is_one(e)}) and members <= set(found.banned)
    }


@pytest.mark.parametrize(
    ("week", "left_out"),
    [
        pytest.param(4, {"heavy"}, id="first trimester"),
        pytest.param(12, {"heavy"}, id="last week before the second"),
        pytest.param(13, {"heavy", "prone", "hanging"}, id="second trimester"),
        pytest.param(15, {"heavy", "prone", "hanging"}, id="before week 16"),
        pytest.param(16, {"heavy", "prone", "hanging", "supine"}, id="from week 16"),
        pytest.param(42, {"heavy", "prone", "hanging", "supine"}, id="at term"),
    ],
)
def test_pregnancy_week_by_week(week, left_out):
    found = screened(gym.profile(pregnancy_week=week))
    assert kinds_left_out(found) == left_out
    assert found.rir_floor == 3
    assert any(note.startswith(f"Week {week} of pregnancy: no maximal loads") for note in found.notes)


def test_the_sentence_of_a_pregnancy_ban():
    found = screened(gym.profile(pregnancy_week=20))
    assert found.banned["prone_y_raise"] == (
        "Prone y raise is left out: it is done face down, and you are in week 20 of pregnancy."
    )


def test_feeling_unwell_on_the_back_leaves_supine_out_at_any_week():
    found = screened(gym.profile(pregnancy_week=8, screening={"unwell_on_back": True}))
    assert "supine" in kinds_left_out(found)
    assert "Nothing is done lying on your back, since that makes you feel unwell." in found.notes


@pytest.mark.parametrize(
    ("question", "stops", "urgent"),
    [
        ("pregnancy_warning", True, True),
        ("pregnancy_not_now", True, False),
        ("pregnancy_ask_first", True, False),
    ],
)
def test_pregnancy_questions_stop(question, stops, urgent):
    found = screened(gym.profile(pregnancy_week=20, screening={question: True}))
    assert bool(found.stops) == stops
    assert found.stops[0].urgent == urgent


def test_pregnancy_answers_count_only_for_the_pregnant():
    found = screened(gym.profile(screening=yes("pregnancy_warning")))
    assert found.stops == ()


@pytest.mark.parametrize(
    ("weeks", "checked", "left_out", "cap", "rir"),
    [
        pytest.param(2, False, {"heavy", "loaded", "hanging", "plank"}, 6, 3, id="early, not checked"),
        pytest.param(2, True, {"heavy"}, None, 3, id="early, checked"),
        pytest.param(6, False, {"heavy"}, None, 3, id="from six weeks"),
        pytest.param(11, False, {"heavy"}, None, 3, id="before twelve weeks"),
        pytest.param(12, False, set(), None, 0, id="from twelve weeks"),
    ],
)
def test_weeks_after_birth(weeks, checked, left_out, cap, rir):
    found = screened(gym.profile(weeks_since_birth=weeks, screening={"birth_checked": checked}))
    assert kinds_left_out(found) - {"inverted"} == left_out  # the only head-down pose here is a plank
    assert (found.set_cap_per_week, found.rir_floor) == (cap, rir)


# --- Age ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "stops", "rir"),
    [
        pytest.param(date(2013, 11, 22), True, 3, id="thirteen today"),
        pytest.param(date(2012, 11, 22), False, 3, id="fourteen today"),
        pytest.param(date(2008, 11, 23), False, 3, id="eighteen tomorrow"),
        pytest.param(date(2008, 11, 22), False, 0, id="eighteen today"),
    ],
)
def test_young_people(born, stops, rir):
    found = screened(gym.profile(birth_date=born, screening=ALL_NO))
    assert bool(found.stops) == stops
    assert found.rir_floor == rir
    if stops:
        assert found.stops[0].text == (
            "At 13 strength training is good, but with somebody who teaches it beside you; "
            "Openback plans from 14 years on."
        )


# --- The file ----------------------------------------------------------------------------------------------------


def test_every_source_is_known():
    known = load_catalogue().sources
    assert [s for q in QUESTIONS.items for s in q.sources if s not in known] == []


def test_all_problems_of_the_file_are_told_at_once():
    with pytest.raises(BadDataFile) as problem:
        questions_from(
            """
            [rules]
            youngest_years = -1
            grown_up_years = 18
            careful_rir = 3
            supine_from_week = 16
            prone_from_week = 13
            hanging_from_week = 13
            after_birth_gentle_weeks = 6
            after_birth_light_weeks = 12
            gentle_sets_per_week = 6.5
            [[question]]
            id = "one"
            group = "Group"
            text = "Text?"
            effect = "explode"
            rank = 1
            reason = "Reason."
            see = ""
            avoid = ["flying"]
            """
        )
    assert str(problem.value) == (
        "screening.toml has 5 problems:\n"
        "- question[1].effect is 'explode', it must be one of stop, clearance, clears, caution\n"
        "- question[1].avoid is 'flying', it must be one of heavy, inverted, overhead, hanging, plank, supine, "
        "prone, loaded\n"
        "- question[1].see must be a text\n"
        "- rules.youngest_years must be a number of 0 or more\n"
        "- rules.gentle_sets_per_week must be a whole number"
    )


def test_a_file_that_is_no_toml():
    with pytest.raises(BadDataFile, match=r"^screening.toml has 1 problem:\n- it is not TOML: "):
        questions_from("[[question")


# --- Properties ----------------------------------------------------------------------------------------------------


@given(
    answers=st.dictionaries(st.sampled_from(QUESTIONS.ids), st.booleans()),
    complaints=st.lists(st.sampled_from(sorted(gym.catalogue().complaints)), unique=True),
    week=st.none() | st.integers(1, 42),
)
def test_more_yes_never_allows_more(answers, complaints, week):
    """Taking back one yes (a clinician's word apart) never adds a stop or a ban."""
    profile = gym.profile(screening=answers, complaints=tuple(complaints), pregnancy_week=week)
    full = screened(profile)
    for question in [key for key, value in answers.items() if value and not QUESTIONS[key].clears]:
        fewer = screened(
            gym.profile(
                screening=answers | {question: False}, complaints=tuple(complaints), pregnancy_week=week
            )
        )
        assert {s.id for s in fewer.stops} <= {s.id for s in full.stops}
        assert set(fewer.banned) <= set(full.banned)
        assert fewer.rir_floor <= full.rir_floor


def test_the_questions_are_a_value():
    assert isinstance(QUESTIONS, Questions)
    assert questions_from() == QUESTIONS
