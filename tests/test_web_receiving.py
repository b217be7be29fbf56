"""A form with a large file: whatever the pieces it comes in, the same arrives, and never more than a piece is held."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from openback.web.receiving import (
    LONGEST_FIELD,
    MOST_FIELDS,
    InMemory,
    Received,
    receive,
    receive_in_memory,
)

HEAD = 16
FILE = bytes(range(256)) * 3 + b"\r\n--x\r\n-- not a boundary\r\n"


def part(name: str, value: bytes, file_name: str | None = None) -> bytes:
    named = f'; filename="{file_name}"' if file_name is not None else ""
    return f'--X\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + value + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--X--\r\n"


def take(pieces: Sequence[bytes] | Iterator[bytes], target: Path, check=lambda head, name: None) -> Received:
    """Receive a form that comes in these pieces."""
    coming = iter(pieces)

    async def body() -> dict[str, object]:
        piece = next(coming, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    headers = [(b"content-type", b"multipart/form-data; boundary=X")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, body)
    return asyncio.run(receive(request, target, head_bytes=HEAD, check=check))


def test_a_form_without_a_file_is_no_clip(tmp_path):
    for body in (form(), form(part("place", b"work-1")), form(part("clip", b"", ""))):
        target = tmp_path / f"{len(body)}"
        with pytest.raises(HTTPException, match="Choose a clip first"):
            take([body], target)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_the_same_arrives_in_whatever_pieces(tmp_path_factory, sizes):
    body = form(part("exercise", b"pull_up"), part("clip", FILE, "a.mp4"), part("place", "Übung".encode()))
    pieces, at = [], 0
    for size in sizes:
        pieces.append(body[at : at + size])
        at += size
    pieces.append(body[at:])
    heads = []
    target = tmp_path_factory.mktemp("in") / "clip"
    came = take(pieces, target, lambda head, name: heads.append((head, name)))
    assert target.read_bytes() == FILE
    assert came.fields == {"exercise": "pull_up", "place": "Übung"}
    assert (came.size_bytes, came.head, heads) == (len(FILE), FILE[:HEAD], [(FILE[:HEAD], "a.mp4")])


def test_of_two_choices_the_one_that_was_used_counts(tmp_path):
    came = take([form(part("clip", b"", ""), part("clip", FILE, "b.mp4"))], tmp_path / "clip")
    assert (came.name, came.size_bytes) == ("b.mp4", len(FILE))


def test_a_second_file_is_left_out(tmp_path):
    came = take([form(part("clip", FILE, "a.mp4"), part("clip", b"more", "b.mp4"))], tmp_path / "clip")
    assert (came.name, (tmp_path / "clip").read_bytes(), came.fields) == ("a.mp4", FILE, {})


def test_fields_are_few_and_short(tmp_path):
    fields = [part(f"f{number}", b"v" * 5000) for number in range(50)]
    came = take([form(*fields, part("clip", FILE, "a.mp4"))], tmp_path / "clip")
    assert len(came.fields) == MOST_FIELDS
    assert {len(value) for value in came.fields.values()} == {LONGEST_FIELD}


def test_a_file_that_is_not_wanted_stops_at_its_head_and_the_rest_is_dropped(tmp_path):
    sent = []

    def pieces() -> Iterator[bytes]:
        body = form(part("clip", FILE * 20, "a.txt"))
        for at in range(0, len(body), 500):
            sent.append(at)
            yield body[at : at + 500]

    def refuse(_head: bytes, _name: str) -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        take(pieces(), tmp_path / "clip", refuse)
    assert (tmp_path / "clip").stat().st_size == 0
    assert len(sent) > 20  # read to its end, so that the browser sees the answer


def test_a_name_that_is_taken_is_not_written_over(tmp_path):
    (tmp_path / "clip").write_bytes(b"here before")
    with pytest.raises(FileExistsError):
        take([form(part("clip", FILE, "a.mp4"))], tmp_path / "clip")
    assert (tmp_path / "clip").read_bytes() == b"here before"


@pytest.mark.slow
def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path):
    piece, number = bytes(64 * 1024), 800  # 50 MB

    def pieces() -> Iterator[bytes]:
        yield part("clip", b"", "a.mp4").removesuffix(b"\r\n")
        for _ in range(number):
            yield piece
        yield b"\r\n--X--\r\n"

    tracemalloc.start()
    came = take(pieces(), tmp_path / "clip")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert came.size_bytes == number * len(piece)
    assert most < 2 * 1024**2


# --- In memory ------------------------------------------------------------------------------------------


def take_in_memory(pieces: Sequence[bytes], kind: str = "multipart/form-data; boundary=X") -> InMemory:
    """Receive a form that comes in these pieces, without a disk."""
    coming = iter(pieces)

    async def body() -> dict[str, object]:
        piece = next(coming, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}, body)
    return asyncio.run(receive_in_memory(request))


def test_without_a_picture_the_data_are_empty_and_what_is_no_form_is_refused():
    assert take_in_memory([form(part("pose", b"front"), part("photo", b"", ""))]).data == b""
    with pytest.raises(HTTPException, match="Choose a picture first"):
        take_in_memory([b"x"], "image/jpeg")
    with pytest.raises(HTTPException, match="The picture did not arrive whole"):
        take_in_memory([b"--X broken"])


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_the_same_arrives_in_memory_in_whatever_pieces(sizes):
    body = form(part("pose", b"front"), part("photo", FILE, "a.jpg"), part("note", "Grüße".encode()))
    pieces, at = [], 0
    for size in sizes:
        pieces.append(body[at : at + size])
        at += size
    pieces.append(body[at:])
    came = take_in_memory(pieces)
    assert (came.data, came.name, came.size_bytes) == (FILE, "a.jpg", len(FILE))
    assert came.fields == {"pose": "front", "note": "Grüße"}
