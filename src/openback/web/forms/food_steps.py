"""The questions about food in their order. Each reads its own form into the wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast, get_args

from openback.model.eating import Allergy, Diet, FoodGoal, FoodWishes
from openback.model.food import SLOTS, Price
from openback.nutrition.diets import BESIDE
from openback.units import Units, kg_from_lb, lb_from_kg
from openback.web.forms.fields import Fields
from openback.web.meal_words import PRICES, SLOT_NAMES, halves
from openback.web.words import WEEKDAYS, listed, plural

GOALS: Final[Mapping[FoodGoal, tuple[str, str, str]]] = {
    "leaner": ("A little leaner", "Slowly, so that muscle and mood stay", "leaf"),
    "same": ("Stay as I am", "Eat well, and let the training do the rest", "heart"),
    "more_muscle": ("Build muscle", "A little more energy, and protein in every meal", "dumbbell"),
}
DIETS: Final[Mapping[Diet, tuple[str, str]]] = {
    "omnivore": ("I eat everything", "Mostly plants, with fish, eggs and lean meat"),
    "pescatarian": ("Fish, no meat", ""),
    "vegetarian": ("Vegetarian", "With care for iron, B12 and omega-3"),
    "vegan": ("Vegan", "With care for B12, iron, iodine and omega-3"),
    "halal": ("Halal", ""),
    "kosher": ("Kosher", ""),
}
ALLERGIES: Final[Mapping[Allergy, str]] = {
    "gluten": "Gluten",
    "lactose": "Lactose",
    "milk": "Milk",
    "egg": "Egg",
    "nuts": "Nuts",
    "peanut": "Peanut",
    "sesame": "Sesame",
    "soy": "Soy",
    "fish": "Fish",
    "shellfish": "Shellfish",
    "mustard": "Mustard",
    "celery": "Celery",
}
# What is offered to tick: groups of foods, and foods that people often have a mind about.
TASTES: Final[Mapping[str, str]] = {
    "oily_fish": "Salmon and other oily fish",
    "fish": "White fish",
    "lean_protein": "Chicken and turkey",
    "red_meat": "Red meat",
    "egg": "Eggs",
    "legume": "Beans and lentils",
    "soy": "Tofu and soy",
    "dairy": "Yoghurt and cheese",
    "nuts_seeds": "Nuts and seeds",
    "whole_grain": "Whole grains",
    "fruit": "Fruit",
}
MINUTES: Final = (0, 10, 15, 20, 30, 45, 60, 90)
USUAL_MINUTES: Final = 30
# Days that are asked about together, as their fields are called.
SPANS: Final = (
    ("Monday to Friday", "minutes_work", range(5)),
    ("The weekend", "minutes_weekend", range(5, 7)),
)
MOST_WORDS: Final = 20
TARGET_KG: Final = (30, 250)
TARGET_LB: Final = (66, 550)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodAsking:
    """What a question may need besides its form.

    `mass_kg` is what the person weighs; `kitchen` are the ids of what a kitchen may have, `usual` those of a usual
    one; `match` finds the foods, recipes or group that a word means, none when nothing is called so.
    """

    today: date
    units: Units
    mass_kg: float
    safety: tuple[str, ...] = ()
    kitchen: tuple[str, ...] = ()
    usual: frozenset[str] = frozenset()
    match: Callable[[str], tuple[str, ...]] = lambda _word: ()


Read = Callable[[Fields, FoodWishes, FoodAsking], FoodWishes]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodStep:
    """One question: a page of its own. `label` names it in the list of answers."""

    id: str
    label: str
    question: str
    why: str
    read: Read


def _read_goal(fields: Fields, wishes: FoodWishes, asking: FoodAsking) -> FoodWishes:
    goal = fields.one_of("goal", get_args(FoodGoal), "Choose one of the three.")
    low, high = TARGET_KG if asking.units == "metric" else TARGET_LB
    unit = "kg" if asking.units == "metric" else "lb"
    mass = fields.number_or_none("target_mass", "The weight in mind", low, high, unit=unit)
    target_kg = _kept_mass(mass, wishes, asking.units)
    if target_kg is not None and goal == "leaner" and target_kg > asking.mass_kg:
        fields.problems.append("To get leaner, the weight in mind has to be less than yours now.")
    if target_kg is not None and goal == "more_muscle" and target_kg < asking.mass_kg:
        fields.problems.append("To build muscle, the weight in mind has to be more than yours now.")
    return replace(
        wishes,
        goal=cast("FoodGoal", goal) if goal else wishes.goal,
        target_mass_kg=target_kg,
        target_on=_day(fields, asking.today),
    )


def _kept_mass(mass: float | None, wishes: FoodWishes, units: Units) -> float | None:
    """Return kilograms; the very value that was kept when the form only showed it again, rounded."""
    if mass is None:
        return None
    if target_mass(wishes, units) == f"{mass:g}":
        return wishes.target_mass_kg
    return mass if units == "metric" else round(kg_from_lb(mass), 3)


def _day(fields: Fields, today: date) -> date | None:
    """Return the day in mind; None when it is empty, None and a problem when it cannot be."""
    raw = fields.text("target_on")
    if not raw:
        return None
    try:
        on = date.fromisoformat(raw)
    except ValueError:
        fields.problems.append("The day in mind is not a date in the calendar; leave it empty or choose one.")
        return None
    if on <= today:
        fields.problems.append("The day in mind has to be one to come.")
        return None
    return on


def _read_health(fields: Fields, wishes: FoodWishes, asking: FoodAsking) -> FoodWishes:
    yes = fields.many("yes")
    return replace(
        wishes,
        warnings={key: key in yes for key in asking.safety},
        lactating=fields.has("lactating"),
        smoker=fields.has("smoker"),
    )


def _read_diet(fields: Fields, wishes: FoodWishes, _asking: FoodAsking) -> FoodWishes:
    diet = fields.one_of("diet", get_args(Diet), "Choose one of these.")
    allergies = frozenset(one for one in ALLERGIES if one in fields.many("allergy"))
    beside = frozenset(one for one in BESIDE if one in fields.many("also_diet") and one != diet)
    main = cast("Diet", diet) if diet else wishes.diet
    return replace(wishes, diet=main, also_diets=beside, allergies=allergies)


def _read_likes(fields: Fields, wishes: FoodWishes, asking: FoodAsking) -> FoodWishes:
    likes = _tastes(fields, "like", "likes_more", asking)
    dislikes = _tastes(fields, "dislike", "dislikes_more", asking)
    both = [taste_name(one) for one in likes if one in dislikes]
    if both:
        fields.problems.append(f"{listed(both)} cannot be both liked and left out; choose one of the two.")
    return replace(wishes, likes=likes, dislikes=dislikes)


def _tastes(fields: Fields, ticked: str, written: str, asking: FoodAsking) -> tuple[str, ...]:
    """Return the ids that were ticked and written; a word that means no food is a problem."""
    found = [one for one in TASTES if one in fields.many(ticked)]
    words = [word.strip() for word in fields.text(written, 400).replace(";", ",").split(",")]
    for word in [one for one in words if one][:MOST_WORDS]:
        known = asking.match(word)
        if not known:
            fields.problems.append(f"No food here is called “{word}”; try another word, or leave it out.")
        found += [one for one in known if one not in found]
    return tuple(found)


def _read_time(fields: Fields, wishes: FoodWishes, _asking: FoodAsking) -> FoodWishes:
    minutes: dict[int, int] = {}
    for name, key, days in SPANS:
        usual = fields.number_or_none(key, f"The time on {name.lower()}", 0, 240, unit="minutes")
        for day in days:
            own = fields.number_or_none(
                f"minutes_{day}", f"The time on {WEEKDAYS[day]}", 0, 240, unit="minutes"
            )
            given = usual if own is None else own
            minutes[day] = minutes_on(wishes, day) if given is None else int(given)
    meals = tuple(slot for slot in SLOTS if slot in fields.many("meal"))
    if not meals:
        fields.problems.append("Choose at least one meal a day.")
    eaters = fields.number("eaters", "The number of people", 1, 12)
    return replace(
        wishes, cooking_minutes=minutes, meals=meals or wishes.meals, eaters=int(eaters or wishes.eaters)
    )


def _read_kitchen(fields: Fields, wishes: FoodWishes, asking: FoodAsking) -> FoodWishes:
    price = fields.one_of("price", get_args(Price), "Choose low, usual or higher cost.")
    kit = frozenset(one for one in asking.kitchen if one in fields.many("kit"))
    return replace(
        wishes,
        price=cast("Price", price) if price else wishes.price,
        kit=None if kit == asking.usual else kit,
    )


STEPS: Final = (
    FoodStep(
        id="goal",
        label="Goal",
        question="What should food do for you?",
        why="Whatever you choose, no week goes below what a body needs, and none goes faster than is safe.",
        read=_read_goal,
    ),
    FoodStep(
        id="health",
        label="Health and food",
        question="Does any of this hold for you?",
        why="Then eating less could harm you, and your week is planned to nourish instead. It stays on this machine.",
        read=_read_health,
    ),
    FoodStep(
        id="diet",
        label="Diet and allergies",
        question="What do you eat?",
        why="What you leave out is never planned, and its nutrients are looked for elsewhere.",
        read=_read_diet,
    ),
    FoodStep(
        id="likes",
        label="Likes and dislikes",
        question="What do you like?",
        why="None of it has to be answered. Likes come more often; dislikes only where nothing else fits.",
        read=_read_likes,
    ),
    FoodStep(
        id="time",
        label="Time and meals",
        question="When do you have time to cook?",
        why="Most recipes take less than 25 minutes, and one pot can feed two days.",
        read=_read_time,
    ),
    FoodStep(
        id="kitchen",
        label="Price and kitchen",
        question="What do you cook with?",
        why="Only recipes that your kitchen can do are planned.",
        read=_read_kitchen,
    ),
)


def food_step(step_id: str) -> FoodStep | None:
    """Return the question with an id, or None."""
    return next((step for step in STEPS if step.id == step_id), None)


def minutes_on(wishes: FoodWishes, day: int) -> int:
    """Return the hands-on minutes of a weekday, 0 Monday; a day that was not said has the usual ones."""
    return wishes.cooking_minutes.get(day, USUAL_MINUTES)


def options(minutes: int) -> list[int]:
    """Return the minutes that can be chosen; a kept value is among them."""
    return sorted({*MINUTES, minutes})


def spans(wishes: FoodWishes) -> tuple[tuple[str, str, int], ...]:
    """Return name, field and minutes of working days and weekend: what most of their days have."""
    return tuple((name, key, _usual(wishes, days)) for name, key, days in SPANS)


def own_days(wishes: FoodWishes) -> tuple[tuple[int, str, int | None], ...]:
    """Return number and name of each weekday with its minutes, None where it is like the others of its span."""
    found: list[tuple[int, str, int | None]] = []
    for _, _, days in SPANS:
        usual = _usual(wishes, days)
        minutes = ((day, minutes_on(wishes, day)) for day in days)
        found += [(day, WEEKDAYS[day], None if value == usual else value) for day, value in minutes]
    return tuple(found)


def _usual(wishes: FoodWishes, days: Iterable[int]) -> int:
    counted = Counter(minutes_on(wishes, day) for day in days)
    return counted.most_common(1)[0][0]


def target_mass(wishes: FoodWishes, units: Units) -> str:
    """Return the weight in mind as its field shows it; empty when there is none."""
    mass_kg = wishes.target_mass_kg
    if mass_kg is None:
        return ""
    return f"{mass_kg if units == 'metric' else round(lb_from_kg(mass_kg), 1):g}"


def taste_name(taste: str) -> str:
    """Return a taste as its chip names it, else the words of its id, which are understood when they come back."""
    return TASTES.get(taste) or taste.replace("_", " ")


def written(tastes: Sequence[str]) -> str:
    """Return the tastes that have no chip, as the field shows them."""
    return ", ".join(taste_name(one) for one in tastes if one not in TASTES)


def answers(wishes: FoodWishes, asking: FoodAsking) -> tuple[tuple[FoodStep, str], ...]:
    """Return each question with what was answered, in a few words."""
    said = {
        "goal": _goal_words(wishes, asking.units),
        "health": _health_words(wishes),
        "diet": _diet_words(wishes),
        "likes": _taste_words(wishes),
        "time": _time_words(wishes),
        "kitchen": f"{PRICES[wishes.price]}, {'a usual kitchen' if wishes.kit is None else plural(len(wishes.kit), 'thing') + ' to cook with'}",
    }
    return tuple((step, said[step.id]) for step in STEPS)


def _goal_words(wishes: FoodWishes, units: Units) -> str:
    name = GOALS[wishes.goal][0]
    mass = target_mass(wishes, units)
    return f"{name}, {mass} {'kg' if units == 'metric' else 'lb'} in mind" if mass else name


def _health_words(wishes: FoodWishes) -> str:
    ticked = sum(wishes.warnings.values()) + wishes.lactating + wishes.smoker
    return plural(ticked, "tick") if ticked else "Nothing ticked"


def _diet_words(wishes: FoodWishes) -> str:
    beside = [DIETS[one][0].lower() for one in BESIDE if one in wishes.also_diets]
    name = listed([DIETS[wishes.diet][0], *beside])
    without = [ALLERGIES[one].lower() for one in ALLERGIES if one in wishes.allergies]
    return f"{name}, without {listed(without)}" if without else name


def _taste_words(wishes: FoodWishes) -> str:
    likes = [taste_name(one).lower() for one in wishes.likes]
    dislikes = [taste_name(one).lower() for one in wishes.dislikes]
    parts = [f"Gladly {listed(likes)}" if likes else "", f"rather no {listed(dislikes)}" if dislikes else ""]
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:] if text else "Nothing said"


def _time_words(wishes: FoodWishes) -> str:
    minutes = [minutes_on(wishes, day) for day in range(7)]
    low, high = min(minutes), max(minutes)
    span = f"{low} minutes a day" if low == high else f"{low} to {high} minutes a day"
    meals = f"{len(wishes.meals)} meals" if len(wishes.meals) != 1 else SLOT_NAMES[wishes.meals[0]].lower()
    people = f", for {halves(wishes.eaters)}" if wishes.eaters > 1 else ""
    return f"{span}, {meals}{people}"
