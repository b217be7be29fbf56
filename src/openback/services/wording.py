"""Sentences about sets, loads and dates, in the person's units. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openback.model.exercise import Exercise, LoadKind
from openback.model.log import SetLog
from openback.units import Units, shown_mass


def day_text(day: date) -> str:
    """Return a date in words, such as `14 November`."""
    return f"{day.day} {day:%B}"


def list_text(words: Sequence[str]) -> str:
    """Return words joined as in a sentence: `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def load_text(kind: LoadKind, load_kg: float | None, band: str | None, units: Units) -> str:
    """Return how a load is said: ` at 20 kg`, ` with the green band`, empty without one."""
    if band:
        return f" with the {band} band"
    if load_kg is None or (kind == "body" and load_kg == 0):
        return ""
    shown = shown_mass(load_kg, units)
    return {"assist": f" with {shown} of help", "body": f" with {shown} more"}.get(kind, f" at {shown}")


def amount_text(sets: Sequence[SetLog]) -> str:
    """Return reps or seconds of sets as a list: `12, 12 and 11`, `30 and 25 s`."""
    holds_s = [f"{one_set.hold_s:g}" for one_set in sets if one_set.hold_s is not None]
    if holds_s:
        return f"{list_text(holds_s)} s"
    return list_text([str(one_set.reps) for one_set in sets if one_set.reps is not None])


def last_time_text(exercise: Exercise, sets: Sequence[SetLog], units: Units) -> str:
    """Return what was done last time: `12, 12 and 11 at 20 kg on 14 November`; empty the first time."""
    work = [one_set for one_set in sets if one_set.kind == "work"]
    if not work:
        return ""
    same_load = len({(one_set.load_kg, one_set.band) for one_set in work}) == 1
    day = day_text(work[-1].at.astimezone().date())
    if same_load:
        return f"{amount_text(work)}{load_text(exercise.load, work[0].load_kg, work[0].band, units)} on {day}"
    parts = [
        f"{amount_text([one_set])}{load_text(exercise.load, one_set.load_kg, one_set.band, units)}"
        for one_set in work
    ]
    return f"{list_text(parts)} on {day}"


def pain_text(pain: int | str, limit: int) -> str:
    """Return what to do after a set with pain above the limit; a page's script puts its number where `pain` has a mark."""
    return (
        f"Pain of {pain} of 10: leave this exercise for today, or go on lighter and only if it stays at {limit} "
        "or below. If it has not settled in a day, see a clinician."
    )
