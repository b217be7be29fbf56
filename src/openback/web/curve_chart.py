"""A strength curve as SVG coordinates and as a table: what shows without script, and what the script draws from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from openback.services.views import StrengthCurve, StrengthPoint
from openback.units import Units, lb_from_kg

WIDTH: Final = 640
HEIGHT: Final = 220
LEFT: Final = 8
RIGHT: Final = 56  # room for the numbers of the scale
TOP: Final = 12
BOTTOM: Final = 28
LINES_WANTED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the scale, or a name below it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart:
    """A curve with its band. `line` and `band` are SVG paths in a box of WIDTH by HEIGHT.

    `days_s` are seconds since 1970 at midnight UTC; `middle`, `low` and `high` are in `unit`.
    """

    unit: str
    line: str
    band: str
    last: tuple[float, float]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    days_s: tuple[int, ...]
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rows: tuple[tuple[date, float, float, float], ...]  # latest first


def curve_chart(curve: StrengthCurve, units: Units) -> CurveChart:
    """Return a curve in the person's units; it must have a point."""
    points = curve.points
    shown = [_shown(point, units) for point in points]
    low, high = min(s[1] for s in shown), max(s[2] for s in shown)
    steps = scale_steps(low, high)
    bottom, top = min(steps[0], low), max(steps[-1], high)
    first, last = points[0].on.toordinal(), points[-1].on.toordinal()

    def x(on: date) -> float:
        share = (on.toordinal() - first) / (last - first) if last > first else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        share = (value - bottom) / (top - bottom) if top > bottom else 0.5
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)

    xs = [x(point.on) for point in points]
    return CurveChart(
        unit="kg" if units == "metric" else "lb",
        line=_path([(at, y(s[0])) for at, s in zip(xs, shown, strict=True)]),
        band=_band([(at, y(s[2]), y(s[1])) for at, s in zip(xs, shown, strict=True)]),
        last=(xs[-1], y(shown[-1][0])),
        y_ticks=tuple(Tick(at=y(value), text=f"{value:g}") for value in steps if bottom <= value <= top),
        x_ticks=tuple(Tick(at=x(on), text=f"{on.day} {on:%b}") for on in _named_days(points)),
        days_s=tuple(int(datetime.combine(point.on, time(), UTC).timestamp()) for point in points),
        middle=tuple(round(s[0], 2) for s in shown),
        low=tuple(round(s[1], 2) for s in shown),
        high=tuple(round(s[2], 2) for s in shown),
        rows=tuple((point.on, *s) for point, s in zip(reversed(points), reversed(shown), strict=True)),
    )


def _shown(point: StrengthPoint, units: Units) -> tuple[float, float, float]:
    values = (point.one_rm_kg, point.low_kg, point.high_kg)
    middle, low, high = values if units == "metric" else tuple(lb_from_kg(value) for value in values)
    return middle, low, high


def scale_steps(low: float, high: float) -> tuple[float, ...]:
    """Return round numbers around a range, at steps of 1, 2 or 5 times a power of ten."""
    span = max(high - low, abs(high) * 0.05, 1e-9)
    power = 10 ** math.floor(math.log10(span / LINES_WANTED))
    step = next(power * m for m in (1, 2, 5, 10) if span / (power * m) <= LINES_WANTED + 1)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(round(n * step, 6) for n in range(first, max(last, first + 1) + 1))


def _named_days(points: Sequence[StrengthPoint]) -> tuple[date, ...]:
    """Return the first, the middle and the last day; fewer when they are the same."""
    days = [points[0].on, points[len(points) // 2].on, points[-1].on]
    return tuple(dict.fromkeys(days)) if len(points) > 8 else tuple(dict.fromkeys((days[0], days[-1])))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _band(points: Sequence[tuple[float, float, float]]) -> str:
    there = "L".join(f"{x} {top}" for x, top, _ in points)
    back = "L".join(f"{x} {bottom}" for x, _, bottom in reversed(points))
    return f"M{there}L{back}Z"
