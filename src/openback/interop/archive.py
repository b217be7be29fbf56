"""Openback's own archive, JSON and CSV: everything in the log, and back without a change."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TextIO
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from openback.errors import BadRow, HistoryNewerArchive, HistoryNoRows
from openback.interop.archive_eating import read_eating, write_eating
from openback.interop.archive_journal import read_journal, write_journal
from openback.interop.cells import MAX_LOAD_KG
from openback.interop.locate import Entry
from openback.interop.options import Options
from openback.interop.rows import Lines, rows
from openback.interop.sniff import TextFile
from openback.model.eating_history import EatingHistory
from openback.model.history import History, HistorySession, HistorySet, SkippedRow
from openback.model.log import MassLog, SessionLog, SetLog

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

VERSION: Final = 1
Kind = Literal["session", "set", "mass"]
_Value = SessionLog | SetLog | MassLog
_PARTS: Final[Mapping[str, Kind]] = {"sessions": "session", "sets": "set", "mass": "mass"}
_READ: Final[Mapping[Kind, TypeAdapter[SessionLog] | TypeAdapter[SetLog] | TypeAdapter[MassLog]]] = {
    "session": TypeAdapter(SessionLog),
    "set": TypeAdapter(SetLog),
    "mass": TypeAdapter(MassLog),
}
_MARK: Final = "openback_log_v"  # begins the heading of the CSV, the version follows
# Columns of the CSV, units in their names, and the field each stands for.
_COLUMNS: Final[Mapping[str, str]] = {
    "id": "id", "session_id": "session_id", "started_at_utc": "started_at", "ended_at_utc": "ended_at",
    "at_utc": "at", "exercise": "exercise", "side": "side", "kind": "kind", "load_kg": "load_kg",
    "band": "band", "reps": "reps", "hold_s": "hold_s", "reps_in_reserve": "rir", "pain_0_to_10": "pain",
    "note": "note", "title": "title", "place": "place", "week": "week", "day": "day", "source": "source",
    "mass_kg": "mass_kg", "swaps": "swaps", "added": "added",
}  # fmt: skip
_NESTED: Final = frozenset({"swaps", "added"})  # stand in one cell of the CSV, as JSON
_HEADING: Final = (f"{_MARK}{VERSION}", *_COLUMNS)
_FIELDS: Final = tuple(_COLUMNS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What goes along beside the log: `about` by name, which the reader of the log passes by; all about eating;
    what was noted and measured. None is left out.
    """

    about: Mapping[str, object] = field(default_factory=dict)
    eating: EatingHistory | None = None
    journal: Iterable[DataclassInstance] | None = None


def write_archive_json(
    stream: TextIO,
    *,
    sessions: Iterable[SessionLog],
    sets: Iterable[SetLog],
    mass: Iterable[MassLog] = (),
    beside: Beside | None = None,
) -> None:
    """Write the log as JSON, one record a line, without holding it in memory. Loads are in kg."""
    along = beside or Beside()
    stream.write(f'{{"openback_log": {VERSION}')
    stream.writelines(
        f",\n{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}"
        for name, value in along.about.items()
    )
    every: tuple[Iterable[_Value], ...] = (sessions, sets, mass)
    for part, records in zip(_PARTS, every, strict=True):
        stream.write(f',\n"{part}": [')
        for count, record in enumerate(records):
            text = json.dumps(_plain(record), ensure_ascii=False, allow_nan=False)
            stream.write(f"{',' if count else ''}\n{text}")
        stream.write("\n]")
    if along.eating is not None:
        write_eating(stream, along.eating)
    if along.journal is not None:
        write_journal(stream, along.journal)
    stream.write("\n}\n")


def write_archive_csv(
    stream: TextIO, *, sessions: Iterable[SessionLog], sets: Iterable[SetLog], mass: Iterable[MassLog] = ()
) -> None:
    """Write the log as CSV, one record a row. Open the stream with `newline=""`; UTF-8 with a mark suits Excel."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEADING)
    every: tuple[Iterable[_Value], ...] = (sessions, sets, mass)
    for kind, records in zip(_PARTS.values(), every, strict=True):
        for record in records:
            plain = _plain(record)
            writer.writerow([kind, *(_cell(plain.get(name)) for name in _FIELDS)])


def _plain(record: _Value) -> dict[str, object]:
    """Return the fields of a record as JSON has them: instants in UTC, ids as text."""
    return {one.name: _value(getattr(record, one.name)) for one in fields(record)}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, UUID) else value


def _cell(value: object) -> object:
    """Return a field as it stands in a cell, blank for unknown."""
    if isinstance(value, (dict, tuple)):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else value


def is_archive_json(data: object) -> bool:
    """Whether JSON is an archive of Openback."""
    return isinstance(data, Mapping) and "openback_log" in data


def is_archive_csv(first_line: str) -> bool:
    """Whether a CSV is an archive of Openback."""
    return first_line.lstrip('\ufeff"').startswith(_MARK)


def read_archive_json(data: object, name: str) -> History:
    """Return the log in an archive. Raises HistoryNewerArchive or HistoryNoRows."""
    archive = data if isinstance(data, Mapping) else {}
    _check_version(str(archive.get("openback_log")), name)
    eating, noted = read_eating(archive), read_journal(archive)
    history = _history(_json_records(archive), "" if eating.read or noted.read else name)
    return replace(
        history,
        read=history.read + eating.read + noted.read,
        kept=history.kept + eating.history.rows + len(noted.values),
        skipped=tuple(sorted((*history.skipped, *eating.skipped, *noted.skipped), key=lambda row: row.line)),
        eating=eating.history,
        journal=tuple(noted.values),
    )


def _json_records(archive: Mapping[str, object]) -> Iterator[_Record]:
    for part, kind in _PARTS.items():
        items = archive.get(part)
        for item in items if isinstance(items, list) else []:
            if isinstance(item, Entry):
                yield _Record(item.line, kind, item)
            else:
                yield _Record(1, kind, {}, "the record is not an object")


def read_archive_csv(file: TextFile, options: Options) -> History:
    """Return the log in an archive. Raises HistoryNewerArchive or HistoryNoRows."""
    with file.open() as stream:
        lines = Lines(stream)
        first = ""
        while not first.strip():
            _, first = lines.next() or (0, _MARK)
        heading = next(csv.reader([first.lstrip("\ufeff")]))
        _check_version(heading[0].removeprefix(_MARK), file.path.name)
        names = [_COLUMNS.get(column, "") for column in heading[1:]]
        history = _history(_csv_records(lines, names), file.path.name)
    options.progress(file.size_bytes, file.size_bytes)
    return history


def _csv_records(lines: Lines, names: list[str]) -> Iterator[_Record]:
    kinds: Mapping[str, Kind] = {kind: kind for kind in _PARTS.values()}

    def fits(cells: list[str]) -> bool:
        return len(cells) == len(names) + 1 and cells[0] in kinds

    for row in rows(lines, ",", fits=fits):
        if row.why or not fits(row.cells):
            yield _Record(row.line, "set", {}, row.why or "the row does not have the columns of the heading")
            continue
        values = {name: cell for name, cell in zip(names, row.cells[1:], strict=True) if name and cell}
        try:
            opened = {name: json.loads(values[name]) for name in _NESTED & values.keys()}
        except (ValueError, RecursionError):
            yield _Record(row.line, "set", {}, "a cell that should hold JSON does not")
            continue
        yield _Record(row.line, kinds[row.cells[0]], values | opened)


def _check_version(text: str, name: str) -> None:
    version = int(text) if text.isdigit() and len(text) < 9 else 0
    if version > VERSION:
        raise HistoryNewerArchive(name, version, VERSION)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    kind: Kind
    values: Mapping[str, object]
    why: str = ""


@dataclass(slots=True)
class _Log:
    """What has been read of an archive so far."""

    sessions: dict[UUID, HistorySession] = field(default_factory=dict)
    sets: dict[UUID, HistorySet] = field(default_factory=dict)
    mass: dict[datetime, MassLog] = field(default_factory=dict)
    skipped: list[SkippedRow] = field(default_factory=list)


def _history(records: Iterator[_Record], name: str) -> History:
    """Return what records hold. Raises HistoryNoRows where there are none, unless the name is empty."""
    log, read = _Log(), 0
    for record in records:
        read += 1
        try:
            _keep(record, log)
        except BadRow as problem:
            log.skipped.append(SkippedRow(line=record.line, why=str(problem)))
    if not read and name:
        raise HistoryNoRows(name)
    sets = tuple(one for one in log.sets.values() if one.log.session_id in log.sessions)
    log.skipped += [
        SkippedRow(line=one.line, why="its session is not in the file")
        for one in log.sets.values()
        if one.log.session_id not in log.sessions
    ]
    return History(
        format="openback",
        unit="kg",
        unit_from="file",
        read=read,
        kept=len(log.sessions) + len(sets) + len(log.mass),
        skipped=tuple(sorted(log.skipped, key=lambda row: row.line)),
        sessions=tuple(log.sessions.values()),
        sets=sets,
        mass=tuple(log.mass.values()),
    )


def _keep(record: _Record, log: _Log) -> None:
    """Put a record in its place. Raises BadRow for one that cannot be."""
    if record.why:
        raise BadRow(record.why)
    value = _read(record)
    if isinstance(value, SessionLog):
        _once(log.sessions, value.id)
        log.sessions[value.id] = HistorySession(line=record.line, log=value)
    elif isinstance(value, SetLog):
        _once(log.sets, value.id)
        _sane(value)
        log.sets[value.id] = HistorySet(line=record.line, log=value)
    else:
        _once(log.mass, value.at)
        log.mass[value.at] = value


def _once(there: Collection[UUID] | Collection[datetime], key: UUID | datetime) -> None:
    if key in there:
        raise BadRow("it is in the file twice")


def _read(record: _Record) -> _Value:
    try:
        value = _READ[record.kind].validate_python(dict(record.values))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or record.kind
        raise BadRow(f"the field {where!r} cannot be read: {first['msg'].lower()}") from None
    for one in fields(value):
        part = getattr(value, one.name)
        if isinstance(part, datetime) and part.tzinfo is None:
            raise BadRow(f"the field {one.name!r} has no time zone")
        if isinstance(part, float) and not abs(part) < float("inf"):
            raise BadRow(f"the field {one.name!r} is not a number")
    return value


def _sane(one: SetLog) -> None:
    """Raise BadRow for numbers that no set has; a set of no reps is one that was tried."""
    if one.load_kg is not None and not 0 <= one.load_kg <= MAX_LOAD_KG:
        raise BadRow(f"a weight of {one.load_kg:,.10g} kg is outside 0 to {MAX_LOAD_KG:,.0f}")
    if (one.reps or 0) < 0 or (one.hold_s or 0) < 0:
        raise BadRow("reps or seconds are below zero")
