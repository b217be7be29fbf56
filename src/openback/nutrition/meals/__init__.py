"""A week of meals: which dish, when, how many servings, what is cooked once and eaten twice, what to buy, and why."""

from openback.nutrition.meals.ask import FILTERS, MealAsk, candidates
from openback.nutrition.meals.make import day_totals, plan_week, week_of
from openback.nutrition.meals.replan import replan_meal
from openback.nutrition.meals.rules import RULES
from openback.nutrition.meals.shopping import shopping_list
from openback.nutrition.meals.unmet import unmet

__all__ = [
    "FILTERS",
    "RULES",
    "MealAsk",
    "candidates",
    "day_totals",
    "plan_week",
    "replan_meal",
    "shopping_list",
    "unmet",
    "week_of",
]
