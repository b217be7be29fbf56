"""What a programme is asked for: the person, the days with their place and minutes, and which exercises may come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from openback.errors import BadWishes
from openback.model.exercise import Catalogue, Exercise
from openback.model.person import Person, Place
from openback.model.programme import Screened, Wishes
from openback.training.dose import Clock, Doses, counted_share, load_doses
from openback.training.findings import NONE, Findings

Style = Literal["strength", "yoga"]

# A yoga day needs no more than this (evidence 1.2 lists the poses; that they need no other kit is our reading).
YOGA_KIT: Final = frozenset({"mat", "wall", "chair"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """All that the planner is given.

    `familiar` are exercises that the person's log knows; `too_heavy` those of which the lightest load there is
    would not give the fewest reps of the dose. `findings` are what tests and posture checks ask for.
    """

    catalogue: Catalogue
    person: Person
    places: tuple[Place, ...]
    screened: Screened
    wishes: Wishes = field(default_factory=Wishes)
    doses: Doses = field(default_factory=load_doses)
    familiar: frozenset[str] = frozenset()
    too_heavy: Mapping[str, frozenset[str]] = field(default_factory=dict)  # place -> exercises
    findings: Findings = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One day of the week plan before it is filled. `strength_s` is the time for sets, in whole seconds."""

    day: int  # from 1
    place: Place
    style: Style
    minutes: int
    clock: Clock
    mobility_s: int
    mobility_items: int
    strength_s: int
    most_exercises: int


def is_yoga(exercise: Exercise) -> bool:
    """Return whether an exercise belongs into a yoga day: a hold, a flow or a stretch without other kit."""
    return exercise.kind in {"hold", "flow"} and set(exercise.kit) <= YOGA_KIT


def trains(exercise: Exercise, doses: Doses) -> bool:
    """Return whether its sets count for a muscle; the others are mobility."""
    return any(counted_share(exercise, muscle, doses) > 0 for muscle in exercise.muscles)


def set_s(exercise: Exercise) -> int:
    """Return the seconds of one set with its rest: the longest the dose allows, so that a session never runs over.

    One side at a time takes the work twice.
    """
    dose = exercise.dose
    work_s = dose.reps[1] * dose.tempo.rep_s if dose.reps else float(dose.hold_s[1] if dose.hold_s else 0)
    whole_s = int(-(-work_s * (2 if exercise.one_side_at_a_time else 1) // 1))
    return whole_s + dose.rest_s


def item_s(exercise: Exercise, sets: int) -> int:
    """Return the seconds of so many sets with their rests and the set-up."""
    return exercise.setup_s + sets * set_s(exercise)


def place_of_day(ask: Ask, day: int) -> Place:
    """Return where a day is: as wished, else the places in turn."""
    wished = ask.wishes.place_of_day.get(day)
    if wished is None:
        return ask.places[(day - 1) % len(ask.places)]
    return next(place for place in ask.places if place.name == wished)


def frame(ask: Ask, day: int) -> Frame:
    """Return one day of the week plan with its place, style and seconds."""
    minutes = ask.wishes.minutes_of_day.get(day, ask.person.minutes_per_session)
    style = ask.wishes.style_of_day.get(day, "strength")
    place = place_of_day(ask, day)
    clock = ask.doses.clock(minutes)
    mobility_s, items = _mobility_part(ask, clock, minutes, style)
    if not any(
        place_allows(ask, place, e) and not trains(e, ask.doses) for e in ask.catalogue.exercises.values()
    ):
        mobility_s, items = 0, 0
    # What was pinned comes before stretches.
    pins = sum(pinned_to == day for _, pinned_to in ask.wishes.pinned)
    items = max(0, min(items, ask.doses.most_exercises - pins))
    return Frame(
        day=day,
        place=place,
        style=style,
        minutes=minutes,
        clock=clock,
        mobility_s=mobility_s,
        mobility_items=items,
        strength_s=60 * minutes - clock.warm_up_s - mobility_s,
        most_exercises=ask.doses.most_exercises - items,
    )


def _mobility_part(ask: Ask, clock: Clock, minutes: int, style: Style) -> tuple[int, int]:
    """Return seconds and number of mobility exercises: a desk, a goal of the posture, or a finding asks for it."""
    if style == "yoga":
        return 60 * minutes * 2 // 5, max(2, clock.mobility_items)
    if ask.person.desk_job or ask.findings.regions or {"posture", "pain_relief"} & set(ask.person.goals):
        return clock.mobility_s, clock.mobility_items
    return 0, 0


def place_allows(ask: Ask, place: Place, exercise: Exercise) -> bool:
    """Return whether the place has the kit and the screening and the person leave the exercise in."""
    return (
        set(exercise.kit) <= place.kit
        and exercise.id not in ask.screened.banned
        and exercise.id not in ask.wishes.banned
    )


# --- Which exercises may come on a day -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A rule that takes exercises off a day before anything is weighed.

    `keeps` says whether an exercise may stay; `title` and `says` explain it to a person.
    """

    name: str
    title: str
    says: str
    keeps: Callable[[Ask, Frame, Exercise], bool]


def _has_kit(_ask: Ask, frame: Frame, exercise: Exercise) -> bool:
    return set(exercise.kit) <= frame.place.kit


def _is_safe(ask: Ask, _frame: Frame, exercise: Exercise) -> bool:
    return exercise.id not in ask.screened.banned


def _is_wanted(ask: Ask, frame: Frame, exercise: Exercise) -> bool:
    return exercise.id not in ask.wishes.banned and (exercise.id, frame.day) not in ask.wishes.banned_on


def _fits_style(_ask: Ask, frame: Frame, exercise: Exercise) -> bool:
    return frame.style != "yoga" or is_yoga(exercise)


def _can_be_lifted(ask: Ask, frame: Frame, exercise: Exercise) -> bool:
    return exercise.id not in ask.too_heavy.get(frame.place.name, frozenset())


def _fits_level(ask: Ask, _frame: Frame, exercise: Exercise) -> bool:
    asked_for = exercise.id in ask.person.liked or any(exercise.id == e for e, _ in ask.wishes.pinned)
    return asked_for or not (exercise.level == "advanced" and ask.person.experience == "new")


FILTERS: Final[tuple[Filter, ...]] = (
    Filter(
        name="kit",
        title="the kit of the place",
        says="An exercise comes only where all of its kit is.",
        keeps=_has_kit,
    ),
    Filter(
        name="screening",
        title="what the screening left out",
        says="Complaints, pregnancy, the weeks after birth and the health questions leave exercises out.",
        keeps=_is_safe,
    ),
    Filter(
        name="banned",
        title="the exercises you do not want",
        says="An exercise that the person banned does not come, on that day or at all.",
        keeps=_is_wanted,
    ),
    Filter(
        name="style",
        title="the yoga day",
        says="A yoga day holds only holds, flows and stretches that need a mat, a wall or a chair at most.",
        keeps=_fits_style,
    ),
    Filter(
        name="strength",
        title="what you can lift by now",
        says="An exercise comes once its lightest load is light enough for the fewest reps of its dose.",
        keeps=_can_be_lifted,
    ),
    Filter(
        name="level",
        title="your experience",
        says="Somebody new gets no advanced exercise, unless it is liked or pinned.",
        keeps=_fits_level,
    ),
)


def why_not(ask: Ask, frame: Frame, exercise: Exercise) -> Filter | None:
    """Return the first filter that takes an exercise off a day, None when it may come."""
    return next((one for one in FILTERS if not one.keeps(ask, frame, exercise)), None)


def candidates(ask: Ask, frame: Frame) -> tuple[str, ...]:
    """Return the exercises that may train a muscle on this day, in the catalogue's order."""
    return tuple(
        e.id
        for e in ask.catalogue.exercises.values()
        if trains(e, ask.doses) and why_not(ask, frame, e) is None
    )


# --- Wishes that make no sense ---------------------------------------------------------------------------------


def check_wishes(ask: Ask) -> None:
    """Raise BadWishes with every wish that names a day, place or exercise that is not there."""
    problems = [*_day_problems(ask), *_place_problems(ask), *_exercise_problems(ask)]
    if problems:
        raise BadWishes(problems)


def _day_problems(ask: Ask) -> Iterator[str]:
    wishes, days = ask.wishes, ask.person.days_per_week
    named: Mapping[str, set[int]] = {
        "pinned": {day for _, day in wishes.pinned},
        "banned_on": {day for _, day in wishes.banned_on},
        "place_of_day": set(wishes.place_of_day),
        "style_of_day": set(wishes.style_of_day),
        "minutes_of_day": set(wishes.minutes_of_day),
    }
    for key, used in named.items():
        for day in sorted(used):
            if not 1 <= day <= days:
                yield f"{key} names day {day}, the week has days 1 to {days}"
    for day, minutes in sorted(wishes.minutes_of_day.items()):
        if not 10 <= minutes <= 90:
            yield f"minutes_of_day is {minutes} on day {day}, it must be 10 to 90"


def _place_problems(ask: Ask) -> Iterator[str]:
    names = [place.name for place in ask.places]
    for day, name in sorted(ask.wishes.place_of_day.items()):
        if name not in names:
            yield f"place_of_day names {name!r} for day {day}, the places are {', '.join(names)}"


def _exercise_problems(ask: Ask) -> Iterator[str]:
    wishes = ask.wishes
    for exercise_id in sorted({e for e, _ in wishes.pinned | wishes.banned_on} | wishes.banned):
        if exercise_id not in ask.catalogue.exercises:
            yield f"no exercise is called {exercise_id!r}"
