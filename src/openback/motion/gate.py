"""Whether somebody is in the exercise's posture at all: walking up, setting up and racking are no reps."""

from __future__ import annotations

from math import inf, isfinite, log, nan
from typing import NamedTuple

from openback.model.exercise import Exercise
from openback.model.motion import Floats
from openback.motion.template import WEIGHT, template_of
from openback.motion.tuning import GateRules


class Look(NamedTuple):
    """How far the body is from the exercise's posture, and how far the hips went since the last look.

    `across` is in trunk lengths across the picture, `nearer` the log of how much larger the body became.
    """

    far: float
    across: float
    nearer: float


class Gate:
    """Holds bodies against the exercise's own template, a few times a second.

    `step` is how far the hips went since the last look: across the picture in trunk lengths, and nearer as the log
    of the body's size. `far` is how far the body lately was from the nearest moment of the exercise, in squared tolerances; NaN
    without a figure or a body. `away` says that it was too far for too long to be in the set.
    """

    def __init__(self, exercise: Exercise, rules: GateRules) -> None:
        self._rules = rules
        self._template = template_of(exercise)
        self.far = nan
        self.step = (0.0, 0.0)
        self.fresh = False
        self.away = False
        self._across_px = self._size_px = self._at_s = nan
        self._speed = 0.0
        self._next_s, self._far_since_s = -inf, nan

    @property
    def look(self) -> Look | None:
        """What this moment showed; None when it was not looked at."""
        return Look(self.far, *self.step) if self.fresh else None

    def due(self, t_s: float) -> bool:
        """Return whether it is time to look at the body again."""
        self.fresh = False
        return self._template is not None and t_s >= self._next_s

    def seen(self, t_s: float, numbers: Floats, known: Floats, hips_px: tuple[float, float]) -> None:
        """Take in a moment: scaled numbers of the body, how far each is known, and the hips in the picture."""
        self.fresh = True
        self._next_s = t_s + self._rules.every_s
        assert self._template is not None  # noqa: S101 - `due` asked
        self.far = float(self._template.distances(numbers, WEIGHT * known).min()) + self._walked(
            t_s, *hips_px
        )
        self._judge(t_s)

    def _walked(self, t_s: float, across_px: float, size_px: float) -> float:
        """Return what it adds that the hips go across the picture: nobody trains while walking."""
        passed_s = t_s - self._at_s
        across = (across_px - self._across_px) / max(size_px, 1.0)
        nearer = log(max(size_px, 1.0) / self._size_px) if self._size_px > 0 else 0.0
        self._across_px, self._size_px, self._at_s = across_px, max(size_px, 1.0), t_s
        # A cut is a jump, not a walk.
        jump = not max(abs(across), 2 * abs(nearer)) <= self._rules.quickest * passed_s
        self.step = (0.0, 0.0) if jump or passed_s <= 0 else (across, nearer)
        if passed_s <= 0 or not isfinite(passed_s):
            return 0.0
        self._speed += 0.4 * (abs(self.step[0]) / passed_s - self._speed)
        return (self._speed / self._rules.walking) ** 2

    def _judge(self, t_s: float) -> None:
        if self.far <= self._rules.limit:
            self._far_since_s = nan
            self.away = False
        elif self._far_since_s != self._far_since_s:
            self._far_since_s = t_s
        elif t_s - self._far_since_s >= self._rules.away_s:
            self.away = True
