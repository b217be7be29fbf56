"""Keeping, opening, laying over each other, deleting and taking out photos."""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import uuid_utils.compat as uuid
from PIL import Image

import web_sample
from bodies import noise, seen, sent, standing
from openback.errors import (
    CannotBlur,
    KeyStoreSilent,
    NobodyInPhoto,
    NoKeyStore,
    NotAFolder,
    NotFound,
    PassphraseNeeded,
    PassphrasesDiffer,
    PhotoGone,
    PhotoKeyLost,
    PhotosLocked,
    VideoNotInstalled,
    WeakPassphrase,
    WrongPassphrase,
)
from openback.model.journal import BoardCard, Photo
from openback.services import history, photo_export, photo_vault, photos
from openback.services.app import App
from openback.services.photo_files import PhotoFile, packed, unpacked
from openback.services.photos import UNDO_FOR, NewPhoto
from photo_app import PICTURE, WORDS, later, watched, with_key_store
from storing import memory_store

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
FRONT = NewPhoto(pose="front")
MINUTES = UNDO_FOR / timedelta(minutes=1)


@pytest.fixture
def eyes(monkeypatch):
    return watched(monkeypatch)


@pytest.fixture
def store(monkeypatch):
    return with_key_store(monkeypatch)


@pytest.fixture
def app(tmp_path, eyes):
    with memory_store() as kept:
        app = App(store=kept, catalogue=web_sample.catalogue(), data_dir=tmp_path / "data", now=lambda: NOW)
        kept.put_profile(app.person_id, web_sample.PROFILE, at=NOW)
        yield app


# --- The key -------------------------------------------------------------------------------------------


def test_before_the_first_photo_there_is_no_key(app, store):
    assert photo_vault.vault(app).state == "new"
    assert not photo_vault.vault(app).asks_first
    assert photos.photos(app) == ()
    assert photos.room(app) == photos.Room(bytes=0, deleted=0, strays=(), missing=0)


def test_the_first_photo_makes_a_key_in_the_key_store(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    view = photo_vault.vault(app)
    assert (view.state, view.way, len(store.kept)) == ("open", "key_store", 1)
    assert seen(photos.picture(app, photo.id)).shape == (320, 240, 3)


def test_without_a_key_store_a_passphrase_is_needed_first(app):
    assert photo_vault.vault(app).asks_first
    with pytest.raises(PassphraseNeeded) as error:
        photos.keep_photo(app, PICTURE, FRONT)
    assert str(error.value) == (
        "Photos are kept encrypted, and this machine has no key store that could hold the key. "
        "Choose a passphrase for them first, at Progress, Photos."
    )
    assert not (app.data_dir / "photos").exists()


def test_a_key_store_that_keeps_nothing_leads_to_a_passphrase(app, store, monkeypatch):
    def silent(*_: object) -> None:
        raise KeyStoreSilent

    monkeypatch.setattr(type(store), "put", silent)
    with pytest.raises(PassphraseNeeded):
        photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    assert photos.keep_photo(app, PICTURE, FRONT).pose == "front"


@pytest.mark.parametrize(
    ("first", "second", "kind", "sentence"),
    [
        (
            "short", "short", WeakPassphrase,
            (
                "A passphrase needs at least 10 characters. Four words that have nothing to do with each other "
                "are easy to remember and hard to guess."
            ),
        ),
        (
            WORDS, WORDS[:-1], PassphrasesDiffer,
            "The two passphrases are not the same. Nothing was changed; write both once more.",
        ),
    ],
    ids=["short", "two"],
)  # fmt: skip
def test_a_passphrase_that_is_none(app, first, second, kind, sentence):
    with pytest.raises(kind) as error:
        photo_vault.choose_passphrase(app, first, second)
    assert str(error.value) == sentence
    assert photo_vault.vault(app).state == "new"


def test_photos_under_a_passphrase_lock_by_hand_and_by_themselves(app):
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    photo = photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.lock_up(app)
    assert photo_vault.vault(app).state == "locked"
    for locked in (lambda: photos.picture(app, photo.id), lambda: photos.keep_photo(app, PICTURE, FRONT)):
        with pytest.raises(PhotosLocked) as error:
            locked()
    assert str(error.value) == (
        "The photos are locked. Unlock them with your passphrase at Progress, Photos."
    )
    with pytest.raises(WrongPassphrase):
        photo_vault.unlock(app, WORDS + "s")
    photo_vault.unlock(app, WORDS)
    assert photos.picture(app, photo.id)
    assert photo_vault.vault(later(app, 14)).state == "open"
    assert photo_vault.vault(later(app, 40)).state == "locked"


def test_another_passphrase_opens_the_same_photos_and_the_former_one_nothing(app):
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    photo = photos.keep_photo(app, PICTURE, FRONT)
    with pytest.raises(WrongPassphrase):
        photo_vault.choose_passphrase(app, "quiet green river", "quiet green river", before="guess work")
    photo_vault.choose_passphrase(app, "quiet green river", "quiet green river", before=WORDS)
    photo_vault.lock_up(app)
    with pytest.raises(WrongPassphrase):
        photo_vault.unlock(app, WORDS)
    photo_vault.unlock(app, "quiet green river")
    assert photos.picture(app, photo.id)


def test_the_key_moves_between_key_store_and_passphrase(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    assert store.kept == {}
    photo_vault.lock_up(app)
    with pytest.raises(WrongPassphrase):
        photo_vault.choose_key_store(app, "something else")
    photo_vault.choose_key_store(app, WORDS)
    assert (photo_vault.vault(app).way, len(store.kept)) == ("key_store", 1)
    photo_vault.lock_up(app)
    assert photos.picture(app, photo.id)


def test_without_a_key_store_the_passphrase_stays(app):
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    with pytest.raises(NoKeyStore) as error:
        photo_vault.choose_key_store(app, WORDS)
    assert str(error.value) == (
        "This machine has no key store that Openback could use. Nothing was changed; keep the passphrase."
    )


def test_a_key_that_is_lost_is_said_plainly(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    store.kept.clear()
    photo_vault.lock_up(app)
    assert photo_vault.vault(app).state == "lost"
    with pytest.raises(PhotoKeyLost) as error:
        photos.picture(app, photo.id)
    assert str(error.value) == (
        "The key of these photos is not in this machine's key store any more, and nobody can open them "
        "without it, Openback included. If the key store can be brought back from a back-up, they open again. "
        "Otherwise they can only be erased, at Progress, Photos."
    )
    photos.forget_all(app)
    assert (photo_vault.vault(app).state, photos.photos(app)) == ("new", ())


def test_a_key_store_that_is_away_is_not_a_lost_key(app, store, monkeypatch):
    photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.lock_up(app)
    monkeypatch.setattr(photo_vault, "system_store", lambda: None)
    assert photo_vault.vault(app).state == "unreachable"


def test_a_sample_person_never_touches_the_key_store_of_the_machine(app, store):
    sample = replace(app, demo=True)
    photos.keep_photo(sample, PICTURE, FRONT)
    assert store.kept == {}
    assert photo_vault.vault(sample).store == "the memory of this sample"


# --- What is kept --------------------------------------------------------------------------------------


def test_face_and_background_are_blurred_before_anything_is_kept(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    kept = seen(photos.picture(app, photo.id)).astype(int)
    before = seen(PICTURE).astype(int)
    assert photo.blurred
    assert np.abs(np.diff(kept[:, :40], axis=1)).max() < 60  # the room
    assert np.abs(np.diff(kept[55:75, 110:130], axis=1)).max() < 60  # the face
    assert np.abs(kept - before)[110:160, 105:135].mean() < 15  # the body


def test_a_photo_is_kept_as_it_is_only_when_that_is_asked_for(app, store, eyes):
    eyes.body = None
    photo = photos.keep_photo(app, PICTURE, replace(FRONT, blur=False))
    assert not photo.blurred
    assert np.abs(seen(photos.picture(app, photo.id)).astype(int) - seen(PICTURE)).mean() < 15
    assert photos.outline(app, photo.id) is None


def test_nobody_in_the_picture_says_what_to_change_and_keeps_nothing(app, store, eyes):
    eyes.body = None
    with pytest.raises(NobodyInPhoto) as error:
        photos.keep_photo(app, PICTURE, FRONT)
    assert str(error.value) == (
        "Nobody was found in this picture, so face and background could not be told apart, and nothing was "
        "kept. Stand so that head and hips are in the picture, in good light; or keep it without blurring."
    )
    assert photos.photos(app) == ()
    assert photos.room(app).bytes == 0


def test_without_the_pose_model_the_landmarks_of_the_page_do(app, store, eyes):
    eyes.problem = VideoNotInstalled()
    with pytest.raises(CannotBlur) as error:
        photos.keep_photo(app, PICTURE, FRONT)
    assert str(error.value) == (
        "To blur face and background, Openback has to find the person, and the part for that is not "
        "installed here: pip install 'openback[video]'. Nothing was kept; take the photo with the camera of "
        "this page, or keep it without blurring."
    )
    photo = photos.keep_photo(app, PICTURE, replace(FRONT, landmarks=standing((1, 1))))
    kept = seen(photos.picture(app, photo.id)).astype(int)
    assert np.abs(np.diff(kept[55:75, 110:130], axis=1)).max() < 60
    assert photos.outline(app, photo.id) is not None


def test_a_photo_is_of_the_day_that_its_camera_says_unless_somebody_says_otherwise(app, store):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 12:00:00"
    data = sent(noise(), exif=exif)
    assert photos.keep_photo(app, data, FRONT).at.astimezone().date().isoformat() == "2026-03-01"
    said = datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert photos.keep_photo(app, data, replace(FRONT, at=said)).at == said
    exif.get_ifd(0x8769)[0x9003] = "2031:03:01 12:00:00"
    assert photos.keep_photo(app, sent(noise(), exif=exif), FRONT).at == NOW
    assert photos.keep_photo(app, PICTURE, FRONT).at == NOW


def test_photos_come_latest_first_and_by_pose(app, store):
    for days, pose in ((0, "front"), (5, "back"), (9, "front")):
        photos.keep_photo(app, PICTURE, NewPhoto(pose=pose, at=NOW - timedelta(days=days)))
    assert [(one.pose, (NOW - one.at).days) for one in photos.photos(app)] == [
        ("front", 0),
        ("back", 5),
        ("front", 9),
    ]
    assert len(photos.photos(app, "front")) == 2
    assert photos.photos(app, "left") == ()


def test_what_is_packed_is_read_back():
    photo = Photo(id=uuid.uuid7(), at=NOW, pose="left", width_px=3, height_px=4, note="Grüße")
    points = standing()
    points[4] = np.nan
    back = unpacked(packed(PhotoFile(photo=photo, jpeg=b"picture", landmarks=points, mask=b"mask")), "one")
    assert (back.photo, back.jpeg, back.mask) == (photo, b"picture", b"mask")
    assert np.allclose(back.landmarks, points, atol=1e-3, equal_nan=True)
    assert unpacked(packed(PhotoFile(photo=photo, jpeg=b"")), "one").landmarks is None


# --- No plain byte on the disk -------------------------------------------------------------------------


class Watch:
    """Everything that this process opens to write while it is on. Such a hook stays for good, so there is one."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, told: tuple) -> None:
        if self.on and event == "open" and isinstance(told[0], str | bytes) and told[2] & 3:
            self.opened.append(str(told[0]))


WATCH: list[Watch] = []


def test_no_plain_byte_of_a_photo_ever_lies_on_the_disk(app, store, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    watch = WATCH[0] if WATCH else Watch()
    WATCH[:] = [watch]
    watch.opened, watch.on = [], True
    try:
        photo = photos.keep_photo(app, PICTURE, replace(FRONT, blur=False))
        board = photos.keep_picture(app, PICTURE)
        photos.small_picture(app, photo.id)
        photos.laid_onto(app, photo.id, photo.id)
        b"".join(photo_export.zipped(app, history.export(app)))
    finally:
        watch.on = False
    written = [one for one in watch.opened if "/exports/" not in one]
    assert written, "the watch saw nothing"
    assert all("/photos/me/." in one and one.endswith(".part") for one in written), written
    shown = photos.picture(app, photo.id)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"\xff\xd8\xff" not in data or path.suffix == ".photo", path
            assert shown[200:264] not in data, path
            assert photos.picture(app, board)[200:264] not in data, path


# --- Laid over each other ----------------------------------------------------------------------------


def test_two_photos_are_laid_over_each_other_on_shoulders_and_hips(app, store, eyes):
    first = photos.keep_photo(app, PICTURE, FRONT)
    eyes.body = standing((1, 1)) * (1, 1, 1)
    eyes.body[:, :2] = eyes.body[:, :2] * 0.8 + 0.1
    second = photos.keep_photo(app, PICTURE, FRONT)
    laid = photos.laid_onto(app, second.id, first.id)
    itself = photos.laid_onto(app, first.id, first.id)
    assert laid.fits
    assert (laid.width_px, laid.height_px) == (itself.width_px, itself.height_px)
    assert seen(laid.jpeg).shape == seen(itself.jpeg).shape == (laid.height_px, laid.width_px, 3)
    assert laid.height_px <= 320


def test_photos_without_a_person_stand_whole(app, store, eyes):
    eyes.body = None
    plain = replace(FRONT, blur=False)
    first, second = photos.keep_photo(app, PICTURE, plain), photos.keep_photo(app, PICTURE, plain)
    laid = photos.laid_onto(app, second.id, first.id)
    assert (laid.fits, laid.width_px, laid.height_px) == (False, 240, 320)


# --- Changing and deleting ---------------------------------------------------------------------------


def test_a_change_can_be_taken_back(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    token = photos.change(app, photo.id, pose="back", at=NOW - timedelta(days=1), note=" after rest ")
    assert photos.known_photo(app, photo.id).note == "after rest"
    app.store.undo(app.person_id, token)
    assert photos.known_photo(app, photo.id) == photo


def test_a_deleted_photo_comes_back_within_a_quarter_of_an_hour_and_never_after(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    token = photos.delete(app, photo.id)
    assert (photos.photos(app), photos.room(app).deleted) == ((), 1)
    assert photos.sweep(later(app, MINUTES - 1))
    photos.bring_back(app, photo.id, token)
    assert photos.photos(app) == (photo,)
    assert photos.room(app).deleted == 0
    token = photos.delete(app, photo.id)
    assert not photos.sweep(later(app, MINUTES))
    assert photos.room(app).bytes == 0
    with pytest.raises(PhotoGone) as error:
        photos.bring_back(app, photo.id, token)
    assert str(error.value) == "This photo was erased for good and cannot be brought back."
    with pytest.raises(NotFound):
        photos.delete(app, photo.id)


def test_what_was_deleted_can_be_erased_at_once(app, store):
    kept, gone = photos.keep_photo(app, PICTURE, FRONT), photos.keep_photo(app, PICTURE, FRONT)
    photos.delete(app, gone.id)
    assert photos.erase_deleted(app) == 1
    assert photos.photos(app) == (kept,)
    assert photos.erase_deleted(app) == 0


def test_a_picture_of_the_board_lives_as_long_as_a_card_names_it(app, store):
    picture = photos.keep_picture(app, PICTURE)
    card = BoardCard(id=uuid.uuid7(), at=NOW, picture=picture)
    app.store.put_entry(app.person_id, card)
    photos.sweep(app)
    assert np.abs(seen(photos.picture(app, picture)).astype(int) - seen(PICTURE)).mean() < 15
    assert photos.photos(app) == ()
    gone = app.store.delete_entry(app.person_id, BoardCard, card.id)
    photos.sweep(app)
    assert photos.picture(app, picture)
    app.store.undo(app.person_id, gone.token)
    photos.sweep(later(app, MINUTES))
    assert photos.picture(app, picture)
    app.store.delete_entry(app.person_id, BoardCard, card.id)
    photos.sweep(app)
    photos.sweep(later(app, MINUTES))
    with pytest.raises(NotFound):
        photos.picture(app, picture)
    assert photos.room(app).bytes == 0


def test_photos_that_the_log_does_not_know_are_taken_back_in_or_erased(app, store):
    photo = photos.keep_photo(app, PICTURE, replace(FRONT, note="mine"))
    app.store.delete_entry(app.person_id, Photo, photo.id)  # as an older back-up does
    photos.sweep(later(app, 60 * 24))
    assert photos.room(app).strays == (photo.id,)
    assert photos.adopt_strays(app) == 1
    assert photos.photos(app) == (photo,)
    app.store.delete_entry(app.person_id, Photo, photo.id)
    assert photos.erase_strays(app) == 1
    assert photos.room(app) == photos.Room(bytes=0, deleted=0, strays=(), missing=0)


def test_photos_whose_files_are_not_there_are_counted_and_not_shown(app, store):
    photo = photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.files(app).erase(photo.id)
    assert (photos.photos(app), photos.room(app).missing) == ((), 1)
    with pytest.raises(PhotoGone):
        photos.picture(app, photo.id)


def test_deleting_everything_erases_files_and_key(app, store):
    photos.keep_photo(app, PICTURE, FRONT)
    history.delete_everything(app)
    assert store.kept == {}
    assert not (app.data_dir / "photos" / "me").exists()


# --- Taken out -------------------------------------------------------------------------------------------


def test_an_export_has_no_photo_in_it(app, store, tmp_path):
    photos.keep_photo(app, PICTURE, replace(FRONT, note="mine"))
    text = history.export(app).read_text()
    assert "mine" not in text
    assert "width_px" not in text


def test_photos_are_written_out_when_asked_each_under_its_day(app, store, tmp_path):
    for pose in ("front", "front", "back"):
        photos.keep_photo(app, PICTURE, NewPhoto(pose=pose))
    photos.keep_picture(app, PICTURE)
    out = photo_export.write_photos(app, tmp_path / "out")
    assert [one.name for one in out] == [
        "2026-11-25-front.jpg", "2026-11-25-front-2.jpg", "2026-11-25-back.jpg", "2026-11-25-board.jpg",
    ]  # fmt: skip
    assert seen(out[0].read_bytes()).shape == (320, 240, 3)
    with pytest.raises(NotAFolder) as error:
        photo_export.write_photos(app, tmp_path / "out")
    assert str(error.value) == (
        f"{tmp_path / 'out'} is not an empty folder. Give the name of a new one for the photos."
    )


def test_locked_photos_are_not_written_out_and_nothing_is(app, tmp_path):
    photo_vault.choose_passphrase(app, WORDS, WORDS)
    photos.keep_photo(app, PICTURE, FRONT)
    photo_vault.lock_up(app)
    with pytest.raises(PhotosLocked):
        photo_export.write_photos(app, tmp_path / "out")
    with pytest.raises(PhotosLocked):
        photo_export.zipped(app, history.export(app))
    assert not (tmp_path / "out").exists()


def test_everything_goes_into_one_zip_when_asked(app, store):
    photos.keep_photo(app, PICTURE, FRONT)
    data = b"".join(photo_export.zipped(app, history.export(app)))
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == ["openback-2026-11-25.json", "photos/2026-11-25-front.jpg"]


# --- Real photos ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Dumbbell_Shrug_0", "Pullups_0"])
def test_a_real_photo_is_blurred_around_the_person(tmp_path, store, real_dir, name):
    pytest.importorskip("mediapipe")
    data = (real_dir / "photos" / f"{name}.jpg").read_bytes()
    with memory_store() as kept:
        app = App(store=kept, catalogue=web_sample.catalogue(), data_dir=tmp_path, now=lambda: NOW)
        kept.put_profile(app.person_id, web_sample.PROFILE, at=NOW)
        photo = photos.keep_photo(app, data, FRONT)
        file = photos.opened_file(app, photo.id)
    before, after = seen(data).astype(float), seen(file.jpeg).astype(float)
    hips = file.landmarks[[23, 24, 11, 12], :2].mean(axis=0).astype(int)
    head = file.landmarks[:11, :2].mean(axis=0).astype(int)
    detail = [
        np.abs(np.diff(one, n=2, axis=1)).mean() for one in _cut(before, head, 10) + _cut(after, head, 10)
    ]
    assert detail[1] < 0.5 * detail[0], detail
    assert detail[1] < 1.2, detail
    assert np.abs(before - after)[hips[1] - 5 : hips[1] + 5, hips[0] - 5 : hips[0] + 5].mean() < 8
    corner = np.abs(np.diff(after[:60, :60], axis=1)).mean()
    assert corner < 2


def _cut(picture, at, reach):
    return [picture[at[1] - reach : at[1] + reach, at[0] - reach : at[0] + reach]]
