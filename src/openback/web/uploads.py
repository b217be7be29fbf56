"""Files that were sent: put down on the disk under a token of ours, and taken away again."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from openback.services.app import App

KEPT_S: Final = 24 * 3600
GONE_SENTENCE: Final = "This file is not here any more. Send it again."


def keep_upload(app: App, upload: UploadFile) -> str:
    """Write a file that was sent to the data folder and return its token."""
    _sweep(app)
    token = str(uuid4())
    folder = _folder(app) / token
    folder.mkdir(parents=True)
    with (folder / safe_name(upload.filename or "")).open("wb") as out:
        shutil.copyfileobj(upload.file, out)
    return token


def kept_upload(app: App, token: str) -> Path:
    """Return the path of a file that was sent; 404 when it is gone."""
    try:
        folder = _folder(app) / str(UUID(token))
        return next(folder.iterdir())
    except (ValueError, FileNotFoundError, StopIteration):
        raise HTTPException(404, GONE_SENTENCE) from None


def forget_upload(app: App, token: str) -> None:
    """Remove a file that was sent."""
    shutil.rmtree(_folder(app) / str(UUID(token)), ignore_errors=True)


def safe_name(name: str) -> str:
    """Return a file name without folders or odd characters, at most 80 long: it is only for showing."""
    plain = re.sub(r"[^\w.() -]", "_", name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    return plain[-80:] or "file"


def _folder(app: App) -> Path:
    return app.data_dir / "incoming"


def _sweep(app: App) -> None:
    """Remove what was sent a day ago and never used."""
    folder = _folder(app)
    for old in folder.iterdir() if folder.is_dir() else ():
        if time.time() - old.stat().st_mtime > KEPT_S:
            shutil.rmtree(old, ignore_errors=True)
