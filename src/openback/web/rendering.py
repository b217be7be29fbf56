"""Templates into answers: what every page knows, and the line that is said once after an action."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from openback.services import people
from openback.services.app import App
from openback.units import Units, shown_height, shown_mass
from openback.web import meal_words, plates, words
from openback.web.assets import Assets, Built
from openback.web.away_words import away_words
from openback.web.security import LOCAL_HOSTS, host_name

SAID_COOKIE: Final = "openback_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One entry of the bars. It shows only when the app has its page."""

    name: str
    href: str
    icon: str
    here: bool = False
    on_a_phone: bool = False  # a laptop has it in the side bar
    on_a_laptop: bool = False  # a phone's bar has no room for it


ROOMS: Final = (
    Room(name="Today", href="/", icon="house"),
    Room(name="Train", href="/train", icon="calendar-days"),
    Room(name="Eat", href="/eat", icon="utensils"),
    Room(name="Progress", href="/progress", icon="chart-line"),
    Room(name="Desk", href="/desk", icon="lamp-desk", on_a_laptop=True),
    Room(name="Library", href="/library", icon="book-open"),
)

# The pages of the room Eat, as the row of links below its heading shows them.
EAT_PAGES: Final = (
    Room(name="Week", href="/eat", icon="calendar-days"),
    Room(name="Log", href="/eat/log", icon="notebook-pen"),
    Room(name="Shopping", href="/eat/shopping", icon="shopping-basket"),
    Room(name="Recipes", href="/eat/recipes", icon="chef-hat"),
    Room(name="Nutrients", href="/eat/nutrients", icon="list-checks"),
    Room(name="Weight", href="/eat/weight", icon="scale"),
    Room(name="Targets", href="/eat/targets", icon="target"),
)

# The pages of the room Progress, in the same way.
PROGRESS_PAGES: Final = (
    Room(name="Strength", href="/progress", icon="dumbbell"),
    Room(name="Body", href="/progress/body", icon="ruler"),
    Room(name="Review", href="/progress/review", icon="notebook-pen"),
    Room(name="Steps", href="/progress/steps", icon="trending-up"),
    Room(name="Photos", href="/progress/photos", icon="camera"),
    Room(name="Board", href="/progress/board", icon="heart"),
    Room(name="Reports", href="/progress/reports", icon="printer"),
    Room(name="Desk", href="/desk", icon="laptop", on_a_phone=True),
)

# The pages of the room Desk.
DESK_PAGES: Final = (
    Room(name="Overview", href="/desk", icon="lamp-desk"),
    Room(name="Posture", href="/desk/posture", icon="person-standing"),
    Room(name="Tests", href="/desk/tests", icon="ruler"),
    Room(name="Pain", href="/desk/pain", icon="bandage"),
    Room(name="Break", href="/desk/break", icon="coffee"),
    Room(name="Stretch", href="/desk/stretch", icon="move"),
    Room(name="Yoga", href="/desk/yoga", icon="flower-2"),
    Room(name="Slouch", href="/desk/slouch", icon="laptop"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was just done, and the address that undoes it (POST), if it can be undone."""

    text: str
    undo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How this person wants pages to look."""

    theme: str = "system"
    units: Units = "metric"


@cache
def make_environment() -> Environment:
    """Return the Jinja environment: strict, escaped, with the words of `openback.web.words`."""
    folder = Path(__file__).parent / "templates"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "clock": words.clock,
        "spread": words.spread,
        "dose": words.dose,
        "sets": words.sets_number,
        "listed": words.listed,
        "plural": words.plural,
        "room": words.room,
        "signed": words.signed,
        "fine": words.fine,
        "view_words": words.view_words,
    } | dict(meal_words.FILTERS)
    env.globals["plate_of"] = plates.plate_of
    return env


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Renders templates; `paths` are the addresses the app has, so that no link is dead."""

    built: Built
    paths: frozenset[str]
    env: Environment = field(default_factory=make_environment)

    @property
    def assets(self) -> Assets:
        """What is built now."""
        return self.built.now()

    def html(self, name: str, values: Mapping[str, object]) -> str:
        """Return a template filled with values."""
        return self.env.get_template(name).render(values)


def app_of(request: Request) -> App:
    """Return the use cases' App of this request."""
    return cast("App", request.app.state.openback)


def looks_of(app: App) -> Looks:
    """Return the theme and units that this person chose."""
    return Looks(theme=people.preference(app, "theme", "system"), units=people.units_of(app))


def page(request: Request, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page made from template `name`; `values` are what it shows."""
    app = app_of(request)
    looks = looks_of(app)
    said = read_said(request)
    known = shell_values(request, looks, said) | {
        "today": app.today,
        "demo": app.demo,
        "short_day": words.short_day,
        "month": words.month,
        "day": partial(words.day_words, today=app.today),
        "long_day": partial(words.long_day, today=app.today),
        "away_words": partial(away_words, today=app.today),
    }
    answer = HTMLResponse(pages_of(request).html(name, known | values), status_code=status)
    if said is not None:
        answer.delete_cookie(SAID_COOKIE)
    return answer


def pages_of(request: Request) -> Pages:
    """Return the renderer of this app."""
    return cast("Pages", request.app.state.pages)


def shell_values(request: Request, looks: Looks, said: Said | None = None) -> dict[str, Any]:
    """Return what every template knows, without asking the database."""
    pages = pages_of(request)
    path = request.url.path
    has = pages.paths
    rooms = [
        Room(
            name=r.name,
            href=r.href,
            icon=r.icon,
            here=path == r.href or (r.href != "/" and path.startswith(r.href)),
            on_a_laptop=r.on_a_laptop,
        )
        for r in ROOMS
        if r.href in has
    ]
    return {
        "theme": looks.theme,
        "units": looks.units,
        "path": path,
        "rooms": rooms,
        "eat_pages": [one for one in EAT_PAGES if one.href in has],
        "progress_pages": [one for one in PROGRESS_PAGES if one.href in has],
        "desk_pages": [one for one in DESK_PAGES if one.href in has],
        "has_library": "/library/{exercise_id}" in has,
        "has_session": "/session/{session_id}" in has,
        "said": said,
        "secure_context": gives_camera(request),
        "icon": pages.assets.icon,
        "asset_url": pages.assets.url,
        "vendor_url": pages.assets.vendor_url,
        "assets_missing": pages.assets.missing,
        "mass": partial(shown_mass, units=looks.units),
        "height": partial(shown_height, units=looks.units),
        "load": partial(words.load, units=looks.units),
        "mass_unit": "kg" if looks.units == "metric" else "lb",
        "grams": partial(meal_words.grams, units=looks.units),
    }


def gives_camera(request: Request) -> bool:
    """Return whether browsers give the camera to a page that came this way: by https, or from this machine."""
    return request.url.scheme == "https" or host_name(request.headers.get("host", "")) in LOCAL_HOSTS


def read_said(request: Request) -> Said | None:
    """Return what the last action said, or None. A cookie that is not ours is not read."""
    try:
        raw = json.loads(unquote(request.cookies.get(SAID_COOKIE, "")))
        text, undo = str(raw["text"]), str(raw["undo"])
    except (ValueError, KeyError, TypeError):
        return None
    return Said(text=text[:200], undo=undo if undo.startswith("/") and not undo.startswith("//") else "")


def see(address: str, said: str = "", undo: str = "") -> Response:
    """Return an answer that sends the browser on by GET; `said` shows once on the next page."""
    answer = RedirectResponse(address, status_code=303)
    if said:
        value = quote(json.dumps({"text": said, "undo": undo}))
        answer.set_cookie(SAID_COOKIE, value, max_age=60, httponly=True, samesite="strict")
    return answer
