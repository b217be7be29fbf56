"""Rows of a CSV, each with the line where it starts, in bounded memory whatever the file holds."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TextIO

# Project defaults: the longest field seen in real exports is a note of a few hundred letters.
MAX_LINE_CHARS: Final = 1_000_000
MAX_ROW_CHARS: Final = 100_000
MAX_ROW_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; or, when it cannot be read, no cells and `why`."""

    line: int
    cells: list[str]
    why: str = ""


@dataclass(slots=True)
class Lines:
    """Numbered physical lines of a stream, the ends kept; lines can be put back."""

    stream: TextIO
    number: int = 0
    waiting: deque[tuple[int, str]] = field(default_factory=deque)

    def next(self) -> tuple[int, str] | None:
        """Return the next line and its number, None at the end. An endless line is cut short."""
        if self.waiting:
            return self.waiting.popleft()
        text = self.stream.readline(MAX_LINE_CHARS)
        if not text:
            return None
        self.number += 1
        if len(text) >= MAX_LINE_CHARS:
            self._drop_rest(text)
        return self.number, text

    def _drop_rest(self, text: str) -> None:
        while text and not text.endswith(("\n", "\r")):
            text = self.stream.readline(MAX_LINE_CHARS)

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Have these lines come next."""
        self.waiting.extendleft(reversed(lines))


class _OpenEnded(Exception):
    """The quotation mark that opened a cell is not closed within reach."""


def rows(lines: Lines, delimiter: str, *, fits: Callable[[list[str]], bool]) -> Iterator[Row]:
    """Yield every row that is not blank.

    A quoted cell may run over several lines; if the row that comes of it does not fit the columns
    (a lone quotation mark swallowed the rows after it), only its first line is given up.
    """
    while (taken := lines.next()) is not None:
        number, text = taken
        if not text.strip():
            continue
        if len(text) >= MAX_LINE_CHARS:
            yield Row(number, [], f"the line is longer than {MAX_LINE_CHARS:,} characters")
        elif "\0" in text:
            yield Row(number, [], "the line holds a NUL character, so it is damaged")
        elif '"' not in text:
            yield Row(number, text.rstrip("\r\n").split(delimiter))
        else:
            yield _quoted(number, text, lines, delimiter, fits)


def _quoted(number: int, text: str, lines: Lines, delimiter: str, fits: Callable[[list[str]], bool]) -> Row:
    """Return the row that begins with `text`, taking further lines while a quote is open."""
    further: list[tuple[int, str]] = []
    try:
        cells = next(csv.reader(_feed(text, lines, further), delimiter=delimiter))
    except _OpenEnded:
        lines.put_back(further)
        return Row(number, [], "a quotation mark is opened here and never closed")
    except csv.Error:  # the only one left to it is a cell beyond the csv module's own limit
        lines.put_back(further)
        return Row(number, [], f"a cell is longer than {csv.field_size_limit():,} characters")
    if further and not fits(cells):
        lines.put_back(further)
        return Row(number, [], "a quotation mark is opened here and never closed")
    return Row(number, cells)


def _feed(text: str, lines: Lines, further: list[tuple[int, str]]) -> Iterator[str]:
    length = len(text)
    yield text
    while len(further) < MAX_ROW_LINES and length < MAX_ROW_CHARS and (taken := lines.next()) is not None:
        further.append(taken)
        length += len(taken[1])
        yield taken[1]
    raise _OpenEnded
