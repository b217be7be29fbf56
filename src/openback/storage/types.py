"""Column types: instants that are always aware UTC, and documents kept as JSON text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

T = TypeVar("T")


def in_utc(instant: datetime) -> datetime:
    """Return the same instant in UTC; ValueError when it names no time zone.

    Two instants in different zones may be unequal to Python around a change of the clock (PEP 495);
    in UTC they never are.
    """
    if instant.tzinfo is None:
        msg = f"An instant needs a time zone: {instant.isoformat()}."
        raise ValueError(msg)
    return instant.astimezone(UTC)


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC on the way in and out.

    SQLite has no such type: there it is ISO text of one width, so that it sorts as it should.
    A naive datetime is refused with ValueError: nobody could tell later which zone was meant.
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """Return the real type of the column."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Return what the driver gets."""
        if value is None:
            return None
        instant = in_utc(value)
        return instant if dialect.name == "postgresql" else instant.isoformat(timespec="microseconds")

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        del dialect
        if value is None:
            return None
        read = datetime.fromisoformat(value) if isinstance(value, str) else value
        return read.astimezone(UTC)


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}  # making one takes longer than using it


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def written(kind: type[T], value: T) -> str:
    """Return `value` as JSON text."""
    plain: object = _adapter(kind).dump_python(value, mode="json")
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def read(kind: type[T], text: str) -> T:
    """Return the value that `written` wrote; fields added since then take their defaults."""
    return _adapter(kind).validate_python(json.loads(text))


class Document(TypeDecorator[T], Generic[T]):
    """A frozen value kept as JSON text: the same bytes on every database, in the order written."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[T]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        """Return what the driver gets."""
        del dialect
        return None if value is None else written(self.kind, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        """Return the value."""
        del dialect
        return None if value is None else read(self.kind, value)
