"""What could stand in for a planned meal, the best fit first, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan, nan
from typing import Final

from openback.model.eating import Meal, MealWeek
from openback.model.food import Dish
from openback.nutrition.meals import MealAsk
from openback.nutrition.meals.ask import candidates
from openback.nutrition.meals.numbers import load_numbers
from openback.services.eat.amounts import known
from openback.services.eat.entries import fruit_vegetable_g
from openback.services.eat.views import SwapChoice

MOST: Final = 8
STEP: Final = 0.5  # servings come in halves
SERVINGS: Final = (0.5, 2.0)
# What a fit is measured by, in shares of the planned meal. All project defaults.
PROTEIN_WEIGHT: Final = 0.7
PLANTS_WEIGHT: Final = 0.4
PLANTS_G: Final = 200.0
MINUTES_WEIGHT: Final = 0.02  # a minute more than the day has
AGAIN: Final = 0.6  # is in the week already
UNKNOWN_OFF: Final = 1.0
LIKED: Final = -0.15
DISLIKED: Final = 1.0
NEWS_KCAL, NEWS_G, NEWS_PLANTS_G, NEWS_MIN = 40.0, 4.0, 60.0, 5  # from here on it is worth a word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    dish: Dish
    servings: float
    energy_kcal: float  # NaN where the foods do not say it; nothing is then said of more or less
    protein_g: float
    plants_g: float
    minutes: int


def choices_for(ask: MealAsk, week: MealWeek, meal: Meal) -> tuple[SwapChoice, ...]:
    """Return the dishes that may stand in a meal's place, the most alike in energy, protein and plants first."""
    now = _fit(ask.dishes[meal.recipe], meal.servings) if meal.recipe in ask.dishes else None
    minutes = ask.wishes.cooking_minutes.get(meal.on.weekday(), load_numbers().usual_minutes)
    planned = {one.recipe for one in week.meals}
    here = {one.recipe for one in week.meals if (one.on, one.slot) == (meal.on, meal.slot)}
    fits = [
        _fit(ask.dishes[id_], fitting_servings(ask.dishes[id_], ask.dishes.get(meal.recipe), meal.servings))
        for id_ in candidates(ask, meal.slot, meal.on.weekday())
        if id_ not in here
    ]
    best = sorted(fits, key=lambda fit: (_distance(ask, fit, now, minutes, planned), fit.dish.recipe.id))
    return tuple(_choice(fit, now) for fit in best[:MOST])


def fitting_servings(dish: Dish, instead_of: Dish | None, servings: float) -> float:
    """Return how many servings of a dish, in halves, give the energy of a planned meal; 1 where it is not known."""
    kcal = known(dish.totals, "energy")
    wanted = None if instead_of is None else known(instead_of.totals, "energy")
    if not kcal or not wanted:
        return 1.0
    low, high = SERVINGS
    return min(high, max(low, round(wanted * servings / kcal / STEP) * STEP))


def _fit(dish: Dish, servings: float) -> _Fit:
    return _Fit(
        dish=dish,
        servings=servings,
        energy_kcal=_of_servings(dish, "energy", servings),
        protein_g=_of_servings(dish, "protein", servings),
        plants_g=fruit_vegetable_g(dish) * servings,
        minutes=dish.recipe.hands_on_minutes,
    )


def _of_servings(dish: Dish, nutrient: str, servings: float) -> float:
    amount = known(dish.totals, nutrient)
    return nan if amount is None else amount * servings


def _distance(ask: MealAsk, fit: _Fit, now: _Fit | None, minutes: int, planned: set[str]) -> float:
    names = {fit.dish.recipe.id, *(one.food for one in fit.dish.recipe.ingredients)}
    far = MINUTES_WEIGHT * max(0, fit.minutes - minutes)
    far += AGAIN * (fit.dish.recipe.id in planned)
    far += LIKED * bool(names & set(ask.wishes.likes)) + DISLIKED * bool(names & set(ask.wishes.dislikes))
    if now is None:
        return far
    far += _off(abs(fit.energy_kcal - now.energy_kcal) / max(1.0, now.energy_kcal))
    far += PROTEIN_WEIGHT * _off((now.protein_g - fit.protein_g) / max(1.0, now.protein_g))
    return far + PLANTS_WEIGHT * max(0.0, now.plants_g - fit.plants_g) / PLANTS_G


def _off(share: float) -> float:
    """Return how far off a share of the planned meal is; what is not known is as far as a whole meal."""
    return UNKNOWN_OFF if isnan(share) else max(0.0, share)


def _choice(fit: _Fit, now: _Fit | None) -> SwapChoice:
    dish = fit.dish
    return SwapChoice(
        recipe=dish.recipe.id,
        name=dish.recipe.name,
        why=_why(fit, now),
        minutes=fit.minutes,
        price=dish.price,
        energy_kcal=known(dish.totals, "energy"),
        protein_g=known(dish.totals, "protein"),
        fruit_vegetable_g=fruit_vegetable_g(dish),
        groups_g=dish.groups_g,
    )


def _why(fit: _Fit, now: _Fit | None) -> str:
    """Return what is different from the planned meal: "8 g more protein, 10 minutes less"."""
    said = [] if now is None else list(_news(fit, now))
    if isnan(fit.energy_kcal + fit.protein_g):
        said.append("not all it holds is known")
    amount = "" if fit.servings == 1 else f"{fit.servings:g} servings"
    text = ", ".join(part for part in (*said, amount) if part) or "much the same"
    return text[0].upper() + text[1:]


def _news(fit: _Fit, now: _Fit) -> Iterator[str]:
    protein, plants = fit.protein_g - now.protein_g, fit.plants_g - now.plants_g
    energy, minutes = fit.energy_kcal - now.energy_kcal, fit.minutes - now.minutes
    if abs(protein) >= NEWS_G:
        yield f"{abs(protein):.0f} g {_more(protein)} protein"
    if abs(plants) >= NEWS_PLANTS_G:
        yield f"{abs(plants):.0f} g {_more(plants)} fruit and vegetables"
    if abs(minutes) >= NEWS_MIN:
        yield f"{abs(minutes)} minutes {_more(minutes)}"
    if abs(energy) >= NEWS_KCAL:
        yield f"{abs(energy):.0f} kcal {_more(energy)}"


def _more(change: float) -> str:
    return "more" if change > 0 else "less"
