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
    slow_water_kg: float
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
        "slow_water_kg",
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


def learn(days: Sequence[Day], known: Known, *, look_back: bool = True) -> Learned:
    """Return what the days tell; with `look_back` each morning is seen with all of them, else with the earlier ones.

    The last morning is the same either way.
    """
    numbers = filter_numbers()
    scatter = np.array(numbers.scale_sd_kg)
    log_weight = np.log(np.array(numbers.scale_weight))
    mean, cov = _start(known, len(scatter))
    means, covs, ahead_means, ahead_covs, steps = [], [], [], [], []
    ways = _Ways(known)
    for number, day in enumerate(days):
        ahead_means.append(mean)
        ahead_covs.append(cov)
        if day.mass_kg is not None:
            mean, cov, fit = _weighed(mean, cov, day, scatter)
            log_weight = log_weight + fit
        means.append(mean)
        covs.append(cov)
        step = ways.step(day, number)
        steps.append(step)
        mean = mean @ step.matrix.T + step.drive
        cov = step.matrix @ cov @ step.matrix.T + step.noise
    weight = np.exp(log_weight - log_weight.max())
    seen = np.array(means), np.array(covs)
    if look_back:
        seen = _smoothed(*seen, ahead_means, ahead_covs, steps)
    return Learned(mean=seen[0], cov=seen[1], weight=weight / weight.sum())


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
    return _Ways(known).step(day, number)


class _Ways:
    """The ways from one morning to the next: what does not change from day to day is worked out once."""

    def __init__(self, known: Known) -> None:
        n, c = filter_numbers(), hall_constants()
        kept = float(np.exp(-1 / n.water_days))
        by_intake = np.zeros(STATES)
        by_intake[TISSUE] = (1 - c.meal_share) / known.density
        by_intake[ADAPT] = c.adapt_share / c.adapt_days
        by_intake[WATER] = (
            (1 - kept) * n.water_kg_per_share / known.expenditure_kcal
        )  # kg of water for each kcal
        unknown = np.eye(STATES)
        unknown[TISSUE, TISSUE] -= n.mass_kcal_per_kg / known.density
        unknown[TISSUE, ADAPT] = -1 / known.density
        unknown[ADAPT, ADAPT] -= 1 / c.adapt_days
        unknown[WATER, WATER] = kept
        self._unknown = unknown  # what was eaten is taken to be about what the day took
        self._eaten = unknown.copy()
        self._eaten[:, ENERGY] -= by_intake
        self._by_intake = by_intake
        self._by_intake_twice = np.outer(by_intake, by_intake)
        self._drive = np.zeros(STATES)
        self._drive[TISSUE] = n.mass_kcal_per_kg * known.mass_kg / known.density
        self._walk = np.zeros((STATES, STATES))
        self._walk[TISSUE, TISSUE] = n.tissue_walk_kg**2
        self._walk[ENERGY, ENERGY] = n.expenditure_walk_kcal**2
        self._walk[WATER, WATER] = n.water_walk_kg**2
        self._shift_days, self._shift = n.shift_days, n.shift_kg**2 / n.shift_days

    def step(self, day: Day, number: int) -> Step:
        """Return the way from the morning of a day, the `number`-th from 0, to the next one."""
        noise = self._walk + self._by_intake_twice * day.intake_sd_kcal**2
        if number < self._shift_days:
            noise[SHIFT, SHIFT] += self._shift
        if day.intake_kcal is None:
            return Step(matrix=self._unknown, drive=self._drive, noise=noise)
        return Step(matrix=self._eaten, drive=self._drive + self._by_intake * day.intake_kcal, noise=noise)


def _smoothed(
    mean: Floats, cov: Floats, ahead_mean: list[Floats], ahead_cov: list[Floats], steps: list[Step]
) -> tuple[Floats, Floats]:
    """Return the means and covariances with later days taken into account (Rauch, Tung and Striebel)."""
    smooth_mean, smooth_cov = mean.copy(), cov.copy()
    later = np.array(ahead_cov[1:])
    if not len(later):
        return smooth_mean, smooth_cov
    across = np.array([step.matrix for step in steps[:-1]])[:, None] @ cov[:-1]
    back = np.swapaxes(np.linalg.solve(later + _BARELY, across), -1, -2)
    for at in range(len(mean) - 2, -1, -1):
        moved = smooth_mean[at + 1] - ahead_mean[at + 1]
        smooth_mean[at] += (back[at] @ moved[:, :, None])[:, :, 0]
        smooth_cov[at] += back[at] @ (smooth_cov[at + 1] - later[at]) @ np.swapaxes(back[at], -1, -2)
    return smooth_mean, smooth_cov
