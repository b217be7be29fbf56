"""Foods that the log does not know yet: by barcode, by the words of a label, or whole lists from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, cast
from urllib.parse import quote, urlencode
from uuid import uuid4

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import BadBarcode, BadOwnFood
from openback.model.food import Food, Slot
from openback.services import foods, people
from openback.services.app import App
from openback.services.foods import FoodImportReport
from openback.web import food_words
from openback.web.forms.fields import Fields
from openback.web.forms.own_food import GROUPS, LABEL, MORE, as_typed, own_food
from openback.web.jobs import Job, Jobs, Progress
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.eat_log import slot_now, when_of
from openback.web.routes.eat_undo import undo_address
from openback.web.security import LOCAL_HOSTS, host_name
from openback.web.uploads import forget_upload, keep_upload, kept_upload

router = APIRouter(prefix="/eat")

ELSEWHERE: Final = (
    "A file is read by its place only on the machine that runs Openback itself. Send the file instead."
)


# --- Barcodes ----------------------------------------------------------------------------------------------


@router.get("/log/scan")
def scan(request: Request, app: TheApp, on: date | None = None, slot: Slot | None = None) -> Response:
    """Offer the camera and a field for the number."""
    return _scan(request, on or app.today, slot or slot_now(app))


def _scan(request: Request, on: date, slot: Slot, *, code: str = "", problem: str = "") -> Response:
    found = "/eat/log/barcode?" + urlencode({"on": on.isoformat(), "slot": slot})
    return page(
        request,
        "eat/scan.html",
        status=422 if problem else 200,
        on=on,
        slot=slot,
        found_url=f"{found}&code={{code}}",
        typed={"code": code},
        problems=[problem] if problem else [],
    )


@router.get("/log/barcode")
def by_barcode(
    request: Request, app: TheApp, code: str, on: date | None = None, slot: Slot | None = None
) -> Response:
    """Go on to the food with a barcode, or to the form for a new one."""
    day, meal = on or app.today, slot or slot_now(app)
    where = {"on": day.isoformat(), "slot": meal}
    try:
        food = foods.by_barcode(app, code)
    except BadBarcode as error:
        return _scan(request, day, meal, code=code[:40], problem=str(error))
    if food is not None:
        return see(f"/eat/log/food/{quote(food.id, safe=':')}?{urlencode(where)}")
    return see(f"/eat/foods/new?{urlencode(where | {'barcode': code[:40].strip()})}")


# --- Own foods ---------------------------------------------------------------------------------------------


@router.get("/foods/new")
def new_food(
    request: Request,
    app: TheApp,
    on: date | None = None,
    slot: Slot | None = None,
    barcode: str = "",
    name: str = "",
) -> Response:
    """Ask for what a label says."""
    typed = {"barcode": barcode[:20], "name": name[:80]}
    return _new_food(request, on or app.today, slot or slot_now(app), typed=typed, problems=[])


def _new_food(
    request: Request, on: date, slot: Slot, *, typed: dict[str, str], problems: list[str]
) -> Response:
    return page(
        request,
        "eat/food_new.html",
        status=422 if problems else 200,
        on=on,
        slot=slot,
        typed=typed,
        problems=problems,
        groups=list(GROUPS.items()),
        label=LABEL,
        more=MORE,
        new_id=uuid4,
    )


@router.post("/foods/new")
def keep_food(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep a food of one's own and go on to how much of it was eaten."""
    fields = Fields(form)
    on, slot = when_of(app, fields)
    food = own_food(fields, f"From its label, {app.today.day} {app.today:%B %Y}")
    problems: Sequence[str] = fields.problems
    if food is not None:
        try:
            foods.keep_own_food(app, food)
        except BadOwnFood as error:
            problems = error.problems
        else:
            where = urlencode({"on": on.isoformat(), "slot": slot})
            return see(f"/eat/log/food/{food.id}?{where}", said=f"{food.name} is kept among your foods.")
    typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return _new_food(request, on, slot, typed=typed, problems=list(problems))


@router.get("/foods/{food_id}/change")
def change_food(
    request: Request, app: TheApp, food_id: str, on: date | None = None, slot: Slot | None = None
) -> Response:
    """Show the label of an own food again, to change it."""
    food = _own(app, food_id)
    return _new_food(request, on or app.today, slot or slot_now(app), typed=as_typed(food), problems=[])


@router.post("/foods/{food_id}/delete")
def forget_food(app: TheApp, food_id: str) -> Response:
    """Take an own food away; what was logged of it stays."""
    food = _own(app, food_id)
    token = foods.forget_own_food(app, food_id)
    said = f"{food.name} is taken out of your foods. What you logged of it stays."
    return see("/eat/log", said=said, undo=undo_address(token, "/eat/log"))


def _own(app: App, food_id: str) -> Food:
    food = foods.food(app, food_id)
    if food.origin != "own":
        raise HTTPException(
            404, "This food came with Openback or from a file, so its label cannot be changed."
        )
    return food


# --- Lists of foods ----------------------------------------------------------------------------------------


def jobs_of(request: Request) -> Jobs[FoodImportReport]:
    """Return the imports that run in this process; they share one place with those of histories."""
    return cast("Jobs[FoodImportReport]", request.app.state.imports)


@router.get("/foods/import")
def import_form(request: Request, app: TheApp) -> Response:
    """Ask for a file of foods."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _import_form(request, [])


def _import_form(request: Request, problems: list[str], path: str = "") -> Response:
    return page(
        request,
        "eat/import.html",
        status=422 if problems else 200,
        problems=problems,
        typed={"path": path},
        here=_from_here(request),
    )


def _from_here(request: Request) -> bool:
    """Return whether the page is open on the machine itself: nobody else may ask what lies on its disk."""
    return host_name(request.headers.get("host", "")) in LOCAL_HOSTS


@router.post("/foods/import")
def import_upload(request: Request, app: TheApp, file: Annotated[UploadFile, File()]) -> Response:
    """Read a file that was sent."""
    if not file.filename:
        return _import_form(request, ["Choose a file first."])
    token = keep_upload(app, file)
    return _start(request, app, kept_upload(app, token), token)


@router.post("/foods/import/path")
def import_path(request: Request, app: TheApp, path: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Read a file that lies on the machine where Openback runs: nothing is copied."""
    if not _from_here(request):
        raise HTTPException(403, ELSEWHERE)
    wanted = path.strip().strip("'\"")
    if not wanted:
        return _import_form(request, ["Write where the file is."])
    return _start(request, app, Path(wanted).expanduser(), str(uuid4()))


def _start(request: Request, app: App, path: Path, token: str) -> Response:
    def work(progress: Progress) -> FoodImportReport:
        return foods.import_foods(app, path, progress=progress)

    jobs_of(request).start(token, work)
    return see(f"/eat/foods/import/{token}")


@router.get("/foods/import/{token}")
def import_progress(request: Request, app: TheApp, token: str) -> Response:
    """Show how far a file is read, and what came of it."""
    jobs = jobs_of(request)
    running = jobs.get(token)
    if running is None:
        return see("/eat/foods/import")
    job = running.now()
    if job.over and not job.problem:
        forget_upload(app, token)
    return page(
        request,
        "eat/import_progress.html",
        job=job,
        token=token,
        report=job.result,
        percent=percent_of(job),
        words=food_words,
    )


def percent_of(job: Job[FoodImportReport]) -> int | None:
    """Return how much of a file is read, 0 to 100; None when its size is not known."""
    return min(100, 100 * job.done // job.total) if job.total else None
