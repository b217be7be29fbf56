"""What can be said of a file before anything decodes it."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from openback.errors import (
    ClipEmpty,
    ClipIsSomethingElse,
    ClipNotAFile,
    ClipNotOpened,
    ClipNotThere,
    PhotoIsSomethingElse,
)

_HEAD_BYTES: Final = 4096
_PICTURES: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
)
_OTHERS: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound recording"),
    (b"fLaC", "a sound recording"),
)
_STILLS: Final = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"heif")


def refuse_at_once(path: Path, *, photo: bool) -> None:
    """Raise BadClip for a file that is not there, not a file, empty, closed to us, or plainly something else."""
    name = str(path)
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ClipNotThere(name) from None
    except OSError as error:
        raise ClipNotOpened(name, str(error.strerror)) from None
    # A device or a pipe may never end.
    if not stat.S_ISREG(about.st_mode):
        raise ClipNotAFile(name)
    if about.st_size == 0:
        raise ClipEmpty(name)
    what = kind_of(_head(path))
    if photo and what not in {None, "a picture"}:
        raise PhotoIsSomethingElse(name, str(what))
    if not photo and what not in {None, "a video"}:
        raise ClipIsSomethingElse(name, str(what))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError as error:
        raise ClipNotOpened(str(path), str(error.strerror)) from None


def kind_of(head: bytes) -> str | None:
    """Return what a file is by its first bytes, in words; None when they do not tell."""
    if head[4:8] == b"ftyp":
        return "a picture" if head[8:12] in _STILLS else "a video"
    if head[:4] == b"RIFF":
        return {b"WEBP": "a picture", b"WAVE": "a sound recording", b"AVI ": "a video"}.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "a video"
    if head.startswith(_PICTURES):
        return "a picture"
    return next((words for start, words in _OTHERS if head.startswith(start)), _text(head))


def _text(head: bytes) -> str | None:
    """Return what to call a text, None for other bytes: playlists are texts too."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        # Only a letter cut off by the end of the head is forgiven.
        if error.start < len(head) - 3:
            return None
        text = head[: error.start].decode("utf-8")
    return "text" if all(c.isprintable() or c in "\t\r\n\f" for c in text) else None
