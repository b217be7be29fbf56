"""The body map: back and front of a figure, its muscles tinted in five levels, with words for each.

The drawings come from `data/body_map`; the colours of the levels stand in the styles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from markupsafe import Markup, escape

from openback.model.exercise import Muscle
from openback.model.person import Sex
from openback.web.words import sets_number, spread

Figure = Literal["female", "male"]
Side = Literal["back", "front"]
Scale = Literal["share", "week", "sets", "choice"]

# A muscle in a drawing: its id, its shapes.
_MUSCLE: Final = re.compile(
    r'<g class="bm-muscle" data-muscle="(\w+)"><title>[^<]*</title>(.*?)</g>', re.DOTALL
)
_FRAME: Final = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# Where a level begins: shares of a set (evidence 1.2), and parts of the way to the least weekly sets.
SHARE_STEPS: Final = (0.0, 0.25, 0.5, 1.0)
WEEK_STEPS: Final = (0.0, 0.34, 0.67, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """One muscle on the map: `level` 0 (pale) to 4 (accent), `said` the same in words."""

    muscle: Muscle
    level: int
    said: str
    href: str = ""
    over: bool = False  # beyond its weekly band


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMap:
    """Both sides as inline SVG, and the shades behind them, most tinted first."""

    scale: Scale
    back: Markup
    front: Markup
    shades: tuple[Shade, ...]


def figure_of(sex: Sex | None) -> Figure:
    """Return the figure drawn for a person; female unless they said male."""
    return "male" if sex == "male" else "female"


def level_of(value: float, steps: tuple[float, ...]) -> int:
    """Return the level of a value: 0 for nothing, and from each step on one more."""
    if value <= 0:
        return 0
    return max(1, sum(value >= step for step in steps))


def by_share(muscles: Iterable[tuple[Muscle, float]], figure: Figure) -> BodyMap:
    """Return the muscles that an exercise works, by their share of a set, 0 to 1."""
    shades = [
        Shade(muscle=muscle, level=level, said=SHARE_WORDS[level], href=f"/library?muscle={muscle.id}")
        for muscle, share in muscles
        if (level := level_of(share, SHARE_STEPS))
    ]
    return _map("share", figure, shades)


def by_sets(muscles: Iterable[tuple[Muscle, float]], figure: Figure) -> BodyMap:
    """Return the fractional sets of one session, tinted against the muscle with the most."""
    known = tuple(muscles)
    most = max((sets for _, sets in known), default=0.0)
    shades = [
        Shade(
            muscle=muscle,
            level=level_of(sets / most, (0.0, 0.25, 0.5, 0.75)),
            said=f"{sets_number(sets)} {'set' if sets == 1 else 'sets'}",
        )
        for muscle, sets in known
        if sets > 0
    ]
    return _map("sets", figure, shades)


def by_week(
    muscles: Mapping[str, Muscle],
    *,
    sets: Mapping[str, float],
    bands: Mapping[str, tuple[float, float]],
    figure: Figure,
) -> BodyMap:
    """Return a week's fractional sets against their bands; a muscle without a band shows its sets alone."""
    shades = [_week_shade(muscle, sets.get(key, 0.0), bands.get(key)) for key, muscle in muscles.items()]
    return _map("week", figure, shades)


def _week_shade(muscle: Muscle, done: float, band: tuple[float, float] | None) -> Shade:
    if band is None:
        return Shade(muscle=muscle, level=min(1, level_of(done, (0.0,))), said=f"{sets_number(done)} sets")
    low, high = band
    said = f"{sets_number(done)} of {spread(band)} sets"
    level = level_of(done / low if low > 0 else done, WEEK_STEPS)
    over = done > high
    return Shade(muscle=muscle, level=level, said=f"{said}, more than planned" if over else said, over=over)


def to_choose(
    muscles: Iterable[Muscle], chosen: str | None, address: Callable[[str], str], figure: Figure
) -> BodyMap:
    """Return a map whose muscles are links; `address` gives the one of a muscle's id, "" to unchoose."""
    shades = [
        Shade(
            muscle=muscle,
            level=4 if muscle.id == chosen else 1,
            said="chosen" if muscle.id == chosen else "",
            href=address("" if muscle.id == chosen else muscle.id),
        )
        for muscle in muscles
    ]
    return _map("choice", figure, shades)


SHARE_WORDS: Final = {1: "helps a little", 2: "helps", 3: "works", 4: "works hardest"}


def _map(scale: Scale, figure: Figure, shades: list[Shade]) -> BodyMap:
    ordered = (
        tuple(sorted(shades, key=lambda shade: -shade.level)) if scale in {"share", "sets"} else tuple(shades)
    )
    return BodyMap(
        scale=scale,
        back=drawing(figure, "back", ordered),
        front=drawing(figure, "front", ordered),
        shades=ordered,
    )


def drawing(figure: Figure, side: Side, shades: Iterable[Shade]) -> Markup:
    """Return one side as SVG. Screen readers are given the table behind it, not the shapes."""
    known = {shade.muscle.id: shade for shade in shades}

    def painted(found: re.Match[str]) -> str:
        return _muscle(found[1], found[2], known.get(found[1]))

    inside = _MUSCLE.sub(painted, _inside(figure, side))
    box = _box(figure, side)
    return Markup(  # noqa: S704 - our own drawing; names and addresses are escaped below
        f'<svg class="body-map-side" viewBox="{box}" aria-hidden="true" focusable="false">{inside}</svg>'
    )


def _muscle(key: str, shapes: str, shade: Shade | None) -> str:
    """Return one muscle's shapes with its level, in a link when it leads somewhere."""
    level = shade.level if shade else 0
    over = " data-over" if shade and shade.over else ""
    title = f"<title>{escape(_title(shade))}</title>" if shade else ""
    group = f'<g class="bm-muscle" data-muscle="{key}" data-level="{level}"{over}>{title}{shapes}</g>'
    # Out of the tab order: the list beside the map has the same links for keyboard and screen reader.
    return f'<a href="{escape(shade.href)}" tabindex="-1">{group}</a>' if shade and shade.href else group


def _title(shade: Shade) -> str:
    return f"{shade.muscle.name}: {shade.said}" if shade.said else shade.muscle.name


@lru_cache(maxsize=8)
def _drawn(figure: Figure, side: Side) -> str:
    return (resources.files("openback") / "data" / "body_map" / f"{figure}_{side}.svg").read_text(
        encoding="utf-8"
    )


def _inside(figure: Figure, side: Side) -> str:
    found = _FRAME.search(_drawn(figure, side))
    return found[1] if found else ""


def _box(figure: Figure, side: Side) -> str:
    found = re.search(r'viewBox="([^"]+)"', _drawn(figure, side))
    return found[1] if found else "0 0 240 300"
