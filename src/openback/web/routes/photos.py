"""Progress photos: the pages, and the pictures themselves, which no browser and nobody on the way may keep."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Final, Literal
from uuid import UUID

import numpy as np
from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from openback.errors import NotFound, OpenbackError
from openback.model.journal import Photo, PhotoPose
from openback.model.motion import LANDMARKS, Floats
from openback.services import people, photo_vault, photos, sessions
from openback.services.app import App
from openback.web.errors import status_of
from openback.web.photo_pages import POSES, add_page, compare_page, list_page, pose_of
from openback.web.receiving import CHOOSE_PICTURE_SENTENCE, InMemory, receive_in_memory
from openback.web.rendering import SAID_COOKIE, page, see
from openback.web.routes.deps import Posted, TheApp

router = APIRouter(prefix="/progress/photos")

PRIVATE: Final = {"cache-control": "no-store"}
HOME: Final = "/progress/photos"
KEPT_SENTENCE: Final = "The photo is kept."
DELETED_SENTENCE: Final = "The photo is deleted. In a quarter of an hour it is erased for good."


def closed(request: Request, app: App, status: int = 200) -> Response | None:
    """Return the page that says why the photos cannot be opened now; None when they can."""
    view = photo_vault.vault(app)
    if view.state in {"new", "open"}:
        return None
    kept = len(photos.photos(app))
    return page(request, "photos/closed.html", status=status, vault=view, kept=kept, problems=[])


# --- All of them -----------------------------------------------------------------------------------


@router.get("")
def show(request: Request, app: TheApp, pose: str = "") -> Response:
    """Show the photos, latest first."""
    if people.profile_of(app) is None:
        return see("/welcome")
    photos.sweep(app)
    return closed(request, app) or page(request, "photos/list.html", **list_page(app, pose_of(pose)))


@router.post("")
async def keep(request: Request, app: TheApp) -> Response:
    """Keep a photo that was sent."""
    wants_json = "application/json" in request.headers.get("accept", "")
    pose: PhotoPose | None = None
    try:
        came = await receive_in_memory(request)
        pose = pose_of(came.fields.get("pose", ""))
        photo = await run_in_threadpool(_kept, app, came, pose)
    except (OpenbackError, HTTPException) as error:
        status = status_of(error) if isinstance(error, OpenbackError) else error.status_code
        said = str(error) if isinstance(error, OpenbackError) else str(error.detail)
        if wants_json:
            return JSONResponse({"message": said}, status_code=status)
        return closed(request, app, status) or page(
            request, "photos/add.html", status=status, **add_page(app, pose, [said])
        )
    answer = see(f"{HOME}/{photo.id}", said=KEPT_SENTENCE, undo=f"{HOME}/{photo.id}/delete")
    if not wants_json:
        return answer
    told = JSONResponse({"page": f"{HOME}/{photo.id}"})
    told.raw_headers += [
        (k, v) for k, v in answer.raw_headers if k == b"set-cookie" and SAID_COOKIE.encode() in v
    ]
    return told


def _kept(app: App, came: InMemory, pose: PhotoPose | None) -> Photo:
    if not came.data:
        raise HTTPException(422, CHOOSE_PICTURE_SENTENCE)
    if pose is None:
        raise HTTPException(422, "Say from which side the photo is taken.")
    new = photos.NewPhoto(
        pose=pose,
        blur=came.fields.get("blur") == "1",
        at=_moment(app, came.fields.get("on", "")),
        landmarks=landmarks_in(came.fields.get("landmarks", "")),
        note=came.fields.get("note", "")[:200],
    )
    return photos.keep_photo(app, came.data, new)


def _moment(app: App, on: str) -> datetime | None:
    """Return the moment of a day that was written; None for today, and for what is no day."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return None if day >= app.today else datetime.combine(day, time(12)).astimezone()


def landmarks_in(text: str) -> Floats | None:
    """Return landmarks (33, 3) as the page sends them: `x,y,visibility;…`, each in ten-thousandths; None for anything else."""
    try:
        rows = [[float(value) for value in row.split(",")] for row in text.split(";")]
        points = np.array(rows, dtype=np.float64)
    except ValueError:
        return None
    sound = points.shape == (len(LANDMARKS), 3) and np.isfinite(points).all() and np.abs(points).max() < 1e6
    return points / 10_000 if sound else None


@router.get("/add")
def add(request: Request, app: TheApp, pose: str = "") -> Response:
    """Show the camera, and a place for a file."""
    if people.profile_of(app) is None:
        return see("/welcome")
    if photo_vault.vault(app).asks_first:
        return see(f"{HOME}/key?back={HOME}/add")
    return closed(request, app) or page(request, "photos/add.html", **add_page(app, pose_of(pose), []))


@router.get("/compare")
def compare(request: Request, app: TheApp, before: UUID | None = None, after: UUID | None = None) -> Response:
    """Show two photos of one pose, the later one laid over the earlier one."""
    return closed(request, app) or page(request, "photos/compare.html", **compare_page(app, before, after))


# --- The key ------------------------------------------------------------------------------------------


@router.get("/key")
def key(request: Request, app: TheApp, back: Annotated[str, Query(max_length=200)] = HOME) -> Response:
    """Show how the photos are locked, and the other way to do it."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return closed(request, app) or _key_page(request, app, back)


def _key_page(request: Request, app: App, back: str, problem: str = "") -> Response:
    return page(
        request,
        "photos/key.html",
        status=422 if problem else 200,
        vault=photo_vault.vault(app),
        back=_inside(back),
        least=photo_vault.LEAST_CHARACTERS,
        problems=[problem] if problem else [],
    )


def _inside(back: str) -> str:
    return back if back.startswith(("/progress/photos", "/progress/board")) else HOME


@router.post("/key")
def change_key(
    request: Request, app: TheApp, form: Posted, back: Annotated[str, Query(max_length=200)] = HOME
) -> Response:
    """Keep the key under a passphrase, or in the key store of this machine, from now on."""
    said = {name: str(form.get(name, ""))[:500] for name in ("way", "before", "passphrase", "again")}
    try:
        if said["way"] == "key_store":
            photo_vault.choose_key_store(app, said["before"])
        else:
            photo_vault.choose_passphrase(app, said["passphrase"], said["again"], before=said["before"])
    except OpenbackError as error:
        return _key_page(request, app, back, str(error))
    return see(_inside(back), said="The photos are locked in the new way from now on.")


@router.post("/unlock")
def unlock(
    request: Request,
    app: TheApp,
    passphrase: Annotated[str, Form(max_length=500)] = "",
    back: Annotated[str, Query(max_length=200)] = HOME,
) -> Response:
    """Open the photos with their passphrase."""
    try:
        photo_vault.unlock(app, passphrase)
    except OpenbackError as error:
        view, kept = photo_vault.vault(app), len(photos.photos(app))
        return page(request, "photos/closed.html", status=422, vault=view, kept=kept, problems=[str(error)])
    return see(_inside(back))


@router.post("/lock")
def lock(app: TheApp) -> Response:
    """Lock the photos again."""
    photo_vault.lock_up(app)
    return see(HOME)


# --- What was deleted, what belongs to nothing, and everything ---------------------------------------


@router.post("/deleted")
def erase_deleted(app: TheApp) -> Response:
    """Erase at once what was deleted."""
    count = photos.erase_deleted(app)
    return see(HOME, said="It is erased for good." if count == 1 else "They are erased for good.")


@router.post("/strays")
def strays(app: TheApp, what: Annotated[Literal["adopt", "erase"], Form()]) -> Response:
    """Take photos that no line of the log names back into it, or erase them."""
    if what == "erase":
        photos.erase_strays(app)
        return see(HOME, said="They are erased for good.")
    photos.adopt_strays(app)
    return see(HOME, said="They are back among your photos.")


@router.post("/erase")
def erase_lost(app: TheApp) -> Response:
    """Erase photos whose key is lost, and begin anew."""
    if photo_vault.vault(app).state == "lost":
        photos.forget_all(app)
        return see(HOME, said="They are erased. New photos get a new key.")
    return see(HOME)


@router.post("/undo/{token}")
def undo(app: TheApp, token: UUID, back: Annotated[str, Query(max_length=200)] = HOME) -> Response:
    """Take a change of a photo's day, pose or note back."""
    sessions.undo(app, token)
    return see(_inside(back), said="Taken back.")


# --- One of them ---------------------------------------------------------------------------------------


@router.get("/{photo_id}")
def one(request: Request, app: TheApp, photo_id: UUID) -> Response:
    """Show one photo."""
    photo = photos.known_photo(app, photo_id)
    if photo.board:
        what = "photo"
        raise NotFound(what, str(photo_id))
    before = [other for other in photos.photos(app, photo.pose) if other.at < photo.at]
    return closed(request, app) or page(
        request, "photos/photo.html", photo=photo, before=next(iter(before), None), poses=POSES
    )


@router.get("/{photo_id}/picture")
def picture(
    app: TheApp, photo_id: UUID, *, small: bool = False, onto: UUID | None = None, save: bool = False
) -> Response:
    """Send a picture: as it is, small, or laid over another one; to `save` it is said to be a file."""
    if onto is not None:
        data = photos.laid_onto(app, photo_id, onto).jpeg
    else:
        data = photos.small_picture(app, photo_id) if small else photos.picture(app, photo_id)
    headers = PRIVATE
    if save:
        taken = photos.known_photo(app, photo_id)
        name = f"{taken.at.astimezone():%Y-%m-%d}-{taken.pose}.jpg"
        headers = PRIVATE | {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="image/jpeg", headers=headers)


@router.get("/{photo_id}/outline")
def outline(app: TheApp, photo_id: UUID) -> Response:
    """Send the outline of the person in a photo."""
    data = photos.outline(app, photo_id)
    if data is None:
        what = "outline of photo"
        raise NotFound(what, str(photo_id))
    return Response(data, media_type="image/png", headers=PRIVATE)


@router.post("/{photo_id}/change")
def change(app: TheApp, photo_id: UUID, form: Posted) -> Response:
    """Change the day, the pose and the note of a photo."""
    photo = photos.known_photo(app, photo_id)
    pose = pose_of(str(form.get("pose", ""))) or photo.pose
    on, at = str(form.get("on", "")), photo.at
    if on != f"{photo.at.astimezone():%Y-%m-%d}":
        at = _moment(app, on) or app.now()
    token = photos.change(app, photo_id, pose=pose, at=at, note=str(form.get("note", ""))[:200])
    back = f"{HOME}/{photo_id}"
    undo = f"{HOME}/undo/{token}?back={back}" if token is not None else ""
    return see(back, said="Kept.", undo=undo)


@router.post("/{photo_id}/delete")
def delete(request: Request, app: TheApp, photo_id: UUID) -> Response:
    """Delete a photo; for a quarter of an hour it can be brought back."""
    token = photos.delete(app, photo_id)
    request.app.state.reader.wake()  # it erases the file in time
    return see(HOME, said=DELETED_SENTENCE, undo=f"{HOME}/{photo_id}/back/{token}")


@router.post("/{photo_id}/back/{token}")
def bring_back(app: TheApp, photo_id: UUID, token: UUID) -> Response:
    """Bring a deleted photo back."""
    photos.bring_back(app, photo_id, token)
    return see(f"{HOME}/{photo_id}", said="The photo is back.")
