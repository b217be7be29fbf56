"""Whose data it is: the person and the profile that use cases stand on, as they are today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from openback.errors import NoProfileYet
from openback.model.person import Person, Profile
from openback.services.app import App

WEEKS_TOLD_ON: Final = "weeks_told_on"  # preference: the day on which pregnancy or birth weeks were told
LAST_PREGNANCY_WEEK: Final = 42
LAST_WEEK_SINCE_BIRTH: Final = 104


def known_person(app: App) -> Person:
    """Return the person. Raises NoProfileYet before the questions were answered."""
    person = app.store.person(app.person_id)
    if person is None:
        raise NoProfileYet
    return person


def profile_now(app: App) -> Profile | None:
    """Return the profile as it is today, None before the questions were answered.

    Weeks of pregnancy and weeks since birth have gone on since they were told.
    """
    profile = app.store.profile(app.person_id)
    if profile is None or (
        profile.person.pregnancy_week is None and profile.person.weeks_since_birth is None
    ):
        return profile
    told = app.store.preferences(app.person_id).get(WEEKS_TOLD_ON)
    passed = (app.today - date.fromisoformat(told)).days // 7 if told else 0
    return replace(profile, person=weeks_later(profile.person, max(0, passed)))


def known_profile(app: App) -> Profile:
    """Return the profile as it is today. Raises NoProfileYet before the questions were answered."""
    profile = profile_now(app)
    if profile is None:
        raise NoProfileYet
    return profile


def weeks_later(person: Person, weeks: int) -> Person:
    """Return the person so many weeks later; counting stops where it says no more."""
    pregnant, since = person.pregnancy_week, person.weeks_since_birth
    return replace(
        person,
        pregnancy_week=None if pregnant is None else min(LAST_PREGNANCY_WEEK, pregnant + weeks),
        weeks_since_birth=None if since is None else min(LAST_WEEK_SINCE_BIRTH, since + weeks),
    )


def note_weeks_told(app: App, person: Person) -> None:
    """Remember that weeks of pregnancy or since birth were told today."""
    told = person.pregnancy_week is not None or person.weeks_since_birth is not None
    app.store.put_preference(app.person_id, WEEKS_TOLD_ON, app.today.isoformat() if told else None)
