"""The one place where errors become answers: statuses, one JSON shape, one error page."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from typing import Final, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import (
    BadMonth,
    CannotUndo,
    ClipTooBig,
    CouldNot,
    DiskFull,
    FileExists,
    HistoryTooBig,
    NoRoomForClip,
    NoSuchSession,
    NotFound,
    OpenbackError,
    PhotoGone,
    PhotoKeyThere,
    PhotosLocked,
    PictureTooLarge,
    TrainingStopped,
    UnknownExercise,
    UnknownFood,
)
from openback.web.pairing import NOT_PAIRED
from openback.web.rendering import Looks, pages_of, shell_values
from openback.web.security import HEADERS

# The nearest class counts; what is not listed is 422 for bad input and 503 for what could not be done.
STATUS: Final[dict[type[BaseException], int]] = {
    UnknownExercise: 404,
    UnknownFood: 404,
    NotFound: 404,
    NoSuchSession: 404,
    BadMonth: 404,
    CannotUndo: 409,
    FileExists: 409,
    HistoryTooBig: 413,
    ClipTooBig: 413,
    DiskFull: 507,
    NoRoomForClip: 507,
    PhotoGone: 404,
    PhotoKeyThere: 409,
    PhotosLocked: 423,
    PictureTooLarge: 413,
    TrainingStopped: 409,
}
TITLES: Final = {
    403: "Not from here",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That does not fit any more",
    413: "Too large",
    421: "Another name",
    422: "That cannot be used",
    423: "Locked",
    500: "Something went wrong here",
    503: "Not possible just now",
    507: "The disk is full",
}
FULL_SENTENCE: Final = (
    "The disk is full, so nothing new was kept; everything that was kept before is safe. "
    "Free some space and try again."
)
LOST_SENTENCE: Final = "There is no page at this address. It may have moved; start from Today."
HTTP_KINDS: Final = {
    403: "foreign_origin",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    421: "foreign_host",
}
OUR_FAULT_SENTENCE: Final = (
    "Openback ran into a mistake of its own. What you logged is kept. "
    "Go back and try once more; the terminal where it runs shows the details."
)


def status_of(error: OpenbackError) -> int:
    """Return the HTTP status of an error of ours."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 503 if isinstance(error, CouldNot) else 422


def kind_of(error: OpenbackError) -> str:
    """Return the class name of an error as API users see it: `UnknownExercise` gives `unknown_exercise`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def answer(request: Request, status: int, kind: str, message: str, problems: Sequence[str] = ()) -> Response:
    """Return an error as the asker reads it: JSON for the API, a page otherwise."""
    if request.url.path.startswith("/api/"):
        body = {"error": {"kind": kind, "message": message, "problems": list(problems)}}
        return JSONResponse(body, status_code=status)
    values = shell_values(request, Looks()) | {
        "status": status,
        "heading": TITLES.get(status, "That did not work"),
        "message": message if not problems else "",
        "problems": list(problems),
    }
    return HTMLResponse(pages_of(request).html("error.html", values), status_code=status)


def install(app: FastAPI) -> None:
    """Answer every error with its own sentence and status."""
    app.add_exception_handler(OpenbackError, _openback)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(OSError, _machine)
    app.add_exception_handler(Exception, _unexpected)


async def _openback(request: Request, error: Exception) -> Response:
    error = cast("OpenbackError", error)
    problems = getattr(error, "problems", ())
    return answer(request, status_of(error), kind_of(error), str(error), tuple(problems))


async def _http(request: Request, error: Exception) -> Response:
    return refusal(request, cast("HTTPException", error))


def refusal(request: Request, error: HTTPException) -> Response:
    """Return the answer to a request that HTTP itself or the guard says no to."""
    plain = error.detail in {"Not Found", "Method Not Allowed"}
    message = LOST_SENTENCE if plain else str(error.detail)
    return answer(request, error.status_code, HTTP_KINDS.get(error.status_code, "refused"), message)


def not_paired(request: Request) -> Response:
    """Return the answer to a device that was not paired: where the code is, and a field to type it.

    Programs get 401, for which the page's queue of sets waits; a set is not lost when a phone lost its code.
    """
    if request.url.path.startswith("/api/"):
        said = answer(request, 401, "not_paired", NOT_PAIRED)
        said.headers["www-authenticate"] = "Bearer"
        return said
    values = shell_values(request, Looks()) | {"sentence": NOT_PAIRED}
    return HTMLResponse(pages_of(request).html("pair.html", values), status_code=403)


async def _validation(request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    problems = tuple(_field_problem(one["loc"], one["msg"]) for one in found)
    message = "This cannot be used: " + "; ".join(problems) + "."
    return answer(request, 422, "bad_input", message, problems)


def _field_problem(where: Sequence[str | int], what: str) -> str:
    """Return one problem with the path of its field: `person.height_cm: Input should be ...`."""
    path = ".".join(str(part) for part in where if part not in {"body", "query", "path", "form"})
    return f"{path}: {what}" if path else what


async def _machine(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return answer(request, 507, "disk_full", FULL_SENTENCE)
    raise error


async def _unexpected(request: Request, _error: Exception) -> Response:
    # Made outside of the guard, so it brings the guard's headers itself.
    said = answer(request, 500, "our_fault", OUR_FAULT_SENTENCE)
    said.headers.update(HEADERS)
    return said
