"""Lets devices in that were paired, and nobody else, once others can reach the app.

Plain ASGI, like the guard, and inside of it: names and origins were looked at before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from openback.services.phone.addresses import is_loopback
from openback.services.phone.pairing import Pairing
from openback.web.security import CLOSED, LOCAL_HOSTS, host_name

COOKIE: Final = "openback_paired"
COOKIE_S: Final = 400 * 24 * 3600  # the longest that browsers keep one
# What an unpaired device may have: the way in, and styles, scripts and icons, which say nothing of a person.
# Browsers fetch the manifest of the home screen without cookies. Calendar programs have none either: their
# address carries a secret of its own.
OPEN: Final = ("/pair", "/static/", "/sw.js", "/favicon.ico", "/calendar/")

NOT_PAIRED: Final = (
    "This device is not paired with Openback yet: scan the QR code that Openback shows in its terminal, "
    "or on a device that is let in under Settings, On your phone."
)
Refuse = Callable[[Request], Response]


class Paired:
    """Answers this machine itself and devices that show the code; the others get one sentence."""

    def __init__(self, app: ASGIApp, *, pairing: Pairing, refuse: Refuse) -> None:
        self.app = app
        self.pairing = pairing
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"} or self._is_let_in(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send(CLOSED)
        else:
            await self.refuse(Request(scope))(scope, receive, send)

    def _is_let_in(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if any(path == one or (one.endswith("/") and path.startswith(one)) for one in OPEN):
            return True
        return is_this_machine(scope) or self.pairing.fits(_shown(HTTPConnection(scope)))


def is_this_machine(scope: Scope) -> bool:
    """Return whether a request came from this machine and by its own name, so through no proxy."""
    client = scope.get("client")
    host = host_name(Headers(scope=scope).get("host", ""))
    return client is not None and is_loopback(client[0]) and host in LOCAL_HOSTS


def _shown(connection: HTTPConnection) -> str:
    """Return the code that a request brings: in the cookie, or as programs do it, in `Authorization: Bearer`."""
    kind, _, code = connection.headers.get("authorization", "").partition(" ")
    return code if kind.lower() == "bearer" else connection.cookies.get(COOKIE, "")
