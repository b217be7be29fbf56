"""The weekly streak, which knows rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.progress.streaks import Streak, Week, needed, state, streak

MONDAY = date(2026, 9, 7)
HALF = 0.5


def week(number: int = 0, *, done: int = 0, planned: int | None = 3, **more) -> Week:
    """Return a week with sessions on its first days."""
    monday = MONDAY + timedelta(weeks=number)
    return Week(
        monday=monday,
        planned=planned,
        done_on=tuple(monday + timedelta(days=day) for day in range(done)),
        **more,
    )


def test_no_weeks_are_no_streak():
    assert streak((), HALF) == Streak()


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        pytest.param(None, 1, id="no plan"),
        pytest.param(0, 1, id="nothing planned"),
        pytest.param(1, 1, id="one"),
        pytest.param(2, 1, id="two"),
        pytest.param(3, 2, id="three"),
        pytest.param(4, 2, id="four"),
        pytest.param(6, 3, id="six"),
    ],
)
def test_half_of_the_planned_sessions_keep_a_week(planned, expected):
    assert needed(week(planned=planned), HALF) == expected


def test_a_fifth_of_five_is_one():
    assert needed(week(planned=5), 0.2) == 1


@pytest.mark.parametrize(
    ("given_week", "expected"),
    [
        pytest.param(week(done=2), "kept", id="enough"),
        pytest.param(week(done=1), "broken", id="too little"),
        pytest.param(week(done=1, excused=True), "paused", id="too little, with a day away"),
        pytest.param(week(done=2, excused=True), "kept", id="enough in spite of a day away"),
        pytest.param(week(planned=0), "paused", id="nothing was expected"),
        pytest.param(week(planned=0, done=1), "kept", id="nothing was expected, and something done"),
        pytest.param(week(planned=None), "broken", id="no plan and nothing done"),
        pytest.param(week(planned=None, done=1), "kept", id="no plan and something done"),
        pytest.param(week(done=1, over=False), "open", id="still running"),
        pytest.param(week(done=1, over=False, excused=True), "open", id="still running, with a day away"),
        pytest.param(week(done=2, over=False), "kept", id="kept before it is over"),
    ],
)
def test_state(given_week, expected):
    assert state(given_week, HALF) == expected


def test_a_worked_example():
    weeks = (
        week(0, done=3),
        week(1, done=2),
        week(2, done=0, excused=True),  # a holiday
        week(3, done=2),
        week(4, done=1),  # too little
        week(5, done=2),
        week(6, done=0, over=False),
    )
    told = streak(weeks, HALF)
    assert (told.weeks, told.best) == (1, 3)
    assert told.states == ("kept", "kept", "paused", "kept", "broken", "kept", "open")
    second = timedelta(days=1)  # the second session of each week keeps it
    days = [weeks[n].monday + second for n in (0, 1, 3, 5)]
    assert told.grew == tuple(zip(days, (1, 2, 3, 1), strict=True))


@st.composite
def many_weeks(draw: st.DrawFn) -> tuple[Week, ...]:
    """Return consecutive weeks, the last of which may run."""
    count = draw(st.integers(1, 12))
    return tuple(
        week(
            number,
            done=draw(st.integers(0, 5)),
            planned=draw(st.none() | st.integers(0, 5)),
            excused=draw(st.booleans()),
            over=number < count - 1 or draw(st.booleans()),
        )
        for number in range(count)
    )


@given(many_weeks(), st.data())
def test_telling_a_day_away_never_costs_a_week(weeks, data):
    at = data.draw(st.integers(0, len(weeks) - 1))
    told = (*weeks[:at], replace(weeks[at], excused=True), *weeks[at + 1 :])
    before, after = streak(weeks, HALF), streak(told, HALF)
    assert after.weeks >= before.weeks
    assert after.best >= before.best


@given(many_weeks(), st.data())
def test_a_paused_week_neither_breaks_nor_counts(weeks, data):
    at = data.draw(st.integers(0, len(weeks)))
    with_pause = (*weeks[:at], week(50, excused=True), *weeks[at:])
    before, after = streak(weeks, HALF), streak(with_pause, HALF)
    assert (after.weeks, after.best) == (before.weeks, before.best)
    assert after.states.count("paused") == before.states.count("paused") + 1


@given(many_weeks(), st.data())
def test_which_days_of_a_week_are_rest_does_not_matter(weeks, data):
    """Days of rest inside a week cost nothing, wherever they are."""
    other = tuple(
        replace(
            one,
            done_on=tuple(one.monday + timedelta(days=data.draw(st.integers(0, 6))) for _ in one.done_on),
        )
        for one in weeks
    )
    before, after = streak(weeks, HALF), streak(other, HALF)
    assert (after.weeks, after.best, after.states) == (before.weeks, before.best, before.states)


@given(many_weeks(), st.data())
def test_one_session_more_never_costs_a_week(weeks, data):
    at = data.draw(st.integers(0, len(weeks) - 1))
    one = weeks[at]
    more = replace(one, done_on=(*one.done_on, one.monday + timedelta(days=6)))
    before, after = streak(weeks, HALF), streak((*weeks[:at], more, *weeks[at + 1 :]), HALF)
    assert after.weeks >= before.weeks
    assert after.best >= before.best


@given(many_weeks())
def test_the_best_is_the_longest_the_row_ever_was(weeks):
    told = streak(weeks, HALF)
    assert told.best == max((length for _, length in told.grew), default=0)
    assert 0 <= told.weeks <= told.best <= len(weeks)
    assert [on for on, _ in told.grew] == sorted(on for on, _ in told.grew)
