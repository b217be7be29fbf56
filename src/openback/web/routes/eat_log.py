"""The food log: a day, what is added to it, changed, ticked, copied and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.model.eating import FoodLog
from openback.model.food import SLOTS, Food, Slot
from openback.model.nutrients import NUTRIENTS
from openback.services import foods, people
from openback.services.app import App
from openback.services.eat import log as use_case
from openback.services.eat import recipes
from openback.services.eat import week as week_case
from openback.services.eat.views import LogDayView, LogEntryView
from openback.web import food_words
from openback.web.forms.amount import entry_id, food_amount, servings
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.eat_undo import undo_address

router = APIRouter(prefix="/eat/log")

FOUND: Final = 24
RECENT: Final = 12
OFTEN: Final = 8  # favourites that stand on the day's own page


def address(on: date, path: str = "", **more: str) -> str:
    """Return the address of a page of the log about a day."""
    return f"/eat/log{path}?{urlencode({'on': on.isoformat(), **more})}"


def slot_now(app: App) -> Slot:
    """Return the slot that somebody eats in at this time of day."""
    hour = app.now().astimezone().hour
    return "breakfast" if hour < 10 else "lunch" if hour < 15 else "dinner" if hour >= 17 else "snack"


def undo_of(token: UUID | None, on: date) -> str:
    """Return the address that takes a change of a day back; empty when nothing changed."""
    return undo_address(token, address(on))


@router.get("")
def day(request: Request, app: TheApp, on: date | None = None) -> Response:
    """Show what was eaten on a day: fruit and vegetables first."""
    if people.profile_of(app) is None:
        return see("/welcome")
    shown = min(on or app.today, app.today)
    view = use_case.log_day(app, shown)
    return page(
        request,
        "eat/log.html",
        view=view,
        often=[one for one in view.favourites if one.starred][:OFTEN],
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1) if shown < app.today else None,
        slot_names=food_words.SLOT_NAMES,
        words=food_words,
        new_id=uuid4,
        empty=not any(slot.entries for slot in view.slots),
    )


# --- Adding ------------------------------------------------------------------------------------------------


@router.get("/add")
def add(
    request: Request, app: TheApp, on: date | None = None, slot: Slot | None = None, text: str = ""
) -> Response:
    """Search for what was eaten, or take a favourite."""
    wanted = text[:80].strip()
    when = slot or slot_now(app)
    favourites = use_case.favourites(app, when)
    return page(
        request,
        "eat/log_add.html",
        on=on or app.today,
        slot=when,
        text=wanted,
        found=foods.search(app, wanted, limit=FOUND) if wanted else (),
        starred=[one for one in favourites if one.starred],
        recent=[one for one in favourites if not one.starred][:RECENT],
        slot_names=food_words.SLOT_NAMES,
        words=food_words,
        new_id=uuid4,
    )


@router.get("/food/{food_id}")
def food_page(
    request: Request, app: TheApp, food_id: str, on: date | None = None, slot: Slot | None = None
) -> Response:
    """Ask how much of a food it was."""
    return _food_page(request, app, foods.food(app, food_id), on=on or app.today, slot=slot or slot_now(app))


def _food_page(
    request: Request, app: App, food: Food, *, on: date, slot: Slot, fields: Fields | None = None
) -> Response:
    problems = fields.problems if fields else []
    return page(
        request,
        "eat/log_food.html",
        status=422 if problems else 200,
        food=food,
        on=on,
        slot=slot,
        problems=problems,
        typed={} if fields is None else {"amount": fields.text("amount"), "unit": fields.text("unit")},
        per_100g=use_case.rows_of_food(app, food),
        missing=[one.name for one in NUTRIENTS if one.id not in food.per_100g],
        slot_names=food_words.SLOT_NAMES,
        words=food_words,
        new_id=uuid4,
    )


@router.post("/food/{food_id}")
def log_food(request: Request, app: TheApp, food_id: str, form: Posted) -> Response:
    """Log so much of a food."""
    food, fields = foods.food(app, food_id), Fields(form)
    on, slot = when_of(app, fields)
    amount = food_amount(fields, food.portions)
    if amount is None:
        return _food_page(request, app, food, on=on, slot=slot, fields=fields)
    token = use_case.log_food(app, entry_id(fields), on, slot, food_id, amount.mass_g, portion=amount.portion)
    return see(address(on), said=f"{food.name} is logged.", undo=undo_of(token, on))


@router.get("/recipe/{recipe_id}")
def recipe_page(
    request: Request, app: TheApp, recipe_id: str, on: date | None = None, slot: Slot | None = None
) -> Response:
    """Ask how many servings of a recipe it was."""
    return _recipe_page(request, app, recipe_id, on=on or app.today, slot=slot or slot_now(app))


def _recipe_page(
    request: Request, app: App, recipe_id: str, *, on: date, slot: Slot, fields: Fields | None = None
) -> Response:
    problems = fields.problems if fields else []
    return page(
        request,
        "eat/log_recipe.html",
        status=422 if problems else 200,
        view=recipes.recipe(app, recipe_id, 1),
        on=on,
        slot=slot,
        problems=problems,
        typed={} if fields is None else {"amount": fields.text("amount")},
        slot_names=food_words.SLOT_NAMES,
        words=food_words,
        new_id=uuid4,
    )


@router.post("/recipe/{recipe_id}")
def log_recipe(request: Request, app: TheApp, recipe_id: str, form: Posted) -> Response:
    """Log servings of a recipe."""
    fields = Fields(form)
    on, slot = when_of(app, fields)
    amount = servings(fields)
    if amount is None:
        return _recipe_page(request, app, recipe_id, on=on, slot=slot, fields=fields)
    name = recipes.recipe(app, recipe_id, 1).recipe.name
    token = use_case.log_recipe(app, entry_id(fields), on, slot, recipe_id, amount)
    return see(address(on), said=f"{name} is logged.", undo=undo_of(token, on))


@router.post("/again")
def again(app: TheApp, form: Posted) -> Response:
    """Log a favourite as it was logged last."""
    fields = Fields(form)
    on, slot = when_of(app, fields)
    key = fields.text("key", 200)
    kept = next((one for one in use_case.favourites(app) if key and key in {one.food, one.recipe}), None)
    if kept is None:
        raise HTTPException(404, "This favourite is not here any more. Search for it instead.")
    if kept.food is not None and kept.mass_g is not None:
        token = use_case.log_food(
            app, entry_id(fields), on, slot, kept.food, kept.mass_g, portion=kept.portion
        )
    elif kept.recipe is not None:
        token = use_case.log_recipe(app, entry_id(fields), on, slot, kept.recipe, kept.servings or 1)
    else:
        raise HTTPException(404, "This favourite is not here any more. Search for it instead.")
    return see(address(on), said=f"{kept.name} is logged.", undo=undo_of(token, on))


def when_of(app: App, fields: Fields) -> tuple[date, Slot]:
    """Return the day and slot of a form; today and the slot of this hour where it says none."""
    try:
        on = min(date.fromisoformat(fields.text("on")), app.today)
    except ValueError:
        on = app.today
    wanted = fields.text("slot")
    return on, next((slot for slot in SLOTS if slot == wanted), slot_now(app))


# --- Changing ----------------------------------------------------------------------------------------------


@router.get("/entry/{entry}")
def entry_page(request: Request, app: TheApp, entry: UUID, on: date) -> Response:
    """Show one entry, to change or to take out."""
    return _entry_page(request, entry_of(use_case.log_day(app, on), entry))


def _entry_page(request: Request, view: LogEntryView, fields: Fields | None = None) -> Response:
    problems = fields.problems if fields else []
    return page(
        request,
        "eat/log_entry.html",
        status=422 if problems else 200,
        view=view,
        entry=view.entry,
        holds=holds(view.entry),
        start=start_of(view),
        problems=problems,
        typed={} if fields is None else {"amount": fields.text("amount"), "unit": fields.text("unit")},
        slot_names=food_words.SLOT_NAMES,
        words=food_words,
    )


def entry_of(view: LogDayView, entry: UUID) -> LogEntryView:
    """Return an entry of a day; 404 when it is not there."""
    for slot in view.slots:
        for one in slot.entries:
            if one.entry.id == entry:
                return one
    raise HTTPException(404, "This is not in the log of that day any more.")


def start_of(view: LogEntryView) -> tuple[str, str]:
    """Return the number and the unit that an entry's form starts with: portions when it was logged in them."""
    entry = view.entry
    if entry.mass_g is None:
        return f"{entry.servings or 1:g}", ""
    for number, portion in enumerate(view.portions):
        count = round(entry.mass_g / portion.mass_g, 2)
        if entry.portion.endswith(portion.name) and abs(count * portion.mass_g - entry.mass_g) < 0.01:
            return f"{count:g}", str(number)
    return f"{round(entry.mass_g, 1):g}", "g"


def holds(entry: FoodLog) -> dict[str, float | None]:
    """Return what 100 g (a serving) of an entry hold, from what it held when it was logged."""
    share = 100 / entry.mass_g if entry.mass_g else 1 / (entry.servings or 1)
    known = {name: entry.amounts.get(name) for name in ("energy", "protein")}
    plants_g = entry.fruit_vegetable_g
    return {
        **{name: None if one is None else round(share * one.amount, 2) for name, one in known.items()},
        "plants": None if plants_g is None else round(share * plants_g, 2),
    }


@router.post("/entry/{entry}")
def change(request: Request, app: TheApp, entry: UUID, form: Posted) -> Response:
    """Change how much it was, or when."""
    fields = Fields(form)
    on, slot = when_of(app, fields)
    view = entry_of(use_case.log_day(app, on), entry)
    if view.entry.recipe is not None and view.entry.mass_g is None:
        count = servings(fields)
        if count is None:
            return _entry_page(request, view, fields)
        token = use_case.edit_entry(app, entry, servings=count, slot=slot)
    else:
        amount = food_amount(fields, view.portions)
        if amount is None:
            return _entry_page(request, view, fields)
        token = use_case.edit_entry(app, entry, mass_g=amount.mass_g, portion=amount.portion, slot=slot)
    return see(address(on), said=f"{view.entry.name} is changed.", undo=undo_of(token, on))


@router.post("/entry/{entry}/delete")
def delete(app: TheApp, entry: UUID, on: Annotated[date, Form()]) -> Response:
    """Take an entry out; the next page offers to bring it back."""
    token = use_case.delete_entry(app, entry)
    return see(address(on), said="Taken out.", undo=undo_of(token, on))


@router.post("/star")
def star(app: TheApp, form: Posted) -> Response:
    """Keep a food or recipe among the favourites, or not any more."""
    fields = Fields(form)
    on, _ = when_of(app, fields)
    starred = fields.text("starred") == "true"
    token = use_case.keep_favourite(app, fields.text("key", 200), starred=starred)
    said = "Kept among your favourites." if starred else "Not a favourite any more."
    return see(address(on), said=said, undo=undo_of(token, on))


@router.post("/tick")
def tick(app: TheApp, form: Posted) -> Response:
    """Log a planned meal as it was planned."""
    fields = Fields(form)
    on, slot = when_of(app, fields)
    token = week_case.tick_meal(app, on, slot, recipe=fields.text("recipe") or None)
    return see(address(on), said="Logged as planned.", undo=undo_of(token, on))


@router.post("/copy")
def copy(app: TheApp, from_: Annotated[date, Form(alias="from")], to: Annotated[date, Form()]) -> Response:
    """Log on a day what was eaten on another one."""
    token = use_case.copy_day(app, from_, to)
    said = "Copied. Change what was different." if token else "There was nothing to copy."
    return see(address(to), said=said, undo=undo_of(token, to))


@router.post("/complete")
def complete(app: TheApp, form: Posted) -> Response:
    """Take note of whether a day's log is whole."""
    fields = Fields(form)
    on, _ = when_of(app, fields)
    whole = fields.text("whole") == "true"
    token = use_case.set_complete(app, on, complete=whole)
    said = "This day counts for your energy." if whole else "This day is left out of your energy."
    return see(address(on), said=said, undo=undo_of(token, on))
