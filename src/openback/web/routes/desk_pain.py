"""The pain diary: where it hurts on a picture of the body, how much, and what to do about it."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

import uuid_utils.compat as uuid
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from openback.errors import OpenbackError
from openback.model.journal import PainNote
from openback.services import pain as use_case
from openback.services import people
from openback.services.app import App
from openback.services.desk_views import PainView
from openback.web import desk_charts
from openback.web.forms.fields import Fields
from openback.web.pain_map import level_step, pain_map
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.desk_undo import undo_address
from openback.web.routes.library import figure

router = APIRouter(prefix="/desk/pain")

PAGE: Final = "/desk/pain"
MOST_LEVEL: Final = 10
LONGEST_NOTE: Final = 500
LEVEL_WORDS: Final = ("none", "hardly there", "mild", "mild", "noticed", "noticed", "strong", "strong", "hard to bear", "hard to bear", "the worst")  # fmt: skip


@router.get("")
def pain(request: Request, app: TheApp, place: Annotated[str, Query(max_length=40)] = "") -> Response:
    """Show the body to point at, what was noted, and what to do about it."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _shown(request, app, place=place)


def _shown(
    request: Request, app: App, *, place: str, fields: Fields | None = None, signs: tuple[str, ...] = ()
) -> Response:
    view = use_case.pain(app)
    names = {one.place.id: one.place.name for one in view.places}
    chosen = place if place in names else ""
    return page(
        request,
        "desk/pain.html",
        status=422 if fields is not None and fields.problems else 200,
        view=view,
        names=names,
        sign_names={one.id: one.label for one in view.signs},
        chosen=chosen,
        level=_level(view, chosen, fields),
        ticked=signs,
        warned=any(one.stops for one in view.signs if one.id in signs),
        note="" if fields is None else fields.text("note", LONGEST_NOTE),
        map=pain_map(
            [one.place for one in view.places],
            {one.place.id: one.level for one in view.places},
            chosen=chosen,
            address=lambda one: f"{PAGE}?place={one}#note",
            figure=figure(app),
        ),
        chart=desk_charts.trend(
            [desk_charts.Point(on=one.on, value=one.level) for one in view.days], ends=(0, MOST_LEVEL)
        ),
        level_words=LEVEL_WORDS,
        level_step=level_step,
        problems=[] if fields is None else fields.problems,
    )


def _level(view: PainView, chosen: str, fields: Fields | None) -> int:
    """Return the level that the slider starts at: what was typed, the last of the place, or a mild one."""
    typed = "" if fields is None else fields.text("level")
    if typed.isdigit() and int(typed) <= MOST_LEVEL:
        return int(typed)
    last = next((one.level for one in view.places if one.place.id == chosen), None)
    return 3 if last is None else last


@router.post("")
def note(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep a note."""
    fields = Fields(form)
    place = fields.text("place")
    signs = tuple(fields.many("sign"))
    level = fields.number("level", "The level", 0, MOST_LEVEL)
    if not place:
        fields.problems.append("Say where it hurts: tap the body, or choose from the list.")
    if fields.problems or level is None:
        return _shown(request, app, place=place, fields=fields, signs=signs)
    kept = PainNote(
        id=uuid.uuid7(),
        at=app.now(),
        place=place,
        level=round(level),
        signs=signs,
        note=fields.text("note", LONGEST_NOTE),
    )
    try:
        change = use_case.note_pain(app, kept)
    except OpenbackError as error:
        fields.problems.append(str(error))
        return _shown(request, app, place=place, fields=fields, signs=signs)
    return see(f"{PAGE}#advice", said="Noted.", undo=undo_address(change, back=PAGE))


@router.post("/{note_id}/delete")
def delete(app: TheApp, note_id: UUID) -> Response:
    """Take a note out."""
    change = use_case.delete_note(app, note_id)
    return see(f"{PAGE}#notes", said="Taken out.", undo=undo_address(change, back=PAGE))
