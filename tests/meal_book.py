"""A small book of made-up dishes, asks for weeks of them, and a judge of weeks that knows nothing of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil

from openback.model.eating import FoodTargets, FoodWishes, MealWeek, Target
from openback.model.food import SLOTS, Dish, Food, Ingredient, Recipe, Slot
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.kitchen import kit_of
from openback.nutrition.meals import MealAsk

MONDAY = date(2026, 11, 30)
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(7))
MAIN: tuple[Slot, ...] = ("lunch", "dinner")

# id: slots, minutes, days it keeps, kit, grams of a serving
SMALL = {
    "porridge": (("breakfast",), 4, 0, ["hob"], {"rolled_oats": 60, "milk_whole": 200, "banana": 100}),
    "yogurt_bowl": (("breakfast",), 3, 0, [], {"greek_yogurt": 250, "blueberries": 120, "walnuts": 20}),
    "egg_toast": (("breakfast",), 7, 0, ["hob"], {"egg_boiled": 100, "rye_bread": 90, "tomato": 120}),
    "soy_bowl": (("breakfast",), 2, 0, [], {"quinoa_cooked": 150, "soy_milk": 250, "apple": 120}),
    "apple_nuts": (("snack",), 1, 0, [], {"apple": 150, "almonds": 20}),
    "carrot_hummus": (("snack",), 2, 0, [], {"carrot": 150, "hummus": 50}),
    "orange": (("snack",), 1, 0, [], {"orange": 200}),
    "cottage_pear": (("snack",), 2, 0, [], {"cottage_cheese": 120, "pear": 150}),
    "lentil_stew": (MAIN, 12, 3, ["hob"], {"lentils_cooked": 250, "tomato": 150, "spinach": 100, "olive_oil": 10}),
    "chickpea_box": (("lunch",), 8, 2, [], {"chickpeas_cooked": 200, "red_pepper": 120, "cucumber": 100}),
    "salmon_dinner": (("dinner",), 10, 1, ["oven"], {"salmon": 150, "potato_boiled": 250, "broccoli": 200}),
    "chicken_rice": (MAIN, 15, 2, ["hob"], {"chicken_breast_roasted": 130, "brown_rice_cooked": 200, "carrot": 120}),
    "tofu_quinoa": (MAIN, 14, 2, ["hob"], {"tofu": 150, "quinoa_cooked": 200, "broccoli": 150, "red_pepper": 100}),
    "bean_chilli": (MAIN, 13, 3, ["hob"], {"black_beans_cooked": 250, "tomato": 200, "brown_rice_cooked": 120}),
}  # fmt: skip


def recipe(
    id_: str,
    grams: Mapping[str, float],
    *,
    slots: tuple[Slot, ...] = MAIN,
    minutes: int = 10,
    keeps_days: int = 2,
    serves: int = 1,
    **more: object,
) -> Recipe:
    return Recipe(
        **{
            "id": id_,
            "name": id_.replace("_", " ").capitalize(),
            "slots": slots,
            "serves": serves,
            "hands_on_minutes": minutes,
            "total_minutes": minutes + 5,
            "ingredients": tuple(Ingredient(food=f, mass_g=g * serves) for f, g in grams.items()),
            "method": ("Put together what is there.",),
            "keeps_days": keeps_days,
            "portable": "lunch" in slots,
            **more,
        }
    )


def dish(id_: str, grams: Mapping[str, float], **more: object) -> Dish:
    return dish_of(recipe(id_, grams, **more), load_foods())


def food(id_: str, **more: object) -> Food:
    return Food(
        **{
            "id": id_,
            "name": id_.capitalize(),
            "group": "other",
            "per_100g": {"energy": 100.0},
            "origin": "own",
            "source": "made up",
            "tags": frozenset(),
            "aisle": "Bread",
            **more,
        }
    )


def small_book(*only: str) -> dict[str, Dish]:
    """Return the made-up dishes, all or those named."""
    return {
        id_: dish(id_, grams, slots=slots, minutes=minutes, keeps_days=keeps, kit=frozenset(kit))
        for id_, (slots, minutes, keeps, kit, grams) in SMALL.items()
        if not only or id_ in only
    }


def target(nutrient: str, low: float | None, high: float | None = None, *, hard: bool = False) -> Target:
    return Target(nutrient=nutrient, low=low, high=high, why="Said.", source="iom_2005", hard=hard)


def targets(kcal: float = 2000, *more: Target, floor: float | None = 1300, **other: object) -> FoodTargets:
    """Return targets of a day with a few nutrients, those given on top."""
    found = (
        target("energy", 0.95 * kcal, 1.05 * kcal),
        target("protein", 95, 160),
        target("fat", 45, 80),
        target("saturated_fat", None, 22),
        target("fibre", 25),
        target("sodium", None, 2300),
        target("calcium", 1000, 2500, hard=True),
        target("iron", 18, 45, hard=True),
        target("vitamin_c", 75, 2000, hard=True),
        target("vitamin_d", 15, 100, hard=True),
        *more,
    )
    return FoodTargets(
        **{
            "targets": {one.nutrient: one for one in found},
            "expenditure_kcal": (kcal - 150, kcal, kcal + 150),
            "goal": "same",
            "rate_kg_per_week": 0.0,
            "protein_per_meal_g": 20.0,
            "energy_floor_kcal": floor,
            **other,
        }
    )


def ask_for(dishes: Mapping[str, Dish] | None = None, **more: object) -> MealAsk:
    """Return an ask; what belongs to the wishes goes there."""
    wishes = {key: more.pop(key) for key in tuple(more) if key in FoodWishes.__dataclass_fields__}
    return MealAsk(
        **{
            "dishes": small_book() if dishes is None else dishes,
            "foods": load_foods(),
            "targets": targets(),
            "wishes": FoodWishes(**wishes),
            "starts_on": MONDAY,
            "time_limit_s": 60.0,
            **more,
        }
    )


# --- The judge ------------------------------------------------------------------------------------------------------


def may_be_eaten(ask: MealAsk, one: Dish) -> bool:
    """Judge by the foods of a dish, each by itself."""
    wishes = ask.wishes
    for part in one.recipe.ingredients:
        tags = ask.foods[part.food].tags or frozenset()
        if wishes.diet != "omnivore" and wishes.diet not in tags:
            return False
        if any(f"contains_{allergy}" in tags for allergy in wishes.allergies):
            return False
        if ask.pregnant and ask.foods[part.food].caution:
            return False
    return one.recipe.kit <= kit_of(wishes.kit)


def may_come(ask: MealAsk, one: Dish, slot: Slot, on: date) -> bool:
    to_take = slot != "lunch" or on.weekday() > 4 or one.recipe.portable
    return slot in one.recipe.slots and to_take and may_be_eaten(ask, one)


def broken(ask: MealAsk, week: MealWeek) -> list[str]:
    """Return every rule that always holds and that this week breaks."""
    kept = {(m.on, m.slot, m.recipe, m.servings) for m in ask.kept}
    got = {(m.on, m.slot, m.recipe, m.servings) for m in week.meals}
    found = ["kept" for _ in kept - got]
    for m in week.meals:
        if (m.on, m.slot, m.recipe, m.servings) not in kept:
            if not may_come(ask, ask.dishes[m.recipe], m.slot, m.on):
                found.append(f"{m.recipe} may not come")
            if m.servings * 2 != int(m.servings * 2) or not 0.5 <= m.servings <= 3:
                found.append(f"{m.servings} servings")
    return [*found, *_places(ask, week), *_leftovers(ask, week), *_often(ask, week), *_sums(ask, week)]


def _places(ask: MealAsk, week: MealWeek) -> Iterator[str]:
    for on in DAYS:
        for slot in SLOTS:
            wanted = ask.wishes.meals.count(slot)
            number = sum(m.on == on and m.slot == slot for m in week.meals)
            most = wanted + (slot == "snack" and wanted > 0)
            if not wanted <= number <= most:
                yield f"{number} dishes for {slot} on {on}"
        here = [m.recipe for m in week.meals if m.on == on]
        if len(set(here)) < len(here) and not ask.kept:
            yield f"a dish twice on {on}"


def _leftovers(ask: MealAsk, week: MealWeek) -> Iterator[str]:
    for m in week.meals:
        days = (m.on - m.cooked_on).days
        source = any(o.recipe == m.recipe and o.on == o.cooked_on == m.cooked_on for o in week.meals)
        if days < 0 or (days and not source) or days > ask.dishes[m.recipe].recipe.keeps_days:
            yield f"{m.recipe} of {m.cooked_on} on {m.on}"
    for on in DAYS:
        said = ask.wishes.cooking_minutes.get(on.weekday(), 30)
        taken = sum(
            ask.dishes[m.recipe].recipe.hands_on_minutes for m in week.meals if m.on == m.cooked_on == on
        )
        name = f"{on:%A}"
        if taken > said and not any(
            text.startswith(f"{name} takes {taken} minutes") for text in week.reasons
        ):
            yield f"{taken} minutes on {on} without a word"


def _often(ask: MealAsk, week: MealWeek) -> Iterator[str]:
    if any(text.startswith("Few dishes are left") for text in week.reasons):
        return
    times = Counter(m.recipe for m in week.meals)
    left: dict[str, set[str]] = {
        slot: {d for d, one in ask.dishes.items() if any(may_come(ask, one, slot, on) for on in DAYS)}
        for slot in SLOTS
    }
    mains = [slot for slot in MAIN if slot in ask.wishes.meals]
    main = {id_ for slot in mains for id_ in left[slot]}
    for id_, number in times.items():
        slots = [slot for slot in ask.wishes.meals if id_ in left[slot]]
        most = 0
        for slot in slots:
            needed = 7 * len(mains) / len(main) if slot in MAIN else 7 / len(left[slot])
            most = max(most, 2 if slot in MAIN else 3, ceil(needed))
        if number > most and not ask.kept:
            yield f"{id_} {number} times"
    cooked = {(m.recipe, m.on) for m in week.meals if not m.leftover and m.slot in MAIN}
    for id_, on in cooked:
        roomy = all(len(left[s]) >= 4 for s in MAIN if id_ in left[s])
        if roomy and (id_, on + timedelta(days=1)) in cooked and not ask.kept:
            yield f"{id_} cooked on two days running"


def _sums(ask: MealAsk, week: MealWeek) -> Iterator[str]:
    def held(nutrient: str, on: date) -> float:
        return sum(
            ask.foods[part.food].per_100g.get(nutrient, 0.0) * part.mass_g / 100 / one.serves * m.servings
            for m in week.meals
            if m.on == on
            for one in [ask.dishes[m.recipe].recipe]
            for part in one.ingredients
        )

    for on in DAYS:
        if held("energy", on) < (ask.targets.energy_floor_kcal or 0) - 1e-6:
            yield f"{held('energy', on)} kcal on {on}"
    for nutrient, one in ask.targets.targets.items():
        if one.hard and one.high is not None and sum(held(nutrient, on) for on in DAYS) > 7 * one.high + 1e-6:
            yield f"too much {nutrient}"
