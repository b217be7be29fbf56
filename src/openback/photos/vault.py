"""A folder of encrypted files, and how its key is kept.

`vault.json` says which way: the key lies in the system's key store, or in that very file, itself encrypted
under a passphrase. Every other file is one photo, named after its id. No plain byte of a photo is ever
written, not even for a moment: what is written is sealed first.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from uuid import UUID, uuid4

from openback.errors import PhotoDamaged, WrongPassphrase
from openback.photos.sealed import SALT_BYTES, Cost, fresh_key, key_from, seal, unseal

Way = Literal["key_store", "passphrase"]
FILE: Final = "vault.json"
ENDING: Final = ".photo"
GONE: Final = ".gone"
_CHECK: Final = b"openback photos"
USUAL_COST: Final = Cost()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """How the key of a vault is kept. `check` tells the right key from another; `wrapped` is the key itself,
    under the passphrase.
    """

    id: str
    way: Way
    check: bytes
    salt: bytes = b""
    wrapped: bytes = b""
    cost: Cost = USUAL_COST


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder of sealed files."""

    folder: Path

    # --- The key ---------------------------------------------------------------------------------

    def lock(self) -> Lock | None:
        """Return how the key is kept; None before there is one. Raises PhotoDamaged."""
        try:
            text = (self.folder / FILE).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            return _lock_of(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise PhotoDamaged(FILE) from error

    def keep_lock(self, lock: Lock) -> None:
        """Keep how the key is kept, in one step."""
        self._write(FILE, json.dumps(_lock_json(lock), indent=1).encode())

    # --- Files -----------------------------------------------------------------------------------

    def file(self, photo_id: UUID) -> Path:
        """Return where a photo lies."""
        return self.folder / f"{photo_id}{ENDING}"

    def put(self, key: bytes, photo_id: UUID, plain: bytes) -> None:
        """Keep a photo, whole or not at all."""
        self._write(self.file(photo_id).name, seal(key, plain, photo_id.bytes))

    def get(self, key: bytes, photo_id: UUID) -> bytes | None:
        """Return a photo; None when there is no file. Raises PhotoDamaged."""
        try:
            sealed = self.file(photo_id).read_bytes()
        except FileNotFoundError:
            return None
        plain = unseal(key, sealed, photo_id.bytes)
        if plain is None:
            raise PhotoDamaged(str(photo_id))
        return plain

    def erase(self, photo_id: UUID) -> None:
        """Take the file of a photo away, for good."""
        self.file(photo_id).unlink(missing_ok=True)
        self.want_back(photo_id)

    # --- Files that wait to be erased ------------------------------------------------------------

    def let_go(self, photo_id: UUID, at: datetime) -> None:
        """Mark a photo as one that may be erased after a while."""
        if self.file(photo_id).is_file():
            self._write(f"{photo_id}{GONE}", at.isoformat().encode())

    def want_back(self, photo_id: UUID) -> None:
        """Take the mark away again."""
        (self.folder / f"{photo_id}{GONE}").unlink(missing_ok=True)

    def gone(self) -> dict[UUID, datetime]:
        """Return the photos that are marked, and since when."""
        found: dict[UUID, datetime] = {}
        for one in sorted(self.folder.glob(f"*{GONE}")) if self.folder.is_dir() else ():
            with suppress(ValueError, FileNotFoundError):
                found[UUID(one.stem)] = datetime.fromisoformat(one.read_text(encoding="utf-8"))
        return found

    def erase_all(self) -> None:
        """Take the whole folder away, for good."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def photos(self) -> dict[UUID, int]:
        """Return the photos whose files are there, with the room each takes in bytes, in order of their ids."""
        there = self.folder.glob(f"*{ENDING}") if self.folder.is_dir() else ()
        found: dict[UUID, int] = {}
        for one in sorted(there):
            with suppress(ValueError, FileNotFoundError):
                found[UUID(one.stem)] = one.stat().st_size
        return found

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self.folder / f".{name}.{secrets.token_hex(4)}.part"
        try:
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            part.replace(self.folder / name)
        finally:
            part.unlink(missing_ok=True)


# --- Locks ----------------------------------------------------------------------------------------


def new_lock(way: Way) -> tuple[Lock, bytes]:
    """Return a lock and its fresh key. With a passphrase, `under` has to follow."""
    key, name = fresh_key(), str(uuid4())
    return Lock(id=name, way=way, check=seal(key, _CHECK, name.encode())), key


def fits(lock: Lock, key: bytes) -> bool:
    """Return whether a key is the one of a lock."""
    return unseal(key, lock.check, lock.id.encode()) == _CHECK


def under(lock: Lock, key: bytes, passphrase: str, cost: Cost | None = None) -> Lock:
    """Return the lock of the same key, kept under a passphrase from now on."""
    salt, cost = secrets.token_bytes(SALT_BYTES), cost or USUAL_COST
    wrapped = seal(key_from(passphrase, salt, cost), key, lock.id.encode())
    return replace(lock, way="passphrase", salt=salt, wrapped=wrapped, cost=cost)


def in_key_store(lock: Lock) -> Lock:
    """Return the lock of the same key, which lies in the key store from now on."""
    return replace(lock, way="key_store", salt=b"", wrapped=b"", cost=USUAL_COST)


def opened(lock: Lock, passphrase: str) -> bytes:
    """Return the key that a passphrase opens. Raises WrongPassphrase."""
    key = unseal(key_from(passphrase, lock.salt, lock.cost), lock.wrapped, lock.id.encode())
    if key is None or not fits(lock, key):
        raise WrongPassphrase
    return key


def _lock_json(lock: Lock) -> dict[str, object]:
    told: dict[str, object] = {"version": 1, "id": lock.id, "way": lock.way, "check": _text(lock.check)}
    if lock.way == "passphrase":
        cost = {"n": lock.cost.n, "r": lock.cost.r, "p": lock.cost.p}
        told |= {"scrypt": cost, "salt": _text(lock.salt), "wrapped": _text(lock.wrapped)}
    return told


def _lock_of(told: dict[str, Any]) -> Lock:
    way = told["way"]
    if told["version"] != 1 or way not in {"key_store", "passphrase"}:
        raise ValueError(way)
    lock = Lock(id=str(UUID(told["id"])), way=way, check=_bytes(told["check"]))
    if way == "key_store":
        return lock
    cost = Cost(**{name: int(told["scrypt"][name]) for name in ("n", "r", "p")})
    if not cost.sane:
        raise ValueError(cost)
    return replace(lock, salt=_bytes(told["salt"]), wrapped=_bytes(told["wrapped"]), cost=cost)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
