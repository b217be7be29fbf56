"""What the sample person eats and weighs: twelve weeks of log up to yesterday, and a planned week.

The week is the planner's plain first one, which needs no search, so that the demo starts at once; what she ate is made
up of recipes and foods, and always the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from openback.model.eating import BodyMeasures, FoodLog, FoodWishes, MealWeek
from openback.model.eating_history import EatingHistory, FavouriteFood, KeptWeek, ShoppingTick
from openback.model.food import SLOTS, Dish, Slot
from openback.model.log import MassLog
from openback.nutrition.meals import MealAsk, shopping_list, week_of
from openback.nutrition.meals.greedy import greedy_meals
from openback.nutrition.meals.problem import pose
from openback.nutrition.targets import food_targets
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat.amounts import known
from openback.services.eat.entries import food_entry, kept_amounts, recipe_entry
from openback.services.eat.kitchen import Kitchen, kitchen_of
from openback.services.who import known_person

LOG_WEEKS: Final = 12
SEED: Final = 21
NOT_LOGGED: Final = 0.1  # share of days
IN_PART: Final = 0.1
WEIGHED: Final = 0.6
EATS_KCAL: Final = (2040.0, 180.0)  # a day's mean and scatter
SLOT_SHARE: Final[dict[Slot, float]] = {"breakfast": 0.24, "lunch": 0.31, "dinner": 0.33, "snack": 0.12}
AT: Final[dict[Slot, time]] = {
    "breakfast": time(7, 20), "lunch": time(12, 40), "dinner": time(19, 10), "snack": time(16),
}  # fmt: skip
BETWEEN: Final = ("banana", "apple", "almonds", "walnuts", "orange", "grapes")
SERVINGS: Final = (0.5, 2.0)
QUICK_MIN: Final = 10  # hands-on: fewer dishes to choose from are chosen from sooner
STARRED: Final = 3
IN_THE_BASKET: Final = 4
SIZES: Final = ((10, 33.0, 78.5, 99.5), (1, 32.8, 77.5, 99.0))  # weeks ago; neck, waist, hip in cm


def sample_wishes() -> FoodWishes:
    """Return what the sample person said about eating."""
    return FoodWishes(
        goal="same",
        allergies=frozenset({"peanut"}),
        likes=("lentils_cooked", "salmon", "blueberries"),
        cooking_minutes={5: 45, 6: 45},
    )


def mass_kg(week: float, chance: random.Random) -> float:
    """Return what her scale says so many weeks after the start."""
    return round(66.8 - 0.05 * week + chance.gauss(0, 0.3), 1)


def live_eating(app: App, first: date) -> None:
    """Let the sample person, who is there since `first`, log what she eats and weighs up to now, and plan her week."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    app.store.put_food_wishes(app.person_id, sample_wishes())
    kitchen = kitchen_of(app)
    eater = _Eater(kitchen=kitchen, chance=chance)
    start = max(first, app.today - timedelta(weeks=LOG_WEEKS))
    monday = monday_of(app.today)
    days = [start + timedelta(days=n) for n in range((app.today - start).days)]
    week = _week(app, monday)
    entries = [entry for on in days if on < monday for entry in eater.day(on)]
    entries += eater.planned(week.week, app.today)
    history = EatingHistory(
        entries=tuple(entries),
        weeks=(week,),
        favourites=tuple(FavouriteFood(key=key) for key in _most_eaten(entries)),
        measures=tuple(_sizes(app.today)),
        ticks=tuple(
            ShoppingTick(starts_on=monday, food=item.food, at=app.now())
            for item in [item for item in week.week.shopping if item.buy_g > 0][:IN_THE_BASKET]
        ),
    )
    app.store.add_eating(app.person_id, history)
    masses = [
        MassLog(at=_at(on, time(6, 50)), mass_kg=mass_kg((on - first).days / 7, chance))
        for on in [*days, app.today]
        if chance.random() < WEIGHED and _at(on, time(6, 50)) <= app.now()
    ]
    app.store.add_history(app.person_id, sessions=(), sets=(), masses=masses)


def _week(app: App, monday: date) -> KeptWeek:
    """Return the planner's first week, as it was made on its Monday morning."""
    kitchen, wishes = kitchen_of(app), sample_wishes()
    quick = {id_: dish for id_, dish in kitchen.dishes.items() if dish.recipe.hands_on_minutes <= QUICK_MIN}
    ask = MealAsk(
        dishes=quick,
        foods=kitchen.foods,
        targets=food_targets(known_person(app), wishes, today=monday),
        wishes=wishes,
        starts_on=monday,
    )
    problem = pose(ask)
    meals = greedy_meals(problem)
    made = week_of(problem, meals, None)
    daily = {on: kept_amounts(totals) for on, totals in made.daily.items()}
    shopping = shopping_list(meals, kitchen.dishes, kitchen.foods)
    week = replace(made, daily=daily, shopping=shopping)
    return KeptWeek(starts_on=monday, planned_at=_at(monday, time(6, 30)), week=week)


def _most_eaten(entries: Sequence[FoodLog]) -> list[str]:
    keys = [entry.food or entry.recipe or "" for entry in entries]
    return sorted(dict.fromkeys(keys), key=lambda key: (-keys.count(key), key))[:STARRED]


def _sizes(today: date) -> Iterator[BodyMeasures]:
    for weeks, neck_cm, waist_cm, hip_cm in SIZES:
        on = today - timedelta(weeks=weeks)
        yield BodyMeasures(on=on, neck_cm=neck_cm, waist_cm=waist_cm, hip_cm=hip_cm)


def _at(on: date, moment: time) -> datetime:
    return datetime.combine(on, moment).astimezone()


@dataclass(kw_only=True)
class _Eater:
    """What she eats, drawn by chance."""

    kitchen: Kitchen
    chance: random.Random

    def day(self, on: date) -> Iterator[FoodLog]:
        """Yield the entries of a day: all of it, a part, or nothing when she did not log."""
        drawn = self.chance.random()
        if drawn < NOT_LOGGED:
            return
        kcal = self.chance.gauss(*EATS_KCAL)
        slots: Sequence[Slot] = SLOTS[:1] if drawn < NOT_LOGGED + IN_PART else SLOTS
        left = kcal
        for slot in slots:
            dish = self._dish(slot)
            servings = _servings(dish, kcal * SLOT_SHARE[slot])
            left -= (known(dish.totals, "energy") or 0.0) * servings
            yield self._recipe(dish, servings, on, slot)
        yield from self._between(on, left)

    def planned(self, week: MealWeek, today: date) -> Iterator[FoodLog]:
        """Yield the meals of the planned week that were ticked before today."""
        for meal in week.meals:
            if meal.on < today:
                dish = self.kitchen.dishes[meal.recipe]
                yield self._recipe(dish, meal.servings, meal.on, meal.slot, planned=True)

    def _dish(self, slot: Slot) -> Dish:
        fitting = [
            dish
            for dish in self.kitchen.dishes.values()
            if slot in dish.recipe.slots and "contains_peanut" not in dish.tags
        ]
        # She has her usual ones: most days one of a few.
        few = fitting[:: max(1, len(fitting) // 9)]
        return self.chance.choice(few if self.chance.random() < 0.7 else fitting)

    def _between(self, on: date, kcal: float) -> Iterator[FoodLog]:
        """Yield fruit and nuts for what is left of the day, a portion each."""
        while kcal > 60:
            food = self.kitchen.foods[self.chance.choice(BETWEEN)]
            portion = food.portions[0]
            kcal -= food.per_100g["energy"] * portion.mass_g / 100
            at = _at(on, AT["snack"])
            yield food_entry(
                self._id(), food, portion.mass_g, on=on, slot="snack", at=at, portion=portion.name
            )

    def _recipe(self, dish: Dish, servings: float, on: date, slot: Slot, *, planned: bool = False) -> FoodLog:
        at = _at(on, AT[slot])
        return recipe_entry(
            self._id(), dish, servings, self.kitchen.foods, on=on, slot=slot, at=at, planned=planned
        )

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def _servings(dish: Dish, kcal: float) -> float:
    low, high = SERVINGS
    return min(high, max(low, round(kcal / (known(dish.totals, "energy") or kcal) * 2) / 2))
