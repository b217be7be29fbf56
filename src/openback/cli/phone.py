"""What the terminal says about opening the app, here and on a phone."""

from __future__ import annotations

import sys
from typing import Final

from openback.cli.output import out
from openback.services.phone.qr import qr_text
from openback.services.phone.reach import Reach

# Dark modules are drawn in black on white, so that it can be read off a terminal of any colours.
_QR_STYLE: Final = "#000000 on #ffffff"

WARNS_ONCE: Final = (
    "The phone's browser warns once, because this machine made the certificate itself and no authority "
    "vouches for it. Compare the fingerprint there, then go on."
)
NO_NETWORK: Final = (
    "This machine is in no network now, so no phone reaches it. Connect it, then start Openback again."
)
WHO: Final = (
    "Everybody in your network can reach this address; only devices that opened the QR code are let in."
)


def say_how_to_open(address: str, reach: Reach, *, beyond: bool, demo: bool) -> None:
    """Say where the app is, and what a phone has to open when it is to be open `beyond` this machine."""
    out.print(f"Openback is at {address}", soft_wrap=True, markup=False, emoji=False)
    if reach.addresses:
        _say_phone(reach)
    elif beyond:
        out.print(NO_NETWORK, soft_wrap=True)
    out.print("Stop it with Ctrl+C." + (" The sample data goes away then." if demo else ""))


def _say_phone(reach: Reach) -> None:
    out.print(f"On your phone: {reach.link}", soft_wrap=True, markup=False, emoji=False)
    if out.is_terminal and (sys.stdout.encoding or "").lower().startswith("utf"):
        out.print(qr_text(reach.link), style=_QR_STYLE, markup=False)
    if len(reach.addresses) > 1:
        out.print("Also at " + ", ".join(reach.addresses[1:]), soft_wrap=True, markup=False, emoji=False)
    if reach.fingerprint:
        out.print(WARNS_ONCE, soft_wrap=True)
        # As it is: rich would read `:CD:` as the name of a picture.
        out.print(f"SHA-256 fingerprint: {reach.fingerprint}", soft_wrap=True, markup=False, emoji=False)
    if reach.pairing is not None:
        out.print(WHO, soft_wrap=True)
