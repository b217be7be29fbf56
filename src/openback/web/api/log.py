"""Sessions and sets: what was done."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from openback.model.log import SetLog
from openback.services import finishing, sessions
from openback.web.api.answers import Record, record
from openback.web.api.schemas import ExerciseIn, NoteIn, SessionIn, SetIn, SwapIn
from openback.web.routes.deps import TheApp

router = APIRouter()


@router.post("/sessions", tags=["sessions"], status_code=201)
def begin(app: TheApp, body: SessionIn) -> dict[str, UUID]:
    """Begin a session of the programme, go on with it, or begin a free one; return its id."""
    if body.week is None or body.day is None:
        return {"id": sessions.begin_free(app)}
    return {"id": sessions.begin(app, body.week, body.day)}


@router.get("/sessions/{session_id}", tags=["sessions"])
def session(app: TheApp, session_id: UUID) -> Record:
    """Return a session with a step for each exercise, its sets prefilled."""
    return record(sessions.session(app, session_id))


@router.delete("/sessions/{session_id}", tags=["sessions"])
def discard(app: TheApp, session_id: UUID) -> dict[str, UUID | None]:
    """Take a session away with its sets; `undo` brings it back, None when it was not there."""
    return {"undo": sessions.discard(app, session_id)}


@router.post("/sessions/{session_id}/finish", tags=["sessions"])
def finish(app: TheApp, session_id: UUID) -> Record:
    """End a session and return its summary; ending it twice changes nothing."""
    return record(finishing.finish(app, session_id))


@router.get("/sessions/{session_id}/summary", tags=["sessions"])
def summary(app: TheApp, session_id: UUID) -> Record:
    """Return a session in numbers, its records, and what comes next."""
    return record(finishing.summary(app, session_id))


@router.post("/sessions/{session_id}/swap", tags=["sessions"])
def swap(app: TheApp, session_id: UUID, body: SwapIn) -> Record:
    """Do another exercise instead, today only."""
    sessions.swap_exercise(app, session_id, body.old, body.new)
    return record(sessions.session(app, session_id))


@router.post("/sessions/{session_id}/exercises", tags=["sessions"])
def add_exercise(app: TheApp, session_id: UUID, body: ExerciseIn) -> Record:
    """Add an exercise at the end of a session."""
    sessions.add_exercise(app, session_id, body.exercise)
    return record(sessions.session(app, session_id))


@router.put("/sessions/{session_id}/note", tags=["sessions"], status_code=204)
def note(app: TheApp, session_id: UUID, body: NoteIn) -> None:
    """Keep a note on a session."""
    sessions.note(app, session_id, body.note)


@router.put("/sets/{set_id}", tags=["sets"])
def put_set(app: TheApp, set_id: UUID, body: SetIn) -> SetLog:
    """Keep a set under its id. Sending it twice changes nothing; once answered it survives a power cut."""
    one_set = body.set_log(set_id)
    if body.seen is None:
        return sessions.put_set(app, one_set)
    return sessions.put_coached_set(app, one_set, faults=body.seen.faults, untold=body.seen.untold)


@router.delete("/sets/{set_id}", tags=["sets"])
def delete_set(app: TheApp, set_id: UUID) -> dict[str, UUID | None]:
    """Take a set away; `undo` brings it back, None when it was not there."""
    return {"undo": sessions.delete_set(app, set_id)}


@router.post("/undo/{token}", tags=["sets"])
def undo(app: TheApp, token: UUID) -> dict[str, UUID]:
    """Take a change back; the new `undo` does it again."""
    return {"undo": sessions.undo(app, token)}
