"""Lines of tables of any size: one at a time, none longer than a line may be."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator
from typing import IO, Final

from openback.errors import FoodFileLongLine

LONGEST_LINE: Final = (
    1_000_000  # project default: letters; the longest row of Open Food Facts has about 100,000
)
_CELL: Final = 131_072  # letters; what Python's csv allows a cell


def byte_lines(stream: IO[bytes], name: str, number: int = 0) -> Iterator[bytes]:
    """Yield the lines of a stream with their ends. FoodFileLongLine when one is too long."""
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FoodFileLongLine(name, number, LONGEST_LINE)
        yield line


def csv_rows(stream: IO[bytes], name: str) -> Generator[list[str]]:
    """Yield the rows of a CSV in UTF-8, with commas; letters that are none stand as U+FFFD.

    FoodFileLongLine when a line or a cell does not end.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.reader(_text_lines(text, name))
    try:
        yield from reader
    except csv.Error as error:
        raise FoodFileLongLine(name, reader.line_num, _CELL) from error
    finally:
        text.detach()  # the stream is the caller's


def _text_lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FoodFileLongLine(name, number, LONGEST_LINE)
        if "\0" in line:
            line = line.replace("\0", "")
        yield line
