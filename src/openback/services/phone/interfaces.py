"""The network interfaces of this machine with their IPv4 addresses, as its own system tells them."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

# "Get the address of an interface", as the systems number it.
_ASK: Final = {"linux": 0x8915, "darwin": 0xC0206921}
_REQUEST: Final = struct.Struct("16s16s")  # struct ifreq: a name, and a sockaddr for the answer


def pairs() -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each interface that has one; on Windows the names are empty."""
    if sys.platform == "win32":
        # Answered by Windows itself for its own name.
        with suppress(OSError):
            for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
                yield "", str(found[4][0])
        return
    ask = _ASK.get(sys.platform)
    if ask is None:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            address = _address(asked, ask, name)
            if address is not None:
                yield name, address


def _address(asked: socket.socket, ask: int, name: str) -> str | None:
    import fcntl  # noqa: PLC0415 - Windows has none

    request = _REQUEST.pack(name.encode()[:15], b"") + bytes(8)
    with suppress(OSError):
        answer = fcntl.ioctl(asked.fileno(), ask, request)
        return socket.inet_ntoa(answer[20:24])
    return None  # an interface without an address
