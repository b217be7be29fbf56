"""The weekly dose: bands, fractional sets, and the file they stand in (evidence 3.1, 10.6)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gym
from openback.catalogue import load_catalogue
from openback.errors import BadDataFile
from openback.model.exercise import Dose, Tempo
from openback.model.programme import Screened
from openback.training.dose import (
    EXPERIENCES,
    GOALS,
    counted_share,
    doses_from,
    fractional_sets,
    goal_weights,
    load_doses,
    weekly_bands,
)

DOSES = load_doses()
CATALOGUE = gym.catalogue()


# --- Fractional sets -----------------------------------------------------------------------------------------


def test_no_sets_are_nought_for_every_muscle():
    assert fractional_sets([], CATALOGUE, DOSES) == dict.fromkeys(CATALOGUE.muscles, 0.0)


@pytest.mark.parametrize("catalogue", [CATALOGUE, load_catalogue()], ids=["table", "files"])
def test_fractional_sets_of_the_evidence(catalogue):
    """Evidence 10.6: four wide pull-downs, three one-arm rows and three shrugs."""
    week = [("wide_grip_lat_pulldown", 4), ("one_arm_dumbbell_row", 3), ("dumbbell_shrug", 3)]
    found = fractional_sets(week, catalogue, DOSES)
    expected = {
        "latissimus_dorsi": 7.0,
        "trapezius_middle": 6.5,
        "trapezius_upper": 4.5,
        "trapezius_lower": 4.25,
        "rhomboids": 5.75,
        "biceps": 3.5,
    }
    assert {muscle: found[muscle] for muscle in expected} == expected


@pytest.mark.parametrize(
    ("hold_s", "share"),
    [pytest.param((5, 19), 0.0, id="too short"), pytest.param((10, 20), 1.0, id="long enough")],
)
def test_a_hold_counts_from_twenty_seconds_on(hold_s, share):
    tempo = Tempo(lift_s=1, hold_s=0, lower_s=1, pause_s=0)
    dose = Dose(reps=None, hold_s=hold_s, rest_s=30, sets=(1, 3), tempo=tempo)
    hold = gym.exercise("hold", kind="hold", dose=dose, muscles={"rhomboids": 1.0})
    assert counted_share(hold, "rhomboids", DOSES) == share
    assert counted_share(hold, "biceps", DOSES) == 0.0


# --- Bands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("experience", "days", "primary"),
    [
        pytest.param("new", 3, (4, 6, 10), id="new"),
        pytest.param("some", 3, (4, 8, 13), id="some"),
        pytest.param("trained", 3, (4, 10, 16), id="trained"),
        pytest.param("new", 1, (4, 6, 8), id="one day: no more than its ceiling"),
        pytest.param("trained", 1, (4, 10, 11), id="one day, trained"),
    ],
)
def test_bands_by_experience(experience, days, primary):
    bands = weekly_bands(gym.person(experience=experience, days_per_week=days), CATALOGUE, DOSES)
    assert {(b.minimum, b.low, b.high) for b in bands.values() if b.primary} == {primary}


def test_gentle_weeks_lower_the_band():
    gentle = Screened(stops=(), notes=(), banned={}, preferred=frozenset(), rir_floor=3, set_cap_per_week=5)
    bands = weekly_bands(gym.person(), CATALOGUE, DOSES, gentle)
    assert {(b.minimum, b.low, b.high) for b in bands.values() if b.primary} == {(4, 5, 5)}


@given(
    experience=st.sampled_from(EXPERIENCES),
    days=st.integers(1, 6),
    goals=st.lists(st.sampled_from(GOALS), min_size=1, unique=True),
)
def test_bands_are_in_order(experience, days, goals):
    person = gym.person(experience=experience, days_per_week=days, goals=tuple(goals))
    for band in weekly_bands(person, CATALOGUE, DOSES).values():
        assert 0 < band.minimum <= band.low <= band.high <= DOSES.cap_sets
        assert band.weight > 0


@pytest.mark.parametrize(
    ("goals", "weights"),
    [
        pytest.param((), {}, id="none"),
        pytest.param(("tone",), {"tone": 1.0}, id="one"),
        pytest.param(("tone", "posture"), {"tone": 2 / 3, "posture": 1 / 3}, id="two"),
    ],
)
def test_goals_count_in_order(goals, weights):
    assert goal_weights(gym.person(goals=goals)) == pytest.approx(weights)


def test_posture_puts_weight_on_what_holds_the_shoulder_blades():
    bands = weekly_bands(gym.person(goals=("posture",)), CATALOGUE, DOSES)
    more = {muscle for muscle, band in bands.items() if band.weight > 1}
    assert {
        "trapezius_middle",
        "trapezius_lower",
        "rotator_cuff",
        "serratus_anterior",
        "posterior_deltoid",
    } <= more


# --- The file ---------------------------------------------------------------------------------------------------


def test_blocks_last_four_to_six_weeks_and_start_easier():
    for dose in DOSES.experience.values():
        assert 4 <= len(dose.weeks) <= 6
        shares = [week.share for week in dose.weeks]
        assert shares == sorted(shares)
        assert shares[1] < 1
        assert shares[-1] == 1
        assert min(week.rir_multi for week in dose.weeks[:2]) >= dose.weeks[-1].rir_multi


def test_everything_named_in_the_file_is_there():
    catalogue = load_catalogue()
    assert set(DOSES.classic) <= set(catalogue.exercises)
    for goal in DOSES.goals.values():
        assert set(goal.favours) <= set(catalogue.exercises)
        assert set(goal.muscles) <= set(catalogue.muscles)
    assert set(DOSES.lighter) <= set(catalogue.complaints)


@pytest.mark.parametrize(("minutes", "warm_up_s"), [(5, 60), (10, 60), (19, 60), (20, 120), (90, 300)])
def test_the_clock_of_a_session(minutes, warm_up_s):
    assert DOSES.clock(minutes).warm_up_s == warm_up_s


def test_problems_of_the_file_are_told_at_once():
    text = "minimum_sets = -4\nclassic = 3\n"
    with pytest.raises(BadDataFile) as problem:
        doses_from(text)
    lines = str(problem.value).splitlines()
    assert "- minimum_sets must be a number of 0 or more" in lines
    assert "- classic must be a list of texts" in lines
    assert "- experience must be a table" in lines
    assert "- clock must be a list of tables" in lines


def test_the_cap_holds_whatever_the_band():
    tight = replace(DOSES, cap_sets=7)
    bands = weekly_bands(gym.person(experience="trained"), CATALOGUE, tight)
    assert {band.high for band in bands.values()} == {7}
