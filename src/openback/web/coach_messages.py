"""The text messages of a camera page, checked."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from openback.errors import BadCoachMessage


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Hello(_Message):
    """The first message: what is going to be done, and the token of a session that was lost."""

    type: Literal["hello"]
    version: Literal[1]
    exercise: Annotated[str, Field(max_length=100)]
    side: Literal["left", "right", "both"] | None = None
    coach: Annotated[str, Field(max_length=100)] | None = None


class Start(_Message):
    """Begin to count from now."""

    type: Literal["start"]


class Stop(_Message):
    """The set is over."""

    type: Literal["stop"]


class Ping(_Message):
    """Answered at once, with the same number."""

    type: Literal["ping"]
    at: float


Message = Hello | Start | Stop | Ping
_MESSAGE: Final[TypeAdapter[Message]] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def read_message(text: str) -> Message:
    """Return the message that a text holds. Raises BadCoachMessage."""
    try:
        return _MESSAGE.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadCoachMessage(f"{where}: {first['msg']}" if where else first["msg"]) from error
