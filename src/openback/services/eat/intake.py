"""The days so far: what was eaten and weighed on each, and what training took, for learning and for the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from openback.model.eating import DayIntake
from openback.model.food import Slot
from openback.model.log import MassLog, SessionLog
from openback.nutrition.energy import training_kcal
from openback.nutrition.energy_data import energy_data
from openback.services.app import App
from openback.services.counting import midnight
from openback.storage import EatenEnergy

# All project defaults.
HISTORY_D: Final = 26 * 7  # what lies further back says little about today
MAIN_SLOTS: Final[frozenset[Slot]] = frozenset({"breakfast", "lunch", "dinner"})
WHOLE_SLOTS: Final = 2  # a day with fewer of the three is logged only in part
WHOLE_KCAL: Final = 800.0  # and so is one with less
WHOLE_COVERAGE: Final = 0.9  # of the entries' energy must be reported
TRAINING_D: Final = 28
TRAINING_LEAST_D: Final = 14  # of training log, before it says what training takes


def days_so_far(app: App) -> tuple[DayIntake, ...]:
    """Return each day of the last half year of which something is known, oldest first.

    Today's food counts only when the person said that it is all: the day is not over.
    """
    start = app.today - timedelta(days=HISTORY_D)
    said = app.store.food_days(app.person_id)
    eaten = _by_day(app.store.food_energy(app.person_id, start=start))
    masses = mass_by_day(app.store.masses(app.person_id, start=midnight(start)))
    return tuple(
        DayIntake(
            on=on,
            energy_kcal=None
            if on not in eaten
            else _whole_kcal(eaten[on], said.get(on), over=on < app.today),
            mass_kg=masses.get(on),
        )
        for on in sorted({*eaten, *masses})
        if on <= app.today
    )


def mass_by_day(masses: Iterable[MassLog]) -> Mapping[date, float]:
    """Return the mean of the weights of each day where the person is."""
    found: dict[date, list[float]] = defaultdict(list)
    for mass in masses:
        found[mass.at.astimezone().date()].append(mass.mass_kg)
    return {on: fmean(values) for on, values in found.items()}


def mass_now(app: App) -> float | None:
    """Return the last weight that was told, None before the first."""
    masses = app.store.masses(app.person_id)
    return masses[-1].mass_kg if masses else None


def training_kcal_per_day(app: App, mass_kg: float) -> float | None:
    """Return what the sessions of the last four weeks took a day beyond rest; None while the log is too short."""
    start = app.today - timedelta(days=TRAINING_D)
    sessions = app.store.sessions_between(
        app.person_id, midnight(start), midnight(app.today + timedelta(days=1))
    )
    # Yoga and breaks are light: counted as lifting they would promise food that they do not burn.
    done = [session for session in sessions if session.ended_at is not None and not session.is_flow]
    if not done or (app.today - min(s.started_at for s in done).astimezone().date()).days < TRAINING_LEAST_D:
        return None
    met = energy_data().mets["weights"].met
    return training_kcal(mass_kg, minutes=sum(map(_minutes, done)) / TRAINING_D, met=met)


def _minutes(session: SessionLog) -> float:
    longest_min = 180.0  # one that was not ended in time
    if session.ended_at is None:
        return 0.0
    return min(longest_min, max(0.0, (session.ended_at - session.started_at).total_seconds() / 60))


def _by_day(entries: Iterable[EatenEnergy]) -> Mapping[date, Sequence[EatenEnergy]]:
    found: dict[date, list[EatenEnergy]] = defaultdict(list)
    for entry in entries:
        found[entry.on].append(entry)
    return found


def _whole_kcal(entries: Sequence[EatenEnergy], said: bool | None, *, over: bool) -> float | None:  # noqa: FBT001
    """Return the energy of a day that was logged whole, by the person's word or else by its looks."""
    if said is False or (said is None and not (over and _looks_whole(entries))):
        return None
    known = [entry.energy for entry in entries if entry.energy is not None and entry.energy.coverage > 0]
    if len(known) < WHOLE_COVERAGE * len(entries):
        return None
    return sum(energy.amount / max(energy.coverage, WHOLE_COVERAGE) for energy in known)


def _looks_whole(entries: Sequence[EatenEnergy]) -> bool:
    slots = {entry.slot for entry in entries} & MAIN_SLOTS
    kcal = sum(entry.energy.amount for entry in entries if entry.energy is not None)
    return len(slots) >= WHOLE_SLOTS and kcal >= WHOLE_KCAL
