"""Answers on the way: what somebody told before there is a profile to keep it in."""

from __future__ import annotations

from pathlib import Path

from openback.services.app import App
from openback.services.writing import writing


def kept_draft(app: App) -> str:
    """Return what was kept, as it was given; empty when nothing is there."""
    try:
        return _where(app).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def keep_draft(app: App, text: str) -> None:
    """Keep answers over the ones before; a reader sees the old or the new, never half of one."""
    with writing(_where(app)) as stream:
        stream.write(text)


def forget_draft(app: App) -> None:
    """Forget the answers on the way."""
    _where(app).unlink(missing_ok=True)


def _where(app: App) -> Path:
    """Return the file of the draft: beside the database, since there is no person to hang it on yet."""
    return app.data_dir / f"welcome-{app.person_id}.json"
