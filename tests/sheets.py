"""Sheets for paper, for tests."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image

from openback.model.paper import ExerciseRow, ProgrammeSheets, SessionSheet, WeekSheet

WRITTEN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def row(n: int, **more) -> ExerciseRow:
    given = {
        "picture": f"exercise_{n % 3}",
        "name": f"Exercise number {n}",
        "dose": "3 × 8–12 reps",
        "load": "22.5 kg",
        "more": "rest 90 s, 2 in reserve",
        "sets": 3,
    }
    return ExerciseRow(**{**given, **more})


def sheets(*counts: int, weeks: int = 1, size="A4", **more) -> ProgrammeSheets:
    """Return weeks with sessions of so many exercises each."""
    sessions = tuple(
        SessionSheet(
            title=f"Monday {n} December",
            about="Gym, 45 minutes",
            rows=tuple(row(i, **more) for i in range(count)),
        )
        for n, count in enumerate(counts, 1)
    )
    return ProgrammeSheets(
        title="Anna’s programme",
        weeks=tuple(
            WeekSheet(
                title=f"Week {n} of {weeks}",
                about="23 to 29 November 2026",
                mark="Easy week" if n == 1 else "",
                sessions=sessions,
            )
            for n in range(1, weeks + 1)
        ),
        size=size,
        written_at=WRITTEN,
    )


def picture(colour: str = "#c8502f") -> bytes:
    into = io.BytesIO()
    Image.new("RGBA", (48, 48), colour).save(into, "PNG")
    return into.getvalue()


PICTURES = {f"exercise_{n}": picture(colour) for n, colour in enumerate(("#c8502f", "#2f7d5b", "#b7791f"))}
