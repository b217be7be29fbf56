"""Whether somebody is in the exercise's posture at all: walking up, setting up and racking are no reps."""

from __future__ import annotations

from math import nan

from openback.model.exercise import Exercise
from openback.model.motion import Floats
from openback.motion.template import WEIGHT, template_of
from openback.motion.tuning import GateRules


class Gate:
    """Holds bodies against the exercise's own template, a few times a second.

    `far` is how far the body lately was from the nearest moment of the exercise, in squared tolerances; NaN
    without a figure or a body. `away` says that it was too far for too long to be in the set.
    """

    def __init__(self, exercise: Exercise, rules: GateRules) -> None:
        self._rules = rules
        self._template = template_of(exercise)
        self.far = nan
        self.fresh = False
        self.away = False
        self._next_s = self._far_since_s = nan

    def due(self, t_s: float) -> bool:
        """Return whether it is time to look at the body again."""
        self.fresh = False
        return self._template is not None and t_s >= self._next_s

    def seen(self, t_s: float, numbers: Floats, known: Floats) -> None:
        """Take in a moment: scaled numbers of the body, and how far each is known."""
        self.fresh = True
        self._next_s = t_s + self._rules.every_s
        assert self._template is not None  # noqa: S101 - `due` asked
        self.far = float(self._template.distances(numbers, WEIGHT * known).min())
        self._judge(t_s)

    def _judge(self, t_s: float) -> None:
        if self.far <= self._rules.limit:
            self._far_since_s = nan
            self.away = False
        elif self._far_since_s != self._far_since_s:
            self._far_since_s = t_s
        elif t_s - self._far_since_s >= self._rules.away_s:
            self.away = True
