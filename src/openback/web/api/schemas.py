"""What the API takes: checked for shape and range here, turned into the app's own values at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from openback.model.log import SetKind, SetLog, Side
from openback.model.person import Bar, Experience, Goal, Loads, Person, Place, Profile, Sex, Stack
from openback.units import Units

Key = Annotated[str, Field(max_length=100, examples=["one_arm_dumbbell_row"])]
MassKg = Annotated[float, Field(gt=0, le=500)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class StackIn(_In):
    """A weight stack: `start`, then every `step` up to `top`, in kg; `add_on` are small plates to lay on top."""

    start: Annotated[float, Field(ge=0, le=500)]
    step: MassKg
    top: MassKg
    add_on: tuple[MassKg, ...] = ()


class BarIn(_In):
    """A bar and the plates for one side, each pair once, in kg."""

    bar: Annotated[float, Field(ge=0, le=60)]
    plates: tuple[MassKg, ...] = ()


class LoadsIn(_In):
    """The loads of a place. What is left out is not known, and usual steps are taken."""

    dumbbell_kg: tuple[MassKg, ...] = ()
    stack_kg: StackIn | None = None
    barbell_kg: BarIn | None = None
    bands: tuple[Key, ...] = ()


class PlaceIn(_In):
    """A place, what is there, and how heavy it comes."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    kit: frozenset[Key]
    loads: LoadsIn = LoadsIn()

    def place(self) -> Place:
        """Return the place as the app knows it."""
        stack, bar = self.loads.stack_kg, self.loads.barbell_kg
        return Place(
            name=self.name,
            kit=self.kit,
            loads=Loads(
                dumbbell_kg=self.loads.dumbbell_kg,
                stack=None
                if stack is None
                else Stack(
                    start_kg=stack.start, step_kg=stack.step, top_kg=stack.top, add_on_kg=stack.add_on
                ),
                barbell=None if bar is None else Bar(bar_kg=bar.bar, plates_kg=bar.plates),
                bands=self.loads.bands,
            ),
        )


class ProfileIn(_In):
    """A person, the places where they train, and the answers of the screening: the shape that
    `openback plan` takes too.
    """

    sex: Sex
    birth_date: date
    height_cm: Annotated[float, Field(ge=100, le=250)]
    mass_kg: Annotated[float, Field(ge=25, le=300)]
    experience: Experience
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    days_per_week: Annotated[int, Field(ge=1, le=6)]
    minutes_per_session: Annotated[int, Field(ge=10, le=90)]
    places: Annotated[tuple[PlaceIn, ...], Field(min_length=1, max_length=20)]
    complaints: tuple[Key, ...] = ()
    pregnancy_week: Annotated[int, Field(ge=1, le=42)] | None = None
    weeks_since_birth: Annotated[int, Field(ge=0, le=104)] | None = None
    liked: tuple[Key, ...] = ()
    disliked: tuple[Key, ...] = ()
    screening: dict[Key, bool] = {}
    desk_job: bool = True
    name: Annotated[str, Field(max_length=80)] = ""
    units: Units = "metric"

    def profile(self) -> Profile:
        """Return the profile as the app knows it."""
        fields = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in {"places", "screening"}
        }
        places = tuple(place.place() for place in self.places)
        return Profile(person=Person(**fields), places=places, screening=self.screening)


def profile_out(profile: Profile) -> dict[str, object]:
    """Return a profile in the shape of `ProfileIn`, so that it can be sent back as it came."""
    person = profile.person
    names = [name for name in ProfileIn.model_fields if name not in {"places", "screening"}]
    about: dict[str, object] = {name: getattr(person, name) for name in names}
    return about | {
        "places": [_place_out(place) for place in profile.places],
        "screening": dict(profile.screening),
    }


def _place_out(place: Place) -> dict[str, object]:
    loads = place.loads
    stack, bar = loads.stack, loads.barbell
    return {
        "name": place.name,
        "kit": sorted(place.kit),
        "loads": {
            "dumbbell_kg": loads.dumbbell_kg,
            "stack_kg": stack
            and {
                "start": stack.start_kg,
                "step": stack.step_kg,
                "top": stack.top_kg,
                "add_on": stack.add_on_kg,
            },
            "barbell_kg": bar and {"bar": bar.bar_kg, "plates": bar.plates_kg},
            "bands": loads.bands,
        },
    }


class SetIn(_In):
    """One set. Its id is made by the client and stands in the address: sending it twice changes nothing.

    Give `reps` or `hold_s`. Times are aware; without `at` it is now.
    """

    session_id: UUID
    exercise: Key
    at: datetime | None = None
    side: Side = "both"
    kind: SetKind = "work"
    load_kg: float | None = Field(None, json_schema_extra={"minimum": 0, "maximum": 1000})
    band: str | None = None
    reps: int | None = Field(None, json_schema_extra={"minimum": 0, "maximum": 1000})
    hold_s: float | None = Field(None, json_schema_extra={"minimum": 0, "maximum": 7200})
    rir: float | None = Field(None, json_schema_extra={"minimum": 0, "maximum": 10})
    pain: int | None = Field(None, json_schema_extra={"minimum": 0, "maximum": 10})
    note: str = ""

    def set_log(self, set_id: UUID) -> SetLog:
        """Return the set as the app knows it."""
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "at"}
        return SetLog(id=set_id, at=self.at or datetime.now(UTC), **fields)


class SessionIn(_In):
    """Which session of the programme to begin; leave both out for a free one."""

    week: Annotated[int, Field(ge=1)] | None = None
    day: Annotated[int, Field(ge=1, le=7)] | None = None


class SwapIn(_In):
    """An exercise to leave out, and the one to do instead."""

    old: Key
    new: Key


class ExerciseIn(_In):
    """An exercise."""

    exercise: Key


class NoteIn(_In):
    """A note."""

    note: Annotated[str, Field(max_length=2000)]


class LikeIn(_In):
    """Whether an exercise is liked."""

    liking: Literal["like", "dislike", "neither"]


class ErrorBody(BaseModel):
    """What went wrong: `kind` for programs, `message` for people, `problems` when there are several."""

    kind: str
    message: str
    problems: list[str]


class ErrorOut(BaseModel):
    """The one shape of every error."""

    error: ErrorBody
