"""A person, the places where they train, and what they answered in the screening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from openback.units import Units

Sex = Literal["female", "male", "unspecified"]
Experience = Literal["new", "some", "trained"]
Goal = Literal["tone", "posture", "pain_relief", "keep_muscle", "first_pull_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who trains. `goals` are in order of weight. `pregnancy_week` and
    `weeks_since_birth` are None when they do not apply.
    """

    sex: Sex
    birth_date: date
    height_cm: float
    mass_kg: float
    experience: Experience
    goals: tuple[Goal, ...]
    days_per_week: int  # 1 to 6
    minutes_per_session: int  # 10 to 90
    complaints: tuple[str, ...] = ()
    pregnancy_week: int | None = None
    weeks_since_birth: int | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    desk_job: bool = True
    name: str = ""
    units: Units = "metric"

    def age_years(self, today: date) -> int:
        """Return whole years of life on `today`."""
        had_birthday = (today.month, today.day) >= (self.birth_date.month, self.birth_date.day)
        return today.year - self.birth_date.year - (0 if had_birthday else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A weight stack: `start_kg`, then every `step_kg` up to `top_kg`; `add_on_kg` are small plates
    that may be laid on top, each once.
    """

    start_kg: float
    step_kg: float
    top_kg: float
    add_on_kg: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar and the plates for one side; `plates_kg` lists each pair once per pair owned."""

    bar_kg: float
    plates_kg: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loads:
    """The loads that exist in a place. Empty or None: not known, and then steps are assumed
    (dumbbells by 1 kg to 10 and 2 kg above, stack by 5 kg, bar with plates from 1.25 kg).
    """

    dumbbell_kg: tuple[float, ...] = ()
    stack: Stack | None = None
    barbell: Bar | None = None
    bands: tuple[str, ...] = ()  # colours, lightest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody trains."""

    name: str
    kit: frozenset[str]
    loads: Loads = field(default_factory=Loads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that the programme asks of a person. `screening` maps a question of
    `data/screening.toml` to yes (True) or no (False); what is missing was not answered.
    """

    person: Person
    places: tuple[Place, ...]
    screening: Mapping[str, bool] = field(default_factory=dict)
