"""What a file is before it is read: that it is a file at all, text, of which encoding and kind."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from charset_normalizer import from_bytes

from openback.errors import (
    HistoryEmpty,
    HistoryNotAFile,
    HistoryNotReadable,
    HistoryNotText,
    HistoryNotThere,
    HistoryTooBig,
)

# Project defaults. Twenty years of daily training are about 20 MB; JSON is held in memory as a whole.
MAX_BYTES: Final = 512 * 1024**2
MAX_JSON_BYTES: Final = 64 * 1024**2
_HEAD_BYTES: Final = 65_536
_SAMPLE_BYTES: Final = 65_536
_CONTROL_SHARE: Final = 0.05  # more control characters than that, and it is not text

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "a spreadsheet or a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3\x00", "a database"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"{\\rtf", "a Word document"),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that people's spreadsheets still write; anything else would be a guess too far.
_LIKELY: Final = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
    "cp932", "cp949", "gb18030", "big5",
]  # fmt: skip
_TURKISH_BYTES: Final = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")  # ĞİŞğış in cp1254, Icelandic ÐÝÞðýþ in cp1252


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A readable text file."""

    path: Path
    size_bytes: int
    encoding: str
    is_json: bool

    def open(self) -> TextIO:
        """Open it, line ends untouched; bytes that are no letters become U+FFFD."""
        return self.path.open(encoding=self.encoding, errors="replace", newline="")


def sniffed(path: Path, *, max_bytes: int = MAX_BYTES, max_json_bytes: int = MAX_JSON_BYTES) -> TextFile:
    """Return what the file is. Raises a BadHistory for anything but a text file of a sane size."""
    size_bytes = _size_bytes(path)
    if size_bytes == 0:
        raise HistoryEmpty(path.name)
    if size_bytes > max_bytes:
        raise HistoryTooBig(path.name, size_bytes, max_bytes)
    head = _head(path)
    encoding = _encoding(path, head)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if not text and size_bytes <= _HEAD_BYTES:
        raise HistoryEmpty(path.name)
    is_json = text[:1] in {"{", "["}
    if is_json and size_bytes > max_json_bytes:
        raise HistoryTooBig(path.name, size_bytes, max_json_bytes)
    return TextFile(path=path, size_bytes=size_bytes, encoding=encoding, is_json=is_json)


def _size_bytes(path: Path) -> int:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise HistoryNotThere(path.name) from None
    except OSError as error:
        raise HistoryNotReadable(path.name, _reason(error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise HistoryNotAFile(path.name or str(path))
    return status.st_size


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError as error:
        raise HistoryNotReadable(path.name, _reason(error)) from None


def _encoding(path: Path, head: bytes) -> str:
    """Return the encoding. Raises HistoryNotText for what is not text in any."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise HistoryNotText(path.name, what)
    if b"\0" in head and (wide := _wide(head)):
        return wide
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in head)
    if controls > _CONTROL_SHARE * len(head):
        raise HistoryNotText(path.name, "a binary file")
    return _eight_bit(path)


def _wide(head: bytes) -> str | None:
    """Return UTF-16 without its mark, when every other byte of mostly Latin text is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _eight_bit(path: Path) -> str:
    """Return UTF-8 if the whole file is that, or nearly; else the likeliest older encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _older(b"".join(_lines_beyond_ascii(path)))
    return "utf-8"


def _lines_beyond_ascii(path: Path) -> Iterator[bytes]:
    """Yield lines with letters beyond ASCII, up to a sample's worth."""
    size = 0
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(4096), b""):
            if size >= _SAMPLE_BYTES:
                return
            if not line.isascii():
                size += len(line)
                yield line


def _older(sample: bytes) -> str:
    text = sample.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if sum(letter > "\x7f" for letter in text) - damaged > 10 * damaged:
        return "utf-8"  # a few broken bytes in a sound file
    found = from_bytes(sample, cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        return "cp1252"
    # The detector sees no difference between close relatives; Western and Turkish are the commoner ones.
    equals = {e for m in found if m.chaos <= best.chaos for e in (m.encoding, *m.could_be_from_charset)}
    if "cp1254" in equals and _TURKISH_BYTES & set(sample) and best.coherence == 0:
        return "cp1254"
    return "cp1252" if "cp1252" in equals else best.encoding


def text_of(file: TextFile) -> str:
    """Return the whole text of a small file."""
    with file.open() as stream:
        return stream.read()
