"""What the pages of the log, the nutrients and the weight show, made by hand from bundled foods: no plan, no log."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID

import web_sample
from openback.model.eating import BodyMeasures, FoodLog, FoodTargets, FoodWishes
from openback.model.food import SLOTS, Food, Slot
from openback.model.nutrients import Totals
from openback.nutrition.dishes import sum_totals, totals_of
from openback.nutrition.foods import load_foods
from openback.nutrition.targets import food_targets
from openback.services.eat.amounts import known, rows_of
from openback.services.eat.views import (
    BodyFatView,
    Favourite,
    ForecastPoint,
    LogDayView,
    LogEntryView,
    LogSlotView,
    MealView,
    NutrientRow,
    NutrientsView,
    WeightPoint,
    WeightView,
)

TODAY = web_sample.TODAY
EATEN: tuple[tuple[Slot, str, float, str], ...] = (
    ("breakfast", "rolled_oats", 60, "1 bowl"),
    ("breakfast", "blueberries", 80, ""),
    ("breakfast", "milk_2", 200, "1 glass"),
    ("lunch", "lentils_cooked", 180, ""),
    ("lunch", "spinach_raw", 60, ""),
    ("lunch", "tomato", 120, "1 medium"),
    ("snack", "banana", 118, "1 medium"),
)


@cache
def targets() -> FoodTargets:
    """Return the targets of the sample person, who wants to stay as she is."""
    return food_targets(web_sample.PROFILE.person, FoodWishes(), today=TODAY)


def a_food(id_: str) -> Food:
    """Return a bundled food, or the nearest by name: lists of foods change."""
    foods = load_foods()
    return foods.get(id_) or next(
        food for key, food in foods.items() if key.startswith(id_.split("_", maxsplit=1)[0])
    )


def rows(totals: Totals) -> tuple[NutrientRow, ...]:
    """Return sums against the sample person's targets."""
    return rows_of(totals, targets())


def an_entry(slot: Slot, id_: str, mass_g: float, portion: str = "", *, number: int = 0) -> LogEntryView:
    """Return one entry of the log."""
    food = a_food(id_)
    totals = totals_of(food, mass_g)
    plants = food.group in {"fruit", "vegetable"}
    entry = FoodLog(
        id=UUID(int=number + 1),
        at=datetime.combine(TODAY, time(12), UTC),
        on=TODAY,
        slot=slot,
        name=food.name,
        food=food.id,
        recipe=None,
        mass_g=mass_g,
        servings=None,
        portion=portion,
        amounts=totals,
        fruit_vegetable_g=mass_g if plants else 0.0,
        kinds=(food.id,) if plants else (),
    )
    return LogEntryView(
        entry=entry,
        says=f"{portion}, {mass_g:g} g" if portion else f"{mass_g:g} g",
        energy_kcal=known(totals, "energy"),
        protein_g=known(totals, "protein"),
        portions=food.portions,
        starred=id_ == "rolled_oats",
    )


def a_meal(slot: Slot = "dinner", name: str = "Salmon with potatoes and broccoli") -> MealView:
    """Return a planned meal of today."""
    return MealView(
        on=TODAY,
        slot=slot,
        recipe="salmon_potatoes_broccoli",
        name=name,
        servings=1,
        cooked_on=TODAY,
        leftover=False,
        cook_again_on=(),
        pinned=False,
        minutes=20,
        total_minutes=30,
        price="mid",
        energy_kcal=560,
        protein_g=38,
        fruit_vegetable_g=180,
        groups_g={"oily_fish": 130, "vegetable": 180, "starchy_vegetable": 200},
        cautions=(),
        eaten=False,
    )


def a_favourite(
    id_: str, mass_g: float, portion: str = "", *, slot: Slot = "breakfast", starred: bool = True
) -> Favourite:
    """Return something to log with one tap."""
    food = a_food(id_)
    return Favourite(
        food=food.id,
        recipe=None,
        name=food.name,
        slot=slot,
        mass_g=mass_g,
        servings=None,
        portion=portion,
        energy_kcal=known(totals_of(food, mass_g), "energy"),
        starred=starred,
        uses=9,
    )


def favourites() -> tuple[Favourite, ...]:
    """Return favourites, and foods that were eaten lately."""
    return (
        a_favourite("rolled_oats", 60, "1 bowl"),
        a_favourite("banana", 118, "1 medium", slot="snack"),
        a_favourite("almonds", 30, "1 handful", slot="snack"),
        a_favourite("blueberries", 80, starred=False),
        a_favourite("lentils_cooked", 180, slot="lunch", starred=False),
    )


def a_log_day(
    on: date = TODAY,
    eaten: Iterable[tuple[Slot, str, float, str]] = EATEN,
    *,
    planned: tuple[MealView, ...] | None = None,
) -> LogDayView:
    """Return a day of the log, summed from its foods."""
    entries = [an_entry(*one, number=number) for number, one in enumerate(eaten)]
    meals = ((a_meal(),) if on == TODAY else ()) if planned is None else planned
    totals = sum_totals([(one.entry.amounts, 1.0) for one in entries])
    all_rows = rows(totals)
    return LogDayView(
        on=on,
        is_today=on == TODAY,
        fruit_vegetable_g=sum(one.entry.fruit_vegetable_g or 0 for one in entries),
        fruit_vegetable_target_g=400,
        kinds=tuple(dict.fromkeys(one.entry.name for one in entries if one.entry.kinds)),
        kinds_target=5,
        headline=tuple(row for row in all_rows if row.nutrient in {"energy", "protein", "fibre"}),
        rows=all_rows,
        slots=tuple(_slot(slot, entries, meals) for slot in SLOTS),
        favourites=favourites(),
        copy_from=on - timedelta(days=1),
        complete=None,
    )


def _slot(slot: Slot, entries: list[LogEntryView], meals: tuple[MealView, ...]) -> LogSlotView:
    own = tuple(one for one in entries if one.entry.slot == slot)
    return LogSlotView(
        slot=slot,
        entries=own,
        planned=tuple(meal for meal in meals if meal.slot == slot),
        energy_kcal=known(sum_totals([(one.entry.amounts, 1.0) for one in own]), "energy") if own else None,
    )


def an_empty_day(on: date = TODAY) -> LogDayView:
    """Return a day on which nothing was logged."""
    return a_log_day(on, (), planned=())


def nutrients(on: date = TODAY) -> NutrientsView:
    """Return a day and a week against the targets."""
    day = a_log_day(on)
    return NutrientsView(
        on=on,
        day=day.rows,
        week=day.rows,
        days_logged=6,
        fruit_vegetable_g=tuple(
            (on - timedelta(days=back), grams)
            for back, grams in zip(range(6, -1, -1), (320, 450, None, 510, 380, 405, 378), strict=True)
        ),
        fruit_vegetable_target_g=400,
    )


def no_nutrients(on: date = TODAY) -> NutrientsView:
    """Return a week in which nothing was logged."""
    days = tuple((on - timedelta(days=back), None) for back in range(6, -1, -1))
    return NutrientsView(
        on=on,
        day=rows({}),
        week=rows({}),
        days_logged=0,
        fruit_vegetable_g=days,
        fruit_vegetable_target_g=400,
    )


def _mass(day: int) -> float:
    return 66.4 - 0.012 * day + 0.5 * math.sin(day / 4.1) + 0.25 * math.sin(day * 2.7)


def a_weight(days: int = 120, *, stops: tuple[str, ...] = ()) -> WeightView:
    """Return months of weights with their trend, and half a year ahead."""
    points = tuple(
        WeightPoint(
            on=TODAY - timedelta(days=days - 1 - day),
            weighed_kg=None if day % 3 == 1 else round(_mass(day), 1),
            trend_kg=(66.4 - 0.012 * day - 0.4, 66.4 - 0.012 * day, 66.4 - 0.012 * day + 0.4),
            expenditure_kcal=(1930 + day, 2080 + day / 2, 2230),
            eaten_kcal=None if day % 5 == 2 else 1900.0,
        )
        for day in range(days)
    )
    last = 66.4 - 0.012 * days
    ahead = tuple(
        ForecastPoint(
            on=TODAY + timedelta(days=day),
            low_kg=last - 0.02 * day - 0.004 * day,
            best_kg=last - 0.02 * day,
            high_kg=last - 0.02 * day + 0.006 * day,
        )
        for day in range(0, 92, 7)
    )
    return WeightView(
        points=points,
        latest_kg=points[-1].trend_kg[1] if points[-1].trend_kg else None,
        trend_text="65.0 kg, between 64.6 and 65.4; about 0.1 kg a week less.",
        expenditure_kcal=(1990, 2140, 2260),
        learned=True,
        expenditure_text="96 days of food and 80 weights of the last four months say this. What was not logged is in it too, so it fits your log.",
        forecast=ahead,
        forecast_text="If you eat as planned, about 63.2 kg in 13 weeks, likely between 62.8 and 63.7.",
        rate_kg_per_week=-0.14,
        target_mass_kg=63.0,
        body_fat=(
            BodyFatView(
                name="Waist, hips and neck (US Navy)",
                percent=29.4,
                error=3.7,
                note="From your tape of 20 November.",
            ),
            BodyFatView(name="Height and waist (RFM)", percent=31.2, error=4.0, note=""),
            BodyFatView(
                name="Weight, height and age (Deurenberg)",
                percent=31.6,
                error=5.0,
                note="Knows nothing of muscle.",
            ),
        ),
        healthy_text="Healthy at your age: 23 to 34 % body fat (Gallagher and others, 2000).",
        measures=(BodyMeasures(on=TODAY - timedelta(days=5), waist_cm=75, hip_cm=99.5, neck_cm=32),),
        tracks_cycle=True,
        cycle_starts=(TODAY - timedelta(days=40), TODAY - timedelta(days=12)),
        stops=stops,
    )


def no_weight() -> WeightView:
    """Return the first day: nothing was weighed."""
    return WeightView(
        points=(),
        latest_kg=None,
        trend_text="",
        expenditure_kcal=(1650, 1950, 2250),
        learned=False,
        expenditure_text="From your age, height, weight and a desk job with three sessions a week.",
        forecast=(),
        forecast_text="",
        rate_kg_per_week=0.0,
        target_mass_kg=None,
        body_fat=(),
        healthy_text="",
        measures=(),
        tracks_cycle=False,
        cycle_starts=(),
        stops=(),
    )
