"""The key of somebody's photos: where it is, whether it is there now, and how that is changed.

With a key store of the system the key lies there, and photos open without a word. Without one, or when
somebody likes it better, a passphrase opens them, until they are locked or were left alone for a while.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from openback.errors import (
    KeyStoreSilent,
    NoKeyStore,
    PassphraseNeeded,
    PassphrasesDiffer,
    PhotoDamaged,
    PhotoKeyLost,
    PhotosLocked,
    WeakPassphrase,
)
from openback.photos.keys import KeyStore, system_store
from openback.photos.vault import Lock, Vault, Way, fits, in_key_store, new_lock, opened, under
from openback.services.app import App

VaultState = Literal["new", "open", "locked", "lost", "unreachable"]
LEAST_CHARACTERS: Final = 10  # project default: NIST SP 800-63B asks for eight at the least


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultView:
    """How it stands with the key. `way` is None before there is a key; `store` is what people call the key store
    of this machine, empty where there is none; `said` is what stands in the way, empty when nothing does.
    """

    state: VaultState
    way: Way | None
    store: str
    said: str = ""

    @property
    def asks_first(self) -> bool:
        """Whether a passphrase has to be chosen before the first photo."""
        return self.state == "new" and not self.store


def files(app: App) -> Vault:
    """Return where this person's photos lie."""
    return Vault(app.data_dir / "photos" / quote(app.person_id, safe=""))


def key_store(app: App) -> KeyStore | None:
    """Return the key store to use; a sample person's keys never leave this process."""
    return app.keys.memory if app.demo else system_store()


def vault(app: App) -> VaultView:
    """Return how it stands with the key."""
    store = key_store(app)
    name = store.name if store else ""
    try:
        lock = files(app).lock()
    except PhotoDamaged as error:
        return VaultView(state="lost", way=None, store=name, said=str(error))
    if lock is None:
        return VaultView(state="new", way=None, store=name)
    state, said = _state(app, lock)
    return VaultView(state=state, way=lock.way, store=name, said=said)


def _state(app: App, lock: Lock) -> tuple[VaultState, str]:
    try:
        _key_of(app, lock)
    except PhotosLocked as error:
        return "locked", str(error)
    except PhotoKeyLost as error:
        return "lost", str(error)
    except KeyStoreSilent as error:
        return "unreachable", str(error)
    return "open", ""


# --- The key ------------------------------------------------------------------------------------------


def open_key(app: App) -> bytes:
    """Return the key of photos that are there.

    Raises PhotosLocked, PhotoKeyLost, KeyStoreSilent; PassphraseNeeded before there is a key.
    """
    lock = files(app).lock()
    if lock is None:
        raise PassphraseNeeded
    return _key_of(app, lock)


def key_to_keep(app: App) -> bytes:
    """Return the key to keep a photo with; the first time it is made, in the key store of this machine.

    Raises what `open_key` raises.
    """
    store = key_store(app)
    if files(app).lock() is not None or store is None:
        return open_key(app)
    lock, key = new_lock("key_store")
    try:
        store.put(lock.id, key)
    except KeyStoreSilent as error:
        raise PassphraseNeeded from error
    files(app).keep_lock(lock)
    app.keys.hold(lock.id, key, app.now())
    return key


def _key_of(app: App, lock: Lock) -> bytes:
    held = app.keys.get(lock.id, app.now())
    if held is not None:
        return held
    if lock.way == "passphrase":
        raise PhotosLocked
    store = key_store(app)
    if store is None:
        raise KeyStoreSilent
    key = store.get(lock.id)
    if key is None or not fits(lock, key):
        raise PhotoKeyLost
    app.keys.hold(lock.id, key, app.now())
    return key


# --- Passphrases ------------------------------------------------------------------------------------


def unlock(app: App, passphrase: str) -> None:
    """Open the photos for a while. Raises WrongPassphrase; PassphraseNeeded before there is a key."""
    lock = files(app).lock()
    if lock is None:
        raise PassphraseNeeded
    if lock.way == "passphrase":
        app.keys.hold(lock.id, opened(lock, passphrase), app.now())


def lock_up(app: App) -> None:
    """Lock the photos: the passphrase is asked for again."""
    lock = files(app).lock()
    if lock is not None:
        app.keys.drop(lock.id)


def choose_passphrase(app: App, passphrase: str, again: str, *, before: str = "") -> None:
    """Keep the key under a passphrase from now on; the photos stay as they are. `before` is the former one.

    Raises WeakPassphrase, PassphrasesDiffer, WrongPassphrase, PhotoKeyLost or KeyStoreSilent; nothing is changed then.
    """
    if passphrase != again:
        raise PassphrasesDiffer
    if len(passphrase) < LEAST_CHARACTERS:
        raise WeakPassphrase(LEAST_CHARACTERS)
    lock = files(app).lock()
    if lock is None:
        lock, key = new_lock("passphrase")
    else:
        key = opened(lock, before) if lock.way == "passphrase" else _key_of(app, lock)
    files(app).keep_lock(under(lock, key, passphrase))
    app.keys.hold(lock.id, key, app.now())
    _forget_in_store(app, lock)


def choose_key_store(app: App, passphrase: str) -> None:
    """Keep the key in this machine's key store from now on. Raises NoKeyStore, WrongPassphrase or KeyStoreSilent."""
    lock, store = files(app).lock(), key_store(app)
    if store is None:
        raise NoKeyStore
    if lock is None or lock.way == "key_store":
        return
    key = opened(lock, passphrase)
    store.put(lock.id, key)
    files(app).keep_lock(in_key_store(lock))
    app.keys.hold(lock.id, key, app.now())


def erase_all(app: App) -> None:
    """Erase every photo and the key to them, for good."""
    try:
        lock = files(app).lock()
    except PhotoDamaged:
        lock = None
    files(app).erase_all()
    if lock is not None:
        app.keys.drop(lock.id)
        with suppress(KeyStoreSilent):  # a key that is left behind opens nothing any more
            _forget_in_store(app, lock)


def _forget_in_store(app: App, lock: Lock) -> None:
    """Take the key out of the key store, if it was there."""
    store = key_store(app)
    if lock.way == "key_store" and store is not None:
        store.drop(lock.id)
