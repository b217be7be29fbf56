"""On which day a session falls, and how each day stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import uuid_utils.compat as uuid
from hypothesis import given
from hypothesis import strategies as st

from openback.model.programme import Session
from openback.services.calendar import (
    OFFSETS_D,
    Dated,
    Done,
    dated_sessions,
    planned_date,
    session_to_do,
    weeks_of,
)

START = date(2026, 11, 18)  # a Wednesday


def block(days: int = 3, weeks: int = 2) -> tuple[Session, ...]:
    return tuple(
        Session(week=week, day=day, place="Home", minutes=30, items=())
        for week in range(1, weeks + 1)
        for day in range(1, days + 1)
    )


def placed(today: date, **more) -> tuple[Dated, ...]:
    given_facts = {"done": {}, "moved": {}, "skipped": frozenset(), "sessions": block()} | more
    sessions = given_facts.pop("sessions")
    return dated_sessions(sessions, starts_on=START, today=today, **given_facts)


def log(on: date, *, finished: bool = True) -> Done:
    return Done(log_id=uuid.uuid7(), on=on, finished=finished)


def test_an_empty_block_has_nothing_to_do():
    assert placed(START, sessions=()) == ()
    assert session_to_do((), START) is None


def test_the_first_session_is_on_the_day_the_block_starts():
    first = placed(START)[0]
    assert (first.slot, first.on, first.status) == ((1, 1), START, "today")


@pytest.mark.parametrize(
    ("day_offset", "done", "moved", "skipped", "expected"),
    [
        pytest.param(1, {}, {}, (), (1, 1), id="missed yesterday, still open"),
        pytest.param(1, {(1, 1): 0}, {}, (), (1, 2), id="done yesterday, the next one"),
        pytest.param(2, {}, {}, (), (1, 2), id="today's comes before a missed one"),
        pytest.param(4, {(1, 1): 0}, {}, (), (1, 3), id="two missed, today's"),
        pytest.param(0, {(1, 1): 0}, {}, (), (1, 2), id="done today, the next one"),
        pytest.param(1, {}, {(1, 1): 1}, (), (1, 1), id="moved to today"),
        pytest.param(0, {}, {}, ((1, 1),), (1, 2), id="skipped today"),
        pytest.param(20, {}, {}, (), None, id="the block is over"),
    ],
)
def test_session_to_do(day_offset, done, moved, skipped, expected):
    today = START + timedelta(days=day_offset)
    dated = placed(
        today,
        done={slot: log(START + timedelta(days=on)) for slot, on in done.items()},
        moved={slot: START + timedelta(days=on) for slot, on in moved.items()},
        skipped=frozenset(skipped),
    )
    to_do = session_to_do(dated, today)
    assert (to_do.slot if to_do else None) == expected


def test_a_begun_session_keeps_its_log_and_stays_to_do():
    begun = log(START, finished=False)
    first = placed(START, done={(1, 1): begun})[0]
    assert (first.status, first.log_id) == ("today", begun.log_id)


def test_two_days_late_is_open_and_three_is_missed():
    rest = {(1, 2): START + timedelta(days=10)}
    two, three = START + timedelta(days=2), START + timedelta(days=3)
    assert session_to_do(placed(two, moved=rest), two).slot == (1, 1)
    assert session_to_do(placed(three, moved=rest), three).slot == (1, 3)


@given(st.sampled_from(sorted(OFFSETS_D)), st.integers(1, 6), st.integers(-5, 60))
def test_every_session_has_its_own_day_and_exactly_one_is_next(days, weeks, offset):
    today = START + timedelta(days=offset)
    dated = placed(today, sessions=block(days, weeks))
    assert len({one.on for one in dated}) == days * weeks
    assert sum(one.status in {"today", "next"} for one in dated) == (1 if today <= dated[-1].on else 0)
    assert all(planned_date(START, days, one.slot) == one.on for one in dated)


@given(st.integers(0, 40))
def test_weeks_run_from_monday_to_sunday_and_hold_today(offset):
    today = START + timedelta(days=offset)
    weeks = weeks_of(placed(today), START, today)
    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)
    days = [day for week in weeks for day in week]
    assert today in days
    assert START in days
    assert days == sorted(set(days))
