"""The library: find exercises, look at one, like or dislike it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from openback.catalogue import find_exercises
from openback.errors import UnknownExercise
from openback.model.exercise import Exercise
from openback.services.app import App
from openback.services.curves import strength_curve
from openback.services.screened import screened_now
from openback.services.views import ExerciseView, LibraryView
from openback.services.who import known_person, profile_now

Liking = Literal["like", "dislike", "neither"]
MOST_FOUND = 60


def library(
    app: App, text: str = "", *, muscle: str | None = None, kit: str | None = None, pattern: str | None = None
) -> LibraryView:
    """Return the exercises that fit the words and the filters; all of them without any."""
    all_found: tuple[Exercise, ...]
    if text.strip():
        all_found = tuple(match.exercise for match in find_exercises(app.catalogue, text, limit=MOST_FOUND))
    else:
        all_found = tuple(app.catalogue.exercises.values())
    fitting = {
        exercise.id
        for exercise in app.catalogue.exercises.values()
        if (muscle is None or exercise.muscles.get(muscle, 0) > 0)
        and (kit is None or (kit in exercise.kit if kit != "none" else not exercise.kit))
        and (pattern is None or exercise.pattern == pattern)
    }
    return LibraryView(
        text=text,
        found=tuple(exercise for exercise in all_found if exercise.id in fitting),
        total=len(app.catalogue.exercises),
        muscle=muscle,
        kit=kit,
        pattern=pattern,
    )


def exercise(app: App, exercise_id: str) -> ExerciseView:
    """Return one exercise with all it links to. Raises UnknownExercise."""
    shown = known_exercise(app, exercise_id)
    catalogue = app.catalogue
    profile = profile_now(app)
    kept = app.store.latest_programme(app.person_id)
    sessions = kept.programme.sessions if kept else ()
    person = profile.person if profile else None
    return ExerciseView(
        exercise=shown,
        muscles=tuple(
            (catalogue.muscles[key], share)
            for key, share in sorted(shown.muscles.items(), key=lambda m: -m[1])
        ),
        kit=tuple(catalogue.kit[key].name for key in shown.kit),
        sources=tuple(catalogue.sources[key] for key in _sources_of(shown)),
        easier=_named(app, shown.swap.easier),
        harder=_named(app, shown.swap.harder),
        twins=tuple((kind, catalogue.exercises[key]) for kind, key in shown.swap.twins.items()),
        not_for_you=screened_now(app, profile).banned.get(shown.id, "") if profile else "",
        in_programme=any(item.exercise == shown.id for session in sessions for item in session.items),
        liked=person is not None and shown.id in person.liked,
        disliked=person is not None and shown.id in person.disliked,
        history=app.store.latest_sets_of(app.person_id, shown.id),
        strength=strength_curve(app, shown),
    )


def known_exercise(app: App, exercise_id: str) -> Exercise:
    """Return an exercise of the catalogue, or raise UnknownExercise."""
    found = app.catalogue.exercises.get(exercise_id)
    if found is None:
        raise UnknownExercise(exercise_id, app.catalogue.exercises)
    return found


def like(app: App, exercise_id: str, liking: Liking) -> None:
    """Keep that this exercise is liked, disliked or neither; the next programme follows it."""
    known_exercise(app, exercise_id)
    person = known_person(app)
    liked = tuple(key for key in person.liked if key != exercise_id)
    disliked = tuple(key for key in person.disliked if key != exercise_id)
    if liking == "like":
        liked = (*liked, exercise_id)
    if liking == "dislike":
        disliked = (*disliked, exercise_id)
    app.store.put_person(app.person_id, replace(person, liked=liked, disliked=disliked))


def _named(app: App, ids: tuple[str, ...]) -> tuple[Exercise, ...]:
    return tuple(app.catalogue.exercises[key] for key in ids)


def _sources_of(shown: Exercise) -> tuple[str, ...]:
    """Return the keys of everything the page cites, each once, in the order of the text."""
    cited = [*shown.sources, *(key for tip in shown.guide.tips for key in tip.sources)]
    return tuple(dict.fromkeys(cited))
