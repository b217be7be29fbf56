"""Left and right, kept through the whole set.

A pose model that sees a body from behind may take it for one from the front, above all in the dark: sides
exchanged, and what is ahead of the body behind it in the picture's depth. It does so for some frames and then
changes its mind. A body does not: from one frame to the next its joints stay near where they were. So each
frame is taken as it fits the last one best: as it is, with the sides exchanged, or exchanged and turned inside
out. Somebody who really turns passes through every angle on the way, and fits best as they are.

Which of the two is true cannot be told from the points: both are bodies. What the model says for longer is
believed: a wrong start is put right within half a second, a wrong spell late in a set is not followed.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from openback.model.motion import Floats

Taken = Literal["as it is", "exchanged", "inside out"]
MIRRORED: Final = np.array(
    [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9] + [number for left in range(11, 33, 2) for number in (left + 1, left)]
)
# Shoulders, elbows, wrists, hips and knees: far enough from the middle to tell the sides apart.
_JOINTS: Final = np.array([11, 12, 13, 14, 15, 16, 23, 24, 25, 26])
_EXCHANGED: Final = MIRRORED[_JOINTS]
_INSIDE_OUT: Final = np.array([1.0, 1.0, -1.0])
# A frame that is this near the last one (metres, root mean square over the joints) needs no question.
_NEAR_M: Final = 0.07
# Another reading of the frame must fit this much better (ratio of squares).
_BETTER: Final = 0.4
# After this long without the person, the next frame is taken as it comes.
_GAP_S: Final = 0.7
# How long the model must say otherwise before it is believed: at the start, and at most.
_DOUBT_S: Final = 0.4
_SURE_S: Final = 3.0


class SideKeeper:
    """Keeps left and right from frame to frame.

    `taken` says how the last frame was taken, `changed` whether that is another way than the one before it, and
    `turned` whether the sides that were kept so far were just put right.
    """

    __slots__ = ("_at_s", "_before", "_trust_s", "changed", "taken", "turned")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Take the next frame as it comes, after a cut."""
        self._before: Floats | None = None
        self._at_s = -np.inf
        self._trust_s = 0.0
        self.taken: Taken = "as it is"
        self.turned = self.changed = False

    def keep(self, t_s: float, points: Floats) -> Floats:
        """Return the points (33, 3) with the person's own left and right."""
        passed_s = t_s - self._at_s
        self._at_s = t_s
        joints = points[_JOINTS]
        self.turned, taken = False, self.taken
        if self._before is None or not 0 < passed_s <= _GAP_S:
            self.taken, self._trust_s = "as it is", 0.0
        else:
            self.taken = _best(joints, points, self._before)
            self._judge(passed_s)
        self.changed = self.taken != taken or self.turned
        if self.taken == "as it is":
            self._before = joints
            return points
        kept = as_taken(points, self.taken)
        self._before = kept[_JOINTS]
        return kept

    def _judge(self, passed_s: float) -> None:
        agrees = self.taken == "as it is"
        self._trust_s = min(_SURE_S, self._trust_s + (passed_s if agrees else -passed_s))
        if self._trust_s < -_DOUBT_S:
            self.taken, self.turned, self._trust_s = "as it is", True, 0.0


def as_taken(points: Floats, taken: Taken) -> Floats:
    """Return points (33, 3) or (33, 2) taken so: with the sides exchanged, with their depth turned about."""
    if taken == "as it is":
        return points
    mirrored: Floats = points[MIRRORED]
    return mirrored if taken == "exchanged" else mirrored * _INSIDE_OUT


def _best(joints: Floats, points: Floats, before: Floats) -> Taken:
    off = joints - before
    as_is = float(np.vdot(off, off)) / len(before)
    if as_is < _NEAR_M**2:
        return "as it is"
    mirrored = points[_EXCHANGED]
    exchanged = _squares(mirrored - before)
    inside_out = _squares(mirrored * _INSIDE_OUT - before)
    if not min(exchanged, inside_out) <= _BETTER * as_is:  # also where something is not known
        return "as it is"
    return "exchanged" if exchanged < inside_out else "inside out"


def _squares(off: Floats) -> float:
    return float(np.vdot(off, off)) / len(off)
