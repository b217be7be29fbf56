"""Welcome: the questions one at a time, with and without script, and the programme that follows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import BadProfile, NoProgramme
from openback.services import drafts, people, planning
from openback.services.app import App
from openback.web.errors import LOST_SENTENCE
from openback.web.forms.draft import Draft, draft_in, missing_steps, profile_of
from openback.web.forms.fields import Fields
from openback.web.forms.steps import path_of, step_called
from openback.web.rendering import page, see
from openback.web.routes.asking import Frame, Question, asking_of, show_step
from openback.web.routes.deps import Posted, TheApp

router = APIRouter(prefix="/welcome")


def question_at(app: TheApp, step_id: str, place: int = 0) -> Question:
    """Return the question of an address; 404 when there is none, or not for this person."""
    draft = kept_draft(app)
    asking = asking_of(app, draft, place)
    step = step_called(step_id)
    if step is None:
        raise HTTPException(404, LOST_SENTENCE)
    return Question(step=step, draft=draft, asking=asking)


AtQuestion = Annotated[Question, Depends(question_at)]


def kept_draft(app: App) -> Draft:
    """Return the answers so far."""
    return draft_in(drafts.kept_draft(app) or "{}")


def keep_draft(app: App, draft: Draft) -> None:
    """Keep the answers so far."""
    drafts.keep_draft(app, draft.model_dump_json())


@router.get("")
def welcome(request: Request, app: TheApp) -> Response:
    """Say what Openback is; somebody with a profile goes on to Today."""
    if people.profile_of(app) is not None:
        return see("/")
    draft = kept_draft(app)
    begun = draft.birth_date is not None
    return page(request, "welcome.html", draft=draft, begun=begun, units=draft.units)


@router.post("/begin")
def begin(app: TheApp, form: Posted) -> Response:
    """Keep the units and go to the first question."""
    _keep_units(app, Fields(form))
    return see("/welcome/you")


@router.post("/units")
def units(app: TheApp, form: Posted) -> Response:
    """Change the units and ask for height and weight again."""
    _keep_units(app, Fields(form))
    return see("/welcome/body")


def _keep_units(app: App, fields: Fields) -> None:
    chosen = "imperial" if fields.text("units") == "imperial" else "metric"
    keep_draft(app, kept_draft(app).model_copy(update={"units": chosen}))


@router.get("/programme")
def programme(request: Request, app: TheApp) -> Response:
    """Show the programme that follows from the answers."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = planning.train(app)
    planned = [day.session for week in view.weeks for day in week if day.session is not None]
    first = [session for session in planned if session.week == 1]
    weeks = max((session.week for session in planned), default=0)
    return page(request, "programme.html", view=view, first=first, weeks=weeks)


@router.get("/{step_id}")  # noqa: FAST003 - `question_at` takes it
def question(request: Request, at: AtQuestion) -> Response:
    """Ask one question."""
    if not at.asked:
        return see("/welcome/place" if at.step.id in {"kit", "loads"} else "/welcome")
    return show_step(request, at, _frame(at))


@router.post("/{step_id}")  # noqa: FAST003
def answer(request: Request, app: TheApp, at: AtQuestion, form: Posted) -> Response:
    """Keep an answer and go on; ask again, with what to change, when it cannot be used."""
    fields = Fields(form)
    if not at.asked:
        return see("/welcome")
    draft = at.step.read(fields, at.draft, at.asking)
    if fields.problems:
        return show_step(request, at, _frame(at), problems=fields.problems, form=form)
    keep_draft(app, draft)
    if fields.text("then") == "another_place":
        return see(f"/welcome/place?place={len(draft.places)}")
    following = _next(at, draft)
    return see(following) if following else _finish(request, app, draft)


def _next(at: Question, draft: Draft) -> str:
    """Return the address of the question after this one; empty after the last."""
    steps = path_of(draft, at.asking)
    ids = [step.id for step in steps]
    after = ids[ids.index(at.step.id) + 1 :] if at.step.id in ids else []
    return address(after[0], at.asking.place) if after else ""


def address(step_id: str, place: int, base: str = "/welcome") -> str:
    """Return the address of a question; those about a place carry its number when it is not the first."""
    about_place = step_id in {"place", "kit", "loads"} and place > 0
    return f"{base}/{step_id}?place={place}" if about_place else f"{base}/{step_id}"


def _frame(at: Question) -> Frame:
    steps = path_of(at.draft, at.asking)
    ids = [step.id for step in steps]
    number = ids.index(at.step.id) if at.step.id in ids else 0
    last = number == len(ids) - 1
    return Frame(
        action=address(at.step.id, at.asking.place),
        back=address(ids[number - 1], at.asking.place) if number else "/welcome",
        button="Make my programme" if last else "Continue",
        number=number + 1,
        count=len(ids),
    )


def _finish(request: Request, app: App, draft: Draft) -> Response:
    """Keep the profile and show what follows from it; go back to what is still missing."""
    missing = missing_steps(draft)
    profile = profile_of(draft)
    if profile is None:
        return see(f"/welcome/{missing[0]}", said="One answer is still missing here.")
    try:
        made = people.keep_profile(app, profile)
    except BadProfile as error:
        return page(request, "welcome_stuck.html", status=422, problems=list(error.problems), changes=())
    except NoProgramme as error:
        return page(request, "welcome_stuck.html", status=422, problems=[str(error)], changes=error.changes)
    drafts.forget_draft(app)
    return see("/" if made.status == "stopped" else "/welcome/programme")
