"""A profile and a programme as JSON: the form that `openback plan` reads and writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from openback.errors import BadProfile
from openback.model.exercise import Catalogue
from openback.model.person import Bar, Experience, Goal, Loads, Person, Place, Profile, Sex, Stack
from openback.model.programme import Item, Programme, Session
from openback.services.plain import plain
from openback.services.profile_rules import check_profile
from openback.training.loads import USUAL_BAR
from openback.units import Units

Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]


def _day_text(given: object) -> object:
    """Return a date's text; a bare number would be read as seconds since 1970."""
    if isinstance(given, str):
        return given
    message = "a date such as 1986-04-12"
    raise ValueError(message)


Day = Annotated[date, BeforeValidator(_day_text)]

SOLVER_KEYS: Final = ("build_s", "solve_s", "gap")


class _Border(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StackJson(_Border):
    """A weight stack."""

    start: Number
    step: Number
    top: Number
    add_on: tuple[Number, ...] = ()

    def value(self) -> Stack:
        """Return the frozen value."""
        return Stack(start_kg=self.start, step_kg=self.step, top_kg=self.top, add_on_kg=self.add_on)


class BarbellJson(_Border):
    """A bar, and one of each pair of plates."""

    bar: Number
    plates: tuple[Number, ...] = USUAL_BAR.plates_kg

    def value(self) -> Bar:
        """Return the frozen value."""
        return Bar(bar_kg=self.bar, plates_kg=self.plates)


class LoadsJson(_Border):
    """The loads of a place; what is missing is not known."""

    dumbbell_kg: tuple[Number, ...] = ()
    stack_kg: StackJson | None = None
    barbell_kg: BarbellJson | None = None
    bands: tuple[str, ...] = ()

    def value(self) -> Loads:
        """Return the frozen value, loads in order."""
        return Loads(
            dumbbell_kg=tuple(sorted(set(self.dumbbell_kg))),
            stack=self.stack_kg.value() if self.stack_kg else None,
            barbell=self.barbell_kg.value() if self.barbell_kg else None,
            bands=self.bands,
        )


class PlaceJson(_Border):
    """A place."""

    name: str
    kit: tuple[str, ...] = ()
    loads: LoadsJson | None = None

    def value(self) -> Place:
        """Return the frozen value."""
        loads = self.loads.value() if self.loads else Loads()
        return Place(name=self.name.strip(), kit=frozenset(self.kit), loads=loads)


class ProfileJson(_Border):
    """All that the programme asks of a person; masses in kg, lengths in cm."""

    sex: Sex
    birth_date: Day
    height_cm: Number
    mass_kg: Number
    experience: Experience
    goals: tuple[Goal, ...]
    days_per_week: int
    minutes_per_session: int
    places: tuple[PlaceJson, ...]
    complaints: tuple[str, ...] = ()
    pregnancy_week: int | None = None
    weeks_since_birth: int | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    screening: dict[str, bool] | None = None
    desk_job: bool = True
    name: str = ""
    units: Units = "metric"
    food: Any = None  # wishes about eating, which the programme does not ask for

    def value(self) -> Profile:
        """Return the frozen value."""
        own = self.model_dump(exclude={"places", "screening", "food"})
        return Profile(
            person=Person(**own),
            places=tuple(place.value() for place in self.places),
            screening=self.screening or {},
        )


def profile_from_json(data: object, catalogue: Catalogue, today: date) -> Profile:
    """Return the profile that JSON data describes; null is the same as left out.

    An export of ours holds one too. Raises BadProfile with every problem.
    """
    if isinstance(data, Mapping) and "openback_log" in data:
        data = data.get("profile")
    if not isinstance(data, Mapping):
        raise BadProfile(["it must be a JSON object with sex, birth_date, height_cm and so on"])
    try:
        profile = ProfileJson.model_validate(told(data)).value()
    except ValidationError as error:
        raise BadProfile(list(border_sentences(error))) from error
    check_profile(profile, catalogue, today)
    return profile


def told(data: object) -> object:
    """Return JSON data without what is null."""
    if isinstance(data, Mapping):
        return {key: told(value) for key, value in data.items() if value is not None}
    return [told(item) for item in data] if isinstance(data, list) else data


def border_sentences(error: ValidationError) -> Iterator[str]:
    """Yield what Pydantic found wrong, each as a clause that begins with the key."""
    for problem in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in problem["loc"])
        given = problem["input"]
        match problem["type"]:
            case "missing":
                yield f"{where} is missing"
            case "extra_forbidden":
                yield f"{where} is not a key of a profile"
            case "literal_error":
                words = problem["msg"].removeprefix("Input should be ").replace("'", "")
                yield f"{where} is {given!r}, it must be {words}"
            case _:
                said = problem["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
                yield f"{where} is {_shown(given)}, it must be {said}"


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else f"{text[:37]}..."


# --- Back to JSON ---------------------------------------------------------------------------------


def profile_json(profile: Profile) -> dict[str, Any]:
    """Return the JSON data of a profile; `profile_from_json` reads it back."""
    person = profile.person
    return {
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat(),
        "height_cm": person.height_cm,
        "mass_kg": person.mass_kg,
        "experience": person.experience,
        "goals": list(person.goals),
        "days_per_week": person.days_per_week,
        "minutes_per_session": person.minutes_per_session,
        "places": [_place_json(place) for place in profile.places],
        "complaints": list(person.complaints),
        "pregnancy_week": person.pregnancy_week,
        "weeks_since_birth": person.weeks_since_birth,
        "liked": list(person.liked),
        "disliked": list(person.disliked),
        "desk_job": person.desk_job,
        "units": person.units,
        "screening": dict(profile.screening),
    }


def _place_json(place: Place) -> dict[str, Any]:
    stack, bar = place.loads.stack, place.loads.barbell
    return {
        "name": place.name,
        "kit": sorted(place.kit),
        "loads": {
            "dumbbell_kg": list(place.loads.dumbbell_kg),
            "stack_kg": {
                "start": stack.start_kg,
                "step": stack.step_kg,
                "top": stack.top_kg,
                "add_on": list(stack.add_on_kg),
            }
            if stack
            else None,
            "barbell_kg": {"bar": bar.bar_kg, "plates": list(bar.plates_kg)} if bar else None,
            "bands": list(place.loads.bands),
        },
    }


def programme_json(programme: Programme) -> dict[str, Any]:
    """Return a programme as `openback plan --json` prints it."""
    return {
        "status": programme.status,
        "reasons": list(programme.reasons),
        "weeks": programme.weeks,
        "sessions": [_session_json(session) for session in programme.sessions],
        "weekly_sets": {muscle: round(sets, 4) for muscle, sets in programme.weekly_sets.items()},
        "weekly_band": {muscle: list(band) for muscle, band in programme.weekly_band.items()},
        "solver": plain(programme.solver) if programme.solver else dict.fromkeys(SOLVER_KEYS),
    }


def _session_json(session: Session) -> dict[str, Any]:
    return {
        "week": session.week,
        "day": session.day,
        "place": session.place,
        "minutes": round(session.minutes, 1),
        "deload": session.deload,
        "items": [_item_json(item) for item in session.items],
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "exercise": item.exercise,
        "sets": item.sets,
        "reps": list(item.reps) if item.reps else None,
        "hold_s": list(item.hold_s) if item.hold_s else None,
        "rir": item.rir,
        "rest_s": item.rest_s,
        "load_kg": item.load_kg,
        "band": item.band,
        "mobility": item.mobility,
        "superset": item.superset,
        "why": item.why,
    }
