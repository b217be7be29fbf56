"""Flows as this person may do them, what is kept of them, and what they count for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from living import PROFILE, RED_FLAG, Clock, a_set, living, train_on
from openback.catalogue.flows import load_flows
from openback.errors import NoProfileYet, UnknownFlow
from openback.model.journal import FlowDone
from openback.services import flows, people, progress, today
from openback.services.block import known_block
from openback.services.flows import LEAST_S
from openback.services.mobility import mobility_week
from openback.services.prescribing import Prescriber

COBRA, LOCUST, NEEDLE, PRONE = "cobra_pose", "locust_pose", "thread_the_needle", "prone_cobra"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def app(tmp_path, clock):
    with living(tmp_path, clock) as made:
        yield made


def done(app, flow="yoga_10", *, done_s=600.0, **held_s) -> FlowDone:
    """Return a flow that ended now; `held_s` in its exercises."""
    return FlowDone(id=uuid4(), at=app.now(), flow=flow, planned_s=600, done_s=done_s, held_s=held_s)


# --- Which there are ---------------------------------------------------------------------------------------


def test_nobody_has_flows_before_the_questions(tmp_path):
    with living(tmp_path, Clock(), planned=False) as nobody:
        for ask in (flows.flows, flows.desk_break, lambda app: flows.finish(app, done(app))):
            with pytest.raises(NoProfileYet):
                ask(nobody)


def test_flows_by_kind(app):
    assert [view.flow.id for view in flows.flows(app, "yoga")] == ["yoga_10", "yoga_20", "yoga_30"]
    view = flows.flow(app, "band_break")
    assert (view.minutes, view.kit, view.notes, view.stops) == (2, ("Elastic band",), (), ())
    assert [source.id for source in view.sources] == ["andersen_ll_2011"]
    assert (view.times_done, view.last_at) == (0, None)


def test_an_unknown_flow_is_said(app):
    with pytest.raises(UnknownFlow) as told:
        flows.flow(app, "tango")
    assert str(told.value) == (
        "No flow is called 'tango'. There are band_break, desk_stretch, yoga_10, yoga_20, yoga_30."
    )


def test_the_screening_is_respected(app):
    people.keep_profile(app, replace(PROFILE, person=replace(PROFILE.person, complaints=("neck_pain",))))
    view = flows.flow(app, "yoga_10")
    assert COBRA not in view.exercises
    assert view.notes == ("Cobra pose is left out because of this: sore neck. Wall slide takes its place.",)


def test_a_pregnant_person_lies_on_neither_side_of_it(app):
    people.keep_profile(app, replace(PROFILE, person=replace(PROFILE.person, pregnancy_week=28)))
    for view in flows.flows(app):
        positions = {one.safety.position for one in view.exercises.values()}
        assert not positions & {"prone", "supine"}, view.flow.id
        assert view.steps


def test_a_red_flag_stops_every_flow(app):
    people.keep_profile(app, RED_FLAG)
    assert all(view.stops for view in flows.flows(app))


# --- Done --------------------------------------------------------------------------------------------------


def test_a_flow_that_was_done_is_kept_and_counts(app):
    one = done(app, **{NEEDLE: 60.0, COBRA: 30.0, PRONE: 60.0})
    kept = flows.finish(app, one)
    assert kept == replace(one, planned_s=600)
    assert app.store.entries(app.person_id, FlowDone) == (kept,)
    sets = app.store.sets_of_session(app.person_id, one.id)
    assert [(s.exercise, s.hold_s, s.reps, s.side) for s in sets] == [
        (COBRA, 30, None, "both"),
        (PRONE, 30, None, "both"),
        (PRONE, 30, None, "both"),
    ]
    muscles = progress.progress(app).weekly_sets
    shares = {key: app.catalogue.exercises[key].muscles["rhomboids"] for key in (COBRA, PRONE)}
    assert muscles["rhomboids"] == pytest.approx(shares[COBRA] + 2 * shares[PRONE])
    view = flows.flow(app, "yoga_10")
    assert (view.times_done, view.last_at) == (1, one.at)


def test_sending_it_twice_changes_nothing(app):
    one = done(app, **{COBRA: 30.0})
    flows.finish(app, one)
    flows.finish(app, one)
    assert len(app.store.entries(app.person_id, FlowDone)) == 1
    assert len(app.store.sets_of_session(app.person_id, one.id)) == 1


def test_the_break_counts_its_raises(app):
    one = done(app, "band_break", done_s=120, band_lateral_raise=95.0)
    flows.finish(app, one)
    sets = app.store.sets_of_session(app.person_id, one.id)
    assert [(s.exercise, s.reps, s.hold_s) for s in sets] == [
        ("band_lateral_raise", 10, None),
        ("band_lateral_raise", 9, None),
    ]


@pytest.mark.parametrize(
    ("flow", "held_s", "sets"),
    [
        pytest.param("yoga_10", {}, 0, id="nothing held"),
        pytest.param("yoga_10", {COBRA: 19.0}, 0, id="too short for a set"),
        pytest.param("yoga_10", {COBRA: 20.0}, 1, id="just long enough"),
        pytest.param("yoga_10", {NEEDLE: 60.0, "cat_cow": 48.0}, 0, id="stretches are no sets"),
        pytest.param("yoga_10", {PRONE: 45.0}, 1, id="the second hold was short"),
        pytest.param("band_break", {"band_lateral_raise": 29.0}, 0, id="half of a set"),
        pytest.param("band_break", {"band_lateral_raise": 31.0}, 1, id="most of a set"),
        pytest.param("yoga_10", {"wide_grip_lat_pulldown": 60.0}, 0, id="not in this flow"),
        pytest.param("desk_stretch", {"chin_tuck": 32.0}, 0, id="trains none of the muscles"),
    ],
)
def test_what_counts_as_a_set(app, flow, held_s, sets):
    one = done(app, flow, done_s=100, **held_s)
    flows.finish(app, one)
    assert len(app.store.sets_of_session(app.person_id, one.id)) == sets


def test_what_was_given_up_at_once_is_not_kept(app):
    assert flows.finish(app, done(app, done_s=LEAST_S - 1)) is None
    assert app.store.entries(app.person_id, FlowDone) == ()
    assert flows.finish(app, done(app, done_s=LEAST_S)) is not None


def test_what_cannot_have_been_is_brought_to_what_can(app, clock):
    wrong = replace(done(app, done_s=90_000, **{COBRA: 900.0}), at=clock.now + timedelta(days=3))
    kept = flows.finish(app, wrong)
    assert kept is not None
    assert (kept.at, kept.done_s, kept.held_s) == (clock.now, 1200, {COBRA: 30})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_sets_hold_what_was_held_and_no_more(app, data):
    view = flows.flow(app, data.draw(st.sampled_from(list(load_flows()))))
    seconds = st.floats(0, 200, allow_subnormal=False)
    held = data.draw(st.dictionaries(st.sampled_from(list(view.exercises)), seconds))
    one = FlowDone(id=UUID(int=1), at=app.now(), flow=view.flow.id, planned_s=1, done_s=60, held_s=held)
    sets = list(flows.sets_of(view, one))
    assert len({one_set.id for one_set in sets}) == len(sets)
    for key, exercise in view.exercises.items():
        mine = [one_set for one_set in sets if one_set.exercise == key]
        assert sum(one_set.hold_s or 0 for one_set in mine) <= held.get(key, 0) + 1e-6
        assert not mine or exercise.counts_sets
        assert all((one_set.hold_s or 20) >= 20 for one_set in mine)
        assert all(one_set.reps is None or one_set.reps >= 1 for one_set in mine)


def test_it_can_be_taken_back(app):
    one = done(app, **{COBRA: 30.0})
    flows.finish(app, one)
    assert flows.take_back(app, one.id)
    assert app.store.entries(app.person_id, FlowDone) == ()
    assert app.store.find_session(app.person_id, one.id) is None
    assert not flows.take_back(app, one.id)


# --- What it is not ----------------------------------------------------------------------------------------


def test_a_flow_is_no_session_of_training(app):
    before = today.today(app)
    totals = progress.progress(app).total_sessions
    flows.finish(app, done(app, **{COBRA: 30.0}))
    after = today.today(app)
    assert (after.done_this_week, after.last_done) == (before.done_this_week, before.last_done)
    assert after.running is None
    shown = progress.progress(app)
    assert shown.total_sessions == totals
    assert sum(count for _, count in shown.sessions_by_week) == 0
    assert app.store.last_session(app.person_id) is None


def test_a_flow_does_not_move_what_the_programme_asks_for(app, clock):
    train_on(app, 1, 1)
    place = PROFILE.places[0].name
    clock.on(hours=5)
    logged = a_set(uuid4(), PRONE, clock.now, reps=None, hold_s=40)
    app.store.put_set(app.person_id, logged)
    clock.on(minutes=5)
    before = Prescriber.of(app, place=place).sets(PRONE)
    flows.finish(app, done(app, **{PRONE: 40.0}))
    clock.on(hours=1)
    assert Prescriber.of(app, place=place).sets(PRONE) == before
    assert [one.hold_s for one in before] == [40]


# --- The week ----------------------------------------------------------------------------------------------


def test_an_empty_week_has_what_is_planned(app):
    week = mobility_week(app)
    block = known_block(app)
    monday = app.today - timedelta(days=app.today.weekday())
    planned = 0.0
    for dated in block.dated:
        if not monday <= dated.on < monday + timedelta(days=7):
            continue
        for item in dated.session.items:
            exercise = app.catalogue.exercises[item.exercise]
            if item.mobility:
                each_s = item.hold_s[0] if item.hold_s else item.reps[0] * exercise.dose.tempo.rep_s
                planned += item.sets * each_s * (2 if exercise.one_side_at_a_time else 1) / 60
    assert planned > 0
    assert week.planned_min == pytest.approx(planned)
    assert (week.done_min, week.held_s, week.flows) == (0, 0, 0)


def test_a_flow_gives_minutes_and_holds(app):
    flows.finish(app, done(app, **{NEEDLE: 60.0, COBRA: 30.0, LOCUST: 30.0}))
    week = mobility_week(app)
    # Cobra stretches the chest and trains the back: it is in both; locust only trains.
    assert (week.flow_min, week.held_s, week.flows) == (1.5, 60, 1)
    assert week.session_min == 0


def test_stretches_of_a_session_count_on_both_sides(app, clock):
    session = uuid4()
    app.store.put_set(app.person_id, a_set(session, "eagle_arms", clock.now, reps=None, hold_s=30))
    app.store.put_set(
        app.person_id, a_set(session, "eagle_arms", clock.now, reps=None, hold_s=30, side="left")
    )
    app.store.put_set(app.person_id, a_set(session, "cat_cow", clock.now, reps=6))
    app.store.put_set(app.person_id, a_set(session, COBRA, clock.now, reps=None, hold_s=30))
    assert mobility_week(app).session_min == pytest.approx((60 + 30 + 6 * 8) / 60)


def test_another_week_has_its_own(app, clock):
    flows.finish(app, done(app, **{NEEDLE: 60.0}))
    clock.on(days=7)
    assert mobility_week(app).flow_min == 0
    assert mobility_week(app, app.today - timedelta(days=7)).flow_min == 1


def test_breaks_are_counted_by_day_and_week(app, clock):
    assert flows.desk_break(app).done_today == 0
    flows.finish(app, done(app, "band_break", done_s=120))
    flows.finish(app, done(app, "desk_stretch", done_s=300))
    flows.finish(app, done(app))  # yoga is no break
    found = flows.desk_break(app)
    assert (found.flow.id, found.done_today, found.done_this_week, found.last_at) == (
        "band_break",
        2,
        2,
        clock.now,
    )
    clock.on(days=1)
    found = flows.desk_break(app)
    assert (found.done_today, found.done_this_week, found.last_at) == (0, 2, None)
