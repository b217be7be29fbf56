"""The colours of paper: those of the pages in the light theme, on white."""

from __future__ import annotations

from typing import Final, Literal

Role = Literal["ink", "muted", "line", "wash", "accent", "soft", "sunk", "paper"]
Rgb = tuple[int, int, int]

INKS: Final[dict[Role, Rgb]] = {
    "ink": (29, 36, 51),
    "muted": (91, 98, 113),
    "line": (214, 207, 195),
    "wash": (246, 242, 235),
    "accent": (200, 80, 47),
    "soft": (245, 219, 208),
    "sunk": (233, 227, 216),
    "paper": (255, 255, 255),
}
