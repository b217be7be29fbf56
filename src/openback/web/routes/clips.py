"""Clips: attaching one to a set, looking at it, and what becomes of it."""

from __future__ import annotations

import logging
from typing import Annotated, Final, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response

from openback.errors import NoRoomForClip, NotAVideo, NotFound, OpenbackError
from openback.model.clip import Clip
from openback.model.log import SetKind
from openback.services import clip_store, sessions, set_clips
from openback.services.app import App
from openback.services.clip_reading import Reader
from openback.services.clip_words import verb
from openback.services.views import StepView
from openback.web.clip_pages import clip_page
from openback.web.clip_strips import FAULT_ICONS, Strip, strip_of
from openback.web.errors import status_of
from openback.web.receiving import Received, receive
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.security import CLIP_LIMIT, MIB

router = APIRouter()

SPARE_BYTES: Final = 200 * MIB  # project default: the disk keeps so much room for everything else
PRIVATE: Final = {"cache-control": "private, no-store"}
GONE_WORDS: Final = {
    "video": "The video is taken out; what it counted stays. It is erased from the disk in a quarter of an hour.",
    "all": "The clip is taken out, with what it counted. It is erased from the disk in a quarter of an hour.",
}

_log = logging.getLogger(__name__)


def reader_of(request: Request) -> Reader:
    """Return what reads clips in this process."""
    return cast("Reader", request.app.state.reader)


# --- Attaching ---------------------------------------------------------------------------------------


@router.get("/session/{session_id}/clip")
def ask_for_clip(
    request: Request,
    app: TheApp,
    session_id: UUID,
    exercise: Annotated[str, Query(max_length=100)],
    place: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Ask for a clip of a set, and say where to put the phone."""
    return _ask(request, app, session_id, exercise, place)


def _ask(  # noqa: PLR0913, PLR0917 - what the page is made of
    request: Request,
    app: App,
    session_id: UUID,
    exercise: str,
    place: str,
    problem: str = "",
    status: int = 200,
) -> Response:
    step = _step(app, session_id, exercise)
    places = set_clips.places_of(step)
    filmed = set_clips.seated(places, step.clips)
    options = [
        (
            f"{one.kind}-{one.number}",
            set_clips.set_name(one.kind, one.number),
            n in filmed,
            one.logged is not None,
        )
        for n, one in enumerate(places)
        if one.kind != "warm_up"
    ]
    known = {value for value, *_ in options}
    return page(
        request,
        "clip_add.html",
        status=status,
        session_id=session_id,
        step=step,
        exercise=step.exercise,
        options=options,
        chosen=place if place in known else _likely(options),
        missing=reader_of(request).missing(),
        problem=problem,
        limit_mb=CLIP_LIMIT // MIB,
    )


def _step(app: App, session_id: UUID, exercise: str) -> StepView:
    found = [one for one in sessions.session(app, session_id).steps if one.exercise.id == exercise]
    if not found:
        what = "exercise in this session"
        raise NotFound(what, exercise)
    return found[0]


def _likely(options: list[tuple[str, str, bool, bool]]) -> str:
    """Return the set that a clip is most likely of: the last one done that has none, else the next to do."""
    done = [value for value, _, filmed, logged in options if logged and not filmed]
    to_do = [value for value, _, filmed, logged in options if not logged and not filmed]
    return next(iter([*done[-1:], *to_do, *(value for value, *_ in options)]), "work-1")


@router.post("/session/{session_id}/clips")
async def attach(request: Request, app: TheApp, session_id: UUID) -> Response:
    """Keep a clip of a set and begin to read it."""
    wants_json = "application/json" in request.headers.get("accept", "")
    try:
        clip, step = await _attached(request, app, session_id)
    except (OpenbackError, HTTPException) as error:
        status = status_of(error) if isinstance(error, OpenbackError) else error.status_code
        said = str(error) if isinstance(error, OpenbackError) else str(error.detail)
        if wants_json:
            return JSONResponse({"message": said}, status_code=status)
        raise
    reader_of(request).wake()
    if wants_json:
        body = {"id": str(clip.id), "set_id": str(clip.set_id), "kind": clip.kind, "number": clip.number}
        return JSONResponse(body | {"exercise": clip.exercise, "strip": f"/clips/{clip.id}/strip"})
    return see(f"/session/{session_id}?step={step}", said="The clip is kept. Its reading goes on by itself.")


async def _attached(request: Request, app: App, session_id: UUID) -> tuple[Clip, int]:
    """Return the new clip and the number of its exercise's screen."""
    await run_in_threadpool(sessions.known_session, app, session_id)
    _check_room(app, request.headers.get("content-length", ""))
    target = await run_in_threadpool(clip_store.incoming_file, app)
    try:
        came = await receive(request, target, head_bytes=clip_store.HEAD_BYTES, check=_check_video)
        return await run_in_threadpool(_kept, app, session_id, came)
    finally:
        await run_in_threadpool(target.unlink, missing_ok=True)


def _kept(app: App, session_id: UUID, came: Received) -> tuple[Clip, int]:
    kind, _, number = came.fields.get("place", "").rpartition("-")
    if kind not in {"warm_up", "work", "drop"} or not number.isdecimal() or len(number) > 3:
        raise HTTPException(422, "Say which set the clip shows.")
    exercise = came.fields.get("exercise", "")
    slot = set_clips.slot(app, session_id, exercise, cast("SetKind", kind), int(number))
    media = clip_store.media_of(came.head) or ""
    clip = set_clips.attach(app, slot, set_clips.Arrived(file=came.file, name=came.name, media=media))
    return clip, slot.step


def _check_video(head: bytes, name: str) -> None:
    if clip_store.media_of(head) is None:
        raise NotAVideo(name)


def _check_room(app: App, length: str) -> None:
    free = clip_store.free_bytes(app)
    size = int(length) if length.isdecimal() else 0
    if size + SPARE_BYTES > free:
        raise NoRoomForClip(size // MIB, max(0, free - SPARE_BYTES) // MIB)


# --- Looking -----------------------------------------------------------------------------------------


@router.get("/clips/{clip_id}")
def clip(
    request: Request, app: TheApp, clip_id: UUID, t: Annotated[float, Query(ge=0, le=86400)] = 0.0
) -> Response:
    """Show a clip with what was seen in it; `t` is the moment to begin at."""
    found = set_clips.known_clip(app, clip_id)
    reader = reader_of(request)
    if found.open:
        reader.wake()
    return page(
        request,
        "clip.html",
        view=clip_page(app, found, missing=reader.missing()),
        begin_s=t,
        fault_icons=FAULT_ICONS,
        verb=verb(app.catalogue.exercises[found.exercise])
        if found.exercise in app.catalogue.exercises
        else "Lift",
    )


@router.get("/clips/{clip_id}/strip")
def strip(request: Request, app: TheApp, clip_id: UUID) -> Response:
    """Return what the row of a clip's set says of it, for the script of the session."""
    return page(request, "clip_strip.html", strip=strip_now(request, app, clip_id), fault_icons=FAULT_ICONS)


def strip_now(request: Request, app: App, clip_id: UUID) -> Strip:
    """Return what a row says of its clip now."""
    found = set_clips.known_clip(app, clip_id)
    reader = reader_of(request)
    if found.open:
        reader.wake()
    logged = app.store.find_set(app.person_id, found.set_id)
    return strip_of(app.catalogue, found, logged, missing=reader.missing())


@router.api_route("/clips/{clip_id}/video", methods=["GET", "HEAD"])
def video(app: TheApp, clip_id: UUID) -> Response:
    """Send the video, whole or the part that was asked for; nobody keeps a copy on the way."""
    path = set_clips.video_of(app, clip_id)
    media = set_clips.known_clip(app, clip_id).media
    return FileResponse(path, media_type=media, headers=PRIVATE | {"content-disposition": "inline"})


@router.get("/clips/{clip_id}/landmarks")
def landmarks(app: TheApp, clip_id: UUID) -> Response:
    """Send the landmarks of a clip, as `services.clip_landmarks` packs them."""
    set_clips.known_clip(app, clip_id)
    path = clip_store.landmarks_file(app, clip_id)
    if not path.is_file():
        what = "skeleton of clip"
        raise NotFound(what, str(clip_id))
    return FileResponse(path, media_type="application/octet-stream", headers=PRIVATE)


# --- What becomes of it ---------------------------------------------------------------------------


@router.post("/clips/{clip_id}/use")
def use(app: TheApp, clip_id: UUID) -> Response:
    """Let the set take over what its clip counted; the next page offers to take that back."""
    session_id = set_clips.known_clip(app, clip_id).session_id
    used = set_clips.use_count(app, clip_id)
    step = _step_of(app, session_id, used.one_set.exercise)
    undo = f"/session/{session_id}/undo/{used.undo}?step={step}" if used.undo else ""
    return see(f"/session/{session_id}?step={step}", said="The set has what the clip counted.", undo=undo)


def _step_of(app: App, session_id: UUID, exercise: str) -> int:
    steps = sessions.session(app, session_id).steps
    return next((one.index for one in steps if one.exercise.id == exercise), 0)


@router.post("/clips/{clip_id}/delete")
def delete(
    request: Request, app: TheApp, clip_id: UUID, what: Annotated[Literal["video", "all"], Form()]
) -> Response:
    """Take the video away, or the whole clip; the next page offers to bring it back."""
    gone = set_clips.take_away(app, clip_id, what)
    reader_of(request).wake()
    back = f"/session/{gone.session_id}" if what == "all" else f"/clips/{clip_id}"
    if app.store.find_session(app.person_id, gone.session_id) is None:
        back = "/settings/clips"
    return see(back, said=GONE_WORDS[what], undo=f"/clips/{clip_id}/back")


@router.post("/clips/{clip_id}/back")
def back(request: Request, app: TheApp, clip_id: UUID) -> Response:
    """Bring back what was taken away."""
    set_clips.bring_back(app, clip_id)
    reader_of(request).wake()
    return see(f"/clips/{clip_id}", said="It is back.")


@router.post("/clips/{clip_id}/again")
def again(request: Request, app: TheApp, clip_id: UUID) -> Response:
    """Read a clip once more."""
    set_clips.read_again(app, clip_id)
    reader_of(request).wake()
    return see(f"/clips/{clip_id}")


@router.post("/settings/clips/strays")
def erase_strays(app: TheApp) -> Response:
    """Erase the files that belong to no clip here."""
    set_clips.erase_strays(app)
    return see("/settings/clips", said="They are erased.")


@router.get("/settings/clips")
def kept(request: Request, app: TheApp) -> Response:
    """Show all clips and the room they take."""
    return page(
        request,
        "clips.html",
        kept=set_clips.kept(app),
        exercises=app.catalogue.exercises,
        folder=app.data_dir / "clips",
        set_name=set_clips.set_name,
    )
