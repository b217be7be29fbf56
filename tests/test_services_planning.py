"""What a person changes about the programme: the rest is planned anew, what was done stays as it was."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from living import MONDAY, Clock, living, train_on
from openback.errors import BadPlanChange, BadWishes, NotFound, UnknownExercise
from openback.services import planning, sessions
from openback.services.calendar import dated_sessions, weeks_of
from openback.services.counting import midnight, week_span
from openback.services.today import today


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def programme_of(app):
    return app.store.latest_programme(app.person_id).programme


def session_of(app, week, day):
    return next(s for s in programme_of(app).sessions if (s.week, s.day) == (week, day))


def ids_of(session):
    return [item.exercise for item in session.items]


def statuses(app):
    return {
        (day.session.week, day.session.day): day.status
        for week in planning.train(app).weeks
        for day in week
        if day.session
    }


def test_a_block_as_a_calendar(anna):
    view = planning.train(anna)
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in view.weeks)
    assert view.this_week == 0
    assert not view.can_undo
    assert statuses(anna)[1, 1] == "today"
    for dose in view.dose:
        assert dose.planned_sets == pytest.approx(
            sum(
                item.sets * anna.catalogue.exercises[item.exercise].muscles.get(dose.muscle.id, 0)
                for session in programme_of(anna).sessions
                if session.week == 1
                for item in session.items
                if not item.mobility
            )
        )


# --- One session --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_skip_and_take_it_back(anna, clock):
    train_on(anna, 1, 1)
    done = session_of(anna, 1, 1)
    before = programme_of(anna)
    clock.on(days=1)
    planning.skip(anna, 1, 2)
    assert statuses(anna)[1, 2] == "skipped"
    assert session_of(anna, 1, 1) == done
    assert [s for s in programme_of(anna).sessions if s.week > 1] == [
        s for s in before.sessions if s.week > 1
    ]
    assert today(anna).session.day == 3
    assert planning.train(anna).can_undo
    planning.undo_plan(anna)
    assert statuses(anna)[1, 2] in {"next", "today"}
    assert programme_of(anna) == before
    with pytest.raises(BadPlanChange) as refused:
        planning.undo_plan(anna)
    assert str(refused.value) == "The programme cannot be changed like that: nothing was changed yet."


def test_move(anna, clock):
    friday = anna.today + timedelta(days=5)
    planning.move(anna, 1, 1, friday)
    moved = next(d for week in planning.train(anna).weeks for d in week if d.session and d.session.day == 1)
    assert moved.on == friday
    clock.on(days=1)
    planning.undo_plan(anna)
    assert statuses(anna)[1, 1] == "missed"
    assert today(anna).session.day == 1


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (date(2026, 11, 22), "2026-11-22 has passed; choose today or a later day"),
        (date(2026, 11, 25), "2026-11-25 has a session already; move that one first"),
        (date(2036, 1, 1), None),
    ],
    ids=["past", "taken", "years away"],
)
def test_a_move_that_cannot_be(anna, to, said):
    before = statuses(anna)
    with pytest.raises(BadPlanChange) as refused:
        planning.move(anna, 1, 1, to)
    assert statuses(anna) == before
    if said:
        assert str(refused.value) == f"The programme cannot be changed like that: {said}."
    else:
        assert "2036-01-01 is long after this block; choose a day up to 2027-" in str(refused.value)


def test_a_day_whose_session_was_missed_is_free(anna, clock):
    clock.on(days=3)  # Thursday: the sessions of Monday and Wednesday were missed
    planning.move(anna, 1, 3, anna.today)
    assert statuses(anna)[1, 3] == "today"


@pytest.mark.slow
def test_what_is_changed_about_a_session_adds_up_and_stays(anna):
    before = session_of(anna, 1, 2)
    elsewhere = "Home" if before.place == "Gym" else "Gym"
    later = [s for s in programme_of(anna).sessions if s.week > 1]
    planning.place_of(anna, 1, 2, elsewhere)
    planning.minutes_today(anna, 1, 2, 20)
    planning.skip(anna, 1, 3)
    changed = session_of(anna, 1, 2)
    assert (changed.place, changed.minutes <= 20.5) == (elsewhere, True)
    planning.ban(anna, "face_pull")
    again = session_of(anna, 1, 2)
    assert (again.place, again.minutes <= 20.5) == (elsewhere, True)
    assert {s.place for s in programme_of(anna).sessions if s.week > 1} == {s.place for s in later}
    assert max(s.minutes for s in programme_of(anna).sessions if s.week == 3) > 25
    for _ in range(4):
        planning.undo_plan(anna)
    assert not planning.train(anna).can_undo
    assert [s for s in programme_of(anna).sessions if s.week > 1] == later
    assert session_of(anna, 1, 2) == before


@pytest.mark.slow
def test_a_yoga_day(anna):
    planning.style_of(anna, 1, 2, "yoga")
    yoga = session_of(anna, 1, 2)
    patterns = {anna.catalogue.exercises[key].pattern for key in ids_of(yoga)}
    assert not patterns & {"vertical_pull", "horizontal_pull"}
    planning.style_of(anna, 1, 2, "strength")
    assert {anna.catalogue.exercises[key].pattern for key in ids_of(session_of(anna, 1, 2))} & {
        "vertical_pull",
        "horizontal_pull",
    }


def test_what_was_done_cannot_be_changed(anna, clock):
    train_on(anna, 1, 1)
    for change in (
        lambda: planning.skip(anna, 1, 1),
        lambda: planning.move(anna, 1, 1, anna.today),
        lambda: planning.minutes_today(anna, 1, 1, 30),
        lambda: planning.pin(anna, 1, 1, "pull_up"),
    ):
        with pytest.raises(BadPlanChange) as refused:
            change()
        assert str(refused.value) == (
            "The programme cannot be changed like that: week 1, day 1 is done; "
            "change a session that is still to come."
        )


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        pytest.param(
            lambda app: planning.place_of(app, 1, 1, "Moon"),
            NotFound,
            "There is no place 'Moon' here. It may have been deleted.",
            id="place",
        ),
        pytest.param(
            lambda app: planning.minutes_today(app, 1, 1, 500),
            BadWishes,
            "These wishes cannot be used: minutes_of_day is 500 on day 1, it must be 10 to 90.",
            id="minutes",
        ),
        pytest.param(
            lambda app: planning.ban(app, "xyzzy"),
            UnknownExercise,
            "No exercise is called 'xyzzy'. `openback exercises` lists them.",
            id="ban",
        ),
        pytest.param(
            lambda app: planning.skip(app, 99, 1),
            NotFound,
            "There is no session 'week 99, day 1' here. It may have been deleted.",
            id="session",
        ),
    ],
)
def test_a_change_that_cannot_be(anna, change, kind, said):
    before = programme_of(anna)
    with pytest.raises(kind) as refused:
        change(anna)
    assert str(refused.value) == said
    assert programme_of(anna) == before
    assert not planning.train(anna).can_undo


# --- For good ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_swap_pin_and_ban_hold_from_now_on(anna, clock):
    train_on(anna, 1, 1)
    done = session_of(anna, 1, 1)
    clock.on(days=2)
    old = next(i.exercise for i in session_of(anna, 1, 2).items if not i.mobility)
    (new, why), *_ = planning.swap_choices(anna, 1, 2, old)
    assert why.endswith(".")
    planning.swap(anna, 1, 2, old, new.id)
    for week in range(1, programme_of(anna).weeks + 1):
        assert new.id in ids_of(session_of(anna, week, 2))
        assert old not in ids_of(session_of(anna, week, 2))
    planning.pin(anna, 1, 3, "pull_up")
    assert all("pull_up" in ids_of(session_of(anna, week, 3)) for week in (1, 2))
    banned = next(i.exercise for i in session_of(anna, 1, 3).items if i.exercise != "pull_up")
    planning.ban(anna, banned)
    left = {e for s in programme_of(anna).sessions if (s.week, s.day) != (1, 1) for e in ids_of(s)}
    assert banned not in left
    assert session_of(anna, 1, 1) == done
    planning.new_block(anna)
    again = {e for s in programme_of(anna).sessions for e in ids_of(s)}
    assert banned not in again
    assert "pull_up" in again
    assert not planning.train(anna).can_undo  # what was changed about the former block stays there


@pytest.mark.slow
def test_an_easy_week_and_back(anna):
    before = programme_of(anna)
    planning.deload(anna)
    easy = [s for s in programme_of(anna).sessions if s.week == 1]
    assert all(s.deload for s in easy)
    work = sum(i.sets for s in easy for i in s.items if not i.mobility)
    usual = sum(i.sets for s in before.sessions if s.week == 3 for i in s.items if not i.mobility)
    assert work < usual
    planning.skip(anna, 1, 2)
    assert all(s.deload for s in programme_of(anna).sessions if s.week == 1)
    planning.undo_plan(anna)
    planning.undo_plan(anna)
    assert programme_of(anna) == before


@pytest.mark.slow
def test_a_session_that_goes_on_is_not_planned_again(anna):
    session_id = sessions.begin(anna, 1, 1)
    before = [step.exercise.id for step in sessions.session(anna, session_id).steps]
    planning.ban(anna, before[0])
    assert [step.exercise.id for step in sessions.session(anna, session_id).steps] == before


# --- Blocks ---------------------------------------------------------------------------------------------------------


def test_a_block_that_is_over_is_said(anna, clock):
    clock.on(weeks=programme_of(anna).weeks + 1)
    view = today(anna)
    assert view.session is None
    assert view.block_over
    assert len(planning.train(anna).weeks) == programme_of(anna).weeks + 2


@pytest.mark.slow
def test_a_new_block_after_training_begins_tomorrow(anna):
    train_on(anna, 1, 1)
    planning.new_block(anna)
    assert today(anna).session.on == anna.today + timedelta(days=1)
    assert today(anna).done_this_week == 1
    assert statuses(anna)[1, 1] == "next"


# --- Time zones ------------------------------------------------------------------------------------------------------


@pytest.fixture
def zone(monkeypatch):
    def far(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield far
    monkeypatch.delenv("TZ", raising=False)
    time.tzset()


@pytest.mark.parametrize(
    ("name", "today_there"),
    [
        ("Pacific/Kiritimati", date(2026, 11, 24)),
        ("Pacific/Pago_Pago", date(2026, 11, 22)),
        ("UTC", date(2026, 11, 23)),
    ],
)
def test_the_day_is_the_persons_own(tmp_path, zone, name, today_there):
    zone(name)
    at = MONDAY.replace(hour=10, minute=30)
    with living(tmp_path, Clock(at)) as app:
        assert app.today == today_there
        planning.new_block(app)
        view = today(app)
        assert view.session.on == today_there
        train_on(app, 1, 1)
        after = today(app)
        assert after.done_this_week == 1
        assert after.session.day == 2
        assert after.last_done == today_there
        dose = {d.muscle.id: d.done_sets for d in planning.train(app).dose}
        assert dose["latissimus_dorsi"] > 0


@pytest.mark.parametrize(
    ("name", "monday", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 23), 7 * 24 - 1),
        ("Europe/Berlin", date(2026, 10, 19), 7 * 24 + 1),
        ("Asia/Kathmandu", date(2026, 3, 23), 7 * 24),
    ],
    ids=["spring", "autumn", "no change"],
)
def test_a_week_in_which_clocks_change(zone, name, monday, hours):
    zone(name)
    start, end = week_span(monday + timedelta(days=3))
    assert (end - start).total_seconds() / 3600 == hours
    assert start == midnight(monday)
    assert start.astimezone().date() == monday


def test_a_calendar_without_sessions():
    assert (
        dated_sessions(
            [], starts_on=MONDAY.date(), today=MONDAY.date(), done={}, moved={}, skipped=frozenset()
        )
        == ()
    )
    assert len(weeks_of([], MONDAY.date(), MONDAY.date())) == 1
