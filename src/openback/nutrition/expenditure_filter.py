"""The state-space model behind the learned expenditure: a Kalman filter and a smoother.

The state is the weight of tissue, the energy of a day (kcal, at the first weight and without adaptation), the
adaptation to a diet, the water that follows intake, a shift of water at the start of a diet, and two waves of the
menstrual cycle. The scatter of the scale is not known: the filter runs for several at once (first axis, g), each
weighed by how well it foretells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openback.datafile import read_table
from openback.nutrition.hall import hall_constants

Floats = NDArray[np.float64]
TISSUE, ENERGY, ADAPT, WATER, SHIFT, WAVE_COS, WAVE_SIN = range(7)
STATES: Final = 7
_BARELY: Final = 1e-9 * np.eye(STATES)  # lets a state that is known for sure be divided by


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterNumbers:
    """The numbers of `data/expenditure.toml`, whose comments say what they are; `scale_sd_kg` (g,) by weight."""

    mass_sd_kg: float
    adapt_sd_kcal: float
    water_sd_kg: float
    cycle_sd_kg: float
    cycle_peak_kg: float
    cycle_peak_day: float
    cycle_days: float
    expenditure_walk_kcal: float
    tissue_walk_kg: float
    water_walk_kg: float
    water_days: float
    water_kg_per_share: float
    shift_kg: float
    shift_days: float
    mass_kcal_per_kg: float
    outlier_sds: float
    log_sd_share: float
    day_sd_share: float
    usual_days: float
    unknown_sd_share: float
    unknown_after_days: float
    partial_below_share: float
    scale_sd_kg: tuple[float, ...]
    scale_weight: tuple[float, ...]


_PLACES: Final = {
    "start": ("mass_sd_kg", "adapt_sd_kcal", "water_sd_kg", "cycle_sd_kg", "cycle_peak_kg", "cycle_peak_day", "cycle_days"),
    "change": (
        "expenditure_walk_kcal",
        "tissue_walk_kg",
        "water_walk_kg",
        "water_days",
        "water_kg_per_share",
        "shift_kg",
        "shift_days",
        "mass_kcal_per_kg",
    ),
    "scale": ("outlier_sds",),
    "intake": (
        "log_sd_share",
        "day_sd_share",
        "usual_days",
        "unknown_sd_share",
        "unknown_after_days",
        "partial_below_share",
    ),
}  # fmt: skip


@cache
def filter_numbers() -> FilterNumbers:
    """Return the numbers of `data/expenditure.toml`; raise BadDataFile with every problem of it."""
    root = read_table("expenditure.toml")
    values = {
        name: table.number(name)
        for place, names in _PLACES.items()
        for table in [root.table(place)]
        for name in names
    }
    scale = root.table("scale")
    numbers = FilterNumbers(
        **values,
        scale_sd_kg=scale.row("sd_kg"),
        scale_weight=scale.row("weight"),
    )
    root.settle()
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known before the first day. `density` is the energy of a kilogram of slow change, in kcal."""

    mass_kg: float
    expenditure_kcal: float
    expenditure_sd_kcal: float
    density: float
    tracks_cycle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day: the weight of its morning, then what was eaten.

    `mass_kg` is None when nobody weighed, `intake_kcal` None when nothing at all is known of eating; else it has the
    standard deviation `intake_sd_kcal`. `phase` is the place in the cycle, 0 to 1, None when it is not known.
    """

    mass_kg: float | None
    intake_kcal: float | None
    intake_sd_kcal: float
    phase: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Means (n, g, 7) and covariances (n, g, 7, 7) of the mornings, and the weights (g,) of the scatters."""

    mean: Floats
    cov: Floats
    weight: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The way to the next morning: state' = matrix @ state + drive, with noise `noise`."""

    matrix: Floats
    drive: Floats
    noise: Floats


def learn(days: Sequence[Day], known: Known) -> Learned:
    """Return what the days tell, each morning seen with all of them; the last one as the filter leaves it."""
    numbers = filter_numbers()
    scatter = np.array(numbers.scale_sd_kg)
    log_weight = np.log(np.array(numbers.scale_weight))
    mean, cov = _start(known, len(scatter))
    means, covs, ahead_means, ahead_covs, steps = [], [], [], [], []
    for number, day in enumerate(days):
        ahead_means.append(mean)
        ahead_covs.append(cov)
        if day.mass_kg is not None:
            mean, cov, fit = _weighed(mean, cov, day, scatter)
            log_weight = log_weight + fit
        means.append(mean)
        covs.append(cov)
        step = step_to_next(day, known, number)
        steps.append(step)
        mean = mean @ step.matrix.T + step.drive
        cov = step.matrix @ cov @ step.matrix.T + step.noise
    weight = np.exp(log_weight - log_weight.max())
    smooth_mean, smooth_cov = _smoothed(np.array(means), np.array(covs), ahead_means, ahead_covs, steps)
    return Learned(mean=smooth_mean, cov=smooth_cov, weight=weight / weight.sum())


def _start(known: Known, scatters: int) -> tuple[Floats, Floats]:
    n = filter_numbers()
    mean = np.zeros(STATES)
    mean[TISSUE], mean[ENERGY] = known.mass_kg, known.expenditure_kcal
    sds = np.zeros(STATES)
    sds[TISSUE], sds[ENERGY] = n.mass_sd_kg, known.expenditure_sd_kcal
    sds[ADAPT], sds[WATER] = n.adapt_sd_kcal, n.water_sd_kg
    if known.tracks_cycle:
        peak = 2 * np.pi * n.cycle_peak_day / n.cycle_days
        mean[WAVE_COS], mean[WAVE_SIN] = n.cycle_peak_kg * np.cos(peak), n.cycle_peak_kg * np.sin(peak)
        sds[WAVE_COS] = sds[WAVE_SIN] = n.cycle_sd_kg
    return np.tile(mean, (scatters, 1)), np.tile(np.diag(sds**2), (scatters, 1, 1))


def row_of(phase: float | None) -> Floats:
    """Return how a weight is made of the state, (7,); a cycle that is not known adds nothing."""
    row = np.zeros(STATES)
    row[[TISSUE, WATER, SHIFT]] = 1.0
    if phase is not None:
        row[WAVE_COS], row[WAVE_SIN] = np.cos(2 * np.pi * phase), np.sin(2 * np.pi * phase)
    return row


def _weighed(mean: Floats, cov: Floats, day: Day, scatter: Floats) -> tuple[Floats, Floats, Floats]:
    """Return mean and covariance after a weight, and the log likelihood of it for each scatter (g,).

    A weight that is far off counts as one at the limit: its scatter is taken as so much larger.
    """
    row = row_of(day.phase)
    across = cov @ row
    off = (day.mass_kg or 0.0) - mean @ row
    variance = across @ row + scatter**2
    limit = filter_numbers().outlier_sds
    far = np.maximum(np.abs(off) / (limit * np.sqrt(variance)), 1.0)
    total = variance + (far**2 - 1) * variance
    gain = across / total[:, None]
    fit = -0.5 * np.minimum(off**2 / variance, limit**2) - 0.5 * np.log(variance)
    return mean + gain * off[:, None], cov - gain[:, :, None] * across[:, None, :], fit


def step_to_next(day: Day, known: Known, number: int) -> Step:
    """Return the way from a morning to the next one, with what was eaten between."""
    n, c = filter_numbers(), hall_constants()
    matrix, drive, noise = np.eye(STATES), np.zeros(STATES), np.zeros((STATES, STATES))
    kept = np.exp(-1 / n.water_days)
    pull = (1 - kept) * n.water_kg_per_share / known.expenditure_kcal  # kg of water for each kcal
    digested = (1 - c.meal_share) / known.density
    adapting = c.adapt_share / c.adapt_days
    matrix[TISSUE, TISSUE] -= n.mass_kcal_per_kg / known.density
    drive[TISSUE] = n.mass_kcal_per_kg * known.mass_kg / known.density
    matrix[TISSUE, ADAPT] = -1 / known.density
    matrix[ADAPT, ADAPT] -= 1 / c.adapt_days
    matrix[WATER, WATER] = kept
    by_intake = np.zeros(STATES)
    by_intake[[TISSUE, ADAPT, WATER]] = digested, adapting, pull
    if day.intake_kcal is not None:  # else what was eaten is taken to be about what the day took
        matrix[:, ENERGY] -= by_intake
        drive += by_intake * day.intake_kcal
    noise += np.outer(by_intake, by_intake) * day.intake_sd_kcal**2
    noise[TISSUE, TISSUE] += n.tissue_walk_kg**2
    noise[ENERGY, ENERGY] += n.expenditure_walk_kcal**2
    noise[WATER, WATER] += n.water_walk_kg**2
    if number < n.shift_days:
        noise[SHIFT, SHIFT] += n.shift_kg**2 / n.shift_days
    return Step(matrix=matrix, drive=drive, noise=noise)


def _smoothed(
    mean: Floats, cov: Floats, ahead_mean: list[Floats], ahead_cov: list[Floats], steps: list[Step]
) -> tuple[Floats, Floats]:
    """Return the means and covariances with later days taken into account (Rauch, Tung and Striebel)."""
    smooth_mean, smooth_cov = mean.copy(), cov.copy()
    for number in range(len(mean) - 2, -1, -1):
        later = ahead_cov[number + 1]
        across = steps[number].matrix @ cov[number]
        back = np.swapaxes(np.linalg.solve(later + _BARELY, across), -1, -2)
        moved = smooth_mean[number + 1] - ahead_mean[number + 1]
        smooth_mean[number] += (back @ moved[:, :, None])[:, :, 0]
        smooth_cov[number] += back @ (smooth_cov[number + 1] - later) @ np.swapaxes(back, -1, -2)
    return smooth_mean, smooth_cov
