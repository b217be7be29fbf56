"""The vault: what is sealed opens with its key and with nothing else, and no plain byte lies anywhere."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError
from PIL import Image

from bodies import noise, seen, sent
from openback.errors import (
    KeyStoreSilent,
    NotAPicture,
    PhotoDamaged,
    PictureDamaged,
    PictureTooLarge,
    WrongPassphrase,
)
from openback.photos import picture as pictures
from openback.photos.keys import OPEN_FOR, OpenKeys, SystemStore, system_store
from openback.photos.picture import jpeg, mask_of, mask_png, read_picture
from openback.photos.sealed import Cost, fresh_key, key_from, seal, unseal
from openback.photos.vault import FILE, Vault, fits, in_key_store, new_lock, opened, under

CHEAP = Cost(n=2, r=1, p=1)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ONE = UUID("01a00000-0000-7000-8000-000000000001")


# --- Sealing ---------------------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.binary(max_size=20))
def test_what_is_sealed_opens_again(plain, about):
    key = fresh_key()
    sealed = seal(key, plain, about)
    assert unseal(key, sealed, about) == plain
    assert len(plain) < 8 or plain not in sealed


@given(st.binary(max_size=60), st.data())
def test_a_single_bit_that_was_changed_is_noticed(plain, data):
    key = fresh_key()
    sealed = bytearray(seal(key, plain, b"one"))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    assert unseal(key, bytes(sealed), b"one") is None


@pytest.mark.parametrize("cut", range(4))
def test_another_key_another_name_and_half_a_file_open_nothing(cut):
    key = fresh_key()
    sealed = seal(key, b"picture", b"one")
    assert unseal(fresh_key(), sealed, b"one") is None
    assert unseal(key, sealed, b"two") is None
    assert unseal(key, sealed[: cut * 8], b"one") is None


def test_the_same_thing_sealed_twice_does_not_look_the_same():
    key = fresh_key()
    assert seal(key, b"picture", b"") != seal(key, b"picture", b"")


def test_a_passphrase_stands_for_one_key_with_one_salt():
    assert key_from("four words", b"salt" * 4, CHEAP) == key_from("four words", b"salt" * 4, CHEAP)
    assert key_from("four words", b"salt" * 4, CHEAP) != key_from("four words", b"tlas" * 4, CHEAP)
    assert key_from("four words", b"salt" * 4, CHEAP) != key_from("four word", b"salt" * 4, CHEAP)


@pytest.mark.parametrize(
    ("n", "r", "sane"), [(2**17, 8, True), (3, 8, False), (0, 1, False), (2**24, 8, False)]
)
def test_a_file_cannot_ask_for_more_than_a_machine_has(n, r, sane):
    assert Cost(n=n, r=r, p=1).sane is sane


# --- Locks ------------------------------------------------------------------------------------------------


def test_a_lock_knows_its_key_and_its_passphrase():
    lock, key = new_lock("passphrase")
    kept = under(lock, key, "hearts of palm", CHEAP)
    assert fits(kept, key)
    assert not fits(kept, fresh_key())
    assert opened(kept, "hearts of palm") == key
    with pytest.raises(WrongPassphrase) as error:
        opened(kept, "hearts of plam")
    assert str(error.value) == (
        "This passphrase does not open the photos. Nothing was changed; write it once more."
    )


def test_a_lock_is_read_back_as_it_was_kept(tmp_path):
    vault = Vault(tmp_path / "photos")
    assert vault.lock() is None
    lock, key = new_lock("passphrase")
    for kept in (under(lock, key, "hearts of palm", CHEAP), in_key_store(lock)):
        vault.keep_lock(kept)
        assert vault.lock() == kept
    assert key not in (vault.folder / FILE).read_bytes()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 2}', '{"version": 1, "id": "x", "way": "magic", "check": ""}'],
)
def test_a_lock_that_was_tampered_with_is_said_to_be(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(PhotoDamaged, match=r"vault\.json was changed or cut off"):
        Vault(tmp_path).lock()


def test_a_lock_that_asks_for_all_the_memory_is_not_believed(tmp_path):
    vault = Vault(tmp_path)
    lock, key = new_lock("passphrase")
    vault.keep_lock(under(lock, key, "hearts of palm", CHEAP))
    told = json.loads((tmp_path / FILE).read_text())
    told["scrypt"]["n"] = 2**40
    (tmp_path / FILE).write_text(json.dumps(told))
    with pytest.raises(PhotoDamaged):
        vault.lock()


# --- Files ------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    vault = Vault(tmp_path / "none")
    assert (vault.photos(), vault.gone(), vault.get(fresh_key(), ONE)) == ({}, {}, None)
    vault.erase(ONE)
    vault.erase_all()


def test_a_photo_is_kept_for_its_owner_only_and_found_again(tmp_path):
    vault, key = Vault(tmp_path / "photos"), fresh_key()
    vault.put(key, ONE, b"picture")
    assert vault.get(key, ONE) == b"picture"
    assert list(vault.photos()) == [ONE]
    assert [one.name for one in vault.folder.iterdir()] == [f"{ONE}.photo"]
    if os.name == "posix":
        assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(vault.file(ONE).stat().st_mode) == 0o600


def test_a_photo_under_another_name_or_key_is_not_shown(tmp_path):
    vault, key = Vault(tmp_path), fresh_key()
    vault.put(key, ONE, b"picture")
    other = uuid4()
    vault.file(ONE).rename(vault.file(other))
    for wrong in (key, fresh_key()):
        with pytest.raises(PhotoDamaged) as error:
            vault.get(wrong, other)
    assert str(error.value) == (
        f"The file of photo {other} was changed or cut off, or belongs to another key, so it cannot be shown. "
        "Bring the file back from a copy of the folder, or delete the photo."
    )


def test_a_photo_that_was_let_go_waits_until_it_is_wanted_back_or_erased(tmp_path):
    vault, key = Vault(tmp_path), fresh_key()
    vault.let_go(ONE, NOW)
    assert vault.gone() == {}  # there is no such photo
    vault.put(key, ONE, b"picture")
    vault.let_go(ONE, NOW)
    assert vault.gone() == {ONE: NOW}
    vault.want_back(ONE)
    assert (vault.gone(), vault.get(key, ONE)) == ({}, b"picture")
    vault.let_go(ONE, NOW)
    vault.erase(ONE)
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_stays_when_the_disk_says_no(tmp_path, monkeypatch):
    vault, key = Vault(tmp_path), fresh_key()
    vault.put(key, ONE, b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        vault.put(key, ONE, b"after")
    assert vault.get(key, ONE) == b"before"
    assert len(list(tmp_path.iterdir())) == 1


# --- Key stores -------------------------------------------------------------------------------------------


class Ring(KeyringBackend):
    """A key ring in memory, which may be locked."""

    priority = 1

    def __init__(self, *, locked: bool = False, forgets: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked, self.forgets = locked, forgets

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.locked:
            raise KeyringLocked
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


def test_a_key_store_gives_back_the_key_until_it_is_dropped():
    store, key = SystemStore(Ring()), fresh_key()
    assert store.get("one") is None
    store.put("one", key)
    assert (store.get("one"), store.get("two")) == (key, None)
    store.drop("one")
    store.drop("one")
    assert store.get("one") is None


@pytest.mark.parametrize("ring", [Ring(locked=True), Ring(forgets=True)], ids=["locked", "keeps nothing"])
def test_a_key_store_that_does_not_do_its_work_says_so(ring):
    with pytest.raises(KeyStoreSilent) as error:
        SystemStore(ring).put("one", fresh_key())
    assert str(error.value) == (
        "The key of these photos is in this machine's key store, and that does not answer. Unlock it, or "
        "start Openback from the desktop that it belongs to, and try again. The photos are as they were."
    )


def test_what_is_in_the_key_store_and_no_key_is_none():
    ring = Ring()
    ring.set_password("openback photos", "one", "not base 64 !")
    assert SystemStore(ring).get("one") is None


class PlainFile(Ring):
    """A key ring that writes a file in the clear."""


PlainFile.__module__ = "keyrings.alt.file"


@pytest.mark.parametrize(
    "backend", [fail.Keyring(), null.Keyring(), PlainFile()], ids=["fail", "null", "plain"]
)
def test_a_machine_without_a_store_that_keeps_secrets_has_none(monkeypatch, backend):
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    assert system_store() is None


def test_tests_have_no_key_store():
    assert system_store() is None


def test_a_key_is_open_until_it_was_left_alone():
    keys, key = OpenKeys(), fresh_key()
    assert keys.get("one", NOW) is None
    keys.hold("one", key, NOW)
    assert keys.get("one", NOW + OPEN_FOR) == key
    assert keys.get("one", NOW + 2 * OPEN_FOR) == key  # used since
    assert keys.get("one", NOW + 4 * OPEN_FOR) is None
    keys.hold("one", key, NOW)
    keys.drop("one")
    keys.drop("one")
    assert keys.get("one", NOW) is None


# --- Pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7", b"\0" * 100], ids=["empty", "text", "pdf", "zeros"]
)
def test_what_is_no_picture_is_said_to_be_none(data):
    with pytest.raises(NotAPicture) as error:
        read_picture(data)
    assert str(error.value) == (
        "This is not a picture that can be read. Nothing was kept; choose a JPEG, PNG or WebP file. "
        "Some phones save HEIC: let them share or save it as JPEG."
    )


def test_half_a_picture_is_said_to_be_damaged():
    with pytest.raises(PictureDamaged) as error:
        read_picture(sent(noise())[:4000])
    assert str(error.value) == (
        "This picture is broken off or damaged. Nothing was kept; choose it again or another."
    )


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_whatever_comes_is_read_or_refused_in_a_sentence(junk, at):
    data = bytearray(sent(noise(size=(24, 32)), "PNG"))
    data[at : at + len(junk)] = junk
    try:
        assert read_picture(bytes(data)).picture.shape[2] == 3
    except (NotAPicture, PictureDamaged, PictureTooLarge):
        return


def test_a_picture_that_is_too_large_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 240 * 320 - 1)
    with pytest.raises(PictureTooLarge) as error:
        read_picture(sent(noise()))
    assert str(error.value) == (
        "A picture may have 30 MB and 0 megapixels, and this one has more. Nothing was kept; choose a smaller one."
    )
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(PictureTooLarge):
        read_picture(sent(noise()))


@pytest.mark.parametrize(
    ("turn", "shape"), [(1, (320, 240)), (6, (240, 320)), (3, (320, 240)), (8, (240, 320))]
)
def test_a_picture_stands_upright_as_its_camera_says(turn, shape):
    exif = Image.Exif()
    exif[0x0112] = turn
    assert read_picture(sent(noise(), exif=exif)).picture.shape[:2] == shape


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_large_pictures_are_shrunk_and_small_ones_stay(kind):
    read = read_picture(sent(noise(size=(600, 300)), kind), long_side_px=200)
    assert read.picture.shape == (100, 200, 3)
    assert read_picture(sent(noise(), kind)).picture.shape == (320, 240, 3)


def test_what_a_camera_adds_is_read_once_and_not_kept():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 07:30:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Somebody's phone"
    data = sent(noise(), exif=exif)
    assert b"Somebody" in data
    read = read_picture(data)
    assert str(read.taken_at) == "2026-03-01 07:30:00"
    kept = jpeg(read.picture)
    assert b"Exif" not in kept
    assert b"Somebody" not in kept
    assert read_picture(kept).taken_at is None


def test_a_day_that_is_none_is_not_believed():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "0000:00:00 00:00:00"
    assert read_picture(sent(noise(), exif=exif)).taken_at is None


def test_what_is_see_through_stands_on_white():
    layer = np.zeros((10, 10, 4), np.uint8)
    assert (read_picture(sent(layer, "PNG")).picture == 255).all()


def test_a_mask_is_read_back_small_and_alike():
    mask = np.zeros((400, 200))
    mask[100:300] = 1
    back = mask_of(mask_png(mask, long_side_px=100))
    assert back.shape == (100, 50)
    assert (back[30:70] == 1).all()
    assert back[:20].max() == 0


def test_a_jpeg_looks_like_its_picture():
    smooth = np.tile(np.linspace(0, 255, 240).astype(np.uint8)[None, :, None], (320, 1, 3))
    assert np.abs(seen(jpeg(smooth)).astype(int) - smooth).max() < 8
    assert seen(jpeg(smooth, long_side_px=32)).shape == (32, 24, 3)
