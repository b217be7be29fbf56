"""What a person's exercises tell of each other: a good or bad spell, and how far their sets scatter."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from openback.training.strength.constants import ScatterConstants, SpellConstants


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Reps beyond expectation of late, summed over `sets` (both fade)."""

    day: float
    beyond_reps: float = 0.0
    sets: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """Absolute surprises in expected standard deviations, summed over `sets` (both fade)."""

    day: float
    surprise: float = 0.0
    sets: float = 0.0


def spell_on_day(spell: Spell, day: float, c: SpellConstants) -> Spell:
    """Return the spell on a later day."""
    kept = math.exp(-(day - spell.day) / c.days)
    return Spell(day=day, beyond_reps=spell.beyond_reps * kept, sets=spell.sets * kept)


def spell_reps(spell: Spell, c: SpellConstants) -> float:
    """Return the reps that the spell adds to every set; negative in a bad one."""
    return spell.beyond_reps / (spell.sets + c.prior_sets)


def spell_after(spell: Spell, beyond_reps: Iterable[float], c: SpellConstants) -> Spell:
    """Return the spell after the sets of its day; one set counts for at most `most_reps`."""
    steps = [max(-c.most_reps, min(c.most_reps, step)) for step in beyond_reps]
    return Spell(day=spell.day, beyond_reps=spell.beyond_reps + sum(steps), sets=spell.sets + len(steps))


def scatter_on_day(scatter: Scatter, day: float, c: ScatterConstants) -> Scatter:
    """Return the scatter on a later day."""
    kept = math.exp(-(day - scatter.day) / c.days)
    return Scatter(day=day, surprise=scatter.surprise * kept, sets=scatter.sets * kept)


def scatter_factor(scatter: Scatter, c: ScatterConstants) -> float:
    """Return how many times wider than expected this person's sets scatter."""
    # Mean absolute deviation of a bell curve is 0.8 of its standard deviation.
    seen = scatter.surprise / math.sqrt(2 / math.pi)
    return (seen + c.prior * c.prior_sets) / (scatter.sets + c.prior_sets)


def scatter_after(scatter: Scatter, surprises: Iterable[float]) -> Scatter:
    """Return the scatter after the sets of its day; a surprise is in expected standard deviations."""
    sizes = [abs(step) for step in surprises]
    return Scatter(day=scatter.day, surprise=scatter.surprise + sum(sizes), sets=scatter.sets + len(sizes))
