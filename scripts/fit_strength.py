"""Fit the constants of `data/strength.toml` on a log of many lifters, and say how well they carry over.

`python -m scripts.fit_strength LOG.csv.gz [--rounds 2] [--folds 5]` walks along one constant at a time, up and down by
a factor, and keeps what lowers the mean of log loss and absolute error in reps. With `--folds` the lifters are dealt
into so many groups instead, and each group is predicted with constants fitted on the others, from the same untuned
start. Nothing is random: the same log gives the same constants. It prints TOML to be copied by hand, so that a change
of the constants is a change somebody reads.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from openback.services.predicting import read_training_sets
from openback.training.strength.constants import (
    CurveConstants,
    HabitConstants,
    PredictConstants,
    ScatterConstants,
    SpellConstants,
)
from openback.training.strength.days import LoggedSet
from openback.training.strength.evaluate import Prediction, PredictionReport, predict_log, report

Values = tuple[float, ...]

# Round numbers chosen before looking: a fold that starts here has seen nothing of its lifter.
START: Final = PredictConstants(
    curve=CurveConstants(
        level_reps=10,
        level_sd_reps=3,
        level_walk_reps=0.1,
        gap_free_days=14,
        gap_loss_reps=0.005,
        slope_reps=10,
        slope_sd_reps=5,
        curve_sd_reps=1,
        curve_reach=0.25,
        curve_days=90,
        set_sd_reps=1,
        other_set_sd_reps=2,
        other_set_fewer_reps=1,
    ),
    spell=SpellConstants(days=30, prior_sets=10, most_reps=3),
    scatter=ScatterConstants(prior=1, prior_sets=10, days=180),
    habit=HabitConstants(
        pull=0.5, person_share=0.1, sessions=20, days=180, floor_sets=1, tail=5, band_width=1, band_step=0.02
    ),
)
PARTS: Final = {
    "curve": CurveConstants,
    "spell": SpellConstants,
    "scatter": ScatterConstants,
    "habit": HabitConstants,
}
# From the literature, of little weight, or without a say in the loss, as the width of the band, which finds itself.
FIXED: Final = {
    "curve.gap_free_days",
    "spell.most_reps",
    "habit.tail",
    "habit.band_width",
    "habit.band_step",
}
# The constants that matter, the weightiest first: what the folds search, which would take hours over all of them.
SEARCHED: Final = (
    "habit.pull",
    "curve.curve_sd_reps",
    "curve.curve_days",
    "curve.level_walk_reps",
    "habit.floor_sets",
    "habit.person_share",
    "spell.prior_sets",
    "curve.slope_sd_reps",
    "curve.other_set_sd_reps",
    "scatter.days",
)
NAMES: Final = tuple(f"{part}.{field.name}" for part, kind in PARTS.items() for field in fields(kind))
FACTORS: Final = (1.5, 1.22)


@dataclass(slots=True)
class Losses:
    """The loss of every lifter with constants that were tried, kept so that folds share the work."""

    sets: Mapping[str, Sequence[LoggedSet]]
    tried: dict[Values, Mapping[str, tuple[float, int]]]

    def of(self, values: Values, lifters: Iterable[str]) -> float:
        """Return the mean loss over the predictions of these lifters."""
        if values not in self.tried:
            rows = predict_log((one for sets in self.sets.values() for one in sets), constants(values)).rows
            self.tried[values] = {lifter: _loss(rows, lifter) for lifter in self.sets}
        found = [self.tried[values][lifter] for lifter in lifters]
        return sum(loss for loss, _ in found) / max(1, sum(count for _, count in found))


def _loss(rows: Sequence[Prediction], lifter: str) -> tuple[float, int]:
    own = [abs(row.predicted - row.reps) - row.log_chance for row in rows if row.lifter == lifter]
    return sum(own), len(own)


def constants(values: Values) -> PredictConstants:
    """Return the constants that these values, in the order of NAMES, stand for."""
    named = dict(zip(NAMES, values, strict=True))

    def part(name: str) -> dict[str, float]:
        return {field.name: named[f"{name}.{field.name}"] for field in fields(PARTS[name])}

    return PredictConstants(
        curve=CurveConstants(**part("curve")),
        spell=SpellConstants(**part("spell")),
        scatter=ScatterConstants(**part("scatter")),
        habit=HabitConstants(**part("habit")),
    )


def values_of(chosen: PredictConstants) -> Values:
    """Return the values of constants in the order of NAMES."""
    return tuple(float(getattr(getattr(chosen, part), key)) for part, key in (n.split(".") for n in NAMES))


def descent(
    losses: Losses, lifters: Sequence[str], *, searched: Iterable[str], rounds: int, shown: str
) -> Values:
    """Return the values at which no single step of the last round's factor lowers the loss."""
    searched = tuple(searched)
    best = values_of(START)
    lowest = losses.of(best, lifters)
    for n in range(rounds):
        factor = FACTORS[min(n, len(FACTORS) - 1)]
        for name in searched:
            place = NAMES.index(name)
            best, lowest = _along(losses, lifters, best, lowest, (place, factor))
            print(f"{shown} round {n + 1} {name} = {best[place]:.4g}: loss {lowest:.4f}", flush=True)
    return best


def _along(
    losses: Losses, lifters: Sequence[str], best: Values, lowest: float, step: tuple[int, float]
) -> tuple[Values, float]:
    place, factor = step
    for by in (factor, 1 / factor):
        went = False
        while True:
            # Four digits keep the walks of the folds on the same grid, so that they share what was tried.
            stepped = (*best[:place], float(f"{best[place] * by:.4g}"), *best[place + 1 :])
            loss = losses.of(stepped, lifters)
            if loss > lowest - 2e-4:  # less is not worth a constant of its own
                break
            best, lowest, went = stepped, loss, True
        if went:
            break
    return best, lowest


def folds(losses: Losses, *, rounds: int, count: int) -> PredictionReport:
    """Return how well each group of lifters is predicted with constants fitted on the others."""
    rows: list[Prediction] = []
    # Dealt out by the number of their sets, so that the groups are alike in size.
    dealt = sorted(losses.sets, key=lambda lifter: (-len(losses.sets[lifter]), lifter))
    for place in range(count):
        own = dealt[place::count]
        others = [lifter for lifter in dealt if lifter not in own]
        values = descent(losses, others, searched=SEARCHED, rounds=rounds, shown=f"fold {place + 1}")
        held = predict_log(_all_sets(losses, own), constants(values))
        print(f"{', '.join(own)}: {_figures(held)}", flush=True)
        rows += held.rows
    return report(rows)


def _all_sets(losses: Losses, lifters: Iterable[str]) -> list[LoggedSet]:
    return [one for lifter in lifters for one in losses.sets[lifter]]


def _figures(of: PredictionReport) -> str:
    if of.mae_reps is None or of.band80_coverage is None:
        return "nothing to predict"
    return (
        f"{of.predictions} predictions, {of.mae_reps:.3f} reps off, {of.band80_coverage:.1%} in the band, "
        f"same reps {of.same_reps:.3f}, last Epley {of.last_epley:.3f}"
    )


def as_toml(values: Values) -> str:
    """Return the constants as they stand in `data/strength.toml`, without its comments."""
    lines = []
    for part in PARTS:
        lines.append(f"[predict.{part}]")
        lines += [
            f"{name.split('.')[1]} = {value:g}"
            for name, value in zip(NAMES, values, strict=True)
            if name.split(".")[0] == part
        ]
    return "\n".join(lines)


def main() -> None:
    """Fit, and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("log", type=Path)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--folds", type=int, default=0)
    options = asked.parse_args()
    by_lifter: dict[str, list[LoggedSet]] = {}
    for one in read_training_sets(options.log):
        by_lifter.setdefault(one.lifter, []).append(one)
    losses = Losses(sets=by_lifter, tried={})
    every = _all_sets(losses, by_lifter)
    print(f"Untuned: {_figures(predict_log(every, START))}", flush=True)
    if options.folds:
        print(f"From the others: {_figures(folds(losses, rounds=options.rounds, count=options.folds))}")
        return
    names = [name for name in NAMES if name not in FIXED]
    values = descent(losses, tuple(by_lifter), searched=names, rounds=options.rounds, shown="all")
    print(as_toml(values))
    print(f"On the log it was fitted on: {_figures(predict_log(every, constants(values)))}")


if __name__ == "__main__":
    main()
