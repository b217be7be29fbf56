"""The thirty steps, days away, and the board. Every `undo` goes to `/api/v1/undo/{token}`."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from openback.model.journal import Away, AwayWhy
from openback.services import away as times
from openback.services import board
from openback.services import steps as use_case
from openback.storage import Change
from openback.web.api.answers import Record, record, records
from openback.web.routes.deps import TheApp

router = APIRouter()

Undo = dict[str, UUID | None]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class AwayIn(_In):
    """A time away; both days are in it. Leave `last_on` out while it goes on."""

    first_on: date
    why: AwayWhy
    last_on: date | None = None
    note: Annotated[str, Field(max_length=1000)] = ""


class CardIn(_In):
    """The words of a card. Pictures come through the page alone."""

    words: Annotated[str, Field(max_length=2000)]


class OrderIn(_In):
    """The ids of cards in the order that is wanted; cards not named come after them."""

    order: Annotated[tuple[UUID, ...], Field(max_length=200)]


def _undo(change: Change | None) -> Undo:
    return {"undo": None if change is None else change.token}


# --- Steps -----------------------------------------------------------------------------------------


@router.get("/steps", tags=["progress"])
def steps(app: TheApp) -> Record:
    """Return the thirty steps along the path, the open one that is nearest, and the weeks in a row.

    `fresh` steps were reached and not yet shown on a page; asking here does not change that.
    """
    view = use_case.steps(app)
    weeks = [
        {"monday": week.monday, "planned": week.planned, "done": len(week.done_on), "state": state}
        for week, state in zip(view.weeks, view.streak.states, strict=True)
    ]
    return record(
        {
            "steps": view.steps,
            "next_step": view.next_step,
            "streak_weeks": view.streak_weeks,
            "best_weeks": view.best_weeks,
            "weeks": weeks,
        }
    )


# --- Away ------------------------------------------------------------------------------------------


@router.get("/away", tags=["progress"])
def aways(app: TheApp) -> list[Record]:
    """Return every time away, the latest first."""
    return records(times.aways(app))


@router.put("/away/{away_id}", tags=["progress"])
def put_away(app: TheApp, away_id: UUID, body: AwayIn) -> Undo:
    """Keep a time away under an id of the client's; sent twice it changes nothing."""
    told = Away(id=away_id, first_on=body.first_on, last_on=body.last_on, why=body.why, note=body.note)
    return _undo(times.put_away(app, told))


@router.post("/away/{away_id}/back", tags=["progress"])
def come_back(app: TheApp, away_id: UUID) -> Undo:
    """End a time away with yesterday."""
    return _undo(times.come_back(app, away_id))


@router.delete("/away/{away_id}", tags=["progress"])
def delete_away(app: TheApp, away_id: UUID) -> Undo:
    """Take a time away out; `undo` is null when it was not there."""
    return _undo(times.delete_away(app, away_id))


# --- Board -----------------------------------------------------------------------------------------


@router.get("/board", tags=["progress"])
def cards(app: TheApp) -> list[Record]:
    """Return the cards of the board in their order; `picture` is the id of a picture, null without one."""
    return records(board.cards(app))


@router.post("/board", tags=["progress"], status_code=201)
def add_card(app: TheApp, body: CardIn) -> Record:
    """Put a card with words on the board."""
    return record(board.add_card(app, body.words))


@router.put("/board/order", tags=["progress"])
def put_order(app: TheApp, body: OrderIn) -> Undo:
    """Put the cards in another order."""
    return _undo(board.put_order(app, body.order))


@router.put("/board/{card_id}", tags=["progress"])
def change_words(app: TheApp, card_id: UUID, body: CardIn) -> Undo:
    """Change the words of a card."""
    return _undo(board.change_words(app, card_id, body.words))


@router.delete("/board/{card_id}", tags=["progress"])
def delete_card(app: TheApp, card_id: UUID) -> Undo:
    """Take a card away; `undo` is null when it was not there."""
    return _undo(board.delete_card(app, card_id))
