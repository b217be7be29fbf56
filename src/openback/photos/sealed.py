"""Encryption of bytes: AES-256-GCM for what is kept, scrypt for what a person remembers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12  # what GCM is made for; random ones do not meet in fewer than billions of photos
MARK: Final = b"OBP1"  # how everything that is sealed begins; the number is that of the format


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess at a passphrase costs: scrypt's own three numbers.

    The usual one takes 128 MiB and about half a second of a laptop, as OWASP advises for scrypt.
    """

    n: int = 2**17
    r: int = 8
    p: int = 1

    @property
    def sane(self) -> bool:
        """Whether a machine can be asked for this: a file that was tampered with could say anything."""
        powers = self.n > 1 and self.n & (self.n - 1) == 0
        return powers and self.r >= 1 and self.p >= 1 and self.n * self.r * self.p <= 2**23


def fresh_key() -> bytes:
    """Return a new key out of the system's randomness."""
    return secrets.token_bytes(KEY_BYTES)


def key_from(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the key that a passphrase stands for."""
    kdf = Scrypt(salt=salt, length=KEY_BYTES, n=cost.n, r=cost.r, p=cost.p)
    return kdf.derive(passphrase.encode())


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """Return bytes encrypted under a key. `about` is not hidden, but opening needs the very same."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return MARK + nonce + AESGCM(key).encrypt(nonce, plain, MARK + about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes | None:
    """Return what was sealed; None when the key or `about` is another, or a single bit was changed."""
    head = len(MARK) + _NONCE_BYTES
    if not sealed.startswith(MARK) or len(sealed) < head:
        return None
    try:
        return AESGCM(key).decrypt(sealed[len(MARK) : head], sealed[head:], MARK + about)
    except InvalidTag:
        return None
