"""Left and right, kept through the whole set.

The pose model swaps a person's sides for some frames, above all from the back and from the side. A body does
not: from one frame to the next its left shoulder stays near where it was. So a frame whose points fit the
last one better with the sides exchanged is exchanged. Somebody who really turns passes through every angle
on the way, and fits as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from openback.model.motion import Floats, LandmarkFrame

SWAPPED: Final = np.array(
    [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9] + [number for left in range(11, 33, 2) for number in (left + 1, left)]
)
# Joints far enough from the middle to tell the sides apart.
_JOINTS: Final = np.array([11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28])
_MIRROR: Final = SWAPPED[_JOINTS]
# Exchanged must fit this much better, and as it is be off by at least so much (metres, root mean square).
_BETTER: Final = 0.5
_AWAY_M: Final = 0.10
_GAP_S: Final = 0.7


class SideKeeper:
    """Keeps left and right from frame to frame."""

    __slots__ = ("_at_s", "_joints", "swapped")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Take the next frame as it comes, after a cut or a long gap."""
        self._joints: Floats | None = None
        self._at_s = -np.inf
        self.swapped = False

    def keep(self, frame: LandmarkFrame) -> LandmarkFrame:
        """Return the frame with the person's own left and right; `swapped` says whether it was exchanged."""
        joints = frame.world_m[_JOINTS]
        before = self._joints if frame.t_s - self._at_s <= _GAP_S else None
        self._at_s = frame.t_s
        self.swapped = before is not None and _fits_exchanged(joints, frame.world_m[_MIRROR], before)
        if not self.swapped:
            self._joints = joints
            return frame
        self._joints = frame.world_m[_MIRROR]
        return replace(
            frame,
            image_px=frame.image_px[SWAPPED],
            depth_px=frame.depth_px[SWAPPED],
            world_m=frame.world_m[SWAPPED],
            visibility=frame.visibility[SWAPPED],
        )


def _fits_exchanged(joints: Floats, exchanged: Floats, before: Floats) -> bool:
    as_is, swapped = joints - before, exchanged - before
    away = float(np.vdot(as_is, as_is)) / len(before)
    return away > _AWAY_M**2 and float(np.vdot(swapped, swapped)) / len(before) < _BETTER**2 * away
