"""Strength beside published figures: where an estimate lies, and how it is said."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.progress.norms import Spread, Standing, norms, standing, standing_words

PULL_DOWN = Spread(mean=0.55, sd=0.11)


def test_the_middle_of_the_group_is_half():
    # 33 kg at 60 kg of body mass is 0.55: as many below as above.
    found = standing((33, 33, 33), 60, PULL_DOWN)
    assert found.share == pytest.approx((0.55, 0.55, 0.55))
    assert found.below == pytest.approx((0.5, 0.5, 0.5))


def test_one_standard_deviation_below_is_a_sixth():
    assert standing((26.4, 26.4, 26.4), 60, PULL_DOWN).below[1] == pytest.approx(0.1587, abs=1e-3)


@given(st.floats(5, 120), st.floats(1.01, 2), st.floats(40, 150))
def test_more_is_never_fewer_below_and_the_band_stays_in_order(kg, more, mass_kg):
    low, best, high = standing((kg, kg * more, kg * more**2), mass_kg, PULL_DOWN).below
    assert 0 <= low <= best <= high <= 1


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ((0.0, 0.01, 0.04), "Fewer than 1 of 10 of the women tested pulled less."),
        ((0.0, 0.04, 0.2), "Fewer than 1 of 10 of the women tested pulled less (likely 0 to 2)."),
        ((0.31, 0.41, 0.52), "About 4 of 10 of the women tested pulled less (likely 3 to 5)."),
        ((0.5, 0.51, 0.53), "About 5 of 10 of the women tested pulled less."),
        ((0.9, 0.97, 1.0), "More than 9 of 10 of the women tested pulled less (likely 9 to 10)."),
    ],
)
def test_words(below, expected):
    assert standing_words(Standing(share=(0.4, 0.5, 0.6), below=below), "female") == expected


def test_every_norm_names_exercises_and_a_source_that_are_there():
    exercises = load_catalogue(None).exercises
    sources = tomllib.loads((files("openback") / "data" / "sources.toml").read_text("utf-8"))
    for norm in norms():
        assert norm.source in sources
        assert norm.exercises
        assert all(key in exercises for key in norm.exercises)
        assert all(spread.sd > 0 for spread in norm.spreads.values())
