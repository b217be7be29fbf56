"""How strength changed over a path: what the ends share drops out, and the band holds what happened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gym import exercise
from openback.model.exercise import Dose, Tempo
from openback.model.log import SetLog
from openback.model.strength import Strength
from openback.training.strength.change import log_change
from openback.training.strength.constants import estimate_constants
from openback.training.strength.estimate import Z80, strength_path
from openback.training.strength.one_rep_max import log_cost, reps_at_cost
from openback.training.strength.priors import Prior

START = datetime(2026, 1, 5, 18, tzinfo=UTC)
DOSE = Dose(
    reps=(8, 12), hold_s=None, rest_s=120, sets=(2, 4), tempo=Tempo(lift_s=2, hold_s=1, lower_s=2, pause_s=0)
)
ROW = exercise("row", load="stack", dose=DOSE, muscles={"rhomboids": 1.0})
EVERY_D = 3


def strength(day: int, one_rm_kg: float, *, sd_log: float = 0.04) -> Strength:
    """A strength whose whole uncertainty is its own."""
    half = math.exp(Z80 * sd_log * estimate_constants().band_width)
    return Strength(
        exercise="row", day=day, one_rm_kg=one_rm_kg, low_kg=one_rm_kg / half, high_kg=one_rm_kg * half
    )


def test_one_day_is_no_change():
    change = log_change([strength(3, 40)])
    assert (change.days, change.log) == (0, 0)
    assert change.sd_log == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("one_rms_kg", "middle"),
    [
        pytest.param((40, 40), 0.0, id="the same"),
        pytest.param((40, 50), 25.0, id="stronger"),
        pytest.param((40, 44, 30), -25.0, id="only the ends count"),
    ],
)
def test_the_middle_is_the_ratio_of_the_ends(one_rms_kg, middle):
    change = log_change([strength(28 * n, kg) for n, kg in enumerate(one_rms_kg)])
    low, found, high = change.percent
    assert found == pytest.approx(middle)
    assert low < found < high


@given(st.lists(st.floats(20, 80), min_size=2, max_size=6), st.floats(0.01, 0.2), st.integers(1, 30))
def test_a_change_is_never_surer_than_nothing_and_never_vaguer_than_its_ends_apart(kgs, sd_log, step):
    path = [strength(step * n, kg, sd_log=sd_log) for n, kg in enumerate(kgs)]
    change = log_change(path)
    assert change.days == step * (len(kgs) - 1)
    assert -1e-12 <= change.sd_log <= math.sqrt(2) * sd_log * estimate_constants().band_width + 1e-9


def lifters(
    count: int, *, days: int = 24, gain_a_day: float = 0.0
) -> Iterator[tuple[list[SetLog], list[float]]]:
    """Yield logs of lifters whose strength is known: it wanders and grows; with each, the log maxima by day."""
    rng, c = np.random.default_rng(11), estimate_constants()
    for _ in range(count):
        exponent = max(0.4, rng.normal(c.exponent, c.exponent_sd))
        log_rm = rng.normal(math.log(60), 0.35) + (exponent - c.exponent) * log_cost(c.usual_reps)
        sets, truth = [], []
        for n in range(days):
            log_rm += rng.normal(0, c.walk_log * math.sqrt(EVERY_D)) + EVERY_D * gain_a_day
            load_kg = round(math.exp(log_rm - exponent * log_cost(rng.uniform(8, 15))) / 2.5) * 2.5
            able = reps_at_cost((log_rm - math.log(load_kg)) / exponent) + rng.normal(0, c.set_sd_reps)
            reps = max(1, round(able))
            sets.append(a_set(n, load_kg, reps))
            truth.append(log_rm)
        yield sets, truth


def a_set(n: int, load_kg: float, reps: int) -> SetLog:
    return SetLog(
        id=UUID(int=n),
        session_id=UUID(int=n),
        exercise="row",
        at=START + timedelta(days=EVERY_D * n),
        load_kg=load_kg,
        reps=reps,
        rir=0,
    )


def path_of(sets: list[SetLog]) -> tuple[Strength, ...]:
    prior = Prior(log_rm=math.log(60), sd_log=0.35, exponent=0.85)
    return strength_path(sets, exercise=ROW, mass_kg=60, prior=prior)


@pytest.mark.slow
@pytest.mark.parametrize("since", [pytest.param(0, id="all"), pytest.param(-10, id="the last four weeks")])
def test_the_band_holds_what_happened(since):
    held = []
    for sets, truth in lifters(200):
        change = log_change(path_of(sets)[since:])
        held.append(abs(change.log - (truth[-1] - truth[since])) <= Z80 * change.sd_log)
    assert np.mean(held) == pytest.approx(0.84, abs=0.07)


def test_what_the_ends_share_drops_out():
    sets, _ = next(lifters(1))
    path = path_of(sets)
    last_four_weeks = path[-10:]
    apart = math.hypot(*(math.log(s.high_kg / s.low_kg) / (2 * Z80) for s in (path[-10], path[-1])))
    assert log_change(last_four_weeks).sd_log < 0.9 * apart
    alone = [replace(s, covariance=0.0, exponent_var=0.0) for s in last_four_weeks]
    assert log_change(alone).sd_log > log_change(last_four_weeks).sd_log
