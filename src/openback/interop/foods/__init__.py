"""Foods of public tables: USDA FoodData Central and Open Food Facts, read a piece at a time."""

from openback.interop.foods.opening import holds_foods, open_foods

__all__ = ["holds_foods", "open_foods"]
