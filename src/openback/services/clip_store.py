"""Clips on the disk: where they lie, what they are, and how much room they take.

A clip is a file in the folder `clips` beside the database, named after its id and never after what it was
called. What is still coming in, and landmarks for the page, lie beside it. Only this user may read them.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback.services.app import App

HEAD_BYTES: Final = 192  # enough to tell what a file is
PACKET_BYTES: Final = 188  # of a transport stream; each begins with the same byte
INCOMING: Final = ".incoming"
INCOMING_KEPT_S: Final = 24 * 3600
# How a container begins (at an offset), and what a browser is told it is. A MOV is an MP4 to every browser.
_BEGINNINGS: Final = (
    (4, b"ftyp", "video/mp4"),
    (4, b"moov", "video/mp4"),
    (4, b"wide", "video/mp4"),
    (4, b"mdat", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"OggS", "video/ogg"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x30\x26\xb2\x75", "video/x-ms-wmv"),
)


def clips_folder(app: App) -> Path:
    """Return the folder of the clips; it is made when it is not there."""
    folder = app.data_dir / "clips"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def video_file(app: App, clip_id: UUID) -> Path:
    """Return where the video of a clip lies."""
    return clips_folder(app) / f"{clip_id}.video"


def landmarks_file(app: App, clip_id: UUID) -> Path:
    """Return where the landmarks of a clip lie."""
    return clips_folder(app) / f"{clip_id}.landmarks"


def incoming_file(app: App) -> Path:
    """Return a new name for a file that is coming in; those that never arrived are removed."""
    folder = clips_folder(app)
    for old in folder.glob(f"*{INCOMING}"):
        if time.time() - old.stat().st_mtime > INCOMING_KEPT_S:
            old.unlink(missing_ok=True)
    return folder / f"{uuid.uuid7()}{INCOMING}"


def media_of(head: bytes) -> str | None:
    """Return the type of a video by its first bytes, None when it is none: names and senders are not asked."""
    if len(head) > PACKET_BYTES and head[0] == head[PACKET_BYTES] == 0x47:
        return "video/mp2t"
    return next((kind for at, mark, kind in _BEGINNINGS if head[at : at + len(mark)] == mark), None)


def erase(app: App, clip_id: UUID) -> None:
    """Remove the video of a clip and its landmarks from the disk."""
    video_file(app, clip_id).unlink(missing_ok=True)
    landmarks_file(app, clip_id).unlink(missing_ok=True)


def erase_all(app: App) -> None:
    """Remove every clip from the disk."""
    shutil.rmtree(app.data_dir / "clips", ignore_errors=True)


def taken_bytes(app: App) -> int:
    """Return how much room all clips take."""
    folder = app.data_dir / "clips"
    return sum(one.stat().st_size for one in folder.iterdir() if one.is_file()) if folder.is_dir() else 0


def strays(app: App, known: Collection[UUID]) -> tuple[Path, ...]:
    """Return the files of clips that are not known, as after an older back-up was brought back."""
    folder, names = app.data_dir / "clips", {str(one) for one in known}
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(one for one in there if one.suffix in {".video", ".landmarks"} and one.stem not in names)


def free_bytes(app: App) -> int:
    """Return how much room the disk has left."""
    return shutil.disk_usage(clips_folder(app)).free
