"""What can be eaten: the bundled foods, all recipes, and what each dish holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openback.errors import UnknownRecipe
from openback.model.food import Dish, Food, Recipe
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.recipes import load_recipes
from openback.services.app import App


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kitchen:
    """Foods, recipes and dishes by id."""

    foods: Mapping[str, Food]
    recipes: Mapping[str, Recipe]
    dishes: Mapping[str, Dish]

    def dish(self, recipe_id: str) -> Dish:
        """Return a dish. Raises UnknownRecipe with near names."""
        found = self.dishes.get(recipe_id)
        if found is None:
            raise UnknownRecipe(recipe_id, self.dishes)
        return found

    def name(self, recipe_id: str) -> str:
        """Return what a recipe is called; its id when it is not here any more."""
        found = self.recipes.get(recipe_id)
        return recipe_id.replace("_", " ") if found is None else found.name


def kitchen_of(app: App) -> Kitchen:
    """Return the kitchen with the person's own recipes, the files in the folder `recipes` of their data."""
    return kitchen_here(app.data_dir)


def kitchen_here(data_dir: Path | None) -> Kitchen:
    """Return the kitchen of the package and of a data folder. Raises BadDataFile or BadRecipes."""
    own = None if data_dir is None else data_dir / "recipes"
    return _kitchen(own if own is not None and own.is_dir() else None)


@cache
def _kitchen(own: Path | None) -> Kitchen:
    foods = load_foods()
    recipes = load_recipes(foods, own)
    dishes = {recipe.id: dish_of(recipe, foods) for recipe in recipes.values()}
    return Kitchen(foods=foods, recipes=recipes, dishes=dishes)
