"""Profile, programme, exercises and progress."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from openback.catalogue import exercise_json
from openback.services import library, people, planning
from openback.services import progress as progress_case
from openback.services import today as today_case
from openback.services.eat.kitchen import kitchen_of
from openback.services.eat.wishes import check_food_wishes, keep_food_wishes
from openback.services.eat.wishes_json import profile_with_food, wishes_from_json
from openback.services.profile_json import ProfileJson
from openback.services.who import known_profile
from openback.web.api.answers import Record, record, records
from openback.web.api.schemas import LikeIn
from openback.web.routes.deps import TheApp

router = APIRouter()

Filter = Annotated[str | None, Query(max_length=100)]


@router.get("/profile", tags=["profile"])
def get_profile(app: TheApp) -> Record:
    """Return the profile, in the shape that PUT takes."""
    return profile_with_food(app, known_profile(app))


@router.put("/profile", tags=["profile"])
def put_profile(app: TheApp, body: ProfileJson) -> Record:
    """Keep a profile and return the programme that follows: `status` is `stopped` when the screening says so.

    A part "food" keeps the wishes about eating as well; without one they stay as they are.
    """
    profile = body.value()
    read = wishes_from_json(body.food, kitchen_of(app), profile.person, app.today)
    check_food_wishes(app, profile.person, read.wishes)
    kept = people.keep_profile(app, profile)
    if body.food is not None:
        keep_food_wishes(app, read.wishes)
    return record(kept)


@router.get("/screening", tags=["profile"])
def screening(app: TheApp) -> list[Record]:
    """Return the questions of the screening in the order in which they are asked."""
    return records(people.screening_questions(app))


@router.get("/today", tags=["programme"])
def today(app: TheApp) -> Record:
    """Return the next session, what changed since last time, and the week so far."""
    return record(today_case.today(app))


@router.get("/programme", tags=["programme"])
def programme(app: TheApp) -> Record:
    """Return the block as a calendar, with the dose of the week and the reasons."""
    return record(planning.train(app))


@router.post("/programme", tags=["programme"], status_code=201)
def new_programme(app: TheApp) -> Record:
    """Plan a new block from today."""
    return record(planning.new_block(app))


@router.post("/programme/undo", tags=["programme"])
def undo_programme(app: TheApp) -> Record:
    """Take back the last change to the plan and return it."""
    planning.undo_plan(app)
    return record(planning.train(app))


@router.get("/exercises", tags=["exercises"])
def exercises(
    app: TheApp,
    text: Annotated[str, Query(max_length=100)] = "",
    muscle: Filter = None,
    kit: Filter = None,
    pattern: Filter = None,
) -> Record:
    """Return the exercises that fit the words and the filters; all of them without any."""
    return record(library.library(app, text, muscle=muscle, kit=kit, pattern=pattern))


@router.get("/exercises/{exercise_id}", tags=["exercises"])
def exercise(app: TheApp, exercise_id: str) -> Record:
    """Return one exercise with the keys of its file: guide, muscles, evidence, safety."""
    return exercise_json(library.known_exercise(app, exercise_id))


@router.put("/exercises/{exercise_id}/liking", tags=["exercises"], status_code=204)
def like(app: TheApp, exercise_id: str, body: LikeIn) -> None:
    """Keep that an exercise is liked, disliked or neither; the next programme follows it."""
    library.like(app, exercise_id, body.liking)


@router.get("/progress", tags=["progress"])
def progress(app: TheApp) -> Record:
    """Return strength with its bands, sets per muscle, and records."""
    return record(progress_case.progress(app))
