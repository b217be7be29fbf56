"""Whether wishes about eating can be: every problem at once, each with what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from openback.errors import BadFoodWishes
from openback.model.eating import FoodWishes
from openback.model.person import Person
from openback.nutrition.kitchen import load_kitchen
from openback.nutrition.safety_data import food_safety

# Wide enough for anybody, narrow enough to catch a slip of the finger.
MINUTES: Final = (0, 240)
EATERS: Final = (1, 12)
BODY_FAT_SHARE: Final = (0.02, 0.7)
PANTRY_G: Final = (0.0, 100_000.0)
LATEST_GOAL: Final = timedelta(days=5 * 365)
MOST_WORDS: Final = 200
LISTED: Final = 12  # of what is known, at most so many are named


def check_wishes(wishes: FoodWishes, person: Person, today: date) -> None:
    """Raise BadFoodWishes with every problem of the wishes."""
    problems = list(wish_problems(wishes, person, today))
    if problems:
        raise BadFoodWishes(problems)


def wish_problems(wishes: FoodWishes, person: Person, today: date) -> Iterator[str]:
    """Yield what cannot be of the wishes."""
    yield from _numbers(wishes)
    yield from _goal(wishes, person, today)
    yield from _words(wishes)
    yield from _unknown(wishes)
    yield from _body(wishes, person, today)


def near_word(where: str, given: str, known: Collection[str], listed: Collection[str] = ()) -> str:
    """Return the sentence about a word that is not known, with near ones or all that there are."""
    near = get_close_matches(given.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"{where} has {given!r}, which is not known; did you mean {near[0]}?"
    named = ", ".join(listed) if len(listed) <= LISTED else ""
    hint = f"; it must be one of {named}" if named else ""
    return f"{where} has {given!r}, which is not known{hint}"


def _numbers(wishes: FoodWishes) -> Iterator[str]:
    for weekday, minutes in wishes.cooking_minutes.items():
        yield from _range(f"cooking_minutes of day {weekday}", minutes, MINUTES)
        if weekday not in range(7):
            yield f"cooking_minutes names day {weekday}, days go from 0 (Monday) to 6"
    yield from _range("eaters", wishes.eaters, EATERS)
    yield from _range("body_fat_share", wishes.body_fat_share, BODY_FAT_SHARE)
    for food, mass_g in wishes.pantry_g.items():
        yield from _range(f"pantry of {food}", mass_g, PANTRY_G)


def _goal(wishes: FoodWishes, person: Person, today: date) -> Iterator[str]:
    target_kg = wishes.target_mass_kg
    yield from _range("target_mass_kg", target_kg, food_safety().numbers.mass_kg)
    if target_kg is not None and wishes.goal == "leaner" and target_kg > person.mass_kg:
        yield f"goal is leaner and target_mass_kg is {target_kg:g}, which is more than now; choose one"
    if target_kg is not None and wishes.goal == "more_muscle" and target_kg < person.mass_kg:
        yield f"goal is more_muscle and target_mass_kg is {target_kg:g}, which is less than now; choose one"
    if wishes.target_on is None:
        return
    if wishes.target_on <= today:
        yield f"target_on is {wishes.target_on.isoformat()}, it must be a day to come"
    elif wishes.target_on > today + LATEST_GOAL:
        yield f"target_on is {wishes.target_on.isoformat()}, it must be within five years"


def _words(wishes: FoodWishes) -> Iterator[str]:
    for both in sorted(set(wishes.likes) & set(wishes.dislikes)):
        yield f"{both} is both liked and disliked; choose one"
    for name, words in (("likes", wishes.likes), ("dislikes", wishes.dislikes)):
        if len(words) > MOST_WORDS:
            yield f"{name} has {len(words)} entries, it has room for {MOST_WORDS}"
    if not wishes.meals:
        yield "meals is empty, it must name at least one of breakfast, lunch, dinner, snack"
    if len(set(wishes.meals)) < len(wishes.meals):
        yield "meals names one twice"


def _unknown(wishes: FoodWishes) -> Iterator[str]:
    kitchen = load_kitchen()
    for item in sorted(wishes.kit or ()):
        if item not in kitchen:
            yield near_word("kit", item, kitchen, tuple(kitchen))
    questions = tuple(question.id for question in food_safety().questions)
    for question in wishes.warnings:
        if question not in questions:
            yield near_word("warnings", question, questions, questions)


def _body(wishes: FoodWishes, person: Person, today: date) -> Iterator[str]:
    if person.sex == "male" and (wishes.lactating or wishes.tracks_cycle):
        yield "lactating and tracks_cycle do not go with sex male"
    if any(day > today for day in wishes.cycle_starts):
        yield "cycle_starts names a day that is still to come"


def _range(name: str, value: float | None, bounds: tuple[float, float]) -> Iterator[str]:
    low, high = bounds
    if value is not None and not low <= value <= high:  # a NaN is in no range
        yield f"{name} is {value:g}, it must be {low:g} to {high:g}"
