"""Strength from logged sets, priors before the first one, and reps forecast at a load."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gym import exercise, person
from openback.model.exercise import Dose, StartLoad, Tempo
from openback.model.log import SetLog
from openback.training.strength.constants import estimate_constants
from openback.training.strength.estimate import (
    load_for_reps_kg,
    logged_kg,
    moved_kg,
    reps_forecast,
    strength_after,
    strength_from_prior,
    strength_path,
)
from openback.training.strength.one_rep_max import log_cost, reps_at_cost, share_of_one_rm
from openback.training.strength.priors import Prior, alikeness, body_mass_prior_of, prior_for

START = datetime(2026, 1, 5, 18, tzinfo=UTC)
TODAY = date(2026, 1, 5)
DOSE = Dose(
    reps=(8, 12), hold_s=None, rest_s=120, sets=(2, 4), tempo=Tempo(lift_s=2, hold_s=1, lower_s=2, pause_s=0)
)
ROW = exercise(
    "row",
    load="stack",
    dose=DOSE,
    muscles={"rhomboids": 1.0, "biceps": 0.5},
    start_load=StartLoad(share={"female": 0.22, "male": 0.35}),
)
OTHER_ROW = replace(ROW, id="other_row", start_load=StartLoad(share={"female": 0.11, "male": 0.175}))
FLY = replace(ROW, id="fly", pattern="rear_delt")
PULL_UP = replace(ROW, id="pull_up", pattern="vertical_pull", load="body", body_mass_share=1.0)
ASSISTED = replace(PULL_UP, id="assisted", load="assist")
PUSH_UP = replace(ROW, id="push_up", pattern="scapular", load="body", body_mass_share=0.65)
BAND = replace(ROW, id="band_row", load="band")


def one_set(load_kg, reps, *, day=0, rir=None, of=ROW, n=0, kind="work"):
    return SetLog(
        id=UUID(int=day * 100 + n),
        session_id=UUID(int=day),
        exercise=of.id,
        at=START + timedelta(days=day, minutes=n),
        kind=kind,
        load_kg=load_kg,
        reps=reps,
        rir=rir,
    )


def after(sets, *, of=ROW, prior=None, day=0, mass_kg=60):
    return strength_after(sets, exercise=of, mass_kg=mass_kg, prior=prior, as_of=TODAY + timedelta(days=day))


@pytest.mark.parametrize(
    ("of", "load_kg", "expected_kg"),
    [
        pytest.param(ROW, None, None, id="load not told"),
        pytest.param(BAND, 10, None, id="a band has no kilograms"),
        pytest.param(ROW, 40, 40, id="stack"),
        pytest.param(PULL_UP, None, 60, id="own weight"),
        pytest.param(PULL_UP, 5, 65, id="own weight and a belt"),
        pytest.param(ASSISTED, 20, 40, id="help is taken off"),
        pytest.param(PUSH_UP, None, 39, id="a share of own weight"),
        pytest.param(replace(ROW, body_mass_share=0.1), 40, 46, id="load and a share"),
    ],
)
def test_moved(of, load_kg, expected_kg):
    assert moved_kg(of, load_kg, 60) == expected_kg
    if expected_kg is not None:
        assert logged_kg(of, expected_kg, 60) == pytest.approx(load_kg or 0.0)


@pytest.mark.parametrize(
    "sets",
    [
        pytest.param([], id="nothing"),
        pytest.param([one_set(None, 8)], id="no load"),
        pytest.param([one_set(40, None)], id="no reps"),
        pytest.param([one_set(40, 0)], id="no rep"),
        pytest.param([one_set(40, 8, kind="warm_up")], id="a warm-up"),
        pytest.param([one_set(40, 8, of=FLY)], id="another exercise"),
        pytest.param([one_set(40, 8, day=5)], id="not yet done"),
    ],
)
def test_nothing_that_tells(sets):
    assert after(sets) is None
    prior = Prior(log_rm=math.log(50), sd_log=0.3, exponent=0.85)
    assert after(sets, prior=prior) == strength_from_prior(ROW, prior, as_of=TODAY)


def test_a_set_to_failure_is_taken_as_it_is():
    found = after([one_set(80, 5, rir=0)])
    assert found.one_rm_kg == pytest.approx(80 * math.exp(0.85 * log_cost(5)))
    assert found.low_kg < found.one_rm_kg < found.high_kg
    assert (found.day, found.days) == (TODAY.toordinal(), 1)


def test_more_in_reserve_is_more_strength():
    none, some = after([one_set(80, 5, rir=0)]), after([one_set(80, 5, rir=3)])
    untold = after([one_set(80, 5)])
    assert none.one_rm_kg < untold.one_rm_kg < some.one_rm_kg
    assert math.log(untold.high_kg / untold.low_kg) >= math.log(none.high_kg / none.low_kg)


def test_people_have_a_rep_more_than_they_say():
    told, judged = after([one_set(80, 5, rir=2)]), after([one_set(80, 7.95, rir=0)])
    assert told.one_rm_kg == pytest.approx(judged.one_rm_kg)


def test_the_order_of_the_sets_does_not_matter():
    sets = [one_set(40, 12 - n, day=n // 3 * 3, n=n, rir=n % 3) for n in range(12)]
    assert after(sets, day=20) == after(sets[::-1], day=20)


def test_the_path_ends_where_strength_is():
    sets = [one_set(40 + n, 10, day=3 * n, rir=2) for n in range(6)]
    path = strength_path(sets, exercise=ROW, mass_kg=60, prior=None)
    assert [one.days for one in path] == [1, 2, 3, 4, 5, 6]
    assert path[-1] == after(sets, day=15)
    assert strength_path([], exercise=ROW, mass_kg=60, prior=None) == ()


@pytest.mark.parametrize(
    ("days", "least", "most"),
    [
        pytest.param(14, 1.0, 1.0, id="two weeks cost nothing"),
        pytest.param(28, 0.95, 0.99, id="four weeks, a little"),
        pytest.param(120, 0.8, 0.9, id="four months"),
        pytest.param(3000, 0.7, 0.75, id="years: no further than this"),
    ],
)
def test_breaks(days, least, most):
    sets = [one_set(40, 10, rir=1)]
    before, now = after(sets), after(sets, day=days)
    assert least - 1e-9 <= now.one_rm_kg / before.one_rm_kg <= most + 1e-9
    assert now.high_kg / now.low_kg > before.high_kg / before.low_kg
    assert now.day == before.day


# --- Priors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "who", "expected_kg"),
    [
        pytest.param(BAND, person(), None, id="band"),
        pytest.param(replace(ROW, start_load=StartLoad()), person(), None, id="no start load"),
        pytest.param(replace(ROW, dose=replace(DOSE, reps=None)), person(), None, id="hold"),
        pytest.param(PULL_UP, person(mass_kg=60), 0.73 * 60, id="pull-up, woman"),
        pytest.param(PULL_UP, person(mass_kg=80, sex="male"), 1.16 * 80, id="pull-up, man"),
        pytest.param(ROW, person(mass_kg=60), 0.22 * 60 / share_of_one_rm(14) ** 0.85, id="row, new"),
        pytest.param(
            ROW,
            person(mass_kg=60, experience="trained"),
            1.45 * 0.22 * 60 / share_of_one_rm(14) ** 0.85,
            id="row, trained",
        ),
        pytest.param(
            PUSH_UP, person(mass_kg=60), 0.65 * 60 / share_of_one_rm(14) ** 0.85, id="a share of own weight"
        ),
    ],
)
def test_prior_from_body_mass(of, who, expected_kg):
    found = body_mass_prior_of(of, who)
    assert (None if found is None else math.exp(found.log_rm)) == (expected_kg and pytest.approx(expected_kg))


def test_a_beginner_starts_at_the_start_load():
    found = strength_from_prior(ROW, body_mass_prior_of(ROW, person(mass_kg=60)), as_of=TODAY)
    assert load_for_reps_kg(found, 10, rir=4) == pytest.approx(0.22 * 60)


def test_being_ahead_in_one_row_is_being_ahead_in_another():
    who = person(mass_kg=60)
    usual = prior_for(ROW, who)
    strong = after([one_set(40, 10, rir=0, of=OTHER_ROW)], of=OTHER_ROW)
    moved = prior_for(ROW, who, known={"other_row": strong}, catalogue={"other_row": OTHER_ROW})
    assert moved.log_rm > usual.log_rm
    assert moved.sd_log < usual.sd_log
    assert moved.of == "other_row"
    elsewhere = replace(strong, exercise="fly")
    assert prior_for(ROW, who, known={"fly": elsewhere}, catalogue={"fly": FLY}) == usual


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({}, {"biceps": 1.0}, 0, id="no muscles"),
        pytest.param({"biceps": 1.0}, {"rhomboids": 1.0}, 0, id="nothing in common"),
        pytest.param({"biceps": 0.5}, {"biceps": 1.0}, 1, id="the same"),
        pytest.param({"biceps": 1.0}, {"biceps": 1.0, "rhomboids": 1.0}, math.sqrt(0.5), id="half"),
    ],
)
def test_alikeness(one, other, expected):
    assert alikeness(replace(ROW, muscles=one), replace(ROW, muscles=other)) == pytest.approx(expected)


# --- Forecast ------------------------------------------------------------------------------------

trained = st.lists(
    st.tuples(st.floats(10, 100), st.integers(1, 20), st.sampled_from([None, 0, 1, 3])),
    min_size=1,
    max_size=10,
)


def strength_of(history):
    sets = [one_set(load, reps, day=3 * n, rir=rir) for n, (load, reps, rir) in enumerate(history)]
    return after(sets, day=3 * len(history), prior=Prior(log_rm=math.log(60), sd_log=0.4, exponent=0.85))


@given(trained, st.floats(5, 200), st.floats(0.1, 50), st.sampled_from([0, 2, 4]))
def test_more_load_never_gives_more_reps_and_the_band_holds_the_middle(history, load_kg, more_kg, rir):
    strength = strength_of(history)
    light = reps_forecast(strength, load_kg, rir=rir)
    heavy = reps_forecast(strength, load_kg + more_kg, rir=rir)
    assert heavy.reps <= light.reps
    assert 0 <= light.low <= light.reps <= light.high


@given(trained, st.integers(1, 20))
def test_load_for_reps_is_the_inverse_of_the_forecast(history, reps):
    strength = strength_of(history)
    load_kg = load_for_reps_kg(strength, reps, rir=2)
    assert reps_forecast(strength, load_kg, rir=2).reps == pytest.approx(reps, abs=1e-6)


def simulated(rng, *, days=24):
    """Somebody whose strength is known: it wanders and grows; sets are what it allows, told with the usual error."""
    c = estimate_constants()
    exponent = max(0.4, rng.normal(c.exponent, c.exponent_sd))
    log_rm = rng.normal(math.log(60), 0.35) + (exponent - c.exponent) * log_cost(c.usual_reps)
    sets = []
    for n in range(days):
        log_rm += rng.normal(0, c.walk_log * math.sqrt(3))
        load_kg = round(math.exp(log_rm - exponent * log_cost(rng.uniform(8, 15))) / 2.5) * 2.5
        able = reps_at_cost((log_rm - math.log(load_kg)) / exponent) + rng.normal(0, c.set_sd_reps)
        rir = int(rng.choice([0, 1, 2, 3]))
        held_back = (c.rir_under_reps + rng.normal(0, c.rir_sd_reps)) * min(1, rir)
        reps = round(able - rir - held_back)
        if reps >= 1:
            sets.append(one_set(load_kg, reps, day=3 * n, rir=rir))
    return sets, log_rm, 3 * (days - 1)


def test_known_strength_is_found_within_the_band():
    rng = np.random.default_rng(7)
    held = []
    for _ in range(150):
        sets, log_rm, day = simulated(rng)
        found = after(sets, day=day, prior=Prior(log_rm=math.log(60), sd_log=0.35, exponent=0.85))
        held.append(found.low_kg <= math.exp(log_rm) <= found.high_kg)
    assert np.mean(held) == pytest.approx(0.8, abs=0.1)
