"""How a strength curve is said, and which exercises have one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openback.catalogue import load_catalogue
from openback.model.strength import Strength
from openback.services.curves import LEAST_BODY_SHARE, change_text
from openback.training.progression.words import break_text

START = Strength(exercise="pull_up", day=0, one_rm_kg=20, low_kg=19, high_kg=21.05)


def path(*one_rms_kg: float, days: int = 70) -> list[Strength]:
    step = days // max(1, len(one_rms_kg) - 1)
    return [
        replace(START, day=n * step, one_rm_kg=kg, low_kg=kg * 0.95, high_kg=kg * 1.0525)
        for n, kg in enumerate(one_rms_kg)
    ]


@pytest.mark.parametrize(
    ("strengths", "expected"),
    [
        pytest.param([], "Too early to say; three days of training tell.", id="never"),
        pytest.param(path(20, 21), "Too early to say; three days of training tell.", id="two days"),
        pytest.param(path(20, 20, 20), "No clear change in 10 weeks (likely −7 to +7 %).", id="the same"),
        pytest.param(path(20, 22, 25), "Up 25 % in 10 weeks (likely 17 to 34 %).", id="stronger"),
        pytest.param(path(20, 17, 15), "Down 25 % in 10 weeks (likely 20 to 30 %).", id="weaker"),
        pytest.param(path(20, 20, 25, days=6), "Up 25 % in 1 week (likely 21 to 30 %).", id="one week"),
    ],
)
def test_change(strengths, expected):
    assert change_text(strengths) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 days"),
        (20, "20 days"),
        (21, "3 weeks"),
        (98, "3 months"),
        (699, "23 months"),
        (1887, "5 years"),
    ],
)
def test_break(days, expected):
    assert break_text(days) == expected


def test_a_small_share_of_the_body_has_no_one_rep_maximum():
    exercises = load_catalogue().exercises
    assert exercises["superman"].body_mass_share < LEAST_BODY_SHARE
    assert exercises["pull_up"].body_mass_share >= LEAST_BODY_SHARE
