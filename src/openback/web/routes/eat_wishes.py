"""The questions about food: one at a time the first time, each by itself later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import BadFoodWishes, ImpossibleGoal
from openback.model.eating import FoodWishes
from openback.model.food import SLOTS
from openback.nutrition.diets import BESIDE
from openback.nutrition.kitchen import load_kitchen
from openback.services import people
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat import wishes as use_case
from openback.services.eat.food_words import foods_meant
from openback.services.eat.kitchen import kitchen_of
from openback.services.who import known_person
from openback.web.errors import LOST_SENTENCE
from openback.web.forms import food_steps as steps
from openback.web.forms.fields import Fields
from openback.web.forms.food_steps import FoodAsking, FoodStep
from openback.web.meal_words import PRICES, sentence
from openback.web.rendering import app_of, page, see
from openback.web.routes.asking import Frame
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.eat import FormDay, begin
from openback.web.routes.eat_undo import undo_address

router = APIRouter(prefix="/eat/wishes")

First = Annotated[Literal["", "1"], Query()]  # "1" on the first way through all questions


def asking_of(app: App) -> FoodAsking:
    """Return what the questions need to know."""
    person = known_person(app)
    kitchen = load_kitchen().values()
    return FoodAsking(
        today=app.today,
        units=person.units,
        mass_kg=person.mass_kg,
        safety=tuple(question.id for question in use_case.safety_questions(app)),
        kitchen=tuple(item.id for item in kitchen),
        usual=frozenset(item.id for item in kitchen if item.usual),
        match=lambda word: foods_meant(word, kitchen_of(app)),
    )


@router.get("")
def overview(request: Request, app: TheApp) -> Response:
    """Show every answer, each with a link to change it."""
    if people.profile_of(app) is None:
        return see("/welcome")
    found = steps.answers(use_case.wishes_now(app), asking_of(app))
    return page(request, "eat/wishes.html", answers=found, monday=monday_of(app.today))


@router.get("/{step_id}")
def question(request: Request, app: TheApp, step_id: str, first: First = "") -> Response:
    """Ask one question."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return show(request, _step(step_id), use_case.wishes_now(app), first=bool(first))


@router.post("/stay")
def stay(request: Request, app: TheApp, week: FormDay) -> Response:
    """Wish to stay as one is, for who was stopped on the way to leaner, and plan a week for that."""
    wishes = replace(use_case.wishes_now(app), goal="same", target_mass_kg=None, target_on=None)
    use_case.keep_food_wishes(app, wishes)
    return begin(request, app, monday_of(week))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an answer was not kept: problems to put right, or advice where nothing was typed wrong."""

    form: FormData
    problems: Sequence[str] = ()
    advice: str = ""


@router.post("/{step_id}")
def answer(request: Request, app: TheApp, step_id: str, form: Posted, first: First = "") -> Response:
    """Keep an answer and go on; ask again, with what to change, when it cannot be used."""
    step, fields = _step(step_id), Fields(form)
    wishes = step.read(fields, use_case.wishes_now(app), asking_of(app))
    kept = Trouble(form=form, problems=fields.problems) if fields.problems else _keep(app, wishes, form)
    if isinstance(kept, Trouble):
        return show(request, step, wishes, first=bool(first), trouble=kept)
    if not first:
        undo = undo_address(kept, "/eat/wishes")
        return see("/eat/wishes", said="Kept. Plan the week anew to use it.", undo=undo)
    following = _following(step)
    if following is None:
        return begin(request, app, monday_of(app.today))
    return see(f"/eat/wishes/{following.id}?first=1")


def _keep(app: App, wishes: FoodWishes, form: FormData) -> UUID | Trouble | None:
    """Keep wishes and return the token that takes them back, or what stood in the way."""
    try:
        return use_case.keep_food_wishes(app, wishes)
    except BadFoodWishes as error:
        return Trouble(form=form, problems=[sentence(problem) for problem in error.problems])
    except ImpossibleGoal as error:
        return Trouble(form=form, advice=str(error))


def _step(step_id: str) -> FoodStep:
    step = steps.food_step(step_id)
    if step is None:
        raise HTTPException(404, LOST_SENTENCE)
    return step


def _following(step: FoodStep) -> FoodStep | None:
    after = steps.STEPS[steps.STEPS.index(step) + 1 :]
    return after[0] if after else None


def _frame(step: FoodStep, *, first: bool) -> Frame:
    """Return what stands round a question: the way through all of them, or one that is changed."""
    if not first:
        return Frame(action=f"/eat/wishes/{step.id}", back="/eat/wishes", button="Save")
    number = steps.STEPS.index(step)
    return Frame(
        action=f"/eat/wishes/{step.id}?first=1",
        back=f"/eat/wishes/{steps.STEPS[number - 1].id}?first=1" if number else "/eat",
        button="Continue" if _following(step) else "Plan my week",
        number=number + 1,
        count=len(steps.STEPS),
    )


def show(
    request: Request, step: FoodStep, wishes: FoodWishes, *, first: bool, trouble: Trouble | None = None
) -> Response:
    """Return the page of one question; after trouble it shows again what was typed."""
    form = trouble.form if trouble else FormData()
    return page(
        request,
        f"steps/food_{step.id}.html",
        status=422 if trouble else 200,
        step=step,
        wishes=wishes,
        frame=_frame(step, first=first),
        problems=list(trouble.problems) if trouble else [],
        advice=trouble.advice if trouble else "",
        typed={name: value for name, value in form.items() if isinstance(value, str)},
        **_extras(app_of(request), step, wishes),
    )


def _extras(app: App, step: FoodStep, wishes: FoodWishes) -> dict[str, object]:
    """Return what only some questions show."""
    if step.id == "goal":
        return {"goals": steps.GOALS, "shown_target_mass": steps.target_mass(wishes, people.units_of(app))}
    if step.id == "health":
        return {"safety": use_case.safety_questions(app)}
    if step.id == "diet":
        return {"diets": steps.DIETS, "beside": BESIDE, "allergies": steps.ALLERGIES}
    if step.id == "likes":
        return {
            "tastes": steps.TASTES,
            "likes_more": steps.written(wishes.likes),
            "dislikes_more": steps.written(wishes.dislikes),
        }
    if step.id == "time":
        return _days(wishes)
    kitchen = tuple(load_kitchen().values())
    usual = {item.id for item in kitchen if item.usual}
    return {
        "prices": [(key, name.removesuffix(" cost")) for key, name in PRICES.items()],
        "kitchen": kitchen,
        "kit_now": usual if wishes.kit is None else wishes.kit,
    }


def _days(wishes: FoodWishes) -> dict[str, object]:
    """Return the minutes of working days and weekend, and those of each day where they differ."""
    spans = steps.spans(wishes)
    return {
        "spans": [(name, key, minutes, steps.options(minutes)) for name, key, minutes in spans],
        "days": [
            (name, f"minutes_{day}", own, steps.options(own or 0))
            for day, name, own in steps.own_days(wishes)
        ],
        "slots": SLOTS,
    }
