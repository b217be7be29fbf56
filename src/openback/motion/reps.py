"""Reps: visits of one number to its peak and back, and which of them are whole.

The number is how far along the file's way from `start` (0) to `peak` (1) the rep measure is. A camera may see
that way shorter or shifted, and people differ, so nothing here asks for 0 or for 1: a visit is told by going up
and coming back, and it is whole when its way is long enough beside the person's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal, NamedTuple

from openback.motion.levels import Levels
from openback.motion.tuning import RepRules

Stage = Literal["start", "lift", "peak", "lower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One way up and back. `low`, `peak` and `back` are shares of the file's way.

    `speed_per_s` is the fastest of the lift, in file's ways a second. `edge` says that its way up may have
    begun before the clip; where none was seen, `lift_s` and the speed are NaN.
    `noise` is how much the readings trembled.
    """

    low: float
    peak: float
    back: float
    start_s: float
    peak_s: float
    end_s: float
    lift_s: float
    hold_s: float
    lower_s: float
    speed_per_s: float
    edge: bool = False
    noise: float = 0.0

    @property
    def way(self) -> float:
        """How far it went up, or down where the way up may have begun before the clip."""
        return self.peak - (min(self.low, self.back) if self.edge else self.low)


class _Lift(NamedTuple):
    """The way up: when it left the start, when it reached the peak, and its fastest part."""

    left_s: float
    risen_s: float
    speed_per_s: float


class Visits:
    """Finds visits in a number fed moment by moment; `stage` says where in a rep it is."""

    def __init__(self, rules: RepRules) -> None:
        self.rules = rules
        self.size = rules.usual  # the person's own range as known so far, in file's ways
        self._levels = Levels(rules.lowest, rules.highest)
        self._at_start = True
        self.restart()

    def restart(self) -> None:
        """Forget what is under way: the person was away."""
        self.stage: Stage = "start"
        self._noise = 0.0
        self.open = False
        self._first = False
        self.base = self.top = self.since = nan
        self._last: tuple[float, float] | None = None
        self._since_s = self._top_s = self._base_s = self._begin_s = nan
        self._speed = self._fastest = 0.0
        self._lift: _Lift | None = None
        self._levels.begin_up()

    def push(self, t_s: float, way: float, noise: float = 0.0) -> Visit | None:
        """Return the visit that ended with this moment, if one did. Unknown (NaN) moments are passed over.

        `noise` is how much a reading trembles, in file's ways: less is no turn.
        """
        if not isfinite(way):
            return None
        rules = self.rules
        self._noise = noise
        way = min(max(way, rules.lowest), rules.highest)
        last = self._last
        self._last = (t_s, way)
        if last is None:
            self._begin(t_s, way)
            return None
        if t_s <= last[0]:
            return None
        # Until it is well on its way up it may fall back and begin again; once back, the next may begin.
        under_way = self.open and self._lift is None and self.top - self.base >= rules.least
        self._levels.moved(last, (t_s, way), under_way=under_way)
        self._moved(t_s - last[0], way - last[1])
        if not self.open:
            self._wait(t_s, way)
            return None
        return self._travel(t_s, way)

    def finish(self) -> Visit | None:
        """Return the visit that the end of the clip cut short, when it had come back far enough."""
        if not self.open or self.top - self.since < self._back():
            return None
        self._lift = self._lift or self._lifted()
        return self._closed()

    @property
    def near_top(self) -> bool:
        """Whether it is at the highest point so far, or close to it."""
        return self.open and self._last is not None and self.top - self._last[1] < self.rules.peak_leave

    @property
    def moved(self) -> float:
        """How far what is under way has gone up."""
        return self.top - self.base if self.open else 0.0

    # --- one moment ------------------------------------------------------------------------------------

    def _begin(self, t_s: float, way: float) -> None:
        self.base, self._base_s, self._begin_s = way, t_s, t_s
        # The clip may begin at the peak or on the way there: what was before is not known.
        if self._at_start and way >= self.rules.least:
            self.open = True
            self._new_top(t_s, way)
            self.stage = "peak"
        self._first, self._at_start = self._at_start, False

    def _moved(self, passed_s: float, by: float) -> None:
        share = passed_s / (passed_s + 0.08)
        self._speed += share * (by / passed_s - self._speed)

    def _wait(self, t_s: float, way: float) -> None:
        if way < self.base:
            self.base, self._base_s = way, t_s
        elif way - self.base >= self.rules.opens:
            self.open = True
            self._fastest = 0.0
            self.stage = "lift"
            self._new_top(t_s, way)

    def _new_top(self, t_s: float, way: float) -> None:
        self.top = self.since = way
        self._top_s = self._since_s = t_s
        self._levels.new_top()

    def _travel(self, t_s: float, way: float) -> Visit | None:
        rise = self._rise()
        if self._lift is not None and way - self.since >= self._turn(rise):
            return self._closed()
        if way >= self.top:
            self._new_top(t_s, way)
        elif way < self.since - 0.01:
            self.since, self._since_s = way, t_s
        self._staged(way)
        if self.top - self.since < self._back():
            return None
        if self._lift is None:
            self._lift = self._lifted()
        return self._closed() if t_s - self._since_s >= self.rules.still_s else None

    def _turn(self, rise: float) -> float:
        """Return how far it must rise again to have turned round: more than trembling alone."""
        return max(self.rules.turn * rise, self.rules.least_turn, min(self._noise, rise / 3))

    def _back(self) -> float:
        """Return how far it must come back: where the measure trembles, a dip at the peak may go half the way."""
        rules, rise = self.rules, self._rise()
        return max(rules.back * rise, min(rules.back_noise * self._noise, rules.most_back * rise))

    def _rise(self) -> float:
        """Return how far the way up was; what may be a rep at all, where the clip began on the way."""
        rise = self.top - self.base
        return max(rise, self.rules.least) if self.edge else rise

    @property
    def edge(self) -> bool:
        """Whether the way up may have begun before the clip."""
        return self._first and self._base_s - self._begin_s <= self.rules.edge_s

    def _staged(self, way: float) -> None:
        self._fastest = max(self._fastest, self._speed)
        rules, risen = self.rules, way - self.base
        deep = risen >= rules.peak_zone * self.size
        # A way that is short for the person, or for the camera, ends where it stops.
        stopped = risen >= rules.least and self._speed <= rules.slow * self._fastest
        gone = self.top - way > rules.peak_leave * max(min(self.size, self.top - self.base), rules.least)
        if deep or (self.stage == "lift" and stopped):
            self.stage = "peak"
        elif gone or (self.stage == "lift" and self.top - way > rules.opens):
            self.stage = "lower"

    # --- the end of a visit ------------------------------------------------------------------------------

    def _closed(self) -> Visit:
        visit = self._measured(self._lift or self._lifted())
        self._levels.begin_up(self._since_s)
        self._lift = None
        self.open = self._first = False
        self.stage = "start"
        self.base, self._base_s = self.since, self._since_s
        return visit

    def _lifted(self) -> _Lift:
        """Return the way up, before what comes next passes the same levels."""
        levels, rules = self._levels, self.rules
        up = self.top - self.base
        zone = self._zone(up) * up
        if self.edge and up < rules.full * (self.top - self.since):
            return _Lift(nan, self._begin_s, nan)
        return _Lift(
            levels.at_s(levels.last_up, self.base + zone),
            levels.at_s(levels.first_up, self.top - zone),
            levels.speed_per_s(self.base, self.top, rules.speed_window * up),
        )

    def _zone(self, way: float) -> float:
        """Return how far from the ends of a way its middle begins: beyond what trembling alone reaches."""
        return min(max(self.rules.zone, self._noise / max(way, 1e-9)), self.rules.most_zone)

    def _middle_share(self, way: float) -> float:
        """Return the share of a way's time that its middle takes; people start and stop gently."""
        return self.rules.middle_share - self.rules.middle_slope * (self._zone(way) - self.rules.zone)

    def _measured(self, lift: _Lift) -> Visit:
        levels, rules = self._levels, self.rules
        down = self.top - self.since
        zone = self._zone(down) * down
        falls_s = levels.at_s(levels.last_down, self.top - zone)
        down_s = levels.at_s(levels.first_down, self.since + zone)
        lift_s = max(0.0, lift.risen_s - lift.left_s) / self._middle_share(self.top - self.base)
        lower_s = max(0.0, down_s - falls_s) / self._middle_share(down)
        middle_up_s, middle_down_s = (lift.left_s + lift.risen_s) / 2, (falls_s + down_s) / 2
        known = isfinite(lift.left_s)
        lift_ends_s = middle_up_s + lift_s / 2 if known else lift.risen_s
        return Visit(
            low=self.base,
            peak=self.top,
            back=self.since,
            start_s=max(self._begin_s, middle_up_s - lift_s / 2) if known else self._begin_s,
            peak_s=lift.risen_s + rules.peak_at * (falls_s - lift.risen_s),
            end_s=middle_down_s + lower_s / 2,
            lift_s=lift_s if known else nan,
            hold_s=max(0.0, middle_down_s - lower_s / 2 - lift_ends_s),
            lower_s=lower_s,
            speed_per_s=lift.speed_per_s,
            edge=self.edge,
            noise=self._noise,
        )


# --- Which visits are reps -------------------------------------------------------------------------------


def own_range(ways: Sequence[float], rules: RepRules, known: float | None = None) -> float:
    """Return the person's own range in file's ways: what their better visits do, else what is known or usual.

    One visit that went further than all others (reaching for the bar) does not make the range.
    """
    if not ways:
        return rules.usual if known is None else known
    ordered = sorted(ways)
    if len(ordered) == 1:
        return (ordered[0] + (rules.usual if known is None else known)) / 2
    place = 0.75 * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def is_whole(visit: Visit, size: float, rules: RepRules) -> bool:
    """Return whether a visit is a rep, for somebody whose range is `size`."""
    fall = visit.peak - visit.back
    # Where the measure trembles, a small way may be nothing but that.
    least = max(rules.least, min(rules.clear * visit.noise, rules.sure))
    if not visit.edge:
        # On its way back it gave up half of its way up at least, or it would not have ended.
        return visit.way >= max(rules.full * size, least)
    if visit.peak - visit.low < rules.opens:
        # Only the way back was seen, and it may have begun anywhere.
        return fall >= max(rules.full * size, rules.sure)
    # The way up began before the clip; how much of it is missing is not known.
    return visit.way >= max(rules.edge_full * size, least) and fall >= rules.edge_full * size


def is_partial(visit: Visit, size: float, rules: RepRules) -> bool:
    """Return whether a visit that is no rep came far enough to be told of."""
    return visit.way >= rules.partial * size and not visit.edge
