"""JSON whose objects know the line they begin on, so that a report can name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from openback.errors import HistoryBrokenJson
from openback.interop.sniff import TextFile

# A string as a whole, so that braces within it do not count; no two ways to match, so it stays linear.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}]', re.DOTALL)


class Entry(dict[str, object]):
    """A JSON object; `line` is the line of its opening brace, from 1."""

    __slots__ = ("line",)

    def __init__(self, pairs: list[tuple[str, object]], line: int) -> None:
        super().__init__(pairs)
        self.line = line


def located(file: TextFile) -> object:
    """Return what a JSON file holds, its objects as Entry. Raises HistoryBrokenJson."""
    with file.open() as stream:
        text = stream.read()
    lines = _lines_by_end(text)
    name = file.path.name
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: Entry(pairs, next(lines, 1)))
    except json.JSONDecodeError as error:
        raise HistoryBrokenJson(name, f"{error.msg} in line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise HistoryBrokenJson(name, "it is nested too deeply") from None
    except ValueError:  # a number of thousands of digits
        raise HistoryBrokenJson(name, "it holds a number that is too long") from None


def _lines_by_end(text: str) -> Iterator[int]:
    """Yield the line each object begins on, in the order the objects end: that of the parser's hook."""
    open_lines: list[int] = []
    line, seen = 1, 0
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            line += text.count("\n", seen, token.start())
            seen = token.start()
            open_lines.append(line)
        elif token[0] == "}" and open_lines:
            yield open_lines.pop()
