"""Desk tests, pain diary and findings as the app keeps them, and what the programme and Today make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

import desk_takes
from living import PROFILE, Clock, living
from openback.errors import BadPainNote, BadTestResult, NoProfileYet, NoTestTold, NotFound, TrainingStopped
from openback.model.journal import DeskTest, PainNote, PostureCheck, PostureReading
from openback.model.posture import SeenFrame
from openback.services import desk_tests, pain, people, planning, sessions
from openback.services.findings import findings, with_diary
from openback.services.screened import screened_now
from openback.services.today import today
from openback.services.who import known_profile


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


@pytest.fixture
def newcomer(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as app:
        yield app


def hurts(app, place="neck", level=4, *signs, days_ago=0):
    note = PainNote(
        id=uuid4(), at=app.now() - timedelta(days=days_ago), place=place, level=level, signs=signs
    )
    return pain.note_pain(app, note)


def often(app, place="neck"):
    for days_ago in (9, 5, 1):
        hurts(app, place, days_ago=days_ago)


def hunched(app, value=40.0):
    """Keep two posture checks whose shoulders sit further forward than is usual, whatever that is."""
    for days_ago in (14, 1):
        reading = PostureReading(value=value, low=value - 1, high=value + 1, frames=40)
        app.store.put_entry(
            app.person_id,
            PostureCheck(
                id=uuid4(),
                at=app.now() - timedelta(days=days_ago),
                by="camera",
                readings={"shoulders_forward_deg": reading},
            ),
        )


def programme_of(app):
    return app.store.latest_programme(app.person_id).programme


# --- Desk tests ------------------------------------------------------------------------------------------


def test_before_the_questions_there_are_no_tests(newcomer):
    with pytest.raises(NoProfileYet):
        desk_tests.tests(newcomer)
    assert findings(newcomer) == ()


def test_every_test_before_the_first_result(anna):
    views = desk_tests.tests(anna)
    assert [view.id for view in views] == [
        "straight_leg_raise",
        "finger_to_floor",
        "shoulder_reach",
        "wall_angel",
    ]
    for view in views:
        assert view.last_at is None
        assert all(side.last is None and side.trend == "" for side in view.sides)
        assert view.what_to_do == ()
        assert view.not_for_you == ""
        assert view.sources


def test_a_take_is_judged_and_nothing_is_kept(anna):
    view = desk_tests.judge_take(
        anna, "straight_leg_raise", "left", desk_takes.take("straight_leg_raise", 50.0)
    )
    assert view.result.result.value == pytest.approx(50, abs=0.5)
    assert view.result.verdict == "limited"
    assert view.result.said == "50 degrees, four times in five between 44 and 56 degrees."
    assert [one.exercise.id for one in view.what_to_do] == [
        "supine_hamstring_stretch",
        "standing_hamstring_stretch",
    ]
    assert view.undo is None
    assert desk_tests.test(anna, "straight_leg_raise").last_at is None


def test_a_take_is_kept_and_taken_back(anna):
    view = desk_tests.keep_take(
        anna, "straight_leg_raise", "left", desk_takes.take("straight_leg_raise", 50.0)
    )
    shown = desk_tests.test(anna, "straight_leg_raise")
    assert shown.sides[0].last == view.result
    assert shown.sides[1].last is None
    anna.store.undo(anna.person_id, view.undo)
    assert desk_tests.test(anna, "straight_leg_raise").last_at is None


def test_a_take_of_no_use_says_what_to_change(anna):
    view = desk_tests.judge_take(
        anna, "straight_leg_raise", "left", desk_takes.take("straight_leg_raise", 50.0, yaw_deg=0.0)
    )
    assert view.result is None
    assert [(one.problem, one.said) for one in view.problems] == [
        ("wrong_view", "The phone has to see you from the side: turn a quarter, or move the phone.")
    ]
    with pytest.raises(NoTestTold) as error:
        desk_tests.keep_take(anna, "straight_leg_raise", "left", ())
    assert str(error.value) == (
        "Nothing can be told from this take. Too little was seen: hold the place for two seconds, and let the phone "
        "stand still."
    )


def test_the_other_leg_is_named(anna):
    view = desk_tests.judge_take(
        anna, "straight_leg_raise", "left", desk_takes.take("straight_leg_raise", 70.0, "right")
    )
    assert view.problems[0].said == "The other leg went up: lift the left one, or choose the other side."


def test_a_number_by_hand(anna):
    view = desk_tests.keep_hand(anna, "finger_to_floor", "both", 20, "cm")
    assert (view.result.said, view.result.verdict) == ("20 cm above the floor.", "limited")
    assert view.result.result.low is None
    inches = desk_tests.judge_hand(anna, "finger_to_floor", "both", 4, "in")
    assert inches.result.result.value == pytest.approx(10.2)


def test_somebody_who_reads_inches_is_told_inches_and_centimetres_are_kept(anna):
    anna.store.put_profile(
        anna.person_id, replace(PROFILE, person=replace(PROFILE.person, units="imperial")), at=anna.now()
    )
    view = desk_tests.keep_hand(anna, "finger_to_floor", "both", 8, "in")
    assert view.result.said == "8 in above the floor."
    assert view.result.against == "That is less than usual: most come to 4 inches or nearer."
    assert (view.result.result.unit, view.result.result.value) == ("in", pytest.approx(8.0, abs=0.02))
    (kept,) = anna.store.entries(anna.person_id, DeskTest)
    assert (kept.unit, kept.value) == ("cm", pytest.approx(20.3))
    shown = desk_tests.test(anna, "finger_to_floor")
    assert (shown.rule.unit, shown.sides[0].last.verdict) == ("in", "limited")
    assert [round(zone.high) for zone in shown.zones][-1] == round(shown.rule.span[1])
    desk_tests.keep_hand(anna, "finger_to_floor", "both", 2, "in")
    assert desk_tests.test(anna, "finger_to_floor").sides[0].trend == "6 inches freer than at first."
    assert desk_tests.test(anna, "straight_leg_raise").rule.unit == "deg"


@pytest.mark.parametrize(
    ("side", "value", "unit", "sentence"),
    [
        ("left", 5, "cm", "the side is 'left', this test has both"),
        ("both", 500, "cm", "500 is not between -30 and 90 cm"),
        ("both", float("nan"), "cm", "nan is not between -30 and 90 cm"),
        ("both", 5, "deg", "the unit is 'deg', this test is measured in 'cm'"),
        (
            "left",
            5,
            "deg",
            "the side is 'left', this test has both; the unit is 'deg', this test is measured in 'cm'",
        ),
    ],
)
def test_a_number_that_cannot_be(anna, side, value, unit, sentence):
    with pytest.raises(BadTestResult) as error:
        desk_tests.keep_hand(anna, "finger_to_floor", side, value, unit)
    assert str(error.value) == f"This result cannot be kept: {sentence}."
    assert desk_tests.test(anna, "finger_to_floor").last_at is None


def test_a_time_that_cannot_be(anna):
    with pytest.raises(BadTestResult, match=r"the time is in the days to come\.$"):
        desk_tests.keep_hand(anna, "finger_to_floor", "both", 5, "cm", at=anna.now() + timedelta(days=1))
    with pytest.raises(BadTestResult, match=r"the time needs its time zone\.$"):
        desk_tests.keep_hand(anna, "finger_to_floor", "both", 5, "cm", at=anna.now().replace(tzinfo=None))


def test_a_test_that_is_not_there(anna):
    with pytest.raises(NotFound):
        desk_tests.test(anna, "handstand")


def test_results_over_time(anna, clock):
    for value in (50, 55, 64):
        desk_tests.keep_hand(anna, "straight_leg_raise", "left", value, "deg")
        clock.on(days=7)
    side = desk_tests.test(anna, "straight_leg_raise").sides[0]
    assert [one.result.value for one in side.results] == [64, 55, 50]
    assert (side.trend, side.changed) == ("14 degrees freer than at first.", True)
    desk_tests.delete_result(anna, side.results[0].result.id)
    side = desk_tests.test(anna, "straight_leg_raise").sides[0]
    assert (side.trend, side.changed) == ("No real change yet: less than 10 degrees can be chance.", False)


def test_lying_down_late_in_pregnancy_and_bending_with_fragile_bones(anna):
    person = replace(PROFILE.person, pregnancy_week=20, complaints=("osteoporosis",))
    anna.store.put_profile(anna.person_id, replace(PROFILE, person=person), at=anna.now())
    said = {view.id: view.not_for_you for view in desk_tests.tests(anna)}
    assert said == {
        "straight_leg_raise": "Leave this one out for now: it is done lying on the back, and you are in week 20 of "
        "pregnancy.",
        "finger_to_floor": "Leave this one out because of this: thin or fragile bones.",
        "shoulder_reach": "",
        "wall_angel": "",
    }


# --- The pain diary --------------------------------------------------------------------------------------


def test_an_empty_diary(anna):
    view = pain.pain(anna)
    assert (view.notes, view.days, view.advice, view.trend, view.stops) == ((), (), (), "", False)
    assert view.always.startswith("This diary is no diagnosis.")
    assert all(one.level is None for one in view.places)


def test_the_diary_begins_with_the_questions(newcomer):
    with pytest.raises(NoProfileYet):
        hurts(newcomer, "neck", 4)
    assert pain.pain(newcomer).notes == ()


def test_notes_days_and_levels(anna):
    hurts(anna, "neck", 4, days_ago=3)
    hurts(anna, "neck", 2, days_ago=1)
    hurts(anna, "lower_back", 5, days_ago=1)
    view = pain.pain(anna)
    assert [note.level for note in view.notes][-1] == 4
    assert [(day.level, dict(day.by_place)) for day in view.days] == [
        (4, {"neck": 4}),
        (5, {"neck": 2, "lower_back": 5}),
    ]
    neck = next(one for one in view.places if one.place.id == "neck")
    assert (neck.level, neck.days_28) == (2, 2)


def test_a_note_is_taken_back(anna):
    change = hurts(anna)
    anna.store.undo(anna.person_id, change.token)
    assert pain.pain(anna).notes == ()
    hurts(anna)
    pain.delete_note(anna, pain.pain(anna).notes[0].id)
    assert pain.pain(anna).notes == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": "tail"}, "no place is called 'tail'"),
        ({"level": 11}, "the level is 11, it must be 0 to 10"),
        ({"level": -1}, "the level is -1, it must be 0 to 10"),
        ({"signs": ("hunger",)}, "no sign is called 'hunger'"),
        ({"note": "a" * 1001}, "the words are longer than 1,000 characters"),
        (
            {"place": "tail", "level": 12},
            "no place is called 'tail'; the level is 12, it must be 0 to 10",
        ),
    ],
)
def test_a_note_that_cannot_be(anna, change, sentence):
    note = PainNote(id=uuid4(), at=anna.now(), place="neck", level=3)
    with pytest.raises(BadPainNote) as error:
        pain.note_pain(anna, replace(note, **change))
    assert str(error.value) == f"This note cannot be kept: {sentence}."
    assert pain.pain(anna).notes == ()


# --- What the programme makes of it ----------------------------------------------------------------------


def test_without_findings_train_and_today_are_as_they_were(anna):
    assert findings(anna) == ()
    assert planning.train(anna).findings == ()
    assert today(anna).stopped == ()
    profile = known_profile(anna)
    assert with_diary(anna, profile) is profile


def test_a_limited_test_is_a_finding_until_the_plan_answers(anna):
    desk_tests.keep_hand(anna, "straight_leg_raise", "left", 50, "deg")
    desk_tests.keep_hand(anna, "straight_leg_raise", "right", 90, "deg")
    (one,) = planning.train(anna).findings
    assert one.text == "Straight-leg raise: 50 degrees on the left on 23 November, less than usual."
    assert (one.kind, one.in_plan) == ("test", False)
    planning.take_up_findings(anna)
    view = planning.train(anna)
    assert [found.in_plan for found in view.findings] == [True]
    assert view.findings[0].answer.startswith("The plan gives the backs of your thighs at least ")
    assert not any(reason.startswith("Straight-leg raise: ") for reason in view.reasons), "said once"
    assert any(
        reason.startswith(f"{one.text} The plan gives the backs of your thighs")
        for reason in programme_of(anna).reasons
    )
    planning.undo_plan(anna)
    assert not planning.train(anna).findings[0].in_plan


def test_both_sides_are_told_together(anna):
    desk_tests.keep_hand(anna, "straight_leg_raise", "left", 50, "deg")
    desk_tests.keep_hand(anna, "straight_leg_raise", "right", 55, "deg")
    assert findings(anna)[0].text == (
        "Straight-leg raise: 50 degrees on the left and 55 degrees on the right on 23 November, less than usual."
    )


def test_a_newer_result_and_time_end_a_finding(anna, clock):
    desk_tests.keep_hand(anna, "straight_leg_raise", "left", 50, "deg")
    clock.on(days=7)
    desk_tests.keep_hand(anna, "straight_leg_raise", "left", 70, "deg")
    assert findings(anna) == ()
    desk_tests.keep_hand(anna, "wall_angel", "both", 90, "deg")
    assert [one.id for one in findings(anna)] == ["wall_angel"]
    clock.on(days=90)
    assert findings(anna) == ()


def test_hunched_shoulders_come_from_the_posture_checks(anna):
    hunched(anna)
    (one,) = findings(anna)
    assert (one.id, one.kind) == ("shoulders_forward", "posture")
    assert one.text == "Posture check: shoulders that sit forward in your last checks, more than is usual."
    before = programme_of(anna).weekly_sets
    planning.take_up_findings(anna)
    after = programme_of(anna).weekly_sets
    assert sum(after[m] for m in ("rhomboids", "trapezius_middle", "posterior_deltoid")) > sum(
        before[m] for m in ("rhomboids", "trapezius_middle", "posterior_deltoid")
    )
    assert planning.train(anna).findings[0].in_plan


def test_repeated_pain_is_a_complaint_for_the_programme(anna):
    assert "neck_pain" not in known_profile(anna).person.complaints
    often(anna)
    profile = known_profile(anna)
    assert with_diary(anna, profile).person.complaints == ("neck_pain",)
    assert profile.person.complaints == (), "what the person told stays as they told it"
    assert screened_now(anna, profile).banned
    view = planning.train(anna)
    assert [(one.id, one.kind, one.in_plan) for one in view.findings] == [("neck_pain", "pain", False)]
    assert view.findings[0].text.startswith(
        "Pain diary: your neck hurt on 3 days in 4 weeks, up to 4 of 10. Rows, reverse flies,"
    )
    assert not any(note.startswith("Sore neck: ") for note in view.notes), (
        "the plan does not go easy on it yet"
    )
    planning.take_up_findings(anna)
    view = planning.train(anna)
    assert view.findings[0].in_plan
    assert view.findings[0].text == "Pain diary: your neck hurt on 3 days in 4 weeks, up to 4 of 10."
    assert view.findings[0].answer == "The plan goes easy on it."
    assert any(note.startswith("Sore neck: ") for note in view.notes)
    banned = screened_now(anna, profile).banned
    assert not {item.exercise for s in programme_of(anna).sessions if s.week > 1 for item in s.items} & set(
        banned
    )


def test_a_complaint_that_was_told_is_no_news(anna):
    person = replace(PROFILE.person, complaints=("neck_pain",))
    anna.store.put_profile(anna.person_id, replace(PROFILE, person=person), at=anna.now())
    often(anna)
    assert findings(anna) == ()


def test_a_quiet_diary_lets_a_complaint_go(anna, clock):
    often(anna)
    clock.on(days=30)
    assert findings(anna) == ()
    assert with_diary(anna, known_profile(anna)).person.complaints == ()


# --- Red flags -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["numb", "spreads", "night", "injury", "fever", "bladder"])
def test_a_red_flag_stops_today_until_a_clinician_has_looked(anna, clock, sign):
    hurts(anna, "lower_back", 3, sign)
    view = today(anna)
    assert view.session is None
    assert view.stopped == tuple(
        f"{one.text} {one.see}" for one in pain.pain(anna).advice if one.kind == "stop"
    )
    assert people.profile_of(anna) is not None
    for begin in (lambda: sessions.begin(anna, 1, 1), lambda: sessions.begin_free(anna)):
        with pytest.raises(TrainingStopped) as stopped:
            begin()
        assert str(stopped.value) == f"No session is begun now. {' '.join(view.stopped)}"
    assert anna.store.sessions_between(anna.person_id) == ()
    clock.on(hours=2)
    hurts(anna, "lower_back", 2, "seen")
    assert today(anna).stopped == ()
    assert sessions.begin(anna, 1, 1)
    assert today(anna).session is not None, "the programme waited"


def test_what_the_screening_stops_and_what_the_diary_stops_come_together(anna):
    stopped = replace(PROFILE, screening={**PROFILE.screening, "nerve": True})
    anna.store.put_profile(anna.person_id, stopped, at=anna.now())
    hurts(anna, "lower_back", 3, "bladder")
    assert today(anna).stopped[0].endswith("Call emergency services now.")
    assert len(today(anna).stopped) == 2


def test_kept_results_and_notes_are_frozen_values(anna):
    desk_tests.keep_hand(anna, "wall_angel", "both", 130, "deg")
    (kept,) = anna.store.entries(anna.person_id, DeskTest)
    assert (kept.by, kept.value, kept.unit) == ("hand", 130, "deg")
    frames = [SeenFrame(frame=one.frame, people=2) for one in desk_takes.take("wall_angel", 130.0)]
    assert desk_tests.judge_take(anna, "wall_angel", "both", frames).problems[0].said == (
        "There were two people in the picture: let only you be in it."
    )
