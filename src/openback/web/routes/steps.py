"""The thirty steps, and the days on which nobody should expect training."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, cast
from uuid import UUID

import uuid_utils.compat as uuid
from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from openback.errors import BadAway
from openback.model.journal import Away, AwayWhy
from openback.progress.steps import step_data
from openback.progress.streaks import Week, WeekState
from openback.services import away as times
from openback.services import people
from openback.services import steps as use_case
from openback.services.app import App
from openback.web.away_words import WHY_ICONS, WHY_NAMES, days_words
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.progress_undo import undo_address
from openback.web.step_badges import badge

router = APIRouter(prefix="/progress")

WEEKS_SHOWN: Final = 16
STATE_WORDS: Final[dict[WeekState, str]] = {
    "kept": "kept",
    "paused": "paused: nothing was expected",
    "open": "still running",
    "broken": "not kept",
}
AWAY: Final = "/progress/away"


# --- The steps -------------------------------------------------------------------------------------


@router.get("/steps")
def steps(request: Request, app: TheApp) -> Response:
    """Show the path of thirty, with the next step; what is new is celebrated here, once."""
    view = use_case.steps(app)
    shown = page(
        request,
        "progress/steps.html",
        view=view,
        weeks=list(zip(view.weeks, view.streak.states, strict=True))[-WEEKS_SHOWN:],
        said_of=said_of,
        badge=badge,
        share=step_data().week_share,
        away=times.is_away(app, app.today),
    )
    use_case.celebrated(app, view.fresh)
    return shown


def said_of(week: Week, state: WeekState) -> str:
    """Return what became of a week: `2 of 3 sessions, kept`."""
    of = "" if week.planned is None else f" of {week.planned}"
    noun = "session" if (week.planned or len(week.done_on)) == 1 else "sessions"
    return f"{len(week.done_on)}{of} {noun}, {STATE_WORDS[state]}"


# --- Away ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form for a time away, as it was typed or as it begins."""

    id: UUID | None = None
    why: str = ""
    first: str = ""
    last: str = ""
    note: str = ""


@router.get("/away")
def away(request: Request, app: TheApp) -> Response:
    """Show the times away, and a form for a new one."""
    return _away(request, app, Typed(first=app.today.isoformat()))


def sentence_of(text: str) -> str:
    """Return words as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def _away(request: Request, app: App, typed: Typed, problems: tuple[str, ...] = ()) -> Response:
    return page(
        request,
        "progress/away.html",
        status=422 if problems else 200,
        told=times.aways(app),
        now=times.is_away(app, app.today),
        typed=typed,
        problems=problems,
        whys=WHY_NAMES,
        icons=WHY_ICONS,
        days_of=lambda one: sentence_of(days_words(one, app.today)),
        answered=people.profile_of(app) is not None,
    )


@router.get("/away/{away_id}")
def change_away(request: Request, app: TheApp, away_id: UUID) -> Response:
    """Show the form for a time away that was told before."""
    known = times.known_away(app, away_id)
    return _away(
        request,
        app,
        Typed(
            id=known.id,
            why=known.why,
            first=known.first_on.isoformat(),
            last=known.last_on.isoformat() if known.last_on is not None else "",
            note=known.note,
        ),
    )


@router.post("/away")
def keep_away(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep a time away, new or changed."""
    fields = Fields(form)
    typed = Typed(
        id=_id_of(fields.text("id")),
        why=fields.text("why"),
        first=fields.text("first"),
        last=fields.text("last"),
        note=fields.text("note", times.LONGEST_NOTE + 1),
    )
    why = fields.one_of("why", tuple(WHY_NAMES), "Say why: ill, period, holiday or a pause.")
    first = _date_in(fields, typed.first, "The first day")
    last = _date_in(fields, typed.last, "The last day") if typed.last else None
    if fields.problems or first is None:
        return _away(request, app, typed, tuple(fields.problems))
    told = Away(
        id=typed.id or uuid.uuid7(), first_on=first, last_on=last, why=cast("AwayWhy", why), note=typed.note
    )
    try:
        change = times.put_away(app, told)
    except BadAway as error:
        return _away(request, app, typed, error.problems)
    return see(AWAY, said="Kept. Nothing on these days is missed.", undo=undo_address(change, AWAY))


@router.post("/away/{away_id}/back")
def come_back(app: TheApp, away_id: UUID, back: Annotated[str, Form(max_length=20)] = AWAY) -> Response:
    """End a time away: the person is here again."""
    to = "/" if back == "/" else AWAY
    change = times.come_back(app, away_id)
    return see(to, said="Good to have you back.", undo=undo_address(change, to))


@router.post("/away/{away_id}/delete")
def delete_away(app: TheApp, away_id: UUID) -> Response:
    """Take a time away out; the next page offers to bring it back."""
    change = times.delete_away(app, away_id)
    return see(AWAY, said="Taken out.", undo=undo_address(change, AWAY))


def _date_in(fields: Fields, text: str, label: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fields.problems.append(f"{label} is not a date; choose it from the calendar.")
        return None


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
