"""wger's workout logs, as its REST API gives them: one page, several, or grouped by session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, FiniteFloat, ValidationError

from openback.errors import BadRow, HistoryNoRows
from openback.interop.cells import whole
from openback.interop.collect import Collector, Done
from openback.interop.dates import Reading, When, when
from openback.interop.locate import Entry
from openback.interop.meaning import MAX_NAME_CHARS
from openback.interop.months import Months
from openback.interop.options import Options
from openback.model.history import History, SkippedRow, Unit
from openback.units import kg_from_lb

# wger's ids of its units (its fixtures setting_repetition_units.json and weight_units.json).
_UNTIL_FAILURE: Final = frozenset({2, 7})
_SECONDS_PER: Final[Mapping[int, float]] = {3: 1.0, 4: 60.0}
_DISTANCES: Final = frozenset({5, 6, 8})
_KG, _LB, _BODY_WEIGHT, _PLATES = 1, 2, 3, 4
_SPEEDS: Final = frozenset({5, 6})

_WRAPPERS: Final = ("results", "logs", "workoutlog", "workoutsession", "exercises", "exerciseinfo")

_ISO: Final = Reading(months=Months(known={}), day_first=True)


def _none_if_blank(value: object) -> object:
    return None if value in ("", "None") else value


_Number = Annotated[FiniteFloat | None, BeforeValidator(_none_if_blank)]
_Id = int | str | None


# Field names of wger before 2.3, and what they are called today.
_OLD_NAMES: Final[Mapping[str, str]] = {
    "exercise_base": "exercise",
    "reps": "repetitions",
    "repetition_unit": "repetitions_unit",
    "notes": "comment",
}


class _Log(BaseModel):
    """One entry of `workoutlog`."""

    model_config = ConfigDict(extra="ignore")

    id: _Id = None
    date: str | None = None
    session: _Id | dict[str, object] = None
    exercise: _Id | dict[str, object] = None
    exercise_name: str | None = None
    repetitions: _Number = None
    repetitions_unit: int | None = 1
    weight: _Number = None
    weight_unit: int | None = _KG
    rir: _Number = None
    duration: _Number = None
    distance: _Number = None
    next_log: _Id = None
    comment: str | None = None


class _Session(BaseModel):
    """One entry of `workoutsession`."""

    model_config = ConfigDict(extra="ignore")

    id: _Id = None
    date: str | None = None
    time_start: str | None = None
    time_end: str | None = None
    datetime_start: str | None = None
    datetime_end: str | None = None
    name: str | None = None
    notes: str | None = None

    @property
    def starts(self) -> str:
        return self.datetime_start or " ".join(part for part in (self.date, self.time_start) if part)

    @property
    def ends(self) -> str:
        return self.datetime_end or (f"{self.date} {self.time_end}" if self.date and self.time_end else "")


@dataclass(slots=True)
class _Found:
    """What lies in the file, whatever it is wrapped in."""

    logs: list[tuple[Entry, object]] = field(default_factory=list)  # with the session it is nested in
    sessions: dict[str, _Session] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)


def is_wger(data: object) -> bool:
    """Whether JSON is wger's: an entry with an exercise, a page of the API, or a list of these."""
    while isinstance(data, list) and data:
        data = data[0]
    return isinstance(data, Mapping) and (_is_log(data) or any(key in data for key in _WRAPPERS))


def read_wger(data: object, name: str, options: Options) -> History:
    """Return the history in wger's JSON. Raises HistoryNoRows when there is no entry in it."""
    found = _gather(data)
    if not found.logs and not found.others:
        raise HistoryNoRows(name)
    collector = Collector("wger", options.zone)
    skipped = [SkippedRow(line=line, why="is not an entry of a training log") for line in found.others]
    units: Counter[Unit] = Counter()
    drops = {str(entry["next_log"]) for entry, _ in found.logs if entry.get("next_log") is not None}
    for entry, nested in sorted(found.logs, key=_in_order):
        try:
            log = _valid(entry)
            collector.add(
                _done(log, entry.line, found, nested=nested, drop=str(log.id) in drops, options=options)
            )
        except BadRow as problem:
            skipped.append(SkippedRow(line=entry.line, why=str(problem)))
            continue
        if log.weight and log.weight_unit in {_KG, _LB}:
            units["lb" if log.weight_unit == _LB else "kg"] += 1
    return History(
        format="wger",
        unit=units.most_common(1)[0][0] if units else "kg",
        unit_from="file",
        read=len(found.logs) + len(found.others),
        kept=len(collector.sets),
        skipped=tuple(sorted(skipped, key=lambda row: row.line)),
        sessions=collector.sessions,
        sets=tuple(collector.sets),
        notes=tuple(_notes(collector, units)),
    )


def _gather(data: object) -> _Found:
    """Sort what is in the file: pages, lists and groups are opened, entries are kept."""
    found = _Found()
    waiting: list[tuple[object, object]] = [(data, None)]
    while waiting:
        item, session = waiting.pop()
        if isinstance(item, list):
            waiting += [(inner, session) for inner in reversed(item)]
        elif isinstance(item, Entry):
            waiting += _sorted_away(item, session, found)
    return found


def _sorted_away(item: Entry, session: object, found: _Found) -> list[tuple[object, object]]:
    """Keep an entry, and return what is inside of it and still to be sorted."""
    if _is_log(item):
        found.logs.append((item, session))
        exercise = item.get("exercise")
        return [(exercise, None)] if isinstance(exercise, Entry) else []
    if inner := [item[key] for key in _WRAPPERS if key in item]:
        own = item.get("session", session)
        return [(one, own) for one in reversed(inner)]
    if not (_keep_session(item, found) or _keep_name(item, found)):
        found.others.append(item.line)
    return []


def _is_log(entry: Mapping[str, object]) -> bool:
    has_exercise = "exercise" in entry or "exercise_base" in entry
    return has_exercise and any(key in entry for key in ("repetitions", "reps", "weight"))


def _keep_session(entry: Entry, found: _Found) -> bool:
    if not any(key in entry for key in ("datetime_start", "time_start", "impression")):
        return False
    try:
        session = _Session.model_validate(entry)
    except ValidationError:
        return False
    found.sessions[str(session.id)] = session
    return True


def _keep_name(entry: Entry, found: _Found) -> bool:
    """Keep the name of an exercise; of its translations the English one (language 2), else the first."""
    names = entry.get("translations")
    if "id" in entry and isinstance(entry.get("name"), str):
        found.names[str(entry["id"])] = str(entry["name"])
        return True
    if "id" not in entry or not isinstance(names, list):
        return False
    named = [one for one in names if isinstance(one, Entry) and isinstance(one.get("name"), str)]
    named.sort(key=lambda one: one.get("language") != 2)
    if named:
        found.names[str(entry["id"])] = str(named[0]["name"])
    return True


def _in_order(pair: tuple[Entry, object]) -> tuple[str, int, int]:
    """Order entries by time, then by number: the API gives them in any order."""
    entry, _ = pair
    number = entry.get("id")
    return str(entry.get("date") or ""), number if isinstance(number, int) else 0, entry.line


def _valid(entry: Entry) -> _Log:
    try:
        return _Log.model_validate({_OLD_NAMES.get(key, key): value for key, value in entry.items()})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "entry"
        raise BadRow(f"the field {where!r} cannot be read: {first['msg'].lower()}") from None


def _done(log: _Log, line: int, found: _Found, *, nested: object, drop: bool, options: Options) -> Done:
    """Return the set that an entry is. Raises BadRow when it is none."""
    session_id, session = _session_of(log, found, nested)
    at = when(log.date or (session.starts if session else ""), _ISO, now=options.now)
    reps, hold_s = _work(log)
    load_kg, note = _load(log)
    return Done(
        line=line,
        when=_start(session, at, options),
        at=None if at.day_only else at,
        name=_name(log, found),
        kind="drop" if drop else "work",
        load=log.weight,
        load_kg=load_kg,
        unit_written=True,
        reps=reps,
        hold_s=hold_s,
        rir=0.0 if log.rir is None and log.repetitions_unit in _UNTIL_FAILURE else log.rir,
        note=", ".join(part for part in (log.comment, note) if part),
        title=(session.name if session else "") or "",
        session_note=(session.notes if session else "") or "",
        ended=_end(session, options),
        session_key=f"session {session_id}" if session_id else at.written.date().isoformat(),
    )


def _session_of(log: _Log, found: _Found, nested: object) -> tuple[str, _Session | None]:
    named = log.session if log.session is not None else nested
    if isinstance(named, dict):
        try:
            session = _Session.model_validate(named)
        except ValidationError:
            return "", None
        return str(session.id or ""), session
    return ("", None) if named is None else (str(named), found.sessions.get(str(named)))


def _start(session: _Session | None, at: When, options: Options) -> When:
    if session and session.starts:
        try:
            return when(session.starts, _ISO, now=options.now)
        except BadRow:
            return at
    return at


def _end(session: _Session | None, options: Options) -> When | None:
    if not session or not session.ends:
        return None
    try:
        return when(session.ends, _ISO, now=options.now)
    except BadRow:
        return None


def _name(log: _Log, found: _Found) -> str:
    number = log.exercise.get("id") if isinstance(log.exercise, dict) else log.exercise
    if number is None and not log.exercise_name:
        raise BadRow("there is no exercise")
    name = log.exercise_name or found.names.get(str(number)) or f"exercise {number}"
    return " ".join(name.split())[:MAX_NAME_CHARS]


def _work(log: _Log) -> tuple[int | None, float | None]:
    """Return reps, or else the seconds of a hold."""
    unit = log.repetitions_unit or 1
    if unit in _DISTANCES or (log.distance and not log.repetitions):
        raise BadRow("has a distance, not reps")
    if log.weight_unit in _SPEEDS:
        raise BadRow("has a speed, not a load")
    if unit in _SECONDS_PER:
        hold_s = (log.repetitions or 0) * _SECONDS_PER[unit]
    elif log.repetitions:
        return whole(log.repetitions, "reps"), None
    else:
        hold_s = log.duration or 0.0
    if not hold_s:
        raise BadRow("has no reps and no time")
    return None, hold_s


def _load(log: _Log) -> tuple[float | None, str]:
    """Return the load in kg, and what is to be noted of one that has no kilograms."""
    if log.weight is None or log.weight_unit in {_KG, None}:
        return log.weight, ""
    if log.weight_unit == _LB:
        return kg_from_lb(log.weight), ""
    words = {_BODY_WEIGHT: "body weight", _PLATES: "plates"}
    return None, f"{log.weight:g} {words.get(log.weight_unit or 0, 'of a unit that is not known')}"


def _notes(collector: Collector, units: Counter[Unit]) -> Iterator[str]:
    numbered = sorted({row.log.exercise for row in collector.sets if _is_number(row.log.exercise)})
    if numbered:
        yield (
            f"wger names {len(numbered)} of its exercises by number only, such as {numbered[0]!r}. Put what "
            "/api/v2/exerciseinfo/ answers into the same file and their names are found."
        )
    if len(units) > 1:
        counted = " and ".join(f"{count:,} in {unit}" for unit, count in units.most_common())
        yield f"The file has loads in both units: {counted}. Each was read in its own."


def _is_number(name: str) -> bool:
    return name.startswith("exercise ") and name.removeprefix("exercise ").isdigit()
