"""Library: find an exercise, and everything about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from openback.model.exercise import Catalogue, Exercise
from openback.motion.figure.picture import Theme
from openback.services import library as use_case
from openback.services import people
from openback.services.app import App
from openback.services.views import LibraryView
from openback.web import body_map
from openback.web.curve_chart import curve_chart
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.figures import figures_of
from openback.web.set_rows import set_words

router = APIRouter(prefix="/library")

PATTERNS: Final = {
    "vertical_pull": "Pull down",
    "horizontal_pull": "Row",
    "rear_delt": "Rear shoulder",
    "shrug": "Shrug",
    "scapular": "Shoulder blades",
    "hold": "Hold",
    "stretch": "Stretch",
    "hinge": "Hinge",
}
LEVELS: Final = {"beginner": "Beginner", "intermediate": "Some practice", "advanced": "Advanced"}
TWINS: Final = {
    "gym": "In a gym",
    "dumbbell": "With dumbbells",
    "band": "With a band",
    "body": "With your body",
    "yoga": "As yoga",
}
CONFIDENCE: Final = {
    "measured": "Measured in this exercise",
    "close_variant": "Taken from close variants",
    "anatomy": "From anatomy",
}
SURENESS: Final = {"high": "well supported", "medium": "fairly supported", "low": "background only"}
NEAREST_SHOWN: Final = 4

Filter = Annotated[str, Query(max_length=100)]


@router.get("")
def library(
    request: Request,
    app: TheApp,
    text: Filter = "",
    muscle: Filter = "",
    kit: Filter = "",
    pattern: Filter = "",
) -> Response:
    """Show the exercises that fit the search."""
    catalogue = app.catalogue
    chosen = _known(catalogue, {"text": text.strip(), "muscle": muscle, "kit": kit, "pattern": pattern})
    view = use_case.library(
        app,
        chosen["text"],
        muscle=chosen["muscle"] or None,
        kit=chosen["kit"] or None,
        pattern=chosen["pattern"] or None,
    )
    used = {item for exercise in catalogue.exercises.values() for item in exercise.kit}
    return page(
        request,
        "library.html",
        view=view,
        chosen=chosen,
        nearest=() if view.found else _nearest(app, view),
        map=body_map.to_choose(
            catalogue.muscles.values(),
            view.muscle,
            lambda key: address(chosen | {"muscle": key}),
            figure(app),
        ),
        address=lambda **changed: address(chosen | changed),
        patterns={
            key: PATTERNS[key]
            for key in PATTERNS
            if any(e.pattern == key for e in catalogue.exercises.values())
        },
        kits={key: item.name for key, item in catalogue.kit.items() if key in used},
        levels=LEVELS,
        kit_words=lambda exercise: kit_words(catalogue, exercise),
        main_muscles=lambda exercise: main_muscles(catalogue, exercise),
        thumbnail=thumbnails(request, figure(app)),
    )


def thumbnails(request: Request, sex: body_map.Figure) -> Callable[[Exercise], Mapping[Theme, str]]:
    """Return what gives the addresses of an exercise's small picture by theme; none when there is none."""
    figures = figures_of(request)
    return lambda exercise: figures.thumbnail(exercise, sex)


def _known(catalogue: Catalogue, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what was asked for, without filters that do not exist."""
    there = {"muscle": catalogue.muscles, "kit": {**catalogue.kit, "none": None}, "pattern": PATTERNS}
    return {key: value if key == "text" or value in there[key] else "" for key, value in asked.items()}


def address(chosen: Mapping[str, str]) -> str:
    """Return the address of the library with these filters; empty ones are left out."""
    query = urlencode({key: value for key, value in chosen.items() if value})
    return f"/library?{query}" if query else "/library"


def _nearest(app: App, view: LibraryView) -> tuple[Exercise, ...]:
    """Return what to offer when nothing fits: the same words without filters, else the same muscle."""
    by_words = use_case.library(app, view.text).found if view.text else ()
    by_muscle = use_case.library(app, muscle=view.muscle).found if view.muscle else ()
    return (by_words or by_muscle)[:NEAREST_SHOWN]


def kit_words(catalogue: Catalogue, exercise: Exercise) -> str:
    """Return the kit of an exercise in words; `No kit` when it needs none."""
    return ", ".join(catalogue.kit[key].name for key in exercise.kit) or "No kit"


def main_muscles(catalogue: Catalogue, exercise: Exercise) -> str:
    """Return the muscles that it works most, up to two, or what it opens."""
    ordered = sorted(exercise.muscles.items(), key=lambda pair: -pair[1])
    names = [catalogue.muscles[key].name for key, share in ordered if share > 0][:2]
    return (
        ", ".join(names) or ", ".join(region.replace("_", " ") for region in exercise.stretches).capitalize()
    )


def figure(app: App) -> body_map.Figure:
    """Return the figure of this person's body map."""
    profile = people.profile_of(app)
    return body_map.figure_of(profile.person.sex if profile else None)


@router.get("/{exercise_id}")
def exercise(request: Request, app: TheApp, exercise_id: str) -> Response:
    """Show one exercise with all it links to."""
    view = use_case.exercise(app, exercise_id)
    units = people.units_of(app)
    return page(
        request,
        "exercise.html",
        view=view,
        exercise=view.exercise,
        map=body_map.by_share(view.muscles, figure(app)),
        moving=figures_of(request).view(view.exercise, figure(app)),
        patterns=PATTERNS,
        levels=LEVELS,
        twin_words=TWINS,
        confidence=CONFIDENCE,
        sureness=SURENESS,
        sources={source.id: source for source in view.sources},
        known_person=people.profile_of(app) is not None,
        set_text=lambda one: set_words(view.exercise, one, units),
        chart=curve_chart(view.strength, units) if view.strength else None,
    )


@router.post("/{exercise_id}/like")
def like(app: TheApp, exercise_id: str, liking: Annotated[use_case.Liking, Form()]) -> Response:
    """Keep whether this exercise is liked."""
    use_case.like(app, exercise_id, liking)
    said = {
        "like": "Noted: you like it.",
        "dislike": "Noted: it will be left out where it can be.",
        "neither": "Noted.",
    }
    return see(f"/library/{exercise_id}", said=said[liking])
