"""Errors about food."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches

from openback.errors.base import BadInput, CouldNot
from openback.errors.storage import NotFound

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


# --- Foods and their files ----------------------------------------------------------------------------


class UnknownFood(BadInput):
    """An id that no food has."""

    def __init__(self, food_id: str) -> None:
        super().__init__(
            f"No food has the id {food_id!r}. `openback foods search WORDS` finds foods by name."
        )


class BadOwnFood(BadInput):
    """A food of somebody's own that cannot be; `problems` are its sentences, one for each field."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problems))


class BadBarcode(BadInput):
    """Digits that are no barcode."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code[:40]!r} is not a whole barcode: it needs 8, 12 or 13 digits, and the last must fit the others. "
            "Scan it again, or type every digit under the bars."
        )


class BadFoodFile(BadInput):
    """A file that no foods can be read from. Nothing of it was kept."""


class FoodFileNotThere(BadFoodFile):
    """A path without a file or folder."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file or folder {name}. Check the name and the folder.")


class FoodFileNotReadable(BadFoodFile):
    """A file that the system will not open, or a pipe or device."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} could not be read: {why}.")


class FoodFileEmpty(BadFoodFile):
    """A file with nothing in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Download it again.")


class NoFoodFile(BadFoodFile):
    """Text, a table or an archive that is neither FoodData Central nor Open Food Facts."""

    def __init__(self, name: str, found: str) -> None:
        super().__init__(
            f"{name} holds no foods that Openback can read: {found}. Give a CSV zip of USDA FoodData Central, the "
            "folder it was unpacked to, or the CSV export of Open Food Facts, packed as .gz or not."
        )


class FoodZipCutOff(BadFoodFile):
    """A zip whose end is missing, which is where it lists its files."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a zip whose end is missing: the download stopped early. Nothing was kept; download it again."
        )


class FoodZipDamaged(BadFoodFile):
    """A zip with a file inside that does not unpack to what it says."""

    def __init__(self, name: str, member: str) -> None:
        super().__init__(f"{name} is damaged at {member}. Nothing was kept; download it again.")


class FoodZipLocked(BadFoodFile):
    """A zip that asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is locked with a password. Unpack it, and import the folder.")


class FoodZipMethod(BadFoodFile):
    """A zip that is packed in a way Python does not know, as Windows does with very large files."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is packed in a way that cannot be read here. Unpack it, and import the folder."
        )


class FoodZipBomb(BadFoodFile):
    """A zip that unpacks to far more than tables do."""

    def __init__(self, name: str, member: str, times: int) -> None:
        super().__init__(
            f"{name} was not unpacked: {member} would become {times:,} times as large, which no table of foods does."
        )


class FoodFileLongLine(BadFoodFile):
    """A line so long that it is no row of a table."""

    def __init__(self, name: str, line: int, limit: int) -> None:
        super().__init__(
            f"{name} has a line of more than {limit:,} letters (line {line:,}), so it is no table of foods, or a "
            "quotation mark is missing there."
        )


class FoodFileNotText(BadFoodFile):
    """A table in an encoding that cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not text in UTF-8. Download the CSV export again and give it as it came."
        )


# --- Recipes ------------------------------------------------------------------------------------------


class BadRecipes(BadInput):
    """Recipe files with problems, every one of them listed with its file and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"The recipe files have {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class NoMealsFit(CouldNot):
    """No week, or no other dish in a place of it, keeps the rules: `reasons` are sentences that name those in conflict."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons) or "No dish is left for this place of the week.")
