"""When to remind, and the calendar that other programs read."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from openback.errors import BadReminders
from openback.model.journal import Reminders
from openback.services import people, sessions
from openback.services.agenda import calendar_file
from openback.services.phone.qr import qr_svg
from openback.services.reminders import is_feed_token, keep_reminders, new_feed_token, reminders
from openback.web.errors import LOST_SENTENCE
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.phone import reach_of
from openback.web.words import WEEKDAYS

router = APIRouter(prefix="/settings/reminders")
root_router = APIRouter()

HERE: Final = "/settings/reminders"
SILENT: Final = "none"
ALARMS: Final = ((0, "When it starts"), (10, "10 min before"), (30, "30 min before"),
                 (60, "1 hour before"), (120, "2 hours before"), (1440, "1 day before"))  # fmt: skip
EVERY: Final = (20, 30, 45, 60, 90, 120, 180, 240)
LAST_MINUTE: Final = 24 * 60 - 1  # a time field knows no 24:00


def clock_of(minute: int) -> str:
    """Return a minute of the day as a time field has it: `09:30`."""
    minute = min(minute, LAST_MINUTE)
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(text: str) -> int | None:
    """Return the minute of the day that a time field or a person wrote, `9:30` or `09:30`; None when it is none."""
    hour, colon, minute = text.partition(":")
    if not colon or not (hour.isascii() and hour.isdigit() and minute[:2].isascii() and minute[:2].isdigit()):
        return None
    at = int(hour) * 60 + int(minute[:2])
    return at if int(minute[:2]) < 60 and at <= LAST_MINUTE else None


@router.get("")
def show(request: Request, app: TheApp) -> Response:
    """Show when to remind, and the address of the calendar."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _page(request, reminders(app))


def _page(request: Request, wanted: Reminders, *, problems: tuple[str, ...] = ()) -> Response:
    token = wanted.feed_token
    reach = reach_of(request)
    host = reach.addresses[0] if reach.addresses else str(request.base_url)
    address = f"{host}calendar/{token}.ics" if token else ""
    drawn = Markup(qr_svg(address)) if token and reach.addresses else ""  # noqa: S704 - modules, no text
    every = sorted({*EVERY, wanted.every_minutes})
    known = dict(ALARMS)
    known.setdefault(wanted.alarm_minutes, f"{wanted.alarm_minutes} min before")
    return page(
        request,
        "reminders.html",
        status=422 if problems else 200,
        problems=problems,
        wanted=wanted,
        weekdays=tuple(enumerate(WEEKDAYS)),
        clock_of=clock_of,
        every=[(minutes, f"Every {minutes} minutes") for minutes in every],
        alarms=[(SILENT, "Not at all"), *sorted(known.items())],
        alarm=wanted.alarm_minutes if wanted.alarm else SILENT,
        address=address,
        subscribe=f"webcal://{address.partition('://')[2]}" if address else "",
        qr=drawn,
        reached=bool(reach.addresses),
        own_certificate=bool(reach.fingerprint),
    )


@router.post("")
def keep(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep when to remind; ask again when it cannot be used."""
    before = reminders(app)
    wanted, problems = _read(form, before)
    try:
        change = None if problems else keep_reminders(app, wanted)
    except BadReminders as error:
        problems = error.problems
    if problems:
        return _page(request, wanted, problems=problems)
    if change is None:
        return see(HERE, said="Nothing changed.")
    return see(HERE, said="Kept.", undo=f"{HERE}/undo/{change.token}")


def _read(form: FormData, before: Reminders) -> tuple[Reminders, tuple[str, ...]]:
    """Return what the form asks for and what cannot be read in it; fields that it lacks stay as they were."""
    fields = Fields(form)
    alarm = fields.text("alarm")
    session = _minute(fields, "session_at", "The start of a session", before.session_minute)
    start = _minute(fields, "from", "The start of work", before.from_minute)
    end = _minute(fields, "to", "The end of work", before.to_minute)
    every = fields.number("every", "The minutes between breaks", 1, 24 * 60)
    wanted = Reminders(
        break_days=tuple(int(day) for day in fields.many("days") if day in set("0123456")),
        from_minute=start,
        to_minute=end,
        every_minutes=int(every) if every is not None else before.every_minutes,
        breaks=fields.has("breaks"),
        notify=fields.has("notify"),
        session_minute=session,
        alarm=alarm != SILENT,
        alarm_minutes=int(alarm) if alarm.isascii() and alarm.isdigit() else before.alarm_minutes,
        feed_token=before.feed_token,
    )
    return wanted, tuple(fields.problems)


def _minute(fields: Fields, name: str, label: str, before: int) -> int:
    text = fields.text(name)
    at = minute_of(text)
    if at is None:
        fields.problems.append(f"{label} is a time such as 09:30; “{text}” is not one.")
    return before if at is None else at


@router.post("/undo/{token}")
def undo(app: TheApp, token: UUID) -> Response:
    """Take the last change back."""
    sessions.undo(app, token)
    return see(HERE, said="Taken back.")


@router.post("/address")
def address(app: TheApp) -> Response:
    """Make an address for the calendar; the one before stops answering."""
    had = bool(reminders(app).feed_token)
    new_feed_token(app)
    said = "The calendar has a new address; the old one answers nobody." if had else "The address is ready."
    return see(f"{HERE}#calendar", said=said)


@router.get("/openback.ics")
def download(app: TheApp) -> Response:
    """Send the calendar as a file to keep."""
    return _ics(calendar_file(app), "attachment")


@root_router.get("/calendar/{token}.ics")
@root_router.head("/calendar/{token}.ics")
def feed(app: TheApp, token: str) -> Response:
    """Send the calendar to a program that knows its secret address; nobody else learns that there is one."""
    if not is_feed_token(app, token):
        raise HTTPException(404, LOST_SENTENCE)
    return _ics(calendar_file(app), "inline")


def _ics(content: bytes, disposition: str) -> Response:
    headers = {"content-disposition": f'{disposition}; filename="openback.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
