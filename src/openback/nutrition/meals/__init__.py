"""A week of meals: which dish, when, how many servings, what is cooked once and eaten twice, what to buy, and why."""

from openback.nutrition.meals.ask import FILTERS, MealAsk
from openback.nutrition.meals.make import plan_week
from openback.nutrition.meals.rules import RULES

__all__ = ["FILTERS", "RULES", "MealAsk", "plan_week"]
