"""Predicting a log: the protocol, whole reps, bands, and that nothing is seen before its time."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openback.errors import HistoryEmpty, HistoryNotAFile, HistoryNotReadable, HistoryNotThere
from openback.services.predicting import predict_files, read_log, read_training_sets, report_json
from openback.training.strength.constants import predict_constants
from openback.training.strength.days import LoggedSet
from openback.training.strength.evaluate import predict_log
from openback.training.strength.habit import band_reps, middle_reps, reps_chances, stretched, width_after
from openback.training.strength.spell import (
    Scatter,
    Spell,
    scatter_after,
    scatter_factor,
    spell_after,
    spell_on_day,
    spell_reps,
)

REAL = Path(__file__).parents[2] / "shared" / "real" / "logs" / "training_sets.csv.gz"
C = predict_constants()


def a_log(lifters=2, days=14, seed=0):
    """Lifters who get stronger, with steps of 2.5 and reps that scatter."""
    rng = np.random.default_rng(seed)
    sets = []
    for lifter in range(lifters):
        for name, load, slope in (("Row", 40.0, 12.0), ("Press", 20.0, 8.0)):
            strength = np.log(load) + 0.8
            for day in range(days):
                strength += rng.normal(0.004, 0.01)
                on = load * (1 + 0.05 * rng.integers(-1, 3))
                reps = int(np.clip(round(slope * (strength - np.log(on)) + rng.normal(0, 1)), 1, 15))
                sets += [
                    LoggedSet(f"l{lifter}", day * 3, name, on, reps),
                    LoggedSet(f"l{lifter}", day * 3, name, on * 0.8, reps),
                ]
    return sets


def test_nothing_to_predict():
    assert report_json(predict_log([])) == {
        "predictions": 0,
        "mae_reps": None,
        "band80_coverage": None,
        "same_reps": None,
        "last_epley": None,
    }


def test_a_log_of_habit_is_predicted_exactly():
    sets = [LoggedSet("ann", 3 * n, "Row", 50.0, 10) for n in range(12)]
    report = predict_log(sets)
    assert (report.predictions, report.mae_reps, report.same_reps, report.last_epley) == (8, 0, 0, 0)


def test_every_figure_is_the_mean_of_its_rows():
    report = predict_log(a_log())
    assert report.predictions == len(report.rows) == 2 * 2 * 10
    assert report.mae_reps == pytest.approx(np.mean([abs(row.reps - row.predicted) for row in report.rows]))
    assert report.band80_coverage == pytest.approx(
        np.mean([row.low <= row.reps <= row.high for row in report.rows])
    )
    assert all(row.predicted == round(row.predicted) for row in report.rows)


def test_what_comes_later_changes_nothing():
    sets = a_log(lifters=1)
    day = 30
    now = {(row.exercise, row.day): row for row in predict_log(sets).rows}
    other = [one if one.day <= day else replace(one, reps=1 + (one.reps + 6) % 15) for one in sets]
    then = {(row.exercise, row.day): row for row in predict_log(other).rows}
    seen = [key for key in now if key[1] <= day]
    assert seen
    assert all(now[key] == then[key] for key in seen)


def test_the_reps_of_the_day_itself_change_nothing():
    sets = a_log(lifters=1)
    day = 30
    other = [
        replace(one, reps=max(1, one.reps - 2)) if one.day == day and one.exercise == "Press" else one
        for one in sets
    ]

    def predicted(log):
        return {
            row.exercise: (row.predicted, row.low, row.high)
            for row in predict_log(log).rows
            if row.day == day
        }

    assert predicted(sets) == predicted(other)


@given(st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_rows_in_any_order_give_the_same(random):
    sets = a_log()
    mixed = sets[:]
    random.shuffle(mixed)
    key = lambda row: (row.lifter, row.exercise, row.day)
    assert sorted(predict_log(mixed).rows, key=key) == sorted(predict_log(sets).rows, key=key)


@pytest.mark.parametrize("scale", [0.45359237, 2.2046226])
def test_pounds_or_kilograms_give_the_same_reps(scale):
    sets = a_log()
    scaled = [replace(one, load=one.load * scale) for one in sets]
    there, here = predict_log(sets).rows, predict_log(scaled).rows
    assert [row.predicted for row in there] == [row.predicted for row in here]
    assert [row.low for row in there] == pytest.approx([row.low for row in here], abs=1e-6)


@pytest.mark.slow
def test_bands_hold_for_simulated_lifters():
    report = predict_log(a_log(lifters=12, days=60, seed=1))
    assert report.band80_coverage == pytest.approx(0.8, abs=0.04)
    assert report.mae_reps < report.same_reps


# --- Whole reps ----------------------------------------------------------------------------------

means = st.lists(st.floats(-5, 25), min_size=1, max_size=5)


@given(means, st.floats(0.3, 6), st.lists(st.floats(0, 50), min_size=15, max_size=15))
def test_chances_add_up_and_the_band_holds_the_middle(mean, sd, counts):
    n = len(mean)
    chances = reps_chances(np.array(mean), np.full(n, sd), np.tile(counts, (n, 1)), C.habit)
    assert chances.shape == (n, 15)
    assert chances.sum(axis=1) == pytest.approx(1)
    middle = middle_reps(chances)
    low, centre, high = band_reps(chances)
    assert ((middle >= 1) & (middle <= 15)).all()
    assert ((low <= centre) & (centre <= high) & (abs(centre - middle) <= 0.5)).all()
    for end, wide in zip((low, high), stretched(band_reps(chances), 2.0), strict=True):
        assert wide - centre == pytest.approx(2 * (end - centre))


@given(st.floats(0, 14), st.floats(0.01, 3), st.floats(0.3, 4))
def test_more_strength_never_predicts_fewer_reps(mean, more, sd):
    counts = np.tile(np.arange(15.0), (2, 1))
    weak, strong = middle_reps(reps_chances(np.array([mean, mean + more]), np.full(2, sd), counts, C.habit))
    assert strong >= weak


def test_a_habit_pulls_to_its_reps():
    tens = np.zeros((1, 15))
    tens[0, 9] = 20
    even = np.ones((1, 15))
    at = lambda counts: middle_reps(reps_chances(np.array([9.4]), np.array([1.5]), counts, C.habit))[0]
    assert at(even) == 9
    assert at(tens) == 10


def test_a_band_that_misses_widens():
    assert width_after(1.0, [True] * 4 + [False], C.habit) == pytest.approx(1.0)
    assert width_after(1.0, [False], C.habit) > 1
    assert width_after(1.0, [True], C.habit) < 1


# --- Spells and scatter --------------------------------------------------------------------------


def test_a_good_spell_fades():
    spell = spell_after(Spell(day=0), [2.0, 2.0, 9.0], C.spell)
    assert spell.beyond_reps == 2 + 2 + C.spell.most_reps  # one set counts for no more
    now = spell_reps(spell, C.spell)
    assert 0 < spell_reps(spell_on_day(spell, 60, C.spell), C.spell) < now


def test_scatter_grows_with_surprises():
    calm = scatter_after(Scatter(day=0), [0.1] * 20)
    wild = scatter_after(Scatter(day=0), [-2.0] * 20)
    assert scatter_factor(Scatter(day=0), C.scatter) == C.scatter.prior
    assert scatter_factor(calm, C.scatter) < C.scatter.prior < scatter_factor(wild, C.scatter)


# --- Files ---------------------------------------------------------------------------------------

HEAD = "lifter,day,exercise,load,reps\n"


def written(path, text):
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_a_table_is_read(tmp_path, name):
    path = written(
        tmp_path / name, HEAD + 'ann,0,"Row, seated",50,8\nann,0,Row,,8\nann,0,Row,nan,8\nann,x,Row,50,8\n'
    )
    assert read_training_sets(path) == [LoggedSet("ann", 0, "Row, seated", 50, 8)]


def test_a_table_from_a_spreadsheet_is_read(tmp_path):
    path = written(
        tmp_path / "log.csv", '\ufeff"lifter","day","exercise","load","reps"\r\n"ann","0","Row","50","8"\r\n'
    )
    assert read_log(path) == [LoggedSet("ann", 0, "Row", 50, 8)]


def test_an_export_of_another_app_is_read(tmp_path):
    rows = [
        f"2024-01-{day:02d} 10:00:00,Pull,1h,Seated Row (Cable),1,{50 + day},{8 + day % 3},0,0,,,"
        for day in range(1, 29, 2)
    ]
    head = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
    path = written(tmp_path / "strong.csv", head + "\n".join(rows) + "\n")
    report = predict_files([path])
    assert report.predictions == 10
    assert predict_files([path], unit="lb").mae_reps == report.mae_reps


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        pytest.param(
            lambda folder: folder / "none.csv",
            HistoryNotThere,
            "There is no file none.csv. Check the name and the folder.",
            id="not there",
        ),
        pytest.param(
            lambda folder: folder,
            HistoryNotAFile,
            "{name} is not a file. Give the path of the exported file itself.",
            id="a folder",
        ),
        pytest.param(
            lambda folder: written(folder / "empty.csv", ""),
            HistoryEmpty,
            "empty.csv is empty. Export it again from the other app.",
            id="empty",
        ),
    ],
)
def test_a_file_that_is_no_log(tmp_path, make, error, sentence):
    path = make(tmp_path)
    with pytest.raises(error) as caught:
        predict_files([path])
    assert str(caught.value) == sentence.format(name=path.name)


def test_a_damaged_file(tmp_path):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress((HEAD + "ann,0,Row,50,8\n" * 5000).encode())[:-20])
    with pytest.raises(HistoryNotReadable) as caught:
        predict_files([path])
    assert str(caught.value) == "log.csv.gz could not be opened: it is damaged. Check who may read it."


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real logs are not on this machine")
def test_real_lifters():
    report = predict_files([REAL])
    assert report.predictions == 15784
    assert round(report.same_reps, 2) == 1.38
    assert round(report.last_epley, 2) == 2.07
    assert report.mae_reps <= 1.05
    assert 0.76 <= report.band80_coverage <= 0.84


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real logs are not on this machine")
def test_real_rows_are_all_read():
    with gzip.open(REAL, "rt") as stream:
        rows = sum(1 for _ in csv.reader(stream)) - 1
    assert len(read_training_sets(REAL)) == rows
