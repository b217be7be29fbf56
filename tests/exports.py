"""Small exports of other apps, written by us, and the reading of them, for the import tests."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path

from openback.interop import read_history
from openback.model.history import History, Unit

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
    '"set_type","weight_kg","reps","distance_km","duration_seconds","rpe"'
)
FITNOTES = "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment"


def saved(folder: Path, text: str, *, name: str = "history.csv", encoding: str = "utf-8") -> Path:
    """Return the path of a new file with this text, line ends untouched."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(
    path: Path, *, unit: Unit | None = None, own_unit: Unit = "kg", zone: tzinfo = UTC, now: datetime = NOW
) -> History:
    """Return the history in a file, the clock and the zone fixed."""
    return read_history(path, unit=unit, own_unit=own_unit, zone=zone, now=now)


def accounted(history: History) -> None:
    """Fail unless every row is either kept or left out, once."""
    assert history.read == history.kept + len(history.skipped)
    lines = [row.line for row in history.skipped] + [row.line for row in history.sets]
    assert len(lines) == len(set(lines))
    assert history.kept == len(history.sets) + (
        len(history.sessions) + len(history.mass) if history.format == "openback" else 0
    )


def brief(history: History) -> list[tuple[object, ...]]:
    """Return each set as line, name, kind, load, reps, hold and reps in reserve."""
    return [
        (s.line, s.log.exercise, s.log.kind, s.log.load_kg, s.log.reps, s.log.hold_s, s.log.rir)
        for s in history.sets
    ]
