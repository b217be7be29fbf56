"""What the screening and the pain diary say of a profile today."""

from __future__ import annotations

from openback.model.person import Profile
from openback.model.programme import Screened, ScreeningReason
from openback.services.app import App
from openback.services.findings import pain_stops, with_diary
from openback.training.screening import load_questions, screen


def screened_now(app: App, profile: Profile) -> Screened:
    """Return what the screening finds in this profile today, with what repeated pain adds to its complaints."""
    return screen(with_diary(app, profile), app.catalogue, load_questions(), app.today)


def stops_now(app: App, profile: Profile) -> tuple[ScreeningReason, ...]:
    """Return what speaks against training today: the screening's stops and the pain diary's, urgent ones first."""
    found = (*screened_now(app, profile).stops, *pain_stops(app, profile.person))
    return tuple(sorted(found, key=lambda stop: (not stop.urgent, stop.rank)))
