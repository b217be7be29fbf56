"""What the screening says of a profile today."""

from __future__ import annotations

from openback.model.person import Profile
from openback.model.programme import Screened
from openback.services.app import App
from openback.training.screening import load_questions, screen


def screened_now(app: App, profile: Profile) -> Screened:
    """Return what the screening finds in this profile today."""
    return screen(profile, app.catalogue, load_questions(), app.today)
