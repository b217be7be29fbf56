"""Which problems of the picture stand in the way of watching, from moment to moment."""

from __future__ import annotations

from math import atan2, degrees, isfinite
from typing import Final

from openback.model.exercise import Exercise
from openback.motion.body import HIPS, SHOULDERS, Body
from openback.motion.engine import Moment
from openback.motion.framing import Framing
from openback.services.coach.framing_words import IDS, PARTS, VIEW, best_views

# Project defaults. What lasts for less than this long is not said: hands pass before the body in every rep.
LASTS_S: Final = 0.6
# Two lines of the body that are off the level by more than this, to one side, say that the phone is.
_CROOKED_DEG: Final = 7.0
# Lines shorter than this in the picture, in metres, have no tilt that could be told.
_SHORT_M: Final = 0.12
# Below so many frames a second, the tempo of a rep is a guess.
_FEWEST_PER_S: Final = 12.0
_UPRIGHT: Final = frozenset({"standing", "seated", "kneeling", "hanging"})
_STILL: Final = frozenset({"away", "start", "rest"})


class FramingWatch:
    """Says which problems have lasted long enough to be said."""

    def __init__(self, exercise: Exercise) -> None:
        self._views = best_views(exercise)
        # A body that works on one side is not level itself.
        self._level = exercise.safety.position in _UPRIGHT and not exercise.one_side_at_a_time
        self._since_s: dict[str, float] = {}
        self._gap_s = 0.0
        self._at_s = float("nan")

    def passed(self, t_s: float) -> None:
        """Count a frame."""
        gap_s = t_s - self._at_s
        self._at_s = t_s
        if isfinite(gap_s):
            self._gap_s += 0.1 * (min(gap_s, 1.0) - self._gap_s) if self._gap_s else gap_s

    def problems(self, moment: Moment) -> list[str]:
        """Return the ids of what stands in the way at this moment, what to mend first first."""
        seen = moment.seen
        if seen is None:
            return []
        now = set(self._now(moment))
        self._since_s = {one: self._since_s.get(one, seen.t_s) for one in now}
        return [one for one in IDS if one in now and seen.t_s - self._since_s[one] >= LASTS_S]

    def _now(self, moment: Moment) -> list[str]:
        seen = moment.seen
        found = ["slow"] if self._gap_s > 1 / _FEWEST_PER_S else []
        if seen is None or not seen.found:
            return [*found, "nobody"]
        if not seen.same_person or seen.body is None:
            return [*found, "another_person"]
        found += _framed(seen.framing)
        if self._views and seen.view.name != "unknown" and seen.view.name not in self._views:
            found.append(VIEW)
        if self._level and moment.phase in _STILL and crooked(seen.body):
            found.append("tilted")
        return found


def _framed(framing: Framing) -> list[str]:
    found = ["too_far"] if framing.small else []
    outside = {part for part, points in PARTS.items() if not framing.outside.isdisjoint(points)}
    if "trunk" in outside or len(outside) >= 3:
        found.append("too_near")
    found += [f"{part}_outside" for part in outside]
    # From the side one arm always hides the other; only a part of which nothing is seen is in the way.
    for part, points in PARTS.items():
        wanted = [n for n in points if n in framing.hidden]
        if part not in outside and len(wanted) >= min(2, len(points)):
            found.append(f"{part}_hidden")
    return found


def crooked(body: Body) -> bool:
    """Return whether the lines of shoulders and hips both say that the camera does not stand level."""
    tilts = [_tilt_deg(body, pair) for pair in (SHOULDERS, HIPS)]
    return all(tilt > _CROOKED_DEG for tilt in tilts) or all(tilt < -_CROOKED_DEG for tilt in tilts)


def _tilt_deg(body: Body, pair: tuple[int, int]) -> float:
    """Return a line's tilt in the picture, clockwise positive; NaN when it points at the camera."""
    a, b = sorted((body.points[pair[0]], body.points[pair[1]]), key=lambda point: point[0])
    across, down = b[0] - a[0], b[1] - a[1]
    return degrees(atan2(down, across)) if across > _SHORT_M else float("nan")
