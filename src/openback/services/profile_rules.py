"""Whether a profile can be: every problem at once, each with what would be right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Final, get_args

from openback.errors import BadProfile
from openback.model.exercise import Catalogue
from openback.model.person import Experience, Goal, Loads, Person, Place, Profile, Sex
from openback.training.screening import load_questions
from openback.units import Units

# Wide enough for anybody who can train alone, narrow enough to catch a slip of the finger or of the unit.
HEIGHT_CM: Final = (100.0, 250.0)
MASS_KG: Final = (25.0, 350.0)
AGE_YEARS: Final = (10, 110)
DAYS: Final = (1, 6)
MINUTES: Final = (10, 90)
PREGNANCY_WEEK: Final = (1, 42)
WEEKS_SINCE_BIRTH: Final = (0, 104)
LOAD_KG: Final = (0.0, 1000.0)
MOST_LOADS: Final = 200
MOST_PLACES: Final = 12
LONGEST_NAME: Final = 80
_NOT_TEXT: Final = re.compile("[\0\ud800-\udfff]")  # a zero byte, and halves of characters


def check_profile(profile: Profile, catalogue: Catalogue, today: date) -> None:
    """Raise BadProfile with every problem of a profile."""
    problems = [*person_problems(profile.person, catalogue, today), *place_problems(profile, catalogue)]
    problems += _unknown("screening", profile.screening, [question.id for question in load_questions().items])
    if problems:
        raise BadProfile(problems)


# --- The person -----------------------------------------------------------------------------------


def person_problems(person: Person, catalogue: Catalogue, today: date) -> Iterator[str]:
    """Yield what cannot be of a person."""
    yield from _ranges(person)
    yield from _age(person, today)
    yield from _words(person)
    yield from _motherhood(person)
    yield from _unknown("complaints", person.complaints, catalogue.complaints)
    yield from _unknown("liked", person.liked, catalogue.exercises)
    yield from _unknown("disliked", person.disliked, catalogue.exercises)
    for both in sorted(set(person.liked) & set(person.disliked)):
        yield f"{both} is both liked and disliked; choose one"


def _ranges(person: Person) -> Iterator[str]:
    yield from _range("height_cm", person.height_cm, HEIGHT_CM)
    yield from _range("mass_kg", person.mass_kg, MASS_KG)
    yield from _range("days_per_week", person.days_per_week, DAYS)
    yield from _range("minutes_per_session", person.minutes_per_session, MINUTES)
    yield from _range("pregnancy_week", person.pregnancy_week, PREGNANCY_WEEK)
    yield from _range("weeks_since_birth", person.weeks_since_birth, WEEKS_SINCE_BIRTH)


def _range(name: str, value: float | None, bounds: tuple[float, float]) -> Iterator[str]:
    low, high = bounds
    if value is not None and not low <= value <= high:  # a NaN is in no range
        yield f"{name} is {value:g}, it must be {low:g} to {high:g}"


def _age(person: Person, today: date) -> Iterator[str]:
    if person.birth_date > today:
        yield f"birth_date is {person.birth_date.isoformat()}, which is still to come"
    elif not AGE_YEARS[0] <= (age := person.age_years(today)) <= AGE_YEARS[1]:
        yield f"birth_date makes {age} years, it must make {AGE_YEARS[0]} to {AGE_YEARS[1]}"


def _words(person: Person) -> Iterator[str]:
    yield from _unknown("sex", [person.sex], get_args(Sex))
    yield from _unknown("experience", [person.experience], get_args(Experience))
    yield from _unknown("units", [person.units], get_args(Units))
    yield from _unknown("goals", person.goals, get_args(Goal))
    if not person.goals:
        yield f"goals is empty, it must name at least one of {', '.join(get_args(Goal))}"
    if len(set(person.goals)) < len(person.goals):
        yield "goals names one twice"
    if _NOT_TEXT.search(person.name):
        yield "name holds a character that is not text; type it again"
    if len(person.name) > LONGEST_NAME:
        yield f"name has {len(person.name)} characters, it has room for {LONGEST_NAME}"


def _motherhood(person: Person) -> Iterator[str]:
    if person.pregnancy_week is not None and person.weeks_since_birth is not None:
        yield "pregnancy_week and weeks_since_birth are both given; give the one that holds now"
    if person.sex == "male" and (person.pregnancy_week is not None or person.weeks_since_birth is not None):
        yield "pregnancy_week and weeks_since_birth do not go with sex male"


# --- Places ---------------------------------------------------------------------------------------


def place_problems(profile: Profile, catalogue: Catalogue) -> Iterator[str]:
    """Yield what cannot be of the places."""
    if not profile.places:
        yield "places is empty; name at least one, its kit may be empty"
    if len(profile.places) > MOST_PLACES:
        yield f"places has {len(profile.places)} entries, it has room for {MOST_PLACES}"
    names = [place.name for place in profile.places]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"two places are called {name!r}; give each its own name"
    for place in profile.places:
        yield from _place(place, catalogue)


def _place(place: Place, catalogue: Catalogue) -> Iterator[str]:
    where = f"place {place.name!r}"
    if _NOT_TEXT.search(place.name):
        yield f"{where} holds a character that is not text; type the name again"
    if not place.name.strip() or len(place.name) > LONGEST_NAME:
        yield f"a place is called {place.name[:LONGEST_NAME]!r}; a name has 1 to {LONGEST_NAME} characters"
    yield from _unknown(f"{where}: kit", sorted(place.kit), catalogue.kit)
    yield from _unknown(f"{where}: bands", place.loads.bands, catalogue.bands)
    for name, loads_kg in _loads_of(place.loads):
        if len(loads_kg) > MOST_LOADS:
            yield f"{where}: {name} has {len(loads_kg)} loads, it has room for {MOST_LOADS}"
        wrong = next((load for load in loads_kg if not LOAD_KG[0] < load <= LOAD_KG[1]), None)
        if wrong is not None:
            yield f"{where}: {name} has {wrong:g} kg, a load is above 0 and up to {LOAD_KG[1]:g} kg"
    stack = place.loads.stack
    if stack is not None and stack.top_kg < stack.start_kg:
        yield f"{where}: stack_kg goes from {stack.start_kg:g} to {stack.top_kg:g}; top must not be under start"


def _loads_of(loads: Loads) -> Iterator[tuple[str, tuple[float, ...]]]:
    yield "dumbbell_kg", loads.dumbbell_kg
    if loads.stack is not None:
        yield (
            "stack_kg",
            (loads.stack.start_kg, loads.stack.step_kg, loads.stack.top_kg, *loads.stack.add_on_kg),
        )
    if loads.barbell is not None:
        yield "barbell_kg", (loads.barbell.bar_kg, *loads.barbell.plates_kg)


def _unknown(where: str, given: Collection[str], known: Collection[str]) -> Iterator[str]:
    for word in given:
        if word not in known:
            near = get_close_matches(word, known, n=2)
            listed = ", ".join(known) if len(known) <= 12 else ""
            hint = (
                f"did you mean {' or '.join(near)}?"
                if near
                else f"it must be one of {listed}"
                if listed
                else ""
            )
            yield f"{where} has {word!r}, which is not known" + (f"; {hint}" if hint else "")
