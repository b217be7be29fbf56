"""Wishes about eating as JSON: the part "food" of a profile, read leniently in words and strictly in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from openback.errors import BadProfile
from openback.model.eating import Activity, Allergy, Diet, FoodGoal, FoodWishes
from openback.model.exercise import Catalogue
from openback.model.food import Price, Slot
from openback.model.person import Person, Profile
from openback.nutrition.diets import BESIDE, allowed
from openback.services.app import App
from openback.services.eat.food_words import (
    About,
    all_words,
    foods_meant,
    foods_of,
    known_words,
    meant,
    weekday_words,
    weekdays_of,
)
from openback.services.eat.kitchen import Kitchen
from openback.services.eat.wish_rules import near_word, wish_problems
from openback.services.profile_json import (
    Day,
    Number,
    border_sentences,
    profile_from_json,
    profile_json,
    told,
)
from openback.units import kg_from_lb

NO_DIETS: Final = frozenset({"omnivore"})
_IN_TIME: Final = re.compile(
    r"(?P<mass>\d+(?:[.,]\d+)?)\s*(?P<unit>kg|kilos?|kilograms?|lbs?|pounds?)\s+in\s+"
    r"(?P<count>an?|one|\d+)\s+(?P<span>day|week|month|year)s?",
    re.IGNORECASE,
)
_SPAN_D: Final = {"day": 1, "week": 7, "month": 30, "year": 365}


class FoodJson(BaseModel):
    """What somebody wishes to eat. All of it may be left out; masses in kg, the pantry in grams."""

    model_config = ConfigDict(extra="forbid")

    goal: str = "same"
    diet: str | tuple[str, ...] = "omnivore"
    allergies: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    cooking_minutes: dict[str, Number] | Number = {}
    price: str = "mid"
    kit: tuple[str, ...] | None = None
    activity: str | None = None
    meals: tuple[str, ...] | None = None
    eaters: int = 1
    target_mass_kg: Number | None = None
    target_on: Day | None = None
    lactating: bool = False
    smoker: bool = False
    tracks_cycle: bool = False
    cycle_starts: tuple[Day, ...] = ()
    body_fat_share: Number | None = None
    warnings: dict[str, bool] = {}
    pantry: dict[str, Number] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWishes:
    """Wishes as they were understood, and what was not: `notes` are sentences."""

    wishes: FoodWishes
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def profile_and_wishes(
    data: object, catalogue: Catalogue, kitchen: Kitchen, today: date
) -> tuple[Profile, ReadWishes]:
    """Return the profile and the wishes that JSON data describes; raises BadProfile with every problem of both.

    Without a part "food" the usual wishes hold.
    """
    problems: list[str] = []
    try:
        profile: Profile | None = profile_from_json(data, catalogue, today)
    except BadProfile as error:
        profile = None
        problems += error.problems
    food = _food_part(data)
    try:
        read = wishes_from_json(food, kitchen, None if profile is None else profile.person, today)
    except BadProfile as error:
        raise BadProfile([*problems, *error.problems]) from error
    if profile is None:
        raise BadProfile(problems)
    return profile, read


def has_food(data: object) -> bool:
    """Return whether a profile says anything about eating."""
    return _food_part(data) is not None


def _food_part(data: object) -> object:
    if isinstance(data, Mapping) and "openback_log" in data:
        data = data.get("profile")
    return data.get("food") if isinstance(data, Mapping) else None


def wishes_from_json(data: object, kitchen: Kitchen, person: Person | None, today: date) -> ReadWishes:
    """Return the wishes that JSON data describes, None for the usual ones; BadProfile with every problem.

    Words that name no food are left out and told of in the notes. Without a person only the words are checked.
    """
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise BadProfile(["food must be a JSON object with goal, diet, allergies and so on"])
    try:
        said = FoodJson.model_validate(told(data))
    except ValidationError as error:
        raise BadProfile([f"food.{sentence}" for sentence in border_sentences(error)]) from error
    reading = _Reading()
    wishes = _wishes(said, kitchen, person, today, reading)
    if person is not None:
        reading.problems += wish_problems(wishes, person, today)
    if reading.problems:
        raise BadProfile([f"food.{problem}" for problem in reading.problems])
    return ReadWishes(wishes=wishes, notes=(*reading.notes, *_against_diet(said, wishes, kitchen)))


def _wishes(
    said: FoodJson, kitchen: Kitchen, person: Person | None, today: date, reading: _Reading
) -> FoodWishes:
    goal, in_time = _goal(said.goal, person, today, reading)
    diets = _diets(said.diet, reading)
    wishes = FoodWishes(
        goal=goal,
        diet=diets[0],
        also_diets=frozenset(diets[1:]),
        allergies=frozenset(cast("list[Allergy]", _each("allergies", "allergy", said.allergies, reading))),
        likes=_foods("likes", said.likes, kitchen, reading),
        dislikes=_foods("dislikes", said.dislikes, kitchen, reading),
        cooking_minutes=_minutes(said.cooking_minutes, reading),
        price=cast("Price", _one("price", "price", said.price, reading) or "mid"),
        kit=None if said.kit is None else frozenset(said.kit),
        activity=cast(
            "Activity | None", said.activity and _one("activity", "activity", said.activity, reading)
        ),
        eaters=said.eaters,
        target_mass_kg=said.target_mass_kg,
        target_on=said.target_on,
        lactating=said.lactating,
        smoker=said.smoker,
        tracks_cycle=said.tracks_cycle,
        cycle_starts=said.cycle_starts,
        body_fat_share=said.body_fat_share,
        warnings=said.warnings,
        pantry_g=_pantry(said.pantry, kitchen, reading),
    )
    if said.meals is not None:
        wishes = replace(
            wishes, meals=cast("tuple[Slot, ...]", tuple(_each("meals", "slot", said.meals, reading)))
        )
    return replace(wishes, **in_time) if in_time else wishes


def _one(where: str, about: About, text: str, reading: _Reading) -> str | None:
    found = meant(about, text)
    if found is None:
        reading.problems.append(near_word(where, text, all_words(about), known_words(about)))
    return found


def _each(where: str, about: About, texts: Iterable[str], reading: _Reading) -> list[str]:
    found = (_one(where, about, text, reading) for text in texts)
    return list(dict.fromkeys(one for one in found if one is not None))


def _goal(
    text: str, person: Person | None, today: date, reading: _Reading
) -> tuple[FoodGoal, dict[str, Any]]:
    """Return the goal, with weight and day where it says so much in such a time ("10 kg in a month")."""
    found = _IN_TIME.search(text)
    if found is None or person is None:
        return cast(
            "FoodGoal", _one("goal", "goal", text, reading) if found is None else "leaner"
        ) or "same", {}
    mass = float(found["mass"].replace(",", "."))
    mass_kg = mass if found["unit"].lower().startswith("k") else kg_from_lb(mass)
    count = int(found["count"]) if found["count"].isdigit() else 1
    more = re.search(r"gain|more|muscle|bulk", text, re.IGNORECASE) is not None
    days = min(count * _SPAN_D[found["span"].lower()], 5 * 365)
    goal: FoodGoal = "more_muscle" if more else "leaner"
    target_kg = person.mass_kg + (mass_kg if more else -mass_kg)
    return goal, {"target_mass_kg": round(target_kg, 1), "target_on": today + timedelta(days=days)}


def _diets(given: str | tuple[str, ...], reading: _Reading) -> tuple[Diet, ...]:
    """Return the diet, and after it the rules of faith that hold beside it."""
    texts = [given] if isinstance(given, str) else list(given)
    named = dict.fromkeys(_each("diet", "diet", texts, reading))
    found = [cast("Diet", one) for one in named if one not in NO_DIETS]
    main, beside = [one for one in found if one not in BESIDE], [one for one in found if one in BESIDE]
    if len(main) > 1:
        reading.problems.append(f"diet names {' and '.join(main)}, of which only one can hold; choose one")
    return (*main[:1], *beside) or ("omnivore",)


def _foods(where: str, texts: Iterable[str], kitchen: Kitchen, reading: _Reading) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        ids = foods_meant(text, kitchen)
        if not ids:
            reading.notes.append(f"Nothing here is called {text!r}, so it was left out of your {where}.")
        found += ids
    return tuple(dict.fromkeys(found))


def _minutes(given: Mapping[str, float] | float, reading: _Reading) -> dict[int, int]:
    if not isinstance(given, Mapping):
        return dict.fromkeys(range(7), round(given))
    found: dict[int, int] = {}
    # Whole spans first, so that a single day has the last word.
    named = [(text, weekdays_of(text), minutes) for text, minutes in given.items()]
    for text, days, minutes in sorted(named, key=lambda one: -len(one[1] or ())):
        if days is None:
            reading.problems.append(near_word("cooking_minutes", text, weekday_words()))
        found |= dict.fromkeys(days or (), round(minutes))
    return dict(sorted(found.items()))


def _pantry(given: Mapping[str, float], kitchen: Kitchen, reading: _Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    for text, mass_g in given.items():
        food = next((id_ for id_ in foods_meant(text, kitchen) if id_ in kitchen.foods), None)
        if food is None:
            reading.notes.append(f"Nothing here is called {text!r}, so it was left out of your pantry.")
        else:
            found[food] = mass_g
    return found


def _against_diet(said: FoodJson, wishes: FoodWishes, kitchen: Kitchen) -> Iterator[str]:
    """Yield what is liked and never planned, because the diet or an allergy goes before it."""
    for text in said.likes:
        foods = foods_of(foods_meant(text, kitchen), kitchen)
        reasons = [allowed(kitchen.foods[food].tags, wishes) for food in sorted(foods)]
        if reasons and all(reasons):
            yield f"You like {text}, but it {reasons[0]}, so it is not planned."


# --- Back to JSON ---------------------------------------------------------------------------------


def profile_with_food(app: App, profile: Profile) -> dict[str, Any]:
    """Return the JSON data of a profile, with the part "food" once something was said about eating."""
    wishes = app.store.food_wishes(app.person_id)
    return profile_json(profile) | ({} if wishes is None else {"food": wishes_json(wishes)})


def wishes_json(wishes: FoodWishes) -> dict[str, Any]:
    """Return the JSON data of wishes; `wishes_from_json` reads it back."""
    return {
        "goal": wishes.goal,
        "diet": wishes.diet if not wishes.also_diets else [wishes.diet, *sorted(wishes.also_diets)],
        "allergies": sorted(wishes.allergies),
        "likes": list(wishes.likes),
        "dislikes": list(wishes.dislikes),
        "cooking_minutes": {str(day): minutes for day, minutes in sorted(wishes.cooking_minutes.items())},
        "price": wishes.price,
        "kit": None if wishes.kit is None else sorted(wishes.kit),
        "activity": wishes.activity,
        "meals": list(wishes.meals),
        "eaters": wishes.eaters,
        "target_mass_kg": wishes.target_mass_kg,
        "target_on": None if wishes.target_on is None else wishes.target_on.isoformat(),
        "lactating": wishes.lactating,
        "smoker": wishes.smoker,
        "tracks_cycle": wishes.tracks_cycle,
        "cycle_starts": [day.isoformat() for day in wishes.cycle_starts],
        "body_fat_share": wishes.body_fat_share,
        "warnings": dict(wishes.warnings),
        "pantry": dict(wishes.pantry_g),
    }
