"""Strength beside published figures, for the exercises that have some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openback.model.exercise import Exercise, Source
from openback.model.person import Person
from openback.progress.norms import (
    GROUP_WORDS,
    GROUPS,
    Group,
    Norm,
    Spread,
    Standing,
    norms,
    standing,
    standing_words,
)
from openback.services.app import App
from openback.services.views import StrengthCurve


@dataclass(frozen=True, slots=True, kw_only=True)
class NormView:
    """One estimate beside one published figure, in words and in shares of body mass."""

    norm: Norm
    exercise: Exercise
    people: str  # "women, students of one college"
    spread: Spread
    standing: Standing
    said: str
    source: Source | None


def norm_views(app: App, curves: Sequence[StrengthCurve]) -> tuple[NormView, ...]:
    """Return the estimates of these curves that have a published figure; empty where none has."""
    person = app.store.person(app.person_id)
    return () if person is None else tuple(_views(app, person, {c.exercise.id: c for c in curves}))


def _views(app: App, person: Person, curves: dict[str, StrengthCurve]) -> Iterator[NormView]:
    for norm in norms():
        curve = next((curves[key] for key in norm.exercises if key in curves and curves[key].points), None)
        if curve is not None:
            for group in _groups(person):
                yield _view(app, person, norm, curve, group)


def _groups(person: Person) -> tuple[Group, ...]:
    """Return the groups to stand beside: both for somebody who did not say."""
    return tuple(group for group in GROUPS if person.sex in {group, "unspecified"})


def _view(app: App, person: Person, norm: Norm, curve: StrengthCurve, group: Group) -> NormView:
    last, exercise = curve.points[-1], curve.exercise
    # Where the body is lifted, only its lifted share is in the estimate: the figure is of the whole of it.
    whole = exercise.body_mass_share if exercise.load in {"body", "assist"} else 1.0
    stands = standing(
        (last.low_kg, last.one_rm_kg, last.high_kg), person.mass_kg * whole, norm.spreads[group]
    )
    return NormView(
        norm=norm,
        exercise=exercise,
        people=f"{GROUP_WORDS[group]}, {norm.people}",
        spread=norm.spreads[group],
        standing=stands,
        said=standing_words(stands, group),
        source=app.catalogue.sources.get(norm.source),
    )
