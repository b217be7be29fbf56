"""What the person is told of a week of meals, worked out from the week itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openback.model.eating import Meal
from openback.model.food import FRUIT_AND_VEGETABLES
from openback.model.nutrients import Totals
from openback.nutrition.meals.ask import DAYS, MealAsk
from openback.nutrition.meals.problem import Problem
from openback.nutrition.meals.rules_food import FISH, LEGUMES, OILY, group_g
from openback.nutrition.meals.rules_nutrients import MET, OF_THE_DAY
from openback.nutrition.meals.rules_taste import names_of
from openback.nutrition.meals.words import (
    count,
    listed,
    lowered,
    number,
    on_days,
    plain_name,
    plural,
    unit,
    weekday,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """A finished week: its problem, its meals, and the sums of its days."""

    problem: Problem
    meals: Sequence[Meal]
    daily: Mapping[date, Totals]

    @property
    def ask(self) -> MealAsk:
        """What was asked."""
        return self.problem.ask


def reasons(facts: WeekFacts) -> tuple[str, ...]:
    """Return the sentences of a week, what had to give way first."""
    found = [
        *dict.fromkeys(filter(None, facts.problem.loosened.values())),
        *_left_out(facts),
        *_tight_days(facts),
        *_energy(facts),
        *_days_short(facts),
        *_greens(facts),
        *_kinds_of_food(facts),
        *_work(facts),
        *_wishes(facts),
    ]
    return tuple(found)


def _left_out(facts: WeekFacts) -> Iterator[str]:
    kept = {(m.on, m.slot, m.recipe) for m in facts.problem.kept}
    for meal in facts.ask.kept:
        if (meal.on, meal.slot, meal.recipe) not in kept:
            dish = facts.ask.dishes.get(meal.recipe)
            name = dish.recipe.name if dish else meal.recipe
            yield f"{name} could not stay on {weekday(meal.on)}: your diet, your allergies or the recipes have changed."


def _tight_days(facts: WeekFacts) -> Iterator[str]:
    problem = facts.problem
    for day in range(DAYS):
        on = facts.ask.on(day)
        said = facts.ask.wishes.cooking_minutes.get(on.weekday(), problem.numbers.usual_minutes)
        taken = sum(_minutes(facts, m) for m in facts.meals if m.on == on and not m.leftover)
        if taken > said:
            yield (
                f"{weekday(on)} takes {plural(round(taken), 'minute')} of work, more than your {said}: "
                "no week was found that does with less."
            )


def _minutes(facts: WeekFacts, meal: Meal) -> int:
    return facts.ask.dishes[meal.recipe].recipe.hands_on_minutes


def _energy(facts: WeekFacts) -> Iterator[str]:
    if not facts.meals:
        return
    energy = [t["energy"].amount for t in facts.daily.values() if "energy" in t]
    protein = [t["protein"].amount for t in facts.daily.values() if "protein" in t]
    if energy and protein:
        yield (
            f"The days have {number(min(energy))} to {number(max(energy))} kcal "
            f"and at least {number(min(protein))} g of protein."
        )


def _days_short(facts: WeekFacts) -> Iterator[str]:
    """Yield the days that are a little below the protein or the energy of a day, where the week's mean is not."""
    for nutrient in OF_THE_DAY:
        target = facts.problem.target(nutrient)
        low = (target.low if target else None) or 0.0
        here = {on: t[nutrient].amount for on, t in facts.daily.items() if nutrient in t}
        short = [on for on, amount in here.items() if amount < MET * low]
        if facts.meals and short and sum(here.values()) >= MET * low * len(here):
            least = min(here[on] for on in short)
            name = "protein" if nutrient == "protein" else "energy"
            yield (
                f"{on_days(short)}: a little less {name} than {number(low)} {unit(nutrient)}, "
                f"at least {number(least)}; the week as a whole has enough."
            )


def _greens(facts: WeekFacts) -> Iterator[str]:
    grams, kinds = [], []
    for on in facts.daily:
        here = [m for m in facts.meals if m.on == on]
        grams.append(sum(m.servings * _group_g(facts, m) for m in here))
        kinds.append(len({kind for m in here for kind in facts.ask.dishes[m.recipe].kinds}))
    if any(grams):
        yield (
            f"Fruit and vegetables: {number(min(grams))} to {number(max(grams))} g a day, "
            f"{plural(min(kinds), 'kind')} or more."
        )


def _group_g(facts: WeekFacts, meal: Meal) -> float:
    return group_g(facts.problem, meal.recipe, FRUIT_AND_VEGETABLES)


def _kinds_of_food(facts: WeekFacts) -> Iterator[str]:
    numbers = facts.problem.numbers
    said = []
    for groups, from_g, name in (
        (FISH, numbers.fish_g, "fish"),
        (OILY, numbers.fish_g, "oily fish"),
        (LEGUMES, numbers.legume_g, "beans, lentils or soy"),
    ):
        days = [m.on for m in facts.meals if group_g(facts.problem, m.recipe, groups) >= from_g]
        if days:
            said.append(f"{name} on {on_days(days)}")
    if said:
        text = "; ".join(said)
        yield f"{text[:1].upper()}{text[1:]}."


def _work(facts: WeekFacts) -> Iterator[str]:
    left = [m for m in facts.meals if m.leftover]
    if left:
        saved = sum(_minutes(facts, m) for m in left)
        were = "meal is" if len(left) == 1 else "meals are"
        yield f"{count(len(left)).capitalize()} {were} left from the day before or two: {saved} minutes of work saved."


def _wishes(facts: WeekFacts) -> Iterator[str]:
    wishes = facts.ask.wishes
    eaten = {name for m in facts.meals for name in names_of(facts.ask.dishes[m.recipe])}
    liked = [like for like in dict.fromkeys(wishes.likes) if like in eaten]
    if liked:
        yield f"With what you like: {listed([_name(facts, like) for like in liked])}."
    unwanted = [one for one in dict.fromkeys(wishes.dislikes) if one in eaten]
    if unwanted:
        yield f"Nothing else would do, so there is something you do not like: {listed([_name(facts, one) for one in unwanted])}."
    at_home = [food for food, mass in wishes.pantry_g.items() if mass > 0 and food in eaten]
    if at_home:
        yield f"From your pantry: {listed([_name(facts, food) for food in at_home])}."


def _name(facts: WeekFacts, word: str) -> str:
    if word in facts.ask.foods:
        return lowered(plain_name(facts.ask.foods[word]))
    if word in facts.ask.dishes:
        return lowered(facts.ask.dishes[word].recipe.name)
    return word.replace("_", " ")
