"""The reference of the API as a page: made from its schema, with no script and from no other host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.web.rendering import page

router = APIRouter()

Schema = Mapping[str, Any]
LIMITS: Final = (
    ("minimum", "at least {}"),
    ("exclusiveMinimum", "above {}"),
    ("maximum", "at most {}"),
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minItems", "at least {}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of what an operation takes."""

    name: str
    kind: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing the API does."""

    method: str
    path: str
    says: str
    fields: tuple[Field, ...]


@router.get("/api")
def reference(request: Request) -> Response:
    """Show every operation of the API."""
    return page(request, "reference.html", groups=groups_of(request.app.openapi()))


def groups_of(schema: Schema) -> dict[str, list[Operation]]:
    """Return the operations of a schema by tag, in its order."""
    groups: dict[str, list[Operation]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            one = Operation(
                method=method.upper(),
                path=path,
                says=operation.get("description", ""),
                fields=tuple(_fields(schema, operation)),
            )
            groups.setdefault(operation["tags"][0], []).append(one)
    return groups


def _fields(schema: Schema, operation: Schema) -> Iterator[Field]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            yield Field(
                name=parameter["name"], kind=kind_of(parameter["schema"]), needed=parameter["required"]
            )
    for content in operation.get("requestBody", {}).get("content", {}).values():
        body = _resolved(schema, content["schema"])
        needed = body.get("required", ())
        for name, field in body.get("properties", {}).items():
            yield Field(name=name, kind=kind_of(field), needed=name in needed)


def _resolved(schema: Schema, one: Schema) -> Schema:
    name = one.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else one


def kind_of(field: Schema) -> str:
    """Return a field's type in a few words: `number, at least 0, at most 1000`."""
    options = [one for one in field.get("anyOf", (field,)) if one.get("type") != "null"]
    limits = [say.format(field[key]) for key, say in LIMITS if key in field]
    return ", ".join([" or ".join(_word(one) for one in options), *limits])


def _word(one: Schema) -> str:
    """Return one type as a word."""
    if "enum" in one:
        return " | ".join(str(value) for value in one["enum"])
    if "$ref" in one:
        return str(one["$ref"]).rpartition("/")[2].removesuffix("In").lower()
    if one.get("type") == "array":
        return f"list of {_word(one.get('items', {}))}"
    limits = [say.format(one[key]) for key, say in LIMITS if key in one]
    return ", ".join([str(one.get("format") or one.get("type") or "any"), *limits])
