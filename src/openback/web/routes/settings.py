"""Settings: look, units, profile and places. The data part is in `data.py`."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import BadProfile, NoProgramme
from openback.model.journal import Photo
from openback.model.person import Goal, Profile
from openback.services import drafts, people, set_clips
from openback.services.app import App
from openback.units import shown_height, shown_mass
from openback.web import words
from openback.web.errors import LOST_SENTENCE
from openback.web.forms.draft import Draft, draft_in, draft_of, profile_of
from openback.web.forms.fields import Fields
from openback.web.forms.steps import EXPERIENCE, GOALS, SEXES, STEPS, Step, step_called
from openback.web.rendering import page, see
from openback.web.routes.asking import Frame, Question, asking_of, show_step
from openback.web.routes.deps import Posted, TheApp

router = APIRouter(prefix="/settings")

THEMES: Final = (("system", "Automatic"), ("light", "Light"), ("dark", "Dark"))
PLACE_STEPS: Final = ("place", "kit", "loads")
UNDO: Final = "/settings/profile/undo"


@router.get("")
def settings(request: Request, app: TheApp) -> Response:
    """Show what can be set, and the person's data."""
    profile = people.profile_of(app)
    if profile is None:
        return see("/welcome")
    return page(
        request,
        "settings.html",
        answers=answers(app, profile),
        places=profile.places,
        themes=THEMES,
        person=profile.person,
        clips_kept=set_clips.kept(app),
        photos_kept=len(app.store.entries(app.person_id, Photo)),
    )


def answers(app: App, profile: Profile) -> tuple[tuple[Step, str], ...]:
    """Return each question of Welcome with what was answered, in a few words."""
    person, catalogue = profile.person, app.catalogue
    draft = draft_of(profile)
    asking = asking_of(app, draft, 0)
    sore = [catalogue.complaints[one].name for one in person.complaints if one in catalogue.complaints]
    said = {
        "you": f"{person.name + ', ' if person.name else ''}{person.age_years(app.today)}, {SEXES[person.sex].lower()}",
        "body": f"{shown_height(person.height_cm, person.units)}, {shown_mass(person.mass_kg, person.units)}",
        "experience": EXPERIENCE[person.experience][0],
        "goals": _goals(person.goals),
        "time": f"{words.plural(person.days_per_week, 'day')} a week, {person.minutes_per_session} minutes",
        "sore": words.listed(sore) if sore else "Nothing",
        "pregnancy": _state(draft),
    }
    ticked = sum(profile.screening.values())
    health = f"{words.plural(ticked, 'tick')}" if ticked else "Nothing ticked"
    steps = (step for step in STEPS if step.id not in PLACE_STEPS and step.asked(draft, asking))
    return tuple((step, said.get(step.id, health)) for step in steps)


def _goals(goals: tuple[Goal, ...]) -> str:
    """Return goals in their order: `Stand and sit taller, then a toned back`."""
    first, *rest = (GOALS[goal][0] for goal in goals)
    return ", then ".join([first, *(name[0].lower() + name[1:] for name in rest)])


def _state(draft: Draft) -> str:
    if draft.state == "pregnant":
        return f"Week {draft.pregnancy_week} of pregnancy"
    return f"{draft.weeks_since_birth} weeks since birth" if draft.state == "after_birth" else "Neither"


@router.post("/theme")
def theme(app: TheApp, theme: Annotated[str, Form(pattern="^(system|light|dark)$")]) -> Response:
    """Keep how pages look."""
    people.set_preference(app, "theme", theme)
    return see("/settings")


@router.post("/units")
def units(app: TheApp, units: Annotated[str, Form(pattern="^(metric|imperial)$")]) -> Response:
    """Keep the units."""
    _known(app)
    people.set_units(app, "imperial" if units == "imperial" else "metric")
    return see("/settings")


def _known(app: App) -> Profile:
    profile = people.profile_of(app)
    if profile is None:
        raise HTTPException(404, "There is no profile yet. Answer the questions at /welcome first.")
    return profile


def question_at(app: TheApp, step_id: str, place: int = 0) -> Question:
    """Return the question of an address, with the answer of the profile; 404 when there is none."""
    step = step_called(step_id)
    if step is None:
        raise HTTPException(404, LOST_SENTENCE)
    draft = draft_of(_known(app))
    return Question(step=step, draft=draft, asking=asking_of(app, draft, place))


AtQuestion = Annotated[Question, Depends(question_at)]


def _frame(at: Question) -> Frame:
    about_place = f"?place={at.asking.place}" if at.step.id in PLACE_STEPS else ""
    return Frame(action=f"/settings/profile/{at.step.id}{about_place}", back="/settings", button="Save")


@router.get("/profile/{step_id}")  # noqa: FAST003 - `question_at` takes it
def question(request: Request, at: AtQuestion) -> Response:
    """Ask one question again, with the answer of the profile."""
    return show_step(request, at, _frame(at)) if at.asked else see("/settings")


@router.post("/profile/undo")
def undo(app: TheApp) -> Response:
    """Take back the last change of the profile."""
    before = profile_of(draft_in(drafts.kept_draft(app) or "{}"))
    if before is None:
        return see("/settings", said="There is nothing to take back.")
    people.keep_profile(app, before)
    drafts.forget_draft(app)
    return see("/settings", said="The change is taken back.")


@router.post("/profile/{step_id}")  # noqa: FAST003
def answer(request: Request, app: TheApp, at: AtQuestion, form: Posted) -> Response:
    """Keep a changed answer and plan anew; ask again when it cannot be used."""
    if not at.asked:
        return see("/settings")
    fields = Fields(form)
    draft = at.step.read(fields, at.draft, at.asking)
    problems = fields.problems or _kept(app, at.draft, draft)
    if problems:
        return show_step(request, at, _frame(at), problems=problems, form=form)
    return see(_after(at, draft), said="Kept. The programme is planned anew.", undo=UNDO)


def _kept(app: App, before: Draft, draft: Draft) -> list[str]:
    """Keep the profile of a draft and, for undo, the one before; return what stood in the way."""
    profile = profile_of(draft)
    if profile is None:
        return ["An answer is missing."]
    try:
        people.keep_profile(app, profile)
    except BadProfile as error:
        return list(error.problems)
    except NoProgramme as error:
        return [str(error)]
    drafts.keep_draft(app, before.model_dump_json())
    return []


def _after(at: Question, draft: Draft) -> str:
    """Return where to go after a change: a new place goes on to its kit and its loads."""
    following = step_called({"place": "kit", "kit": "loads"}.get(at.step.id, ""))
    if following is not None and following.asked(draft, at.asking):
        return f"/settings/profile/{following.id}?place={at.asking.place}"
    return "/settings"


@router.post("/places/{place}/remove")
def remove_place(app: TheApp, place: int) -> Response:
    """Remove a place; the last one stays."""
    before = draft_of(_known(app))
    if not 0 <= place < len(before.places):
        raise HTTPException(404, LOST_SENTENCE)
    if len(before.places) == 1:
        return see("/settings", said="One place has to stay. Change it instead.")
    places = (*before.places[:place], *before.places[place + 1 :])
    problems = _kept(app, before, before.model_copy(update={"places": places}))
    if problems:
        return see("/settings", said=problems[0])
    return see("/settings", said=f"{before.places[place].name} is removed.", undo=UNDO)
