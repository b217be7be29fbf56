"""The constants of the strength filters, as `data/strength.toml` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from openback.datafile import Table, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveConstants:
    """Reps at a load: see `[predict.curve]`."""

    level_reps: float
    level_sd_reps: float
    level_walk_reps: float
    gap_free_days: float
    gap_loss_reps: float
    slope_reps: float
    slope_sd_reps: float
    curve_sd_reps: float
    curve_reach: float
    curve_days: float
    set_sd_reps: float
    other_set_sd_reps: float
    other_set_fewer_reps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellConstants:
    """A person's good or bad spell: see `[predict.spell]`."""

    days: float
    prior_sets: float
    most_reps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatterConstants:
    """A person's usual scatter: see `[predict.scatter]`."""

    prior: float
    prior_sets: float
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitConstants:
    """Reps somebody tends to stop at: see `[predict.habit]`."""

    pull: float
    person_share: float
    sessions: float
    days: float
    floor_sets: float
    tail: float
    band_width: float
    band_step: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictConstants:
    """Everything the prediction of a log needs."""

    curve: CurveConstants
    spell: SpellConstants
    scatter: ScatterConstants
    habit: HabitConstants


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateConstants:
    """The one-rep maximum from a log: see `[estimate]`."""

    exponent: float
    exponent_vertical_pull: float
    exponent_sd: float
    usual_reps: float
    exponent_least: float
    walk_log: float
    gap_free_days: float
    gap_loss_log: float
    gap_most_log: float
    set_sd_reps: float
    rir_sd_reps: float
    rir_under_reps: float
    rir_open: float
    rir_open_more: float
    rir_open_sd_reps: float
    rir_unknown: float
    rir_unknown_sd_reps: float
    most_reps: float
    band_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorConstants:
    """Strength before the first set: see `[prior]`."""

    start_rir: float
    sd_log: float
    ahead: Mapping[str, float]
    pull_up: Mapping[str, float]
    pull_up_sd_log: float
    body_sd_log: float
    related_sd_log: float
    unlike_sd_log: float


@cache
def estimate_constants() -> EstimateConstants:
    """Return the constants of the estimate; raises BadDataFile when the file does not have them all."""
    table = read_table("strength.toml")
    constants = EstimateConstants(**_numbers(table, "estimate", EstimateConstants))
    table.settle()
    return constants


@cache
def prior_constants() -> PriorConstants:
    """Return the constants of the priors; raises BadDataFile when the file does not have them all."""
    table = read_table("strength.toml")
    prior = table.table("prior")
    tables = ("ahead", "pull_up")
    single = {
        field.name: prior.number(field.name) for field in fields(PriorConstants) if field.name not in tables
    }
    constants = PriorConstants(ahead=prior.numbers("ahead"), pull_up=prior.numbers("pull_up"), **single)
    table.settle()
    return constants


@cache
def predict_constants() -> PredictConstants:
    """Return the fitted constants; raises BadDataFile when the file does not have them all."""
    table = read_table("strength.toml")
    predict = table.table("predict")
    constants = PredictConstants(
        curve=CurveConstants(**_numbers(predict, "curve", CurveConstants)),
        spell=SpellConstants(**_numbers(predict, "spell", SpellConstants)),
        scatter=ScatterConstants(**_numbers(predict, "scatter", ScatterConstants)),
        habit=HabitConstants(**_numbers(predict, "habit", HabitConstants)),
    )
    table.settle()
    return constants


def _numbers(table: Table, key: str, kind: type) -> dict[str, float]:
    below = table.table(key)
    return {field.name: below.number(field.name) for field in fields(kind)}
