"""The part of Openback's own archive that is about eating: every record of it, and back without a change."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from pydantic import TypeAdapter, ValidationError

from openback.errors import BadRow
from openback.interop.locate import Entry
from openback.model.eating import BodyMeasures, FoodLog
from openback.model.eating_history import (
    EatingHistory,
    FavouriteFood,
    FoodDay,
    KeptWeek,
    KeptWishes,
    ShoppingTick,
)
from openback.model.food import Food
from openback.model.history import SkippedRow

MOST_G: Final = 100_000.0  # of one entry: beyond it, a slip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A list of the archive: its name there, the field of EatingHistory, and what tells its records apart."""

    name: str
    field: str
    adapter: TypeAdapter[Any]
    key: Callable[[Any], Hashable]


_PARTS: Final[tuple[_Part, ...]] = (
    _Part(name="food_log", field="entries", adapter=TypeAdapter(FoodLog), key=lambda one: one.id),
    _Part(name="meal_weeks", field="weeks", adapter=TypeAdapter(KeptWeek), key=lambda one: one.starts_on),
    _Part(name="food_days", field="days", adapter=TypeAdapter(FoodDay), key=lambda one: one.on),
    _Part(name="favourites", field="favourites", adapter=TypeAdapter(FavouriteFood), key=lambda one: one.key),
    _Part(name="measures", field="measures", adapter=TypeAdapter(BodyMeasures), key=lambda one: one.on),
    _Part(
        name="shopping_ticks",
        field="ticks",
        adapter=TypeAdapter(ShoppingTick),
        key=lambda one: (one.starts_on, one.food),
    ),
    _Part(name="own_foods", field="own_foods", adapter=TypeAdapter(Food), key=lambda one: one.id),
)
_WISHES: Final = "food_wishes"


@dataclass(slots=True)
class ReadEating:
    """What was read of eating: every record is in `history` or in `skipped`."""

    history: EatingHistory = field(default_factory=EatingHistory)
    read: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)


def write_eating(stream: TextIO, history: EatingHistory) -> None:
    """Write what is about eating as members of the archive's object, one record a line."""
    for part in _PARTS:
        _write(stream, part.name, (part.adapter, getattr(history, part.field)))
    wishes = () if history.wishes is None else (KeptWishes(wishes=history.wishes),)
    _write(stream, _WISHES, (TypeAdapter(KeptWishes), wishes))


def _write(stream: TextIO, name: str, part: tuple[TypeAdapter[Any], Iterable[object]]) -> None:
    adapter, values = part
    stream.write(f',\n"{name}": [')
    for count, value in enumerate(values):
        text = json.dumps(adapter.dump_python(value, mode="json"), ensure_ascii=False, allow_nan=False)
        stream.write(f"{',' if count else ''}\n{text}")
    stream.write("\n]")


def read_eating(archive: Mapping[str, object]) -> ReadEating:
    """Return what an archive says about eating; archives of before say nothing."""
    found = ReadEating()
    lists = {part.field: tuple(_records(archive, part, found)) for part in _PARTS}
    wishes = _Part(name=_WISHES, field="wishes", adapter=TypeAdapter(KeptWishes), key=lambda _: 0)
    kept = next(_records(archive, wishes, found), None)
    found.history = EatingHistory(wishes=None if kept is None else kept.wishes, **lists)
    return found


def _records(archive: Mapping[str, object], part: _Part, found: ReadEating) -> Iterator[Any]:
    items = archive.get(part.name)
    seen: set[Hashable] = set()
    for item in items if isinstance(items, list) else []:
        found.read += 1
        try:
            value = _value(item, part, seen)
        except BadRow as problem:
            line = item.line if isinstance(item, Entry) else 1
            found.skipped.append(SkippedRow(line=line, why=str(problem)))
            continue
        seen.add(part.key(value))
        yield value


def _value(item: object, part: _Part, seen: Container[Hashable]) -> Any:
    if not isinstance(item, Mapping):
        raise BadRow("the record is not an object")
    try:
        value = part.adapter.validate_python(dict(item))
        json.dumps(part.adapter.dump_python(value, mode="json"), allow_nan=False)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"]) or part.name
        raise BadRow(f"the field {where!r} cannot be read: {first['msg'].lower()}") from None
    except ValueError:
        raise BadRow("it holds a number that is none") from None
    _sane(value)
    if part.key(value) in seen:
        raise BadRow("it is in the file twice")
    return value


def _sane(value: object) -> None:
    """Raise BadRow for what no log holds."""
    at = getattr(value, "at", None) or getattr(value, "planned_at", None)
    if at is not None and at.tzinfo is None:
        raise BadRow("the field 'at' has no time zone")
    if isinstance(value, FoodLog):
        if (value.mass_g is None) == (value.servings is None):
            raise BadRow("it has to say grams of a food or servings of a recipe")
        if not 0 < (value.mass_g or value.servings or 0) <= MOST_G:
            raise BadRow(f"its amount is not between 0 and {MOST_G:,.0f}")
