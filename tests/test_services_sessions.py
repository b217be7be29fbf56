"""A session being done: begun, logged, changed, ended, also when clocks and connections misbehave."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from living import HOME, PROFILE, Clock, a_set, living, train_on
from openback.errors import BadSet, NotFound, UnknownExercise
from openback.model.log import SessionLog
from openback.services import finishing, people, planning, sessions
from openback.services.today import today
from openback.storage import ForeignExercise

PULL = "wide_grip_lat_pulldown"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def begun(app):
    return sessions.begin(app, 1, 1)


def ids_of(view):
    return [step.exercise.id for step in view.steps]


# --- Begin ---------------------------------------------------------------------------------------------


def test_begin_holds_what_was_planned(anna):
    planned = today(anna).session
    view = sessions.session(anna, begun(anna))
    assert ids_of(view) == [item.exercise.id for item in planned.items]
    assert view.place == planned.place
    assert view.ended_at is None
    assert [len([s for s in step.sets if s.kind == "work"]) for step in view.steps] == [
        item.next_set.sets for item in planned.items
    ]


def test_begin_twice_is_one_session(anna):
    assert begun(anna) == begun(anna)
    assert today(anna).running == begun(anna)


def test_two_taps_at_once_are_one_session(anna):
    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(lambda _: begun(anna), range(8)))
    assert len(ids) == 1
    assert anna.store.totals(anna.person_id).sessions == 1


def test_begin_another_ends_the_one_with_sets(anna, clock):
    first = begun(anna)
    clock.on(minutes=10)
    sessions.put_set(anna, a_set(first, PULL, anna.now()))
    clock.on(minutes=30)
    second = sessions.begin(anna, 1, 2)
    ended = sessions.known_session(anna, first)
    assert ended.ended_at - ended.started_at == timedelta(minutes=10)
    assert sessions.running_session(anna).id == second


def test_begin_another_takes_one_without_sets_away(anna):
    first = begun(anna)
    sessions.begin_free(anna)
    with pytest.raises(NotFound) as refused:
        sessions.known_session(anna, first)
    assert str(refused.value) == f"There is no session '{first}' here. It may have been deleted."


def test_begin_what_is_not_planned(anna):
    with pytest.raises(NotFound) as refused:
        sessions.begin(anna, 9, 9)
    assert str(refused.value) == "There is no session 'week 9, day 9' here. It may have been deleted."


def test_a_free_session_is_in_the_first_place_and_empty(anna):
    view = sessions.session(anna, sessions.begin_free(anna))
    assert (view.title, view.place, view.steps) == ("Free session", "Gym", ())


def test_running_or_free(anna):
    free = sessions.running_or_free(anna)
    assert sessions.running_or_free(anna) == free


def test_a_session_that_was_done_is_shown_again(anna):
    session_id = train_on(anna, 1, 1).session_id
    assert sessions.begin(anna, 1, 1) == session_id


# --- Sets ----------------------------------------------------------------------------------------------


def test_sets_fill_the_planned_ones_and_go_beyond(anna):
    session_id = begun(anna)
    step = sessions.session(anna, session_id).steps[0]
    work = [one for one in step.sets if one.kind == "work"]
    for number in range(len(work) + 1):
        anna.now.on(minutes=2)
        sessions.put_set(anna, a_set(session_id, step.exercise.id, anna.now(), reps=8 + number))
    again = sessions.session(anna, session_id).steps[0]
    assert [one.done.reps for one in again.sets if one.kind == "work"] == [8 + n for n in range(len(work))]
    assert [one.reps for one in again.extra] == [8 + len(work)]
    assert [one.kind for one in again.sets if one.done is None] == ["warm_up"] * (len(step.sets) - len(work))


@pytest.mark.parametrize(
    ("pains", "advice"),
    [
        pytest.param((), "", id="no set"),
        pytest.param((None, 0), "", id="not said, and none"),
        pytest.param((3,), "", id="at the limit"),
        pytest.param(
            (4, 5, 1),
            "Pain of 5 of 10: leave this exercise for today, or go on lighter and only if it stays at 3 or below. "
            "If it has not settled in a day, see a clinician.",
            id="the worst above the limit",
        ),
    ],
)
def test_pain_above_the_limit_is_answered_at_once(anna, pains, advice):
    session_id = begun(anna)
    for pain in pains:
        sessions.put_set(anna, a_set(session_id, PULL, anna.now(), pain=pain))
    steps = sessions.session(anna, session_id).steps
    assert {step.pain_advice for step in steps if step.exercise.id == PULL} <= {advice}
    assert {step.pain_advice for step in steps if step.exercise.id != PULL} == {""}
    assert not pains or any(step.exercise.id == PULL for step in steps)


def test_a_session_is_called_by_its_week_and_number(anna):
    assert sessions.session(anna, begun(anna)).title == "Week 1, session 1"


def test_a_set_twice_changes_nothing_and_can_be_taken_back(anna):
    session_id = begun(anna)
    one_set = a_set(session_id, PULL, anna.now())
    assert sessions.put_set(anna, one_set) == sessions.put_set(anna, one_set) == one_set
    token = sessions.delete_set(anna, one_set.id)
    assert sessions.delete_set(anna, one_set.id) is None
    assert anna.store.find_set(anna.person_id, one_set.id) is None
    sessions.undo(anna, token)
    assert anna.store.find_set(anna.person_id, one_set.id) == one_set


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"load_kg": 10_000},
            "This set cannot be kept: 10000 kg is more than anyone has lifted; loads go up to 1000 kg.",
        ),
        ({"reps": -3}, "This set cannot be kept: -3 is not a number of reps; they go from 0 to 1000."),
        (
            {"reps": None},
            "This set cannot be kept: it has neither reps nor seconds held; give one of them.",
        ),
        (
            {"load_kg": float("nan")},
            "This set cannot be kept: the load is not a number; leave it empty when it is not known.",
        ),
    ],
    ids=["10,000 kg", "-3 reps", "nothing", "nan"],
)
def test_a_set_that_cannot_be(anna, change, said):
    session_id = begun(anna)
    with pytest.raises(BadSet) as refused:
        sessions.put_set(anna, a_set(session_id, PULL, anna.now(), **change))
    assert str(refused.value) == said
    assert anna.store.totals(anna.person_id).sets == 0


def test_an_exercise_nobody_knows(anna):
    with pytest.raises(UnknownExercise) as refused:
        sessions.put_set(anna, a_set(begun(anna), "pull_upp", anna.now()))
    assert str(refused.value).startswith("No exercise is called 'pull_upp'. Did you mean ")
    anna.store.keep_foreign_exercises(anna.person_id, [ForeignExercise(id="Bankdrücken", name="Bankdrücken")])
    kept = a_set(begun(anna), "Bankdrücken", anna.now())
    assert sessions.put_set(anna, kept) == kept
    assert "Bankdrücken" not in ids_of(sessions.session(anna, kept.session_id))


# --- Changing it ------------------------------------------------------------------------------------------


def test_swap_and_swap_back(anna):
    session_id = begun(anna)
    before = sessions.session(anna, session_id)
    old = before.steps[0].exercise.id
    choices = [exercise.id for exercise, _ in sessions.swap_choices(anna, session_id, old)]
    assert 0 < len(choices) <= sessions.SWAPS_SHOWN
    assert not set(choices) & set(ids_of(before))
    sessions.swap_exercise(anna, session_id, old, choices[0])
    swapped = sessions.session(anna, session_id).steps[0]
    assert swapped.exercise.id == choices[0]
    assert swapped.item.why == f"In place of {anna.catalogue.exercises[old].name.lower()}."
    sessions.swap_exercise(anna, session_id, choices[0], choices[1])
    assert ids_of(sessions.session(anna, session_id))[0] == choices[1]
    sessions.swap_exercise(anna, session_id, choices[1], old)
    assert sessions.session(anna, session_id) == before


def test_add_and_change_what_was_added(anna):
    session_id = begun(anna)
    planned = ids_of(sessions.session(anna, session_id))
    for _ in range(2):
        sessions.add_exercise(anna, session_id, "cat_cow")
    sessions.add_exercise(anna, session_id, planned[0])
    assert ids_of(sessions.session(anna, session_id)) == [*planned, "cat_cow"]
    sessions.swap_exercise(anna, session_id, "cat_cow", "childs_pose")
    assert ids_of(sessions.session(anna, session_id)) == [*planned, "childs_pose"]


def test_a_note_and_a_session_taken_out(anna):
    session_id = begun(anna)
    sessions.note(anna, session_id, "  Felt light.  ")
    sessions.put_set(anna, a_set(session_id, PULL, anna.now()))
    before = sessions.session(anna, session_id)
    assert before.note == "Felt light."
    token = sessions.discard(anna, session_id)
    assert sessions.discard(anna, session_id) is None
    assert anna.store.totals(anna.person_id).sets == 0
    sessions.undo(anna, token)
    assert sessions.session(anna, session_id) == before


# --- The end ------------------------------------------------------------------------------------------------


def test_summary_in_numbers(anna):
    session_id = sessions.begin_free(anna)
    for exercise, more in [
        ("one_arm_dumbbell_row", {"load_kg": 10.0, "side": "left"}),
        ("one_arm_dumbbell_row", {"load_kg": 10.0, "side": "right"}),
        ("dumbbell_shrug", {"load_kg": 12.0}),
        ("pull_up", {"kind": "warm_up"}),
        ("cobra_pose", {"reps": None, "hold_s": 30.0}),
    ]:
        anna.now.on(minutes=3)
        sessions.put_set(anna, a_set(session_id, exercise, anna.now(), **more))
    anna.now.on(minutes=1)
    view = finishing.finish(anna, session_id)
    assert (view.minutes, view.sets, view.reps, view.records) == (16, 4, 30, ())
    assert view.volume_kg == 10 * 10 + 10 * 10 + 2 * 12 * 10
    assert [told.exercise for told in view.next_steps] == [
        "one_arm_dumbbell_row",
        "dumbbell_shrug",
        "cobra_pose",
    ]
    assert finishing.finish(anna, session_id) == view


def test_summary_of_nothing(anna):
    view = finishing.finish(anna, sessions.begin_free(anna))
    assert (view.minutes, view.sets, view.reps, view.volume_kg) == (0, 0, 0, None)
    assert (view.muscles, view.records, view.next_steps) == ((), (), ())


def test_a_second_time_heavier_is_a_record(anna, clock):
    train_on(anna, 1, 1)
    clock.on(days=7)
    session_id = sessions.begin_free(anna)
    sessions.put_set(anna, a_set(session_id, PULL, anna.now(), load_kg=80.0, reps=5))
    (record,) = finishing.finish(anna, session_id).records
    assert (record.exercise.id, record.kind, record.value, record.unit) == (PULL, "load", 80.0, "kg")
    assert record.before is not None
    assert record.before < 80


def test_more_reps_than_asked_bring_a_change_with_a_reason(anna, clock):
    before = {item.exercise.id: item.next_set for item in today(anna).session.items}
    view = train_on(anna, 1, 1, more_reps=3)
    assert view.next_session is not None
    told = {one.exercise: one for one in view.next_steps}
    assert set(told) == {key for key in before if anna.catalogue.exercises[key].counts_sets}
    grown = [key for key, one in told.items() if one.move in {"more_load", "more_reps", "more_sets"}]
    assert grown
    assert all(any(letter.isdigit() for letter in told[key].why) for key in grown)
    clock.on(days=2)
    assert {change.exercise.id for change in today(anna).changes} <= set(told)


# --- Clocks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [{"days": -3}, {"hours": -5}, {"minutes": -1}, {"days": 3}, {"days": 4000}])
def test_a_clock_that_jumps_while_training(anna, clock, jump):
    session_id = begun(anna)
    planned = ids_of(sessions.session(anna, session_id))
    sessions.put_set(anna, a_set(session_id, PULL, anna.now(), reps=9))
    clock.on(**jump)
    assert ids_of(sessions.session(anna, session_id)) == planned
    sessions.put_set(anna, a_set(session_id, PULL, anna.now(), reps=8))
    view = finishing.finish(anna, session_id)
    assert view.minutes >= 0
    assert view.sets == 2
    today(anna)
    train = planning.train(anna)
    assert len(train.weeks) < 60 or jump["days"] > 365


def test_a_session_begun_after_the_clock_was_put_back_has_its_exercises(anna, clock):
    clock.on(hours=-3)
    assert ids_of(sessions.session(anna, begun(anna))) == [
        item.exercise.id for item in today(anna).session.items
    ]


def test_a_session_from_the_days_to_come_does_not_stretch_the_calendar(anna, clock):
    clock.on(days=3650)
    sessions.begin_free(anna)
    sessions.begin(anna, 1, 1)
    clock.on(days=-3650)
    assert len(planning.train(anna).weeks) < 10
    assert today(anna).welcome_back == ""


def test_a_forgotten_session_ends_with_its_last_set(anna, clock):
    session_id = begun(anna)
    clock.on(minutes=20)
    sessions.put_set(anna, a_set(session_id, PULL, anna.now()))
    clock.on(hours=30)
    assert sessions.running_session(anna) is None
    assert today(anna).running is None
    assert finishing.finish(anna, session_id).minutes == 20.5


def test_a_set_older_than_its_session_makes_no_time_run_backwards(anna, clock):
    session_id = begun(anna)
    sessions.put_set(anna, a_set(session_id, PULL, anna.now() - timedelta(hours=2)))
    sessions.begin_free(anna)
    ended = sessions.known_session(anna, session_id)
    assert ended.ended_at == ended.started_at


# --- What is not there any more -----------------------------------------------------------------------------------


def without(app, exercise_id):
    """Return the app as it is when the person's own file of an exercise was taken away."""
    left = {key: one for key, one in app.catalogue.exercises.items() if key != exercise_id}
    return replace(app, catalogue=replace(app.catalogue, exercises=left))


@pytest.mark.slow
def test_an_exercise_that_was_removed(anna, clock):
    session_id = begun(anna)
    first, second = ids_of(sessions.session(anna, session_id))[:2]
    for exercise in (first, second):
        sessions.put_set(anna, a_set(session_id, exercise, anna.now(), load_kg=5.0))
    sessions.swap_exercise(anna, session_id, second, "cat_cow")
    changed = without(without(anna, first), second)
    view = sessions.session(changed, session_id)
    assert not {first, second} & set(ids_of(view))
    assert view.steps[0].item.why == "In place of an exercise that is not here any more."
    summary = finishing.finish(changed, session_id)
    assert (summary.sets, summary.volume_kg) == (2, None)
    today(changed)
    planning.train(changed)
    planning.skip(changed, 1, 2)
    planning.new_block(changed)
    assert anna.store.totals(anna.person_id).sets == 2


@pytest.mark.slow
def test_a_ban_of_an_exercise_that_was_removed_holds_nothing_up(anna):
    planning.ban(anna, "face_pull")
    changed = without(anna, "face_pull")
    planning.skip(changed, 1, 2)
    planning.ban(changed, "cat_cow")
    planning.new_block(changed)


@pytest.mark.slow
def test_a_place_that_was_renamed(anna):
    session_id = begun(anna)
    anna.store.put_places(anna.person_id, [replace(HOME, name="Loft")])
    assert ids_of(sessions.session(anna, session_id))
    today(anna)
    planning.train(anna)
    people.keep_profile(anna, replace(PROFILE, places=(replace(HOME, name="Loft"),)))
    assert today(anna).session.place == "Loft"
    finishing.finish(anna, session_id)


def test_a_session_nobody_knows(anna):
    for ask in (sessions.session, finishing.finish, finishing.summary):
        with pytest.raises(NotFound):
            ask(anna, uuid4())


def test_an_imported_session_has_no_plan(anna):
    log = SessionLog(id=uuid4(), started_at=anna.now(), source="strong", title="Push")
    anna.store.put_session(anna.person_id, log)
    assert sessions.session(anna, log.id).steps == ()
    assert sessions.running_session(anna) is None
