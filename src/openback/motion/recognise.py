"""Which exercise is this? From the body's posture and what moves, held against the figure of every exercise.

Nothing here knows an exercise by name: a file with a figure is enough to be recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

import numpy as np

from openback.model.exercise import Exercise
from openback.model.motion import Floats, Guess, LandmarkFrame
from openback.motion.observe import Observer
from openback.motion.template import (
    MOVEMENT_WEIGHT,
    SIZE,
    WEIGHT,
    Template,
    distances,
    look,
    template_of,
)
from openback.motion.tuning import RecogniseRules, engine_rules


class Recogniser:
    """Says which exercises a set may be of, fed with bodies; keeps sums only."""

    def __init__(self, exercises: Mapping[str, Exercise], rules: RecogniseRules | None = None) -> None:
        self._rules = rules or engine_rules().recognise
        found = {name: template_of(exercise) for name, exercise in exercises.items()}
        templates = {name: template for name, template in found.items() if template is not None}
        self._patterns = {name: exercises[name].pattern for name in templates}
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

    def due(self, t_s: float) -> bool:
        """Return whether it is time to look at the body again."""
        return t_s >= self._next_s and bool(self._names)

    def seen(self, t_s: float, numbers: Floats, known: Floats) -> None:
        """Take in a moment of the set: scaled numbers of the body, and how far each is known."""
        self._next_s = t_s + self._rules.every_s
        self._looks += 1
        near = np.exp(-distances(self._moments, numbers, WEIGHT * known).min(axis=1))
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
        total = posture + self._movement()
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
        return self._rules.movement * mean + self._rules.standing * self._lacking(moved) ** 2

    def _lacking(self, moved: Floats) -> Floats:
        """Return how much is missing to half of each exercise's main movement, 0 to 1: who stands still does not shrug."""
        rows = np.arange(len(self._names))
        main = np.argmax(self._spread * (MOVEMENT_WEIGHT > 0), axis=1)
        whole = self._spread[rows, main]
        lack: Floats = np.clip(1 - 2 * moved[rows, main] / np.maximum(whole, 1e-9), 0.0, 1.0) * (whole > 0)
        return lack

    def guesses(self) -> tuple[Guess, ...]:
        """Return the three likeliest, None among them for "none of these", with confidences that sum to 1 at most."""
        rules = self._rules
        far: dict[str | None, float] = {None: rules.none}
        far.update(self.distance_of())
        least = min(far.values())
        share = {name: exp(-(distance - least) / rules.sharp) for name, distance in far.items()}
        total = sum(share.values())
        ranked = sorted(share, key=lambda name: -share[name])[:3]
        if None not in ranked:
            ranked = [*ranked, None]
        return tuple(Guess(exercise=name, confidence=share[name] / total) for name in ranked)

    def another(self, asked: Exercise) -> str | None:
        """Return the exercise that it clearly is instead of the one asked for; None when that may well be it.

        Variants look alike, so the other one must be of another kind altogether, and much nearer.
        """
        distance = self.distance_of()
        if asked.id not in distance:
            return None
        nearest = min(distance, key=lambda name: distance[name])
        rules = self._rules
        mine, other = distance[asked.id], distance[nearest]
        clear = mine - other > rules.another and mine > rules.unlike and other < rules.none
        # A row from far off may look somewhat like a pull-down, but then every pull-down is further off than the row.
        kin = min(far for name, far in distance.items() if self._patterns[name] == asked.pattern)
        clear = clear or (kin - other > rules.kind and other < rules.sure)
        return nearest if clear and self._apart(asked.id, nearest) > rules.apart else None

    def _apart(self, one: str, other: str) -> float:
        """Return how far the figures of two exercises are from each other."""
        mine, theirs = (
            [number for number, each in enumerate(self._names) if each == name] for name in (one, other)
        )
        return min(
            float(distances(self._moments[b], moment, WEIGHT).min())
            for a in mine
            for moment in self._moments[a][-1:]
            for b in theirs
        )


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
        if seen.body is not None and recogniser.due(seen.t_s):
            recogniser.seen(seen.t_s, *look(seen.body, frame, seen.view.name))
    return recogniser.guesses()
