"""What to do next in an exercise: the programme's item, what was logged, and the loads that exist here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from openback.catalogue import owned
from openback.model.clip import Clip
from openback.model.exercise import Catalogue, Exercise
from openback.model.log import SetLog
from openback.model.person import Loads, Person, Place, Profile
from openback.model.programme import Item, Screened
from openback.model.strength import NextSet, Strength
from openback.services import form_hold
from openback.services.app import App
from openback.services.counting import local_day
from openback.services.flow_log import flow_sessions
from openback.services.plates import load_words
from openback.services.screened import screened_now
from openback.services.views import FormWarning, PlannedSet
from openback.services.who import known_profile
from openback.training.loads import USUAL_BAR, USUAL_STACK, ladder_kg
from openback.training.progression import Ask, Planned, next_set
from openback.training.strength.estimate import moved_kg, reps_forecast, strength_after
from openback.training.strength.priors import prior_for
from openback.training.warm_up import warm_up_sets
from openback.units import Units

FREE_RIR: Final = 2  # an exercise outside the programme: project default
# About two years of an exercise done twice a week: what lies further back no longer moves the estimate.
SETS_THAT_TELL: Final = 600


def bare_item(exercise: Exercise, *, why: str) -> Item:
    """Return an item for an exercise outside the programme: the fewest sets of its own dose."""
    return Item(
        exercise=exercise.id,
        sets=exercise.dose.sets[0],
        reps=exercise.dose.reps,
        hold_s=exercise.dose.hold_s,
        rir=FREE_RIR,
        rest_s=exercise.dose.rest_s,
        load_kg=None,
        band=None,
        why=why,
        mobility=not exercise.counts_sets,
    )


@dataclass(frozen=True, kw_only=True)  # no slots: what was worked out once is kept beside the fields
class Prescriber:
    """Prescribes for one person in one place, from what was logged before an instant.

    What was asked once is kept: sets, strengths and prescriptions.
    """

    catalogue: Catalogue
    person: Person
    place: Place
    screened: Screened
    before: datetime
    app: App | None = None
    not_in: UUID | None = None
    deload: bool = False
    _sets: dict[str, tuple[SetLog, ...]] = field(default_factory=dict)
    _strengths: dict[str, Strength | None] = field(default_factory=dict)
    _told: dict[Item, NextSet] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        app: App,
        *,
        place: str,
        before: datetime | None = None,
        not_in: UUID | None = None,
        deload: bool = False,
        profile: Profile | None = None,
    ) -> Prescriber:
        """Return a prescriber for the person of the app, or as `profile` has them.

        A place that is gone has the usual loads.
        """
        profile = profile or known_profile(app)
        found = next((p for p in profile.places if p.name == place), None)
        everything = Place(name=place, kit=frozenset(app.catalogue.kit), loads=Loads())
        return cls(
            catalogue=app.catalogue,
            person=profile.person,
            place=found or everything,
            screened=screened_now(app, profile),
            before=before or app.now(),
            app=app,
            not_in=not_in,
            deload=deload,
        )

    @property
    def units(self) -> Units:
        """The units the person reads."""
        return self.person.units

    @property
    def today(self) -> date:
        """The day it is prescribed for."""
        return self.before.astimezone().date()

    def sets(self, exercise_id: str) -> tuple[SetLog, ...]:
        """Return what was logged of an exercise before, oldest first, as far back as it still tells."""
        if exercise_id not in self._sets:
            found = self._logged(exercise_id, self.app) if self.app else ()
            # What a flow asked for is no try at what the programme asks for.
            left_out = self._flows | {self.not_in}
            self._sets[exercise_id] = tuple(s for s in reversed(found) if s.session_id not in left_out)
        return self._sets[exercise_id]

    def _logged(self, exercise_id: str, app: App) -> tuple[SetLog, ...]:
        if exercise_id not in self._done:
            return ()
        return app.store.latest_sets_of(app.person_id, exercise_id, most=SETS_THAT_TELL, before=self.before)

    @cached_property
    def _done(self) -> Collection[str]:
        return self.app.store.exercises_done(self.app.person_id) if self.app else ()

    @cached_property
    def _flows(self) -> frozenset[UUID]:
        return flow_sessions(self.app) if self.app else frozenset()

    def last_sets(self, exercise_id: str) -> tuple[SetLog, ...]:
        """Return the sets of the last session that had the exercise."""
        sets = self.sets(exercise_id)
        return tuple(one for one in sets if one.session_id == sets[-1].session_id) if sets else ()

    def strength(self, exercise: Exercise) -> Strength | None:
        """Return the strength estimate, leaning on exercises of the same pattern where there is little."""
        if exercise.id not in self._strengths:
            self._strengths[exercise.id] = None  # a pattern's exercises ask for each other
            related = {other.id: known for other in self._done_alike(exercise) if (known := self._own(other))}
            prior = prior_for(exercise, self.person, known=related, catalogue=self.catalogue.exercises)
            self._strengths[exercise.id] = strength_after(
                self.sets(exercise.id),
                exercise=exercise,
                mass_kg=self.person.mass_kg,
                prior=prior,
                as_of=self.today,
                day_of=local_day,
            )
        return self._strengths[exercise.id]

    def _done_alike(self, exercise: Exercise) -> Sequence[Exercise]:
        return [
            other
            for other in self.catalogue.exercises.values()
            if other.pattern == exercise.pattern and other.id != exercise.id and other.id in self._done
        ]

    def _own(self, exercise: Exercise) -> Strength | None:
        return strength_after(
            self.sets(exercise.id),
            exercise=exercise,
            mass_kg=self.person.mass_kg,
            prior=prior_for(exercise, self.person),
            as_of=self.today,
            day_of=local_day,
        )

    def next_set(self, item: Item) -> NextSet:
        """Return the next prescription for an item of the programme."""
        asked = replace(item, why="", load_kg=None, band=None)
        if asked not in self._told:
            self._told[asked] = self._worked_out(asked)
        return self._told[asked]

    def _worked_out(self, item: Item) -> NextSet:
        exercise = self.catalogue.exercises[item.exercise]
        return next_set(
            Ask(
                exercise=exercise,
                person=self.person,
                loads=self.place.loads,
                planned=Planned(sets=item.sets, reps=item.reps, hold_s=item.hold_s, rir=item.rir),
                today=self.today,
                sets=self.sets(exercise.id),
                strength=self.strength(exercise),
                held_by_fault=self._held_by(exercise),
                deload=self.deload,
                names=self._names,
                allowed=self._allowed,
                day_of=local_day,
            )
        )

    def _held_by(self, exercise: Exercise) -> str | None:
        if self.app is None or exercise.id not in self._filmed:
            return None
        return form_hold.held_by(self.app, exercise, self.sets(exercise.id))

    def form_warning(self, exercise: Exercise, today: Sequence[Clip]) -> FormWarning | None:
        """Return the danger seen on film to warn of, in today's clips or in those of former sessions."""
        if self.app is None or exercise.id not in self._filmed:
            return None
        return form_hold.warning(self.app, exercise, today, self.sets(exercise.id))

    @cached_property
    def _filmed(self) -> Collection[str]:
        return self.app.store.filmed_exercises(self.app.person_id) if self.app else ()

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {e.id: e.name for e in self.catalogue.exercises.values()}

    @cached_property
    def _allowed(self) -> frozenset[str]:
        here = owned(self.catalogue, self.place.kit)
        return frozenset(
            e.id
            for e in self.catalogue.exercises.values()
            if e.id not in self.screened.banned and here.issuperset(e.kit)
        )

    def too_heavy(self, exercise: Exercise) -> bool:
        """Return whether even the lightest load here would not give the fewest reps of the dose.

        Judged by the estimate, which for somebody new is a prior: the forecast is to failure. An exercise
        that was managed before is never too heavy.
        """
        strength, reps = self.strength(exercise), exercise.dose.reps
        if strength is None or reps is None or self.sets(exercise.id):
            return False
        ladder = self.ladder_kg(exercise) or (0.0,)
        lightest = ladder[-1] if exercise.load == "assist" else ladder[0]
        moved = moved_kg(exercise, lightest, self.person.mass_kg)
        return moved is not None and moved > 0 and reps_forecast(strength, moved).reps < reps[0]

    def loaded(self, item: Item) -> Item:
        """Return the item with the load or band of the next prescription."""
        told = self.next_set(item)
        return replace(item, load_kg=told.load_kg, band=told.band)

    def ladder_kg(self, exercise: Exercise) -> tuple[float, ...]:
        """Return the loads that exist here for an exercise, lightest first."""
        return ladder_kg(self.place.loads, exercise.load)

    def bands(self, exercise: Exercise) -> tuple[str, ...]:
        """Return the bands that exist here, lightest first; all colours where the place does not say."""
        if exercise.load != "band":
            return ()
        return self.place.loads.bands or tuple(self.catalogue.bands)

    def planned_sets(self, exercise: Exercise, told: NextSet, *, first: bool) -> tuple[PlannedSet, ...]:
        """Return the sets to do, prefilled: a warm-up ramp for the first exercise, then the work sets."""
        ramp = warm_up_sets(exercise.load, told.load_kg, self.ladder_kg(exercise)) if first else ()
        easy = [
            PlannedSet(
                kind="warm_up",
                load_kg=step.load_kg,
                band=None,
                reps=step.reps,
                hold_s=None,
                rir=None,
                plates=self._plates(exercise, step.load_kg),
            )
            for step in ramp
        ]
        work = PlannedSet(
            kind="work",
            load_kg=told.load_kg,
            band=told.band,
            reps=_reps_to_expect(told),
            hold_s=float(told.hold_s[0]) if told.hold_s else None,
            rir=told.rir,
            plates=self._plates(exercise, told.load_kg),
        )
        return (*easy, *(work for _ in range(told.sets)))

    def _plates(self, exercise: Exercise, load_kg: float | None) -> str:
        loads = self.place.loads
        return load_words(
            exercise,
            load_kg,
            bar=loads.barbell or USUAL_BAR,
            stack=loads.stack or USUAL_STACK,
            units=self.units,
        )


def _reps_to_expect(told: NextSet) -> int | None:
    """Return the reps to fill in: what the forecast gives, inside the range; the low end without one."""
    if told.reps is None:
        return None
    low, high = told.reps
    expected = round(told.forecast.reps) if told.forecast else low
    return min(high, max(low, expected))
