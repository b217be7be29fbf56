"""Clips for tests: a small video, what an analyser would say of it, and an app whose clips are read at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from openback.errors import NotAVideo
from openback.model.motion import (
    INDEX,
    CannotTell,
    FaultSeen,
    HoldReport,
    MeasureSummary,
    RepReport,
    Reserve,
    SetReport,
    View,
)
from openback.services.clip_landmarks import packed
from openback.services.clip_reading import ReadClip
from openback.services.thinning import Track

PULL = "wide_grip_lat_pulldown"
# The first bytes of an MP4 file, and some more: a video as far as anyone can tell without reading it.
BYTES = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(range(256)) * 40
FPS, SECONDS, WIDTH, HEIGHT = 20, 6, 240, 320
BEHIND, SHORT = "behind_head", "short_range"


def a_rep(n: int | None, start_s: float, **changed: Any) -> RepReport:
    """Return a rep of two seconds."""
    rep = RepReport(
        n=n,
        start_s=start_s,
        peak_s=start_s + 0.9,
        end_s=start_s + 1.9,
        range=95.0,
        range_share=0.97,
        lift_s=0.7,
        hold_s=0.3,
        lower_s=0.9,
        peak_speed_per_s=1.4,
    )
    return replace(rep, **changed)


def a_fault(rep: int | None = 2, at_s: float = 3.1, **changed: Any) -> FaultSeen:
    """Return a form fault of a rep."""
    fault = FaultSeen(
        id=SHORT,
        severity="form",
        rep=rep,
        at_s=at_s,
        value=0.7,
        limit=0.85,
        unit="share",
        cue="All the way up between reps.",
    )
    return replace(fault, **changed)


DANGER = a_fault(
    rep=1,
    at_s=1.0,
    id=BEHIND,
    severity="danger",
    value=-0.12,
    limit=0.02,
    unit="trunk lengths",
    cue="Keep the bar in front of your face.",
)


def a_report(*faults: FaultSeen, reps: int = 3, exercise: str = PULL, **changed: Any) -> SetReport:
    """Return the report of a set of so many reps."""
    by_rep = {n: tuple(one.id for one in faults if one.rep == n) for n in range(1, reps + 1)}
    report = SetReport(
        exercise=exercise,
        frames=FPS * SECONDS,
        duration_s=float(SECONDS),
        fps=float(FPS),
        pose_found=0.99,
        view=View(name="oblique", yaw_deg=40.0),
        reps=tuple(a_rep(n, 2.0 * (n - 1), faults=by_rep[n]) for n in range(1, reps + 1)),
        faults=faults,
        cannot_tell=(
            CannotTell(
                id="swing",
                why="The trunk leans towards the camera from there.",
                remedy="Put the phone at your right side.",
            ),
        ),
        measures={"elbow_flexion_deg": MeasureSummary(min=20, max=115, mean=float("nan"), unit="deg")},
        reserve=Reserve(reps=2.2, low=0.9, high=3.6),
        speed_loss=0.22,
    )
    return replace(report, **changed)


def a_hold_report(held_s: float = 27.6) -> SetReport:
    """Return the report of one hold."""
    hold = HoldReport(start_s=1.0, end_s=1.0 + held_s)
    return replace(a_report(reps=0, exercise="cobra_pose"), holds=(hold,), reserve=None, speed_loss=None)


def a_track(seconds: float = SECONDS, per_s: float = FPS) -> Track:
    """Return the landmarks of somebody who pulls up and down, with nobody in the last half second."""
    t_s = np.arange(0, seconds, 1 / per_s, dtype=np.float32)
    xy = np.zeros((len(t_s), 33, 2), dtype=np.float32)
    for side, at in (("left", 0.66), ("right", 0.34)):
        outward = 1 if side == "left" else -1
        for name, y in (("ear", 0.16), ("shoulder", 0.3), ("hip", 0.62), ("knee", 0.8), ("ankle", 0.96)):
            xy[:, INDEX[f"{side}_{name}"]] = at, y
        xy[:, INDEX[f"{side}_ear"], 0] = 0.5 + outward * 0.05
        low = (1 - np.cos(2 * np.pi * t_s / 2)) / 2
        for name, high, deep, out in (
            ("elbow", 0.2, 0.45, 0.1),
            ("wrist", 0.05, 0.28, 0.12),
            ("index", 0.02, 0.25, 0.12),
        ):
            xy[:, INDEX[f"{side}_{name}"], 0] = at + outward * out
            xy[:, INDEX[f"{side}_{name}"], 1] = high + (deep - high) * low
        xy[:, INDEX[f"{side}_foot_index"]] = at + outward * 0.03, 0.99
    xy[t_s >= seconds - 0.5] = np.nan
    visibility = np.full((len(t_s), 33), 0.9, dtype=np.float32)
    return Track(
        t_s=t_s,
        image_px=xy * np.array([WIDTH, HEIGHT], dtype=np.float32),
        visibility=visibility,
        width_px=WIDTH,
        height_px=HEIGHT,
    )


def write_video(path: Path, seconds: float = SECONDS) -> Path:
    """Write a video that every browser plays: a bar that goes down and up."""
    import cv2

    out = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), FPS, (WIDTH, HEIGHT))
    assert out.isOpened(), "OpenCV cannot write VP8 here"
    for number in range(int(seconds * FPS)):
        picture = np.full((HEIGHT, WIDTH, 3), (120, 105, 90), dtype=np.uint8)
        low = (1 - np.cos(np.pi * number / FPS)) / 2
        y = int(HEIGHT * (0.05 + 0.23 * low))
        cv2.line(picture, (40, y), (200, y), (235, 235, 235), 6)
        cv2.circle(picture, (120, 60), 26, (150, 170, 200), -1)
        cv2.rectangle(picture, (82, 95), (158, 200), (95, 80, 140), -1)
        out.write(picture)
    out.release()
    return path


@dataclass
class FakeAnalyser:
    """Stands in for the engine: says what it was told to say, and notes what it was asked.

    `hold` keeps a reading in its middle until it is set.
    """

    report: SetReport = field(default_factory=a_report)
    problem: Exception | None = None
    hold: threading.Event | None = None
    asked: list[tuple[str, bytes, Sequence[tuple[float, int, float]]]] = field(default_factory=list)

    def __call__(
        self, _catalogue: Any, path: Path, exercise_id: str, *, progress: Any, history: Any
    ) -> ReadClip:
        content = path.read_bytes()
        self.asked.append((exercise_id, content[:16], history))
        progress(30, 120)
        while self.hold is not None and not self.hold.wait(0.02):
            progress(60, 120)
        if b"broken" in content:
            raise NotAVideo(path.name)
        if self.problem is not None:
            raise self.problem
        return ReadClip(report=self.report, landmarks=packed(a_track()))
