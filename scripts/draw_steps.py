"""Draws the badges of the thirty steps into `data/step_badges`: `python -m scripts.draw_steps`.

One language for all of them. The frame says the kind: a ring for consistency, a picture's corners in a rounded square
for skill before the camera, a shield for strength. What lies in it is made of a few parts: the back of the figure,
bars, dots for weeks, numerals, a tick. Ink is what is, the accent is what was won.
The colours here are those of the light theme; the styles of the pages give the same classes their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from scripts.system import ROOT

FOLDER: Final = ROOT / "src" / "openback" / "data" / "step_badges"
SIZE: Final = 96
MID: Final = SIZE / 2
INK, ACCENT, GROUND = "#1d2433", "#c8502f", "#fbece5"

Point = tuple[float, float]
Drawing = list[str]


# --- Strokes and shapes --------------------------------------------------------------------------------


def num(value: float) -> str:
    """Return a number as short as it can be written."""
    return f"{round(value, 1) + 0.0:g}"


def path_of(points: Iterable[Point], *, closed: bool = False) -> str:
    """Return the path through points."""
    return "M" + " ".join(f"{num(x)} {num(y)}" for x, y in points) + ("Z" if closed else "")


def line(d: str, *, width: float = 4, won: bool = False) -> str:
    """Return a stroke with round ends."""
    css, colour = ("sb-won-line", ACCENT) if won else ("sb-line", INK)
    return (
        f'<path class="{css}" d="{d}" fill="none" stroke="{colour}" stroke-width="{num(width)}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def fill(d: str, *, won: bool = False) -> str:
    """Return a filled shape."""
    css, colour = ("sb-won", ACCENT) if won else ("sb-ink", INK)
    return f'<path class="{css}" d="{d}" fill="{colour}"/>'


def dot(at: Point, radius: float, *, won: bool = False) -> str:
    """Return a filled circle."""
    css, colour = ("sb-won", ACCENT) if won else ("sb-ink", INK)
    return f'<circle class="{css}" cx="{num(at[0])}" cy="{num(at[1])}" r="{num(radius)}" fill="{colour}"/>'


def box(x: float, y: float, width: float, height: float, *, won: bool = False, round_: float = 2) -> str:
    """Return a filled rectangle."""
    css, colour = ("sb-won", ACCENT) if won else ("sb-ink", INK)
    return (
        f'<rect class="{css}" x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" '
        f'rx="{num(round_)}" fill="{colour}"/>'
    )


def on_ring(n: int, of: int, radius: float, *, centre: Point = (MID, MID)) -> Point:
    """Return the n-th of so many places on a ring, from the top on, with the clock."""
    turn = 2 * math.pi * n / of - math.pi / 2
    return (centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn))


# --- Frames --------------------------------------------------------------------------------------------


def frame(kind: str) -> str:
    """Return the ground of a badge with its edge."""
    look = f'class="sb-ground" fill="{GROUND}" stroke="{ACCENT}" stroke-width="2.5"'
    if kind == "consistency":
        return f'<circle {look} cx="{num(MID)}" cy="{num(MID)}" r="45"/>'
    if kind == "skill":
        return f'<rect {look} x="5" y="5" width="86" height="86" rx="18"/>'
    shield = "M48 3.5 Q52 3.5 56 5.5 L83 15 Q89 17.5 89 24 V50 C89 72 70 86 48 92.5 C26 86 7 72 7 50 V24 Q7 17.5 13 15 L40 5.5 Q44 3.5 48 3.5Z"
    return f'<path {look} d="{shield}"/>'


def corners(reach: float = 30, length: float = 9) -> Drawing:
    """Return the four corners of a picture."""
    drawn = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = MID + sx * reach, MID + sy * reach
            drawn.append(
                line(path_of([(x - sx * length, y), (x, y), (x, y - sy * length)]), width=3.5, won=True)
            )
    return drawn


# --- The figure, seen from behind ------------------------------------------------------------------------

ARMS: Final[Mapping[str, tuple[Point, ...]]] = {
    "down": ((13, -9), (18, 3), (18.5, 15)),
    "open": ((13, -9), (22, -16), (28, -25)),
    "hang": ((12, -10), (16.5, -21), (17, -33)),
    "row": ((13, -9), (23, 1), (16, 10)),
    "drawn": ((13, -8), (22, 1), (19, -14)),
}


def figure(arms: str, *, at: Point = (MID, MID + 4), lift: float = 0.0) -> Drawing:
    """Return the back of somebody down to the hips. `lift` raises the shoulders, as in a shrug."""
    x, y = at

    def there(points: Iterable[Point], side: int = 1) -> list[Point]:
        return [(x + side * px, y + py) for px, py in points]

    top = -11 - lift
    right = [
        (0, top - 3),
        (7, top - 1),
        (14, top + 2),
        (15, top + 7),
        (12.5, 2),
        (8.5, 13),
        (9.5, 22),
        (0, 23),
    ]
    left = [(-px, py) for px, py in reversed(right[1:-1])]
    drawn = [fill(path_of(there([*right, *left]), closed=True)), dot((x, y - 22.5), 6.8)]
    limb = [
        (ARMS[arms][0][0], ARMS[arms][0][1] - lift),
        *((px, py - lift * 0.6) for px, py in ARMS[arms][1:]),
    ]
    drawn += [line(path_of(there(limb, side)), width=5.4) for side in (-1, 1)]
    return drawn


def muscle(name: str, *, at: Point = (MID, MID + 4), lift: float = 0.0) -> Drawing:
    """Return one muscle of the figure's back, as what was won."""
    x, y = at
    shapes: dict[str, tuple[tuple[Point, ...], ...]] = {
        "trapezius": (((0, -17), (3, -11), (11, -9), (4, -4), (0, 8), (-4, -4), (-11, -9), (-3, -11)),),
        "upper": (((0, -18), (3, -11), (11.5, -9), (0, -5), (-11.5, -9), (-3, -11)),),
        "lats": tuple(
            ((side * 1.5, 17), (side * 1.5, 5), (side * 11.5, -4), (side * 10, 5), (side * 6, 12))
            for side in (-1, 1)
        ),
        "middle": tuple(
            ((side * 1.5, -8), (side * 9.5, -6), (side * 8, 1), (side * 1.5, 5)) for side in (-1, 1)
        ),
        "lower": (((0, -4), (8, -5), (0, 12), (-8, -5)),),
    }
    return [
        fill(path_of(((x + px, y + py - lift) for px, py in shape), closed=True), won=True)
        for shape in shapes[name]
    ]


def filled(share: float, *, at: Point) -> Drawing:
    """Return the figure's trunk, filled from the hips up to this share of its height."""
    x, y = at
    bottom, top = 21.0, -10.5
    level = bottom - share * (bottom - top)
    half = [
        (p, q) for p, q in ((7.6, 20.5), (6.6, 13), (10.4, 2), (12.8, -4), (12, -8.5), (6, -11)) if q >= level
    ]
    edge = half[-1][0] if half[-1][1] <= level + 3 else half[-1][0] + 0.6
    right = [*half, (min(edge, 12.4), level)]
    both = [*right, *((-p, q) for p, q in reversed(right))]
    return [fill(path_of(((x + p, y + q) for p, q in both), closed=True), won=True)]


def bar(y: float, *, half: float = 27, won: bool = False) -> str:
    """Return a bar to hold on to."""
    return line(path_of([(MID - half, y), (MID + half, y)]), width=4.4, won=won)


def dumbbell(at: Point, *, scale: float = 1.0, won: bool = True) -> Drawing:
    """Return a dumbbell that lies."""
    x, y = at
    s = scale
    return [
        line(path_of([(x - 9 * s, y), (x + 9 * s, y)]), width=3 * s, won=won),
        *(box(x + k * s - 2.2 * s, y - 6 * s, 4.4 * s, 12 * s, won=won, round_=1.6) for k in (-9, 9)),
        *(
            box(x + k * s - 1.6 * s, y - 3.8 * s, 3.2 * s, 7.6 * s, won=won, round_=1.4)
            for k in (-13.4, 13.4)
        ),
    ]


# --- Signs ---------------------------------------------------------------------------------------------

# Digits in a box of 12 by 20 whose left upper corner is 0, 0.
DIGITS: Final[Mapping[str, str]] = {
    "0": "M6 0 C10.4 0 12 4.6 12 10 C12 15.4 10.4 20 6 20 C1.6 20 0 15.4 0 10 C0 4.6 1.6 0 6 0Z",
    "1": "M1.5 4 L6.5 0 V20",
    "2": "M0.8 5 C1 1.8 3.2 0 6 0 C9.2 0 11.2 2.2 11.2 5.2 C11.2 9.6 6 12.6 0.5 20 H12",
    "3": "M1 3.4 C2 1.2 3.8 0 6 0 C9 0 11 2 11 4.8 C11 7.6 9 9.4 5.6 9.4 C9.4 9.4 11.8 11.4 11.8 14.6 C11.8 17.8 9.4 20 6 20 C3.2 20 1 18.6 0.2 16",
    "5": "M10.8 0 H2.4 L1.4 8.8 C2.6 7.8 4.2 7.2 6 7.2 C9.6 7.2 11.8 9.8 11.8 13.4 C11.8 17.4 9.4 20 5.8 20 C3.2 20 1.2 18.8 0.2 16.8",
}
ADVANCE: Final = 17.5


def numeral(text: str, *, centre: Point = (MID, MID), scale: float = 1.0, won: bool = False) -> Drawing:
    """Return a number drawn with the same pen as all else."""
    widths = [12.5 if one == "1" else ADVANCE for one in text]
    whole = sum(widths) - (ADVANCE - 12)
    x = -whole / 2
    css, colour = ("sb-won-line", ACCENT) if won else ("sb-line", INK)
    drawn = []
    for one, width in zip(text, widths, strict=True):
        place = f"translate({num(centre[0])} {num(centre[1])}) scale({num(scale)}) translate({num(x)} -10)"
        drawn.append(
            f'<path class="{css}" transform="{place}" d="{DIGITS[one]}" fill="none" stroke="{colour}" '
            'stroke-width="4.2" stroke-linecap="round" stroke-linejoin="round"/>'
        )
        x += width
    return drawn


def tick(at: Point, size: float, *, width: float = 6) -> str:
    """Return a tick."""
    x, y = at
    return line(
        path_of([(x - size, y + 0.1 * size), (x - 0.3 * size, y + 0.8 * size), (x + size, y - 0.7 * size)]),
        width=width,
        won=True,
    )


def ring_of_dots(count: int, *, radius: float, size: float) -> Drawing:
    """Return weeks as dots around the badge."""
    return [dot(on_ring(n, count, radius), size, won=True) for n in range(count)]


def gain(percent: float, chevrons: int) -> Drawing:
    """Return strength then and now as two columns, with so many chevrons above the one of now."""
    base, unit = 75.0, 22.0
    more = unit * percent / 100 + 3.5
    drawn = [
        box(30, base - unit, 14, unit, round_=3),
        box(52, base - unit, 14, unit, round_=3),
        box(52, base - unit - more - 2, 14, more, won=True, round_=3),
    ]
    top = base - unit - more - 8
    return drawn + [
        line(path_of([(53, top - 6 * n), (59, top - 6 * n - 5), (65, top - 6 * n)]), width=3.6, won=True)
        for n in range(chevrons)
    ]


# --- The thirty ----------------------------------------------------------------------------------------


def _first_session() -> Drawing:
    return [*figure("open", at=(MID, 56)), *muscle("upper", at=(MID, 56))]


def _first_watched() -> Drawing:
    return [*corners(), *figure("down", at=(MID, 51))]


def _first_break() -> Drawing:
    wedge = f"M48 48 L48 25 A23 23 0 0 1 {num(on_ring(1, 5, 23)[0])} {num(on_ring(1, 5, 23)[1])}Z"
    return [
        fill(wedge, won=True),
        line("M48 25 A23 23 0 1 1 47.9 25", width=4.4),
        line("M48 33 V48 L57 54", width=4.4),
        line("M42 15 H54", width=4.4),
    ]


def _whole_week() -> Drawing:
    places = [on_ring(n, 7, 29) for n in range(7)]
    return [
        *(dot(at, 5.6 if n in {0, 2, 4} else 3.2, won=n in {0, 2, 4}) for n, at in enumerate(places)),
        tick((MID, MID), 11, width=6.5),
    ]


def _first_best() -> Drawing:
    return [
        box(25, 56, 13, 16, round_=3),
        box(41.5, 46, 13, 26, round_=3),
        box(58, 33, 13, 39, won=True, round_=3),
        line("M27 42 L43 30 L52 33 L68 19", width=4),
        line("M59 18.5 H68.5 V28", width=4),
    ]


def _first_clean() -> Drawing:
    return [*corners(), tick((MID, MID - 1), 15, width=8)]


def _sessions(text: str) -> Callable[[], Drawing]:
    def drawing() -> Drawing:
        return [*numeral(text, centre=(MID, 40), scale=1.25 if len(text) == 2 else 1.1), *dumbbell((MID, 68))]

    return drawing


def _clean(
    arms: str, name: str, *, lift: float = 0.0, held: Callable[[], Drawing] | None = None
) -> Callable[[], Drawing]:
    def drawing() -> Drawing:
        at = (MID, 52.0)
        extra = held() if held else []
        return [*corners(), *extra, *figure(arms, at=at, lift=lift), *muscle(name, at=at, lift=lift)]

    return drawing


def _row_weights() -> Drawing:
    return [*(box(x - 3.4, 58, 6.8, 8.5, won=True, round_=1.8) for x in (MID - 16, MID + 16))]


def _shrug_weights() -> Drawing:
    return [*(box(x - 5, 64, 10, 7, won=True, round_=2) for x in (MID - 18.5, MID + 18.5))]


def _pulldown_bar() -> Drawing:
    return [
        line(path_of([(MID - 25, 37), (MID - 18, 35), (MID + 18, 35), (MID + 25, 37)]), width=4, won=True)
    ]


def _four_weeks() -> Drawing:
    return [box(27, 27 + 12 * n, 42, 7.4, won=True, round_=3.7) for n in range(3)] + [
        box(27, 63, 42, 7.4, won=True, round_=3.7),
        line("M21 24 V73", width=3.6),
        line("M75 24 V73", width=3.6),
    ]


def _rest_on_purpose() -> Drawing:
    moon = "M59 24 A26 26 0 1 0 72 58 A21 21 0 0 1 59 24Z"
    return [
        fill(moon),
        dot((66, 33), 3, won=True),
        dot((75, 43), 2.2, won=True),
        dot((60.5, 45), 2.2, won=True),
    ]


def _three_lifts() -> Drawing:
    drawn: Drawing = []
    for n, height in enumerate((22, 30, 38)):
        x = 28 + 20 * n
        drawn += [
            line(path_of([(x, 70), (x, 70 - height)]), width=5),
            line(
                path_of([(x - 6.5, 70 - height + 7), (x, 70 - height), (x + 6.5, 70 - height + 7)]),
                width=5,
                won=True,
            ),
        ]
    return drawn


def _twenty_breaks() -> Drawing:
    return [
        line("M48 19 A29 29 0 1 1 47.9 19", width=4),
        *numeral("20", scale=1.15, won=True),
        line("M42 11.5 H54", width=4),
    ]


def _whole_block() -> Drawing:
    return [
        dot((MID - 21 + 14 * column, MID - 21 + 14 * row), 4.6, won=row == 3)
        for row in range(4)
        for column in range(4)
    ]


def _pull(share: float) -> Callable[[], Drawing]:
    def drawing() -> Drawing:
        at = (MID, 57.0)
        return [bar(24), *figure("hang", at=at), *filled(share, at=at)]

    return drawing


def _clean_pose() -> Drawing:
    return [
        *corners(),
        line("M24 62 C34 63 42 61 48 56 C53 52 56 46 57 40", width=7.5),
        line("M55 44 L62 54 L62 62", width=5),
        dot((60.5, 30.5), 6.4),
        line("M45 52 C49.5 48.5 52.5 43.5 53.6 38", width=3.6, won=True),
        line("M25 69 H70", width=3),
    ]


def _come_back() -> Drawing:
    return [
        line("M66 34 A24 24 0 1 0 72 52", width=5.4),
        line("M67.5 19.5 V35 H52", width=5.4),
        dot((MID, 50), 8, won=True),
    ]


def _twelve_weeks() -> Drawing:
    return [*ring_of_dots(12, radius=33, size=4), *numeral("12", scale=1.15)]


def _clean_session() -> Drawing:
    return [*corners(), *(tick((MID, 33 + 14.5 * n), 8.5, width=5) for n in range(3))]


def _hang_and_draw() -> Drawing:
    at = (MID, 57.0)
    arrows = [line(path_of([(MID + s * 27, 44), (MID + s * 27, 58)]), width=3.4, won=True) for s in (-1, 1)]
    heads = [
        line(
            path_of([(MID + s * 27 - 4.5, 54), (MID + s * 27, 59), (MID + s * 27 + 4.5, 54)]),
            width=3.4,
            won=True,
        )
        for s in (-1, 1)
    ]
    return [bar(24), *figure("hang", at=at), *muscle("lower", at=at), *arrows, *heads]


def _thirty_clean() -> Drawing:
    return [*corners(), *numeral("30", centre=(MID, 39), scale=1.1), tick((MID, 65), 7.5, width=5)]


def _half_year() -> Drawing:
    return [
        *ring_of_dots(26, radius=35, size=2.7),
        *figure("down", at=(MID, 51)),
        *muscle("trapezius", at=(MID, 51)),
    ]


def _first_pull_up() -> Drawing:
    at = (MID, 54.0)
    rays = [((48, 12), (48, 19)), ((33, 15.5), (36.5, 21.5)), ((63, 15.5), (59.5, 21.5))]
    return [
        *figure("drawn", at=at),
        *filled(1.0, at=at),
        bar(40),
        *(line(path_of(ray), width=3.2, won=True) for ray in rays),
    ]


BADGES: Final[Mapping[str, tuple[str, Callable[[], Drawing]]]] = {
    "first_session": ("consistency", _first_session),
    "first_watched": ("skill", _first_watched),
    "first_break": ("consistency", _first_break),
    "whole_week": ("consistency", _whole_week),
    "first_best": ("strength", _first_best),
    "first_clean": ("skill", _first_clean),
    "ten_sessions": ("consistency", _sessions("10")),
    "clean_row": ("skill", _clean("row", "middle", held=_row_weights)),
    "four_weeks": ("consistency", _four_weeks),
    "ten_percent": ("strength", lambda: gain(10, 1)),
    "clean_shrug": ("skill", _clean("down", "upper", lift=3.5, held=_shrug_weights)),
    "rest_on_purpose": ("consistency", _rest_on_purpose),
    "three_lifts": ("strength", _three_lifts),
    "twenty_breaks": ("consistency", _twenty_breaks),
    "clean_pulldown": ("skill", _clean("drawn", "lats", held=_pulldown_bar)),
    "whole_block": ("consistency", _whole_block),
    "half_pull": ("strength", _pull(0.5)),
    "clean_pose": ("skill", _clean_pose),
    "come_back": ("consistency", _come_back),
    "twelve_weeks": ("consistency", _twelve_weeks),
    "quarter": ("strength", lambda: gain(25, 2)),
    "clean_session": ("skill", _clean_session),
    "fifty_sessions": ("consistency", _sessions("50")),
    "three_quarter_pull": ("strength", _pull(0.75)),
    "hang_and_draw": ("strength", _hang_and_draw),
    "thirty_clean": ("skill", _thirty_clean),
    "half_again": ("strength", lambda: gain(50, 3)),
    "half_year": ("consistency", _half_year),
    "hundred_sessions": ("consistency", _sessions("100")),
    "first_pull_up": ("strength", _first_pull_up),
}


def badge(step: str) -> str:
    """Return the drawing of a step as SVG."""
    kind, drawing = BADGES[step]
    parts = "\n".join([frame(kind), *drawing()])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">\n{parts}\n</svg>\n'


def main(folder: Path = FOLDER) -> None:
    """Write every badge."""
    folder.mkdir(parents=True, exist_ok=True)
    for step in BADGES:
        (folder / f"{step}.svg").write_text(badge(step), encoding="utf-8")


if __name__ == "__main__":
    main()
