"""Where keys are: in the system's key store, and in memory while somebody looks."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringError, PasswordDeleteError

from openback.errors import KeyStoreSilent

SERVICE: Final = "openback photos"
# Project default: whoever leaves the machine for so long should not leave the photos open.
OPEN_FOR: Final = timedelta(minutes=15)
# Stores that write secrets to a file in the clear are no better than none.
_PLAIN: Final = ("keyrings.alt",)


class KeyStore(Protocol):
    """A place that holds keys for this user."""

    @property
    def name(self) -> str:
        """What people call it."""

    def get(self, account: str) -> bytes | None:
        """Return a key, None when it is not there. Raises KeyStoreSilent."""

    def put(self, account: str, key: bytes) -> None:
        """Keep a key. Raises KeyStoreSilent, also when it does not come back as it was."""

    def drop(self, account: str) -> None:
        """Take a key away; nothing happens when it is not there."""


@dataclass(frozen=True, slots=True)
class SystemStore:
    """The key store of the system: Keychain, Credential Manager, Secret Service or KWallet."""

    backend: KeyringBackend

    @property
    def name(self) -> str:
        """What people call it."""
        return _NAMES.get(type(self.backend).__module__.rpartition(".")[2], "the key store of this machine")

    def get(self, account: str) -> bytes | None:
        """Return a key, None when it is not there."""
        try:
            text = self.backend.get_password(SERVICE, account)
            return None if text is None else base64.b64decode(text, validate=True)
        except binascii.Error:
            return None
        # Back ends of a desktop that is not there raise errors of their own wires.
        except (KeyringError, OSError, RuntimeError) as error:
            raise KeyStoreSilent from error

    def put(self, account: str, key: bytes) -> None:
        """Keep a key, and see that it comes back."""
        try:
            self.backend.set_password(SERVICE, account, base64.b64encode(key).decode())
        except (KeyringError, OSError, RuntimeError) as error:
            raise KeyStoreSilent from error
        if self.get(account) != key:
            raise KeyStoreSilent

    def drop(self, account: str) -> None:
        """Take a key away."""
        try:
            self.backend.delete_password(SERVICE, account)
        except PasswordDeleteError:
            return
        except (KeyringError, OSError, RuntimeError) as error:
            raise KeyStoreSilent from error


_NAMES: Final = {
    "macOS": "the keychain of this Mac",
    "Windows": "the Credential Manager of Windows",
    "SecretService": "the key ring of your desktop",
    "libsecret": "the key ring of your desktop",
    "kwallet": "KWallet",
}


def system_store() -> KeyStore | None:
    """Return the key store of this machine, None where there is none that keeps secrets secret."""
    found = keyring.get_keyring()
    several = found.backends if isinstance(found, chainer.ChainerBackend) else [found]
    return next((SystemStore(one) for one in several if _keeps_secrets(one)), None)


def _keeps_secrets(backend: KeyringBackend) -> bool:
    plain = type(backend).__module__.startswith(_PLAIN)
    return not plain and not isinstance(backend, fail.Keyring | null.Keyring)


@dataclass(slots=True)
class MemoryStore:
    """Keys that go when the program ends: for the sample person, whose data go then, too."""

    kept: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it."""
        return "the memory of this sample"

    def get(self, account: str) -> bytes | None:
        """Return a key, None when it is not there."""
        return self.kept.get(account)

    def put(self, account: str, key: bytes) -> None:
        """Keep a key."""
        self.kept[account] = key

    def drop(self, account: str) -> None:
        """Take a key away."""
        self.kept.pop(account, None)


@dataclass(slots=True)
class OpenKeys:
    """Keys that a passphrase opened, in the memory of this process alone, each until it was idle for a while."""

    memory: MemoryStore = field(default_factory=MemoryStore)
    _open: dict[str, tuple[bytes, datetime]] = field(default_factory=dict, repr=False)

    def hold(self, account: str, key: bytes, now: datetime) -> None:
        """Hold a key from now on."""
        self._open[account] = (key, now)

    def get(self, account: str, now: datetime) -> bytes | None:
        """Return a key that is open, and let its time begin anew; None when it is not, or not any more."""
        key, used_at = self._open.get(account, (None, now))
        if key is None or now - used_at > OPEN_FOR:
            self._open.pop(account, None)
            return None
        self._open[account] = (key, now)
        return key

    def drop(self, account: str) -> None:
        """Forget a key."""
        self._open.pop(account, None)
