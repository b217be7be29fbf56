"""The address for a phone as a QR code, for the terminal and for a page."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

import segno

_HALVES: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
_MARGIN: Final = 2
_SCALE: Final = 6


def qr_text(link: str) -> str:
    """Return a QR code as lines of half blocks, two rows of modules a line; blocks are its dark modules."""
    rows = [list(row) for row in segno.make(link, micro=False).matrix_iter(border=_MARGIN)]
    blank = [0] * len(rows[0])
    lines = zip_longest(rows[::2], rows[1::2], fillvalue=blank)
    return "\n".join("".join(_HALVES[pair] for pair in zip(*two, strict=True)) for two in lines)


def qr_svg(link: str) -> str:
    """Return a QR code as an SVG element for a page: black on white in both themes, as cameras want it."""
    code = segno.make(link, micro=False)
    return str(
        code.svg_inline(
            scale=_SCALE, dark="#000", light="#fff", svgclass="qr", title="QR code", omitsize=True
        )
    )
