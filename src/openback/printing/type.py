"""The type that pages for paper are set in: font files that come with the browser's files."""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from openback.errors import PaperTypeMissing

Face = Literal["text", "strong", "numerals"]

FACES: Final[dict[Face, tuple[str, str]]] = {
    "text": ("@expo-google-fonts/figtree", "400Regular/Figtree_400Regular.ttf"),
    "strong": ("@expo-google-fonts/figtree", "600SemiBold/Figtree_600SemiBold.ttf"),
    "numerals": ("@expo-google-fonts/archivo", "700Bold/Archivo_700Bold.ttf"),
}
UNKNOWN: Final = "?"  # stands for a letter of a script that the type does not have


def faces_here(dist: Path | None = None) -> dict[Face, Path]:
    """Return where the file of each face is; raises PaperTypeMissing when nothing was built."""
    folder = dist or Path(str(files("openback"))) / "web" / "static" / "dist"
    try:
        vendored = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["vendor"]
        paths = {face: folder / vendored[package] / name for face, (package, name) in FACES.items()}
    except (FileNotFoundError, KeyError):
        raise PaperTypeMissing from None
    if not all(path.is_file() for path in paths.values()):
        raise PaperTypeMissing
    return paths


def settable(text: str, letters: frozenset[int]) -> str:
    """Return a text with the letters that the type has: an accent that it lacks is left out, and a letter of
    another script is a question mark.
    """
    return "".join(_letter(one, letters) for one in unicodedata.normalize("NFC", text))


def _letter(one: str, letters: frozenset[int]) -> str:
    if ord(one) in letters:
        return one
    if one.isspace():
        return " "
    bare = "".join(c for c in unicodedata.normalize("NFKD", one) if not unicodedata.combining(c))
    if bare and all(ord(c) in letters for c in bare):
        return bare
    return "" if unicodedata.category(one) in {"Mn", "Cf", "Cc", "Me"} else UNKNOWN
