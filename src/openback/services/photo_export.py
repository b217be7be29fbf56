"""Photos taken out, when somebody asks for it: plain pictures that anybody can open, and said to be so."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openback.errors import NotAFolder, UnwritableFile
from openback.model.journal import Photo
from openback.services import photos
from openback.services.app import App
from openback.services.photo_vault import open_key


def named_photos(app: App) -> tuple[tuple[str, Photo], ...]:
    """Return every photo that is kept, oldest first, each with a name for its file: `2026-03-01-front.jpg`."""
    names: dict[str, int] = {}
    found: list[tuple[str, Photo]] = []
    for photo in app.store.entries(app.person_id, Photo):
        name = f"{photo.at.astimezone():%Y-%m-%d}-{'board' if photo.board else photo.pose}"
        names[name] = names.get(name, 0) + 1
        found.append((f"{name}.jpg" if names[name] == 1 else f"{name}-{names[name]}.jpg", photo))
    return tuple(found)


def check_folder(folder: Path) -> None:
    """Raise NotAFolder unless photos can go there: a folder that does not exist yet, or an empty one."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise NotAFolder(str(folder))


def write_photos(app: App, folder: Path) -> tuple[Path, ...]:
    """Write every photo as a plain JPEG into a folder of their own, for this user only, and return the files.

    Raises NotAFolder, UnwritableFile, PhotoDamaged, and what `photo_vault.open_key` raises.
    """
    check_folder(folder)
    named = named_photos(app)
    if named:
        open_key(app)  # said before anything is written
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, photo in named:
            path = folder / name
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                out.write(photos.picture(app, photo.id))
            written.append(path)
    except OSError as error:
        raise UnwritableFile(str(folder), (error.strerror or "the system said no").lower()) from error
    return tuple(written)


@dataclass(slots=True)
class _Outlet:
    """Takes what a zip writes and gives it away piece by piece, so that nothing waits on the disk."""

    pieces: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        """Take a piece."""
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: every piece is given away at once."""

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def taken(self) -> bytes:
        """Return what came since the last time."""
        data = b"".join(self.pieces)
        self.pieces.clear()
        return data


def zipped(app: App, archive: Path) -> Iterator[bytes]:
    """Return a zip of an exported file and of every photo, in pieces. Raises as `write_photos`, at once."""
    named = named_photos(app)
    if named:
        open_key(app)
    return _pieces(app, archive, named)


def _pieces(app: App, archive: Path, named: tuple[tuple[str, Photo], ...]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.write(archive, archive.name)
        yield outlet.taken()
        for name, photo in named:
            # A JPEG does not get smaller.
            whole.writestr(f"photos/{name}", photos.picture(app, photo.id), zipfile.ZIP_STORED)
            yield outlet.taken()
    yield outlet.taken()
