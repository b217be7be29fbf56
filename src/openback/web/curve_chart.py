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
FEW_DAYS: Final = 8  # with so few only the ends are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the scale, or a name below it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days that are shaded on a curve: why, in a word, and from the first to the last."""

    kind: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart:
    """A curve with its band. `line`, `band`, `fan` and `fan_line` are SVG paths in a box of WIDTH by HEIGHT.

    `days_s` are seconds since 1970 at midnight UTC; `middle`, `low` and `high` are in `unit`. `ahead` are those of the
    fan. `spans` are (kind, x, width), `spans_s` the same in seconds.
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
    fan: str = ""
    fan_line: str = ""
    ahead: tuple[tuple[int, float, float, float], ...] = ()
    ahead_rows: tuple[tuple[date, float, float, float], ...] = ()  # furthest first
    spans: tuple[tuple[str, float, float], ...] = ()
    spans_s: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where days and loads stand in the picture."""

    first: date
    last: date
    bottom: float
    top: float

    def x(self, on: date) -> float:
        days = (self.last - self.first).days
        share = (on - self.first).days / days if days > 0 else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.bottom) / (self.top - self.bottom) if self.top > self.bottom else 0.5
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def curve_chart(curve: StrengthCurve, units: Units, spans: Sequence[Span] = ()) -> CurveChart:
    """Return a curve in the person's units; it must have a point. Spans beyond it are cut off."""
    shown = [_shown(point, units) for point in curve.points]
    ahead = [_shown(point, units) for point in curve.fan]
    days, fan_days = [point.on for point in curve.points], [point.on for point in curve.fan]
    low, high = min(s[1] for s in (*shown, *ahead)), max(s[2] for s in (*shown, *ahead))
    steps = scale_steps(low, high)
    at = _Frame(
        first=days[0], last=max([*days, *fan_days]), bottom=min(steps[0], low), top=max(steps[-1], high)
    )
    cut = _cut(spans, days[0], days[-1])
    return CurveChart(
        unit="kg" if units == "metric" else "lb",
        line=_path([(at.x(on), at.y(s[0])) for on, s in zip(days, shown, strict=True)]),
        band=_band([(at.x(on), at.y(s[2]), at.y(s[1])) for on, s in zip(days, shown, strict=True)]),
        last=(at.x(days[-1]), at.y(shown[-1][0])),
        y_ticks=tuple(
            Tick(at=at.y(value), text=f"{value:g}") for value in steps if at.bottom <= value <= at.top
        ),
        x_ticks=tuple(Tick(at=at.x(on), text=f"{on.day} {on:%b}") for on in _named_days([*days, *fan_days])),
        days_s=tuple(_seconds(on) for on in days),
        middle=tuple(round(s[0], 2) for s in shown),
        low=tuple(round(s[1], 2) for s in shown),
        high=tuple(round(s[2], 2) for s in shown),
        rows=tuple((on, *s) for on, s in zip(reversed(days), reversed(shown), strict=True)),
        fan=_band([(at.x(on), at.y(s[2]), at.y(s[1])) for on, s in zip(fan_days, ahead, strict=True)]),
        fan_line=_path([(at.x(on), at.y(s[0])) for on, s in zip(fan_days, ahead, strict=True)]),
        ahead=tuple(_ahead(on, s) for on, s in zip(fan_days, ahead, strict=True)),
        ahead_rows=tuple((on, *s) for on, s in zip(fan_days[:0:-1], ahead[:0:-1], strict=True)),
        spans=tuple((one.kind, at.x(one.first_on), _width(at, one)) for one in cut),
        spans_s=tuple((one.kind, _seconds(one.first_on), _seconds(one.last_on)) for one in cut),
    )


def _ahead(on: date, shown: tuple[float, float, float]) -> tuple[int, float, float, float]:
    middle, low, high = shown
    return _seconds(on), round(middle, 2), round(low, 2), round(high, 2)


def _cut(spans: Sequence[Span], first: date, last: date) -> list[Span]:
    """Return the spans that reach into the curve, cut to it."""
    return [
        Span(kind=one.kind, first_on=max(one.first_on, first), last_on=min(one.last_on, last))
        for one in spans
        if one.first_on <= last and one.last_on >= first
    ]


def _width(at: _Frame, span: Span) -> float:
    """Return how wide a span is drawn: a single day can still be seen."""
    return max(2.0, round(at.x(span.last_on) - at.x(span.first_on), 1))


def _seconds(on: date) -> int:
    return int(datetime.combine(on, time(), UTC).timestamp())


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


def _named_days(days: Sequence[date]) -> tuple[date, ...]:
    """Return the first, the middle and the last day; fewer when they are the same."""
    if len(days) <= FEW_DAYS:
        return tuple(dict.fromkeys((days[0], days[-1])))
    middle = days[0] + (days[-1] - days[0]) / 2
    return tuple(dict.fromkeys((days[0], middle, days[-1])))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""


def _band(points: Sequence[tuple[float, float, float]]) -> str:
    if not points:
        return ""
    there = "L".join(f"{x} {top}" for x, top, _ in points)
    back = "L".join(f"{x} {bottom}" for x, _, bottom in reversed(points))
    return f"M{there}L{back}Z"
