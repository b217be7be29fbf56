"""Which exercise is this? From the body's posture and what moves, held against the figure of every exercise.

Nothing here knows an exercise by name: a file with a figure is enough to be recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

import numpy as np

from openback.model.exercise import Exercise
from openback.model.motion import Floats, Guess, LandmarkFrame
from openback.motion.body import Body
from openback.motion.observe import Observer
from openback.motion.template import (
    MOVEMENT_WEIGHT,
    SIZE,
    WEIGHT,
    Template,
    distances,
    numbers_of,
    scaled,
    template_of,
)
from openback.motion.tuning import RecogniseRules, engine_rules


class Recogniser:
    """Says which exercises a set may be of, fed with bodies; keeps sums only."""

    def __init__(self, exercises: Mapping[str, Exercise], rules: RecogniseRules | None = None) -> None:
        self._rules = rules or engine_rules().recognise
        found = {name: template_of(exercise) for name, exercise in exercises.items()}
        templates = {name: template for name, template in found.items() if template is not None}
        self._names = tuple(name for name, template in templates.items() for _ in template.spread)
        self._moments = _padded(templates.values())
        self._spread = (
            np.concatenate([t.spread for t in templates.values()]) if templates else np.zeros((0, SIZE))
        )
        many = len(self._names)
        self._fit = np.zeros(many)
        self._weight = np.zeros((many, SIZE))
        self._sum = np.zeros((many, SIZE))
        self._square = np.zeros((many, SIZE))
        self._looks = 0
        self._next_s = -np.inf

    def seen(self, t_s: float, body: Body | None) -> None:
        """Take in a moment of the set."""
        if body is None or t_s < self._next_s or not self._names:
            return
        self._next_s = t_s + self._rules.every_s
        self._looks += 1
        numbers = scaled(numbers_of(body))
        known = np.isfinite(numbers)
        numbers = np.where(known, numbers, 0.0)
        near = np.exp(-distances(self._moments, numbers, np.where(known, WEIGHT, 0.0)).min(axis=1))
        self._fit += near
        # What moves is summed over the moments that look like the exercise: walking up to it tells nothing.
        weight = near[:, None] ** 2 * known
        self._weight += weight
        self._sum += weight * numbers
        self._square += weight * numbers**2

    def distance_of(self) -> Mapping[str, float]:
        """Return how far the set is from each exercise, in posture and in movement; the nearer variant counts."""
        if not self._looks:
            return {}
        posture = -np.log(np.maximum(self._fit / self._looks, 1e-9))
        total = posture + self._rules.movement * self._movement()
        best: dict[str, float] = {}
        for name, distance in zip(self._names, total.tolist(), strict=True):
            best[name] = min(distance, best.get(name, np.inf))
        return best

    def _movement(self) -> Floats:
        weight = np.maximum(self._weight, 1e-9)
        variance = self._square / weight - (self._sum / weight) ** 2
        spread = np.sqrt(np.maximum(variance, 0.0))
        # Noise moves too: less than this is stillness.
        moved = np.sqrt(np.maximum(spread**2 - self._rules.still**2, 0.0))
        off = np.minimum(((moved - self._spread) / self._rules.spread) ** 2, 9.0)
        mean: Floats = (off @ MOVEMENT_WEIGHT) / MOVEMENT_WEIGHT.sum()
        return mean

    def guesses(self) -> tuple[Guess, ...]:
        """Return the three likeliest, None among them for "none of these", with confidences that sum to 1 at most."""
        rules = self._rules
        far = {None: rules.none, **self.distance_of()}
        least = min(far.values())
        share = {name: exp(-(distance - least) / rules.sharp) for name, distance in far.items()}
        total = sum(share.values())
        ranked = sorted(share, key=lambda name: -share[name])[:3]
        if None not in ranked:
            ranked = [*ranked, None]
        return tuple(Guess(exercise=name, confidence=share[name] / total) for name in ranked)


def _padded(templates: Iterable[Template]) -> Floats:
    """Return the moments of all templates in one array; a pose that is held repeats its own."""
    blocks = [template.moments for template in templates]
    most = max((block.shape[1] for block in blocks), default=1)
    if not blocks:
        return np.zeros((0, 1, SIZE))
    return np.concatenate([np.pad(b, ((0, 0), (0, most - b.shape[1]), (0, 0)), mode="edge") for b in blocks])


def recognise(frames: Iterable[LandmarkFrame], exercises: Mapping[str, Exercise]) -> tuple[Guess, ...]:
    """Return the exercises that a clip may be of, likeliest first."""
    observer, recogniser = Observer(()), Recogniser(exercises)
    for frame in frames:
        seen = observer.observe(frame)
        recogniser.seen(seen.t_s, seen.body)
    return recogniser.guesses()
