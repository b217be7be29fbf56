"""What the rooms show: today, progress, the library, and views as plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living import MONDAY, PROFILE, Clock, a_set, catalogue, living, train_on
from openback.errors import UnknownExercise
from openback.model.log import MassLog, SessionLog
from openback.services import library, people, planning, progress, sessions
from openback.services.counting import muscle_sets
from openback.services.plain import plain
from openback.services.today import today
from openback.services.views import StrengthPoint

PULL = "wide_grip_lat_pulldown"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def old_sets(app, *, days_ago, count=3, exercise=PULL, load_kg=30.0):
    """Put a session of so many days ago into the log."""
    at = app.now() - timedelta(days=days_ago)
    log = SessionLog(id=uuid4(), started_at=at, ended_at=at + timedelta(hours=1))
    sets = [
        a_set(log.id, exercise, at + timedelta(minutes=3 * n), load_kg=load_kg, rir=2.0) for n in range(count)
    ]
    app.store.add_history(app.person_id, sessions=[log], sets=sets)
    return sets


# --- Today --------------------------------------------------------------------------------------------------------


def test_today_of_a_first_day(anna):
    view = today(anna)
    assert (view.name, view.on, view.running) == ("Anna", date(2026, 11, 23), None)
    assert (view.done_this_week, view.planned_this_week) == (0, 3)
    assert (view.changes, view.stopped, view.welcome_back, view.last_done) == ((), (), "", None)
    assert not view.block_over


def test_today_after_a_session_offers_the_next(anna):
    train_on(anna, 1, 1)
    view = today(anna)
    assert (view.session.week, view.session.day) == (1, 2)
    assert (view.done_this_week, view.planned_this_week) == (1, 3)
    assert view.last_done == anna.today


def test_a_missed_session_can_be_done_for_two_days(anna, clock):
    clock.on(days=1)
    assert today(anna).session.day == 1
    clock.on(days=1)
    assert today(anna).session.day == 2  # Wednesday has its own
    clock.on(days=1)
    assert today(anna).session.day == 2


def test_only_what_was_done_before_has_news(anna, clock):
    assert today(anna).changes == ()
    train_on(anna, 1, 1, more_reps=4)
    clock.on(days=7)
    view = today(anna)
    done = {s.exercise for s in anna.store.sets_between(anna.person_id)}
    assert {change.exercise.id for change in view.changes} <= done


# --- Progress ------------------------------------------------------------------------------------------------------


def test_progress_of_nothing(anna):
    view = progress.progress(anna)
    assert (view.curves, view.records, view.total_sessions, view.total_sets) == ((), (), 0, 0)
    assert view.weekly_sets == {}
    assert view.history == ((anna.today, {}),)
    assert view.sessions_by_week == ((anna.today, 0),)
    assert view.weekly_band


def test_progress_counts_weeks_and_muscles(anna):
    sets = old_sets(anna, days_ago=7) + old_sets(anna, days_ago=14, count=2)
    view = progress.progress(anna)
    assert [count for _, count in view.sessions_by_week] == [1, 1, 0]
    assert view.history[1][1] == muscle_sets(anna.catalogue, sets[:3])
    assert view.weekly_sets == {}
    assert (view.total_sessions, view.total_sets) == (2, 5)
    (curve,) = view.curves
    assert curve.exercise.id == PULL
    assert curve.change_text == "Too early to say; three days of training tell."
    assert {record.kind for record in view.records} == {"load"}


def test_progress_shows_half_a_year_of_a_longer_life(anna):
    for weeks in (1, 30, 200):
        old_sets(anna, days_ago=7 * weeks)
    view = progress.progress(anna)
    assert len(view.history) == progress.WEEKS_SHOWN
    assert view.total_sets == 9


def test_strength_that_grew_is_said_with_its_band(anna):
    for n in range(12):
        old_sets(anna, days_ago=7 * (12 - n), load_kg=30.0 + 2.5 * n)
    (curve,) = progress.progress(anna).curves
    assert curve.change_text.startswith("Up ")
    assert curve.change_text.endswith("%).")
    assert all(point.low_kg < point.one_rm_kg < point.high_kg for point in curve.points)


# --- Library ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({}, lambda e: True),
        ({"muscle": "biceps"}, lambda e: e.muscles.get("biceps", 0) > 0),
        ({"kit": "band"}, lambda e: "band" in e.kit),
        ({"kit": "none"}, lambda e: not e.kit),
        ({"pattern": "vertical_pull"}, lambda e: e.pattern == "vertical_pull"),
        ({"kit": "none", "pattern": "vertical_pull"}, lambda e: not e.kit and e.pattern == "vertical_pull"),
    ],
)
def test_library_filters(anna, filters, holds):
    view = library.library(anna, **filters)
    assert {e.id for e in view.found} == {e.id for e in catalogue().exercises.values() if holds(e)}
    assert view.total == len(catalogue().exercises)


def test_library_search_and_filter(anna):
    assert library.library(anna, "lat puldown").found[0].pattern == "vertical_pull"
    assert library.library(anna, "zzzzzz").found == ()
    assert library.library(anna, "row", kit="band").found[0].id == "band_row"


def test_an_exercise_with_all_it_links_to(anna):
    old_sets(anna, days_ago=1, count=40)
    library.like(anna, PULL, "like")
    view = library.exercise(anna, PULL)
    assert view.liked
    assert not view.disliked
    assert len(view.history) == 30
    assert view.history[0].at > view.history[-1].at
    assert view.strength.points
    assert [share for _, share in view.muscles] == sorted((s for _, s in view.muscles), reverse=True)
    assert view.sources
    assert len(set(view.sources)) == len(view.sources)


def test_an_exercise_that_is_not_for_you(anna):
    sore = replace(PROFILE, person=replace(PROFILE.person, complaints=("shoulder_impingement",)))
    anna.store.put_profile(anna.person_id, sore, at=anna.now())
    views = [library.exercise(anna, key) for key in catalogue().exercises]
    assert any(view.not_for_you.endswith(".") for view in views)
    assert any(not view.not_for_you for view in views)


def test_an_exercise_nobody_knows(anna):
    with pytest.raises(UnknownExercise) as refused:
        library.exercise(anna, "wide_grip_lat_puldown")
    assert str(refused.value).startswith(
        "No exercise is called 'wide_grip_lat_puldown'. Did you mean wide_grip_lat_pulldown"
    )


def test_every_exercise_has_its_page(anna):
    for key in catalogue().exercises:
        json.dumps(plain(library.exercise(anna, key)), allow_nan=False)


# --- Plain data -----------------------------------------------------------------------------------------------------------


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.uuids(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.builds(MassLog, at=st.just(MONDAY), mass_kg=st.floats(1, 300)),
    st.builds(StrengthPoint, on=st.dates(), one_rm_kg=st.floats(), low_kg=st.floats(), high_kg=st.floats()),
    st.sampled_from(sorted(catalogue().exercises.values(), key=lambda e: e.id)),
    st.frozensets(st.text()),
)
views = st.recursive(
    leaves, lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers(), inner)
)


@given(views)
def test_every_view_is_json(value):
    json.dumps(plain(value), allow_nan=False)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02T03:00:00+00:00"),
        (date(2026, 1, 2), "2026-01-02"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({1: (2, None)}, {"1": [2, None]}),
    ],
)
def test_plain(value, expected):
    assert plain(value) == expected


def test_what_json_has_no_word_for():
    with pytest.raises(TypeError, match=r"^bytes is not plain data$"):
        plain(b"")


def test_the_views_of_every_room_are_json(anna):
    summary = train_on(anna, 1, 1)
    for view in (
        today(anna),
        planning.train(anna),
        progress.progress(anna),
        library.library(anna),
        sessions.session(anna, summary.session_id),
        summary,
        people.profile_of(anna),
    ):
        json.dumps(plain(view), allow_nan=False)
