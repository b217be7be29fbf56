"""The answers so far: kept between the questions, and turned into a profile at the end."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from openback.model.person import Bar, Experience, Goal, Loads, Person, Place, Profile, Sex, Stack
from openback.units import Units, kg_from_lb

State = Literal["neither", "pregnant", "after_birth"]


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class StackDraft(_Draft):
    """A weight stack as it was typed, in kilograms."""

    start_kg: float
    step_kg: float
    top_kg: float
    add_on_kg: tuple[float, ...] = ()


class BarDraft(_Draft):
    """A bar and its plates, in kilograms."""

    bar_kg: float
    plates_kg: tuple[float, ...] = ()


class PlaceDraft(_Draft):
    """A place so far."""

    name: str
    preset: str = ""  # the quick start it came from
    kit: tuple[str, ...] = ()
    dumbbell_kg: tuple[float, ...] = ()
    stack: StackDraft | None = None
    bar: BarDraft | None = None
    bands: tuple[str, ...] = ()


class Draft(_Draft):
    """Every answer so far, with a sensible one where none was given yet."""

    units: Units = "metric"
    name: str = ""
    sex: Sex = "female"
    birth_date: date | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    experience: Experience = "new"
    goals: tuple[Goal, ...] = ("posture",)
    desk_job: bool = True
    days_per_week: int = 3
    minutes_per_session: int = 45
    places: tuple[PlaceDraft, ...] = ()
    complaints: tuple[str, ...] = ()
    state: State = "neither"
    pregnancy_week: int | None = None
    weeks_since_birth: int | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    screening: dict[str, bool] = {}

    def with_place(self, index: int, place: PlaceDraft) -> Draft:
        """Return the draft with a place put at an index, at most one beyond the last."""
        places = (*self.places[:index], place, *self.places[index + 1 :])
        return self.model_copy(update={"places": places})


def draft_in(text: str) -> Draft:
    """Return the draft that was kept as JSON; an empty one when it cannot be read any more."""
    try:
        return Draft.model_validate_json(text)
    except ValidationError:
        return Draft()


def draft_of(profile: Profile) -> Draft:
    """Return a profile as a draft, to be changed with the same questions."""
    person = profile.person
    state: State = "neither"
    if person.pregnancy_week is not None:
        state = "pregnant"
    elif person.weeks_since_birth is not None:
        state = "after_birth"
    return Draft(
        units=person.units,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        height_cm=person.height_cm,
        mass_kg=person.mass_kg,
        experience=person.experience,
        goals=person.goals,
        desk_job=person.desk_job,
        days_per_week=person.days_per_week,
        minutes_per_session=person.minutes_per_session,
        places=tuple(_place_draft(place) for place in profile.places),
        complaints=person.complaints,
        state=state,
        pregnancy_week=person.pregnancy_week,
        weeks_since_birth=person.weeks_since_birth,
        liked=person.liked,
        disliked=person.disliked,
        screening=dict(profile.screening),
    )


def _place_draft(place: Place) -> PlaceDraft:
    loads = place.loads
    stack, bar = loads.stack, loads.barbell
    return PlaceDraft(
        name=place.name,
        kit=tuple(sorted(place.kit)),
        dumbbell_kg=loads.dumbbell_kg,
        stack=None
        if stack is None
        else StackDraft(
            start_kg=stack.start_kg, step_kg=stack.step_kg, top_kg=stack.top_kg, add_on_kg=stack.add_on_kg
        ),
        bar=None if bar is None else BarDraft(bar_kg=bar.bar_kg, plates_kg=bar.plates_kg),
        bands=loads.bands,
    )


def missing_steps(draft: Draft) -> tuple[str, ...]:
    """Return the questions that still need an answer before there can be a profile."""
    missing = []
    if draft.birth_date is None:
        missing.append("you")
    if draft.height_cm is None or draft.mass_kg is None:
        missing.append("body")
    if not draft.places:
        missing.append("place")
    return tuple(missing)


def profile_of(draft: Draft) -> Profile | None:
    """Return the profile that a draft makes, None while `missing_steps` names a question."""
    birth_date, height_cm, mass_kg = draft.birth_date, draft.height_cm, draft.mass_kg
    if birth_date is None or height_cm is None or mass_kg is None or not draft.places:
        return None
    person = Person(
        sex=draft.sex,
        birth_date=birth_date,
        height_cm=height_cm,
        mass_kg=mass_kg,
        experience=draft.experience,
        goals=draft.goals,
        days_per_week=draft.days_per_week,
        minutes_per_session=draft.minutes_per_session,
        complaints=draft.complaints,
        pregnancy_week=draft.pregnancy_week if draft.state == "pregnant" else None,
        weeks_since_birth=draft.weeks_since_birth if draft.state == "after_birth" else None,
        liked=draft.liked,
        disliked=draft.disliked,
        desk_job=draft.desk_job,
        name=draft.name,
        units=draft.units,
    )
    return Profile(
        person=person,
        places=tuple(_place(place, draft.units) for place in draft.places),
        screening=draft.screening,
    )


def _place(draft: PlaceDraft, units: Units) -> Place:
    kit, stack, bar = frozenset(draft.kit), draft.stack, draft.bar
    given = Loads(
        dumbbell_kg=draft.dumbbell_kg,
        stack=Stack(**stack.model_dump()) if stack else None,
        barbell=Bar(**bar.model_dump()) if bar else None,
    )
    usual = USUAL_IN_LB if units == "imperial" else Loads()
    loads = Loads(
        dumbbell_kg=(given.dumbbell_kg or usual.dumbbell_kg) if "dumbbells" in kit else (),
        stack=(given.stack or usual.stack) if kit & STACK_KIT else None,
        barbell=(given.barbell or usual.barbell) if "barbell" in kit else None,
        bands=draft.bands if "band" in kit else (),
    )
    return Place(name=draft.name, kit=kit, loads=loads)


def _kg(*masses_lb: float) -> tuple[float, ...]:
    return tuple(round(kg_from_lb(mass), 4) for mass in masses_lb)


# What stands in a gym that counts in pounds: project defaults, as those in kilograms are (`training.loads`).
# Without them somebody who left the question empty would be told to take 35.3 lb.
USUAL_IN_LB = Loads(
    dumbbell_kg=_kg(2, 3, 5, 8, 10, 12, *range(15, 105, 5)),
    stack=Stack(start_kg=_kg(10)[0], step_kg=_kg(10)[0], top_kg=_kg(200)[0]),
    barbell=Bar(bar_kg=_kg(45)[0], plates_kg=_kg(2.5, 5, 10, 10, 25, 45, 45, 45)),
)


STACK_KIT = frozenset(
    {
        "cable_machine",
        "lat_pulldown_machine",
        "row_machine",
        "reverse_fly_machine",
        "assisted_pull_up_machine",
    }
)
