"""Data in and out: import with a dry run, export, back-up, restore, delete."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, cast

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response, StreamingResponse

from openback.errors import BadHistory, OpenbackError
from openback.model.history import Unit
from openback.services import drafts, history, people, photo_export
from openback.services.history import ImportReport
from openback.web.jobs import Jobs, Progress
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.uploads import forget_upload, keep_upload, kept_upload

router = APIRouter(prefix="/settings")

DELETE_WORD: Final = "delete"
LINES_SHOWN: Final = 200

UnitChoice = Literal["", "kg", "lb"]


def jobs_of(request: Request) -> Jobs[ImportReport]:
    """Return the imports that run in this process."""
    return cast("Jobs[ImportReport]", request.app.state.imports)


@router.get("/import")
def import_form(request: Request, app: TheApp) -> Response:
    """Ask for a file."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return page(request, "import.html", problems=[])


@router.post("/import")
def import_file(request: Request, app: TheApp, file: Annotated[UploadFile, File()]) -> Response:
    """Keep the file for now and go on to the dry run."""
    if not file.filename:
        return page(request, "import.html", status=422, problems=["Choose a file first."])
    return see(f"/settings/import/{keep_upload(app, file)}")


@router.get("/import/{token}")
def dry_run(request: Request, app: TheApp, token: str, unit: UnitChoice = "") -> Response:
    """Show what an import would do."""
    path = kept_upload(app, token)
    try:
        report = history.preview(app, path, unit or None)
    except BadHistory as error:
        forget_upload(app, token)
        return page(request, "import.html", status=422, problems=[str(error)])
    exercises = sorted(app.catalogue.exercises.values(), key=lambda one: one.name)
    return page(
        request,
        "import_preview.html",
        report=report,
        token=token,
        file_name=path.name,
        unit=unit,
        exercises=exercises,
        skipped=report.skipped[:LINES_SHOWN],
        names_of={one.id: one.name for one in exercises},
    )


@router.post("/import/{token}")
def bring(request: Request, app: TheApp, token: str, form: Posted) -> Response:
    """Import in the background and show how far it is."""
    path = kept_upload(app, token)
    unit, names = chosen(form)

    def work(progress: Progress) -> ImportReport:
        return history.bring(app, path, unit, names=names, progress=progress)

    jobs_of(request).start(token, work)
    return see(f"/settings/import/{token}/progress")


def chosen(form: FormData) -> tuple[Unit | None, dict[str, str | None]]:
    """Return the unit and the names that the person chose: `from_3` and `to_3` belong together."""
    raw = form.get("unit")
    unit: Unit | None = "kg" if raw == "kg" else "lb" if raw == "lb" else None
    names: dict[str, str | None] = {}
    for field, value in form.multi_items():
        if not field.startswith("from_") or not isinstance(value, str):
            continue
        to = form.get("to_" + field.removeprefix("from_"), "")
        names[value] = to if isinstance(to, str) and to else None
    return unit, names


@router.get("/import/{token}/progress")
def progress(request: Request, app: TheApp, token: str) -> Response:
    """Show how far an import is, and what came of it."""
    jobs = jobs_of(request)
    running = jobs.get(token)
    if running is None:
        return see("/settings/import")
    job = running.now()
    if job.over:
        jobs.forget(token) if job.problem else forget_upload(app, token)
    return page(request, "import_progress.html", job=job, token=token, report=job.result)


@router.get("/export/{kind}")
def export(app: TheApp, kind: Literal["json", "csv"], *, photos: bool = False) -> Response:
    """Send everything as one file; with the photos, which are not encrypted then, as one zip."""
    path = history.export(app, kind)
    if not photos:
        return _download(path)
    named = {"content-disposition": f'attachment; filename="{path.stem}.zip"', "cache-control": "no-store"}
    return StreamingResponse(photo_export.zipped(app, path), media_type="application/zip", headers=named)


@router.get("/backup")
def backup(app: TheApp) -> Response:
    """Send a copy of the database."""
    return _download(history.backup(app))


def _download(path: Path) -> Response:
    return FileResponse(path, filename=path.name, headers={"cache-control": "no-store"})


@router.get("/restore")
def restore_form(request: Request, app: TheApp) -> Response:
    """Ask for a back-up."""
    return page(request, "restore.html", problems=[], folder=app.data_dir)


@router.post("/restore")
def restore(request: Request, app: TheApp, file: Annotated[UploadFile, File()]) -> Response:
    """Put a back-up in the place of what is here."""
    if not file.filename:
        return page(
            request, "restore.html", status=422, problems=["Choose a file first."], folder=app.data_dir
        )
    token = keep_upload(app, file)
    try:
        before = history.restore(app, kept_upload(app, token))
    except OpenbackError as error:
        return page(request, "restore.html", status=422, problems=[str(error)], folder=app.data_dir)
    finally:
        forget_upload(app, token)
    return see("/", said=f"The back-up is in place. What was here before is kept as {before.name}.")


@router.get("/delete")
def delete_form(request: Request, app: TheApp) -> Response:
    """Ask, for this one thing, whether it is meant."""
    return page(request, "delete.html", word=DELETE_WORD, problems=[], folder=app.data_dir)


@router.post("/delete")
def delete(request: Request, app: TheApp, word: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Delete everything, when the word was written."""
    if word.strip().lower() != DELETE_WORD:
        problems = [f"Nothing was deleted. Write the word {DELETE_WORD} to delete everything."]
        return page(
            request, "delete.html", status=422, word=DELETE_WORD, problems=problems, folder=app.data_dir
        )
    history.delete_everything(app)
    drafts.forget_draft(app)
    return see("/welcome", said="Everything is deleted.")
