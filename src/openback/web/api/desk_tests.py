"""Desk tests: frames of landmarks or a number in, a result against the norm out. Pictures never come here."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from openback.errors import BadTestResult
from openback.services import desk_tests as use_case
from openback.services.desk_views import TakeView
from openback.services.frames_json import frames_from_json
from openback.web.api.answers import Record, record, records
from openback.web.desk_schemas import TestIn
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk/tests", tags=["desk"])


@router.get("")
def tests(app: TheApp) -> list[Record]:
    """Return every test: how it is done, the norm for this person, and the results, latest first."""
    return records(use_case.tests(app))


@router.get("/{test_id}")
def test(app: TheApp, test_id: str) -> Record:
    """Return one test."""
    return record(use_case.test(app, test_id))


@router.post("/{test_id}")
def result(app: TheApp, test_id: str, body: TestIn) -> Record:
    """Judge a take, or a number by hand, and keep it when asked to.

    `result` is null when nothing can be told; then `problems` says what to change, and nothing is kept.
    """
    return record(_answered(app, test_id, body))


def _answered(app: TheApp, test_id: str, body: TestIn) -> TakeView:
    if body.by == "camera":
        if not body.frames:
            raise BadTestResult(
                ["a take by camera needs frames, and a number by hand needs by, value and unit"]
            )
        frames = frames_from_json(body.frames)
        view = use_case.judge_take(app, test_id, body.side, frames)
        return use_case.keep_view(app, view) if body.keep else view
    if body.value is None or body.unit is None:
        raise BadTestResult(["a number by hand needs value and unit"])
    hand = use_case.keep_hand if body.keep else use_case.judge_hand
    return hand(app, test_id, body.side, body.value, body.unit, at=body.at)


@router.delete("/results/{result_id}")
def delete(app: TheApp, result_id: UUID) -> Record:
    """Take a result away; `undo` brings it back, null when there was none."""
    change = use_case.delete_result(app, result_id)
    return {"undo": None if change is None else str(change.token)}
