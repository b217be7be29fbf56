"""A form with one file: a large one is written to the disk as it comes, a private one stays in memory.

Nothing the sender says of the file is believed: its name is only for showing, its type is told by its first bytes.
"""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from openback.web.uploads import safe_name

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_FIELDS: Final = 20
LONGEST_FIELD: Final = 1000
CHOOSE_SENTENCE: Final = "Choose a clip first."
BROKEN_SENTENCE: Final = "The clip did not arrive whole. Nothing was kept; send it again."
CHOOSE_PICTURE_SENTENCE: Final = "Choose a picture first."
BROKEN_PICTURE_SENTENCE: Final = "The picture did not arrive whole. Nothing was kept; send it again."

Check = Callable[[bytes, str], None]


@dataclass(slots=True)
class Came:
    """What a form brought: its fields, and of its file the name and the size, which is 0 while there is none."""

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    head: bytes = b""
    size_bytes: int = 0


@dataclass(slots=True, kw_only=True)
class Received(Came):
    """What a form brought, and where its file lies."""

    file: Path


@dataclass(slots=True, kw_only=True)
class InMemory(Came):
    """What a form brought, and the bytes of its file, which are nowhere but here."""

    data: bytes = b""


class _Form:
    """Takes the parts of a form: fields are kept, the first file with a name goes to the disk."""

    def __init__(self, into: Came, out: BinaryIO, check: Check, head_bytes: int) -> None:
        self.into, self.out, self.check, self.head_bytes = into, out, check, head_bytes
        self.header, self.value = b"", b""
        self.name = ""
        self.is_file = False
        self.text = b""

    def calls(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self.on_part_begin,
            "on_header_field": self.on_header_field,
            "on_header_value": self.on_header_value,
            "on_header_end": self.on_header_end,
            "on_part_data": self.on_part_data,
            "on_part_end": self.on_part_end,
        }

    def on_part_begin(self) -> None:
        """Begin a part."""
        self.name, self.is_file, self.text = "", False, b""

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's name."""
        self.header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's value."""
        self.value += data[start:end]

    def on_header_end(self) -> None:
        """Read a header that is whole."""
        if self.header.lower() == b"content-disposition":
            self._named(parse_options_header(self.value)[1])
        self.header, self.value = b"", b""

    def _named(self, options: dict[bytes, bytes]) -> None:
        self.name = options.get(b"name", b"").decode(errors="replace")
        file_name = options.get(b"filename", b"").decode(errors="replace")
        self.is_file = bool(file_name) and not self.into.size_bytes
        if self.is_file:
            self.into.name = safe_name(file_name)
        elif b"filename" in options:
            self.name = ""  # a field for a file that holds none, or a second file

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a part."""
        if self.is_file:
            self._write(data[start:end])
        elif self.name and len(self.text) <= LONGEST_FIELD:
            self.text += data[start:end]

    def _write(self, data: bytes) -> None:
        into = self.into
        if len(into.head) < self.head_bytes:
            into.head += data[: self.head_bytes - len(into.head)]
            if len(into.head) == self.head_bytes:
                self.check(into.head, into.name)
        self.out.write(data)
        into.size_bytes += len(data)

    def on_part_end(self) -> None:
        """Keep a field that is whole."""
        if self.name and not self.is_file and len(self.into.fields) < MOST_FIELDS:
            self.into.fields[self.name] = self.text[:LONGEST_FIELD].decode(errors="replace")


async def receive(request: Request, target: Path, *, head_bytes: int, check: Check) -> Received:
    """Return what a form brought, its file written to `target`, which must not be there yet.

    `check` is called with the first bytes of the file and its name, and raises when it is not wanted. Whatever
    goes wrong, the rest is read and dropped so that the browser sees the answer; the caller removes `target`.
    """
    boundary = _boundary(request, CHOOSE_SENTENCE)
    into = Received(file=target)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        form = _Form(into, out, check, head_bytes)
        try:
            await _read(request.stream(), form, boundary)
        except FormParserError as error:
            raise HTTPException(422, BROKEN_SENTENCE) from error
        await run_in_threadpool(_on_disk, out)
    if not into.size_bytes:
        raise HTTPException(422, CHOOSE_SENTENCE)
    if len(into.head) < head_bytes:
        check(into.head, into.name)
    return into


async def receive_in_memory(request: Request) -> InMemory:
    """Take a form with one file without letting a byte of it touch the disk; 422 when it does not arrive whole.

    No form of Starlette's is used here: that puts larger files into a temporary one. What may come at most is
    for the guard to say. `data` is empty when no file was chosen.
    """
    boundary = _boundary(request, CHOOSE_PICTURE_SENTENCE)
    into, out = InMemory(), io.BytesIO()
    try:
        await _read(request.stream(), _Form(into, out, _anything, 0), boundary)
    except FormParserError as error:
        raise HTTPException(422, BROKEN_PICTURE_SENTENCE) from error
    into.data = out.getvalue()
    return into


def _anything(_head: bytes, _name: str) -> None:
    """Take any file: whoever reads it says what it is."""


def _boundary(request: Request, otherwise: str) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""
    if not boundary:
        raise HTTPException(422, otherwise)
    return boundary


async def _read(chunks: AsyncIterator[bytes], form: _Form, boundary: bytes) -> None:
    """Let the form take all that comes; after a problem, drop what is left."""
    parser = MultipartParser(boundary, form.calls())
    try:
        async for chunk in chunks:
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except Exception:
        async for _rest in chunks:
            pass
        raise


def _on_disk(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
