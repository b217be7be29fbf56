"""When to remind of breaks and of sessions, and the secret of the calendar's address."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living import ANNA, Clock, living
from openback.errors import BadReminders, NoProfileYet
from openback.model.journal import Reminders
from openback.services.reminders import (
    break_minutes,
    feed_token,
    is_feed_token,
    keep_reminders,
    new_feed_token,
    reminders,
)

AT_WORK = Reminders(breaks=True, from_minute=9 * 60, to_minute=12 * 60, every_minutes=60)


@pytest.fixture
def app(tmp_path):
    with living(tmp_path, Clock(), planned=False) as made:
        made.store.put_person(made.person_id, ANNA)
        yield made


@pytest.mark.parametrize("act", [new_feed_token, lambda app: keep_reminders(app, AT_WORK)])
def test_nothing_is_kept_before_the_questions(tmp_path, act):
    with living(tmp_path, Clock(), planned=False) as nobody:
        with pytest.raises(NoProfileYet):
            act(nobody)
        assert reminders(nobody) == Reminders()


def test_nothing_is_switched_on_before_it_was_asked_for(app):
    assert reminders(app) == Reminders()
    assert not reminders(app).breaks
    assert not reminders(app).notify


def test_keeping_and_taking_back(app):
    change = keep_reminders(app, replace(AT_WORK, break_days=(4, 0, 4)))
    assert reminders(app) == replace(AT_WORK, break_days=(0, 4))
    assert keep_reminders(app, reminders(app)) is None
    app.store.undo(app.person_id, change.token)
    assert reminders(app) == Reminders()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"break_days": (7,)}, "A day of the week is not one of the seven."),
        ({"break_days": ()}, "Choose at least one day for the breaks."),
        ({"to_minute": 540}, "Work has to end after it begins, on the same day."),
        ({"to_minute": 1441}, "Work has to end after it begins, on the same day."),
        ({"every_minutes": 19}, "A break can be every 20 to 240 minutes."),
        ({"every_minutes": 241}, "A break can be every 20 to 240 minutes."),
        ({"session_minute": 1440}, "A session has to start at a time of the day."),
        ({"alarm_minutes": 1441}, "The calendar can remind up to a day ahead of a session."),
        (
            {"every_minutes": 1, "session_minute": -1},
            "A break can be every 20 to 240 minutes. A session has to start at a time of the day.",
        ),
    ],
)
def test_times_that_cannot_be(app, wrong, sentence):
    with pytest.raises(BadReminders) as refused:
        keep_reminders(app, replace(AT_WORK, **wrong))
    assert str(refused.value) == sentence
    assert reminders(app) == Reminders()


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [
        pytest.param(replace(AT_WORK, every_minutes=240), (), id="the day is shorter than the interval"),
        pytest.param(AT_WORK, (600, 660), id="none at the end of work"),
        pytest.param(replace(AT_WORK, every_minutes=50), (590, 640, 690), id="every 50 minutes"),
    ],
)
def test_break_minutes(asked, minutes):
    assert break_minutes(asked) == minutes


@given(start=st.integers(0, 1438), length=st.integers(1, 1440), every=st.integers(20, 240))
def test_breaks_fall_within_work_and_an_interval_apart(start, length, every):
    end = min(start + length, 1440)
    due = break_minutes(Reminders(breaks=True, from_minute=start, to_minute=end, every_minutes=every))
    assert all(start < minute < end for minute in due)
    assert all(later - earlier == every for earlier, later in pairwise(due))
    assert len(due) == max(0, -(-(end - start) // every) - 1)


def test_the_secret_of_the_address(app):
    assert not is_feed_token(app, "")
    first = feed_token(app)
    assert len(first) >= 32
    assert feed_token(app) == first
    assert is_feed_token(app, first)
    assert not is_feed_token(app, first[:-1])
    assert not is_feed_token(app, "ä")
    second = new_feed_token(app)
    assert second != first
    assert not is_feed_token(app, first)
    keep_reminders(app, replace(AT_WORK, feed_token="mine"))
    assert reminders(app).feed_token == second
