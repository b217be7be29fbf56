"""Every deliberate error about food; the tree is drawn in `openback.errors`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches

from openback.errors import BadInput, NotFound

# --- Weights and goals --------------------------------------------------------------------------------


class BadWeight(BadInput):
    """A weight that nobody has, or that cannot be right beside the last one."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This weight cannot be kept: {problem}.")


class ImpossibleGoal(BadInput):
    """A goal for the weight that cannot be planned safely; the sentence names the nearest that can."""

    def __init__(self, text: str, *, nearest: date | None = None) -> None:
        self.nearest = nearest
        super().__init__(text)


# --- Wishes, meals and the log ------------------------------------------------------------------------


class BadFoodWishes(BadInput):
    """Wishes about eating that make no sense, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        text = "; ".join(self.problems)
        super().__init__(f"These food wishes cannot be used: {text}{'' if text.endswith('?') else '.'}")


class BadFoodEntry(BadInput):
    """Something eaten that cannot have been."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This cannot be logged: {problem}.")


class BadMeasure(BadInput):
    """A size that no body has."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This measure cannot be kept: {problem}.")


class NoMealWeek(NotFound):
    """A week for which no meals are planned."""

    def __init__(self, monday: date) -> None:
        BadInput.__init__(
            self, f"No meals are planned for the week from {monday.isoformat()}. Plan it on the page Eat."
        )


class NoSuchMeal(NotFound):
    """A meal that the week does not have."""

    def __init__(self, on: date, slot: str) -> None:
        BadInput.__init__(
            self,
            f"No {slot} is planned for {on.isoformat()}. The week may have been planned anew; load it again.",
        )


class UnknownRecipe(NotFound):
    """A recipe id that nobody wrote."""

    def __init__(self, recipe_id: str, known: Collection[str]) -> None:
        near = get_close_matches(recipe_id, known, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "The page Recipes lists them."
        BadInput.__init__(self, f"No recipe is called {recipe_id!r}. {hint}")


class MealDoesNotFit(BadInput):
    """A dish that may not stand in a place of the week; `why` is a clause."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} cannot be planned there: {why}.")
