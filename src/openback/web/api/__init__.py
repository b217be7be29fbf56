"""The REST API, `/api/v1`: the same use cases as the pages."""

from typing import Any, Final

from fastapi import APIRouter

from openback.web.api import (
    desk_flows,
    desk_posture,
    desk_tests,
    eat,
    history,
    log,
    pain,
    person,
    review,
    steps,
)
from openback.web.api.schemas import ErrorOut

# Every error has one shape; these are the statuses that a caller meets.
ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    403: {"model": ErrorOut, "description": "It came from a page of another site"},
    404: {"model": ErrorOut, "description": "There is no such thing here"},
    413: {"model": ErrorOut, "description": "More than is taken at once"},
    422: {"model": ErrorOut, "description": "What was sent cannot be used"},
    503: {"model": ErrorOut, "description": "The machine or the data will not, just now"},
    507: {"model": ErrorOut, "description": "The disk is full; nothing was lost"},
}

router = APIRouter(prefix="/api/v1", responses=ERRORS)
for part in (
    person.router,
    log.router,
    eat.router,
    history.router,
    steps.router,
    review.router,
    desk_posture.router,
    desk_tests.router,
    pain.router,
    desk_flows.router,
):
    router.include_router(part)
