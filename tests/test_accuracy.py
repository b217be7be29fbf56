"""The engine on made sets: how the table is made, and the bars on a sample with seeds of its own."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from moving import fault, pull_down
from scripts.accuracy import (
    BEGINS,
    ENDS,
    LEAST,
    cell_of,
    count_share,
    page_part,
    rmse_deg,
    trials_of,
    written,
)
from scripts.accuracy_trials import (
    ANGLES,
    VIEWS,
    Outcome,
    Trial,
    best_angle_view,
    best_view,
    can_tell,
    run_all,
    watched,
)

# One of the exercise's own faults: views are looked up by the exercise.
SWING = fault(id="swing", measure="trunk_swing_deg", stat="max", above=15.0)
GRIP = fault(id="grip", measure="grip_width_shoulders", during="start", stat="mean", above=2.0)
SWINGING = replace(pull_down(), faults=(SWING,))
DROPPED = fault(id="dropped", measure="lower_s", stat="min", above=None, below=1.0)


def outcome(view="side", fault_id=None, told=(), open_=(), counted=4, **more):
    trial = Trial(exercise="pull_down", view=view, fault=fault_id, number=0)
    return Outcome(
        trial=trial, counted=counted, true=4, told=frozenset(told), cannot_tell=frozenset(open_), **more
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "seen", "views"),
    [
        pytest.param("side_or_oblique", SWING, {"side"}, id="where it errs least"),
        pytest.param("front", SWING, {"side"}, id="another where the one asked for cannot tell"),
        pytest.param("front_or_back", GRIP, {"front", "back"}, id="one of those asked for"),
        pytest.param("any", SWING, {"side"}, id="any"),
    ],
)
def test_best_view(asked, seen, views):
    own = pull_down()
    own = replace(own, camera=replace(own.camera, best_view=asked), faults=(seen,))
    assert best_view(own, seen) in views


def test_tempo_is_judged_where_reps_are():
    own = replace(pull_down(), faults=(DROPPED,))
    assert best_view(own, DROPPED) == best_view(own, None)


@pytest.mark.parametrize(
    ("seen", "views"),
    [
        pytest.param(SWING, {"oblique", "side"}, id="lean: not from front or back"),
        pytest.param(DROPPED, set(VIEWS), id="tempo: from everywhere"),
    ],
)
def test_where_a_fault_can_be_told(seen, views):
    assert {view for view in VIEWS if can_tell(seen, view)} == views


def test_trials_are_each_their_own_and_the_same_every_time():
    trials = trials_of(pull_down(), 6)
    assert trials == trials_of(pull_down(), 6)
    assert len({trial.seed for trial in trials}) == len(trials)
    assert trials[0].seed != replace(trials[0], salt=1).seed


def test_faults_are_not_made_where_they_cannot_be_told():
    own = replace(pull_down(), faults=(SWING,))
    trials = trials_of(own, 6)
    assert {trial.view for trial in trials if trial.fault} == {"oblique", "side"}
    assert all(sum(t.view == view and t.fault is None for t in trials) >= LEAST for view in VIEWS)


def test_a_cell_without_sets_is_unknown():
    cell = cell_of(SWINGING, SWING, "side", [])
    assert math.isnan(cell.detected)
    assert math.isnan(cell.false_alarm)
    assert not cell.good


def test_a_cell_counts_each_kind_of_set():
    found = [
        outcome(fault_id="swing", told=["swing"]),
        outcome(fault_id="swing"),
        outcome(told=["swing"]),
        *(outcome() for _ in range(3)),
        outcome(view="front", told=["swing"]),
    ]
    cell = cell_of(SWINGING, SWING, "side", found)
    assert (cell.detected, cell.false_alarm, cell.best) == (0.5, 0.25, True)
    assert not cell.good
    blind = cell_of(SWINGING, SWING, "front", [outcome(view="front", open_=["swing"])])
    assert (blind.told_from_here, blind.cannot_tell, blind.good) == (False, 1.0, True)


def test_counts_and_angles():
    errors = {"trunk_from_floor_deg": (3.0, -4.0)}
    found = [outcome(errors_deg=errors), outcome(counted=5), outcome(view="front", counted=9)]
    assert count_share(pull_down(), found, "side") == 0.5
    assert rmse_deg(found, "trunk_from_floor_deg", "side") == pytest.approx(math.sqrt(12.5))
    assert math.isnan(rmse_deg(found, "arm_elevation_deg", "side"))


def test_only_the_made_part_of_the_page_changes():
    page = f"# Accuracy\n\nby hand\n\n{BEGINS}\nold\n{ENDS}\n\nafter\n"
    assert written(page, "new\n") == f"# Accuracy\n\nby hand\n\n{BEGINS}\nnew\n{ENDS}\n\nafter\n"
    assert written("# Accuracy\n", "new\n") == f"# Accuracy\n\n{BEGINS}\nnew\n{ENDS}\n"


def test_the_page_says_plainly_which_bars_are_missed_and_by_how_much(monkeypatch):
    errors = {"trunk_from_floor_deg": (8.0,)}
    home = best_view(SWINGING, None)
    monkeypatch.setattr("scripts.accuracy.best_angle_view", lambda *_: home)
    found = [
        outcome(view=home),
        outcome(view=home, counted=5, errors_deg=errors),
        outcome(told=["swing"]),
        outcome(fault_id="swing"),
    ]
    part = page_part([(SWINGING, found)], 1)
    assert "The rep count is exact in 50.0 % of the sets, 49.0 points under the bar of 99 %." in part
    assert (
        "Faults at 1.5 times their limit are found in 0.0 % of the sets, 95.0 points under the bar of 95 %."
        in part
    )
    assert "A fault is told of a clean set in 100.0 % of the sets, 98.0 points over the bar of 2 %." in part
    assert "`trunk_from_floor_deg` errs by 8.0 degrees, 3.0 more than the bar of 5." in part
    assert "Missed by single faults" in part


def test_the_page_says_when_nothing_is_missed():
    clean = [outcome(view=view, open_=["swing"]) for view in VIEWS]
    part = page_part([(SWINGING, [*clean, outcome(fault_id="swing", told=["swing"])])], 1)
    assert "As a whole no bar is missed." in part
    assert "No fault misses a bar." in part


# --- The engine itself, on sets that no table has seen --------------------------------------------------

# The three classic lifts, a row from the side, a raise lying down and a pose.
SAMPLE = (
    "wide_grip_lat_pulldown",
    "one_arm_dumbbell_row",
    "dumbbell_shrug",
    "seated_cable_row",
    "prone_y_raise",
    "cobra_pose",
)
# Bars of the issue, and beside those that are missed what must not become worse. Few sets scatter: a share of them
# may be two standard deviations beyond what the whole table says.
COUNT_BAR = 0.99
COUNT_KEPT = 0.95
DETECTION_BAR = 0.95
DETECTION_KEPT = 0.7
FALSE_BAR = 0.02
ARM_BAR_DEG = 5.0
ARM_KEPT_DEG = 10.0


def sample_trials(exercise):
    """Return a few sets: clean from where each fault is best seen, each fault once, clean from everywhere else."""
    home = {best_view(exercise, fault) for fault in exercise.faults} | {best_view(exercise, None)}
    home |= {best_angle_view(exercise, measure) for measure in ANGLES}
    clean = [
        Trial(exercise=exercise.id, view=view, fault=None, number=number, salt=1)
        for view in VIEWS
        for number in range(4 if view in home else 1)
    ]
    shown = [
        Trial(exercise=exercise.id, view=best_view(exercise, fault), fault=fault.id, number=1, reps=3, salt=1)
        for fault in exercise.faults
    ]
    danger = [replace(one, number=n) for one in shown if one.fault == "behind_head" for n in (2, 3, 4)]
    return [*clean, *shown, *danger]


@pytest.fixture(scope="module")
def sample():
    """Return exercises with what the engine makes of sets that no table has seen."""
    chosen = [exercise for exercise in watched() if exercise.id in SAMPLE]
    assert len(chosen) == len(SAMPLE)
    outcomes = list(run_all([trial for exercise in chosen for trial in sample_trials(exercise)], processes=2))
    return [(exercise, [one for one in outcomes if one.trial.exercise == exercise.id]) for exercise in chosen]


def best_cells(sample):
    return [
        cell_of(exercise, fault, best_view(exercise, fault), found)
        for exercise, found in sample
        for fault in exercise.faults
    ]


@pytest.mark.slow
def test_reps_are_counted_to_the_rep_at_the_regression_level(sample):
    exact = np.mean([count_share(exercise, found) for exercise, found in sample])
    assert COUNT_KEPT <= COUNT_BAR
    assert exact >= COUNT_KEPT


@pytest.mark.slow
def test_faults_are_not_made_up(sample):
    assert np.mean([cell.false_alarm for cell in best_cells(sample)]) <= FALSE_BAR


@pytest.mark.slow
def test_faults_are_found_at_the_regression_level(sample):
    assert DETECTION_KEPT <= DETECTION_BAR
    assert np.mean([cell.detected for cell in best_cells(sample)]) >= DETECTION_KEPT


@pytest.mark.slow
def test_a_bar_behind_the_head_is_always_found(sample):
    found = [one for _, outcomes in sample for one in outcomes if one.trial.fault == "behind_head"]
    assert len(found) == 4
    assert all("behind_head" in one.told for one in found)


@pytest.mark.slow
def test_no_danger_is_ever_told_of_a_clean_set(sample):
    for exercise, found in sample:
        dangers = {fault.id for fault in exercise.faults if fault.severity == "danger"}
        assert not [one.trial for one in found if one.trial.fault is None and one.told & dangers]


@pytest.mark.slow
def test_nothing_is_said_from_where_nothing_can_be_told(sample):
    blind = [
        cell_of(exercise, fault, view, found).cannot_tell
        for exercise, found in sample
        for fault in exercise.faults
        for view in VIEWS
        if not can_tell(fault, view)
    ]
    assert len(blind) > 5
    assert np.mean(blind) >= 0.95


def together_deg(sample, measure):
    errors = [rmse_deg(found, measure, best_angle_view(exercise, measure)) for exercise, found in sample]
    return np.sqrt(np.nanmean(np.square(errors)))


@pytest.mark.slow
def test_the_trunk_is_within_five_degrees(sample):
    assert together_deg(sample, "trunk_from_floor_deg") <= 5.0


@pytest.mark.slow
def test_the_arms_are_within_the_regression_level(sample):
    assert ARM_BAR_DEG <= together_deg(sample, "arm_elevation_deg") <= ARM_KEPT_DEG


@pytest.mark.slow
def test_the_table_names_every_fault(sample):
    part = page_part(sample, 4)
    for exercise, _ in sample:
        assert f"### {exercise.name}" in part
        assert all(f"| {fault.id.replace('_', ' ')} |" in part for fault in exercise.faults)
