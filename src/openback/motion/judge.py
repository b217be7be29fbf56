"""One fault on one side, followed through the phase that it is about, with running numbers only."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, inf, isfinite, nan
from typing import Final

from openback.model.exercise import Fault
from openback.model.motion import BodySide, Phase
from openback.motion.measures import Reading
from openback.motion.tuning import FaultRules

Key = tuple[str, BodySide]
_MOVING: Final = frozenset(("lift", "peak", "lower"))
_PHASES: Final[Mapping[str, frozenset[str]]] = {
    "start": frozenset(("start",)),
    "lift": frozenset(("lift",)),
    "peak": frozenset(("peak",)),
    "lower": frozenset(("lower",)),
    "rep": _MOVING,
    "set": _MOVING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one rep says about a fault. `told` is False when it could not be told, and `why` has the reason.

    `sure` says that it is beyond the limit by more than twice the error. `value` is the worst that was held, or the number of the whole phase; NaN when nothing was read.
    `sd` is the error of a tempo, which reps of one set make smaller together; NaN otherwise.
    """

    told: bool
    seen: bool = False
    value: float = nan
    at_s: float = nan
    why: str = ""
    side: BodySide = "both"
    sure: bool = False
    sd: float = nan


def limit_of(fault: Fault) -> float:
    """Return the number that a fault is beyond."""
    limit = fault.above if fault.above is not None else fault.below
    return nan if limit is None else limit


def is_range(fault: Fault) -> bool:
    """Return whether it is about how far a measure moved; the swing of the trunk always is."""
    return fault.stat == "range" or fault.measure == "trunk_swing_deg"


class Judge:
    """Follows one fault on one side; `verdict` is what its phase said so far."""

    __slots__ = (
        "_beyond_s",
        "_calm",
        "_calm_s",
        "_first",
        "_frames",
        "_high",
        "_kind",
        "_last_s",
        "_low",
        "_rules",
        "_sd",
        "_shown",
        "_spent_s",
        "_sum",
        "_sure",
        "_unsigned",
        "_usable",
        "_whys",
        "_worst",
        "_worst_s",
        "at_once",
        "fault",
        "key",
        "limit",
        "phases",
        "seen",
        "sign",
    )  # fmt: skip

    def __init__(self, fault: Fault, side: BodySide, rules: FaultRules) -> None:
        self.fault = fault
        self.key: Key = (fault.measure, side)
        self.sign = 1.0 if fault.above is not None else -1.0
        self.limit = limit_of(fault)
        self.phases = _PHASES[fault.during]
        self._kind = "range" if is_range(fault) else fault.stat
        # To which side somebody turns is theirs to choose; how far they move on the way has a sign.
        turned = fault.measure == "trunk_twist_deg" and self._kind in {"mean", "min", "max"}
        self._unsigned = side == "difference" or turned
        # A lowest value below the limit, a highest above it, a change and a range show in a moment.
        towards = "max" if self.sign > 0 else "min"
        self.at_once = self._kind in {"range", "change", towards}
        self._rules = rules
        self.restart()

    def restart(self) -> None:
        """Begin the next rep."""
        self._frames = self._usable = 0
        self._sum = self._sd = self._spent_s = 0.0
        self._low, self._high = inf, -inf
        self._first = self._calm = self._calm_s = self._last_s = self._beyond_s = self._worst_s = nan
        self._worst = self._shown = -inf
        self._whys: Tally[str] = Tally()
        self.seen = self._sure = False

    def push(self, t_s: float, phase: Phase, reading: Reading) -> bool:
        """Return whether the fault has just been seen."""
        if self._kind == "change" and phase == "start" and not reading.why:
            self._first = self._calmed(t_s, reading.value, self._rules.start_s)
        if phase not in self.phases:
            return False
        self._frames += 1
        if reading.why:
            self._whys[reading.why] += 1
            self._last_s = self._beyond_s = nan
            return False
        value = self._number(t_s, reading.value)
        if not isfinite(value):
            self._whys["start not seen"] += 1
            return False
        # What errs steadily does not err in a change.
        return self._read(t_s, value, reading.change_sd if self._kind in {"change", "range"} else reading.sd)

    def _read(self, t_s: float, value: float, sd: float) -> bool:
        self._usable += 1
        self._sum += value
        self._sd += sd
        if self._kind != "range":
            self._low, self._high = min(self._low, value), max(self._high, value)
        if isfinite(self._last_s):
            self._spent_s += t_s - self._last_s
        self._last_s = t_s
        towards = self.sign * value
        if towards > self._worst:
            self._worst, self._worst_s = towards, t_s
        if towards - self.sign * self.limit <= sd:
            self._beyond_s = nan
            return False
        if not isfinite(self._beyond_s):
            self._beyond_s = t_s
        held = t_s - self._beyond_s >= self.fault.held_s - 1e-6
        if held:
            self._shown = max(self._shown, towards)
            self._sure = self._sure or towards - self.sign * self.limit > self._rules.sure * sd
        just = held and self.at_once and not self.seen
        self.seen = self.seen or just
        return just

    def _number(self, t_s: float, value: float) -> float:
        """Return what is held against the limit: the reading, how far it is from the start, or how far it moved."""
        if self._unsigned:
            value = abs(value)
        if self._kind == "change":
            return value - self._first
        if self._kind != "range":
            return value
        calm = self._calmed(t_s, value, self._rules.calm_s)
        low, high = min(self._low, calm), max(self._high, calm)
        self._low, self._high = low, high
        return high - low

    def _calmed(self, t_s: float, value: float, over_s: float) -> float:
        """Return the reading without what one frame alone says."""
        if isfinite(self._calm) and t_s > self._calm_s:
            value = self._calm + (value - self._calm) * (1 - exp(-(t_s - self._calm_s) / over_s))
        self._calm, self._calm_s = value, t_s
        return value

    # --- what the phase said ---------------------------------------------------------------------------

    def verdict(self) -> Verdict:
        """Return what was seen; beyond the limit by more than the error, for long enough."""
        side = self.key[1]
        if self.seen:
            value = self.sign * self._shown
            return Verdict(told=True, seen=True, value=value, at_s=self._worst_s, side=side, sure=self._sure)
        if not self._usable or self._usable < self._rules.usable * self._frames:
            return Verdict(told=False, why=self.why, side=side)
        value = self._whole()
        excess = self.sign * (value - self.limit)
        sd = self._sd / self._usable
        held = self._spent_s >= self.fault.held_s - 1e-6
        seen = not self.at_once and held and excess > sd
        sure = seen and excess > self._rules.sure * sd
        return Verdict(told=True, seen=seen, value=value, at_s=self._worst_s, side=side, sure=sure)

    def _whole(self) -> float:
        if self._kind == "mean":
            return self._sum / self._usable
        if self._kind in {"min", "max"}:
            return self._low if self._kind == "min" else self._high
        return self.sign * self._worst

    @property
    def why(self) -> str:
        """Why most of the phase could not be told; empty when there was no such phase."""
        return self._whys.most_common(1)[0][0] if self._whys else ""
