"""Strength before the first set: from body mass, and from what somebody does in related exercises."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openback.model.exercise import Exercise
from openback.model.person import Person
from openback.model.strength import Strength
from openback.training.strength.constants import PriorConstants, estimate_constants, prior_constants
from openback.training.strength.one_rep_max import log_cost

_Z80: Final = 1.2815515655446004
_PULL_UP_SHARE: Final = 0.9  # an exercise in which the arms carry the whole body


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A log one-rep maximum (of kilograms, body-mass share included) with its standard deviation.

    `exponent` is how fast reps fall with load; `of` names the related exercise it leans on most, None for body mass.
    """

    log_rm: float
    sd_log: float
    exponent: float
    of: str | None = None


def prior_for(
    exercise: Exercise,
    person: Person,
    *,
    known: Mapping[str, Strength] | None = None,
    catalogue: Mapping[str, Exercise] | None = None,
) -> Prior | None:
    """Return what can be said of a first set; None where neither body mass nor related exercises tell.

    `known` are strengths in other exercises, `catalogue` the exercises they belong to. Somebody who is ahead of the
    usual start in a related exercise is taken to be ahead here too, the surer the more alike the muscles are.
    """
    c = prior_constants()
    own = body_mass_prior_of(exercise, person)
    if own is None:
        return None
    sums = [1 / own.sd_log**2, 0.0]
    leaning: tuple[float, str | None] = (0.0, None)
    for strength in (known or {}).values():
        other = (catalogue or {}).get(strength.exercise)
        if other is None or not _related(exercise, other) or strength.days == 0:
            continue
        ahead = _ahead(strength, other, person)
        if ahead is not None:
            by, sd = ahead[0], math.hypot(ahead[1], _transfer_sd(exercise, other, c))
            sums = [sums[0] + 1 / sd**2, sums[1] + by / sd**2]
            leaning = max(leaning, (1 / sd**2, other.id), key=lambda pair: pair[0])
    return Prior(
        log_rm=own.log_rm + sums[1] / sums[0],
        sd_log=1 / math.sqrt(sums[0]),
        exponent=own.exponent,
        of=leaning[1],
    )


def body_mass_prior_of(exercise: Exercise, person: Person) -> Prior | None:
    """Return the prior from body mass alone; None for exercises without a load that can be weighed."""
    c, e = prior_constants(), estimate_constants()
    exponent = e.exponent_vertical_pull if exercise.pattern == "vertical_pull" else e.exponent
    if exercise.dose.reps is None or exercise.load in {"band", "none"}:
        return None
    if _carries_body(exercise):
        log_rm = math.log(c.pull_up[person.sex] * person.mass_kg)
        return Prior(log_rm=log_rm, sd_log=c.pull_up_sd_log, exponent=exponent)
    share = exercise.start_load.share.get(person.sex) if exercise.load != "body" else exercise.body_mass_share
    if not share:
        return None
    reps = sum(exercise.dose.reps) / 2 + c.start_rir
    log_rm = math.log(share * person.mass_kg * c.ahead[person.experience]) + exponent * log_cost(reps)
    return Prior(
        log_rm=log_rm, sd_log=c.body_sd_log if exercise.load == "body" else c.sd_log, exponent=exponent
    )


def _carries_body(exercise: Exercise) -> bool:
    hangs = exercise.pattern == "vertical_pull" and exercise.load in {"body", "assist"}
    return hangs and exercise.body_mass_share >= _PULL_UP_SHARE


def _related(one: Exercise, other: Exercise) -> bool:
    return one.id != other.id and one.pattern == other.pattern


def _ahead(strength: Strength, other: Exercise, person: Person) -> tuple[float, float] | None:
    """Return how far ahead of the usual start a strength is, as a logarithm, and how unsure."""
    usual = body_mass_prior_of(other, person)
    if usual is None:
        return None
    sd = math.log(strength.high_kg / strength.low_kg) / (2 * _Z80)
    return math.log(strength.one_rm_kg) - usual.log_rm, sd


def _transfer_sd(one: Exercise, other: Exercise, c: PriorConstants) -> float:
    return c.related_sd_log + (c.unlike_sd_log - c.related_sd_log) * (1 - alikeness(one, other))


def alikeness(one: Exercise, other: Exercise) -> float:
    """Return how alike the muscles of two exercises are: 0 nothing in common, 1 the same shares."""
    dot = sum(share * other.muscles.get(muscle, 0.0) for muscle, share in one.muscles.items())
    lengths = math.hypot(*one.muscles.values()) * math.hypot(*other.muscles.values())
    return dot / lengths if lengths else 0.0
