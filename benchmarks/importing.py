"""How long it takes to read a long history: 20,000 sets, names matched, nothing stored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import Figure, median_s
from openback.catalogue import load_catalogue
from openback.interop import match_names, read_history, report_json
from openback.model.exercise import Catalogue

ROWS: Final = 20_000
_SETS_A_SESSION: Final = 20
_NAMES: Final = (
    "Lat Pulldown (Cable)",
    "Seated Row (Cable)",
    "Face Pull",
    "Bench Press (Barbell)",
    "Ohio State",
)
_TURKISH: Final = ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara")
_STRONG: Final = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
_HEVY: Final = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,"
    "reps,distance_km,duration_seconds,rpe"
)


def run() -> Sequence[Figure]:
    """Return the wall times of reading and matching 20,000 rows of two apps, in seconds."""
    catalogue = load_catalogue()
    forms = {"Strong": (_STRONG, _strong_row), "Hevy in Turkish": (_HEVY, _hevy_row)}
    with tempfile.TemporaryDirectory() as folder:
        return [
            Figure(
                name=f"{ROWS:,} rows of {app}",
                value=median_s(partial(_read, _written(Path(folder), heading, row), catalogue), times=3),
                unit="s",
                at_most=5,
                note="names matched, nothing stored",
            )
            for app, (heading, row) in forms.items()
        ]


def _written(folder: Path, heading: str, row: Callable[[int], str]) -> Path:
    path = folder / f"{row.__name__}.csv"
    path.write_text("\n".join([heading, *(row(n) for n in range(ROWS))]), encoding="utf-8")
    return path


def _read(path: Path, catalogue: Catalogue) -> dict[str, object]:
    history = read_history(path, own_unit="kg")
    return report_json(history, match_names(history.names, catalogue))


def _start(number: int) -> datetime:
    return datetime(2020, 1, 1, 18, 30) + timedelta(days=2 * (number // _SETS_A_SESSION))  # noqa: DTZ001 - as exported


def _strong_row(number: int) -> str:
    name = _NAMES[number // 4 % len(_NAMES)]
    return (
        f"{_start(number)},Pull,1h 5m,{name},{number % 4 + 1},{40 + number % 7 * 2.5},{8 + number % 5},0,0,,,"
    )


def _hevy_row(number: int) -> str:
    start = _start(number)
    when = f'"{start.day} {_TURKISH[start.month - 1]} {start.year}, {start:%H:%M}"'
    name = _NAMES[number // 4 % len(_NAMES)]
    return f'"Pull ""A""",{when},{when},,"{name}",,,{number % 4},normal,{40 + number % 7 * 2.5},{8 + number % 5},,,8'
