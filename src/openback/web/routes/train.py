"""Train: the block as a calendar, the sets of each muscle, and every change to the plan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import UnknownExercise
from openback.model.exercise import Exercise
from openback.services import people, planning
from openback.services.app import App
from openback.services.mobility import mobility_week
from openback.services.views import PlannedSessionView, TrainView
from openback.web.errors import LOST_SENTENCE
from openback.web.forms.steps import MINUTES
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/train")

OPEN: Final = ("today", "next", "upcoming", "missed", "skipped", "away")
UNDO: Final = "/train/undo"

Text = Annotated[str, Form(max_length=100)]


@router.get("")
def train(
    request: Request,
    app: TheApp,
    week: Annotated[int | None, Query()] = None,
    session: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """Show the block, and one week of it in full: row `week`, or the row that has `session` (such as `2-1`)."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = planning.train(app)
    if not view.weeks:
        return page(request, "train_empty.html")
    asked = _row_with(view, session) if week is None else week
    shown = max(0, min(asked, len(view.weeks) - 1))
    return page(
        request,
        "train.html",
        view=view,
        shown=shown,
        week=view.weeks[shown],
        open=OPEN,
        mobility=mobility_week(app, view.weeks[shown][0].on),
        top=max((max(one.high, one.planned_sets, one.done_sets) for one in view.dose), default=1) * 1.08,
    )


def _row_with(view: TrainView, session: str) -> int:
    """Return the row of the calendar that has a session, this week's when none has it."""
    for row, days in enumerate(view.weeks):
        if any(f"{one.session.week}-{one.session.day}" == session for one in days if one.session is not None):
            return row
    return view.this_week


def session_of(view: TrainView, week: int, day: int) -> PlannedSessionView:
    """Return a session of the programme; 404 when it has none there."""
    for one in (one for days in view.weeks for one in days):
        if one.session is not None and (one.session.week, one.session.day) == (week, day):
            return one.session
    raise HTTPException(404, LOST_SENTENCE)


def exercise_of(app: App, exercise_id: str) -> Exercise:
    """Return an exercise of the catalogue. Raises UnknownExercise."""
    exercise = app.catalogue.exercises.get(exercise_id)
    if exercise is None:
        raise UnknownExercise(exercise_id, tuple(app.catalogue.exercises))
    return exercise


@router.get("/{week}/{day}/change")
def change(request: Request, app: TheApp, week: int, day: int) -> Response:
    """Show what can be changed about one session."""
    session = session_of(planning.train(app), week, day)
    profile = people.profile_of(app)
    return page(
        request,
        "train_change.html",
        session=session,
        minutes=MINUTES,
        nearest=min(MINUTES, key=lambda minutes: abs(minutes - session.minutes)),
        places=[place.name for place in profile.places] if profile else [],
    )


@router.get("/{week}/{day}/swap/{exercise_id}")
def swap_choices(request: Request, app: TheApp, week: int, day: int, exercise_id: str) -> Response:
    """Show what can stand in for an exercise."""
    old = exercise_of(app, exercise_id)
    choices = planning.swap_choices(app, week, day, exercise_id)
    return page(request, "train_swap.html", week=week, day_number=day, old=old, choices=choices)


def _back(week: int, day: int, said: str) -> Response:
    return see(f"/train?session={week}-{day}#session-{week}-{day}", said=said, undo=UNDO)


@router.post("/{week}/{day}/swap")
def swap(app: TheApp, week: int, day: int, old: Text, new: Text) -> Response:
    """Put another exercise in an exercise's place."""
    planning.swap(app, week, day, old, new)
    return _back(week, day, f"{exercise_of(app, old).name} is now {exercise_of(app, new).name}.")


@router.post("/{week}/{day}/pin")
def pin(app: TheApp, week: int, day: int, exercise: Text) -> Response:
    """Keep an exercise on its day, whatever else changes."""
    planning.pin(app, week, day, exercise)
    return _back(week, day, f"{exercise_of(app, exercise).name} stays on this day.")


@router.post("/ban")
def ban(app: TheApp, exercise: Text) -> Response:
    """Never plan an exercise again."""
    planning.ban(app, exercise)
    return see("/train", said=f"{exercise_of(app, exercise).name} is not planned any more.", undo=UNDO)


@router.post("/{week}/{day}/skip")
def skip(app: TheApp, week: int, day: int) -> Response:
    """Leave a session out."""
    planning.skip(app, week, day)
    return _back(week, day, f"Session {day} is skipped.")


@router.post("/{week}/{day}/move")
def move(app: TheApp, week: int, day: int, to: Annotated[date, Form()]) -> Response:
    """Do a session on another day."""
    planning.move(app, week, day, to)
    return _back(week, day, f"Session {day} is now on {to.day} {to:%B}.")


@router.post("/{week}/{day}/minutes")
def minutes(app: TheApp, week: int, day: int, minutes: Annotated[int, Form(ge=10, le=90)]) -> Response:
    """Give a session more or fewer minutes."""
    planning.minutes_today(app, week, day, minutes)
    return _back(week, day, f"Session {day} now takes at most {minutes} minutes.")


@router.post("/{week}/{day}/place")
def place(app: TheApp, week: int, day: int, place: Text) -> Response:
    """Do a session somewhere else."""
    planning.place_of(app, week, day, place)
    return _back(week, day, f"Session {day} is now planned for {place}.")


@router.post("/{week}/{day}/style")
def style(
    app: TheApp, week: int, day: int, style: Annotated[str, Form(pattern="^(strength|yoga)$")]
) -> Response:
    """Make a session a strength or a yoga day."""
    planning.style_of(app, week, day, "yoga" if style == "yoga" else "strength")
    return _back(week, day, f"Session {day} is now a {style} day.")


@router.post("/undo")
def undo(app: TheApp) -> Response:
    """Take back the last change to the plan."""
    planning.undo_plan(app)
    return see("/train", said="The last change is taken back.")


@router.post("/deload")
def deload(app: TheApp) -> Response:
    """Make this week easier."""
    planning.deload(app)
    return see("/train", said="This week is easier now.", undo=UNDO)


@router.post("/findings")
def take_up_findings(app: TheApp) -> Response:
    """Plan the rest of the block anew with what tests, posture checks and the pain diary ask for."""
    planning.take_up_findings(app)
    return see("/train#findings", said="The plan answers to it from now on.", undo=UNDO)


@router.post("/new-block")
def new_block(app: TheApp) -> Response:
    """Plan a new block from today."""
    made = planning.new_block(app)
    # No undo: a new block starts with no changes, and those of the former one stay with it.
    return see("/") if made.status == "stopped" else see("/train", said="A new block is planned.")
