"""The revisions of the database, oldest first; a test holds this list against the files."""

from __future__ import annotations

from typing import Final

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD: Final = REVISIONS[-1]
VERSION_TABLE: Final = "openback_revision"
