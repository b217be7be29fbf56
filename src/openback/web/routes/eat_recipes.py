"""Recipes: find one, and everything about one, for as many servings as are cooked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import Response

from openback.model.food import SLOTS, Dish, FoodTag, Slot
from openback.model.nutrients import NUTRIENT
from openback.services import people
from openback.services.app import App
from openback.services.eat import log
from openback.services.eat import recipes as use_case
from openback.services.eat.views import RecipeCard, RecipeView
from openback.web import meal_words
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.eat_undo import undo_address
from openback.web.words import listed

router = APIRouter(prefix="/eat/recipes")

MINUTES: Final = (10, 15, 20, 30)
# What can be asked for: words, tags that every ingredient must allow, and contents that none may have.
DIETS: Final[Mapping[str, tuple[str, frozenset[FoodTag], frozenset[FoodTag]]]] = {
    "vegan": ("Vegan", frozenset({"vegan"}), frozenset()),
    "vegetarian": ("Vegetarian", frozenset({"vegetarian"}), frozenset()),
    "gluten_free": ("Gluten-free", frozenset(), frozenset({"contains_gluten"})),
    "lactose_free": ("Lactose-free", frozenset(), frozenset({"contains_lactose"})),
    "nut_free": ("Nut-free", frozenset(), frozenset({"contains_nuts", "contains_peanut"})),
}
SHOWN_FIRST: Final = 8  # nutrients of a recipe before all of them are asked for
MOST_SERVINGS: Final = 12
HALF: Final = 0.5
SHARE_WORTH_SAYING: Final = 0.3  # of a day's target, in one serving
FITS_SHOWN: Final = 3
# What a recipe is praised for, in this order: protein, then what diets are short of more often than not.
OFTEN_LACKED: Final = (
    "protein",
    "fibre",
    "iron",
    "omega3_long",
    "calcium",
    "vitamin_d",
    "folate_dfe",
    "magnesium",
    "vitamin_b12",
    "zinc",
    "vitamin_c",
    "potassium",
)
NAMES_INSIDE: Final[Mapping[str, str]] = {"omega3_long": "omega-3 from the sea"}

Filter = Annotated[str, Query(max_length=100)]


def chosen_of(
    text: Filter = "",
    slot: Filter = "",
    minutes: Filter = "",
    diet: Filter = "",
    all: Filter = "",  # noqa: A002 - the word that the form sends
) -> dict[str, str]:
    """Return the words and filters that were asked for, without filters that do not exist."""
    return _known({"text": text.strip(), "slot": slot, "minutes": minutes, "diet": diet, "all": all})


@router.get("")
def recipes(request: Request, app: TheApp, chosen: Annotated[dict[str, str], Depends(chosen_of)]) -> Response:
    """Show the recipes that fit the words and filters; what does not fit the person only when it is asked for."""
    if people.profile_of(app) is None:
        return see("/welcome")
    wanted = next((one for one in SLOTS if one == chosen["slot"]), None)
    at_most = int(chosen["minutes"]) if chosen["minutes"] else None
    view = use_case.recipes(app, chosen["text"], slot=wanted, minutes=at_most)
    return page(
        request,
        "eat/recipes.html",
        view=view,
        found=[card for card in view.found if fits(card, chosen)],
        chosen=chosen,
        asked=any(chosen.values()),
        slots=SLOTS,
        minutes=MINUTES,
        diets={key: name for key, (name, _, _) in DIETS.items()},
        tag_words=tag_words,
    )


def _known(asked: Mapping[str, str]) -> dict[str, str]:
    there = {"slot": SLOTS, "minutes": tuple(map(str, MINUTES)), "diet": tuple(DIETS), "all": ("yes",)}
    return {key: value if key == "text" or value in there[key] else "" for key, value in asked.items()}


def fits(card: RecipeCard, chosen: Mapping[str, str]) -> bool:
    """Return whether a recipe keeps to the diet that is asked for, and fits the person unless all are asked for."""
    if card.not_for_you and not chosen["all"]:
        return False
    return not chosen["diet"] or keeps_to(card.dish, chosen["diet"])


def keeps_to(dish: Dish, diet: str) -> bool:
    """Return whether a dish keeps to one of DIETS."""
    _, needs, without = DIETS[diet]
    return needs <= dish.tags and not without & dish.tags


def tag_words(dish: Dish) -> tuple[str, ...]:
    """Return the diets that a dish keeps to, in words; vegan says vegetarian with it."""
    keys = [key for key in ("vegan", "vegetarian", "gluten_free") if keeps_to(dish, key)]
    return tuple(DIETS[key][0] for key in keys if key != "vegetarian" or "vegan" not in keys)


@router.get("/{recipe_id}")
def recipe(
    request: Request,
    app: TheApp,
    recipe_id: str,
    servings: Annotated[float | None, Query(ge=HALF, le=MOST_SERVINGS)] = None,
) -> Response:
    """Show one recipe."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.recipe(app, recipe_id, servings)
    step = HALF if view.servings < 1 or view.servings % 1 else 1
    return page(
        request,
        "eat/recipe.html",
        view=view,
        fewer=max(HALF, view.servings - (HALF if view.servings <= 1 else step)),
        more=min(MOST_SERVINGS, view.servings + step),
        shown_first=SHOWN_FIRST,
        fits=fit_words(view),
        food_sources=food_sources(view),
        tag_words=tag_words,
        new_id=uuid4(),
        slot_options=[(one, meal_words.SLOT_NAMES[one]) for one in SLOTS],
        slot_now=slot_now(app, view),
    )


def slot_now(app: App, view: RecipeView) -> Slot:
    """Return the meal that it is now, when the recipe is for it, else the recipe's first."""
    hour = app.now().astimezone().hour
    slot: Slot = "breakfast" if hour < 11 else "lunch" if hour < 16 else "dinner"
    return slot if slot in view.recipe.slots else view.recipe.slots[0]


def fit_words(view: RecipeView) -> str:
    """Return why a recipe is worth eating: what a serving goes far towards, of what people often lack first."""
    shares = {row.nutrient: row.share or 0.0 for row in view.rows if row.low}
    rich = [key for key in OFTEN_LACKED if shares.get(key, 0.0) >= SHARE_WORTH_SAYING][:FITS_SHOWN]
    said = [f"{min(int(shares[key] * 100), 100)} % of the {_inside(key)}" for key in rich]
    return f"One serving brings {listed(said)} that a day asks for." if said else ""


def _inside(key: str) -> str:
    """Return the name of a nutrient inside a sentence: `vitamin B12`, `iron`."""
    name = NUTRIENT[key].name
    return NAMES_INSIDE.get(key, name[:1].lower() + name[1:])


def food_sources(view: RecipeView) -> tuple[str, ...]:
    """Return where the figures of each food are from, in the order of the ingredients."""
    lines = (f"{one.food.name}: {one.food.source}" for one in view.ingredients)
    return tuple(dict.fromkeys(lines))


@router.post("/{recipe_id}/like")
def like(app: TheApp, recipe_id: str, liking: Annotated[use_case.Liking, Form()]) -> Response:
    """Keep whether this recipe is liked."""
    use_case.like(app, recipe_id, liking)
    said = {
        "like": "Noted: it will come more often.",
        "dislike": "Noted: it will be left out where it can be.",
        "neither": "Noted.",
    }
    return see(f"/eat/recipes/{recipe_id}", said=said[liking])


@router.post("/{recipe_id}/log")
def log_it(
    app: TheApp,
    recipe_id: str,
    slot: Annotated[Slot, Form()],
    servings: Annotated[float, Form(ge=HALF / 2, le=MOST_SERVINGS)],
    id: Annotated[UUID | None, Form()] = None,  # noqa: A002 - the word that the form sends
) -> Response:
    """Log some servings as eaten today; the form's own id makes a second press harmless."""
    token = log.log_recipe(app, id or uuid4(), app.today, slot, recipe_id, servings)
    back = f"/eat/recipes/{recipe_id}"
    said = f"{meal_words.servings(servings)} logged for {meal_words.SLOT_NAMES[slot].lower()}."
    return see(back, said=said, undo=undo_address(token, back))
