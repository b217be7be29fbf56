"""A sample person with six months of training, on a database that goes away at the end.

Nothing here is a drawing: the sample is planned, prescribed and logged by the same code as anybody,
on a clock that starts half a year ago. Only what she manages in each set is made up, by a model of
slowly growing strength, and always the same.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import uuid_utils.compat as uuid

from openback.model.exercise import Exercise
from openback.model.log import MassLog, SessionLog, SetLog
from openback.model.person import Bar, Loads, Person, Place, Profile, Stack
from openback.model.programme import Session
from openback.model.strength import NextSet, Strength
from openback.services import block as blocks
from openback.services.app import App, utc_now
from openback.services.demo_eating import live_eating, mass_kg
from openback.services.demo_journal import live_journal
from openback.services.demo_steps import live_steps
from openback.services.people import keep_profile
from openback.services.prescribing import Prescriber
from openback.services.screened import screened_now
from openback.services.start import catalogue_here
from openback.services.who import known_profile
from openback.storage import open_store
from openback.training.screening import load_questions
from openback.training.strength.estimate import moved_kg, reps_forecast, strength_from_prior
from openback.training.strength.priors import prior_for

HISTORY_WEEKS: Final = 26
SEED: Final = 20
HOLIDAY_WEEKS: Final = frozenset({11})
MISSED: Final = 0.08  # share of sessions that life gets in the way of
GAIN_PER_WEEK: Final = (
    0.011  # at first; it halves every GAIN_HALVES_WEEKS (evidence 4.1 for the order of size)
)
GAIN_HALVES_WEEKS: Final = 16
DAY_TO_DAY_REPS: Final = 0.6


@contextmanager
def demo_app() -> Iterator[App]:
    """Yield the app of the sample person; her data is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="openback-demo-") as folder:
        store = open_store(Path(folder) / "demo.db")
        try:
            app = App(store=store, catalogue=catalogue_here(), data_dir=Path(folder), demo=True)
            live(app)
            yield app
        finally:
            store.close()


def sample_profile(today: date) -> Profile:
    """Return who the sample person is: a desk, a gym round the corner, dumbbells at home."""
    maya = Person(
        name="Maya",
        sex="female",
        birth_date=date(today.year - 41, 5, 17),
        height_cm=168,
        mass_kg=66,
        experience="some",
        goals=("tone", "posture"),
        days_per_week=3,
        minutes_per_session=45,
        liked=("wide_grip_lat_pulldown",),
    )
    gym = Place(
        name="Gym",
        kit=frozenset(
            {
                "mat", "wall", "bench", "dumbbells", "barbell", "cable_machine", "rope", "wide_bar", "close_bar",
                "lat_pulldown_machine", "row_machine", "reverse_fly_machine", "assisted_pull_up_machine",
                "pull_up_bar",
            }
        ),
        loads=Loads(
            dumbbell_kg=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24),
            stack=Stack(start_kg=5, step_kg=5, top_kg=80, add_on_kg=(2.5,)),
            barbell=Bar(bar_kg=20, plates_kg=(1.25, 2.5, 5, 10, 15, 20)),
        ),
    )  # fmt: skip
    home = Place(
        name="Home",
        kit=frozenset({"mat", "wall", "chair", "dumbbells", "bench", "band"}),
        loads=Loads(dumbbell_kg=(2, 3, 4, 5, 6, 8, 10, 12), bands=("yellow", "red", "green", "blue")),
    )
    answers = {question.id: False for question in load_questions().items}
    return Profile(person=maya, places=(gym, home), screening=answers)


def live(app: App) -> None:
    """Let the sample person train for half a year up to yesterday."""
    first = app.today - timedelta(weeks=HISTORY_WEEKS)
    life = _Life(app=app, chance=random.Random(SEED))  # noqa: S311 - a sample, not a secret
    keep_profile(_at(app, first), sample_profile(app.today))
    while True:
        block = blocks.known_block(app)
        ends = block.kept.starts_on + timedelta(weeks=block.kept.programme.weeks)
        for dated in block.dated:
            on = blocks.planned_on(block, dated)
            if on < app.today:
                life.train(dated.session, on, week=(on - first).days // 7)
        if ends > app.today:
            break
        life.keep()
        blocks.new_block(_at(app, ends))
    life.keep()
    live_eating(app, first)
    live_journal(app, first)
    live_steps(app, first)


def _at(app: App, day: date) -> App:
    """Return the app as it was on a morning."""
    moment = datetime.combine(day, time(7)).astimezone()
    return replace(app, now=lambda: moment.astimezone(utc_now().tzinfo))


@dataclass(kw_only=True)
class _Life:
    """The sample person's half year, kept in memory until the end of each block."""

    app: App
    chance: random.Random
    sets: dict[str, tuple[SetLog, ...]] = field(default_factory=lambda: defaultdict(tuple))
    sessions: list[SessionLog] = field(default_factory=list)
    fresh: list[SetLog] = field(default_factory=list)
    masses: list[MassLog] = field(default_factory=list)

    def keep(self) -> None:
        """Write what was done since the last time."""
        self.app.store.add_history(
            self.app.person_id, sessions=self.sessions, sets=self.fresh, masses=self.masses
        )
        self.sessions, self.fresh, self.masses = [], [], []

    def train(self, session: Session, on: date, *, week: int) -> None:
        """Do one session, unless life gets in the way."""
        if week in HOLIDAY_WEEKS or self.chance.random() < MISSED:
            return
        begun = datetime.combine(on, time(18, self.chance.randrange(50))).astimezone()
        log = SessionLog(
            id=uuid.uuid7(),
            started_at=begun,
            ended_at=begun + timedelta(minutes=session.minutes * self.chance.uniform(0.9, 1.1)),
            title=f"Week {session.week}, session {session.day}",
            place=session.place,
            week=session.week,
            day=session.day,
        )
        self.sessions.append(log)
        self.masses.append(MassLog(at=begun, mass_kg=mass_kg(week, self.chance)))
        prescriber = self._prescriber(session, begun)
        at = begun + timedelta(minutes=6)
        for item in session.items:
            exercise = self.app.catalogue.exercises[item.exercise]
            told = prescriber.next_set(item)
            strength = self._true_strength(prescriber, exercise, week)
            for number in range(told.sets):
                done = self._set(log, exercise, told, strength, at, number)
                at += timedelta(seconds=45 + item.rest_s)
                self.sets[exercise.id] = (*self.sets[exercise.id], done)
                self.fresh.append(done)

    def _prescriber(self, session: Session, begun: datetime) -> Prescriber:
        profile = known_profile(self.app)
        return Prescriber(
            catalogue=self.app.catalogue,
            person=profile.person,
            place=next(place for place in profile.places if place.name == session.place),
            screened=screened_now(self.app, profile),
            before=begun,
            deload=session.deload,
            _sets=self.sets,
        )

    def _true_strength(self, prescriber: Prescriber, exercise: Exercise, week: int) -> Strength | None:
        prior = prior_for(exercise, prescriber.person)
        if prior is None:
            return None
        start = strength_from_prior(exercise, prior, as_of=prescriber.today)
        halves = GAIN_HALVES_WEEKS
        grown = 1 + GAIN_PER_WEEK * halves / 0.693 * (1 - 0.5 ** (week / halves))
        tired = 0.96 if week in {w + 1 for w in HOLIDAY_WEEKS} else 1.0
        return replace(start, one_rm_kg=start.one_rm_kg * grown * tired)

    def _set(
        self,
        log: SessionLog,
        exercise: Exercise,
        told: NextSet,
        strength: Strength | None,
        at: datetime,
        number: int,
    ) -> SetLog:
        """Return one set as she manages it: up to the reserve she was asked to leave, less as sets go by."""
        reps, left = None, None
        if told.reps is not None:
            able = self._able_reps(exercise, told, strength) - 0.5 * number
            reps = max(3, min(told.reps[1] + 1, round(able - told.rir)))
            left = max(0, min(5, round(able - reps)))
        hold_s = None
        if told.hold_s is not None:
            hold_s = float(min(told.hold_s[1], told.hold_s[0] + 5 * self.chance.randrange(3)))
        return SetLog(
            id=uuid.uuid7(),
            session_id=log.id,
            exercise=exercise.id,
            at=at,
            load_kg=told.load_kg,
            band=told.band,
            reps=reps,
            hold_s=hold_s,
            rir=left,
        )

    def _able_reps(self, exercise: Exercise, told: NextSet, strength: Strength | None) -> float:
        moved = moved_kg(exercise, told.load_kg, 66)
        noise = self.chance.gauss(0, DAY_TO_DAY_REPS)
        if strength is None or moved is None or moved <= 0:
            low, high = told.reps or (8, 12)
            return (low + high) / 2 + told.rir + noise
        return reps_forecast(strength, moved).reps + noise
