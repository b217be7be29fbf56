"""Session: one exercise a screen, sets to tick, and the summary at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response

from openback.errors import BadSet, TrainingStopped
from openback.model.log import SetLog
from openback.services import finishing, library, people, steps
from openback.services import sessions as use_case
from openback.services.app import App
from openback.services.records import record_text
from openback.services.views import SessionView
from openback.services.wording import pain_text
from openback.web import body_map
from openback.web.assets import DIST
from openback.web.clip_strips import FAULT_ICONS, strip_of
from openback.web.rendering import page, pages_of, see
from openback.web.routes.clips import reader_of
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.library import figure, main_muscles
from openback.web.routes.progress import RECORD_WORDS, record_before
from openback.web.set_rows import (
    LOAD_NAMES,
    Row,
    Screen,
    SetForm,
    in_field,
    ladder,
    load_words,
    screen_to_show,
    screens_of,
    set_of,
    set_words,
    target_words,
    unit_of,
)
from openback.web.step_badges import badge

router = APIRouter(prefix="/session")
root_router = APIRouter()

SHORT_TEXT: Final = 100
Text = Annotated[str, Form(max_length=SHORT_TEXT)]
Step = Annotated[int | None, Query()]
PAIN_MARK: Final = "{pain}"  # the script of the page puts the number here
FIELD_WORDS: Final = {
    "load": "the load is not a number",
    "reps": "the reps are not a whole number",
    "hold_s": "the seconds are not a number",
    "rir": "the reps in reserve are not a number",
    "pain": "the pain is not a whole number from 0 to 10",
}


# --- Begin -----------------------------------------------------------------------------------------


@router.post("/start")
def start(app: TheApp, week: Annotated[int, Form()], day: Annotated[int, Form()]) -> Response:
    """Begin a session of the programme, or go on with it."""
    try:
        return see(f"/session/{use_case.begin(app, week, day)}")
    except TrainingStopped:
        return see("/")  # which says why, and whom to see


@router.post("/free")
def free(app: TheApp) -> Response:
    """Begin a session outside the programme."""
    try:
        session_id = use_case.begin_free(app)
    except TrainingStopped:
        return see("/")
    return see(f"/session/{session_id}/add")


# --- The screen ------------------------------------------------------------------------------------


@router.get("/{session_id}")
def session(request: Request, app: TheApp, session_id: UUID, step: Step = None) -> Response:
    """Show one exercise of a session; the others are on the page, hidden, for when the network goes."""
    view = use_case.session(app, session_id)
    return _show(request, app, view, screens_of(view), step=step)


def _show(
    request: Request,
    app: App,
    view: SessionView,
    screens: Sequence[Screen],
    *,
    step: int | None,
    problem: tuple[UUID, str] | None = None,
) -> Response:
    units = people.units_of(app)
    clip_parts_missing = reader_of(request).missing()
    return page(
        request,
        "session.html",
        status=422 if problem else 200,
        view=view,
        screens=screens,
        shown=screen_to_show(screens, step),
        problem=problem,
        load_names=LOAD_NAMES,
        unit=unit_of(units),
        band_names={key: band.name for key, band in app.catalogue.bands.items()},
        set_text=lambda exercise, row: set_words(exercise, row, units),
        load_text=lambda exercise, row: load_words(exercise.load, row.load_kg, row.band, units),
        target=target_words,
        pain_limit=use_case.pain_limit(),
        pain_text=pain_text(PAIN_MARK, use_case.pain_limit()),
        in_field=lambda load_kg: in_field(load_kg, units),
        ladder=lambda loads_kg: ladder(loads_kg, units),
        strip=lambda row: strip_of(
            app.catalogue, row.clip, row if row.done else None, missing=clip_parts_missing
        ),
        fault_icons=FAULT_ICONS,
    )


# --- Sets ------------------------------------------------------------------------------------------


@router.post("/{session_id}/sets")
def put_set(request: Request, app: TheApp, session_id: UUID, form: Posted) -> Response:
    """Keep a set that was ticked or changed; show the row again, with why, when it cannot be."""
    view = use_case.session(app, session_id)
    screens = screens_of(view)
    read = _read(form)
    if isinstance(read, str):
        return _refused(request, app, view, screens, form, read)
    at_step = next((s.step for s in screens if s.step.exercise.id == read.exercise), None)
    loads_kg = at_step.loads_kg if at_step else ()
    one = set_of(read, session_id, now=app.now(), loads_kg=loads_kg, units=people.units_of(app))
    try:
        use_case.put_set(app, one)
    except BadSet as error:
        return _refused(request, app, view, screens, form, str(error))
    return see(f"/session/{session_id}?step={at_step.index if at_step else read.step}")


def _read(form: FormData) -> SetForm | str:
    """Return a row as it was sent, or the sentence that says what cannot be used."""
    try:
        return SetForm.model_validate({name: value for name, value in form.items() if isinstance(value, str)})
    except ValidationError as error:
        fields = dict.fromkeys(str(one["loc"][0]) for one in error.errors())
        said = "; ".join(FIELD_WORDS.get(field, f"its {field} is not right") for field in fields)
        return f"This set cannot be kept: {said}."


def _refused(
    request: Request, app: App, view: SessionView, screens: Sequence[Screen], form: FormData, sentence: str
) -> Response:
    """Show the session with the sentence at the row that was sent, as it was typed where it can be."""
    exercise = str(form.get("exercise", ""))
    number = next((n for n, screen in enumerate(screens) if screen.step.exercise.id == exercise), 0)
    read = _read(form)
    if not screens or isinstance(read, str):
        wrong = _first_open(screens, number)
        return _show(request, app, view, screens, step=number, problem=(wrong, sentence))
    typed = set_of(
        read, view.id, now=app.now(), loads_kg=screens[number].step.loads_kg, units=people.units_of(app)
    )
    shown = _with_typed(screens[number], typed)
    kept = [*screens[:number], shown, *screens[number + 1 :]]
    return _show(request, app, view, kept, step=number, problem=(typed.id, sentence))


def _with_typed(screen: Screen, typed: SetLog) -> Screen:
    """Return a screen whose row holds what was typed: the one of that id, else the next open one of its kind."""
    mine = [n for n, row in enumerate(screen.rows) if row.id == typed.id]
    alike = [n for n, row in enumerate(screen.rows) if not row.done and row.kind == typed.kind]
    at = next(iter([*mine, *alike]), None)
    if at is None:
        return replace(screen, spare=_typed(screen.spare, typed))
    return replace(screen, rows=(*screen.rows[:at], _typed(screen.rows[at], typed), *screen.rows[at + 1 :]))


def _typed(row: Row, typed: SetLog) -> Row:
    return replace(row, id=typed.id, load_kg=typed.load_kg, reps=typed.reps, hold_s=typed.hold_s)


def _first_open(screens: Sequence[Screen], number: int) -> UUID:
    """Return the id of the row that a problem is shown at."""
    screen = screens[number]
    return next((row.id for row in screen.rows if not row.done), screen.spare.id)


@router.post("/{session_id}/sets/{set_id}/delete")
def delete_set(app: TheApp, session_id: UUID, set_id: UUID, step: Annotated[int, Form()] = 0) -> Response:
    """Take a set away; the next page offers to bring it back."""
    token = use_case.delete_set(app, set_id)
    undo = f"/session/{session_id}/undo/{token}?step={step}" if token else ""
    return see(f"/session/{session_id}?step={step}", said="Set taken out.", undo=undo)


@router.post("/{session_id}/undo/{token}")
def undo(app: TheApp, session_id: UUID, token: UUID, step: Step = None) -> Response:
    """Bring back what was taken away."""
    use_case.undo(app, token)
    return see(f"/session/{session_id}" + ("" if step is None else f"?step={step}"), said="It is back.")


# --- Changing the session ----------------------------------------------------------------------------


@router.get("/{session_id}/swap/{exercise_id}")
def swap_choices(request: Request, app: TheApp, session_id: UUID, exercise_id: str) -> Response:
    """Show what can be done instead, the nearest first."""
    return page(
        request,
        "session_swap.html",
        session_id=session_id,
        exercise=library.known_exercise(app, exercise_id),
        choices=use_case.swap_choices(app, session_id, exercise_id),
    )


@router.post("/{session_id}/swap")
def swap(app: TheApp, session_id: UUID, old: Text, new: Text) -> Response:
    """Do another exercise instead."""
    use_case.swap_exercise(app, session_id, old, new)
    return see(_at(app, session_id, new), said="Swapped, for today only.")


@router.get("/{session_id}/add")
def add_choices(
    request: Request, app: TheApp, session_id: UUID, text: Annotated[str, Query(max_length=SHORT_TEXT)] = ""
) -> Response:
    """Show the exercises that can be added."""
    view = use_case.session(app, session_id)
    there = {step.exercise.id for step in view.steps}
    found = library.library(app, text)
    return page(
        request,
        "session_add.html",
        session=view,
        view=found,
        found=[exercise for exercise in found.found if exercise.id not in there],
        main_muscles=lambda exercise: main_muscles(app.catalogue, exercise),
    )


@router.post("/{session_id}/add")
def add(app: TheApp, session_id: UUID, exercise: Text) -> Response:
    """Add an exercise at the end."""
    use_case.add_exercise(app, session_id, exercise)
    return see(_at(app, session_id, exercise))


def _at(app: App, session_id: UUID, exercise_id: str) -> str:
    """Return the address of an exercise's screen."""
    steps = use_case.session(app, session_id).steps
    index = next((step.index for step in steps if step.exercise.id == exercise_id), 0)
    return f"/session/{session_id}?step={index}"


@router.get("/{session_id}/guide/{exercise_id}")
def guide(request: Request, app: TheApp, session_id: UUID, exercise_id: str) -> Response:
    """Show how an exercise is done, danger first."""
    exercise = library.known_exercise(app, exercise_id)
    muscles = [(app.catalogue.muscles[key], share) for key, share in exercise.muscles.items()]
    return page(
        request,
        "session_guide.html",
        session_id=session_id,
        exercise=exercise,
        map=body_map.by_share(muscles, figure(app)),
    )


@router.post("/{session_id}/note")
def note(
    app: TheApp, session_id: UUID, note: Annotated[str, Form(max_length=2000)] = "", step: int = 0
) -> Response:
    """Keep a note on the session."""
    use_case.note(app, session_id, note)
    return see(f"/session/{session_id}?step={step}", said="Note kept.")


@router.post("/{session_id}/discard")
def discard(app: TheApp, session_id: UUID) -> Response:
    """Take the session away with its sets; the next page offers to bring it back."""
    token = use_case.discard(app, session_id)
    return see("/", said="Session taken out.", undo=f"/session/{session_id}/undo/{token}" if token else "")


# --- The end -----------------------------------------------------------------------------------------


@router.post("/{session_id}/finish")
def finish(app: TheApp, session_id: UUID) -> Response:
    """End the session and show what it was."""
    finishing.finish(app, session_id)
    return see(f"/session/{session_id}/summary")


@router.get("/{session_id}/summary")
def summary(request: Request, app: TheApp, session_id: UUID) -> Response:
    """Show a session in numbers, its records, and what happens next time."""
    view = finishing.summary(app, session_id)
    units = people.units_of(app)
    return page(
        request,
        "summary.html",
        view=view,
        map=body_map.by_sets(view.muscles, figure(app)),
        exercises=app.catalogue.exercises,
        steps=steps.steps(app),
        badge=badge,
        record_words=RECORD_WORDS,
        record_value=lambda record: record_text(record, units),
        record_before=lambda record: record_before(record, units),
    )


# --- Without the network -----------------------------------------------------------------------------


@root_router.get("/offline")
def offline(request: Request) -> Response:
    """Show what can be done while Openback does not answer; the service worker keeps this page."""
    return page(request, "offline.html")


@root_router.get("/sw.js")
def service_worker(request: Request) -> Response:
    """Return the service worker at the top, so that it may serve every page."""
    name = pages_of(request).assets.files.get("sw.js", "")
    path = DIST / name
    if not name or not path.is_file():
        return Response("", media_type="text/javascript", status_code=404)
    return FileResponse(path, media_type="text/javascript", headers={"cache-control": "no-cache"})
