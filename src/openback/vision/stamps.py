"""The time of each frame, from time stamps as files hold them."""

from __future__ import annotations

import math
from typing import Final

USUAL_FPS: Final = 30.0
_SANE_FPS: Final = (1.0, 1000.0)
# No clip goes on for days; steps would be lost beside larger numbers.
_SANE_S: Final = 1e6
_LEAST_S: Final = 0.001


def sane_fps(fps: float) -> float:
    """Return a frame rate to step by where a file gives no usable one: itself, or the usual one."""
    low, high = _SANE_FPS
    return fps if low <= fps <= high else USUAL_FPS


class Stamps:
    """Makes time stamps rise: the file's own wherever they do, else a step of the frame rate.

    A stamp that repeats once stands between its neighbours; stamps that stay or run backward are
    replaced by steps, since then only the order of the frames is known.
    """

    def __init__(self, fps: float) -> None:
        self._step_s = 1 / sane_fps(fps)
        self._last_s = -math.inf
        self._stuck = 0

    def rising(self, stamp_s: float) -> float:
        """Return the time of the next frame, later than the one before and not before zero."""
        if not abs(stamp_s) < _SANE_S:  # also NaN
            stamp_s = -math.inf
        if self._last_s == -math.inf:
            self._last_s = max(0.0, stamp_s)
        elif stamp_s > self._last_s:
            # Nearly the same time would make any speed look endless.
            self._last_s = max(stamp_s, self._last_s + _LEAST_S)
            self._stuck = 0
        else:
            self._last_s += self._step_s if self._stuck else self._step_s / 2
            self._stuck += 1
        return self._last_s
