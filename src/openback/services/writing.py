"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from openback.errors import UnwritableFile


@contextmanager
def writing(target: Path) -> Iterator[TextIO]:
    """Yield a text stream that becomes the file when the block ends well. Raises UnwritableFile."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise UnwritableFile(str(target), error.strerror or "the system said no") from error
    finally:
        part.unlink(missing_ok=True)
