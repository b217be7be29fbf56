"""Days away: told, changed, ended, and what they do to the programme."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living import Clock, living, train_on
from openback.errors import BadAway, NoProfileYet, NotFound
from openback.model.journal import Away
from openback.model.programme import Session
from openback.services import away, planning, sessions
from openback.services import block as blocks
from openback.services.calendar import dated_sessions, session_to_do, set_aside
from openback.services.today import today
from openback.web.away_words import away_words


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def told(app, first=0, last=None, why="holiday", **more):
    """Keep a time away, in days from today."""
    days = [None if one is None else app.today + timedelta(days=one) for one in (first, last)]
    one = Away(id=uuid4(), first_on=days[0], last_on=days[1], why=why, **more)
    away.put_away(app, one)
    return one


def statuses(app):
    return [dated.status for dated in blocks.known_block(app).dated]


# --- Telling ---------------------------------------------------------------------------------------


def test_nobody_is_away_before_they_say_so(anna):
    assert away.aways(anna) == ()
    assert away.is_away(anna, anna.today) is None


def test_before_the_questions_there_is_nothing_to_be_away_from(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as nobody, pytest.raises(NoProfileYet):
        told(nobody)


def test_both_days_are_in_it(anna):
    one = told(anna, 1, 3)
    days = [away.is_away(anna, anna.today + timedelta(days=n)) for n in range(5)]
    assert days == [None, one, one, one, None]


def test_one_that_goes_on_holds_every_day_until_it_is_over(anna, clock):
    one = told(anna, 0, why="illness")
    clock.on(days=4)
    assert away.is_away(anna, anna.today + timedelta(days=100)) == one
    away.come_back(anna, one.id)
    assert away.is_away(anna, anna.today) is None
    assert away.is_away(anna, anna.today - timedelta(days=1)).id == one.id
    assert away.come_back(anna, one.id) is None


def test_one_that_began_today_goes_away_whole_and_comes_back_with_undo(anna):
    one = told(anna, 0)
    change = away.come_back(anna, one.id)
    assert away.aways(anna) == ()
    sessions.undo(anna, change.token)
    assert away.aways(anna) == (one,)


def test_the_latest_comes_first(anna):
    early, late = told(anna, -30, -25), told(anna, 5, 6)
    assert away.aways(anna) == (late, early)


def test_what_is_not_there_is_said(anna):
    missing = uuid4()
    with pytest.raises(NotFound) as problem:
        away.come_back(anna, missing)
    assert str(problem.value) == f"There is no time away '{missing}' here. It may have been deleted."
    assert away.delete_away(anna, missing) is None


@pytest.mark.parametrize(
    ("first", "last", "note", "sentence"),
    [
        pytest.param(2, 1, "", "The last day is before the first.", id="ends before it begins"),
        pytest.param(
            400, None, "", "Time away can be told from a year back to a year ahead.", id="far ahead"
        ),
        pytest.param(
            0, 400, "", "Time away can be told from a year back to a year ahead.", id="ends far ahead"
        ),
        pytest.param(-400, 0, "", "Time away can be told from a year back to a year ahead.", id="long ago"),
        pytest.param(0, 1, "x" * 201, "The note is longer than 200 characters.", id="a long note"),
        pytest.param(
            500,
            499,
            "",
            "The last day is before the first. Time away can be told from a year back to a year ahead.",
            id="two problems at once",
        ),
    ],
)
def test_what_cannot_be_is_refused(anna, first, last, note, sentence):
    with pytest.raises(BadAway) as problem:
        told(anna, first, last, note=note)
    assert str(problem.value) == sentence
    assert away.aways(anna) == ()


@pytest.mark.parametrize(
    ("first", "last", "why", "sentence"),
    [
        pytest.param(0, None, "illness", "Ill since 23 November.", id="goes on"),
        pytest.param(3, None, "pause", "Taking a pause from 26 November on.", id="will go on"),
        pytest.param(1, 1, "period", "On your period on 24 November.", id="one day"),
        pytest.param(1, 4, "holiday", "On holiday from 24 to 27 November.", id="in one month"),
        pytest.param(1, 10, "holiday", "On holiday from 24 November to 3 December.", id="over two months"),
        pytest.param(
            30, 44, "holiday", "On holiday from 23 December to 6 January 2027.", id="over two years"
        ),
    ],
)
def test_in_words(anna, first, last, why, sentence):
    assert away_words(told(anna, first, last, why), anna.today) == sentence


# --- The programme ---------------------------------------------------------------------------------


def test_sessions_of_days_away_are_not_missed(anna, clock):
    train_on(anna, 1, 1)
    clock.on(days=9)
    assert statuses(anna)[:4] == ["done", "missed", "missed", "missed"]
    told(anna, -8, -4)
    assert statuses(anna)[:4] == ["done", "away", "away", "missed"]


def test_what_was_done_in_spite_of_it_is_done(anna):
    train_on(anna, 1, 1)
    told(anna, 0, 3)
    assert statuses(anna)[:3] == ["done", "away", "next"]


def test_the_next_session_is_the_first_one_after_the_days_away(anna):
    told(anna, 0, 3)
    assert statuses(anna)[:4] == ["away", "away", "next", "upcoming"]
    view = today(anna)
    assert view.away is not None
    assert (view.session.week, view.session.day) == (1, 3)
    assert view.planned_this_week == 1
    assert not view.block_over


def test_while_it_goes_on_the_session_to_come_back_to_is_offered(anna):
    told(anna)
    assert set(statuses(anna)) == {"away"}
    assert today(anna).session.status == "away"
    assert not today(anna).block_over


def test_train_shows_it_and_plans_no_sets_for_it(anna):
    before = planning.train(anna).dose
    one = told(anna, 0, 6)
    view = planning.train(anna)
    assert view.aways == (one,)
    assert sum(muscle.planned_sets for muscle in before) > 0
    assert sum(muscle.planned_sets for muscle in view.dose) == 0


def test_a_session_can_move_from_and_to_such_a_day(anna):
    told(anna, 0, 0)
    planning.move(anna, 1, 1, anna.today + timedelta(days=1))
    assert blocks.known_block(anna).at(1, 1).status == "next"
    planning.move(anna, 1, 2, anna.today)
    assert blocks.known_block(anna).at(1, 2).status == "away"


def test_planning_a_week_anew_leaves_its_days_away_alone(anna):
    told(anna, 0, 0)
    before = blocks.known_block(anna).at(1, 1).session
    planning.skip(anna, 1, 2)
    assert blocks.known_block(anna).at(1, 1).session == before


def test_undo_makes_it_a_session_to_do_again(anna):
    change = away.delete_away(anna, told(anna, 0, 2).id)
    assert statuses(anna)[0] == "today"
    sessions.undo(anna, change.token)
    assert statuses(anna)[0] == "away"


BLOCK = tuple(
    Session(week=week, day=day, place="Home", minutes=30, items=())
    for week in range(1, 4)
    for day in range(1, 4)
)
NOBODY_TRAINS = {"done": {}, "moved": {}, "skipped": frozenset()}


@given(st.sets(st.integers(0, 30)), st.integers(0, 25))
def test_days_away_take_nothing_but_expectations(days, passed):
    """Every session stays, on its day; none that is away is missed, and what is to do is not away while another is left."""
    start = Clock().now.date()
    now = start + timedelta(days=passed)
    away_days = {start + timedelta(days=day) for day in days}
    before = dated_sessions(BLOCK, starts_on=start, today=now, **NOBODY_TRAINS)
    after = set_aside(before, lambda on: on in away_days)
    assert [(one.slot, one.on) for one in after] == [(one.slot, one.on) for one in before]
    assert all((one.status == "away") == (one.on in away_days) for one in after)
    assert sum(one.status == "next" for one in after) <= 1
    to_do = session_to_do(after, now)
    if any(one.status in {"next", "today", "upcoming"} for one in after):
        assert to_do.status != "away"
    assert set_aside(after, lambda _: False) == after
