"""Whether somebody is in the exercise's posture at all: walking up, setting up and racking are no reps."""

from __future__ import annotations

from math import nan

import numpy as np

from openback.model.exercise import Exercise
from openback.motion.body import Body
from openback.motion.template import WEIGHT, numbers_of, scaled, template_of
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

    def seen(self, t_s: float, body: Body | None) -> None:
        """Take in a moment; `fresh` says whether the body was looked at."""
        self.fresh = False
        if self._template is None or body is None or t_s < self._next_s:
            return
        self.fresh = True
        self._next_s = t_s + self._rules.every_s
        numbers = scaled(numbers_of(body))
        known = np.isfinite(numbers)
        distances = self._template.distances(np.where(known, numbers, 0.0), np.where(known, WEIGHT, 0.0))
        self.far = float(distances.min())
        self._judge(t_s)

    def _judge(self, t_s: float) -> None:
        if self.far <= self._rules.limit:
            self._far_since_s = nan
            self.away = False
        elif self._far_since_s != self._far_since_s:
            self._far_since_s = t_s
        elif t_s - self._far_since_s >= self._rules.away_s:
            self.away = True
