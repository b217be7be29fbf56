"""The week to fill: facts worked out once from what is asked, which the rules then read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from openback.model.eating import Meal, Target
from openback.model.food import SLOTS, Dish, Slot
from openback.nutrition.diets import allowed
from openback.nutrition.meals.ask import DAYS, MealAsk, candidates
from openback.nutrition.meals.numbers import Numbers, load_numbers
from openback.optimise import Key

QUICK: Final = 4
RAISED: Final = "raised_minutes"  # among what gives way: days may take what quick meals take
HALVES: Final = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
MAIN: Final[tuple[Slot, ...]] = ("lunch", "dinner")
LATER: Final[tuple[Slot, ...]] = ("lunch", "dinner")  # where leftovers are eaten


@dataclass(frozen=True, slots=True)
class Choice:
    """A dish in a slot of a day, with so many servings."""

    dish: str
    day: int
    slot: Slot
    servings: float

    @property
    def key(self) -> Key:
        """The yes-or-no of the model."""
        return ("meal", self.dish, self.day, self.slot, f"{self.servings:g}")


def without_days(key: Key) -> Key:
    """Return a key of the model without its days: numbers in keys are days, and nothing else is."""
    return tuple(part for part in key if isinstance(part, str))


def eaten(dish: str, day: int) -> Key:
    """Return the key of the servings of a dish on a day, all slots together."""
    return ("eaten", dish, day)


def had(dish: str, day: int) -> Key:
    """Return the key of the yes-or-no: the dish is eaten that day."""
    return ("had", dish, day)


def fresh(dish: str, day: int) -> Key:
    """Return the key of the yes-or-no: the dish is cooked that day."""
    return ("fresh", dish, day)


def left(dish: str, cooked: int, day: int) -> Key:
    """Return the key of the yes-or-no: the dish is eaten as a leftover of an earlier day (-1: of the week before)."""
    return ("left", dish, cooked, day)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One week to fill.

    `choices` are all dishes with servings by day and slot; a kept meal is the only choice of its slot.
    `dishes_in` is how many dishes a slot of a day takes, fewest and most. `minutes` are by day. `loosened` names rules
    that give way because no week keeps them, with the reason in words.
    """

    ask: MealAsk
    numbers: Numbers
    choices: Mapping[tuple[int, Slot], tuple[Choice, ...]]
    dishes_in: Mapping[tuple[int, Slot], tuple[int, int]]
    minutes: tuple[float, ...]
    kept: tuple[Meal, ...] = ()
    loosened: Mapping[str, str]

    @cached_property
    def all_choices(self) -> tuple[Choice, ...]:
        """Every choice, by day, then by slot, then in the book's order."""
        return tuple(choice for found in self.choices.values() for choice in found)

    @cached_property
    def on_day(self) -> Mapping[tuple[str, int], tuple[Choice, ...]]:
        """The choices of each dish on each day."""
        found: dict[tuple[str, int], list[Choice]] = {}
        for choice in self.all_choices:
            found.setdefault((choice.dish, choice.day), []).append(choice)
        return {key: tuple(choices) for key, choices in found.items()}

    @cached_property
    def days_of(self) -> Mapping[str, tuple[int, ...]]:
        """The days on which each dish may come."""
        found: dict[str, list[int]] = {}
        for dish, day in self.on_day:
            found.setdefault(dish, []).append(day)
        return {dish: tuple(sorted(days)) for dish, days in found.items()}

    @cached_property
    def leftovers(self) -> Mapping[tuple[str, int], tuple[int, ...]]:
        """The earlier days of which a dish may be eaten on a day; -1 is the week before, for kept meals only."""
        found: dict[tuple[str, int], tuple[int, ...]] = {}
        before = {(m.recipe, self.day(m)) for m in self.kept if m.cooked_on < self.ask.starts_on}
        for (dish, day), choices in self.on_day.items():
            keeps = self.dish(dish).recipe.keeps_days
            days = [d for d in self.days_of[dish] if 0 < day - d <= keeps]
            if not any(choice.slot in LATER for choice in choices):
                days = []
            if (dish, day) in before:
                days.insert(0, -1)
            if days:
                found[dish, day] = tuple(days)
        return found

    @cached_property
    def kept_of(self) -> Counter[tuple[str, int]]:
        """How often each dish is kept on each day."""
        return Counter((meal.recipe, self.day(meal)) for meal in self.kept)

    def dish(self, dish_id: str) -> Dish:
        """Return the dish with this id."""
        return self.ask.dishes[dish_id]

    def day(self, meal: Meal) -> int:
        """Return the day of the week of a meal, 0 to 6."""
        return (meal.on - self.ask.starts_on).days

    def amount(self, dish_id: str, nutrient: str) -> float:
        """Return what is known to be in a serving; check `coverage` before anything is said of it."""
        known = self.dish(dish_id).totals.get(nutrient)
        return known.amount if known else 0.0

    def coverage(self, dish_id: str, nutrient: str) -> float:
        """Return the share of a serving's energy whose foods report the nutrient."""
        known = self.dish(dish_id).totals.get(nutrient)
        return known.coverage if known else 0.0

    def target(self, nutrient: str) -> Target | None:
        """Return the target of a nutrient, where there is one."""
        return self.ask.targets.targets.get(nutrient)

    @cached_property
    def day_kcal(self) -> float:
        """The energy that a day aims at."""
        return aimed_kcal(self.ask, self.numbers)


def aimed_kcal(ask: MealAsk, numbers: Numbers) -> float:
    """Return the energy that a day aims at: the middle of its target, else the one bound there is."""
    target = ask.targets.targets.get("energy")
    bounds = [b for b in (target.low, target.high) if b is not None] if target else []
    return sum(bounds) / len(bounds) if bounds else numbers.usual_kcal


def pose(ask: MealAsk, *, loosened: Mapping[str, str] | None = None) -> Problem:
    """Return the problem of filling one week. Kept meals whose dish is not there are left out."""
    numbers = load_numbers()
    wanted = Counter(ask.wishes.meals)
    kept = kept_meals(ask)
    choices: dict[tuple[int, Slot], tuple[Choice, ...]] = {}
    dishes_in: dict[tuple[int, Slot], tuple[int, int]] = {}
    for day in range(DAYS):
        for slot in SLOTS:
            here = [m for m in kept if m.on == ask.on(day) and m.slot == slot]
            if here:
                choices[day, slot] = tuple(Choice(m.recipe, day, slot, m.servings) for m in here)
                dishes_in[day, slot] = (len(here), len(here))
            elif slot in wanted:
                found = [
                    dish
                    for dish in candidates(ask, slot, ask.on(day).weekday())
                    if (ask.on(day), slot, dish) not in ask.refused
                ]
                sizes = {dish: _servings(ask, numbers, dish, slot, wanted) for dish in found}
                choices[day, slot] = tuple(
                    Choice(dish, day, slot, servings) for dish in found for servings in sizes[dish]
                )
                dishes_in[day, slot] = (wanted[slot], wanted[slot] + (slot == "snack"))
    return Problem(
        ask=ask,
        numbers=numbers,
        choices=choices,
        dishes_in=dishes_in,
        minutes=_minutes(ask, numbers, choices, dishes_in, raised=RAISED in (loosened or {})),
        kept=kept,
        loosened=loosened or {},
    )


def kept_meals(ask: MealAsk) -> tuple[Meal, ...]:
    """Return the kept meals that this week may have: of dishes that there are and that diet and allergies allow."""
    found = {
        (meal.on, meal.slot, meal.recipe): meal
        for meal in ask.kept
        if meal.recipe in ask.dishes
        and 0 <= (meal.on - ask.starts_on).days < DAYS
        and allowed(ask.dishes[meal.recipe].tags, ask.wishes) is None
    }
    return tuple(found.values())


def _servings(
    ask: MealAsk, numbers: Numbers, dish: str, slot: Slot, wanted: Mapping[Slot, int]
) -> tuple[float, ...]:
    """Return the servings of a dish that make a meal of the slot's size, at least the nearest one."""
    day_kcal = aimed_kcal(ask, numbers)
    shares = sum(numbers.energy_share[s] * n for s, n in wanted.items())
    share_kcal = day_kcal * numbers.energy_share[slot] / shares
    most = numbers.most_servings_much if day_kcal >= numbers.much_kcal else numbers.most_servings
    energy = ask.dishes[dish].totals.get("energy")
    if energy is None or energy.amount <= 0:
        return (1.0,)
    sizes = [n for n in HALVES if n <= most]
    low = numbers.meal_low_share * (0.5 if slot == "snack" else 1.0)
    fit = [n for n in sizes if low * share_kcal <= n * energy.amount <= numbers.meal_high_share * share_kcal]
    return tuple(fit) or (min(sizes, key=lambda n: abs(n * energy.amount - share_kcal)),)


def _minutes(
    ask: MealAsk,
    numbers: Numbers,
    choices: Mapping[tuple[int, Slot], tuple[Choice, ...]],
    dishes_in: Mapping[tuple[int, Slot], tuple[int, int]],
    *,
    raised: bool,
) -> tuple[float, ...]:
    """Return the hands-on minutes of each day: what was said, or what quick meals and the kept ones take if more.

    Days without kept meals have what was said, unless `raised`. Quick is the QUICK-th quickest dish of a slot, since
    the very quickest cannot come every day.
    """
    kept = {meal.on for meal in kept_meals(ask)}
    found = []
    for day in range(DAYS):
        said = float(ask.wishes.cooking_minutes.get(ask.on(day).weekday(), numbers.usual_minutes))
        needed = 0.0
        for (on, slot), here in choices.items():
            if on == day and here:
                by_dish = {c.dish: ask.dishes[c.dish].recipe.hands_on_minutes for c in here}
                fewest = dishes_in[on, slot][0]
                quick = sorted(by_dish.values())[:QUICK]
                needed += sum(quick) if len(by_dish) == fewest else quick[-1] * fewest
        found.append(max(said, needed) if raised or ask.on(day) in kept else said)
    return tuple(found)
