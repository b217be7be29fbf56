"""The shapes of a chart as an SVG, coloured by the classes of the page that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from openback.printing.drawing import LABEL_POINTS, Area, Dot, Label, Shape, Stroke
from openback.printing.paper import MM_PER_POINT

_ANCHORS: Final = {"left": "start", "middle": "middle", "right": "end"}


def svg(shapes: Iterable[Shape], width: float, height: float, *, says: str) -> str:
    """Return shapes as an SVG element with `says` for those who do not see it; a role is a class `ink-<role>`."""
    inside = "".join(_element(shape) for shape in shapes)
    return f'<svg class="drawn" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(says)}">{inside}</svg>'


def _element(shape: Shape) -> str:
    match shape:
        case Stroke():
            return f'<polyline class="ink-{shape.ink}" stroke-width="{shape.thick:g}" points="{_points(shape.points)}"/>'
        case Area():
            return f'<polygon class="ink-{shape.ink}" points="{_points(shape.points)}"/>'
        case Dot():
            x, y = shape.at
            return f'<circle class="ink-{shape.ink}" cx="{x:g}" cy="{y:g}" r="{shape.radius:g}"/>'
        case Label():
            x, y = shape.at
            size = LABEL_POINTS * MM_PER_POINT
            return (
                f'<text x="{x:g}" y="{y:g}" font-size="{size:.2f}" text-anchor="{_ANCHORS[shape.anchor]}">'
                f"{escape(shape.text)}</text>"
            )


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
