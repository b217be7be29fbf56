"""Recipes: one with all that its page shows, and those that fit words and filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal
from uuid import UUID

from rapidfuzz import fuzz

from openback.errors import BadFoodEntry
from openback.model.eating import FoodWishes
from openback.model.food import Dish, Recipe, Slot
from openback.nutrition.diets import allowed
from openback.nutrition.dishes import scaled
from openback.nutrition.kitchen import load_kitchen
from openback.services.app import App
from openback.services.eat.amounts import known, rows_of
from openback.services.eat.entries import SERVINGS, fruit_vegetable_g
from openback.services.eat.food_words import plain_word
from openback.services.eat.kitchen import Kitchen, kitchen_of
from openback.services.eat.targets import known_eater
from openback.services.eat.views import IngredientView, RecipeCard, RecipesView, RecipeView
from openback.services.eat.wishes import keep_food_wishes, wishes_now

Liking = Literal["like", "dislike", "neither"]
LIKE_ENOUGH: Final = 80.0  # project default: of 100


def recipe(app: App, recipe_id: str, servings: float | None = None) -> RecipeView:
    """Return one recipe, its ingredients for so many servings (as written by default). Raises UnknownRecipe."""
    kitchen = kitchen_of(app)
    dish = kitchen.dish(recipe_id)
    written = dish.recipe
    wanted = float(written.serves) if servings is None else servings
    if not SERVINGS[0] <= wanted <= SERVINGS[1]:
        raise BadFoodEntry(f"{wanted:g} servings is not between {SERVINGS[0]:g} and {SERVINGS[1]:g}")
    known_now = known_eater(app)
    wishes, serving = known_now.wishes, scaled(dish.totals, 1.0)
    return RecipeView(
        recipe=written,
        dish=dish,
        servings=wanted,
        ingredients=_ingredients(written, wanted, kitchen),
        rows=rows_of(serving, known_now.targets, app.catalogue.sources),
        energy_kcal=known(serving, "energy"),
        protein_g=known(serving, "protein"),
        fruit_vegetable_g=fruit_vegetable_g(dish),
        kit=tuple(load_kitchen()[item].name for item in sorted(written.kit)),
        not_for_you=_not_for_you(dish, wishes),
        liked=recipe_id in wishes.likes,
        disliked=recipe_id in wishes.dislikes,
        planned=tuple(
            (meal.on, meal.slot)
            for kept in app.store.meal_weeks(app.person_id)
            for meal in kept.week.meals
            if meal.recipe == recipe_id and meal.on >= app.today
        ),
    )


def _ingredients(written: Recipe, servings: float, kitchen: Kitchen) -> tuple[IngredientView, ...]:
    share = servings / written.serves
    return tuple(
        IngredientView(
            food=kitchen.foods[one.food],
            mass_g=one.mass_g * share,
            said=one.said if share == 1 else "",
            optional=one.optional,
        )
        for one in written.ingredients
    )


def _not_for_you(dish: Dish, wishes: FoodWishes) -> str:
    reason = allowed(dish.tags, wishes)
    return "" if reason is None else f"Not planned for you: it {reason}."


def recipes(app: App, text: str = "", slot: Slot | None = None, minutes: int | None = None) -> RecipesView:
    """Return the recipes that fit the words and the filters, the quickest first; all of them without any."""
    kitchen, wishes = kitchen_of(app), wishes_now(app)
    found = [
        dish
        for dish in kitchen.dishes.values()
        if (slot is None or slot in dish.recipe.slots)
        and (minutes is None or dish.recipe.hands_on_minutes <= minutes)
    ]
    ranked = [(score, dish) for dish in found if (score := _score(text, dish, kitchen)) >= LIKE_ENOUGH]
    order = sorted(ranked, key=lambda one: (-one[0], one[1].recipe.hands_on_minutes, one[1].recipe.name))
    return RecipesView(
        text=text,
        slot=slot,
        minutes=minutes,
        found=tuple(_card(dish, wishes) for _, dish in order),
        total=len(kitchen.dishes),
    )


def _score(text: str, dish: Dish, kitchen: Kitchen) -> float:
    """Return how well words fit a recipe's name, cuisine and foods, 0 to 100; 100 without words."""
    asked = plain_word(text).replace("_", " ")
    if not asked:
        return 100.0
    recipe_ = dish.recipe
    foods = " ".join(kitchen.foods[one.food].name for one in recipe_.ingredients)
    name = plain_word(f"{recipe_.name} {recipe_.cuisine}").replace("_", " ")
    whole = plain_word(foods).replace("_", " ")
    # A hit in the name goes before one in the ingredients.
    return max(fuzz.token_set_ratio(asked, name), fuzz.partial_ratio(asked, name), _held(asked, whole))


def _held(asked: str, words: str) -> float:
    return 90.0 if all(any(word.startswith(one) for word in words.split()) for one in asked.split()) else 0.0


def _card(dish: Dish, wishes: FoodWishes) -> RecipeCard:
    return RecipeCard(
        recipe=dish.recipe,
        dish=dish,
        price=dish.price,
        energy_kcal=known(dish.totals, "energy"),
        protein_g=known(dish.totals, "protein"),
        fruit_vegetable_g=fruit_vegetable_g(dish),
        not_for_you=_not_for_you(dish, wishes),
        liked=dish.recipe.id in wishes.likes,
    )


def like(app: App, recipe_id: str, liking: Liking) -> UUID | None:
    """Keep that a recipe is liked, disliked or neither; the next plan follows it. Raises UnknownRecipe."""
    kitchen_of(app).dish(recipe_id)
    wishes = wishes_now(app)
    likes = [one for one in wishes.likes if one != recipe_id]
    dislikes = [one for one in wishes.dislikes if one != recipe_id]
    likes += [recipe_id] if liking == "like" else []
    dislikes += [recipe_id] if liking == "dislike" else []
    return keep_food_wishes(app, replace(wishes, likes=tuple(likes), dislikes=tuple(dislikes)))
