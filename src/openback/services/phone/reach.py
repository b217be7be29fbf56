"""How others reach a running app: where it is, by which names, and what they have to show."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from openback.services.phone.pairing import Pairing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where a running app can be opened.

    `addresses` are whole addresses with a slash at the end, the likeliest for a phone first; empty when
    nobody but this machine reaches it. `names` are the hosts it answers to besides this machine's own.
    Without `pairing` everybody who reaches it is let in.
    """

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    fingerprint: str = ""
    pairing: Pairing | None = None

    @property
    def link(self) -> str:
        """The address that a phone opens first; it carries the code. Empty when there is none."""
        if not self.addresses:
            return ""
        first = self.addresses[0]
        return first if self.pairing is None else f"{first}pair?code={quote(self.pairing.code)}"


HERE_ONLY = Reach()
