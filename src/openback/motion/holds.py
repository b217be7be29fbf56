"""Holds: the time in a pose, from reaching it to leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan

from openback.model.motion import Phase
from openback.motion.tuning import HoldRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One time in the pose, in seconds of the clip."""

    start_s: float
    end_s: float


class Holds:
    """Finds the times in a pose in a number fed moment by moment: 0 away from it, 1 in it as the file has it.

    People go less far into a pose than the file, or further: who rests near it is in it, who gives up a good
    part of what they had has left it. `stage` is "start" out of the pose, "lift" on the way, "peak" in it.
    `yielding` says that some of it is given up just now: it may be the way out.
    """

    def __init__(self, rules: HoldRules) -> None:
        self.rules = rules
        self.restart()

    def restart(self) -> None:
        """Forget the pose under way."""
        self.stage: Phase = "start"
        self._top = nan
        self._since_s = self._out_s = self._last_s = nan
        self.yielding = False

    def push(self, t_s: float, way: float) -> Held | None:
        """Return the hold that ended with this moment, if one did. Unknown (NaN) moments are passed over."""
        if not isfinite(way):
            return None
        self._last_s = t_s
        if self.stage == "peak":
            return self._inside(t_s, way)
        self._outside(t_s, way)
        return None

    def held_s(self, t_s: float) -> float:
        """Return how long the pose under way has been held by now; 0 out of it."""
        return t_s - self._since_s if self.stage == "peak" else 0.0

    def finish(self) -> Held | None:
        """Return the hold that the end of the clip cut short."""
        if self.stage != "peak":
            return None
        return self._left(self._out_s if isfinite(self._out_s) else self._last_s)

    def _outside(self, t_s: float, way: float) -> None:
        rules = self.rules
        if way < rules.enter:
            self.stage = "lift" if way >= rules.begins else "start"
            self._since_s = nan
            return
        self.stage = "lift"
        if not isfinite(self._since_s):
            self._since_s, self._top = t_s, way
        self._top = max(self._top, way)
        if t_s - self._since_s >= rules.settle_s:
            self.stage, self._out_s = "peak", nan

    def _inside(self, t_s: float, way: float) -> Held | None:
        rules = self.rules
        self._top = max(self._top, min(way, rules.highest))
        self.yielding = way < self._top - rules.yields
        if way >= max(rules.least, self._top - rules.leave):
            self._out_s = nan
            return None
        if not isfinite(self._out_s):
            self._out_s = t_s
        return self._left(self._out_s) if t_s - self._out_s >= rules.settle_s else None

    def _left(self, end_s: float) -> Held:
        held = Held(start_s=self._since_s, end_s=end_s)
        self.restart()
        return held
