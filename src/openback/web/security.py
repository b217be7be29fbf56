"""What stands between the app and other sites: hosts, origins, sizes and the answer's headers.

Plain ASGI, so that nothing is read or rendered before a request has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from openback.errors import ClipTooBig

LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
MIB: Final = 1024 * 1024
BODY_LIMIT: Final = 1 * MIB  # forms and JSON
UPLOAD_LIMIT: Final = 200 * MIB  # histories and back-ups
PICTURE_LIMIT: Final = (
    31 * MIB
)  # photos and pictures of the board, which stay in memory; with the form around
CLIP_LIMIT: Final = 2000 * MIB  # clips of sets; project default: ten minutes in 1080p
DRAIN_LIMIT: Final = 4096 * MIB

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "media-src 'self'; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)

# The pose model is WebAssembly, which runs in a worker that one of our own scripts starts: a worker stands under
# the policy that its script came with. Pages, and what they load as scripts, stay without.
WORKER_POLICY: Final = CONTENT_SECURITY_POLICY.replace(
    "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
)

HEADERS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    # Nothing is told to any other host. Not `no-referrer`: browsers would then send `Origin: null`
    # with our own forms, and on a plain-HTTP address of the home network we could not tell them from others.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "x-frame-options": "DENY",
}

# The coach and the player of a flow hear "stop" where the browser understands speech on the device itself, and when
# it was asked to.
COACH_PERMISSIONS: Final = HEADERS["permissions-policy"].replace("microphone=()", "microphone=(self)")

HOST_SENTENCE: Final = (
    "Openback does not answer to the name {host!r}. Open http://127.0.0.1 with its port, "
    "or start it with `openback serve --name` and that name."
)
ORIGIN_SENTENCE: Final = (
    "This request came from another site, so nothing was done. Open Openback itself and try again there."
)
SIZE_SENTENCE: Final = (
    "That is more than the {limit} MB that Openback takes at once. Nothing was kept; send a smaller file."
)


CLOSED: Final = {"type": "websocket.close", "code": 1008}


def host_name(host: str) -> str:
    """Return the name in a Host header without its port, in lower case: `[::1]:8000` gives `[::1]`."""
    name, colon, port = host.lower().rpartition(":")
    has_port = bool(colon) and port.isdigit() and (":" not in name or name.endswith("]"))
    return name if has_port else host.lower()


def from_elsewhere(headers: Headers) -> bool:
    """Return whether a request that changes something was sent by a page of another origin.

    Browsers say so in Sec-Fetch-Site (secure contexts and 127.0.0.1) or Origin; a request with
    neither does not come from a page of a browser.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return True
    if origin is None:
        return False
    if origin == "null":
        return site != "same-origin"
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def takes_uploads(path: str) -> bool:
    """Return whether a path takes whole files."""
    return path.rstrip("/").endswith(("/import", "/restore"))


def takes_clips(path: str) -> bool:
    """Return whether a path takes a clip."""
    return path.startswith("/session/") and path.rstrip("/").endswith("/clips")


def takes_pictures(path: str) -> bool:
    """Return whether a path takes pictures of a person."""
    return path.startswith(("/progress/photos", "/progress/board"))


def size_limit(path: str) -> int:
    """Return the largest body in bytes that a path takes."""
    if takes_pictures(path):
        return PICTURE_LIMIT
    if takes_clips(path):
        return CLIP_LIMIT
    return UPLOAD_LIMIT if takes_uploads(path) else BODY_LIMIT


class Guard:
    """Refuses foreign hosts and origins and bodies that are too large; adds the headers of `HEADERS`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        refuse: Callable[[Request, HTTPException], Response],
        hosts: Collection[str] = (),
    ) -> None:
        self.app = app
        self.refuse = refuse
        self.hosts = LOCAL_HOSTS | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope, Headers(scope=scope))
        if scope["type"] == "websocket":
            await (self.app(scope, receive, send) if refusal is None else send(CLOSED))
            return
        send = with_headers(send, scope["path"])
        if refusal is None:
            await self.app(scope, limited(receive, scope["path"]), send)
            return
        if refusal.status_code == 413:
            await drain(receive)
        await self.refuse(Request(scope), refusal)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> HTTPException | None:
        """Return why a request is refused before anything is read, or None."""
        host = headers.get("host", "")
        if host_name(host) not in self.hosts:
            return HTTPException(421, HOST_SENTENCE.format(host=host_name(host)))
        if scope.get("method", "WEBSOCKET") not in SAFE_METHODS and from_elsewhere(headers):
            return HTTPException(403, ORIGIN_SENTENCE)
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > size_limit(scope["path"]):
            return too_large(scope["path"])
        return None


def too_large(path: str) -> HTTPException:
    """Return the refusal of a body that is larger than a path takes."""
    limit = size_limit(path) // MIB
    return HTTPException(
        413, str(ClipTooBig(limit)) if takes_clips(path) else SIZE_SENTENCE.format(limit=limit)
    )


async def drain(receive: Receive) -> None:
    """Read and drop a body, so that a browser which is still sending gets to see the answer."""
    seen = 0
    while seen < DRAIN_LIMIT:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def limited(receive: Receive, path: str) -> Receive:
    """Return `receive` that stops a body of unknown length at what a path takes."""
    seen, limit = 0, size_limit(path)

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise too_large(path)
        return message

    return counted


def with_headers(send: Send, path: str) -> Send:
    """Return `send` that adds the security headers, and says how long an answer may be kept."""
    for_ever = path.startswith("/static/dist/")
    is_script = for_ever and path.endswith((".js", ".mjs"))

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if is_script:
                headers["content-security-policy"] = WORKER_POLICY
            if path == "/coach" or path.startswith("/desk/flow/"):
                headers["permissions-policy"] = COACH_PERMISSIONS
            if message["status"] == 200 and for_ever:
                headers["cache-control"] = "public, max-age=31536000, immutable"
            else:
                headers.setdefault("cache-control", "no-cache, private")
        await send(message)

    return sent
