"""Eating: wishes, targets, the week, shopping, the log, weight. Every `undo` goes to `/api/v1/undo/{token}`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from openback.errors import BadFoodEntry
from openback.model.food import Slot
from openback.services.eat import log, recipes, shopping, targets, week, weight, wishes
from openback.services.eat.kitchen import kitchen_of
from openback.services.eat.wishes_json import wishes_from_json, wishes_json
from openback.services.who import known_person
from openback.web.api.answers import Record, record, records
from openback.web.api.eat_schemas import (
    CompleteIn,
    CopyIn,
    EntryChangeIn,
    EntryIn,
    LikingIn,
    MassIn,
    MealIn,
    MeasuresIn,
    PinIn,
    ServingsIn,
    StarIn,
    SwapMealIn,
    TickIn,
    TickMealIn,
    WeekIn,
)
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/eat", tags=["eat"])

Undo = dict[str, UUID | None]


# --- Wishes and targets ---------------------------------------------------------------------------


@router.get("/wishes")
def get_wishes(app: TheApp) -> Record:
    """Return what was said about eating, in the shape that PUT takes; the usual wishes before anything was."""
    return wishes_json(wishes.wishes_now(app))


@router.put("/wishes")
def put_wishes(app: TheApp, body: Annotated[dict[str, Any], Body()]) -> Record:
    """Keep wishes in the shape of the part "food" of a profile; `notes` say what was not understood."""
    read = wishes_from_json(body, kitchen_of(app), known_person(app), app.today)
    undo = wishes.keep_food_wishes(app, read.wishes)
    return record({"wishes": wishes_json(read.wishes), "notes": read.notes, "undo": undo})


@router.get("/questions")
def questions(app: TheApp) -> list[Record]:
    """Return the questions about eating safely, in the order in which they are asked."""
    return records(wishes.safety_questions(app))


@router.get("/targets")
def get_targets(app: TheApp) -> Record:
    """Return the day's targets, each with why and from where."""
    return record(targets.targets(app))


# --- The week -------------------------------------------------------------------------------------


@router.get("/week")
def get_week(app: TheApp, monday: date | None = None) -> Record:
    """Return the week of a day, this one without; `status` is null before it is planned."""
    return record(week.week(app, monday))


@router.post("/week")
def plan_week(app: TheApp, body: WeekIn) -> Record:
    """Plan a week anew and return it; pinned and eaten meals stay. It takes up to ten seconds."""
    return record(week.plan_week(app, body.monday))


@router.post("/meals/replan")
def replan_meal(app: TheApp, body: MealIn) -> Undo:
    """Plan one meal anew and keep all others."""
    return {"undo": week.replan_meal(app, body.on, body.slot, recipe=body.recipe)}


@router.get("/meals/choices")
def swap_choices(app: TheApp, on: date, slot: Slot, recipe: str | None = None) -> list[Record]:
    """Return what could stand in for a meal, the best fit first, each with its reason."""
    return records(week.swap_choices(app, on, slot, recipe=recipe))


@router.post("/meals/swap")
def swap_meal(app: TheApp, body: SwapMealIn) -> Undo:
    """Put a chosen recipe in the place of a meal."""
    return {"undo": week.swap_meal(app, body.on, body.slot, body.to, recipe=body.recipe)}


@router.post("/meals/servings")
def set_servings(app: TheApp, body: ServingsIn) -> Undo:
    """Eat more or less of a meal."""
    return {"undo": week.set_servings(app, body.on, body.slot, body.servings, recipe=body.recipe)}


@router.post("/meals/pin")
def pin_meal(app: TheApp, body: PinIn) -> Undo:
    """Let a meal stay when the week is planned anew, or let it go."""
    return {"undo": week.pin_meal(app, body.on, body.slot, pinned=body.pinned, recipe=body.recipe)}


@router.put("/meals/eaten/{entry_id}")
def tick_meal(app: TheApp, entry_id: UUID, body: TickMealIn) -> Undo:
    """Log a planned meal as eaten under an id of the client's, or take that back; sent twice it changes nothing."""
    return {
        "undo": week.tick_meal(app, body.on, body.slot, eaten=body.eaten, recipe=body.recipe, id_=entry_id)
    }


# --- Recipes --------------------------------------------------------------------------------------


@router.get("/recipes")
def get_recipes(
    app: TheApp,
    text: Annotated[str, Query(max_length=100)] = "",
    slot: Slot | None = None,
    minutes: Annotated[int | None, Query(ge=0, le=240)] = None,
) -> Record:
    """Return the recipes that fit the words and filters; all of them without any."""
    return record(recipes.recipes(app, text, slot, minutes))


@router.get("/recipes/{recipe_id}")
def get_recipe(app: TheApp, recipe_id: str, servings: float | None = None) -> Record:
    """Return one recipe, its ingredients for so many servings, and what one serving holds."""
    return record(recipes.recipe(app, recipe_id, servings))


@router.put("/recipes/{recipe_id}/liking")
def like(app: TheApp, recipe_id: str, body: LikingIn) -> Undo:
    """Keep that a recipe is liked, disliked or neither; the next plan follows it."""
    return {"undo": recipes.like(app, recipe_id, body.liking)}


# --- Shopping -------------------------------------------------------------------------------------


@router.get("/shopping/{monday}")
def get_shopping(app: TheApp, monday: date) -> Record:
    """Return the shopping list of a week by aisle."""
    return record(shopping.shopping(app, monday))


@router.get("/shopping/{monday}/csv", response_class=Response)
def shopping_csv(app: TheApp, monday: date) -> Response:
    """Return the shopping list as CSV."""
    return Response(shopping.shopping_csv(shopping.shopping(app, monday)), media_type="text/csv")


@router.put("/shopping/{monday}/{food:path}")
def tick_item(app: TheApp, monday: date, food: str, body: TickIn) -> Undo:
    """Tick a line off, or take the tick away; sent twice it changes nothing."""
    return {"undo": shopping.tick_item(app, monday, food, body.done)}


# --- The log --------------------------------------------------------------------------------------


@router.get("/log/{on}")
def get_log(app: TheApp, on: date) -> Record:
    """Return a day of the log against the targets."""
    return record(log.log_day(app, on))


@router.get("/log/{on}/nutrients")
def get_nutrients(app: TheApp, on: date) -> Record:
    """Return a day and the seven days up to it against the targets, with coverage."""
    return record(log.nutrients(app, on))


@router.put("/log/entries/{entry_id}")
def put_entry(app: TheApp, entry_id: UUID, body: EntryIn) -> Undo:
    """Keep something eaten under an id of the client's: sent twice it changes nothing, sent changed it is an edit."""
    if body.food is not None and body.recipe is None and body.mass_g is not None:
        return {"undo": log.log_food(app, entry_id, body.on, body.slot, body.food, body.mass_g, body.portion)}
    if body.recipe is not None and body.food is None and body.servings is not None:
        return {"undo": log.log_recipe(app, entry_id, body.on, body.slot, body.recipe, body.servings)}
    raise BadFoodEntry("give food with mass_g, or recipe with servings")


@router.patch("/log/entries/{entry_id}")
def edit_entry(app: TheApp, entry_id: UUID, body: EntryChangeIn) -> Undo:
    """Change how much of something was eaten, or when."""
    return {"undo": log.edit_entry(app, entry_id, **body.model_dump())}


@router.delete("/log/entries/{entry_id}")
def delete_entry(app: TheApp, entry_id: UUID) -> Undo:
    """Take an entry away; `undo` brings it back, None when it was not there."""
    return {"undo": log.delete_entry(app, entry_id)}


@router.post("/log/{on}/copy")
def copy_day(app: TheApp, on: date, body: CopyIn) -> Undo:
    """Copy all entries of another day; doing it twice changes nothing."""
    return {"undo": log.copy_day(app, body.from_, on)}


@router.put("/log/{on}/complete")
def set_complete(app: TheApp, on: date, body: CompleteIn) -> Undo:
    """Keep whether all of a day was logged."""
    return {"undo": log.set_complete(app, on, body.complete)}


@router.get("/favourites")
def favourites(app: TheApp, slot: Slot | None = None) -> list[Record]:
    """Return what is logged with one tap: starred first, then by use."""
    return records(log.favourites(app, slot))


@router.put("/favourites/{key:path}")
def keep_favourite(app: TheApp, key: str, body: StarIn) -> Undo:
    """Star a food or a recipe, or take the star away."""
    return {"undo": log.keep_favourite(app, key, starred=body.starred)}


# --- The body -------------------------------------------------------------------------------------


@router.get("/weight")
def get_weight(app: TheApp, since: date | None = None) -> Record:
    """Return weight with trend and band, expenditure, forecast, body fat side by side, and measures."""
    return record(weight.weight(app, since))


@router.post("/weight", status_code=201)
def keep_mass(app: TheApp, body: MassIn) -> Undo:
    """Keep a body mass, over one of the same instant."""
    return {"undo": weight.keep_mass(app, body.mass_kg, body.at)}


@router.delete("/weight/{at}")
def delete_mass(app: TheApp, at: datetime) -> Undo:
    """Take a body mass away."""
    return {"undo": weight.delete_mass(app, at)}


@router.put("/measures/{on}")
def keep_measures(app: TheApp, on: date, body: MeasuresIn) -> Undo:
    """Keep what was measured on a day, over what was there."""
    return {"undo": weight.keep_measures(app, body.value(on))}


@router.delete("/measures/{on}")
def delete_measures(app: TheApp, on: date) -> Undo:
    """Take what was measured on a day away."""
    return {"undo": weight.delete_measures(app, on)}
