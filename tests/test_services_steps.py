"""The thirty steps on a real log: what counts, what is kept, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from living import PROFILE, RED_FLAG, Clock, a_set, living, train_on
from openback.model.clip import Clip
from openback.model.journal import Away, CoachedSet, CycleNote, FlowDone, StepReached
from openback.model.log import FLOW_SOURCE, SessionLog
from openback.model.motion import CannotTell, FaultSeen, RepReport, SetReport, View
from openback.motion.engine import SetWatcher
from openback.motion.synthesis.made_set import SetPlan, made_set
from openback.services import away, people, planning, sessions
from openback.services.demo_steps import live_steps
from openback.services.steps import celebrated, steps
from openback.web.coaching import best_yaw_deg

ROW, PULL, SHRUG, POSE = "one_arm_dumbbell_row", "wide_grip_lat_pulldown", "dumbbell_shrug", "sphinx_pose"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def free_session(app, *sets, ended=True, source=""):
    """Log a session outside the programme: exercise and values of each set."""
    at = app.now()
    log = SessionLog(
        id=uuid4(), started_at=at, ended_at=at + timedelta(minutes=30) if ended else None, source=source
    )
    app.store.put_session(app.person_id, log)
    kept = [
        a_set(log.id, exercise, at + timedelta(minutes=n), **more) for n, (exercise, more) in enumerate(sets)
    ]
    for one in kept:
        app.store.put_set(app.person_id, one)
    return log.id, kept


def reached(app):
    return {one.id: one.reached_on for one in steps(app).reached}


def coached(app, one, *, faults=(), untold=()):
    told = CoachedSet(id=one.id, at=one.at, exercise=one.exercise, faults=faults, untold=untold)
    app.store.put_entry(app.person_id, told)


# --- Nothing yet, and the first session ----------------------------------------------------------------


def test_before_anything_the_first_session_is_next(anna):
    view = steps(anna)
    assert len(view.steps) == 30
    assert view.reached == view.fresh == view.near == ()
    assert view.next_step.id == "first_session"
    assert (view.streak_weeks, view.best_weeks, view.weeks) == (0, 0, ())


def test_without_a_person_there_are_steps_and_none_is_reached(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as nobody:
        assert steps(nobody).reached == ()


def test_the_first_session_is_reached_when_it_ends(anna, clock):
    session_id = sessions.begin(anna, 1, 1)
    exercise = sessions.session(anna, session_id).steps[0].exercise.id
    sessions.put_set(anna, a_set(session_id, exercise, clock()))
    assert reached(anna) == {}
    train_on(anna, 1, 1)
    assert reached(anna)["first_session"] == anna.today
    assert steps(anna).streak_weeks == 0  # one of three is not half of the week yet


def test_a_session_without_a_work_set_is_none(anna):
    free_session(anna, (ROW, {"kind": "warm_up"}))
    free_session(anna)
    assert reached(anna) == {}


def test_what_is_reached_stays_when_the_log_is_gone(anna, clock):
    session_id, _ = free_session(anna, (ROW, {}))
    day = anna.today
    assert reached(anna) == {"first_session": day}
    sessions.discard(anna, session_id)
    clock.on(days=3)
    assert reached(anna) == {"first_session": day}
    assert steps(anna).steps[0].share == 1


def test_a_step_is_celebrated_once(anna):
    free_session(anna, (ROW, {}))
    fresh = steps(anna).fresh
    assert [one.id for one in fresh] == ["first_session"]
    assert [one.id for one in steps(anna).fresh] == ["first_session"]  # looking is not celebrating
    celebrated(anna, fresh)
    celebrated(anna, fresh)
    assert steps(anna).fresh == ()
    assert anna.store.entries(anna.person_id, StepReached) == (
        StepReached(step="first_session", on=anna.today, shown=True),
    )


def test_a_step_of_another_version_is_passed_by(anna):
    anna.store.put_entry(anna.person_id, StepReached(step="no_such_step", on=anna.today))
    assert steps(anna).reached == ()


# --- Consistency -----------------------------------------------------------------------------------


def test_sessions_add_up_and_say_how_far_it_is(anna, clock):
    for _ in range(7):
        free_session(anna, (ROW, {}))
        clock.on(days=1)
    ten = next(one for one in steps(anna).steps if one.id == "ten_sessions")
    assert (ten.so_far, ten.share, ten.reached_on) == ("7 of 10 sessions", pytest.approx(0.7), None)
    assert ten in {steps(anna).next_step, *steps(anna).near}


def test_a_whole_week_needs_every_session_of_it(anna, clock):
    for day, wait in ((1, 2), (2, 2)):
        train_on(anna, 1, day)
        clock.on(days=wait)
    assert "whole_week" not in reached(anna)
    train_on(anna, 1, 3)
    assert reached(anna)["whole_week"] == anna.today
    assert steps(anna).streak_weeks == 1


def test_a_flow_is_a_break_and_no_session(anna):
    free_session(anna, ("lateral_raise", {"hold_s": 30.0, "reps": None}), source=FLOW_SOURCE)
    done = FlowDone(id=uuid4(), at=anna.now(), flow="band_break", planned_s=120, done_s=120)
    anna.store.put_entry(anna.person_id, replace(done, id=uuid4(), finished=False))
    assert reached(anna) == {}
    anna.store.put_entry(anna.person_id, done)
    assert reached(anna) == {"first_break": anna.today}


def test_coming_back_after_two_weeks_is_a_step(anna, clock):
    free_session(anna, (ROW, {}))
    clock.on(days=13)
    free_session(anna, (ROW, {}))
    assert "come_back" not in reached(anna)
    clock.on(days=14)
    free_session(anna, (ROW, {}))
    assert reached(anna)["come_back"] == anna.today


def test_an_easy_week_that_was_done_is_rest_on_purpose(anna, clock):
    train_on(anna, 1, 1)
    planning.deload(anna)
    clock.on(days=2)
    assert "rest_on_purpose" not in reached(anna)
    train_on(anna, 1, 2)
    assert reached(anna)["rest_on_purpose"] == anna.today


# --- The row of weeks ----------------------------------------------------------------------------------


def two_of_three(app, clock, week):
    """Do two sessions of a week, and let it pass."""
    for day, wait in ((1, 2), (2, 5)):
        train_on(app, week, day)
        clock.on(days=wait)


def weeks_told(app):
    view = steps(app)
    return view.streak_weeks, view.streak.states


def test_a_week_with_too_little_ends_the_row(anna, clock):
    two_of_three(anna, clock, 1)
    assert weeks_told(anna) == (1, ("kept", "open"))
    train_on(anna, 2, 1)
    clock.on(days=7)
    assert weeks_told(anna) == (0, ("kept", "broken", "open"))


@pytest.mark.parametrize("why", ["illness", "period", "holiday", "pause"])
def test_a_day_away_pauses_the_row(anna, clock, why):
    two_of_three(anna, clock, 1)
    first = anna.today
    clock.on(days=7)
    assert weeks_told(anna)[0] == 0
    told = Away(id=uuid4(), first_on=first, last_on=first + timedelta(days=1), why=why)
    away.put_away(anna, told)
    assert weeks_told(anna) == (1, ("kept", "paused", "open"))


def test_a_period_in_the_cycle_notes_need_not_be_told_twice(anna, clock):
    two_of_three(anna, clock, 1)
    day = anna.today
    clock.on(days=7)
    anna.store.put_entry(anna.person_id, CycleNote(on=day, bleeding=0))
    assert weeks_told(anna)[0] == 0
    anna.store.put_entry(anna.person_id, CycleNote(on=day, bleeding=2))
    assert weeks_told(anna)[0] == 1


def test_sessions_that_were_skipped_are_not_expected(anna, clock):
    two_of_three(anna, clock, 1)
    for day in (1, 2, 3):
        planning.skip(anna, 2, day)
    clock.on(days=7)
    assert weeks_told(anna) == (1, ("kept", "paused", "open"))


def test_a_week_in_which_no_training_was_advised_pauses_the_row(anna, clock):
    two_of_three(anna, clock, 1)
    people.keep_profile(anna, RED_FLAG)
    clock.on(days=7)
    assert weeks_told(anna)[0] == 1
    people.keep_profile(anna, PROFILE)
    clock.on(days=14)
    assert weeks_told(anna)[0] == 0


# --- Skill -----------------------------------------------------------------------------------------


def grave(app, exercise, severity):
    return next(rule.id for rule in app.catalogue.exercises[exercise].faults if rule.severity == severity)


def test_a_set_that_nobody_watched_is_not_clean(anna):
    free_session(anna, (ROW, {}))
    assert not {"first_watched", "first_clean"} & reached(anna).keys()


def test_the_coach_saw_nothing_to_correct(anna):
    _, (row, pull, shrug) = free_session(anna, (ROW, {}), (PULL, {}), (SHRUG, {}))
    for one in (row, pull, shrug):
        coached(anna, one)
    assert {
        "first_watched",
        "first_clean",
        "clean_row",
        "clean_pulldown",
        "clean_shrug",
        "clean_session",
    } <= (reached(anna).keys())


def test_a_pose_held_before_the_camera(anna):
    _, (pose,) = free_session(anna, (POSE, {"reps": None, "hold_s": 30.0}))
    coached(anna, pose)
    assert "clean_pose" in reached(anna)


@pytest.mark.parametrize(
    ("reps", "faults", "untold"),
    [
        pytest.param(4, (), (), id="too few reps"),
        pytest.param(10, ("danger",), (), id="a danger"),
        pytest.param(10, ("form",), (), id="a fault of form"),
        pytest.param(10, (), ("danger",), id="a danger that could not be told"),
        pytest.param(10, (), ("all of form",), id="nothing of form could be told"),
    ],
)
def test_watched_but_not_clean(anna, reps, faults, untold):
    _, (pull,) = free_session(anna, (PULL, {"reps": reps}))
    rules = anna.catalogue.exercises[PULL].faults
    form = tuple(rule.id for rule in rules if rule.severity == "form")
    hidden = form if untold == ("all of form",) else tuple(grave(anna, PULL, one) for one in untold)
    coached(anna, pull, faults=tuple(grave(anna, PULL, one) for one in faults), untold=hidden)
    assert "first_watched" in reached(anna)
    assert "first_clean" not in reached(anna)


def test_polish_leaves_a_set_clean(anna):
    _, (pull,) = free_session(anna, (PULL, {}))
    coached(anna, pull, faults=(grave(anna, PULL, "polish"),))
    assert "first_clean" in reached(anna)


REP = RepReport(
    n=1,
    start_s=0,
    peak_s=1,
    end_s=2,
    range=90,
    range_share=1,
    lift_s=1,
    hold_s=0,
    lower_s=1,
    peak_speed_per_s=1,
)
SEEN = SetReport(
    exercise=PULL,
    frames=300,
    duration_s=10,
    fps=30,
    pose_found=1,
    view=View(name="back", yaw_deg=180),
    reps=(REP,),
)


@pytest.mark.parametrize(
    ("report", "watched", "clean"),
    [
        pytest.param(SEEN, True, True, id="clean"),
        pytest.param(replace(SEEN, another=ROW), False, False, id="another exercise"),
        pytest.param(replace(SEEN, reps=()), False, False, id="nothing counted"),
        pytest.param(None, False, False, id="not read yet"),
        pytest.param(
            replace(
                SEEN,
                faults=(
                    FaultSeen(
                        id="behind_neck",
                        severity="danger",
                        rep=1,
                        at_s=1,
                        value=0,
                        limit=1,
                        unit="",
                        cue="Front.",
                    ),
                ),
                cannot_tell=(CannotTell(id="swing", why="From here.", remedy="Turn."),),
            ),
            True,
            False,
            id="a danger",
        ),
    ],
)
def test_a_clip_tells_as_the_coach_does(anna, report, watched, clean):
    session_id, (pull,) = free_session(anna, (PULL, {}))
    if report is not None and report.faults:
        danger = replace(report.faults[0], id=grave(anna, PULL, "danger"))
        report = replace(report, faults=(danger,))
    clip = Clip(
        id=uuid4(), session_id=session_id, set_id=pull.id, exercise=PULL, at=anna.now(), report=report
    )
    anna.store.put_clip(anna.person_id, clip)
    assert ("first_watched" in reached(anna), "first_clean" in reached(anna)) == (watched, clean)


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", [PULL, ROW, SHRUG])
def test_a_good_set_of_a_classic_is_clean_from_its_best_side(anna, exercise_id):
    """What makes a set clean can be told by a camera that stands where the exercise asks for."""
    exercise = anna.catalogue.exercises[exercise_id]
    watcher = SetWatcher(exercise)
    for frame in made_set(exercise, SetPlan(reps=6, yaw_deg=best_yaw_deg(exercise)), 1).frames:
        watcher.push(frame)
    watcher.finish()
    session_id, (done,) = free_session(anna, (exercise_id, {"reps": 6}))
    clip = Clip(
        id=uuid4(),
        session_id=session_id,
        set_id=done.id,
        exercise=exercise_id,
        at=anna.now(),
        report=watcher.report(),
    )
    anna.store.put_clip(anna.person_id, clip)
    assert "first_clean" in reached(anna)


def test_a_coached_set_that_was_taken_out_counts_no_more_until_it_was_kept_as_a_step(anna):
    _, (pull,) = free_session(anna, (PULL, {}))
    coached(anna, pull)
    sessions.delete_set(anna, pull.id)
    assert "first_clean" not in reached(anna)


def test_keeping_a_coached_set_keeps_what_was_told_and_both_are_taken_back_together(anna):
    session_id = sessions.begin_free(anna)
    one = a_set(session_id, PULL, anna.now())
    sessions.put_coached_set(anna, one, faults=("momentum",), untold=())
    assert anna.store.find_entry(anna.person_id, CoachedSet, one.id).faults == ("momentum",)
    sessions.undo(anna, anna.store.last_change(anna.person_id, about=("set",)).token)
    assert anna.store.find_set(anna.person_id, one.id) is None
    assert anna.store.find_entry(anna.person_id, CoachedSet, one.id) is None


# --- Strength, against oneself --------------------------------------------------------------------------


def test_a_first_time_is_no_best(anna, clock):
    free_session(anna, (ROW, {"load_kg": 10.0}), (ROW, {"load_kg": 12.0}))
    assert "first_best" not in reached(anna)
    clock.on(days=2)
    free_session(anna, (ROW, {"load_kg": 12.0}))
    assert "first_best" not in reached(anna)
    clock.on(days=2)
    free_session(anna, (ROW, {"load_kg": 14.0}))
    assert reached(anna)["first_best"] == anna.today


def test_less_help_is_a_best(anna, clock):
    free_session(anna, ("assisted_pull_up", {"load_kg": 30.0}))
    clock.on(days=2)
    free_session(anna, ("assisted_pull_up", {"load_kg": 25.0}))
    assert "first_best" in reached(anna)


def test_half_of_ones_own_weight(anna):
    free_session(anna, (PULL, {"load_kg": 30.0}), (PULL, {"load_kg": 35.0, "reps": 4}))
    half = next(one for one in steps(anna).steps if one.id == "half_pull")
    assert half.so_far == "45 of 50 % of your own weight"  # 30 of 66 kg; four reps with 35 are too few
    free_session(anna, (PULL, {"load_kg": 35.0}))
    assert {"half_pull"} <= reached(anna).keys()
    assert "three_quarter_pull" not in reached(anna)


def test_a_pull_up_with_help_is_a_share_and_one_without_is_the_last_step(anna):
    free_session(anna, ("assisted_pull_up", {"load_kg": 16.0}))
    assert "three_quarter_pull" in reached(anna)
    assert not {"first_pull_up", "hang_and_draw"} & reached(anna).keys()
    free_session(anna, ("scapular_pull_up", {"reps": 5}))
    assert "hang_and_draw" in reached(anna)
    assert "first_pull_up" not in reached(anna)
    free_session(anna, ("chin_up", {"reps": 1}))
    assert reached(anna)["first_pull_up"] == anna.today


def test_getting_stronger_is_told_beyond_its_own_band(anna, clock):
    for load_kg in (20.0, 20.0, 20.0, 20.0):
        free_session(anna, (PULL, {"load_kg": load_kg, "reps": 10, "rir": 1.0}))
        clock.on(days=3)
    assert "ten_percent" not in reached(anna)
    for load_kg in (25.0, 30.0, 32.5, 35.0, 37.5, 40.0):
        free_session(anna, (PULL, {"load_kg": load_kg, "reps": 10, "rir": 1.0}))
        clock.on(days=4)
    assert {"ten_percent", "quarter", "half_again"} <= reached(anna).keys()
    assert "three_lifts" not in reached(anna)


# --- The sample person -----------------------------------------------------------------------------


def test_what_the_sample_person_reached_was_celebrated(anna):
    live_steps(anna, anna.today - timedelta(weeks=26))
    assert [one.why for one in away.aways(anna)] == ["illness", "holiday"]
    assert steps(anna).fresh == ()
