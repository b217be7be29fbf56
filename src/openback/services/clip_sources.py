"""What was given to analyse: one clip, two photos, or many clips from a folder or a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from openback.errors import BadPhotos, NoClips, UnreadableFile
from openback.services.clips import is_photo

CLIP_SUFFIXES: Final = frozenset(
    {".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".3gp", ".wmv", ".mts", ".m2ts", ".ts"}
    | {".ogv", ".flv"}
)
LIST_SUFFIXES: Final = frozenset({".txt", ".lst"})
MOST_LIST_BYTES: Final = 64 * 2**20  # a million paths

Kind = Literal["clip", "photos", "many"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What to analyse. `many` is also what a folder or a list with a single clip in it is."""

    kind: Kind
    files: tuple[Path, ...]


def sources(given: Sequence[Path]) -> Sources:
    """Return what was given. Raises BadPhotos, NoClips, and UnreadableFile for a list that cannot be read.

    A folder stands for the clips in it and below it, a text file for the paths in it, one a line.
    Whether the clips themselves are there is not looked at.
    """
    photos = [path for path in given if is_photo(path)]
    if photos:
        return _photos(given, photos)
    if len(given) == 1 and not _is_many(given[0]):
        return Sources(kind="clip", files=(given[0],))
    found = dict.fromkeys(path.absolute() for one in given for path in _clips(one))
    if not found:
        raise NoClips(", ".join(map(str, given)))
    return Sources(kind="many", files=tuple(found))


def _photos(given: Sequence[Path], photos: Sequence[Path]) -> Sources:
    if len(photos) < len(given):
        raise BadPhotos("Photos and clips cannot be analysed in one go")
    if len(photos) > 2:
        raise BadPhotos(f"{len(photos)} photos are more than one rep has")
    return Sources(kind="photos", files=tuple(photos))


def _is_many(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in LIST_SUFFIXES


def _clips(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(
            one for one in path.rglob("*") if one.suffix.lower() in CLIP_SUFFIXES and one.is_file()
        )
    elif path.suffix.lower() in LIST_SUFFIXES:
        yield from _listed(path)
    else:
        yield path


def _listed(path: Path) -> Iterator[Path]:
    """Yield the paths in a list; relative ones are from the list's own folder."""
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MOST_LIST_BYTES:
            raise UnreadableFile(
                str(path), f"it has {size_bytes / 2**20:,.0f} MB, a list of clips has far less"
            )
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UnreadableFile(str(path), (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(path), "it is not text in UTF-8") from error
    for line in lines:
        text = line.strip()
        if text and not text.startswith("#") and "\0" not in text:
            yield path.parent / text
