"""Weight as a picture: what the scale said, the trend with its band, and the fan of the forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openback.services.eat.views import ForecastPoint, WeightPoint
from openback.units import Units, lb_from_kg
from openback.web.curve_chart import BOTTOM, LEFT, TOP, WIDTH, Tick, scale_steps

HEIGHT: Final = 300
RIGHT: Final = 72  # room for the numbers of the scale, at the size that a phone needs
LEAST_SPAN_KG: Final = 3.0  # project default: a kilogram of water must not fill the picture
NAMES_WANTED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChart:
    """SVG paths in a box of WIDTH by HEIGHT; `rows` are for the table, latest first, in the person's unit."""

    unit: str
    dots: tuple[tuple[float, float], ...]
    line: str
    band: str
    fan: str
    fan_line: str
    now_x: float | None  # where today is, when there is a forecast
    target_y: float | None
    last: tuple[float, float] | None
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    rows: tuple[tuple[date, float | None, tuple[float, float, float] | None], ...]
    ahead: tuple[tuple[date, float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where days and masses stand in the picture."""

    first: date
    last: date
    bottom: float
    top: float

    def x(self, on: date) -> float:
        days = (self.last - self.first).days
        share = (on - self.first).days / days if days else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.bottom) / (self.top - self.bottom)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def weight_chart(
    points: Sequence[WeightPoint],
    forecast: Sequence[ForecastPoint],
    units: Units,
    *,
    target_kg: float | None = None,
) -> WeightChart | None:
    """Return the chart; None while there is nothing to draw.

    A target far outside of what is drawn is left out of the picture: it would press the rest flat.
    """
    seen = [point for point in points if point.weighed_kg is not None or point.trend_kg is not None]
    if not seen:
        return None
    shown = _shown(units)
    frame = _frame(seen, forecast, units)
    trend = [(point.on, *_three(shown, point.trend_kg)) for point in seen if point.trend_kg is not None]
    ahead = [
        (one.on, shown(one.low_kg), shown(one.best_kg), shown(one.high_kg))
        for one in forecast
        if one.on >= seen[-1].on
    ]
    target = None if target_kg is None else shown(target_kg)
    steps = scale_steps(frame.bottom, frame.top)
    return WeightChart(
        unit="kg" if units == "metric" else "lb",
        dots=tuple(
            (frame.x(point.on), frame.y(shown(point.weighed_kg)))
            for point in seen
            if point.weighed_kg is not None
        ),
        line=_line([(frame.x(on), frame.y(best)) for on, _, best, _ in trend]),
        band=_band([(frame.x(on), frame.y(high), frame.y(low)) for on, low, _, high in trend]),
        fan=_band([(frame.x(on), frame.y(high), frame.y(low)) for on, low, _, high in ahead]),
        fan_line=_line([(frame.x(on), frame.y(best)) for on, _, best, _ in ahead]),
        now_x=frame.x(ahead[0][0]) if ahead else None,
        target_y=frame.y(target) if target is not None and frame.bottom <= target <= frame.top else None,
        last=(frame.x(trend[-1][0]), frame.y(trend[-1][2])) if trend else None,
        y_ticks=tuple(Tick(at=frame.y(value), text=f"{value:g}") for value in steps),
        x_ticks=tuple(Tick(at=frame.x(on), text=f"{on.day} {on:%b}") for on in _named(frame)),
        rows=tuple(
            (
                point.on,
                None if point.weighed_kg is None else shown(point.weighed_kg),
                None if point.trend_kg is None else _three(shown, point.trend_kg),
            )
            for point in reversed(seen)
        ),
        ahead=tuple(ahead),
    )


def _shown(units: Units) -> Callable[[float], float]:
    """Return the function that brings kilograms to the person's unit."""
    return (lambda kg: kg) if units == "metric" else lb_from_kg


def _three(shown: Callable[[float], float], band: tuple[float, float, float]) -> tuple[float, float, float]:
    low, best, high = (shown(value) for value in band)
    return low, best, high


def _frame(seen: Sequence[WeightPoint], forecast: Sequence[ForecastPoint], units: Units) -> _Frame:
    """Return a frame around everything that is drawn, at least LEAST_SPAN_KG high."""
    masses = [
        *(point.weighed_kg for point in seen if point.weighed_kg is not None),
        *(end for point in seen if point.trend_kg is not None for end in point.trend_kg),
        *(end for one in forecast for end in (one.low_kg, one.high_kg)),
    ]
    low, high = min(masses), max(masses)
    short = max(0.0, LEAST_SPAN_KG - (high - low)) / 2
    shown = _shown(units)
    last = max([seen[-1].on, *(one.on for one in forecast)])
    steps = scale_steps(shown(low - short), shown(high + short))
    return _Frame(first=seen[0].on, last=last, bottom=steps[0], top=steps[-1])


def _named(frame: _Frame) -> tuple[date, ...]:
    """Return the days that are named below: evenly spread, the first and the last among them."""
    days = (frame.last - frame.first).days
    if days < NAMES_WANTED:
        return tuple(dict.fromkeys((frame.first, frame.last)))
    return tuple(
        frame.first + timedelta(days=round(days * n / (NAMES_WANTED - 1))) for n in range(NAMES_WANTED)
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""


def _band(points: Sequence[tuple[float, float, float]]) -> str:
    if not points:
        return ""
    there = "L".join(f"{x} {top}" for x, top, _ in points)
    back = "L".join(f"{x} {bottom}" for x, _, bottom in reversed(points))
    return f"M{there}L{back}Z"
