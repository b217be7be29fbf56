"""On your phone: how to open the app there, and the way in for devices that are not paired yet."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from openback.services.phone.qr import qr_svg
from openback.services.phone.reach import Reach
from openback.web.errors import not_paired
from openback.web.pairing import COOKIE, COOKIE_S
from openback.web.rendering import page, see

router = APIRouter(prefix="/settings/phone")
root_router = APIRouter()


def reach_of(request: Request) -> Reach:
    """Return how others reach this app."""
    return cast("Reach", request.app.state.reach)


@router.get("")
def phone(request: Request) -> Response:
    """Show the QR code that opens the app on a phone, or how to start the app so that there is one."""
    reach = reach_of(request)
    drawn = Markup(qr_svg(reach.link)) if reach.link else ""  # noqa: S704 - modules, no text from anybody
    return page(request, "phone.html", reach=reach, qr=drawn)


@router.post("/renew")
def renew(request: Request) -> Response:
    """Make a new code; the device that asks stays paired, all others have to scan again."""
    pairing = reach_of(request).pairing
    if pairing is None:
        return see("/settings/phone", said="Nothing to renew: no code is asked for.")
    pairing.renew()
    answer = see("/settings/phone", said="Every other device is shut out until it opens the new QR code.")
    _let_in(request, answer, pairing.code)
    return answer


@root_router.get("/pair")
def pair(request: Request, code: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Let a device in that brings the code, and send it to Today."""
    pairing = reach_of(request).pairing
    if pairing is not None and not pairing.fits(code):
        return not_paired(request)
    answer = RedirectResponse("/", status_code=303)
    if pairing is not None:
        _let_in(request, answer, pairing.code)
    return answer


def _let_in(request: Request, answer: Response, code: str) -> None:
    # Not `strict`: the address is often opened from another app, the camera's, and goes on to Today at once.
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, code, max_age=COOKIE_S, httponly=True, samesite="lax", secure=secure)
