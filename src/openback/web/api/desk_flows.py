"""Flows: the breaks, stretches and yoga there are, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field

from openback.model.journal import FlowDone
from openback.services import flows as use_case
from openback.services.mobility import mobility_week
from openback.web.api.answers import Record, record
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk/flows", tags=["desk"])

Seconds = Annotated[float, Field(ge=0, le=24 * 3600, allow_inf_nan=False)]


class FlowDoneIn(BaseModel):
    """A flow as it was done: when it ended, how long, and the seconds in each exercise."""

    flow: str = Field(max_length=60)
    at: AwareDatetime
    done_s: Seconds
    held_s: dict[Annotated[str, Field(max_length=100)], Seconds] = Field(default={}, max_length=60)
    finished: bool = True


class FlowDoneOut(BaseModel):
    """What was kept of it; `kept` is false for one that was given up at once."""

    kept: bool
    done_s: float
    sets: int


@router.get("")
def flows(app: TheApp) -> list[Record]:
    """Return the flows as this person may do them, with what is replaced or left out and why."""
    return [record(view) for view in use_case.flows(app)]


@router.get("/week")
def week(app: TheApp) -> Record:
    """Return this week's minutes of mobility, planned and done, and the seconds held."""
    return record(mobility_week(app))


@router.put("/done/{done_id}")
def done(app: TheApp, done_id: UUID, body: FlowDoneIn) -> FlowDoneOut:
    """Keep a flow that was done under its id. Sending it twice changes nothing."""
    at: datetime = body.at
    kept = use_case.finish(
        app,
        FlowDone(
            id=done_id,
            at=at,
            flow=body.flow,
            planned_s=0.0,
            done_s=body.done_s,
            held_s=body.held_s,
            finished=body.finished,
        ),
    )
    if kept is None:
        return FlowDoneOut(kept=False, done_s=0.0, sets=0)
    sets = len(tuple(use_case.sets_of(use_case.flow(app, body.flow), kept)))
    return FlowDoneOut(kept=True, done_s=kept.done_s, sets=sets)


@router.delete("/done/{done_id}")
def take_back(app: TheApp, done_id: UUID) -> dict[str, bool]:
    """Take a flow that was done away with its sets; say whether it was there."""
    return {"was_there": use_case.take_back(app, done_id)}
