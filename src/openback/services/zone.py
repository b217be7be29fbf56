"""The name of the time zone in which this machine runs, for calendars that have to know its rules."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

_LINK: Final = Path("/etc/localtime")
_NAMED: Final = Path("/etc/timezone")
_CHECKED_WEEKS: Final = range(-26, 27, 2)


def local_zone(now: datetime) -> ZoneInfo | None:
    """Return the zone whose clock this machine shows around now, None when it has no name that holds.

    A name is believed only when its clock agrees with the machine's for half a year either way.
    """
    for name in _told():
        with suppress(ValueError, OSError, KeyError):  # no name at all, a folder, a zone that is not here
            zone = ZoneInfo(name)
            if _agrees(zone, now):
                return zone
    return None


def _told() -> Iterator[str]:
    """Yield what the system calls its zone, the surest first."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named:
        yield named
        return
    with suppress(OSError):
        _, found, name = _LINK.resolve().as_posix().partition("/zoneinfo/")
        if found:
            yield name
    with suppress(OSError, UnicodeDecodeError):
        yield _NAMED.read_text(encoding="utf-8").strip()


def _agrees(zone: ZoneInfo, now: datetime) -> bool:
    instants = (now + timedelta(weeks=weeks) for weeks in _CHECKED_WEEKS)
    return all(at.astimezone(zone).utcoffset() == at.astimezone().utcoffset() for at in instants)
