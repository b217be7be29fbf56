"""A month on paper: sections one below the other, charts in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from openback.model.paper import (
    Bars,
    Block,
    DayKind,
    Facts,
    Line,
    Listed,
    Month,
    MonthReport,
    Section,
    Words,
)
from openback.printing.drawing import LABEL_POINTS, Area, Dot, Label, Shape, Stroke, line_chart
from openback.printing.ink import Role
from openback.printing.paper import MARGIN_MM, Paper, Style

GAP_MM: Final = 8.0
CHART_MM: Final = 36.0
CELL_MM: Final = 9.0
BAR_ROW_MM: Final = 6.2
WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
KINDS: Final[tuple[tuple[DayKind, str], ...]] = (
    ("done", "Session"),
    ("moved", "Break or yoga"),
    ("away", "Away"),
)
_FILLS: Final[dict[DayKind, Role]] = {"done": "accent", "moved": "soft", "away": "sunk"}

_TITLE: Final = Style(face="numerals", size=26)
_HEAD: Final = Style(face="strong", size=13.5)
_NAME: Final = Style(face="strong", size=10)
_TEXT: Final = Style(size=10)
_QUIET: Final = Style(size=8.5, ink="muted")
_VALUE: Final = Style(face="numerals", size=17)
_TICK: Final = Style(size=LABEL_POINTS, ink="muted")


def month_pdf(report: MonthReport, *, dist: Path | None = None) -> bytes:
    """Return a month's report as PDF. Raises PaperTypeMissing."""
    paper = Paper(
        title=f"Openback, {report.title}", size=report.size, written_at=report.written_at, dist=dist
    )
    flow = _Flow(paper, report)
    for section in report.sections:
        flow.section(section)
    flow.end()
    return paper.content()


class _Flow:
    """Where on the paper the next thing goes; what does not fit any more goes on a new page."""

    def __init__(self, paper: Paper, report: MonthReport) -> None:
        self.paper = paper
        self.report = report
        self.y = 0.0
        self._page()
        paper.words(MARGIN_MM, self.y, report.title, _TITLE)
        titled = paper.length(report.title, _TITLE) + GAP_MM
        room = paper.width - titled
        paper.words(MARGIN_MM + titled, self.y + 3.4, report.about, _TEXT, width=room, align="right")
        self.y += 13
        paper.rule(MARGIN_MM, self.y, paper.width)
        self.y += 5

    def _page(self) -> None:
        self.paper.page()
        self.y = MARGIN_MM

    def end(self) -> None:
        """Set the foot of the last page."""
        self.paper.foot(f"Openback, {self.report.title}")

    def room(self, height: float) -> None:
        """Begin a new page when this much does not fit any more."""
        if self.y + height > self.paper.bottom and self.y > MARGIN_MM:
            self.end()
            self._page()

    def section(self, section: Section) -> None:
        """Put a section: its heading stays with what comes first in it."""
        rows = list(_rows(section.blocks))
        # A heading never stands alone at the foot of a page, nor with only its words.
        first = sum(self._height(row) for row in rows[: 2 if rows and isinstance(rows[0][0], Words) else 1])
        self.room(_HEAD.line_mm + 3 + min(first, 80))
        self.paper.words(MARGIN_MM, self.y, section.title, _HEAD, width=self.paper.width)
        self.y += _HEAD.line_mm + 2
        for row in rows:
            self._put(row)
        self.y += 5

    # --- Blocks -----------------------------------------------------------------------------------------

    def _height(self, row: Sequence[Block]) -> float:
        match row[0]:
            case Line():
                return _NAME.line_mm + CHART_MM + 2 * _QUIET.line_mm + 5
            case Facts():
                return 17.0
            case Month(days=days):
                return (_weeks(days[0].on, len(days)) + 1) * CELL_MM + 8
            case Bars(bars=bars):
                return len(bars) * BAR_ROW_MM + 4
            case _:
                return _TEXT.line_mm * 2

    def _put(self, row: Sequence[Block]) -> None:
        block = row[0]
        if not isinstance(block, Words | Listed | Bars):
            self.room(self._height(row))
        match block:
            case Line():
                self._lines([one for one in row if isinstance(one, Line)])
            case Facts():
                self._facts(block)
            case Month():
                self._month(block)
            case Bars():
                self._bars(block)
            case Listed():
                self._listed(block)
            case Words():
                self._words(block)

    def _words(self, words: Words) -> None:
        style = _QUIET if words.quiet else _TEXT
        for sentence in words.sentences:
            lines = self.paper.lines(sentence, style, width=min(self.paper.width, 165))
            for line in lines:
                self.room(style.line_mm)
                self.paper.words(MARGIN_MM, self.y, line, style)
                self.y += style.line_mm
            self.y += 1.4

    def _facts(self, facts: Facts) -> None:
        step = self.paper.width / max(1, len(facts.facts))
        for number, fact in enumerate(facts.facts):
            x, width = MARGIN_MM + number * step, step - 3
            self.paper.words(x, self.y, fact.name, _QUIET, width=width)
            self.paper.words(x, self.y + 4.2, fact.value, _VALUE, width=width)
            self.paper.words(x, self.y + 11.6, fact.more, _QUIET, width=width)
        self.y += 18

    def _month(self, month: Month) -> None:
        first = month.days[0].on
        for number, name in enumerate(WEEKDAYS):
            self.paper.words(
                MARGIN_MM + number * CELL_MM, self.y, name, _QUIET, width=CELL_MM - 1, align="middle"
            )
        top = self.y + 5
        for number, day in enumerate(month.days):
            place = number + first.weekday()
            x, y = MARGIN_MM + place % 7 * CELL_MM, top + place // 7 * CELL_MM
            fill = _FILLS.get(day.kind)
            if fill is not None:
                self.paper.box(x, y, CELL_MM - 1, CELL_MM - 1, fill=fill)
            ink: Role = "paper" if day.kind == "done" else "muted" if day.kind in {"none", "ahead"} else "ink"
            style = Style(face="strong" if fill else "text", size=8.5, ink=ink)
            self.paper.words(x, y + 2, f"{day.on.day}", style, width=CELL_MM - 1, align="middle")
        self._legend(top)
        self.y = top + _weeks(first, len(month.days)) * CELL_MM + 3

    def _legend(self, y: float) -> None:
        x = MARGIN_MM + 7 * CELL_MM + 8
        for number, (kind, name) in enumerate(KINDS):
            at = y + number * 6.5
            self.paper.box(x, at, 4.4, 4.4, fill=_FILLS[kind])
            self.paper.words(x + 6.5, at + 0.5, name, _QUIET)

    def _lines(self, lines: Sequence[Line]) -> None:
        width = (self.paper.width - GAP_MM) / 2
        for number, line in enumerate(lines):
            x = MARGIN_MM + number * (width + GAP_MM)
            unit = self.paper.length(line.unit, _QUIET)
            self.paper.words(x, self.y, line.name, _NAME, width=width - unit - 3)
            self.paper.words(x, self.y + 0.6, line.unit, _QUIET, width=width, align="right")
            y = self.y + _NAME.line_mm + 0.6
            for shape in line_chart(line, width, CHART_MM):
                draw(self.paper, shape, x, y)
            self.paper.paragraph(x, y + CHART_MM + 0.4, line.says, _QUIET, width=width, most=2)
        self.y += _NAME.line_mm + CHART_MM + 2 * _QUIET.line_mm + 5

    def _bars(self, bars: Bars) -> None:
        top = max((max(bar.value, bar.high) for bar in bars.bars), default=1.0) * 1.05
        left, width = MARGIN_MM + 52, self.paper.width - 52 - 26
        for bar in bars.bars:
            self.room(BAR_ROW_MM)
            y, per = self.y, width / top
            self.paper.words(MARGIN_MM, y + 0.4, bar.name, _TEXT, width=50)
            self.paper.box(left + bar.low * per, y, max(0.4, (bar.high - bar.low) * per), 4.8, fill="sunk")
            if bar.value > 0:
                self.paper.box(left, y + 1.3, max(0.4, bar.value * per), 2.2, fill="accent")
            said = f"{bar.value:.1f} of {bar.low:g}–{bar.high:g}"
            self.paper.words(left + width, y + 0.8, said, _QUIET, width=26, align="right")
            self.y += BAR_ROW_MM
        self.y += 2

    def _listed(self, listed: Listed) -> None:
        for name, text in listed.items:
            self.room(_TEXT.line_mm + 1)
            self.paper.words(MARGIN_MM, self.y, name, _NAME, width=self.paper.width * 0.55)
            x = MARGIN_MM + self.paper.width * 0.57
            self.paper.words(x, self.y, text, _TEXT, width=self.paper.width * 0.43)
            self.y += _TEXT.line_mm + 1
        self.y += 1


def _rows(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield blocks as they stand side by side: charts in pairs, all else alone."""
    for is_line, found in groupby(blocks, key=lambda block: isinstance(block, Line)):
        same = list(found)
        step = 2 if is_line else 1
        yield from (same[at : at + step] for at in range(0, len(same), step))


def _weeks(first: date, days: int) -> int:
    return -(-(first.weekday() + days) // 7)


def draw(paper: Paper, shape: Shape, x: float, y: float) -> None:
    """Draw a shape of a chart whose top left corner is at a place."""
    match shape:
        case Stroke():
            paper.polyline([(x + a, y + b) for a, b in shape.points], ink=shape.ink, thick=shape.thick)
        case Area():
            paper.polygon([(x + a, y + b) for a, b in shape.points], ink=shape.ink)
        case Dot():
            paper.dot(x + shape.at[0], y + shape.at[1], shape.radius, ink=shape.ink)
        case Label():
            wide = paper.length(shape.text, _TICK)
            left = {"left": 0.0, "middle": wide / 2, "right": wide}[shape.anchor]
            paper.words(x + shape.at[0] - left, y + shape.at[1] - LABEL_POINTS * 25.4 / 72, shape.text, _TICK)
