"""Views as plain data, for `--json` and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from uuid import UUID

from openback.model.exercise import Exercise, Muscle

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """Return a frozen value as JSON can hold it.

    An exercise or a muscle becomes its id and name, an instant or a date its ISO text, a mapping's
    keys text. What JSON has no word for raises TypeError.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Exercise() | Muscle():
            return {"id": value.id, "name": value.name}
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return [plain(item) for item in items]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    message = f"{type(value).__name__} is not plain data"
    raise TypeError(message)
