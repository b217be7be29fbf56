"""Data in and out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import FileResponse, Response

from openback.model.history import Unit
from openback.services import history
from openback.web.routes.deps import TheApp
from openback.web.uploads import forget_upload, keep_upload, kept_upload

router = APIRouter(tags=["data"])


@router.post("/import")
def bring(
    app: TheApp,
    file: Annotated[UploadFile, File()],
    unit: Annotated[Unit | None, Form()] = None,
    *,
    dry_run: Annotated[bool, Form()] = False,
) -> dict[str, object]:
    """Bring a training history from Strong, Hevy, FitNotes, wger or Openback; `dry_run` keeps nothing.

    The same file twice adds nothing. Without `unit` a file that does not say it is read in the person's own.
    """
    token = keep_upload(app, file)
    try:
        path = kept_upload(app, token)
        report = history.preview(app, path, unit) if dry_run else history.bring(app, path, unit)
    finally:
        forget_upload(app, token)
    return history.report_json(report)


@router.get("/export/{kind}", response_class=FileResponse)
def export(app: TheApp, kind: Literal["json", "csv"]) -> Response:
    """Return the whole log as one file that import reads back."""
    path = history.export(app, kind)
    return FileResponse(path, filename=path.name)
