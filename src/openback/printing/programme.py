"""The programme for the wall or the gym bag: one page a week, with figures, and boxes for what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openback.model.paper import ExerciseRow, ProgrammeSheets, SessionSheet, WeekSheet
from openback.printing.paper import MARGIN_MM, Paper, Style

HEAD_MM: Final = 19.0
GAP_MM: Final = 6.0
SESSION_HEAD_MM: Final = 9.0
TALLEST_ROW_MM: Final = 15.0
TWO_LINES_MM: Final = 8.4  # a row that is lower holds one line of words
BOX_MM: Final = 8.5
NARROW_BOX_MM: Final = 6.4
WIDE_MM: Final = 130.0  # a session that is wider has a column for each number
MOST_BOXES: Final = 5
FOOT: Final = "Write your reps into the boxes. In reserve: the reps that you could still do when you stop."

_TITLE: Final = Style(face="numerals", size=19)
_ABOUT: Final = Style(size=9.5, ink="muted")
_MARK: Final = Style(face="strong", size=8.5, ink="accent")
_SESSION: Final = Style(face="strong", size=11)
_EMPTY: Final = "No sessions this week. Rest is part of the plan."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """The ground of one session on the page, or of one row; `row` is how high each row is."""

    x: float
    y: float
    width: float
    height: float
    row: float = 0


def programme_pdf(
    sheets: ProgrammeSheets, pictures: Mapping[str, bytes], *, dist: Path | None = None
) -> bytes:
    """Return the programme as PDF, a page for each week; `pictures` are square PNGs by the keys of the rows.

    An exercise without a picture keeps its place free. Raises PaperTypeMissing.
    """
    paper = Paper(title=sheets.title, size=sheets.size, written_at=sheets.written_at, dist=dist)
    for week in sheets.weeks:
        paper.page()
        _head(paper, sheets.title, week)
        for cell, session in zip(_cells(paper, week.sessions), week.sessions, strict=True):
            _session(paper, cell, session, pictures)
        if not week.sessions:
            paper.words(MARGIN_MM, MARGIN_MM + HEAD_MM, _EMPTY, _ABOUT)
        paper.foot(FOOT)
    return paper.content()


def _head(paper: Paper, title: str, week: WeekSheet) -> None:
    y, half = MARGIN_MM, paper.width / 2
    paper.words(MARGIN_MM, y, week.title, _TITLE, width=half)
    paper.words(MARGIN_MM + half, y + 0.6, title, _ABOUT, width=half, align="right")
    paper.words(MARGIN_MM + half, y + 5.4, week.about, _ABOUT, width=half, align="right")
    if week.mark:
        x = MARGIN_MM + paper.length(week.title, _TITLE) + 4
        paper.box(x, y + 1.3, paper.length(week.mark, _MARK) + 5, 5.6, fill="soft")
        paper.words(x + 2.5, y + 2.3, week.mark, _MARK)
    paper.rule(MARGIN_MM, y + 12, paper.width)


def _cells(paper: Paper, sessions: Sequence[SessionSheet]) -> list[_Cell]:
    """Return the ground of each session: below each other up to three, else in two columns.

    Every row of the page is equally high, so that a long session gets more of it than a short one.
    """
    columns = 1 if len(sessions) <= 3 else 2
    bands = [sessions[at : at + columns] for at in range(0, len(sessions), columns)]
    counts = [max(1, *(len(session.rows) for session in band)) for band in bands]
    top = MARGIN_MM + HEAD_MM
    free = paper.bottom - top - (len(bands) - 1) * GAP_MM - len(bands) * SESSION_HEAD_MM
    row = min(TALLEST_ROW_MM, free / max(1, sum(counts)))
    width = (paper.width - (columns - 1) * GAP_MM) / columns
    cells, y = [], top
    for band, count in zip(bands, counts, strict=True):
        height = SESSION_HEAD_MM + count * row
        xs = (MARGIN_MM + number * (width + GAP_MM) for number in range(len(band)))
        cells += [_Cell(x=x, y=y, width=width, height=height, row=row) for x in xs]
        y += height + GAP_MM
    return cells


def _session(paper: Paper, cell: _Cell, session: SessionSheet, pictures: Mapping[str, bytes]) -> None:
    about = paper.length(session.about, _ABOUT)
    paper.words(cell.x, cell.y, session.title, _SESSION, width=max(cell.width - about - 4, cell.width / 2))
    paper.words(cell.x, cell.y + 0.5, session.about, _ABOUT, width=cell.width, align="right")
    height = cell.row
    for number, row in enumerate(session.rows):
        y = cell.y + SESSION_HEAD_MM + number * height
        paper.rule(cell.x, y, cell.width, ink="sunk")
        _row(paper, _Cell(x=cell.x, y=y, width=cell.width, height=height), row, pictures.get(row.picture))


def _row(paper: Paper, cell: _Cell, row: ExerciseRow, picture: bytes | None) -> None:
    side = cell.height - 0.6
    if picture is not None:
        paper.picture(picture, cell.x, cell.y + 0.3, side, row.name)
    wide = cell.width > WIDE_MM
    boxes, step = min(row.sets, MOST_BOXES), (BOX_MM if wide else NARROW_BOX_MM) + 0.9
    height, right = min(6.4, cell.height - 2), cell.x + cell.width
    for number in range(boxes):
        x = right - (boxes - number) * step + 0.9
        paper.box(x, cell.y + (cell.height - height) / 2, step - 0.9, height)
    x = cell.x + side + (3 if wide else 2)
    # On a wide row the columns stand below each other, however many sets there are.
    room = right - (MOST_BOXES if wide else boxes) * step - x
    put = _wide if wide else _narrow
    put(paper, _Cell(x=x, y=cell.y, width=room - 2, height=cell.height), row)


def _wide(paper: Paper, cell: _Cell, row: ExerciseRow) -> None:
    """Set a row as a table has it: the name, then dose and load, then rest and reserve."""
    name, dose = cell.width * 0.46, cell.width * 0.27
    size = 10.0 if cell.height >= 7 else 8.5
    strong, plain = Style(face="strong", size=size), Style(size=size - 1.5, ink="muted")
    lines = paper.lines(row.name, strong, width=name - 2, most=2 if cell.height >= TWO_LINES_MM else 1)
    top = cell.y + (cell.height - len(lines) * strong.line_mm) / 2
    for number, line in enumerate(lines):
        paper.words(cell.x, top + number * strong.line_mm, line, strong)
    both = bool(row.load) and cell.height >= TWO_LINES_MM
    middle = cell.y + (cell.height - strong.line_mm - (plain.line_mm if both else 0)) / 2
    x = cell.x + name
    if both:
        paper.words(x, middle, row.dose, strong, width=dose)
        paper.words(x, middle + strong.line_mm, row.load, plain, width=dose)
    else:
        paper.words(x, middle, _joined(row.dose, row.load), plain, width=dose)
    paper.words(
        x + dose + 1, cell.y + (cell.height - plain.line_mm) / 2, row.more, plain, width=cell.width * 0.27
    )


def _narrow(paper: Paper, cell: _Cell, row: ExerciseRow) -> None:
    """Set a row in half the page: the name over everything else, in one line where the row is low."""
    strong, plain = Style(face="strong", size=9), Style(size=8, ink="muted")
    if cell.height < TWO_LINES_MM:
        strong, plain = Style(face="strong", size=8), Style(size=7.5, ink="muted")
        name, y = cell.width * 0.6, cell.y + (cell.height - strong.line_mm) / 2
        paper.words(cell.x, y, row.name, strong, width=name - 1)
        paper.words(cell.x + name, y, row.dose, plain, width=cell.width - name, align="right")
        return
    room = int((cell.height - plain.line_mm) / strong.line_mm)
    lines = [(line, strong) for line in paper.lines(row.name, strong, width=cell.width, most=min(2, room))]
    lines.append((_joined(row.dose, row.load), plain))
    if (len(lines) + 1) * strong.line_mm <= cell.height and row.more:
        lines.append((row.more, plain))
    y = cell.y + (cell.height - sum(style.line_mm for _, style in lines)) / 2
    for line, style in lines:
        paper.words(cell.x, y, line, style, width=cell.width)
        y += style.line_mm


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
