"""The best steady value of a take, with its band."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median, pstdev
from typing import Final, get_args

from openback.model.journal import TestSide
from openback.model.posture import SeenFrame
from openback.motion.desk_tests.tell import SIDES, TELL, Picture, Trouble, in_the_way

# No pause is longer than this however slowly the pictures come.
_LONGEST_S: Final = 3.0
# A limb that stayed below the first while the other went beyond the second: the other one was lifted.
_STAYED: Final = 20.0
_LIFTED: Final = 35.0
# A value is calmed by its neighbours, so many on either side: points of a pose shake from frame to frame.
_NEIGHBOURS: Final = 2
_OTHER: Final[dict[TestSide, TestSide]] = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRules:
    """How a take is read: `data/desk_tests.toml` says what each number means."""

    higher_is_better: bool
    steady_s: float
    steady: float
    fewest_frames: int
    sd: float
    band_z: float
    span: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTold:
    """The best value that stood still, with its 80 % band, and from how many frames it was told."""

    value: float
    low: float
    high: float
    frames: int
    at_s: float  # where in the take it began


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFound:
    """What a take told, or what stood in the way; one of both is None."""

    told: TakeTold | None
    trouble: Trouble | None


def measure_take(
    test: str, side: TestSide, frames: Sequence[SeenFrame], *, rules: TakeRules, height_cm: float | None
) -> TakeFound:
    """Return the best steady value of a take, or what stood in its way most. Never raises on frames."""
    values, troubles = _values(test, side, frames, height_cm)
    other = _OTHER.get(side)
    if other is not None and rules.higher_is_better and _peak(values) < _STAYED:
        others, _ = _values(test, other, frames, height_cm)
        if _peak(others) > _LIFTED:
            return TakeFound(told=None, trouble="other_side")
    if len(values) < rules.fewest_frames:
        return TakeFound(told=None, trouble=_worst(troubles))
    best = _best(list(_steady(_calmed(values), rules)), rules)
    if best is None:
        return TakeFound(told=None, trouble="not_steady")
    return TakeFound(told=best, trouble=None)


def _values(
    test: str, side: TestSide, frames: Sequence[SeenFrame], height_cm: float | None
) -> tuple[list[tuple[float, float]], Counter[Trouble]]:
    """Return (time, value) of the frames that told one, in order of time, and what the others said."""
    tell, number = TELL[test], SIDES[side]
    values: list[tuple[float, float]] = []
    troubles: Counter[Trouble] = Counter()
    for seen in sorted(frames, key=lambda one: one.frame.t_s):
        told = in_the_way(seen) or tell(Picture(seen.frame), number, height_cm)
        if isinstance(told, str):
            troubles[told] += 1
        else:
            values.append((seen.frame.t_s, told))
    return values, troubles


def _calmed(values: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return each value as the median of it and its neighbours."""
    alone = [value for _, value in values]
    return [
        (t_s, median(alone[max(0, n - _NEIGHBOURS) : n + _NEIGHBOURS + 1]))
        for n, (t_s, _) in enumerate(values)
    ]


def _peak(values: Sequence[tuple[float, float]]) -> float:
    return max((value for _, value in values), default=0.0)


def _worst(troubles: Counter[Trouble]) -> Trouble:
    """Return what stood in the way most often; of two as often, the one that is told first."""
    order: tuple[Trouble, ...] = get_args(Trouble)
    return max(order, key=lambda one: (troubles[one], -order.index(one))) if troubles else "too_few"


def _steady(values: Sequence[tuple[float, float]], rules: TakeRules) -> Iterator[list[tuple[float, float]]]:
    """Yield the stretches of a take that are long enough and waver little enough."""
    for start, (begins_s, _) in enumerate(values):
        stretch: list[tuple[float, float]] = []
        for t_s, value in values[start:]:
            if t_s - begins_s > _LONGEST_S:
                break
            stretch.append((t_s, value))
            if t_s - begins_s >= rules.steady_s and len(stretch) >= rules.fewest_frames:
                if _spread([one for _, one in stretch]) <= rules.steady:
                    yield stretch
                break


def _spread(values: Sequence[float]) -> float:
    """Return how far values waver, the outermost tenth at either end left out: one frame may err."""
    ordered = sorted(values)
    cut = len(ordered) // 10 if len(ordered) >= 10 else (1 if len(ordered) > 5 else 0)
    return ordered[len(ordered) - 1 - cut] - ordered[cut]


def _best(stretches: Sequence[list[tuple[float, float]]], rules: TakeRules) -> TakeTold | None:
    sign = 1 if rules.higher_is_better else -1
    found = [(median(value for _, value in stretch), stretch) for stretch in stretches]
    if not found:
        return None
    value, stretch = max(found, key=lambda one: sign * one[0])
    sd = sqrt(rules.sd**2 + pstdev([one for _, one in stretch]) ** 2)
    low, high = rules.span
    value = min(high, max(low, value))
    return TakeTold(
        value=value,
        low=max(low, value - rules.band_z * sd),
        high=min(high, value + rules.band_z * sd),
        frames=len(stretch),
        at_s=stretch[0][0],
    )
