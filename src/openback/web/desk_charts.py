"""Posture, tests and pain as pictures: a number on its scale, and numbers over weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openback.web.curve_chart import BOTTOM, LEFT, TOP, WIDTH, Tick, scale_steps

HEIGHT: Final = 300
RIGHT: Final = 84  # room for the numbers of the scale, at the size that a phone needs
LEAST_SPAN: Final = 10.0  # project default: two degrees must not fill the picture
FULL: Final = 100.0


# --- One number on its scale ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of a scale, 0 to 100 along it. `kind` is the part's name in the styles, `name` its words."""

    at: float
    wide: float
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A number with its band among the zones of a scale; `ends` are its two ends in words."""

    zones: tuple[Span, ...]
    band: Span | None
    at: float
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone of a scale in the unit of its numbers."""

    low: float
    high: float
    kind: str
    name: str = ""


def scale(
    value: float, band: tuple[float, float] | None, zones: Sequence[Zone], *, unit: str, room: float = 0.0
) -> Scale:
    """Return a number among zones. The scale holds the zones, `room` of their length beside them, and the band."""
    lows = [zone.low for zone in zones]
    highs = [zone.high for zone in zones]
    beside = room * (max(highs) - min(lows))
    seen = [value, *(band or ())]
    low, high = min([*seen, min(lows) - beside]), max([*seen, max(highs) + beside])
    length = (high - low) or 1.0

    def along(at: float) -> float:
        share: float = (min(max(at, low), high) - low) / length
        return round(FULL * share, 2)

    def span(one: Zone) -> Span:
        return Span(
            at=along(one.low),
            wide=round(along(one.high) - along(one.low), 2),
            kind=one.kind,
            name=one.name,
        )

    return Scale(
        zones=tuple(span(zone) for zone in zones),
        band=None if band is None else span(Zone(low=band[0], high=band[1], kind="band")),
        at=along(value),
        ends=(_end(low, unit), _end(high, unit)),
    )


def nearby(zones: Sequence[Zone], share: float = 0.25) -> list[Zone]:
    """Return zones whose outer ones are cut to `share` of all: most of a scale is where nobody is."""
    room = share * (max(zone.high for zone in zones) - min(zone.low for zone in zones))
    ordered = sorted(zones, key=lambda zone: zone.low)
    if len(ordered) < 2:
        return ordered
    first, last = ordered[0], ordered[-1]
    ordered[0] = replace(first, low=max(first.low, first.high - room))
    ordered[-1] = replace(last, high=min(last.high, last.low + room))
    return ordered


def _end(value: float, unit: str) -> str:
    """Return an end of a scale in words: whole, with a true minus, and never a minus before nothing."""
    whole = round(value)
    return f"{whole}{unit}".replace("-", "\N{MINUS SIGN}")


# --- Numbers over weeks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A number on a day, with its band where it has one."""

    on: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a point stands in the picture, with the ends of its band."""

    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Points over weeks in a box of WIDTH by HEIGHT. `calm` is the zone in which no change is worth believing."""

    marks: tuple[Mark, ...]
    line: str
    calm: tuple[float, float] | None  # y of its top, and its height
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    first: date
    last: date
    bottom: float
    top: float

    def x(self, on: date) -> float:
        days = (self.last - self.first).days
        share = (on - self.first).days / days if days else 0.5
        return round(LEFT + 8 + share * (WIDTH - LEFT - 8 - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.bottom) / (self.top - self.bottom)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def trend(
    points: Sequence[Point],
    *,
    unit: str = "",
    smallest_change: float | None = None,
    ends: tuple[float, float] | None = None,
) -> Trend | None:
    """Return points, oldest first, as a picture; None without any.

    `smallest_change` draws the zone around the first point that a change must leave. `ends` are those of the scale.
    """
    if not points:
        return None
    first = points[0].value
    calm = None if smallest_change is None else (first - smallest_change, first + smallest_change)
    frame, steps = _frame(points, calm, ends)
    marks = tuple(
        Mark(
            x=frame.x(one.on),
            y=frame.y(one.value),
            top=frame.y(one.value if one.high is None else one.high),
            bottom=frame.y(one.value if one.low is None else one.low),
        )
        for one in points
    )
    return Trend(
        marks=marks,
        line="M" + "L".join(f"{one.x} {one.y}" for one in marks),
        calm=None if calm is None else (frame.y(calm[1]), round(frame.y(calm[0]) - frame.y(calm[1]), 1)),
        y_ticks=tuple(
            Tick(at=frame.y(value), text=f"{value:g}{unit}".replace("-", "\N{MINUS SIGN}")) for value in steps
        ),
        x_ticks=tuple(Tick(at=frame.x(on), text=f"{on.day} {on:%b}") for on in _named(points)),
    )


def _frame(
    points: Sequence[Point], calm: tuple[float, float] | None, ends: tuple[float, float] | None
) -> tuple[_Frame, tuple[float, ...]]:
    """Return the frame around everything that is drawn, and the numbers of its scale."""
    if ends is None:
        low, high = _reach(points, calm or ())
        short = max(0.0, LEAST_SPAN - (high - low)) / 2
        steps = scale_steps(low - short, high + short)
    else:
        steps = scale_steps(*ends)
    return _Frame(first=points[0].on, last=points[-1].on, bottom=steps[0], top=steps[-1]), steps


def _reach(points: Iterable[Point], more: Iterable[float]) -> tuple[float, float]:
    ends = [end for one in points for end in (one.value, one.low, one.high) if end is not None]
    ends.extend(more)
    return min(ends), max(ends)


def _named(points: Sequence[Point]) -> tuple[date, ...]:
    """Return the days that are named below: the first and the last."""
    return tuple(dict.fromkeys((points[0].on, points[-1].on)))
