"""Views as plain data, for `--json` and the API."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from uuid import UUID

from openback.model.exercise import Exercise, Muscle

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """Return a frozen value as JSON can hold it.

    An exercise or a muscle becomes its id and name, an instant or a date its ISO text, a mapping's
    keys text, a number that is none null. What JSON has no word for raises TypeError.
    """
    if isinstance(value, Exercise | Muscle):
        return {"id": value.id, "name": value.name}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return _single(value)


def _single(value: object) -> Plain:
    match value:
        case float():
            return value if math.isfinite(value) else None  # JSON has no word for it, and unknown is null
        case None | bool() | int() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            message = f"{type(value).__name__} is not plain data"
            raise TypeError(message)
