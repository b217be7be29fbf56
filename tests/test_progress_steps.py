"""Thirty steps: from what was counted to what is reached."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.datafile import read_table
from openback.errors import BadDataFile
from openback.progress.steps import (
    HOW_MANY,
    KINDS,
    MEASURES,
    Facts,
    Rise,
    counted,
    highest,
    next_step,
    reached,
    share,
    step_data,
    step_data_from,
    value_now,
)

DAY = date(2026, 3, 2)
STEPS = step_data().steps
BY_ID = {step.id: step for step in STEPS}


def day(number: int) -> date:
    return DAY + timedelta(days=number)


# --- The file ---------------------------------------------------------------------------------------


def test_the_path_goes_from_the_first_session_to_the_first_pull_up():
    assert len(STEPS) == HOW_MANY
    assert (STEPS[0].id, STEPS[-1].id) == ("first_session", "first_pull_up")


def test_there_are_steps_for_consistency_for_skill_and_for_strength():
    for kind in KINDS:
        assert sum(step.kind == kind for step in STEPS) >= 5


def test_every_measure_is_used_and_a_longer_way_comes_later():
    for measure in MEASURES:
        goals = [step.at_least for step in STEPS if step.measure == measure]
        assert goals
        assert goals == sorted(set(goals))


def test_what_is_said_is_kind_and_short():
    for step in STEPS:
        for text in (step.says, step.done):
            assert text.endswith(".")
            assert "!" not in text
            assert len(text) <= 110
            assert not {"fail", "failed", "bad", "fat", "weight loss"} & set(text.lower().rstrip(".").split())


def test_every_problem_of_the_file_is_told_at_once():
    text = """
[streak]
week_share = 2
[watching]
least_reps = 5
least_hold_s = 10
least_told = 0.5
session_sets = 3
[strength]
least_days = 3
lift_percent = 10
pull_reps = 5
comeback_days = 14
[[step]]
id = "twice"
name = "Twice"
kind = "luck"
measure = "sessions"
at_least = 2
says = "Do it."
done = "Done."
[[step]]
id = "twice"
name = "Twice"
kind = "skill"
measure = "stars"
at_least = 0
says = "Do it."
done = "Done."
"""
    with pytest.raises(BadDataFile) as problem:
        step_data_from(read_table("steps.toml", text))
    assert problem.value.problems == (
        "step[1].kind must be one of consistency, skill, strength",
        "step[1].so_far must say {now} and {goal}",
        f"step[2].measure must be one of {', '.join(MEASURES)}",
        "step[2].at_least must be above 0",
        "step must be there 30 times, not 2",
        "step has 'twice' 2 times",
        "streak.week_share must be above 0 and at most 1",
    )


# --- Counting ---------------------------------------------------------------------------------------


def test_a_count_rises_with_every_day():
    assert counted(()) == ()
    assert counted([day(3), day(1), day(3)]) == (Rise(on=day(1), value=1), Rise(on=day(3), value=3))


def test_the_highest_value_never_falls():
    points = [(day(2), 12.0), (day(1), 10.0), (day(4), 11.0), (day(2), 13.0), (day(0), 0.0)]
    assert highest(()) == ()
    assert highest(points) == (Rise(on=day(1), value=10), Rise(on=day(2), value=13))


def test_nothing_counted_is_nothing_reached():
    assert reached(STEPS, Facts()) == {}
    assert next_step(STEPS, Facts(), ()) == STEPS[0]
    assert all(share(step, Facts()) == 0 for step in STEPS)


def test_a_step_is_reached_on_the_first_day_that_is_enough():
    facts = Facts(rises={"sessions": counted(day(n) for n in range(12))})
    assert reached(STEPS, facts) == {"first_session": day(0), "ten_sessions": day(9)}


def test_the_row_that_counts_is_the_one_of_now_and_what_was_reached_stays():
    facts = Facts(rises={"streak_weeks": (Rise(on=day(30), value=4),)}, now={"streak_weeks": 1})
    assert reached(STEPS, facts) == {"four_weeks": day(30)}
    assert value_now(BY_ID["twelve_weeks"], facts) == 1
    assert share(BY_ID["twelve_weeks"], facts) == pytest.approx(1 / 12)


def test_the_next_step_is_the_nearest_open_one():
    facts = Facts(rises={"sessions": counted(day(n) for n in range(45))})
    done = reached(STEPS, facts)
    assert next_step(STEPS, facts, done) == BY_ID["fifty_sessions"]
    assert next_step(STEPS, facts, [step.id for step in STEPS]) is None


values = st.floats(0, 200, allow_nan=False)
rises = st.lists(st.tuples(st.integers(0, 400).map(day), values), max_size=12).map(highest)
facts_ = st.dictionaries(st.sampled_from(MEASURES), rises, max_size=8).map(lambda given: Facts(rises=given))


@given(facts_, st.sampled_from(MEASURES), st.integers(0, 400), values)
def test_one_more_fact_takes_no_step_away_and_delays_none(facts, measure, on, value):
    before = reached(STEPS, facts)
    points = [(rise.on, rise.value) for rise in facts.rises.get(measure, ())]
    more = Facts(rises={**facts.rises, measure: highest([*points, (day(on), value)])})
    after = reached(STEPS, more)
    assert before.keys() <= after.keys()
    assert all(after[step] <= since for step, since in before.items())


@given(facts_)
def test_shares_are_parts_and_whole_only_where_a_step_is_reached(facts):
    done = reached(STEPS, facts)
    for step in STEPS:
        assert 0 <= share(step, facts) <= 1
        assert (share(step, facts) == 1) == (step.id in done)


@given(facts_)
def test_a_longer_way_is_never_reached_before_a_shorter_one(facts):
    done = reached(STEPS, facts)
    for one in STEPS:
        for other in STEPS:
            if one.measure == other.measure and one.at_least < other.at_least and other.id in done:
                assert done[one.id] <= done[other.id]


@given(st.lists(st.tuples(st.integers(0, 50).map(day), values)))
def test_the_best_so_far_is_told_by_day_and_only_rises(points):
    told = highest(points)
    assert [rise.on for rise in told] == sorted({rise.on for rise in told})
    assert [rise.value for rise in told] == sorted({rise.value for rise in told})
    assert max((rise.value for rise in told), default=0.0) == max((value for _, value in points), default=0.0)


@given(st.lists(st.integers(0, 30).map(day)))
def test_a_count_ends_with_as_many_as_there_are(days):
    told = counted(days)
    assert (told[-1].value if told else 0) == len(days)
    assert counted(reversed(days)) == told
