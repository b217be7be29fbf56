"""Bringing a training history, and taking everything along: import, export, back-up, restore, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from openback import interop, storage
from openback.errors import NotOneFile
from openback.interop import Beside
from openback.model.eating_history import EatingHistory
from openback.model.history import History, NameMatch, SkippedRow, Unit
from openback.services import clip_store, photo_vault
from openback.services.app import App
from openback.services.eat.wishes_json import profile_with_food
from openback.services.plain import plain
from openback.services.profile_json import programme_json
from openback.services.start import data_dir, database_here
from openback.services.writing import writing
from openback.storage import ForeignExercise

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What a file holds, and what became of it.

    Every row is accounted for: `read == kept + len(skipped)`. `added` are new sets, `eating_added` new
    records about eating, `noted_added` new entries of the journal (posture, tests, pain, flows, pauses, steps),
    all None in a dry run.
    `unit_is_guess` when the file does not tell its unit and the person's own was taken.
    """

    format: str
    unit: Unit
    unit_is_guess: bool
    read: int
    kept: int
    skipped: tuple[SkippedRow, ...]
    names: tuple[NameMatch, ...]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    sessions: int
    sets: int
    added: int | None = None
    food_entries: int = 0
    eating_added: int | None = None
    noted: int = 0
    noted_added: int | None = None


def preview(
    app: App,
    path: Path,
    unit: Unit | None = None,
    *,
    names: Mapping[str, str | None] | None = None,
    progress: Step | None = None,
) -> ImportReport:
    """Return what an import would do, without keeping anything. Raises BadHistory."""
    history, matches = _read(app, path, unit, names, progress)
    return _report(history, matches)


def bring(
    app: App,
    path: Path,
    unit: Unit | None = None,
    *,
    names: Mapping[str, str | None] | None = None,
    progress: Step | None = None,
) -> ImportReport:
    """Keep a history: all of it or, when something goes wrong, nothing. The same file twice adds nothing.

    `names` are the person's own choices of what a name means (None: keep it as it is); they are
    remembered. Raises BadHistory.
    """
    history, matches = _read(app, path, unit, names, progress)
    sets = interop.with_exercises((row.log for row in history.sets), matches)
    app.store.expect_person(app.person_id)  # a history may come before the questions are answered
    foreign = [
        ForeignExercise(id=match.from_, name=match.from_, source=history.format)
        for match in matches
        if match.to is None
    ]
    with app.store.transaction():
        if names:
            app.store.remember_names(app.person_id, names)
        app.store.keep_foreign_exercises(app.person_id, foreign)
        added = app.store.add_history(
            app.person_id,
            sessions=[row.log for row in history.sessions],
            sets=sets,
            masses=history.mass,
        )
        eating_added = _bring_eating(app, history.eating)
        noted_added = app.store.add_journal(app.person_id, history.journal)
    return replace(
        _report(history, matches), added=added.sets, eating_added=eating_added, noted_added=noted_added
    )


def _bring_eating(app: App, eating: EatingHistory) -> int:
    """Keep what is about eating and return how many records are new; what is here stays as it is."""
    foods = [food for food in eating.own_foods if app.store.own_food(app.person_id, food.id) is None]
    for food in foods:
        app.store.put_own_food(app.person_id, food)
    return app.store.add_eating(app.person_id, eating) + len(foods)


def _read(
    app: App, path: Path, unit: Unit | None, names: Mapping[str, str | None] | None, progress: Step | None
) -> tuple[History, tuple[NameMatch, ...]]:
    person = app.store.person(app.person_id)
    own: Unit = "lb" if person is not None and person.units == "imperial" else "kg"
    history = interop.read_history(path, own_unit=own, unit=unit, now=app.now(), progress=progress)
    if history.format == "openback":
        return history, _as_named(app, history.names)
    remembered = {**app.store.exercise_names(app.person_id), **(names or {})}
    return history, interop.match_names(history.names, app.catalogue, remembered)


def _as_named(app: App, ids: Iterable[str]) -> tuple[NameMatch, ...]:
    """Return the exercises of our own archive, which names them by id: none of them is guessed."""
    known = app.catalogue.exercises
    return tuple(
        NameMatch(from_=key, to=key, how="exact")
        if key in known
        else NameMatch(from_=key, to=None, how="kept")
        for key in ids
    )


def _report(history: History, matches: tuple[NameMatch, ...]) -> ImportReport:
    return ImportReport(
        format=history.format,
        unit=history.unit,
        unit_is_guess=not history.unit_known,
        read=history.read,
        kept=history.kept,
        skipped=history.skipped,
        names=matches,
        sentences=tuple(interop.report_sentences(history, matches)),
        notes=history.notes,
        sessions=len(history.sessions),
        sets=len(history.sets),
        food_entries=len(history.eating.entries),
        noted=len(history.journal),
    )


def report_json(report: ImportReport) -> dict[str, object]:
    """Return the report as `openback import --json` prints it."""
    return {
        "format": report.format,
        "unit": report.unit,
        "unit_is_guess": report.unit_is_guess,
        "sessions": report.sessions,
        "sets": report.sets,
        "food_entries": report.food_entries,
        "eating_added": report.eating_added,
        "noted": report.noted,
        "noted_added": report.noted_added,
        "read": report.read,
        "kept": report.kept,
        "added": report.added,
        "skipped": [{"line": row.line, "why": row.why} for row in report.skipped],
        "names": [{"from": match.from_, "to": match.to, "how": match.how} for match in report.names],
        "notes": list(report.notes),
    }


def export(app: App, kind: Literal["json", "csv"] = "json", to: Path | None = None) -> Path:
    """Write the whole log to a file that `bring` reads back, and return its path.

    JSON also carries the profile, the programmes, all about eating, what was noted and measured (photos stay
    out), and what was preferred. Raises UnwritableFile.
    """
    target = to or app.data_dir / "exports" / f"openback-{app.today.isoformat()}.{kind}"
    whole = app.store.whole_sessions_between(app.person_id)
    sessions = [one.session for one in whole]
    sets = [one_set for one in whole for one_set in one.sets]
    mass = app.store.masses(app.person_id)
    with writing(target) as stream:
        if kind == "json":
            interop.write_archive_json(stream, sessions=sessions, sets=sets, mass=mass, beside=_beside(app))
        else:
            interop.write_archive_csv(stream, sessions=sessions, sets=sets, mass=mass)
    return target


def _beside(app: App) -> Beside:
    noted = app.store.journal_values(app.person_id)
    return Beside(about=_about(app), eating=_eating(app), journal=noted)


def _eating(app: App) -> EatingHistory:
    with app.store.one_moment():
        foods = app.store.own_foods(app.person_id)
        return replace(app.store.eating_history(app.person_id), own_foods=foods)


def _about(app: App) -> Mapping[str, object]:
    """Return everything beside the log, as JSON has it."""
    me, profile = app.person_id, app.store.profile(app.person_id)
    return {
        "profile": None if profile is None else profile_with_food(app, profile),
        "screenings": plain(app.store.screenings(me)),
        "programmes": [
            {
                "starts_on": kept.starts_on.isoformat(),
                "made_at": plain(kept.created_at),
                "followed": kept.status == "current",
                "wishes": plain(kept.wishes),
                "changed": plain(app.store.overrides(me, kept.id)),
                **programme_json(kept.programme),
            }
            for kept in app.store.programmes(me)
        ],
        "preferences": plain(app.store.preferences(me)),
        "exercise_names": plain(app.store.exercise_names(me)),
        "foreign_exercises": plain(tuple(app.store.foreign_exercises(me).values())),
    }


def backup(app: App, to: Path | None = None) -> Path:
    """Copy the database to one file, safely while it is in use, and return its path."""
    stamp = app.now().strftime("%Y-%m-%d-%H%M%S")
    return storage.backup(app.store, to or app.data_dir / "backups" / f"openback-{stamp}.db")


def restore(app: App, path: Path) -> Path:
    """Put a back-up in place and return where what was here before is kept."""
    return storage.restore(app.store, path)


def restore_here(path: Path) -> Path | None:
    """Put a back-up in place while the app is not running, even over a database that cannot be opened."""
    where = database_here()
    if isinstance(where, str):
        raise NotOneFile
    data_dir().mkdir(parents=True, exist_ok=True, mode=0o700)
    return storage.restore_closed(where, path)


def delete_everything(app: App) -> None:
    """Take everything away, beyond undoing."""
    storage.delete_everything(app.store)
    clip_store.erase_all(app)
    photo_vault.erase_all(app)
