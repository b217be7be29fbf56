"""One Euro filter over a flat array, by time stamp: calm when still, quick when moving.

After Casiez, Roussel and Vogel 2012 (CHI, "1 € filter"). Both of its low passes are the exact answer for the
time that passed, so a clip at half its frame rate comes out the same within the noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, nan, pi
from typing import Final

import numpy as np

from openback.model.motion import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothing:
    """How much is smoothed.

    `still_hz` is the cut-off of what does not move, `per_speed` how many hertz it rises for each unit a
    second, `speed_hz` the cut-off of the speed itself. What was away for longer than `gap_s` starts afresh.
    """

    still_hz: float
    per_speed: float
    speed_hz: float
    gap_s: float


# Landmarks in metres: 2 Hz lets a lift of one second pass whole, and takes four fifths of the jitter at 30
# frames a second; at 0.5 m/s, half the speed of a brisk pull, the lag is under 40 ms (project default).
LANDMARKS: Final = Smoothing(still_hz=2.0, per_speed=5.0, speed_hz=1.5, gap_s=0.4)


class OneEuro:
    """The filter of a flat array of values, fed with a frame at a time."""

    __slots__ = ("_all_s", "_seen_s", "_speed", "_value", "smoothing")

    def __init__(self, smoothing: Smoothing = LANDMARKS) -> None:
        self.smoothing = smoothing
        self.restart()

    def restart(self) -> None:
        """Forget all that was before."""
        self._value = self._speed = self._seen_s = np.empty(0)
        self._all_s = nan  # when the last frame was, if all of it was known

    def __call__(self, t_s: float, values: Floats, per_unit: Floats | float = 1.0) -> Floats:
        """Return the smoothed values, of the shape of `values` (n,); NaN where a value is.

        `per_unit` turns a value's unit into that of `per_speed`: pixels into metres, say. A value that was
        away for longer than the gap starts afresh, and so does everything when time runs back.
        """
        if self._value.shape != values.shape:
            self._value = np.full_like(values, np.nan)
            self._speed = np.zeros_like(values)
            self._seen_s = np.full_like(values, -np.inf)
        since_s = t_s - self._all_s
        # As a rule all is known, and was a moment ago.
        if 0 < since_s <= self.smoothing.gap_s and isfinite(float(np.vdot(values, values))):
            self._all_s = t_s
            self._value = self._followed(values, since_s, per_unit)
            return self._value
        if isfinite(self._all_s):
            self._seen_s.fill(self._all_s)
        passed_s = t_s - self._seen_s
        smooth = self._smoothed(values, passed_s, per_unit)
        known = np.isfinite(values)
        self._all_s = nan
        if known.all():
            self._value, self._all_s = smooth, t_s
            return smooth
        self._value = np.where(known, smooth, self._value)
        self._seen_s[known] = t_s
        return np.where(known, smooth, np.nan)

    def _smoothed(self, values: Floats, passed_s: Floats, per_unit: Floats | float) -> Floats:
        how = self.smoothing
        step = values - self._value
        fresh = ~((passed_s > 0) & (passed_s <= how.gap_s) & np.isfinite(step))
        if fresh.any():
            passed_s = np.where(fresh, 1.0, passed_s)
            step = np.where(fresh, 0.0, step)
            self._speed[fresh] = 0.0
        keep = np.exp(-2 * pi * how.speed_hz * passed_s)
        self._speed = keep * self._speed + (1 - keep) * (step / passed_s)
        cutoff_hz = how.still_hz + how.per_speed * np.abs(self._speed) * per_unit
        moved = values - step * np.exp(-2 * pi * passed_s * cutoff_hz)
        return np.where(fresh, values, moved) if fresh.any() else moved

    def _followed(self, values: Floats, passed_s: float, per_unit: Floats | float) -> Floats:
        """Return the same for values that were all there, as long ago."""
        how, turn = self.smoothing, -2 * pi * passed_s
        step = values - self._value
        keep = exp(turn * how.speed_hz)
        speed = self._speed = keep * self._speed + ((1 - keep) / passed_s) * step
        moved: Floats = values - step * np.exp(
            turn * how.still_hz + (turn * how.per_speed * per_unit) * np.abs(speed)
        )
        return moved
