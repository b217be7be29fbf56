"""The code that lets other devices in. Whoever is in the home network sees the address; the code stays here."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from pathlib import Path
from typing import Final

from openback.services.writing import writing

# 80 bits: beyond guessing over a network, and short enough to be typed where no camera reads it.
_BYTES: Final = 10
_CODE: Final = re.compile(r"[A-Z2-7]{16}")


class Pairing:
    """The code of this Openback, kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "pairing-code.txt"
        self._code = _read(self._path) or self._made()

    @property
    def code(self) -> str:
        """The code in groups of four: `ABCD-EFGH-IJKL-MNOP`."""
        return "-".join(self._code[at : at + 4] for at in range(0, len(self._code), 4))

    def fits(self, said: str) -> bool:
        """Return whether a text is the code, with or without its dashes, in any case of letters."""
        return hmac.compare_digest(_plain(said).encode(), self._code.encode())

    def renew(self) -> None:
        """Make another code, so that every device has to be paired again. Raises DiskFull or UnwritableFile."""
        self._code = self._made()

    def _made(self) -> str:
        code = base64.b32encode(secrets.token_bytes(_BYTES)).decode()
        with writing(self._path) as stream:
            stream.write(code + "\n")
        return code


def _plain(said: str) -> str:
    return "".join(letter for letter in said.upper() if letter.isalnum())


def _read(path: Path) -> str | None:
    """Return the code of a file, or None when none is there that will do."""
    try:
        code = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return code if _CODE.fullmatch(code) else None
