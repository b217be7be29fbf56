"""The pain diary: notes in, what to do about them out. Not a diagnosis."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from openback.model.journal import PainNote
from openback.services import findings as found
from openback.services import pain as use_case
from openback.services.app import App
from openback.web.api.answers import Record, record, records
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk", tags=["desk"])

Word = Annotated[str, Field(max_length=40)]


class PainIn(BaseModel):
    """How much a place hurts, 0 to 10, with the signs that go with it; `at` is aware, now without."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    place: Word
    level: int
    signs: Annotated[list[Word], Field(max_length=40)] = []
    note: Annotated[str, Field(max_length=use_case.LONGEST_NOTE)] = ""
    at: datetime | None = None

    def value(self, note_id: UUID, app: App) -> PainNote:
        """Return the frozen value."""
        return PainNote(
            id=note_id,
            at=self.at or app.now(),
            place=self.place,
            level=self.level,
            signs=tuple(dict.fromkeys(self.signs)),
            note=self.note,
        )


@router.get("/pain")
def diary(app: TheApp) -> Record:
    """Return the diary: places, signs, notes (latest first), days, trend and advice, what is urgent first."""
    return record(use_case.pain(app))


@router.put("/pain/notes/{note_id}")
def put_note(app: TheApp, note_id: UUID, body: PainIn) -> Record:
    """Keep a note under an id of the client's: sent twice it changes nothing, sent changed it is an edit.

    `advice` is what to do now.
    """
    change = use_case.note_pain(app, body.value(note_id, app))
    advice = use_case.pain(app).advice
    return {"undo": None if change is None else str(change.token), "advice": records(advice)}


@router.delete("/pain/notes/{note_id}")
def delete_note(app: TheApp, note_id: UUID) -> Record:
    """Take a note away; `undo` brings it back, null when there was none."""
    change = use_case.delete_note(app, note_id)
    return {"undo": None if change is None else str(change.token)}


@router.get("/findings")
def findings(app: TheApp) -> list[Record]:
    """Return what tests, posture checks and the pain diary ask of the programme, and whether it answers already."""
    return records(found.findings(app))
