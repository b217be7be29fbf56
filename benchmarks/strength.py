"""How well and how fast the next reps are predicted: on the real logs where they are, on made-up ones elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import Figure
from openback.services.predicting import read_training_sets
from openback.training.strength.days import LoggedSet
from openback.training.strength.evaluate import predict_log

REAL: Final = Path(__file__).parents[2] / "shared" / "real" / "logs" / "training_sets.csv.gz"


def run() -> Sequence[Figure]:
    """Return errors in reps, the share of bands that held, and the time of one prediction."""
    real = REAL.exists()
    sets = read_training_sets(REAL) if real else made_up_sets()
    note = f"{len(sets)} sets, {'real' if real else 'made up'}"
    start_s = time.perf_counter()
    report = predict_log(sets)
    took_s = time.perf_counter() - start_s
    if report.mae_reps is None or report.band80_coverage is None:
        return []
    return [
        Figure(
            name="reps off", value=report.mae_reps, unit="reps", at_most=1.22 if real else None, note=note
        ),
        Figure(name="same reps as last time", value=report.same_reps or 0.0, unit="reps", note=note),
        Figure(name="last value with Epley", value=report.last_epley or 0.0, unit="reps", note=note),
        Figure(
            name="80 % band, away from 80 %",
            value=abs(report.band80_coverage - 0.8) * 100,
            unit="points",
            at_most=4,
            note=note,
        ),
        Figure(name="predict the whole log", value=took_s, unit="s", at_most=20, note=note),
    ]


def made_up_sets(*, lifters: int = 8, days: int = 80) -> list[LoggedSet]:
    """Return the log of lifters who get stronger and whose reps scatter; the same every time."""
    rng = np.random.default_rng(0)
    sets: list[LoggedSet] = []
    for lifter in range(lifters):
        for name, start in (("Row", 40.0), ("Press", 25.0), ("Pull-down", 35.0)):
            strength = np.log(start) + 0.8
            for day in range(days):
                strength += rng.normal(0.003, 0.008)
                load = start * (1 + 0.05 * int(rng.integers(-1, 4)))
                reps = int(np.clip(round(12 * (strength - np.log(load)) + rng.normal(0, 1)), 1, 15))
                sets.append(LoggedSet(f"lifter_{lifter}", 3 * day, name, load, reps))
    return sets
