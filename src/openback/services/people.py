"""Who trains here: profile, screening, preferences."""

from __future__ import annotations

from dataclasses import replace

from openback.model.log import MassLog
from openback.model.person import Profile
from openback.model.programme import Programme
from openback.services import block as blocks
from openback.services.app import App
from openback.services.profile_rules import check_profile
from openback.services.who import known_person, note_weeks_told, profile_now
from openback.training.screening import Question, load_questions
from openback.units import Units


def profile_of(app: App) -> Profile | None:
    """Return the profile as it is today, or None before the welcome questions."""
    return profile_now(app)


def keep_profile(app: App, profile: Profile) -> Programme:
    """Keep a profile and return the new programme that follows from it.

    Raises BadProfile with every problem, or NoProgramme; then nothing was changed.
    """
    check_profile(profile, app.catalogue, app.today)
    planned = blocks.block_for(app, profile)  # takes a while, and nobody else is kept waiting for it
    before = app.store.person(app.person_id)
    with app.store.transaction():
        app.store.put_profile(app.person_id, profile, at=app.now())
        note_weeks_told(app, profile.person)
        if before is None or before.mass_kg != profile.person.mass_kg:
            app.store.put_mass(app.person_id, MassLog(at=app.now(), mass_kg=profile.person.mass_kg))
        app.store.begin_programme(app.person_id, planned)
    return planned.programme


def screening_questions(_app: App) -> tuple[Question, ...]:
    """Return the questions of the screening in the order in which they are asked."""
    return load_questions().items


def units_of(app: App) -> Units:
    """Return the units this person reads; metric before they chose."""
    person = app.store.person(app.person_id)
    return person.units if person else "metric"


def set_units(app: App, units: Units) -> None:
    """Keep the units this person reads; nothing else changes."""
    app.store.put_person(app.person_id, replace(known_person(app), units=units))


def preference(app: App, key: str, default: str) -> str:
    """Return what was preferred under this key, else the default."""
    return app.store.preferences(app.person_id).get(key, default)


def set_preference(app: App, key: str, value: str) -> None:
    """Keep one preference."""
    app.store.put_preference(app.person_id, key, value)
