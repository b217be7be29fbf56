"""The part of Openback's own archive for what is noted and measured beside training, and back without a change.

Each record says its kind beside its fields. Photos stay out: their pictures lie encrypted in files of their own.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

from pydantic import TypeAdapter, ValidationError

from openback.errors import BadRow
from openback.interop.locate import Entry
from openback.model.history import SkippedRow
from openback.model.journal import KIND_OF, KINDS, Photo, Reminders

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PART: Final = "journal"
_ADAPTERS: Final[Mapping[str, TypeAdapter[Any]]] = {
    name: TypeAdapter(kind.value) for name, kind in KINDS.items() if kind.value is not Photo
}


@dataclass(slots=True)
class ReadJournal:
    """What was read: every record is in `values` or in `skipped`."""

    values: list[DataclassInstance] = field(default_factory=list)
    read: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)


def write_journal(stream: TextIO, values: Iterable[DataclassInstance]) -> None:
    """Write the entries as a member of the archive's object, one record a line.

    Photos are left out, and so is the secret of the calendar's address.
    """
    stream.write(f',\n"{PART}": [')
    count = 0
    for value in values:
        if isinstance(value, Photo):
            continue
        told = replace(value, feed_token="") if isinstance(value, Reminders) else value
        kind = KIND_OF[type(told)]
        record = {"entry": kind, **_ADAPTERS[kind].dump_python(told, mode="json")}
        stream.write(f"{',' if count else ''}\n{json.dumps(record, ensure_ascii=False, allow_nan=False)}")
        count += 1
    stream.write("\n]")


def read_journal(archive: Mapping[str, object]) -> ReadJournal:
    """Return what an archive has noted; archives of before say nothing."""
    found = ReadJournal()
    seen: set[tuple[str, str]] = set()
    items = archive.get(PART)
    for item in items if isinstance(items, list) else []:
        found.read += 1
        try:
            value, key = _value(item, seen)
        except BadRow as problem:
            line = item.line if isinstance(item, Entry) else 1
            found.skipped.append(SkippedRow(line=line, why=str(problem)))
            continue
        seen.add(key)
        found.values.append(value)
    return found


def _value(item: object, seen: Container[tuple[str, str]]) -> tuple[DataclassInstance, tuple[str, str]]:
    if not isinstance(item, Mapping):
        raise BadRow("the record is not an object")
    fields = dict(item)
    name = str(fields.pop("entry", ""))
    adapter = _ADAPTERS.get(name)
    if adapter is None:
        raise BadRow(f"{name!r} is no kind of entry that is known here")
    try:
        value = adapter.validate_python(fields)
        json.dumps(adapter.dump_python(value, mode="json"), allow_nan=False)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"]) or name
        raise BadRow(f"the field {where!r} cannot be read: {first['msg'].lower()}") from None
    except ValueError:
        raise BadRow("it holds a number that is none") from None
    at = getattr(value, "at", None)
    if isinstance(at, datetime) and at.tzinfo is None:
        raise BadRow("the field 'at' has no time zone")
    key = (name, KINDS[name].key(value))
    if key in seen:
        raise BadRow("it is in the file twice")
    return value, key
