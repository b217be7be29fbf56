"""Views as JSON objects."""

from __future__ import annotations

from typing import cast

from openback.services.plain import plain

Record = dict[str, object]


def record(value: object) -> Record:
    """Return a frozen value as a JSON object."""
    return cast("Record", plain(value))


def records(values: object) -> list[Record]:
    """Return frozen values as JSON objects, in their order."""
    return cast("list[Record]", plain(values))
