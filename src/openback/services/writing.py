"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

from openback.errors import DiskFull, UnwritableFile

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def writing(target: Path) -> Iterator[TextIO]:
    """Yield a text stream that becomes the file when the block ends well, for this user only.

    Raises DiskFull or UnwritableFile; the file that was there before stays then.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(part, "w", encoding="utf-8", newline="", opener=_privately) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(target)) from error
        raise UnwritableFile(str(target), (error.strerror or "the system said no").lower()) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
