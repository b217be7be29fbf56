"""Reading Openback's own data files, with every problem gathered before it is told."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from openback.errors import BadDataFile


class Table:
    """A table of a data file that remembers what was wrong with it.

    Each getter returns a value of the asked kind; when the file has none, it notes the problem and
    returns an empty value, so that one reading finds all problems. `settle` raises them.
    """

    def __init__(self, name: str, values: Mapping[str, object], problems: list[str], where: str = "") -> None:
        self._name = name
        self._values = values
        self._problems = problems
        self._where = where

    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(self._values)

    def note(self, key: str, problem: str) -> None:
        """Remember a problem at `key`."""
        self._problems.append(f"{self._path(key)} {problem}")

    def settle(self) -> None:
        """Raise BadDataFile when anything was noted, here or in a table below."""
        if self._problems:
            raise BadDataFile(self._name, self._problems)

    def _path(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string that is not empty."""
        value = self._values.get(key, default)
        if isinstance(value, str) and (value or default == ""):
            return value
        self.note(key, "must be a text")
        return ""

    def flag(self, key: str) -> bool:
        """Return true or false; false when left out."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self.note(key, "must be true or false")
        return value is True

    def number(self, key: str) -> float:
        """Return a number that is not negative."""
        value = self._values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf:
            return float(value)
        self.note(key, "must be a number of 0 or more")
        return 0.0

    def signed(self, key: str) -> float:
        """Return a number of either sign."""
        value = self._values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.note(key, "must be a number")
        return 0.0

    def whole(self, key: str) -> int:
        """Return a whole number that is not negative."""
        number = self.number(key)
        if number != int(number):
            self.note(key, "must be a whole number")
        return int(number)

    def span(self, key: str) -> tuple[float, float]:
        """Return a lower and an upper number, in this order."""
        value = self._values.get(key)
        if isinstance(value, list) and len(value) == 2 and all(isinstance(n, int | float) for n in value):
            low, high = float(value[0]), float(value[1])
            if 0 <= low <= high:
                return low, high
        self.note(key, "must be two numbers, the lower one first")
        return 0.0, 0.0

    def row(self, key: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        value = self._values.get(key)
        if isinstance(value, list) and all(isinstance(n, int | float) for n in value):
            return tuple(float(n) for n in value)
        self.note(key, "must be a list of numbers")
        return ()

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty when left out."""
        value = self._values.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.note(key, "must be a list of texts")
        return ()

    def numbers(self, key: str) -> dict[str, float]:
        """Return a table of numbers; empty when left out."""
        if key not in self._values:
            return {}
        below = self.table(key)
        return {name: below.number(name) for name in below.keys()}  # noqa: SIM118 - not a mapping

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers that are not negative; empty when left out."""
        value = self._values.get(key, [])
        if isinstance(value, list) and all(type(n) is int and n >= 0 for n in value):
            return tuple(value)
        self.note(key, "must be a list of whole numbers")
        return ()

    def table(self, key: str) -> Table:
        """Return the table at `key`."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            self.note(key, "must be a table")
            value = {}
        return Table(self._name, value, self._problems, self._path(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the list of tables at `key`."""
        value = self._values.get(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.note(key, "must be a list of tables")
            return ()
        return tuple(
            Table(self._name, one, self._problems, f"{self._path(key)}[{n}]")
            for n, one in enumerate(value, 1)
        )


def read_table(name: str, text: str | None = None) -> Table:
    """Return `data/<name>` as a Table, or `text` in its place; raise BadDataFile when it is no TOML."""
    if text is None:
        text = files("openback").joinpath("data", name).read_text(encoding="utf-8")
    try:
        return Table(name, tomllib.loads(text), [])
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(name, [f"it is not TOML: {error}"]) from error
