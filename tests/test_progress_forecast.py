"""Where strength goes: the usual course, a person's own share of it, and the fan."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.progress.forecast import (
    Z80,
    Course,
    forecast_rules,
    own_share,
    strength_fan,
    usual_growth,
)

COURSE = Course(
    log_rm=math.log(40),
    sd_log=0.04,
    weeks_done=10,
    change_log=0.1,
    change_sd_log=0.04,
    change_days=70,
    walk_log=0.008,
)
EXPERIENCES = ("new", "some", "trained")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 0, 0, id="no time"),
        pytest.param(0, 8, 8 * math.log(1.025), id="the first eight weeks"),
        pytest.param(6, 10, 2 * math.log(1.025) + 2 * math.log(1.0125), id="over a step"),
        pytest.param(52, 60, 8 * math.log(1.0015), id="after a year"),
        pytest.param(600, 700, 0, id="after ten years nothing is known"),
    ],
)
def test_usual_growth(start, end, expected):
    assert usual_growth(start, end) == pytest.approx(expected)


@given(st.floats(0, 60), st.floats(0, 60), st.floats(0, 60))
def test_growth_adds_up(a, b, c):
    a, b, c = sorted((a, b, c))
    assert usual_growth(a, b) + usual_growth(b, c) == pytest.approx(usual_growth(a, c))


def test_a_beginner_of_ten_weeks_is_taken_to_grow_as_trials_saw_until_their_own_course_tells():
    vague = replace(COURSE, change_sd_log=100.0)
    share, sd = own_share(vague, "new")
    assert share == pytest.approx(1, abs=1e-3)
    assert sd == pytest.approx(0.5 / Z80, abs=1e-3)
    sure = replace(COURSE, change_sd_log=0.0, walk_log=0.0)
    share, sd = own_share(sure, "new")
    assert share == pytest.approx(0.1 / usual_growth(0, 10))
    assert sd == pytest.approx(0, abs=1e-6)


def test_without_growth_to_be_seen_nothing_is_learned():
    late = replace(COURSE, weeks_done=900.0)
    assert own_share(late, "some") == pytest.approx((0.5, 0.25 / Z80))


@given(st.floats(-0.3, 0.3), st.floats(0.001, 0.3))
def test_who_grew_more_is_expected_to_grow_more(change, more):
    less_share, _ = own_share(replace(COURSE, change_log=change), "some")
    more_share, _ = own_share(replace(COURSE, change_log=change + more), "some")
    assert more_share > less_share


@given(st.sampled_from(EXPERIENCES), st.floats(-0.2, 0.3), st.floats(0.01, 0.2), st.floats(4, 120))
def test_a_fan_opens(experience, change, sd_log, weeks_done):
    course = replace(COURSE, change_log=change, sd_log=sd_log, weeks_done=weeks_done, change_days=28)
    fan = strength_fan(course, experience)
    assert fan[0].best_kg == pytest.approx(40)
    widths = [math.log(point.high_kg / point.low_kg) for point in fan]
    assert widths == sorted(widths)
    assert all(point.low_kg < point.best_kg < point.high_kg for point in fan)
    assert [point.days for point in fan] == [7 * n for n in range(forecast_rules().weeks + 1)]


def test_the_fan_begins_at_the_band_of_today():
    first = strength_fan(COURSE, "some")[0]
    assert math.log(first.high_kg / first.low_kg) == pytest.approx(2 * Z80 * 0.04)


def test_a_fan_reaches_twelve_weeks_from_today_and_not_from_the_last_day():
    assert strength_fan(COURSE, "some", since_last_d=14)[-1].days == 14 + 84
