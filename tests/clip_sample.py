"""A clip as tests need it: a set made up of numbers, and the frames of somebody who is no picture."""

from __future__ import annotations

import functools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue, Exercise, Fault, RepRule
from openback.model.motion import (
    INDEX,
    CannotTell,
    FaultSeen,
    LandmarkFrame,
    MeasureSummary,
    RepReport,
    Reserve,
    SetReport,
    View,
    nobody,
)
from openback.services.clip_analysis import ClipAnalysis
from openback.services.recording import Recording
from openback.services.thinning import Curve, TrackGatherer
from openback.vision import ClipInfo

RATE_HZ = 30
REP_S = 3.0

BEHIND = Fault(
    id="behind_head",
    measure="wrist_ahead_of_ear_trunks",
    during="peak",
    stat="min",
    below=0.1,
    above=None,
    held_s=0.15,
    severity="danger",
    cue="Bar in front. Bring it to your chest.",
    why="Behind the neck loads the shoulder at its weakest and adds nothing for the lats.",
    basis="sperandei_2009",
)
LEAN = replace(
    BEHIND,
    id="leaning_back",
    measure="trunk_lean_deg",
    during="rep",
    stat="max",
    below=None,
    above=30.0,
    severity="form",
    cue="Keep the lean you started with.",
    why="Past thirty degrees it turns into a row.",
    basis="project default",
)
UNEVEN = replace(
    LEAN,
    id="uneven_arms",
    measure="elbow_flexion_deg",
    side="difference",
    above=15.0,
    severity="polish",
    cue="Pull with both arms alike.",
    why="The weaker side is left behind.",
)


@functools.cache
def catalogue() -> Catalogue:
    """The catalogue, with a pull-down whose rules the tests know."""
    shipped = load_catalogue(None)
    pulldown = replace(
        shipped.exercises["wide_grip_lat_pulldown"],
        rep=RepRule(measure="arm_elevation_deg", start=150, peak=45, min_s=0.8),
        faults=(BEHIND, LEAN, UNEVEN),
    )
    return replace(shipped, exercises={**shipped.exercises, pulldown.id: pulldown})


def pulldown() -> Exercise:
    return catalogue().exercises["wide_grip_lat_pulldown"]


def standing(t_s: float, raised: float = 0.0, *, size: tuple[int, int] = (720, 1280)) -> LandmarkFrame:
    """A person before the camera whose wrists are `raised` metres above where they hang."""
    world_m = np.zeros((33, 3))
    for name, (x, y) in {
        "nose": (0, -0.72), "ear": (0.08, -0.72), "shoulder": (0.18, -0.5), "elbow": (0.25, -0.22), "wrist": (0.28, 0.03),
        "index": (0.28, 0.1), "hip": (0.1, 0.0), "knee": (0.1, 0.42), "ankle": (0.1, 0.84), "foot_index": (0.12, 0.9),
    }.items():  # fmt: skip
        for side, sign in (("left", 1), ("right", -1)):
            key = name if name == "nose" else f"{side}_{name}"
            world_m[INDEX[key]] = (x * sign, y - (raised if name in {"wrist", "index"} else 0), 0)
    width_px, height_px = size
    middle = np.array([width_px / 2, height_px * 0.52])
    return LandmarkFrame(
        t_s=t_s,
        image_px=world_m[:, :2] * height_px * 0.45 + middle,
        depth_px=np.zeros(33),
        world_m=world_m,
        visibility=np.full(33, 0.95),
        width_px=width_px,
        height_px=height_px,
    )


def frames(seconds: float = 9.0, *, rate_hz: float = RATE_HZ, empty: bool = False) -> list[LandmarkFrame]:
    """Frames of somebody whose hands go up and down every three seconds; of an empty room when `empty`."""
    times = [number / rate_hz for number in range(round(seconds * rate_hz))]
    if empty:
        return [nobody(t, 720, 1280) for t in times]
    return [standing(t, 0.5 - 0.5 * math.cos(2 * math.pi * t / REP_S)) for t in times]


def rep(n: int | None, start_s: float, *faults: str) -> RepReport:
    return RepReport(
        n=n,
        start_s=start_s,
        peak_s=start_s + 1.2,
        end_s=start_s + 2.8,
        range=108.0 if n else 52.0,
        range_share=1.0 if n else 0.48,
        lift_s=1.1,
        hold_s=0.2,
        lower_s=1.5,
        peak_speed_per_s=1.3,
        faults=faults,
    )


def seen(rule: Fault, number: int, at_s: float, value: float, unit: str) -> FaultSeen:
    limit = rule.below if rule.below is not None else rule.above
    return FaultSeen(
        id=rule.id,
        severity=rule.severity,
        rep=number,
        at_s=at_s,
        value=value,
        limit=limit or 0,
        unit=unit,
        cue=rule.cue,
    )


def set_report(**changed: object) -> SetReport:
    """Three reps and a partial, two of them behind the head."""
    report = SetReport(
        exercise="wide_grip_lat_pulldown",
        frames=375,
        duration_s=12.5,
        fps=30.0,
        pose_found=0.99,
        view=View(name="front", yaw_deg=-8.0),
        reps=(rep(1, 0.2), rep(2, 3.2, "behind_head", "leaning_back"), rep(3, 6.2, "behind_head")),
        partials=(rep(None, 9.2),),
        faults=(
            seen(BEHIND, 2, 4.4, -0.04, "trunk lengths"),
            seen(LEAN, 2, 4.6, 41.0, "deg"),
            seen(BEHIND, 3, 7.4, -0.08, "trunk lengths"),
        ),
        cannot_tell=(
            CannotTell(
                id="uneven_arms",
                why="The right elbow is hidden for most of the set.",
                remedy="Film from straight ahead or behind.",
            ),
        ),
        measures={"trunk_lean_deg": MeasureSummary(min=9.0, max=41.0, mean=18.0, unit="deg")},
        reserve=Reserve(reps=3.2, low=1.0, high=5.1),
        speed_loss=0.18,
    )
    return replace(report, **changed)


def curves() -> tuple[Curve, ...]:
    t_s = np.arange(0, 12.5, 1 / RATE_HZ)
    phase = np.cos(2 * np.pi * (t_s - 0.2) / REP_S)
    arm = 97 + 52 * phase * np.where(t_s > 9.2, 0.5, 1)
    lean = 14 + 4 * (1 - phase) + 24 * np.exp(-(((t_s - 4.6) / 0.3) ** 2))
    ahead = np.where((t_s > 3.2) & (t_s < 9), 0.2 + 0.27 * phase, 0.42 + 0.05 * phase)
    ahead[(t_s > 9.5) & (t_s < 10.2)] = np.nan
    return tuple(
        Curve(measure=measure, side=side, unit=unit, t_s=t_s, value=value)
        for measure, side, unit, value in (
            ("arm_elevation_deg", "left", "deg", arm + 3),
            ("arm_elevation_deg", "right", "deg", arm - 3),
            ("trunk_lean_deg", "both", "deg", lean),
            ("wrist_ahead_of_ear_trunks", "both", "trunk lengths", ahead),
        )
    )


def analysis(
    report: SetReport | None = None, *, files: tuple[Path, ...] = (Path("set.mp4"),), **changed: object
):
    """What `analyse` would return of such a set."""
    recording, landmarks = Recording(), TrackGatherer()
    for frame in frames(1.0):
        recording.append(frame)
        landmarks.add(frame)
    made = ClipAnalysis(
        files=files,
        exercise=pulldown(),
        asked=True,
        info=ClipInfo(
            width_px=720, height_px=1280, fps=30.0, frames=375, duration_s=12.5, rotation=0, sar=1.0
        ),
        report=report or set_report(),
        curves=curves(),
        landmarks=landmarks.track(),
        recording=recording,
    )
    return replace(made, **changed)
