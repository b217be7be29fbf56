"""The body on which somebody points at what hurts: places over the drawings of the body map, front and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from markupsafe import Markup, escape

from openback.web.body_map import Figure, Side, drawing

# Where a level begins to be drawn one step stronger: 0 is no pain.
LEVEL_STEPS: Final = (1, 3, 5, 7)
MIDDLE: Final = 120.0  # x of the drawings' middle line
_OUTLINE: Final = re.compile(r'class="bm-outline bm-skin" d="([^"]+)"')
_BOX: Final = re.compile(r'viewBox="[^"]+"')

# Ellipses in the drawings' own units: distance from the middle line, y, half width, half height. They are cut off
# at the body's outline, so they may be generous: a finger is wide.
_PLACES: Final[Mapping[tuple[str, Side], tuple[float, float, float, float]]] = {
    ("head", "front"): (0, 34, 25, 28),
    ("head", "back"): (0, 30, 25, 26),
    ("neck", "front"): (0, 76, 22, 14),
    ("neck", "back"): (0, 70, 24, 15),
    ("chest", "front"): (0, 122, 40, 27),
    ("upper_back", "back"): (0, 106, 36, 20),
    ("mid_back", "back"): (0, 146, 34, 19),
    ("lower_back", "back"): (0, 191, 34, 25),
    ("shoulder", "front"): (50, 102, 19, 20),
    ("shoulder", "back"): (50, 102, 19, 20),
    ("upper_arm", "front"): (56, 144, 15, 21),
    ("upper_arm", "back"): (56, 144, 15, 21),
    ("elbow", "front"): (61, 179, 17, 14),
    ("elbow", "back"): (61, 179, 17, 14),
    ("forearm", "front"): (70, 213, 18, 20),
    ("forearm", "back"): (70, 213, 18, 20),
    ("wrist", "front"): (80, 258, 18, 25),
    ("wrist", "back"): (80, 258, 18, 25),
    ("hip", "front"): (28, 226, 24, 17),
    ("hip", "back"): (28, 230, 24, 16),
    ("leg", "front"): (27, 269, 24, 26),
    ("leg", "back"): (27, 271, 24, 25),
}


class PlaceOnBody(Protocol):
    """A place as it is drawn."""

    @property
    def id(self) -> str:
        """Its id: `neck`, `shoulder_left`."""

    @property
    def name(self) -> str:
        """Its name in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PainMap:
    """Both sides as inline SVG."""

    front: Markup
    back: Markup


def level_step(level: int | None) -> int:
    """Return how strongly a level is drawn: 0 for none or not known, to 4."""
    return 0 if level is None else sum(level >= step for step in LEVEL_STEPS)


def pain_map(
    places: Sequence[PlaceOnBody],
    levels: Mapping[str, int | None],
    *,
    chosen: str,
    address: Callable[[str], str],
    figure: Figure,
) -> PainMap:
    """Return the body with its places as links; `levels` tint them, `chosen` stands out."""

    def side(one: Side) -> Markup:
        parts = [_place(place, one, levels.get(place.id), chosen, address) for place in places]
        return _drawn(figure, one, "".join(parts))

    return PainMap(front=side("front"), back=side("back"))


def _drawn(figure: Figure, side: Side, places: str) -> Markup:
    svg = drawing(figure, side, ())
    outline = _OUTLINE.search(svg)
    cut = f'<clipPath id="pain-cut-{side}"><path d="{outline[1] if outline else ""}"/></clipPath>'
    shown = _BOX.sub('viewBox="30 4 180 290"', str(svg), count=1)
    over = f'{cut}<g class="pain-places" clip-path="url(#pain-cut-{side})">{places}</g></svg>'
    return Markup(shown.removesuffix("</svg>") + over)  # noqa: S704 - our own drawing; names are escaped in `_place`


def _place(
    place: PlaceOnBody, side: Side, level: int | None, chosen: str, address: Callable[[str], str]
) -> str:
    """Return one place as a link; empty where it does not lie on this side."""
    spot = spot_of(place.id, side)
    if spot is None:
        return ""
    x, y, wide, high = spot
    # Out of the tab order: the list beside the picture has the same places for keyboard and screen reader.
    here = " data-chosen" if place.id == chosen else ""
    said = "" if level is None else f", last {level} of 10"
    return (
        f'<a href="{escape(address(place.id))}" tabindex="-1" data-stay data-place="{escape(place.id)}"{here}>'
        f"<title>{escape(place.name + said)}</title>"
        f'<ellipse class="pain-place" data-level="{level_step(level)}" cx="{x:g}" cy="{y:g}" rx="{wide:g}" ry="{high:g}"/></a>'
    )


def spot_of(place_id: str, side: Side) -> tuple[float, float, float, float] | None:
    """Return where a place lies on a side of the body: x, y, half width, half height; None where it does not."""
    base, _, hand = place_id.rpartition("_")
    name, sided = (base, hand) if hand in {"left", "right"} else (place_id, "")
    found = _PLACES.get((name, side))
    if found is None:
        return None
    off, y, wide, high = found
    # From the front, somebody's left is on the right of the picture; from the back it is on the left.
    turned = {"": 0.0, "left": 1.0, "right": -1.0}[sided] * (1 if side == "front" else -1)
    return MIDDLE + turned * off, y, wide, high
