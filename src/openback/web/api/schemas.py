"""What the API takes: checked for shape and range here, turned into the app's own values at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from openback.model.log import SetKind, SetLog, Side

Key = Annotated[str, Field(max_length=100, examples=["one_arm_dumbbell_row"])]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class SeenIn(_In):
    """What the coach told of a whole set: ids of faults that were seen, and of those that could not be told."""

    faults: Annotated[tuple[Key, ...], Field(max_length=50)] = ()
    untold: Annotated[tuple[Key, ...], Field(max_length=50)] = ()


class SetIn(_In):
    """One set. Its id is made by the client and stands in the address: sending it twice changes nothing.

    Give `reps` or `hold_s`. Times are aware; without `at` it is now. `seen` is for sets that the coach watched.
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
    seen: SeenIn | None = None

    def set_log(self, set_id: UUID) -> SetLog:
        """Return the set as the app knows it."""
        fields = {name: getattr(self, name) for name in type(self).model_fields if name not in {"at", "seen"}}
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
