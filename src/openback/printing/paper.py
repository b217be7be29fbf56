"""Paper: an FPDF with our type and colours, and words that fit where they are put. Lengths are millimetres.

Places are the top left corner of a line of text. The file holds no time but the one it was given: the same
values always give the same bytes.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from fpdf import FPDF
from fpdf.fonts import CoreFont, TTFFont

from openback import __version__
from openback.model.paper import PaperSize
from openback.printing.ink import INKS, Role
from openback.printing.type import Face, faces_here, settable

Align = Literal["left", "right", "middle"]

MARGIN_MM: Final = 12.0
MM_PER_POINT: Final = 25.4 / 72
CUT: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How words look; `size` in points."""

    face: Face = "text"
    size: float = 9.5
    ink: Role = "ink"

    @property
    def line_mm(self) -> float:
        """From one line to the next."""
        return self.size * MM_PER_POINT * 1.32


def _close(fonts: Iterable[CoreFont | TTFFont]) -> None:
    for font in fonts:
        if isinstance(font, TTFFont):
            font.close()


class Paper:
    """A PDF being made."""

    def __init__(
        self, *, title: str, size: PaperSize, written_at: datetime, dist: Path | None = None
    ) -> None:
        self.pdf = FPDF(unit="mm", format=size)
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margin(MARGIN_MM)
        for face, path in faces_here(dist).items():
            self.pdf.add_font(face, fname=path)
        # The type stays open for what is measured and embedded; it is closed with the paper.
        weakref.finalize(self, _close, tuple(self.pdf.fonts.values()))
        known = (frozenset(font.cmap) for font in self.pdf.fonts.values())  # type: ignore[union-attr]
        self._letters: frozenset[int] = frozenset.intersection(*known)
        self.pdf.set_title(settable(title, self._letters))
        self.pdf.set_lang("en")
        self.pdf.set_creator(f"Openback {__version__}")
        self.pdf.set_producer("Openback")
        self.pdf.set_creation_date(written_at)

    # --- The page ---------------------------------------------------------------------------------------

    @property
    def width(self) -> float:
        """The width of what may be printed on."""
        return float(self.pdf.w) - 2 * MARGIN_MM

    @property
    def bottom(self) -> float:
        """Where the ground for the foot begins."""
        return float(self.pdf.h) - MARGIN_MM - 5

    def page(self) -> None:
        """Begin a page."""
        self.pdf.add_page()

    def foot(self, left: str) -> None:
        """Set the line at the foot of the page: words, and the number of the page."""
        style = Style(size=7.5, ink="muted")
        y = float(self.pdf.h) - MARGIN_MM - style.line_mm
        self.words(MARGIN_MM, y, left, style, width=self.width - 20)
        self.words(MARGIN_MM, y, f"{self.pdf.page_no()}", style, width=self.width, align="right")

    def content(self) -> bytes:
        """Return the file."""
        return bytes(self.pdf.output())

    # --- Words ------------------------------------------------------------------------------------------

    def length(self, text: str, style: Style) -> float:
        """Return how wide a text is."""
        self._choose(style)
        return float(self.pdf.get_string_width(settable(text, self._letters)))

    def words(
        self, x: float, y: float, text: str, style: Style, *, width: float = 0, align: Align = "left"
    ) -> None:
        """Set one line; with a width it is cut to it, and may stand at its right or in its middle."""
        said = settable(text, self._letters)
        self._choose(style)
        if width:
            said = self._cut(said, width)
            free = width - float(self.pdf.get_string_width(said))
            x += {"left": 0.0, "right": free, "middle": free / 2}[align]
        self.pdf.text(x, y + style.size * MM_PER_POINT * 0.96, said)

    def paragraph(
        self, x: float, y: float, text: str, style: Style, *, width: float, most: int = 40
    ) -> float:
        """Set a text in lines of a width, at most so many, and return the height that it took."""
        lines = self.lines(text, style, width=width, most=most)
        for number, line in enumerate(lines):
            self.words(x, y + number * style.line_mm, line, style)
        return len(lines) * style.line_mm

    def lines(self, text: str, style: Style, *, width: float, most: int = 40) -> tuple[str, ...]:
        """Return a text broken into lines of a width; what does not fit into the last one is cut."""
        self._choose(style)
        lines = list(self._broken(settable(text, self._letters), width))
        if len(lines) > most:
            lines[most - 1] = self._cut(" ".join(lines[most - 1 :]), width)
        return tuple(lines[:most])

    def _broken(self, said: str, width: float) -> Iterator[str]:
        line = ""
        for word in said.split():
            longer = f"{line} {word}".strip()
            if line and self.pdf.get_string_width(longer) > width:
                yield self._cut(line, width)
                line = word
            else:
                line = longer
        if line:
            yield self._cut(line, width)

    def _cut(self, said: str, width: float) -> str:
        """Return the text, or as much of it as fits with three dots after it."""
        if self.pdf.get_string_width(said) <= width:
            return said
        low, high = 0, len(said)
        while low < high:
            half = (low + high + 1) // 2
            if self.pdf.get_string_width(said[:half].rstrip() + CUT) <= width:
                low = half
            else:
                high = half - 1
        return said[:low].rstrip() + CUT

    def _choose(self, style: Style) -> None:
        self.pdf.set_font(style.face, size=style.size)
        self.pdf.set_text_color(*INKS[style.ink])

    # --- Shapes -----------------------------------------------------------------------------------------

    def rule(self, x: float, y: float, width: float, *, ink: Role = "line", thick: float = 0.2) -> None:
        """Draw a level line."""
        self._pen(ink, thick)
        self.pdf.line(x, y, x + width, y)

    def box(self, x: float, y: float, width: float, height: float, *, fill: Role | None = None) -> None:
        """Draw a box with round corners: filled, or an outline to write into."""
        if fill is None:
            self._pen("muted", 0.15)
        else:
            self.pdf.set_fill_color(*INKS[fill])
        style = "D" if fill is None else "F"
        round_ = min(1.2, width / 4, height / 4)
        self.pdf.rect(x, y, width, height, style=style, round_corners=True, corner_radius=round_)

    def picture(self, content: bytes, x: float, y: float, side: float, says: str) -> None:
        """Put a square picture."""
        self.pdf.image(content, x=x, y=y, w=side, h=side, alt_text=settable(says, self._letters))

    def polyline(self, points: Sequence[tuple[float, float]], *, ink: Role, thick: float) -> None:
        """Draw a line through points."""
        self._pen(ink, thick)
        self.pdf.polyline(list(points))

    def polygon(self, points: Sequence[tuple[float, float]], *, ink: Role) -> None:
        """Fill a shape."""
        self.pdf.set_fill_color(*INKS[ink])
        self.pdf.polygon(list(points), style="F")

    def dot(self, x: float, y: float, radius: float, *, ink: Role) -> None:
        """Draw a dot around a point."""
        self.pdf.set_fill_color(*INKS[ink])
        self.pdf.circle(x, y, radius, style="F")

    def _pen(self, ink: Role, thick: float) -> None:
        self.pdf.set_draw_color(*INKS[ink])
        self.pdf.set_line_width(thick)


__all__ = ["MARGIN_MM", "Paper", "Style"]
