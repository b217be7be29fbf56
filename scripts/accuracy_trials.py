"""Made sets before the engine: what it counts and says of each, beside what is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf, isfinite
from typing import Final
from zlib import crc32

import numpy as np

from openback.catalogue.load import load_catalogue
from openback.model.exercise import Catalogue, Exercise, Fault, MeasuredSide
from openback.model.motion import BodySide, ViewName
from openback.motion.engine import watch
from openback.motion.measures import MEASURES, exact
from openback.motion.observe import Key, Observer, wanted_sides
from openback.motion.skeleton.kinematics import Sex
from openback.motion.synthesis.fault_truth import Strength, strength_for
from openback.motion.synthesis.made_set import MadeSet, SetPlan, made_set
from openback.motion.synthesis.set_motion import Shown

YAW_DEG: Final[Mapping[ViewName, float]] = {"front": 0.0, "oblique": 45.0, "side": 90.0, "back": 180.0}
VIEWS: Final[tuple[ViewName, ...]] = tuple(YAW_DEG)
TEMPO: Final = frozenset({"lift_s", "hold_s", "lower_s", "peak_speed_per_s", "speed_loss", "range_share"})
FPS: Final = 12.0
HARDLY_MORE: Final = 1.2
# Errors of angles are taken at every so many frames, for the first sets of a kind.
EVERY: Final = 4
# Made sets on which best views are found: for angles, for counting (every third walks up and off), for faults.
SCOUTS: Final = (1, 2, 4)
SCOUTS_CLEAN: Final = (1, 2, 3, 4, 5, 6)
SCOUTS_SHOWN: Final = (1, 2, 3)
ANGLES: Final[Mapping[str, tuple[BodySide, ...]]] = {
    "trunk_from_floor_deg": ("both",),
    "arm_elevation_deg": ("left", "right"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One set to make: of an exercise, from a view, clean or with a fault."""

    exercise: str
    view: ViewName
    fault: str | None
    number: int
    beyond: float = 1.5
    reps: int = 4
    salt: int = 0

    @property
    def seed(self) -> int:
        """The same for the same trial, whatever else is run."""
        name = f"{self.exercise} {self.view} {self.fault} {self.number} {self.salt}"
        return crc32(name.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was said of one made set. `errors_deg` are the errors of angles, by measure.

    `reached` is False where the figure cannot show the fault as strongly as wanted.
    """

    trial: Trial
    counted: int
    true: int
    told: frozenset[str]
    cannot_tell: frozenset[str]
    errors_deg: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reached: bool = True

    @property
    def exact(self) -> bool:
        """Whether the count was right."""
        return self.counted == self.true


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the packaged catalogue, once a process."""
    return load_catalogue()


def watched() -> list[Exercise]:
    """Return the exercises that the camera can coach, in order."""
    return [one for one in catalogue().exercises.values() if one.figure is not None and one.rep is not None]


@lru_cache(maxsize=1024)
def strength(exercise: str, fault: str, beyond: float) -> Strength:
    """Return how strongly to show a fault of an exercise."""
    own = catalogue().exercises[exercise]
    return strength_for(own, fault_of(own, fault), beyond)


def fault_of(exercise: Exercise, fault: str) -> Fault:
    """Return a fault of an exercise by its id."""
    return next(one for one in exercise.faults if one.id == fault)


def plan_of(trial: Trial, own: Exercise) -> SetPlan:
    """Return the plan of a trial: who does it and from where it is filmed follow from its seed."""
    rng = np.random.default_rng(trial.seed + 1)
    sex: Sex = "female" if rng.random() < 0.5 else "male"
    camera_yaw = own.figure.camera_yaw_deg if own.figure else 0.0
    side = -1.0 if camera_yaw < 0 else 1.0
    mirrored = bool(rng.random() < 0.5)
    shown = None
    if trial.fault is not None:
        how = strength(trial.exercise, trial.fault, trial.beyond)
        shown = Shown(fault=fault_of(own, trial.fault), strength=how.strength)
    return SetPlan(
        reps=trial.reps,
        sex=sex,
        yaw_deg=YAW_DEG[trial.view] * side * (-1.0 if mirrored else 1.0),
        shown=shown,
        fps=FPS,
        around=trial.number % 3 == 0,
        mirrored=mirrored,
    )


def run(trial: Trial) -> Outcome:
    """Return what the engine says of one made set."""
    own = catalogue().exercises[trial.exercise]
    made = made_set(own, plan_of(trial, own), trial.seed)
    report = watch(own, made.frames)
    counted = len(report.holds) if own.kind == "hold" else len(report.reps)
    measured = trial.fault is None and trial.number % 3 == 1
    return Outcome(
        trial=trial,
        counted=counted,
        true=len(made.reps),
        told=frozenset(fault.id for fault in report.faults),
        cannot_tell=frozenset(one.id for one in report.cannot_tell),
        errors_deg=angle_errors(made) if measured else {},
        reached=trial.fault is None or strength(trial.exercise, trial.fault, trial.beyond).reached,
    )


def angle_errors(made: MadeSet) -> dict[str, tuple[float, ...]]:
    """Return how far the trunk's and the arms' angles are off, where they may be told, while the set goes on."""
    wanted: list[Key] = [(measure, side) for measure, sides in ANGLES.items() for side in sides]
    observer = Observer(wanted)
    first, last = made.reps[0].start_s, made.reps[-1].end_s
    errors: dict[str, list[float]] = {measure: [] for measure in ANGLES}
    for n, frame in enumerate(made.frames):
        seen = observer.observe(frame)
        if n % EVERY or not first <= frame.t_s <= last:
            continue
        for measure, side in wanted:
            reading = seen.readings.get((measure, side))
            if reading is not None and reading.known and isfinite(reading.value):
                errors[measure].append(reading.value - exact(measure, side, made.landmarks_m[n]))
    return {measure: tuple(values) for measure, values in errors.items()}


def best_view(exercise: Exercise, fault: Fault | None) -> ViewName:
    """Return the view to judge a fault from, without a fault the one to count from.

    It is what `scout` found. Before that it is where its measure errs least, or hardly more and is asked for: the
    engine itself says how much it errs, on a clean set from each view; tempo goes by the rep measure then.
    """
    if exercise.id in _SCOUTED:
        return _SCOUTED[exercise.id][fault.id if fault else None]
    name = None if fault is None or fault.measure in TEMPO else fault.id
    asked = exercise.camera.best_view if exercise.camera else ""
    key = (exercise.id, asked, *((one.id, one.measure, one.side, one.during) for one in exercise.faults))
    if key not in _BEST:
        _BEST[key] = _best_views(exercise)
    return _BEST[key][name]


def best_angle_view(exercise: Exercise, measure: str) -> ViewName:
    """Return the view from which an angle errs least, found on sets that are not measured later."""
    if exercise.id not in _ANGLE_VIEWS:
        errors = [(view, _scouted_errors(exercise, view)) for view in VIEWS]
        _ANGLE_VIEWS[exercise.id] = {
            name: min((here[name], n, view) for n, (view, here) in enumerate(errors))[2] for name in ANGLES
        }
    return _ANGLE_VIEWS[exercise.id][measure]


def _scouted_errors(exercise: Exercise, view: ViewName) -> dict[str, float]:
    """Return the root mean square error of each angle from a view, infinite where it is never told."""
    errors: dict[str, list[float]] = {measure: [] for measure in ANGLES}
    for number in SCOUTS:
        trial = _scout(exercise, view, number)
        for measure, found in angle_errors(made_set(exercise, plan_of(trial, exercise), trial.seed)).items():
            errors[measure] += found
    return {
        measure: float(np.sqrt(np.mean(np.square(several)))) if several else inf
        for measure, several in errors.items()
    }


def _scout(exercise: Exercise, view: ViewName, number: int = 1) -> Trial:
    return Trial(exercise=exercise.id, view=view, fault=None, number=number, reps=2, salt=9)


def scout(exercises: Sequence[Exercise], processes: int) -> None:
    """Find the view that each fault is best found from, and reps best counted, on sets that are not measured later."""
    trials = [trial for exercise in exercises for trial in _scouts(exercise)]
    seen: dict[str, list[Outcome]] = {exercise.id: [] for exercise in exercises}
    for outcome in run_all(trials, processes):
        seen[outcome.trial.exercise].append(outcome)
    for exercise in exercises:
        _SCOUTED[exercise.id] = {
            fault.id if fault else None: _scouted_view(
                exercise, fault, seen[exercise.id], best_view(exercise, fault)
            )
            for fault in (*exercise.faults, None)
        }


def _scouts(exercise: Exercise) -> Iterator[Trial]:
    for view in VIEWS:
        for number in SCOUTS_CLEAN:
            yield replace(_scout(exercise, view, number), reps=5)
        for fault in exercise.faults:
            if can_tell(fault, view):
                for number in SCOUTS_SHOWN:
                    yield replace(_scout(exercise, view, number), reps=3, fault=fault.id)


def _scouted_view(
    exercise: Exercise, fault: Fault | None, seen: Sequence[Outcome], said: ViewName
) -> ViewName:
    """Return the view with the most found and the least made up; of equal ones the engine's own, then those asked for."""
    asked = exercise.camera.best_view.split("_or_") if exercise.camera else []
    order = sorted(VIEWS, key=lambda view: (view != said, view not in asked))
    return max(order, key=lambda view: _scouted_worth(fault, [one for one in seen if one.trial.view == view]))


def _scouted_worth(fault: Fault | None, seen: Sequence[Outcome]) -> float:
    clean = [one for one in seen if one.trial.fault is None]
    if fault is None:
        return sum(one.exact for one in clean) / len(clean)
    shown = [one for one in seen if one.trial.fault == fault.id]
    if not shown:
        return -1.0
    found = sum(fault.id in one.told for one in shown) / len(shown)
    return found - sum(fault.id in one.told for one in clean) / len(clean)


_SCOUTED: Final[dict[str, Mapping[str | None, ViewName]]] = {}
_BEST: Final[dict[tuple[object, ...], Mapping[str | None, ViewName]]] = {}
_ANGLE_VIEWS: Final[dict[str, Mapping[str, ViewName]]] = {}


def _best_views(exercise: Exercise) -> Mapping[str | None, ViewName]:
    asked = exercise.camera.best_view.split("_or_") if exercise.camera else []
    errors = {view: _view_errors(exercise, view) for view in VIEWS}
    best: dict[str | None, ViewName] = {}
    for name in errors[VIEWS[0]]:
        here = {view: errors[view][name] for view in VIEWS}
        least = min(here.values())
        near = [view for view in VIEWS if here[view] <= HARDLY_MORE * least and view in asked]
        best[name] = min(near or VIEWS, key=here.__getitem__)
    return best


def _view_errors(exercise: Exercise, view: ViewName) -> dict[str | None, float]:
    """Return the usual error of each fault's measure from a view, without a name that of the rep measure."""
    asked: dict[str | None, tuple[str, MeasuredSide, str]] = {
        fault.id: (fault.measure, fault.side, fault.during)
        for fault in exercise.faults
        if fault.measure not in TEMPO
    }
    if exercise.rep is not None:
        asked[None] = (exercise.rep.measure, exercise.rep.side, "rep")
    keys = {name: [(m, one) for one in wanted_sides(m, side)] for name, (m, side, _) in asked.items()}
    observer = Observer([key for several in keys.values() for key in several])
    trial = _scout(exercise, view)
    made = made_set(exercise, plan_of(trial, exercise), trial.seed)
    errors: dict[str | None, list[float]] = {name: [] for name in asked}
    for frame, share in zip(made.frames, made.course.share, strict=True):
        readings = observer.observe(frame).readings
        for name, (_, side, during) in asked.items():
            if _in_phase(share, during):
                known = [readings[key].sd if readings[key].known else inf for key in keys[name]]
                if side == "difference" and view == "side":  # one of the two is the far one
                    known = [inf]
                errors[name].append(min(known) if side == "working" else max(known))
    return {name: float(np.median(several)) for name, several in errors.items()}


def _in_phase(share: float, during: str) -> bool:
    return {"peak": share > 0.8, "start": share < 0.2}.get(during, share > 0.1)


def can_tell(fault: Fault, view: ViewName) -> bool:
    """Return whether the fault's measure can be told from a view."""
    return fault.measure in TEMPO or view in MEASURES[fault.measure].error


def run_all(trials: Sequence[Trial], processes: int) -> Iterator[Outcome]:
    """Yield the outcome of each trial, in order, from a pool of processes."""
    if processes <= 1:
        yield from map(run, trials)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(run, trials, chunksize=max(1, min(25, len(trials) // (4 * processes))))
