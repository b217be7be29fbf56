"""Checks one table against its shape and says in plain words what is wrong with it."""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Annotated, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from openback.catalogue.files import Problem, Table, first_lower
from openback.catalogue.schema import ANGLE_TAGS, ID_PATTERN, NOT_EMPTY_PATTERN, VIEW_PATTERN

PartT = TypeVar("PartT", bound=BaseModel)

# A pattern of the schema -> what to say when a text does not match it.
PATTERN_SENTENCES: Final[Mapping[str, str]] = {
    ID_PATTERN: "{value} is not an id; use small letters, digits and underscores, beginning with a letter",
    NOT_EMPTY_PATTERN: "is empty; write a text or leave the key out",
    VIEW_PATTERN: '{value} is not a view; use front, back, side, oblique or any, joined by "_or_"',
}
# The kind of a Pydantic error -> our sentence; `value` is what was written, the rest are its limits.
SENTENCES: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "greater_than_equal": "{value} is too small; the least is {ge}",
    "greater_than": "{value} is too small; it must be more than {gt}",
    "less_than_equal": "{value} is too large; the most is {le}",
    "finite_number": "must be an ordinary number",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "too_short": "needs at least {min_length} entries and has {actual_length}",
    "too_long": "takes at most {max_length} entries and has {actual_length}",
    "string_too_long": "is longer than {max_length} letters; shorten it",
}

PYDANTIC_STEPS: Final = ("[key]", *ANGLE_TAGS)  # places that are not in the file
MAX_WORDS_LISTED: Final = 12  # more would bury the sentence
MAX_VALUE_SHOWN: Final = 60


def checked(part: type[PartT], table: Table, file: str) -> tuple[PartT | None, tuple[Problem, ...]]:
    """Return `table` as a `part` with no problems, or None with every problem of its shape."""
    try:
        return part.model_validate(dict(table)), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(
        Problem(file=file, key=key_of(detail["loc"]), text=_sentence(part, detail)) for detail in details
    )


def key_of(loc: Collection[int | str]) -> str:
    """Return the place in the file as a person reads it: `guide.tip[2].why`, counted from 1."""
    key = ""
    for step in loc:
        if isinstance(step, int):
            key += f"[{step + 1}]"
        elif step in PYDANTIC_STEPS:
            continue
        else:
            key += f".{step}" if key else step
    return key


def near(word: str, known: Collection[str], *, others: str = "allowed") -> str:
    """Return a hint: the nearest known words, or all of them when they are few, or nothing."""
    # A slip of one letter has one answer; a looser likeness gets two.
    close = get_close_matches(word, known, n=1, cutoff=0.88) or get_close_matches(word, known, n=2)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"{others}: {', '.join(known)}" if 0 < len(known) <= MAX_WORDS_LISTED else ""


def joined(text: str, hint: str) -> str:
    """Return the two halves of a sentence, or the first alone when there is no hint."""
    return f"{text}; {hint}" if hint else text


def _sentence(part: type[BaseModel], detail: ErrorDetails) -> str:
    special = SPECIAL.get(detail["type"])
    if special is not None:
        return special(part, detail)
    template = SENTENCES.get(detail["type"])
    if template is None:
        return first_lower(detail["msg"])
    return template.format(value=_shown(detail["input"]), **detail.get("ctx", {}))


def _unknown_key(part: type[BaseModel], detail: ErrorDetails) -> str:
    *where, word = detail["loc"]
    allowed = _keys_at(part, where)
    return joined("is not a known key", near(str(word), allowed))


def _not_allowed(_part: type[BaseModel], detail: ErrorDetails) -> str:
    # Pydantic gives the words as "'a', 'b' or 'c'".
    words = detail.get("ctx", {}).get("expected", "").replace(" or ", ", ").replace("'", "").split(", ")
    value = detail["input"]
    hint = near(value, words) if isinstance(value, str) else ""
    return f"{_shown(value)} is not allowed; {hint or 'allowed: ' + ', '.join(words)}"


def _pattern(_part: type[BaseModel], detail: ErrorDetails) -> str:
    pattern = detail.get("ctx", {}).get("pattern", "")
    value = _shown(detail["input"])
    return PATTERN_SENTENCES.get(pattern, "{value} is not of the right form").format(value=value)


SPECIAL: Final[Mapping[str, Callable[[type[BaseModel], ErrorDetails], str]]] = {
    "extra_forbidden": _unknown_key,
    "literal_error": _not_allowed,
    "string_pattern_mismatch": _pattern,
}


def _keys_at(part: type[BaseModel], where: Collection[int | str]) -> list[str]:
    """Return the keys that the table at `where` may have; empty when it is not a table of ours."""
    found: object = part
    for step in where:
        if isinstance(step, int) or not _is_part(found):
            continue
        field = found.model_fields.get(step)  # type: ignore[attr-defined]
        found = _part_in(field.annotation) if field is not None else None
    return list(found.model_fields) if _is_part(found) else []  # type: ignore[attr-defined]


def _part_in(annotation: object) -> object:
    """Return the part inside `list[Part]`, `Part | None` or `Annotated[...]`; None without one."""
    if _is_part(annotation):
        return annotation
    if get_origin(annotation) in (list, Union, types.UnionType, Annotated):
        return next((part for arg in get_args(annotation) if (part := _part_in(arg)) is not None), None)
    return None


def _is_part(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= MAX_VALUE_SHOWN else text[: MAX_VALUE_SHOWN - 3] + "..."
