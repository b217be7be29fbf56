"""One frame in, all that can be told of it out: the first half of the motion engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import inf, nan
from typing import Final

from openback.model.exercise import MeasuredSide
from openback.model.motion import BodySide, Floats, LandmarkFrame, View, ViewName
from openback.motion.body import Body, lifted
from openback.motion.filter import OneEuro
from openback.motion.framing import CLEAR, Framing, framing
from openback.motion.limbs import arm_elevation_deg
from openback.motion.measures import MEASURES, RISE, Measure, Reading, Why
from openback.motion.person import PersonKeeper, body_box
from openback.motion.readings import Errors, Pick, Rest, picker, reading, together, with_pairs
from openback.motion.sides import MIRRORED, SideKeeper
from openback.motion.steadiness import Jitter, Steadiness
from openback.motion.trunk import risen_trunks
from openback.motion.view import ViewTracker

Key = tuple[str, BodySide]

# Below so many pixels of trunk the pose model sees less than it was made for, and errs in proportion.
_FINE_PX: Final = 60.0
_NONE: Final = Errors(nan, nan)


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
    if side == "either" or side == "working":  # noqa: PLR1714 - so that the type narrows
        return ("left", "right")
    return (side,)


class Observer:
    """Turns frames into readings of the wanted measures, one frame at a time.

    `wanted` holds (measure, side) as exercise files say them; tempo measures are no matter of one frame.
    """

    def __init__(self, wanted: Collection[tuple[str, MeasuredSide]]) -> None:
        self.keys: tuple[Key, ...] = tuple(
            dict.fromkeys(
                (name, side)
                for name, asked in wanted
                if name in MEASURES
                for side in wanted_sides(name, asked)
            )
        )
        self._plan = _planned(self.keys)
        self._needed = _needed(self._plan)
        self._smooth = OneEuro()
        self._person = PersonKeeper()
        self._sides = SideKeeper()
        self._steady = Steadiness()
        self._jitter = Jitter()
        self._view = ViewTracker()
        self._rests = (Rest(), Rest())
        self._body: Body | None = None

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
        steady = self._steady.seen(frame.t_s, points, exchanged=self._sides.changed)
        body = self._moved(frame.t_s, points)
        visibility = frame.visibility
        if self._sides.taken != "as it is":
            image, visibility = [image[number] for number in MIRRORED], visibility[MIRRORED]
        seen: list[float] = self._jitter.doubted(visibility).tolist()
        view = self._view.seen(frame.t_s, body.yaw_deg())
        framed = framing(self._needed, image, seen, (frame.width_px, frame.height_px), box[2])
        for number in framed.outside:
            seen[number] = 0.0
        return Observation(
            t_s=frame.t_s,
            found=True,
            same_person=True,
            view=view,
            readings=self._readings(frame.t_s, body, view, with_pairs(seen), steady=steady, px=box[2]),
            framing=framed,
            body=body,
        )

    def _begin(self) -> None:
        for part in (self._smooth, self._sides, self._steady, self._jitter, self._view):
            part.restart()
        self._body = None

    def _moved(self, t_s: float, points: Floats) -> Body:
        if self._sides.turned:
            self._smooth.restart()
        elif self._steady.collapsed and self._body is not None:
            return self._body
        calm = self._smooth(t_s, points.ravel()).reshape(33, 3)
        self._jitter.seen(t_s, points, calm)
        body = self._body = Body(calm.tolist())
        return body

    def _nothing(self, t_s: float, why: Why) -> Observation:
        return Observation(
            t_s=t_s,
            found=why != "nobody",
            same_person=why == "nobody",
            view=self._view.view,
            readings=dict.fromkeys(self.keys, Reading(nan, nan, why)),
        )

    def _readings(
        self, t_s: float, body: Body, view: View, seen: list[float], *, steady: bool, px: float
    ) -> dict[Key, Reading]:
        readings: dict[Key, Reading] = {}
        coarse = max(1.0, _FINE_PX / px) if px > 0 else inf
        for job in self._plan:
            errors = job.errors.get(view.name, _NONE)
            if coarse > 1:
                errors = Errors(coarse * errors.reading, coarse * errors.change)
            both = [reading(job.measure, pick, body, side, errors, seen) for side, pick in job.sides]
            if job.measure.name == RISE:
                both = [
                    (self._risen(t_s, body, side, told, steady=steady), quality)
                    for (side, _), (told, quality) in zip(job.sides, both, strict=True)
                ]
            for key, place in job.asked:
                told = both[place][0] if place >= 0 else together(both[0], both[1], key[1])
                readings[key] = told if steady or told.why else Reading(nan, nan, "unsteady", told.guess)
        return readings

    def _risen(self, t_s: float, body: Body, side: int, told: Reading, *, steady: bool) -> Reading:
        rest, elevation_deg = self._rests[side], arm_elevation_deg(body, side)
        value = rest.risen(t_s, told.value if steady else nan, elevation_deg)
        doubt = rest.doubt(elevation_deg)
        guess = risen_trunks(told.guess, rest.height)
        return Reading(value, told.sd * doubt, told.why, guess, told.change_sd * doubt)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A measure that is wanted: the sides it is worked out for, with what picks their landmarks, and the readings.

    A reading asked for has its place among the sides, or -1 when it is told from both.
    """

    measure: Measure
    sides: tuple[tuple[int, Pick], ...]
    errors: Mapping[ViewName, Errors]
    asked: tuple[tuple[Key, int], ...]


def _planned(keys: Collection[Key]) -> tuple[_Job, ...]:
    jobs = []
    for name in dict.fromkeys(name for name, _ in keys):
        measure = MEASURES[name]
        asked = tuple(side for known, side in keys if known == name)
        sides = (0,) if not measure.sided or set(asked) == {"left"} else (0, 1)
        sides = (1,) if measure.sided and set(asked) == {"right"} else sides
        place: dict[BodySide, int] = {"left": 0, "right": len(sides) - 1}
        jobs.append(
            _Job(
                measure=measure,
                sides=tuple((side, picker(measure.groups(side))) for side in sides),
                errors={
                    view: Errors(error, measure.change_error[view]) for view, error in measure.error.items()
                },
                asked=tuple(((name, side), place.get(side, -1) if measure.sided else 0) for side in asked),
            )
        )
    return tuple(jobs)


def _needed(plan: tuple[_Job, ...]) -> tuple[int, ...]:
    groups = (group for job in plan for side, _ in job.sides for group in job.measure.groups(side))
    return tuple(sorted({number for group in groups for number in group}))
