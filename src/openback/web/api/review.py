"""The review of a week: its sentences, and the numbers that they are made from."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from openback.services import review as use_case
from openback.web.api.answers import Record, record
from openback.web.routes.deps import TheApp

router = APIRouter()


@router.get("/review", tags=["progress"])
def review(app: TheApp, week: date | None = None) -> Record:
    """How the week went that a day is in; this week by default."""
    return record(use_case.review(app, week))
