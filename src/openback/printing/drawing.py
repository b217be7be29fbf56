"""Charts as shapes in millimetres, from the top left: what a PDF and an SVG are drawn from alike."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from openback.model.paper import Line, Point
from openback.printing.ink import Role

Anchor = Literal["left", "middle", "right"]
Xy = tuple[float, float]

LEFT_MM: Final = 1.0
RIGHT_MM: Final = 12.0  # room for the numbers of the scale
TOP_MM: Final = 3.0
BOTTOM_MM: Final = 6.0
LABEL_POINTS: Final = 7.0
LINES_WANTED: Final = 3
GAP_D: Final = 45  # a line does not cross more days without a value
LEAST: Final = 0.1  # in the unit of the chart, around zero
LEAST_SPAN: Final = 0.05  # of the value: a course that hardly moves is not blown up to fill the chart
# Dots stand where values are few; in a dense course they would only hide it.
MOST_DOTS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through points."""

    points: tuple[Xy, ...]
    ink: Role
    thick: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A filled shape."""

    points: tuple[Xy, ...]
    ink: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A dot around a point."""

    at: Xy
    radius: float
    ink: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word whose line has its lower edge at the point."""

    at: Xy
    text: str
    anchor: Anchor = "left"


Shape = Stroke | Area | Dot | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where a day and a value lie."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date
    low: float
    high: float

    def x(self, on: date) -> float:
        days = (self.last - self.first).days
        share = (on - self.first).days / days if days else 0.5
        return round(self.left + share * (self.right - self.left), 2)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 2)


def line_chart(line: Line, width: float, height: float) -> tuple[Shape, ...]:
    """Return a course with its band as shapes: the ground of the month, the scale, the band, the line, the months."""
    steps = steps_of(line)
    scale = _Scale(
        left=LEFT_MM,
        right=width - RIGHT_MM,
        top=TOP_MM,
        bottom=height - BOTTOM_MM,
        first=line.first,
        last=line.last,
        low=min(steps[0], *_values(line.points)),
        high=max(steps[-1], *_values(line.points)),
    )
    return (
        _ground(scale, line.marked_from),
        *_grid(scale, steps),
        *_course(scale, line.points),
        *_months(scale),
    )


def steps_of(line: Line) -> tuple[float, ...]:
    """Return the round numbers of the scale, at least two, from below the lowest value to above the highest."""
    if line.top is not None:
        return (0.0, line.top / 2, line.top)
    values = _values(line.points)
    low, high = min(values), max(values)
    span = max(high - low, abs(high) * LEAST_SPAN, LEAST)
    power = 10 ** math.floor(math.log10(span / LINES_WANTED))
    step = next(power * m for m in (1, 2, 5, 10) if span / (power * m) <= LINES_WANTED + 1)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return tuple(round(n * step, 6) for n in range(first, last + 1))


def _values(points: Sequence[Point]) -> list[float]:
    return [value for one in points for value in (one.value, one.low, one.high) if value is not None]


def _ground(scale: _Scale, since: date) -> Area:
    left = scale.x(max(since, scale.first))
    corners = ((left, scale.top), (scale.right, scale.top), (scale.right, scale.bottom), (left, scale.bottom))
    return Area(points=corners, ink="wash")


def _grid(scale: _Scale, steps: Sequence[float]) -> Iterator[Shape]:
    for value in steps:
        y = scale.y(value)
        yield Stroke(points=((scale.left, y), (scale.right, y)), ink="line", thick=0.15)
        yield Label(at=(scale.right + 1.5, y + 0.9), text=f"{value:g}".replace("-", "−"))


def _course(scale: _Scale, points: Sequence[Point]) -> Iterator[Shape]:
    for part in _parts(points):
        xs = [scale.x(one.on) for one in part]
        ys = [scale.y(one.value) for one in part]
        banded = [
            (x, one.low, one.high)
            for x, one in zip(xs, part, strict=True)
            if one.low is not None and one.high is not None
        ]
        if len(banded) > 1:
            there = [(x, scale.y(high)) for x, _, high in banded]
            back = [(x, scale.y(low)) for x, low, _ in reversed(banded)]
            yield Area(points=(*there, *back), ink="soft")
        if len(part) > 1:
            yield Stroke(points=tuple(zip(xs, ys, strict=True)), ink="accent", thick=0.5)
        elif banded:
            x, low, high = banded[0]
            yield Stroke(points=((x, scale.y(low)), (x, scale.y(high))), ink="soft", thick=1.2)
        if len(points) <= MOST_DOTS:
            yield from (Dot(at=at, radius=0.7, ink="accent") for at in zip(xs, ys, strict=True))


def _parts(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """Yield the runs of points between which no long time passed."""
    begun = 0
    for number, (one, after) in enumerate(pairwise(points), 1):
        if (after.on - one.on).days > GAP_D:
            yield points[begun:number]
            begun = number
    if points:
        yield points[begun:]


def _months(scale: _Scale) -> Iterator[Shape]:
    """Yield a name for each month, at its middle, where there is room for it."""
    on = scale.first.replace(day=1)
    while on <= scale.last:
        after = (on + timedelta(days=31)).replace(day=1)
        begin, end = max(on, scale.first), min(after - timedelta(days=1), scale.last)
        if (end - begin).days >= 9:
            middle = (scale.x(begin) + scale.x(end)) / 2
            yield Label(at=(round(middle, 2), scale.bottom + 4.2), text=f"{on:%b}", anchor="middle")
        if on > scale.first:
            x = scale.x(on)
            yield Stroke(points=((x, scale.bottom), (x, scale.bottom + 1.2)), ink="line", thick=0.15)
        on = after
