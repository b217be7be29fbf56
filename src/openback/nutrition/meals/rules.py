"""Every rule of the planner of meals, named, in order: the model is this tuple."""

from __future__ import annotations

from typing import Final

from openback.nutrition.meals import rules_food as food
from openback.nutrition.meals import rules_nutrients as nutrients
from openback.nutrition.meals import rules_table as table
from openback.nutrition.meals import rules_taste as taste
from openback.nutrition.meals.problem import Problem
from openback.optimise import Rule

RULES: Final[tuple[Rule[Problem], ...]] = (
    Rule(
        name="meals",
        title="a dish for every meal",
        says="Each meal of each day has its dish, a snack one or two; the same dish comes once a day, and kept meals stay.",
        hard=True,
        pieces=table.meals,
    ),
    Rule(
        name="leftovers",
        title="leftovers",
        says="What is eaten was cooked that day, or is left from a day on which it was eaten too and from which it keeps.",
        hard=True,
        pieces=table.leftovers,
    ),
    Rule(
        name="cooking_minutes",
        title="the minutes for cooking",
        says="The work of a day fits into its minutes, or into what quick meals take where no week does with less.",
        hard=True,
        pieces=table.cooking_minutes,
    ),
    Rule(
        name="most_times",
        title="how often a dish may come",
        says="A lunch or dinner comes twice a week at most and a breakfast or snack three times, unless few dishes are left.",
        hard=True,
        pieces=table.most_times,
    ),
    Rule(
        name="not_twice_running",
        title="not the same dish two days running",
        says="The same lunch or dinner is not cooked on two following days; as a leftover it may come.",
        hard=True,
        pieces=table.not_twice_running,
    ),
    Rule(
        name="safety_limits",
        title="the bounds that are safety",
        says="No day is below the least safe energy, and the week's mean stays below each safe upper limit.",
        hard=True,
        pieces=nutrients.safety_limits,
    ),
    Rule(
        name="energy",
        title="energy",
        says="Each day's energy lies in its band, or as near as may be.",
        hard=False,
        pieces=nutrients.energy,
    ),
    Rule(
        name="protein_day",
        title="protein of the day",
        says="Each day reaches its protein and stays below its upper end.",
        hard=False,
        pieces=nutrients.protein_day,
    ),
    Rule(
        name="protein_meal",
        title="protein of each meal",
        says="Breakfast, lunch and dinner each bring enough protein to build from.",
        hard=False,
        pieces=nutrients.protein_meal,
    ),
    Rule(
        name="nutrients_low",
        title="enough of every nutrient",
        says="The week's mean reaches each nutrient's target; the first half of each is worth the most.",
        hard=False,
        pieces=nutrients.nutrients_low,
    ),
    Rule(
        name="nutrients_high",
        title="not too much of any",
        says="The week's mean stays below each upper limit: saturated fat, sugar, sodium and the others.",
        hard=False,
        pieces=nutrients.nutrients_high,
    ),
    Rule(
        name="fibre_fat_sugar_salt",
        title="fibre, fat, sugar and salt of the day",
        says="No single day strays far from the week's mean in fibre, fat, saturated fat, sugars or sodium.",
        hard=False,
        pieces=nutrients.fibre_fat_sugar_salt,
    ),
    Rule(
        name="fruit_and_vegetables",
        title="fruit and vegetables",
        says="Each day has at least 400 g of fruit and vegetables.",
        hard=False,
        pieces=food.fruit_and_vegetables,
    ),
    Rule(
        name="five_kinds",
        title="five kinds",
        says="Each day has at least five different fruits and vegetables.",
        hard=False,
        pieces=food.five_kinds,
    ),
    Rule(
        name="fish",
        title="fish",
        says="Fish comes twice a week, once an oily one, where the diet has fish; beyond four times, three of oily fish, it counts against the week.",
        hard=False,
        pieces=food.fish,
    ),
    Rule(
        name="legumes",
        title="legumes",
        says="Beans, lentils, peas or soy come three times a week.",
        hard=False,
        pieces=food.legumes,
    ),
    Rule(
        name="likes",
        title="what you like",
        says="What is liked comes more often; each like counts up to three times a week.",
        hard=False,
        pieces=taste.likes,
    ),
    Rule(
        name="dislikes",
        title="what you do not like",
        says="What is disliked comes only when nothing else will do.",
        hard=False,
        pieces=taste.dislikes,
    ),
    Rule(
        name="variety",
        title="variety",
        says="A dish that comes again in the week counts against it, and one of the weeks before does a little.",
        hard=False,
        pieces=taste.variety,
    ),
    Rule(
        name="little_work",
        title="little work",
        says="Less work is better: a dish that is cooked once and eaten twice saves it.",
        hard=False,
        pieces=taste.little_work,
    ),
    Rule(
        name="price",
        title="the price",
        says="A dish that costs more than was wished for counts against the week.",
        hard=False,
        pieces=taste.price,
    ),
    Rule(
        name="pantry",
        title="the pantry first",
        says="What is at home is eaten first.",
        hard=False,
        pieces=taste.pantry,
    ),
    Rule(
        name="season",
        title="the season",
        says="What is in season is better, what is out of season a little worse.",
        hard=False,
        pieces=taste.season,
    ),
    Rule(
        name="simple_meals",
        title="simple meals",
        says="One snack is simpler than two, and a whole serving simpler than a half.",
        hard=False,
        pieces=taste.simple_meals,
    ),
)
