"""What the pages about eating show, made by hand: no planner, no log, and recipes of our own making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openback.model.eating import FoodWishes, ShoppingItem, SolverReport, Target, Unmet
from openback.model.exercise import Source
from openback.model.food import Dish, Food, FoodGroup, FoodTag, Ingredient, Recipe, Slot
from openback.model.nutrients import NUTRIENT, NUTRIENTS, Known
from openback.services.eat.views import (
    AisleView,
    DayView,
    IngredientView,
    MealView,
    NutrientRow,
    RecipeCard,
    RecipesView,
    RecipeView,
    ShoppingLine,
    ShoppingView,
    Standing,
    SwapChoice,
    TargetRow,
    TargetsView,
    WeekView,
)

MONDAY: Final = date(2026, 11, 23)
VEGAN: Final[frozenset[FoodTag]] = frozenset({"vegan", "vegetarian"})
VEGETARIAN: Final[frozenset[FoodTag]] = frozenset({"vegetarian", "contains_milk", "contains_lactose"})
FISH: Final[frozenset[FoodTag]] = frozenset({"contains_fish"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A recipe in short: minutes of work, energy, protein, and grams of each group in a serving."""

    name: str
    slots: tuple[Slot, ...]
    minutes: int
    kcal: float | None
    protein_g: float | None
    groups_g: Mapping[FoodGroup, float]
    tags: frozenset[FoodTag]
    serves: int = 1


MADE: Final[Mapping[str, Made]] = {
    "oats_berries": Made(
        name="Oats with berries and yoghurt", slots=("breakfast",), minutes=5, kcal=412, protein_g=24,
        groups_g={"whole_grain": 60, "fruit": 150, "dairy": 150, "nuts_seeds": 15}, tags=VEGETARIAN,
    ),
    "eggs_rye": Made(
        name="Scrambled eggs with tomatoes on rye", slots=("breakfast",), minutes=10, kcal=436, protein_g=26,
        groups_g={"egg": 120, "vegetable": 180, "whole_grain": 80, "oil": 5}, tags=frozenset({"vegetarian", "contains_gluten"}),
    ),
    "lentil_dal": Made(
        name="Red lentil dal with spinach", slots=("dinner", "lunch"), minutes=15, kcal=538, protein_g=29,
        groups_g={"legume": 220, "vegetable": 260, "whole_grain": 120, "oil": 10}, tags=VEGAN, serves=2,
    ),
    "salmon_traybake": Made(
        name="Salmon with roast vegetables and new potatoes", slots=("dinner",), minutes=12, kcal=611, protein_g=39,
        groups_g={"oily_fish": 150, "vegetable": 300, "starchy_vegetable": 200, "oil": 10}, tags=FISH,
    ),
    "chickpea_box": Made(
        name="Chickpea and herb salad box", slots=("lunch",), minutes=10, kcal=468, protein_g=22,
        groups_g={"legume": 200, "vegetable": 250, "dairy": 40, "oil": 12}, tags=VEGETARIAN, serves=2,
    ),
    "chicken_farro": Made(
        name="Chicken, farro and kale bowl", slots=("lunch", "dinner"), minutes=20, kcal=552, protein_g=44,
        groups_g={"lean_protein": 140, "whole_grain": 150, "vegetable": 200, "oil": 10}, tags=frozenset({"contains_gluten"}),
    ),
    "apple_nuts": Made(
        name="Apple with walnuts", slots=("snack",), minutes=1, kcal=196, protein_g=3.4,
        groups_g={"fruit": 180, "nuts_seeds": 15}, tags=frozenset({*VEGAN, "contains_nuts"}),
    ),
    "cottage_pear": Made(
        name="Cottage cheese with pear", slots=("snack",), minutes=2, kcal=None, protein_g=None,
        groups_g={"dairy": 150, "fruit": 170}, tags=VEGETARIAN,
    ),
}  # fmt: skip
# A day's recipes by weekday; a plus marks what is eaten from a pot of the day before.
WEEK: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("oats_berries", "chickpea_box", "lentil_dal", "apple_nuts"),
    ("eggs_rye", "lentil_dal+", "salmon_traybake", "cottage_pear"),
    ("oats_berries", "chicken_farro", "lentil_dal", "apple_nuts"),
    ("eggs_rye", "chickpea_box", "chicken_farro", "cottage_pear"),
    ("oats_berries", "chicken_farro+", "salmon_traybake", "apple_nuts"),
    ("eggs_rye", "chickpea_box", "lentil_dal", "cottage_pear"),
    ("oats_berries", "lentil_dal+", "chicken_farro", "apple_nuts"),
)
SLOTS: Final[tuple[Slot, ...]] = ("breakfast", "lunch", "dinner", "snack")
DRI = Source(
    id="iom_dri",
    cite="Institute of Medicine. Dietary Reference Intakes. 2006.",
    says="Allowances of vitamins and minerals by sex and age.",
    confidence="high",
    doi="10.17226/11537",
    url="",
)


def plants_g(made: Made) -> float:
    """Return the grams of fruit and vegetables in a serving."""
    return made.groups_g.get("fruit", 0) + made.groups_g.get("vegetable", 0)


def meal(on: date, slot: Slot, key: str, *, eaten: bool = False, pinned: bool = False) -> MealView:
    """Return a meal of the sample week; `key` with a plus is a leftover."""
    made = MADE[key.rstrip("+")]
    leftover = key.endswith("+")
    return MealView(
        on=on,
        slot=slot,
        recipe=key.rstrip("+"),
        name=made.name,
        servings=1.5 if key == "salmon_traybake" else 1.0,
        cooked_on=on - timedelta(days=1) if leftover else on,
        leftover=leftover,
        cook_again_on=(on + timedelta(days=1),) if key == "lentil_dal" and on == MONDAY else (),
        pinned=pinned,
        minutes=0 if leftover else made.minutes,
        total_minutes=made.minutes + 15,
        price="mid",
        energy_kcal=made.kcal,
        protein_g=made.protein_g,
        fruit_vegetable_g=plants_g(made),
        groups_g=made.groups_g,
        cautions=(),
        eaten=eaten,
    )


def row(
    key: str, amount: float | None, low: float | None, high: float | None, coverage: float = 1.0
) -> NutrientRow:
    """Return a nutrient against a target."""
    known = NUTRIENT[key]
    share = None if amount is None or not (low or high) else amount / (low or high or 1)
    standing: Standing = "unknown" if amount is None else "met" if low is None or amount >= low else "under"
    return NutrientRow(
        nutrient=key, name=known.name, kind=known.kind, unit=known.unit, amount=amount, coverage=coverage,
        low=low, high=high, share=share, standing=standing, says="",
    )  # fmt: skip


ROWS: Final = (
    row("energy", 1846.4, 1779.6, 1921.2),
    row("protein", 121.3, 104, 143),
    row("fibre", 38.2, 25, None),
    row("sodium", 1912, None, 2300, 0.93),
    row("iron", 17.4, 18, 45),
    row("vitamin_d", 6.04, 15, 100, 0.71),
    row("iodine", None, 150, 1100, 0.0),
)


def day(on: date, today: date, *, eaten: int = 0) -> DayView:
    """Return a day of the sample week with its first `eaten` meals ticked."""
    keys = WEEK[on.weekday()]
    meals = tuple(
        meal(on, slot, key, eaten=at < eaten, pinned=slot == "dinner" and on.weekday() == 1)
        for at, (slot, key) in enumerate(zip(SLOTS, keys, strict=True))
    )
    return DayView(
        on=on,
        is_today=on == today,
        meals=meals,
        minutes=sum(one.minutes for one in meals),
        minutes_wished=30,
        energy_kcal=1846.4,
        protein_g=121.3,
        fruit_vegetable_g=sum(one.fruit_vegetable_g or 0 for one in meals),
        kinds=("Apple", "Blueberries", "Spinach", "Tomato", "Carrot", "Red pepper"),
        rows=ROWS,
    )


def week_view(today: date, monday: date | None = None, **changes: object) -> WeekView:
    """Return a planned week, with whatever is to be different."""
    start = monday or today - timedelta(days=today.weekday())
    days = tuple(
        day(on, today, eaten=4 if on < today else 2 if on == today else 0)
        for on in (start + timedelta(days=n) for n in range(7))
    )
    values: dict[str, object] = {
        "monday": start,
        "status": "planned",
        "days": days,
        "rows": ROWS,
        "reasons": (
            "Two pots feed four meals, so that Tuesday and Friday need no cooking at noon.",
            "Salmon comes twice, for its omega-3 and vitamin D.",
        ),
        "notes": (),
        "stops": (),
        "unmet": (
            Unmet(
                nutrient="vitamin_d", amount=6.04, wanted=15, unit="ug",
                text="6 of 15 micrograms; oily fish twice a week, or a supplement.",
            ),
        ),
        "solver": SolverReport(build_s=0.4, solve_s=2.9, gap=0.0062, best=True),
        "earlier": None,
        "later": None,
        "questions_open": False,
        "undo": None,
    }  # fmt: skip
    return WeekView(**(values | changes))  # type: ignore[arg-type]


def empty_week(today: date, **changes: object) -> WeekView:
    """Return a week for which nothing is planned."""
    nothing = {"status": None, "days": (), "rows": (), "reasons": (), "unmet": (), "solver": None}
    return week_view(today, **(nothing | changes))


def choices() -> tuple[SwapChoice, ...]:
    """Return what could stand in for a dinner."""
    return tuple(
        SwapChoice(
            recipe=key, name=MADE[key].name, why=why, minutes=MADE[key].minutes, price="mid",
            energy_kcal=MADE[key].kcal, protein_g=MADE[key].protein_g,
            fruit_vegetable_g=plants_g(MADE[key]), groups_g=MADE[key].groups_g,
        )
        for key, why in (("chicken_farro", "As much protein, 8 minutes more."), ("lentil_dal", "More fibre and iron."))
    )  # fmt: skip


# --- Recipes ------------------------------------------------------------------------------------------


SPINACH = Food(
    id="spinach", name="Spinach, boiled", group="vegetable", per_100g={"iron": 3.57, "energy": 23},
    origin="bundled", source="USDA SR 11458",
)  # fmt: skip
LENTILS = Food(
    id="lentils_cooked", name="Lentils, cooked", group="legume", per_100g={"iron": 3.33, "energy": 116},
    origin="bundled", source="USDA SR 16070",
)  # fmt: skip


def recipe_of(key: str) -> Recipe:
    """Return one of the recipes in full."""
    made = MADE[key]
    return Recipe(
        id=key,
        name=made.name,
        slots=made.slots,
        serves=made.serves,
        hands_on_minutes=made.minutes,
        total_minutes=made.minutes + 15,
        ingredients=(
            Ingredient(food="lentils_cooked", mass_g=300, said="1 tin, drained"),
            Ingredient(food="spinach", mass_g=200, said="half a bag", optional=True),
        ),
        method=("Warm the spices in the oil for a minute.", "Add everything else and simmer for 15 minutes."),
        kit=frozenset({"hob", "pot"}),
        keeps_days=3,
        portable=True,
        cuisine="Indian",
        note="Better on the second day.",
    )


def dish_of(key: str) -> Dish:
    """Return one of the dishes."""
    made = MADE[key]
    return Dish(
        recipe=recipe_of(key), mass_g=sum(made.groups_g.values()), tags=made.tags, groups_g=made.groups_g,
        totals={"energy": Known(amount=made.kcal or 0, coverage=1 if made.kcal else 0)}, kinds=("spinach",),
        price="low", months=frozenset(),
    )  # fmt: skip


def card(key: str) -> RecipeCard:
    """Return a recipe as the list shows it; with fish it is not for this person."""
    made = MADE[key]
    return RecipeCard(
        recipe=recipe_of(key), dish=dish_of(key), price="low", energy_kcal=made.kcal, protein_g=made.protein_g,
        fruit_vegetable_g=plants_g(made), liked=key == "lentil_dal",
        not_for_you="It holds fish." if "contains_fish" in made.tags else "",
    )  # fmt: skip


def recipes_view(text: str = "", slot: Slot | None = None, minutes: int | None = None) -> RecipesView:
    """Return the recipes that fit."""
    found = tuple(
        card(key)
        for key, made in MADE.items()
        if text.lower() in made.name.lower()
        and (slot is None or slot in made.slots)
        and (minutes is None or made.minutes <= minutes)
    )
    return RecipesView(text=text, slot=slot, minutes=minutes, found=found, total=len(MADE))


def recipe_view(key: str, servings: float | None = None, **changes: object) -> RecipeView:
    """Return one recipe for some servings."""
    made, number = MADE[key], servings or MADE[key].serves
    times = number / made.serves
    lines = zip((LENTILS, SPINACH), recipe_of(key).ingredients, strict=True)
    values: dict[str, object] = {
        "recipe": recipe_of(key),
        "dish": dish_of(key),
        "servings": float(number),
        "ingredients": tuple(
            IngredientView(
                food=food,
                mass_g=one.mass_g * times,
                said=one.said if times == 1 else "",
                optional=one.optional,
            )
            for food, one in lines
        ),
        "rows": (*ROWS, *(row(n.id, 1.234, None, None, 0.5) for n in NUTRIENTS[20:28])),
        "energy_kcal": made.kcal,
        "protein_g": made.protein_g,
        "fruit_vegetable_g": plants_g(made),
        "kit": ("hob", "pot with a lid"),
        "not_for_you": "",
        "liked": False,
        "disliked": False,
        "planned": ((MONDAY, "dinner"), (MONDAY + timedelta(days=1), "lunch")),
    }
    return RecipeView(**(values | changes))  # type: ignore[arg-type]


# --- Targets and shopping ------------------------------------------------------------------------------


def targets_view(**changes: object) -> TargetsView:
    """Return targets of a woman of 40 who wants to get leaner."""
    rows = tuple(
        TargetRow(
            name=one.name, kind=one.kind, unit=one.unit, source=DRI if one.kind == "mineral" else None,
            target=Target(
                nutrient=one.nutrient, low=one.low, high=one.high, hard=one.nutrient == "vitamin_d",
                why=f"{one.name} for a woman of 40.", source="iom_dri",
            ),
        )
        for one in ROWS
    )  # fmt: skip
    values: dict[str, object] = {
        "rows": rows,
        "wishes": FoodWishes(goal="leaner"),
        "asked": "leaner",
        "goal": "leaner",
        "expenditure_kcal": (1940.0, 2104.0, 2260.0),
        "learned": False,
        "expenditure_why": "From the equation of 2023 for your age, height and weight, and a desk job.",
        "training_kcal_per_day": 62.0,
        "rate_kg_per_week": -0.25,
        "protein_per_meal_g": 26.0,
        "stops": (),
        "notes": (),
    }
    return TargetsView(**(values | changes))  # type: ignore[arg-type]


ITEMS: Final = (
    ("fruit and vegetables", ("spinach", "Spinach", 460, 500, "2 bags of 250 g"), ("apple", "Apples", 540, 600, "4 pieces")),
    ("dairy and eggs", ("greek_yogurt", "Greek yoghurt, plain", 600, 1000, "2 tubs of 500 g")),
    ("tins and dry goods", ("lentils", "Red lentils, dry", 300, 500, "1 bag of 500 g"), ("oats", "Rolled oats", 240, 500, "")),
)  # fmt: skip


def shopping_view(
    monday: date = MONDAY, *, done: tuple[str, ...] = ("apple",), eaters: int = 1
) -> ShoppingView:
    """Return a short shopping list."""
    aisles = tuple(
        AisleView(
            aisle=str(aisle),
            lines=tuple(
                ShoppingLine(
                    item=ShoppingItem(
                        food=food, name=name, aisle=str(aisle), need_g=need, buy_g=buy, said=said,
                        have_g=100.0 if food == "oats" else 0.0,
                    ),
                    done=food in done,
                )
                for food, name, need, buy, said in lines
            ),
        )
        for aisle, *lines in ITEMS
    )  # fmt: skip
    home = ShoppingItem(
        food="olive_oil", name="Olive oil", aisle="oils", need_g=70, buy_g=0, said="", have_g=400
    )
    total = sum(len(one.lines) for one in aisles)
    return ShoppingView(
        monday=monday, aisles=aisles, at_home=(home,), total=total, done=len(done), eaters=eaters
    )


def nothing_to_buy(monday: date = MONDAY) -> ShoppingView:
    """Return the list of a week that is not planned."""
    return ShoppingView(monday=monday, aisles=(), at_home=(), total=0, done=0, eaters=1)
