"""Training histories in CSV: two readings of the file, one to learn how it speaks, one to keep its sets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from openback.errors import (
    BadRow,
    HistoryEmpty,
    HistoryNoRows,
    HistoryTooLong,
    HistoryTooWide,
    HistoryUnknownFormat,
)
from openback.interop.cells import amount, unit_of
from openback.interop.collect import Collector, listed
from openback.interop.columns import MAX_COLUMNS, Layout, heading
from openback.interop.dates import DatesSeen, Reading
from openback.interop.fitnotes import fitnotes_layout
from openback.interop.hevy import hevy_layout
from openback.interop.loads import LoadsSeen, UnitPlan
from openback.interop.meaning import Meaning, Remark
from openback.interop.options import Options
from openback.interop.rows import MAX_LINE_CHARS, Lines, Row, rows
from openback.interop.sniff import TextFile
from openback.interop.strong import strong_layout, strong_layout_without_header
from openback.model.history import History, SkippedRow

MAX_ROWS: Final = 500_000  # project default: 60 sets a day for 22 years, about 400 MB of memory
_DELIMITERS: Final = (",", ";", "\t")
_APPS: Final = (strong_layout, hevy_layout, fitnotes_layout)
_STEP: Final = 2_000  # rows between two words about the progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file whose columns are known. `heading_line` is 0 when it has none."""

    file: TextFile
    delimiter: str
    layout: Layout
    heading_line: int

    def rows(self, tell: Callable[[int], None]) -> Iterator[Row]:
        """Yield every row under the heading; `tell` is called with the bytes read so far."""
        with self.file.open() as stream:
            lines = Lines(stream)
            while lines.number < self.heading_line:
                lines.next()
            for count, row in enumerate(rows(lines, self.delimiter, fits=self.layout.fits)):
                if count >= MAX_ROWS:
                    raise HistoryTooLong(self.file.path.name, MAX_ROWS)
                if count % _STEP == 0:
                    tell(stream.buffer.tell())
                yield row


@dataclass(slots=True)
class _Outcome:
    """What became of the rows."""

    read: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    odd_kinds: list[int] = field(default_factory=list)


def heading_lines(file: TextFile) -> list[tuple[int, str]]:
    """Return the first line that says anything, and the one after it. A `sep=;` line is passed over."""
    found: list[tuple[int, str]] = []
    with file.open() as stream:
        lines = Lines(stream)
        while len(found) < 2 and (taken := lines.next()) is not None:
            if taken[1].strip() and not taken[1].strip('"\r\n ').lower().startswith("sep="):
                found.append(taken)
    return found


def table_of(file: TextFile) -> Table:
    """Return the columns of a CSV. Raises a BadHistory when they are nobody's we know."""
    lines = heading_lines(file)
    if not lines:
        raise HistoryEmpty(file.path.name)
    number, text = lines[0]
    if len(text) >= MAX_LINE_CHARS or max(text.count(d) for d in _DELIMITERS) >= MAX_COLUMNS:
        raise HistoryTooWide(file.path.name, MAX_COLUMNS)
    found = [(d, layout) for d in _DELIMITERS if (layout := _layout(text, d)) is not None]
    if not found:
        raise HistoryUnknownFormat(file.path.name, " ".join(text.split())[:60])
    delimiter, layout = max(found, key=lambda pair: len(pair[1].columns))
    return Table(
        file=file,
        delimiter=delimiter,
        layout=layout,
        heading_line=number if layout.has_header else number - 1,
    )


def _layout(text: str, delimiter: str) -> Layout | None:
    try:
        cells = next(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return None
    for layout_for in (*_APPS, strong_layout_without_header):
        if layout := layout_for(cells):
            return layout
    return None


def read_table(file: TextFile, options: Options) -> History:
    """Return the history in a CSV of Strong, Hevy or FitNotes."""
    table = table_of(file)
    total = 2 * file.size_bytes
    reading, units, notes = _survey(table, options, lambda done: options.progress(done, total))
    collector = Collector(table.layout.app, options.zone)
    meaning = Meaning(
        layout=table.layout,
        reading=reading,
        units=units,
        decimal_comma=table.delimiter != ",",
        now=options.now,
    )
    outcome = _keep(table, meaning, collector, lambda done: options.progress(file.size_bytes + done, total))
    options.progress(total, total)
    if not outcome.read:
        raise HistoryNoRows(file.path.name)
    return History(
        format=table.layout.app,
        unit=units.unit,
        unit_from=units.unit_from,
        read=outcome.read,
        kept=len(collector.sets),
        skipped=tuple(outcome.skipped),
        sessions=collector.sessions,
        sets=tuple(collector.sets),
        notes=(*units.notes, *notes, *_notes(outcome, collector)),
    )


def _survey(
    table: Table, options: Options, tell: Callable[[int], None]
) -> tuple[Reading, UnitPlan, tuple[str, ...]]:
    """Return how the file writes dates and loads, learnt from all of its rows."""
    layout = table.layout
    columns = [column for column in layout.columns if column.role == "weight"]
    dates = DatesSeen()
    loads = LoadsSeen(column_unit=columns[0].unit if columns else options.own_unit)
    for row in table.rows(tell):
        if row.why:
            continue
        try:
            # Shifted rows can wait for the second reading, where every cell is looked at.
            same_width = len(row.cells) == len(layout.columns)
            cells = row.cells if same_width else layout.mended(row.cells, table.delimiter)[0]
            load = amount(layout.cell(cells, "weight"), "weight", decimal_comma=table.delimiter != ",")
        except BadRow:
            continue
        dates.add(layout.cell(cells, "start"))
        unit = unit_of(layout.cell(cells, "weight_unit"))
        loads.add(row.line, load.value if load else None, (load.unit if load else None) or unit)
    reading, notes = dates.reading(options.own_unit)
    return reading, loads.plan(options.unit, options.own_unit), notes


def _keep(table: Table, meaning: Meaning, collector: Collector, tell: Callable[[int], None]) -> _Outcome:
    """Give every row to the collector, or to the list of those left out."""
    outcome = _Outcome()
    for row in table.rows(tell):
        outcome.read += 1
        try:
            _keep_row(table, row, meaning, collector, outcome)
        except BadRow as problem:
            outcome.skipped.append(SkippedRow(line=row.line, why=str(problem)))
    return outcome


def _keep_row(table: Table, row: Row, meaning: Meaning, collector: Collector, outcome: _Outcome) -> None:
    if row.why:
        raise BadRow(row.why)
    if not "".join(row.cells).strip():
        raise BadRow("the row is empty")
    names = table.layout.names
    if names and heading(row.cells[0]) == names[0] and tuple(map(heading, row.cells)) == names:
        raise BadRow("the row repeats the heading")
    cells, mended = table.layout.mended(row.cells, table.delimiter)
    done = meaning.of(row.line, cells)
    if isinstance(done, Remark):
        collector.remark(done.when, done.text)
        raise BadRow(done.why)
    collector.add(done)
    if mended:
        outcome.mended.append(row.line)
    if "\ufffd" in "".join(cells):
        outcome.damaged.append(row.line)
    if done.odd_kind:
        outcome.odd_kinds.append(row.line)


def _notes(outcome: _Outcome, collector: Collector) -> Iterator[str]:
    if lines := outcome.mended:
        yield f"A name with an unquoted comma had shifted the columns and was put right: {listed(lines)}."
    if lines := outcome.damaged:
        yield f"Some letters could not be read and stand as \ufffd: {listed(lines)}."
    if lines := outcome.odd_kinds:
        yield f"A kind of set that is not known was kept as a work set: {listed(lines)}."
    if lines := collector.long_sessions:
        yield f"A session of more than 12 hours was taken for a timer left running, its end for unknown: {listed(lines)}."
