"""One week of the block, muscle by muscle: planned, done, and the band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from openback.model.exercise import Catalogue
from openback.model.programme import Session
from openback.services.app import App
from openback.services.block import Block
from openback.services.counting import monday_of, muscle_sets, week_span
from openback.services.views import MuscleDose

LEFT_OUT: Final = frozenset({"skipped", "away"})  # nobody expects these sessions


def week_dose(app: App, block: Block, monday: date) -> tuple[MuscleDose, ...]:
    """Return planned and done sets of each muscle with a band, in the catalogue's order."""
    start, end = week_span(monday)
    done = muscle_sets(app.catalogue, app.store.sets_between(app.person_id, start, end))
    planned = planned_sets(
        app.catalogue,
        (d.session for d in block.dated if monday_of(d.on) == monday and d.status not in LEFT_OUT),
    )
    return tuple(
        MuscleDose(
            muscle=muscle,
            planned_sets=planned.get(key, 0.0),
            done_sets=done.get(key, 0.0),
            low=block.kept.programme.weekly_band[key][0],
            high=block.kept.programme.weekly_band[key][1],
        )
        for key, muscle in app.catalogue.muscles.items()
        if key in block.kept.programme.weekly_band
    )


def planned_sets(catalogue: Catalogue, sessions: Iterable[Session]) -> dict[str, float]:
    """Return the fractional sets per muscle that sessions hold."""
    total: dict[str, float] = defaultdict(float)
    for session in sessions:
        for item in session.items:
            exercise = catalogue.exercises.get(item.exercise)
            for muscle, share in exercise.muscles.items() if exercise and not item.mobility else ():
                total[muscle] += share * item.sets
    return dict(total)
