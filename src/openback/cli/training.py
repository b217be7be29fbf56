"""`openback today`, `train`, `log`, `progress` and `profile`: the app's rooms in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import uuid_utils.compat as uuid

from openback.cli.output import AsJson, day_of, out, print_json, table
from openback.cli.plan import read_json, show_programme
from openback.model.log import SetLog
from openback.services import people, planning, sessions
from openback.services import progress as progress_of
from openback.services import review as review_of
from openback.services import today as today_of
from openback.services.eat.kitchen import kitchen_of
from openback.services.eat.wishes import check_food_wishes, keep_food_wishes
from openback.services.eat.wishes_json import has_food, profile_and_wishes, profile_with_food
from openback.services.plain import plain
from openback.services.profile_json import programme_json
from openback.services.start import open_app
from openback.services.views import PlannedSessionView
from openback.services.who import known_profile
from openback.units import Units, kg_from_lb, shown_mass

Exercise = Annotated[str, typer.Argument(help="An exercise id; `openback exercises --search` finds it.")]
Reps = Annotated[int | None, typer.Option(help="Reps done.")]
Hold = Annotated[float | None, typer.Option("--hold-s", help="Seconds held.")]
LoadKg = Annotated[float | None, typer.Option("--load", help="Load in your own unit.")]
Rir = Annotated[float | None, typer.Option(help="Reps that were left in reserve.")]
Week = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="A day of the week to look at, such as 2026-11-23; this week by default."
    ),
]
Pain = Annotated[int | None, typer.Option(help="Pain while doing it, 0 to 10.")]


def today(*, as_json: AsJson = False) -> None:
    """Show the next session and what changed since last time."""
    with open_app() as app:
        view = today_of.today(app)
        units = people.units_of(app)
    if as_json:
        print_json(plain(view))
        return
    for sentence in (view.welcome_back, *view.stopped):
        if sentence:
            out.print(sentence, markup=False)
    for meal in view.meals:
        done = " (eaten)" if meal.eaten else ""
        out.print(f"{meal.slot.capitalize()}: {meal.name}{done}", markup=False)
    if view.session is None:
        out.print("No session is planned. `openback` starts the app and asks a few questions.")
        return
    _show_session(view.session, units)
    for change in view.changes:
        out.print(f"• {change.exercise.name}: {change.text}", markup=False)
    out.print(f"{view.done_this_week} of {view.planned_this_week} sessions done this week.")


def _show_session(session: PlannedSessionView, units: Units) -> None:
    title = f"{session.on:%A %d %B} · {session.place} · {session.minutes:.0f} minutes"
    rows = []
    for step in session.items:
        told = step.next_set
        target = f"{told.reps[0]}–{told.reps[1]} reps" if told.reps else f"{(told.hold_s or (0, 0))[0]} s"
        load = shown_mass(told.load_kg, units) if told.load_kg is not None else (told.band or "–")
        rows.append([step.exercise.name, str(told.sets), target, load, told.why])
    out.print(table(title, ["Exercise", "Sets.", "Target", "Load.", "Why"], rows))


def train(*, as_json: AsJson = False) -> None:
    """Show the programme as a calendar, and this week's sets per muscle against the band."""
    with open_app() as app:
        view = planning.train(app)
    if as_json:
        print_json(plain(view))
        return
    rows = [[f"{day.on:%a %d %b}", day.status, _titles(day.session)] for week in view.weeks for day in week]
    out.print(table("Programme", ["Day", "", "Session"], [row for row in rows if row[2]]))
    dose = [
        [d.muscle.name, f"{d.done_sets:g}", f"{d.planned_sets:g}", f"{d.low:g}–{d.high:g}"] for d in view.dose
    ]
    out.print(table("\nSets this week", ["Muscle", "Done.", "Planned.", "Band."], dose))
    for sentence in (*view.reasons, *view.notes):
        out.print(f"• {sentence}", markup=False)


def _titles(session: PlannedSessionView | None) -> str:
    return ", ".join(step.exercise.name for step in session.items) if session else ""


def log(  # noqa: PLR0913 - one option for each thing that a set can say
    exercise: Exercise,
    *,
    reps: Reps = None,
    hold_s: Hold = None,
    load: LoadKg = None,
    rir: Rir = None,
    pain: Pain = None,
    as_json: AsJson = False,
) -> None:
    """Log one work set, in the running session or a free one."""
    with open_app() as app:
        units = people.units_of(app)
        load_kg = load if load is None or units == "metric" else kg_from_lb(load)
        kept = sessions.put_now(
            app,
            SetLog(
                id=uuid.uuid7(),
                session_id=uuid.uuid7(),
                exercise=exercise,
                at=app.now(),
                load_kg=load_kg,
                reps=reps,
                hold_s=hold_s,
                rir=rir,
                pain=pain,
            ),
        )
    if as_json:
        print_json(plain(kept))
        return
    amount = f"{kept.reps} reps" if kept.reps is not None else f"{kept.hold_s:g} s"
    at_load = f" at {shown_mass(kept.load_kg, units)}" if kept.load_kg is not None else ""
    out.print(f"Logged: {kept.exercise}, {amount}{at_load}.", markup=False)


def progress(*, as_json: AsJson = False) -> None:
    """Show strength with its band, records and the week's sets."""
    with open_app() as app:
        view = progress_of.progress(app)
        units = people.units_of(app)
    if as_json:
        print_json(plain(view))
        return
    rows = []
    for curve in view.curves:
        last = curve.points[-1]
        band = f"{shown_mass(last.low_kg, units)} to {shown_mass(last.high_kg, units)}"
        rows.append([curve.exercise.name, shown_mass(last.one_rm_kg, units), band, curve.change_text])
    out.print(table("Estimated one-rep maximum", ["Exercise", "Now.", "80 % band", "Change"], rows))
    out.print(f"{view.total_sessions} sessions and {view.total_sets} sets so far.")


def review(*, week: Week = None, as_json: AsJson = False) -> None:
    """Say in words how a week went."""
    on = None if week is None else day_of(week, "--week")
    with open_app() as app:
        view = review_of.review(app, on)
    if as_json:
        print_json(plain(view))
        return
    out.print(f"Week from {view.monday:%A} {view.monday.day} {view.monday:%B %Y}", style="bold")
    for sentence in view.sentences:
        out.print(f"• {sentence}", markup=False)


def profile(
    file: Annotated[Path | None, typer.Argument(metavar="[PROFILE.json]", help="A profile to keep.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show who trains here, or keep a profile from a file and plan from it."""
    with open_app() as app:
        if file is None:
            print_json(profile_with_food(app, known_profile(app)))
            return
        data = read_json(file)
        profile_of_file, read = profile_and_wishes(data, app.catalogue, kitchen_of(app), app.today)
        check_food_wishes(app, profile_of_file.person, read.wishes)
        programme = people.keep_profile(app, profile_of_file)
        if has_food(data):
            keep_food_wishes(app, read.wishes)
        if as_json:
            print_json(programme_json(programme))
        else:
            show_programme(app.catalogue, programme)
