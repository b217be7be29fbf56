"""Eat: the week of meals, one day of it in full, and every change to a meal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Final, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from openback.errors import MealDoesNotFit, NoMealsFit, NoSuchMeal
from openback.model.eating import SolverReport, Unmet
from openback.model.food import SLOTS, Slot
from openback.model.nutrients import NUTRIENT
from openback.services import people
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat import week as weeks
from openback.services.eat.views import DayView, MealView, NutrientRow, WeekView
from openback.units import Units
from openback.web import meal_words
from openback.web.jobs import Job, Jobs, Progress
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.eat_undo import undo_address
from openback.web.words import listed, plural

router = APIRouter(prefix="/eat")

# Days that a calendar of meals may name; beyond, dates cannot be counted on.
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
QueryDay = Annotated[date | None, Query(ge=FIRST_DAY, le=LAST_DAY)]
PathDay = Annotated[date, Path(ge=FIRST_DAY, le=LAST_DAY)]
FormDay = Annotated[date, Form(ge=FIRST_DAY, le=LAST_DAY)]
YesNo = Annotated[Literal["yes", "no"], Form()]
RecipeId = Annotated[str, Form(max_length=100)]
OfQuery = Annotated[str, Query(max_length=100)]
FRUIT_VEGETABLE_G: Final = 400.0  # a day, WHO; the model's rule has the same number
NOTHING_ELSE: Final = "No other recipe fits this meal beside the rest of the week; it stays as it is."
OTHER_WEEK: Final = "This week and the next can be planned; a week that is over stays as it was."
AHEAD: Final = timedelta(days=7)  # a week further than this one can be planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A line of a day's summary: what is planned and eaten of it, and between what it should lie."""

    name: str
    amount_text: str
    asks: str
    planned: float
    eaten: float
    low: float | None
    high: float | None
    more: str = ""


def plans_of(request: Request) -> Jobs[WeekView]:
    """Return the weeks that are being planned in this process."""
    return cast("Jobs[WeekView]", request.app.state.meal_plans)


@router.get("")
def eat(
    request: Request,
    app: TheApp,
    week: QueryDay = None,
    day: QueryDay = None,
) -> Response:
    """Show a week of meals (this one, or the one of `week`) and `day` of it in full."""
    if people.profile_of(app) is None:
        return see("/welcome")
    asked = day or week or app.today
    view = _without_bare_days(weeks.week(app, monday_of(asked)))
    shown = day_shown(view, day or app.today)
    units = people.units_of(app)
    return page(
        request,
        "eat/week.html",
        view=view,
        day_shown=shown,
        slots=slots_of(view),
        sums=sums(shown, units) if shown else (),
        earlier=view.earlier,
        later=_later(view, monday_of(app.today)),
        unmet=[unmet_words(one) for one in view.unmet],
        solver_words=solver_words,
    )


def _without_bare_days(view: WeekView) -> WeekView:
    """Return a week as it is, or without its days when none of them has a meal: that is no plan."""
    return view if any(one.meals for one in view.days) else replace(view, days=())


def day_shown(view: WeekView, wanted: date) -> DayView | None:
    """Return the wanted day of a week, else its first; None when nothing is planned."""
    return next((one for one in view.days if one.on == wanted), view.days[0] if view.days else None)


def slots_of(view: WeekView) -> tuple[Slot, ...]:
    """Return the slots that the week has, in the order of the day."""
    there = {meal.slot for one in view.days for meal in one.meals}
    return tuple(slot for slot in SLOTS if slot in there)


def _later(view: WeekView, this_monday: date) -> date | None:
    """Return the week to go on to: the next planned one, or next week, which can be planned already."""
    following = view.monday + AHEAD
    return view.later or (following if following <= this_monday + AHEAD else None)


def nutrient_name(key: str) -> str:
    """Return the name of a nutrient, or the key as words when it is another thing that was asked for."""
    known = NUTRIENT.get(key)
    return known.name if known else key.replace("_", " ").capitalize()


def unmet_words(one: Unmet) -> tuple[str, str]:
    """Return the name of what is not met and what to do about it, the name not said twice."""
    name = nutrient_name(one.nutrient)
    _, colon, rest = one.text.partition(": ")
    twice = colon and one.text.lower().startswith(f"{name.lower()}: ")
    return name, meal_words.sentence(rest if twice else one.text)


def solver_words(report: SolverReport) -> str:
    """Return in a sentence how the week was found and how far from the best it can be."""
    seconds = f"{report.build_s + report.solve_s:.1f} s"
    percent = f"{report.gap * 100:.1f} %"
    if report.best:
        return f"Found in {seconds}; no other week of these recipes can be more than {percent} better."
    return f"The best that was found in {seconds}; the very best week could be up to {percent} better."


# --- The sums of a day -------------------------------------------------------------------------------


def sums(shown: DayView, units: Units) -> tuple[Sum, ...]:
    """Return a day's summary: fruit and vegetables first, then protein and energy."""
    rows = {row.nutrient: row for row in shown.rows}
    return (_plants(shown, units), *_rows(shown, rows))


def _plants(shown: DayView, units: Units) -> Sum:
    names = list(dict.fromkeys(name.partition(",")[0].lower() for name in shown.kinds))
    grown = shown.fruit_vegetable_g
    metric = "–" if grown is None else f"{grown:,.0f} g"  # beside 400 g: not in kilograms
    return Sum(
        name="Fruit and vegetables",
        amount_text=metric if units == "metric" else meal_words.grams(grown, units),
        asks=f"of at least {meal_words.grams(FRUIT_VEGETABLE_G, units)}",
        planned=shown.fruit_vegetable_g or 0.0,
        eaten=_eaten(shown, "fruit_vegetable_g"),
        low=FRUIT_VEGETABLE_G,
        high=None,
        more=f"{plural(len(names), 'kind')}: {listed(names)}" if names else "",
    )


def _rows(shown: DayView, rows: Mapping[str, NutrientRow]) -> tuple[Sum, ...]:
    asked = (
        ("protein", "Protein", shown.protein_g, "protein_g"),
        ("energy", "Energy", shown.energy_kcal, "energy_kcal"),
    )
    return tuple(
        Sum(
            name=name,
            amount_text=meal_words.kcal(amount) if key == "energy" else f"{meal_words.whole(amount)} g",
            asks=_asks(rows.get(key)),
            planned=amount or 0.0,
            eaten=_eaten(shown, field),
            low=rows[key].low if key in rows else None,
            high=rows[key].high if key in rows else None,
        )
        for key, name, amount, field in asked
    )


def _asks(row: NutrientRow | None) -> str:
    """Return what a target asks, as it stands behind an amount: `of 1,780–1,920`."""
    if row is None:
        return ""
    tens = -1 if row.nutrient == "energy" else 0
    rounded = {
        end: None if value is None else round(value, tens)
        for end, value in (("low", row.low), ("high", row.high))
    }
    text = meal_words.bounds(_Ends(**rounded))
    return f"of {text}" if text else ""


@dataclass(frozen=True, slots=True)
class _Ends:
    low: float | None
    high: float | None


def _eaten(shown: DayView, field: str) -> float:
    """Return how much of a field the meals hold that were eaten; what is unknown adds nothing to the bar."""
    return sum(getattr(meal, field) or 0.0 for meal in shown.meals if meal.eaten)


# --- Planning -------------------------------------------------------------------------------------------


@router.post("/plan")
def plan(request: Request, app: TheApp, week: FormDay) -> Response:
    """Plan a week in the background; what is pinned or eaten stays."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return begin(request, app, monday_of(week))


def begin(request: Request, app: App, monday: date) -> Response:
    """Start to plan this week or the next, and go to it, or to where one sees how far it is."""
    if not monday_of(app.today) <= monday <= monday_of(app.today) + AHEAD:
        return see("/eat", said=OTHER_WEEK)
    job = plans_of(request).start(str(monday), partial(_planned, app, monday))
    if job.over and not job.problem:
        return _arrived(request, monday, job)
    return see(f"/eat/planning/{monday}")


def _planned(app: App, monday: date, progress: Progress) -> WeekView:
    return weeks.plan_week(app, monday, progress=progress)


@router.get("/planning/{monday}")
def planning(request: Request, monday: PathDay) -> Response:
    """Show that a week is being planned; go on to it when it is."""
    running = plans_of(request).get(str(monday))
    if running is None:
        return see(f"/eat?week={monday}")
    job = running.now()
    if job.over and not job.problem:
        return _arrived(request, monday, job)
    if job.over:
        plans_of(request).forget(str(monday))
    return page(request, "eat/planning.html", job=job, monday=monday)


def _arrived(request: Request, monday: date, job: Job[WeekView]) -> Response:
    """Go to the week that was planned, and say so once."""
    plans_of(request).forget(str(monday))
    view = job.result
    said = "Your week is planned." if view is not None and view.status == "planned" else ""
    address = f"/eat?week={monday}"
    answer = see(address, said=said, undo=undo_address(view.undo if view else None, address))
    if "hx-request" in request.headers:
        # htmx would follow a redirect inside the page; this moves the browser.
        answer.status_code = 200
        answer.headers["hx-redirect"] = address
        del answer.headers["location"]
    return answer


# --- One meal ----------------------------------------------------------------------------------------------


def meal_at(app: App, on: date, slot: Slot, recipe: str) -> MealView | None:
    """Return a planned meal, the first of its slot when no recipe of it is named; None when there is none."""
    view = weeks.week(app, monday_of(on))
    found = [meal for one in view.days if one.on == on for meal in one.meals if meal.slot == slot]
    return next((meal for meal in found if not recipe or meal.recipe == recipe), None)


def _changed(app: App, on: date, slot: Slot, before: WeekView, token: UUID | None) -> Response:
    """Go back to the day, and say what the meal is now: the one that was not there before."""
    old = {meal.recipe for meal in _meals(before, on, slot)}
    now = [meal for meal in _meals(weeks.week(app, monday_of(on)), on, slot) if meal.recipe not in old]
    name = now[0].name if now else "what it was"
    anchor = f"#meal-{slot}-{now[0].recipe}" if now else ""
    day = f"/eat?day={on}"
    said = f"{meal_words.SLOT_NAMES[slot]} is now {name}."
    return see(day + anchor, said=said, undo=undo_address(token, day))


def _meals(view: WeekView, on: date, slot: Slot) -> list[MealView]:
    return [meal for one in view.days if one.on == on for meal in one.meals if meal.slot == slot]


@router.get("/meals/{on}/{slot}/swap")
def swap_choices(request: Request, app: TheApp, on: PathDay, slot: Slot, of: OfQuery = "") -> Response:
    """Show what could stand in for a meal."""
    meal = meal_at(app, on, slot, of)
    if meal is None:
        raise NoSuchMeal(on, slot)
    choices = weeks.swap_choices(app, on, slot, recipe=meal.recipe)
    return page(request, "eat/swap.html", meal=meal, choices=choices)


@router.post("/meals/{on}/{slot}/swap")
def swap(app: TheApp, on: PathDay, slot: Slot, to: RecipeId, of: RecipeId = "") -> Response:
    """Put another recipe in a meal's place."""
    before = weeks.week(app, monday_of(on))
    try:
        token = weeks.swap_meal(app, on, slot, to, recipe=of or None)
    except (MealDoesNotFit, NoMealsFit) as error:
        return see(f"/eat?day={on}", said=str(error))
    return _changed(app, on, slot, before, token)


@router.post("/meals/{on}/{slot}/replan")
def replan(app: TheApp, on: PathDay, slot: Slot, of: RecipeId = "") -> Response:
    """Let the planner choose another recipe for one meal; the rest of the week stays."""
    before = weeks.week(app, monday_of(on))
    try:
        token = weeks.replan_meal(app, on, slot, recipe=of or None)
    except NoMealsFit:
        return see(f"/eat?day={on}", said=NOTHING_ELSE)
    return _changed(app, on, slot, before, token)


@router.post("/meals/{on}/{slot}/pin")
def pin(app: TheApp, on: PathDay, slot: Slot, of: RecipeId = "", pinned: YesNo = "yes") -> Response:
    """Keep a meal when the week is planned anew, or let it go."""
    token = weeks.pin_meal(app, on, slot, pinned=pinned == "yes", recipe=of or None)
    said = {"yes": "This meal stays, whatever is planned anew.", "no": "This meal may be planned anew."}
    day = f"/eat?day={on}"
    return see(f"{day}#meal-{slot}-{of}", said=said[pinned], undo=undo_address(token, day))


@router.post("/meals/{on}/{slot}/eaten")
def eaten(
    app: TheApp,
    on: PathDay,
    slot: Slot,
    of: RecipeId = "",
    eaten: YesNo = "yes",
    back: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Tick a meal as eaten, which logs it, or take the tick away."""
    token = weeks.tick_meal(app, on, slot, eaten=eaten == "yes", recipe=of or None)
    name = meal_words.SLOT_NAMES[slot]
    to = "/" if back == "today" else f"/eat?day={on}"
    said = f"{name} is logged." if eaten == "yes" else f"{name} is not logged any more."
    return see(f"{to}#meal-{slot}-{of}", said=said, undo=undo_address(token, to))
