"""Notes of the cycle and of pregnancy: off until asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from openback.errors import BadCycleNote
from openback.model.journal import CycleNote
from openback.progress.cycle import BLEEDING
from openback.services import cycle_notes as use_case
from openback.services import people
from openback.services.app import App
from openback.services.who import known_person
from openback.storage import Change
from openback.web.forms.body import day_of
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.progress_undo import undo_address

router = APIRouter(prefix="/progress/notes")

PAGE = "/progress/notes"


@router.get("")
def notes(request: Request, app: TheApp, month: date | None = None, on: date | None = None) -> Response:
    """Show a month of notes and offer to note a day; before they were asked for, say what they are."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _page(request, app, month=month or on, on=on)


def _page(
    request: Request,
    app: App,
    *,
    month: date | None = None,
    on: date | None = None,
    fields: Fields | None = None,
) -> Response:
    view = use_case.notes_view(app, month)
    day = min(on or app.today, app.today)
    before = view.month - timedelta(days=1)
    after = (view.month + timedelta(days=32)).replace(day=1)
    return page(
        request,
        "progress/notes.html",
        status=422 if fields is not None and fields.problems else 200,
        view=view,
        offered=use_case.may_note(known_person(app)),
        day_on=day,
        note=use_case.find_note(app, day) or CycleNote(on=day),
        bleeding=BLEEDING,
        before=before.replace(day=1),
        after=after if after <= app.today else None,
        problems=[] if fields is None else fields.problems,
    )


@router.post("")
def keep(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep the note of a day."""
    fields = Fields(form)
    on = day_of(fields, app.today)
    if on is None:
        return _page(request, app, fields=fields)
    level = fields.text("bleeding")
    note = CycleNote(
        on=on,
        bleeding=int(level) if level in {"0", "1", "2", "3"} else None,
        signs=tuple(dict.fromkeys(fields.many("signs"))),
        note=fields.text("note", longest=use_case.LONGEST_NOTE),
    )
    try:
        change = use_case.keep_note(app, note)
    except BadCycleNote as error:
        fields.problems.append(str(error))
        return _page(request, app, on=on, fields=fields)
    return see(_of_month(on), said="Kept.", undo=_undo(change, on))


@router.post("/delete")
def delete(app: TheApp, on: Annotated[date, Form()]) -> Response:
    """Take the note of a day out."""
    return see(_of_month(on), said="Taken out.", undo=_undo(use_case.delete_note(app, on), on))


@router.post("/turn")
def turn(app: TheApp, *, on: Annotated[bool, Form()]) -> Response:
    """Turn the notes on or off."""
    use_case.turn(app, on=on)
    return see(PAGE, said="Notes are on." if on else "Notes are off; what you noted stays.")


def _of_month(on: date) -> str:
    return f"{PAGE}?on={on.isoformat()}"


def _undo(change: Change | None, on: date) -> str:
    return undo_address(change, _of_month(on))
