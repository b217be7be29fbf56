"""Small clips for tests: written with OpenCV, then changed in the boxes of the MP4 file."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

# A quarter of the picture of its own colour each: top left red, top right green, below blue and grey.
CORNERS = {
    "top left": (220, 30, 30),
    "top right": (30, 200, 30),
    "bottom left": (30, 30, 220),
    "bottom right": (128,) * 3,
}


def four_corners(width: int, height: int) -> np.ndarray:
    """A picture (height, width, 3) in RGB that shows which way up it is."""
    picture = np.zeros((height, width, 3), np.uint8)
    for name, colour in CORNERS.items():
        rows = slice(0, height // 2) if "top" in name else slice(height // 2, None)
        columns = slice(0, width // 2) if "left" in name else slice(width // 2, None)
        picture[rows, columns] = colour
    return picture


def corner_colours(picture: np.ndarray) -> dict[str, tuple[int, ...]]:
    """The colours in the middle of each quarter."""
    height, width = picture.shape[:2]
    at = {"top": height // 4, "bottom": 3 * height // 4, "left": width // 4, "right": 3 * width // 4}
    return {
        name: tuple(int(c) for c in picture[at[name.split()[0]], at[name.split()[1]]]) for name in CORNERS
    }


def write_clip(path: Path, pictures: Sequence[np.ndarray], fps: float = 30) -> Path:
    """Write pictures in RGB as MPEG-4 video."""
    import cv2

    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter_fourcc(*"mp4v"), fps, (width, height))
    assert writer.isOpened()
    for picture in pictures:
        writer.write(np.ascontiguousarray(picture[:, :, ::-1]))
    writer.release()
    return path


def grey(count: int, width: int = 64, height: int = 48) -> list[np.ndarray]:
    """Pictures that get lighter one by one: their brightness says which they are."""
    return [
        np.full((height, width, 3), round(20 + 200 * n / max(1, count - 1)), np.uint8) for n in range(count)
    ]


# --- Boxes -----------------------------------------------------------------------------------------------

HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}


def edit_boxes(path: Path, edit: Callable[[bytes, bytes], bytes | None]) -> Path:
    """Write an MP4 file anew: `edit(kind, content)` gives the new content of a box, None to leave it out.

    The pictures stand before the index in what OpenCV writes, so that they do not move.
    """
    path.write_bytes(_edited(path.read_bytes(), edit))
    return path


def _edited(data: bytes, edit: Callable[[bytes, bytes], bytes | None]) -> bytes:
    out, at = b"", 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        content = data[at + 8 : at + size]
        new = _edited(content, edit) if kind in HOLDERS else edit(kind, content)
        if new is not None:
            out += struct.pack(">I4s", len(new) + 8, kind) + new
        at += size
    return out


def with_stamps(path: Path, stamps_ms: Sequence[int]) -> Path:
    """Give each frame its own time; they may stand still, but not run backward."""
    lengths = [b - a for a, b in pairwise(stamps_ms)] + [33]

    def edit(kind: bytes, content: bytes) -> bytes | None:
        if kind == b"mdhd":
            return content[:12] + struct.pack(">II", 1000, sum(lengths)) + content[20:]
        if kind == b"stts":
            rows = b"".join(struct.pack(">II", 1, length) for length in lengths)
            return content[:4] + struct.pack(">I", len(lengths)) + rows
        return content

    return edit_boxes(edit_boxes(path, edit), _without_edits)


def _without_edits(kind: bytes, content: bytes) -> bytes | None:
    return None if kind == b"elst" else content


def turned(path: Path, degrees: int) -> Path:
    """Let the file say that its pictures are to be turned clockwise."""
    a, b, c, d = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[degrees]
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    return edit_boxes(
        path, lambda kind, content: content[:40] + matrix + content[76:] if kind == b"tkhd" else content
    )


def with_pixels(path: Path, across: int, down: int) -> Path:
    """Let the file say what shape its pixels have."""

    def edit(kind: bytes, content: bytes) -> bytes:
        if kind != b"stsd":
            return content
        (size,) = struct.unpack_from(">I", content, 8)
        entry = content[8 : 8 + size]
        start = entry.find(b"pasp")
        if start >= 0:
            return content[: 8 + start + 4] + struct.pack(">II", across, down) + content[8 + start + 12 :]
        entry += struct.pack(">I4sII", 16, b"pasp", across, down)
        return content[:8] + struct.pack(">I", len(entry)) + entry[4:] + content[8 + size :]

    return edit_boxes(path, edit)
