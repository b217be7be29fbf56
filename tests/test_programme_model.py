"""The model: against brute force, a greedy plan, and itself with a rule left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gym
import plans
from openback.model.exercise import Dose, Tempo
from openback.model.programme import Wishes
from openback.optimise import GAP, Column, Gain, Row, gather
from openback.training.dose import EXPERIENCES, GOALS
from openback.training.programme import RULES, Ask
from openback.training.programme.problem import Problem, pose
from openback.training.programme.short_days import fitting, short_days
from openback.training.programme.solver import model_of, solve


def budgets(problem: Problem) -> dict[int, float]:
    return {frame.day: frame.strength_s for frame in problem.frames}


def solved_points(ask: Ask, problem: Problem) -> float:
    """Return what the planner's week is worth to the independent judge, after checking that it may be."""
    solution = solve(problem, RULES)
    assert solution.week is not None
    assert solution.gap <= GAP + 1e-9
    most = problem.frames[0].most_exercises
    assert plans.allowed(ask, solution.week, budgets(problem), most)
    worth = plans.points(ask, solution.week) - plans.fullest_price(ask, solution.week, budgets(problem))
    assert worth == pytest.approx(solution.points, rel=1e-6, abs=1e-6)
    return worth


# --- Brute force on tiny instances --------------------------------------------------------------------------------

FEW = (
    "wide_grip_lat_pulldown",
    "one_arm_dumbbell_row",
    "dumbbell_shrug",
    "face_pull",
    "prone_y_raise",
    "straight_arm_pulldown",
    "seated_cable_row",
    "superman",
    "lateral_raise",
    "push_up_plus",
)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    chosen=st.sets(st.sampled_from(FEW), min_size=2, max_size=3),
    days=st.integers(1, 2),
    minutes=st.sampled_from([15, 20, 30, 45]),
    experience=st.sampled_from(EXPERIENCES),
    goal=st.sampled_from(GOALS),
    liked=st.sampled_from(FEW),
)
def test_never_worse_than_every_week_there_is(chosen, days, minutes, experience, goal, liked):
    exercises = gym.all_exercises()
    ask = plans.ask_for(
        gym.profile(
            gym.GYM,
            days_per_week=days,
            minutes_per_session=minutes,
            experience=experience,
            goals=(goal,),
            liked=(liked,),
            desk_job=False,
        ),
        catalogue=gym.catalogue([exercises[e] for e in sorted(chosen)]),
    )
    assert_best(ask)


def assert_best(ask: Ask) -> None:
    """Assert that the planner's week is within the gap of the best of all weeks, and not above it."""
    problem = pose(ask)
    got = solved_points(ask, problem)
    budget_s, most = budgets(problem), problem.frames[0].most_exercises
    best = max(
        plans.points(ask, week) - plans.fullest_price(ask, week, budget_s)
        for week in plans.every_week(ask, ask.person.days_per_week)
        if plans.allowed(ask, week, budget_s, most)
    )
    assert best * (1 - GAP) - 1e-6 <= got <= best + 1e-6


@pytest.mark.parametrize("minutes", [15, 30])
def test_two_exercises_against_every_week_there_is(minutes):
    exercises = gym.all_exercises()
    two = gym.catalogue([exercises["wide_grip_lat_pulldown"], exercises["face_pull"]])
    profile = gym.profile(days_per_week=2, minutes_per_session=minutes, desk_job=False)
    ask = plans.ask_for(replace(profile, person=replace(profile.person, goals=("tone",))), catalogue=two)
    assert_best(ask)


# --- Short days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget_s", "most", "sessions"),
    [
        pytest.param(5, 6, 0, id="nothing fits"),
        pytest.param(10, 6, 2, id="one of either"),
        pytest.param(20, 6, 5, id="two short ones or a long one"),
        pytest.param(100, 1, 4, id="one at a time"),
        pytest.param(100, 6, 8, id="everything fits"),
    ],
)
def test_sessions_that_fit(budget_s, most, sessions):
    seconds = {("choice", e, 1, n): 10.0 * n for e in ("a", "b") for n in (1, 2)}
    found = fitting(seconds, budget_s, most)
    assert found is not None
    assert len({frozenset(session) for session in found}) == len(found) == sessions
    for session in found:
        assert sum(seconds[key] for key in session) <= budget_s
        assert len({key[1] for key in session}) == len(session)


def test_long_days_have_too_many_sessions_to_list():
    problem = pose(plans.ask_for(minutes_per_session=60))
    assert short_days(model_of(problem, RULES).rows) is None


@pytest.mark.slow
@pytest.mark.parametrize(("days", "minutes"), [(1, 10), (2, 15), (2, 20), (3, 20)])
@pytest.mark.parametrize("experience", ["new", "trained"])
def test_short_days_are_proven_too(days, minutes, experience):
    ask = plans.ask_for(days_per_week=days, minutes_per_session=minutes, experience=experience)
    solved_points(ask, pose(ask))


# --- A greedy plan ------------------------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(
    days=st.integers(1, 3),
    minutes=st.sampled_from([30, 45, 60]),
    experience=st.sampled_from(EXPERIENCES),
    place=st.sampled_from([gym.GYM, gym.HOME, gym.FLOOR]),
)
def test_never_worse_than_a_greedy_plan(days, minutes, experience, place):
    ask = plans.ask_for(
        gym.profile(place, days_per_week=days, minutes_per_session=minutes, experience=experience)
    )
    problem = pose(ask)
    budget_s, most = budgets(problem), problem.frames[0].most_exercises
    may = {day: list(ids) for day, ids in problem.candidates.items()}
    week = plans.greedy(ask, days, budget_s, most, may)
    if plans.allowed(ask, week, budget_s, most):
        worth = plans.points(ask, week) - plans.fullest_price(ask, week, budget_s)
        assert solved_points(ask, problem) >= worth * (1 - GAP)


# --- Rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "left_out",
    [rule.name for rule in RULES if rule.hard and rule.name not in {"whole_sets", "something_each_day"}],
)
def test_leaving_a_hard_rule_out_never_makes_the_best_week_worse(left_out):
    wishes = Wishes(pinned=frozenset({("reverse_fly", 1)}))
    ask = plans.ask_for(gym.profile(gym.HOME, days_per_week=2, minutes_per_session=45), wishes=wishes)
    problem = pose(ask)
    whole = solve(problem, RULES)
    less = solve(problem, [rule for rule in RULES if rule.name != left_out])
    assert less.points >= whole.points * (1 - GAP) - 1e-6


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_named_and_says_what_it_does(rule):
    assert rule.name == rule.pieces.__name__
    assert rule.title
    assert rule.says.endswith(".")
    assert rule.pieces.__doc__


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rows_carry_the_name_of_their_rule(rule):
    problem = replace(pose(plans.ask_for()), least=frozenset({"rhomboids"}), former={1: {"face_pull": 2}})
    for piece in rule.pieces(problem):
        if isinstance(piece, Row):
            assert piece.group[0] == rule.name


def test_no_pieces_make_an_empty_model():
    model = gather([])
    assert (model.columns, model.rows, dict(model.gains)) == ((), (), {})


def test_gains_add_up():
    model = gather([Gain(("a",), 2.0), Column(("a",), upper=1, gain=1.0), Gain(("a",), -0.5)])
    assert model.gains == {("a",): 2.5}


def test_only_exercises_that_may_come_are_in_the_model():
    problem = pose(plans.ask_for(gym.profile(gym.FLOOR, complaints=("wrist_pain",))))
    named = {column.key[1] for column in model_of(problem, RULES).columns if column.key[0] == "used"}
    assert "push_up_plus" not in named
    assert "one_arm_dumbbell_row" not in named
    assert "prone_y_raise" in named


# --- Time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reps", "hold_s", "sides", "expected_s"),
    [
        pytest.param((8, 12), None, False, 30 + 3 * (12 * 5 + 60), id="reps"),
        pytest.param((8, 12), None, True, 30 + 3 * (12 * 5 * 2 + 60), id="one side at a time"),
        pytest.param(None, (20, 30), False, 30 + 3 * (30 + 60), id="hold"),
    ],
)
def test_the_seconds_of_an_exercise(reps, hold_s, sides, expected_s):
    from openback.training.programme.ask import item_s

    tempo = Tempo(lift_s=2, hold_s=1, lower_s=2, pause_s=0)
    dose = Dose(reps=reps, hold_s=hold_s, rest_s=60, sets=(2, 4), tempo=tempo)
    assert item_s(gym.exercise("one", dose=dose, one_side_at_a_time=sides), 3) == expected_s


def test_parts_of_seconds_are_rounded_up():
    from openback.training.programme.ask import item_s

    tempo = Tempo(lift_s=1.3, hold_s=0, lower_s=1, pause_s=0)
    dose = Dose(reps=(3, 3), hold_s=None, rest_s=10, sets=(1, 1), tempo=tempo)
    assert item_s(gym.exercise("one", setup_s=0, dose=dose), 1) == 7 + 10
