"""The addresses and names that this machine has in its home network, found without asking anybody."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from typing import Final

from openback.services.phone import interfaces

# Networks between this machine and containers or virtual machines in it: no phone is there.
INSIDE: Final = ("br-", "cni", "docker", "lxc", "podman", "veth", "virbr", "vmnet", "vnet")
_NAME: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LONGEST_NAME: Final = 253


def own_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this machine in networks, the likeliest for a phone first; empty without any."""
    found = dict.fromkeys(address for name, address in interfaces.pairs() if not name.startswith(INSIDE))
    first = _outward()
    ordered = [first] if first is not None else []
    return tuple(dict.fromkeys(one for one in [*ordered, *found] if _is_reachable(one)))


def own_names() -> tuple[str, ...]:
    """Return the names under which others may find this machine: `anna-laptop.local` and `anna-laptop`.

    Empty when it has none that could stand in an address.
    """
    name = socket.gethostname().lower().rstrip(".")
    if not is_name(name) or name == "localhost" or name.startswith("localhost."):
        return ()
    short = name.split(".")[0]
    return tuple(dict.fromkeys((f"{short}.local", name, short)))


def is_name(text: str) -> bool:
    """Return whether a text can be a machine's name in an address."""
    return len(text) <= _LONGEST_NAME and all(_NAME.fullmatch(part) for part in text.split("."))


def is_loopback(host: str) -> bool:
    """Return whether an address or name means this machine itself and is open to nobody else."""
    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        one = ipaddress.ip_address(host.strip("[]"))
        # Who listens on `::` hears of IPv4 callers in this dress: `::ffff:127.0.0.1`.
        return (getattr(one, "ipv4_mapped", None) or one).is_loopback
    return False


def is_any(host: str) -> bool:
    """Return whether listening there means listening on every address of the machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_unspecified
    return False


def _is_reachable(address: str) -> bool:
    one = ipaddress.ip_address(address)
    return not (one.is_loopback or one.is_unspecified or one.is_multicast)


def _outward() -> str | None:
    """Return the address that this machine would speak from, or None without a network.

    Connecting a UDP socket chooses the way and sends nothing.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked, suppress(OSError):
        asked.connect(("192.0.2.1", 9))  # set aside for documentation (RFC 5737): nobody has it
        return str(asked.getsockname()[0])
    return None
