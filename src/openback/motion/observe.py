"""One frame in, all that can be told of it out: the first half of the motion engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import exp, hypot, isfinite, nan
from typing import Final

from openback.model.exercise import MeasuredSide
from openback.model.motion import BodySide, LandmarkFrame, View
from openback.motion.body import Body, lifted
from openback.motion.filter import OneEuro
from openback.motion.framing import CLEAR, SEEN, Framing, framing
from openback.motion.measures import MEASURES, Measure, Reading, Why, combined
from openback.motion.person import PersonKeeper, body_box
from openback.motion.sides import MIRRORED, SideKeeper
from openback.motion.view import ViewTracker

Key = tuple[str, BodySide]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one frame tells. `readings` has every wanted measure, with NaN and the reason where it cannot be told.

    `same_person` is False while somebody else, or the same one after a cut, may be in the picture.
    `body` is the body that was measured: left and right kept, calmed over time; None when there is none.
    """

    t_s: float
    found: bool
    same_person: bool
    view: View
    readings: Mapping[Key, Reading] = field(default_factory=dict)
    framing: Framing = CLEAR
    body: Body | None = None


def wanted_sides(measure: str, side: MeasuredSide) -> tuple[BodySide, ...]:
    """Return which readings a rule or fault needs: the worse side and the working side are told from both."""
    if not MEASURES[measure].sided:
        return ("both",)
    if side in {"either", "working"}:
        return ("left", "right")
    return (side,)  # type: ignore[return-value]


@dataclass(slots=True)
class _Rest:
    """The longest that the neck has lately been, in trunk lengths: shoulders at rest."""

    neck: float = nan
    at_s: float = nan
    known_s: float = 0.0

    def seen(self, t_s: float, neck: float) -> float:
        """Return how far the shoulder is above its rest."""
        if not isfinite(neck):
            return nan
        if not isfinite(self.neck):
            self.neck, self.at_s = neck, t_s
            return 0.0
        passed_s = max(0.0, t_s - self.at_s)
        self.at_s = t_s
        self.known_s += min(passed_s, 0.2)
        # Down at once, up hardly at all: a shrug held for seconds is no rest.
        calm_s = 0.25 if neck > self.neck else 60.0
        self.neck += (neck - self.neck) * (1 - exp(-passed_s / calm_s))
        return self.neck - neck


class Observer:
    """Turns frames into readings of the wanted measures, one frame at a time.

    `wanted` holds (measure, side) as exercise files say them.
    """

    def __init__(self, wanted: Collection[tuple[str, MeasuredSide]]) -> None:
        self.keys: tuple[Key, ...] = tuple(
            dict.fromkeys((name, side) for name, asked in wanted for side in wanted_sides(name, asked))
        )
        self._plan = _planned(self.keys)
        groups = {group for job in self._plan for groups in job.groups for group in groups}
        self._needed = tuple(sorted({number for group in groups for number in group}))
        self._smooth = OneEuro()
        self._person = PersonKeeper()
        self._sides = SideKeeper()
        self._view = ViewTracker()
        self._rests = (_Rest(), _Rest())

    def observe(self, frame: LandmarkFrame) -> Observation:
        """Return what the frame tells, given those before it."""
        if not frame.found:
            return self._nothing(frame.t_s, "nobody")
        image = frame.image_px.tolist()
        box = body_box(image)
        if not self._person.same(frame.t_s, box):
            return self._nothing(frame.t_s, "another person")
        if self._person.new:
            self._begin()
        points = self._sides.keep(frame.t_s, lifted(frame))
        if self._sides.turned:
            self._smooth.restart()
        points = self._smooth(frame.t_s, points.ravel()).reshape(33, 3)
        visibility = frame.visibility
        if self._sides.taken != "as it is":
            image, visibility = [image[number] for number in MIRRORED], visibility[MIRRORED]
        seen = visibility.tolist()
        body = Body(points.tolist())
        view = self._view.seen(frame.t_s, body.yaw_deg())
        framed = framing(self._needed, image, seen, (frame.width_px, frame.height_px), box[2])
        return Observation(
            t_s=frame.t_s,
            found=True,
            same_person=True,
            view=view,
            readings=self._readings(body, view, framed, seen, frame.t_s),
            framing=framed,
            body=body,
        )

    def _begin(self) -> None:
        for part in (self._smooth, self._sides, self._view):
            part.restart()

    def _nothing(self, t_s: float, why: Why) -> Observation:
        return Observation(
            t_s=t_s,
            found=why != "nobody",
            same_person=why == "nobody",
            view=self._view.view,
            readings=dict.fromkeys(self.keys, Reading(nan, nan, why)),
        )

    def _readings(
        self, body: Body, view: View, framed: Framing, visibility: list[float], t_s: float
    ) -> dict[Key, Reading]:
        quality = [0.0 if number in framed.outside else seen for number, seen in enumerate(visibility)]
        readings: dict[Key, Reading] = {}
        for job in self._plan:
            error = job.measure.error.get(view.name, nan)
            one = [
                _reading(job.measure, job.groups[side], body, side, error, quality)
                if side in job.sides
                else None
                for side in (0, 1)
            ]
            if job.measure.name == "shoulder_rise_trunks":
                one = [self._risen(reading, side, t_s) for side, reading in enumerate(one)]
            for side in job.asked:
                readings[job.measure.name, side] = _of(side, one)
        return readings

    def _risen(self, reading: Reading | None, side: int, t_s: float) -> Reading | None:
        if reading is None:
            return None
        rise = self._rests[side].seen(t_s, reading.value)
        return reading._replace(value=rise, guess=self._rests[side].neck - reading.guess)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A measure that is wanted: for which sides it is worked out, and which are asked for."""

    measure: Measure
    sides: tuple[int, ...]
    asked: tuple[BodySide, ...]
    groups: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]


def _planned(keys: Collection[Key]) -> tuple[_Job, ...]:
    jobs = []
    for name in dict.fromkeys(name for name, _ in keys):
        measure = MEASURES[name]
        asked = tuple(side for known, side in keys if known == name)
        sides = measure.sides
        if measure.sided and asked in {("left",), ("right",)}:
            sides = (0,) if asked == ("left",) else (1,)
        jobs.append(
            _Job(measure=measure, sides=sides, asked=asked, groups=(measure.groups(0), measure.groups(1)))
        )
    return tuple(jobs)


def _reading(
    measure: Measure,
    groups: tuple[tuple[int, ...], ...],
    body: Body,
    side: int,
    error: float,
    quality: list[float],
) -> Reading:
    guess = measure.function(body, side)
    seen = min(max(quality[number] for number in group) for group in groups)
    why = _why(guess, error, seen, groups, quality)
    if why:
        return Reading(nan, nan, why, guess)
    # A joint half seen is twice as uncertain.
    return Reading(guess, error * (1 + 2 * (1 - min(1.0, seen))), "", guess)


def _why(
    guess: float, error: float, seen: float, groups: tuple[tuple[int, ...], ...], quality: list[float]
) -> Why:
    if not isfinite(error):
        return "view"
    if not seen >= SEEN:
        outside = any(all(quality[number] == 0 for number in group) for group in groups)
        return "not in frame" if outside else "not visible"
    return "" if isfinite(guess) else "no meaning here"


def _of(side: BodySide, one: list[Reading | None]) -> Reading:
    left, right = one
    if right is None:
        return left or _NOTHING
    if side == "left" or left is None:
        return (left or _NOTHING) if side == "left" else right
    if side == "right":
        return right
    return _pair(left, right, side)


_NOTHING: Final = Reading(nan, nan, "not visible")


def _pair(left: Reading, right: Reading, side: BodySide) -> Reading:
    guess = combined(left.guess, right.guess, side)
    if not left.why and not right.why:
        spread = hypot(left.sd, right.sd)
        if side == "difference":
            return Reading(guess, spread, "", guess)
        return Reading(guess, spread / 2, "", guess)
    if side == "difference" or (left.why and right.why):
        return Reading(nan, nan, left.why or right.why, guess)
    # One side is hidden: the other stands for both, the worse for it.
    seen = right if left.why else left
    return Reading(seen.value, 1.5 * seen.sd, "", seen.value)
