"""Small sets of numbers and made motion that the engine's tests share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np

from openback.catalogue import load_catalogue
from openback.model.exercise import Exercise, Fault
from openback.model.motion import LandmarkFrame
from openback.motion.skeleton.figure_motion import eased
from openback.motion.synthesis.made_set import MadeSet, SetPlan, made_set


@cache
def exercise(name: str) -> Exercise:
    """Return an exercise of the catalogue."""
    return load_catalogue().exercises[name]


@cache
def made(name: str, plan: SetPlan, seed: int = 1) -> MadeSet:
    """Return a made set, once for all tests that look at it."""
    return made_set(exercise(name), plan, seed)


def course(stops: Sequence[tuple[float, float]], rate_hz: float = 30.0) -> Iterator[tuple[float, float]]:
    """Yield (time, value) moments that ease from stop to stop, each (time in seconds, value)."""
    for (t0, a), (t1, b) in pairwise(stops):
        count = round((t1 - t0) * rate_hz)
        for n in range(count):
            yield t0 + n / rate_hz, a + (b - a) * float(eased(np.array(n / count)))
    yield stops[-1]


def set_of(
    peaks: Sequence[float], *, low: float = 0.0, lift_s: float = 1.0, hold_s: float = 0.3
) -> list[tuple[float, float]]:
    """Return the stops of a set: from `low` to each peak and back."""
    stops, t_s = [(0.0, low), (0.5, low)], 0.5
    for peak in peaks:
        stops += [(t_s + lift_s, peak), (t_s + lift_s + hold_s, peak), (t_s + 2 * lift_s + hold_s, low)]
        t_s += 2 * lift_s + hold_s
        stops.append((t_s + 0.4, low))
        t_s += 0.4
    return stops


def fault(**changes: object) -> Fault:
    """Return a fault with a limit above 10 degrees at the peak, changed as asked."""
    base = Fault(
        id="bent",
        measure="knee_flexion_deg",
        during="peak",
        stat="max",
        below=None,
        above=10.0,
        held_s=0.2,
        severity="form",
        cue="Straighten.",
        why="Because.",
        basis="project default",
    )
    return replace(base, **changes)


def mirrored(frame: LandmarkFrame) -> LandmarkFrame:
    """Return the frame as a mirror shows it: left and right of the person change places."""
    swap = [0, 4, 5, 6, 1, 2, 3, *(n + (1 if n % 2 else -1) for n in range(7, 33))]
    image = frame.image_px[swap] * (-1, 1) + (frame.width_px, 0)
    world = frame.world_m[swap] * (-1, 1, 1)
    return replace(
        frame, image_px=image, world_m=world, depth_px=frame.depth_px[swap], visibility=frame.visibility[swap]
    )
