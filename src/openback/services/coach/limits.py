"""How much the live coach takes on. All are project defaults: far above what one camera needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers of one server process and of each connection.

    `sets` are watched at once. A set whose connection was lost is kept for `kept_s`. A connection says hello within
    `hello_s`, something every `idle_s`, at most `frames_per_s` frames and `messages_per_s` messages in the
    long run, and `frames_at_once` and `messages_at_once` after a pause. After `bad_frames` frames in a row that are none it is
    closed. A set has at most `frames` frames. A state without news is sent `states_per_s` times a second, and a
    frame that got no answer gets one after `answer_s`.
    """

    sets: int = 256
    kept_s: float = 60.0
    hello_s: float = 10.0
    idle_s: float = 60.0
    frames_per_s: float = 120.0
    frames_at_once: float = 240.0
    messages_per_s: float = 5.0
    messages_at_once: float = 50.0
    bad_frames: int = 50
    frames: int = 60 * 60 * 60
    states_per_s: float = 15.0
    answer_s: float = 0.12


LIMITS: Final = Limits()


class Allowance:
    """So much in the long run, and so much at once: a bucket that fills again with time."""

    __slots__ = ("_at_s", "_left", "_most", "_per_s")

    def __init__(self, per_s: float, at_once: float) -> None:
        self._per_s = per_s
        self._most = self._left = at_once
        self._at_s = -1.0

    def taken(self, now_s: float) -> bool:
        """Return whether one more is allowed now, and count it."""
        if self._at_s >= 0:
            self._left = min(self._most, self._left + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True
