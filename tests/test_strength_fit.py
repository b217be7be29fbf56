"""Fitting the constants: the search goes down, and what it prints is what the app reads."""

from __future__ import annotations

import tomllib

import pytest

from benchmarks.strength import made_up_sets
from openback.training.strength.evaluate import predict_log
from scripts.fit_strength import START, Losses, as_toml, constants, descent, folds, values_of


@pytest.fixture(scope="module")
def losses():
    sets = made_up_sets(lifters=3, days=12)
    return Losses(
        sets={name: [one for one in sets if one.lifter == name] for name in {one.lifter for one in sets}},
        tried={},
    )


def test_values_stand_for_constants():
    assert constants(values_of(START)) == START


def test_what_is_printed_can_be_copied():
    printed = tomllib.loads(as_toml(values_of(START)))["predict"]
    assert printed["habit"]["pull"] == START.habit.pull
    assert printed["curve"]["curve_days"] == START.curve.curve_days


def test_the_search_goes_down_and_is_the_same_every_time(losses):
    lifters = tuple(losses.sets)
    found = descent(losses, lifters, searched=["habit.pull", "curve.curve_days"], rounds=1, shown="test")
    assert losses.of(found, lifters) <= losses.of(values_of(START), lifters)
    again = Losses(sets=losses.sets, tried={})
    assert (
        descent(again, lifters, searched=["habit.pull", "curve.curve_days"], rounds=1, shown="test") == found
    )


@pytest.mark.slow
def test_every_lifter_is_predicted_once(losses):
    every = [one for sets in losses.sets.values() for one in sets]
    assert folds(losses, rounds=1, count=3).predictions == predict_log(every).predictions
