"""Progress photos, and the pictures of the inspiration board: kept encrypted, shown, compared, deleted.

What comes in stays in memory until it is sealed; what goes out is opened in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np
import uuid_utils.compat as uuid

from openback import vision
from openback.errors import CannotBlur, CannotReadClips, NobodyInPhoto, NotFound, PhotoGone
from openback.model.journal import BoardCard, Photo, PhotoPose
from openback.model.motion import Floats
from openback.photos.align import Frame, Similarity, body_frame, fitted, laid_over, moved, then
from openback.photos.blur import blurred
from openback.photos.picture import Picture, jpeg, mask_of, mask_png, read_picture
from openback.photos.silhouette import outline_png, silhouette
from openback.services.app import App
from openback.services.photo_files import PhotoFile, packed, unpacked
from openback.services.photo_vault import erase_all as erase_vault
from openback.services.photo_vault import files, key_to_keep, open_key
from openback.services.who import known_person

# A deleted photo can be brought back for so long; then its file is erased. As with clips of sets.
UNDO_FOR: Final = timedelta(minutes=15)
SMALL_PX: Final = 560
_MASK_PX: Final = 320


# --- Keeping -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NewPhoto:
    """What is said of a photo that comes in. `at` is None for when the camera says it was taken, else now.

    `landmarks` (33, 3) are what the page's camera found, x and y as shares of the picture, and visibility.
    """

    pose: PhotoPose
    blur: bool = True
    at: datetime | None = None
    landmarks: Floats | None = None
    note: str = ""


def keep_photo(app: App, data: bytes, new: NewPhoto) -> Photo:
    """Keep a progress photo; face and background are blurred before anything is kept, unless that is not wanted.

    Raises NoProfileYet, what `photo_vault.key_to_keep` raises, NotAPicture, PictureDamaged, PictureTooLarge, and,
    where it is to be blurred, NobodyInPhoto or CannotBlur. Then nothing was kept.
    """
    known_person(app)
    key_to_keep(app)  # said before the work, and held while it is done
    read = read_picture(data)
    body = _body_in(read.picture, new)
    picture = blurred(read.picture, body.landmarks, body.mask) if new.blur and body else read.picture
    photo = _new(app, new.pose, picture, blurred=new.blur)
    photo = replace(photo, at=new.at or _taken(app, read.taken_at), note=new.note.strip())
    size = (photo.width_px, photo.height_px)
    file = PhotoFile(photo=photo, jpeg=jpeg(picture))
    if body is not None:
        mask = silhouette(body.landmarks, size) if body.mask is None else body.mask
        file = replace(file, landmarks=body.landmarks, mask=mask_png(mask, long_side_px=_MASK_PX))
    return _keep(app, file)


def keep_picture(app: App, data: bytes) -> UUID:
    """Keep a picture of the inspiration board, as it is, and return its id. Raises as `keep_photo`."""
    known_person(app)
    key_to_keep(app)
    picture = read_picture(data).picture
    photo = replace(_new(app, "front", picture, blurred=False), board=True)
    return _keep(app, PhotoFile(photo=photo, jpeg=jpeg(picture))).id


def _new(app: App, pose: PhotoPose, picture: Picture, *, blurred: bool) -> Photo:
    height, width = picture.shape[:2]
    return Photo(id=uuid.uuid7(), at=app.now(), pose=pose, width_px=width, height_px=height, blurred=blurred)


def _keep(app: App, file: PhotoFile) -> Photo:
    photo = file.photo
    files(app).put(key_to_keep(app), photo.id, packed(file))
    try:
        app.store.put_entry(app.person_id, photo)
    except BaseException:
        files(app).erase(photo.id)
        raise
    return photo


def _taken(app: App, local: datetime | None) -> datetime:
    """Return when a photo was taken; now when its camera does not say, or says what cannot be."""
    at = app.now() if local is None else local.astimezone()
    return min(at, app.now())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Body:
    landmarks: Floats
    mask: Floats | None


def _body_in(picture: Picture, new: NewPhoto) -> _Body | None:
    """Return where the person is; None when nobody is found and nothing has to be blurred."""
    try:
        seen = vision.seen_in(picture)
    except CannotReadClips:
        sent = _sent(picture, new.landmarks)
        if sent is None and new.blur:
            raise CannotBlur from None
        return sent
    if seen is None:
        if new.blur:
            raise NobodyInPhoto
        return None
    landmarks = np.column_stack([seen.frame.image_px, seen.frame.visibility])
    return _Body(landmarks=landmarks, mask=seen.mask)


def _sent(picture: Picture, landmarks: Floats | None) -> _Body | None:
    """Return the body by the landmarks that the page sent."""
    if landmarks is None:
        return None
    height, width = picture.shape[:2]
    return _Body(landmarks=landmarks * (width, height, 1.0), mask=None)


# --- Looking -------------------------------------------------------------------------------------------


def photos(app: App, pose: PhotoPose | None = None) -> tuple[Photo, ...]:
    """Return the progress photos whose files are here, latest first; with `pose` those of one pose."""
    kept, there = app.store.entries(app.person_id, Photo), files(app).photos()
    shown = (one for one in reversed(kept) if not one.board and one.id in there)
    return tuple(one for one in shown if pose in {None, one.pose})


def known_photo(app: App, photo_id: UUID) -> Photo:
    """Return what the log says of a photo. Raises NotFound."""
    found = app.store.find_entry(app.person_id, Photo, photo_id)
    if found is None:
        what = "photo"
        raise NotFound(what, str(photo_id))
    return found


def picture(app: App, photo_id: UUID, *, long_side_px: int | None = None) -> bytes:
    """Return a picture as a JPEG, smaller when `long_side_px` says so.

    Raises NotFound, PhotoGone, PhotoDamaged, and what `photo_vault.open_key` raises.
    """
    data = opened_file(app, photo_id).jpeg
    return data if long_side_px is None else jpeg(read_picture(data, long_side_px=long_side_px).picture)


def small_picture(app: App, photo_id: UUID) -> bytes:
    """Return the part of a photo that holds the person, small, as a JPEG. Raises as `picture`."""
    file = opened_file(app, photo_id)
    part = _frame(file)
    whole = read_picture(file.jpeg).picture
    cut = whole[part.top : part.top + part.height, part.left : part.left + part.width]
    return jpeg(cut, long_side_px=SMALL_PX)


def opened_file(app: App, photo_id: UUID) -> PhotoFile:
    """Return all that is kept of a photo. Raises as `picture`."""
    known_photo(app, photo_id)
    plain = files(app).get(open_key(app), photo_id)
    if plain is None:
        raise PhotoGone
    return unpacked(plain, str(photo_id))


def outline(app: App, photo_id: UUID) -> bytes | None:
    """Return the outline of the person as a see-through PNG of the photo's size, None where nobody was found."""
    file = opened_file(app, photo_id)
    if not file.mask:
        return None
    return outline_png(mask_of(file.mask), (file.photo.width_px, file.photo.height_px))


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A photo laid over another one, as a JPEG; only the part where the person of that one stands.

    `fits` says whether shoulders and hips could be laid over each other; else it stands there whole.
    """

    jpeg: bytes
    width_px: int
    height_px: int
    fits: bool


def laid_onto(app: App, photo_id: UUID, onto_id: UUID) -> Laid:
    """Return a photo laid over another, or over itself, by shoulders and hips. Raises as `picture`."""
    file, onto = opened_file(app, photo_id), opened_file(app, onto_id)
    frame = _frame(onto)
    size, whole = (frame.width, frame.height), read_picture(file.jpeg).picture
    way = _way(file, onto)
    laid = fitted(whole, size) if way is None else moved(whole, then(way, frame.way), size)
    return Laid(jpeg=jpeg(laid), width_px=size[0], height_px=size[1], fits=way is not None)


def _frame(file: PhotoFile) -> Frame:
    size = (file.photo.width_px, file.photo.height_px)
    if file.mask:
        return body_frame(mask_of(file.mask), size)
    return Frame(left=0, top=0, width=size[0], height=size[1])


def _way(file: PhotoFile, onto: PhotoFile) -> Similarity | None:
    if file.photo.id == onto.photo.id:
        return Similarity(turn=1 + 0j, shift=0j)
    if file.landmarks is None or onto.landmarks is None:
        return None
    return laid_over(file.landmarks, onto.landmarks)


# --- Changing, deleting -----------------------------------------------------------------------------


def change(app: App, photo_id: UUID, *, pose: PhotoPose, at: datetime, note: str) -> UUID | None:
    """Change what the log says of a photo; return what takes it back. Raises NotFound."""
    photo = replace(known_photo(app, photo_id), pose=pose, at=at, note=note.strip())
    done = app.store.put_entry(app.person_id, photo)
    return None if done is None else done.token


def delete(app: App, photo_id: UUID) -> UUID:
    """Take a photo away, and return the token that brings it back while its file is there. Raises NotFound."""
    known_photo(app, photo_id)
    done = app.store.delete_entry(app.person_id, Photo, photo_id)
    if done is None:
        what = "photo"
        raise NotFound(what, str(photo_id))
    files(app).let_go(photo_id, app.now())
    return done.token


def bring_back(app: App, photo_id: UUID, token: UUID) -> None:
    """Bring a deleted photo back. Raises PhotoGone once its file is erased, NotFound, CannotUndo."""
    if not files(app).file(photo_id).is_file():
        raise PhotoGone
    app.store.undo(app.person_id, token)
    files(app).want_back(photo_id)


def sweep(app: App) -> bool:
    """Erase the files of what was deleted long enough ago; return whether something still waits to be erased.

    A deletion that was taken back is forgotten.
    """
    vault, now = files(app), app.now()
    known = {one.id: one for one in app.store.entries(app.person_id, Photo)}
    used = {one.picture for one in app.store.entries(app.person_id, BoardCard)}
    waiting = vault.gone()
    for photo in known.values():
        wanted = not photo.board or photo.id in used
        if wanted and photo.id in waiting:
            vault.want_back(photo.id)
        elif not wanted and photo.id not in waiting:
            vault.let_go(photo.id, now)
    due = {photo_id for photo_id, since in vault.gone().items() if now - since >= UNDO_FOR}
    for photo_id in due:
        _erase(app, photo_id)
    return bool(vault.gone())


def erase_deleted(app: App) -> int:
    """Erase at once what was deleted and could still be brought back; return how many photos that were."""
    sweep(app)
    known = {one.id for one in app.store.entries(app.person_id, Photo)}
    gone = [one for one in files(app).gone() if one not in known]
    for photo_id in gone:
        _erase(app, photo_id)
    return len(gone)


def _erase(app: App, photo_id: UUID) -> None:
    files(app).erase(photo_id)
    app.store.delete_entry(app.person_id, Photo, photo_id)


# --- All of them -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What lies in the folder: how much, how many photos were deleted a moment ago, files that belong to no photo,
    and how many photos the log names whose files are not there.
    """

    bytes: int
    deleted: int
    strays: tuple[UUID, ...]
    missing: int


def room(app: App) -> Room:
    """Return what lies in the folder."""
    there, gone = files(app).photos(), files(app).gone()
    known = {one.id for one in app.store.entries(app.person_id, Photo)}
    lost = [one for one in there if one not in known]
    return Room(
        bytes=sum(there.values()),
        deleted=sum(one in gone for one in lost),
        strays=tuple(one for one in lost if one not in gone),
        missing=sum(one not in there for one in known),
    )


def adopt_strays(app: App) -> int:
    """Take photos that no line of the log names back into it, as after an older back-up; return how many.

    Raises what `photo_vault.open_key` raises, PhotoDamaged.
    """
    key, lost = open_key(app), room(app).strays
    for photo_id in lost:
        plain = files(app).get(key, photo_id)
        if plain is not None:
            app.store.put_entry(app.person_id, unpacked(plain, str(photo_id)).photo)
    return len(lost)


def forget_all(app: App) -> None:
    """Erase every photo, every picture of the board and the key, for good."""
    erase_vault(app)
    for photo in app.store.entries(app.person_id, Photo):
        app.store.delete_entry(app.person_id, Photo, photo.id)


def erase_strays(app: App) -> int:
    """Erase photos that no line of the log names; return how many."""
    lost = room(app).strays
    for photo_id in lost:
        files(app).erase(photo_id)
    return len(lost)
