"""The moving figure for pages: built skins, addresses that change when the picture does, and pictures kept.

Without built assets there is no figure, and pages stay as they are without one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from openback.model.exercise import Exercise
from openback.motion.figure.body_file import Skin, read
from openback.motion.figure.picture import LOOKS, Scene, Theme, View, png
from openback.motion.figure.playing import Played, played
from openback.web.assets import DIST
from openback.web.body_map import Figure

Moment = Literal["start", "peak"]
Size = Literal["small", "large"]

SIZES_PX: Final[dict[Size, int]] = {"small": 144, "large": 480}
KEPT: Final = 160  # pictures in memory: the whole library in one theme, and some large ones


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """What a page needs to show a figure: addresses, and the view in words for those who do not see it."""

    motion_url: str
    body_url: str
    stills: dict[tuple[Moment, Theme], str]


@dataclass(slots=True)
class Figures:
    """The skins of a build, and the pictures that were drawn with them."""

    dist: Path = DIST
    _skins: dict[Figure, tuple[float, Skin, str]] = field(default_factory=dict)
    _drawn: OrderedDict[tuple[str, ...], bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def skin(self, sex: Figure) -> tuple[Skin, str] | None:
        """Return the built skin and a short name of its content; None when it was not built."""
        path = self.dist / "body" / f"{sex}.bin"
        try:
            stamp = path.stat().st_mtime
            known = self._skins.get(sex)
            if known is None or known[0] != stamp:
                content = path.read_bytes()
                known = (stamp, read(content), hashlib.sha256(content).hexdigest()[:12])
                self._skins[sex] = known
        except (FileNotFoundError, ValueError):
            return None  # not built, or not yet built anew
        return known[1], known[2]

    def view(self, exercise: Exercise, sex: Figure) -> FigureView | None:
        """Return the addresses of an exercise's figure; None when it has none or nothing was built."""
        known = self.skin(sex)
        if known is None or exercise.figure is None:
            return None
        version = version_of(exercise, known[1])
        base = f"/library/{exercise.id}/figure"
        return FigureView(
            motion_url=f"{base}.json?sex={sex}&v={version}",
            body_url=f"/static/dist/body/{sex}.bin?v={known[1]}",
            stills={
                (at, theme): f"{base}.png?sex={sex}&at={at}&theme={theme}&v={version}"
                for at in ("start", "peak")
                for theme in LOOKS
            },
        )

    def thumbnail(self, exercise: Exercise, sex: Figure) -> Mapping[Theme, str]:
        """Return the addresses of a small picture at the peak, by theme; empty when there is none."""
        view = self.view(exercise, sex)
        return {theme: f"{view.stills['peak', theme]}&size=small" for theme in LOOKS} if view else {}

    def picture(self, exercise: Exercise, sex: Figure, at: Moment, theme: Theme, size: Size) -> bytes | None:
        """Return a PNG of the figure, drawn once; None when there is nothing to draw."""
        known = self.skin(sex)
        if known is None or exercise.figure is None:
            return None
        key = (exercise.id, version_of(exercise, known[1]), sex, at, theme, size)
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        drawn = _drawn(played(exercise, sex), known[0], at, theme, SIZES_PX[size])
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        return drawn


def version_of(exercise: Exercise, skin: str) -> str:
    """Return a short name that changes whenever the figure would look different."""
    told = repr((exercise.figure, sorted(exercise.muscles.items()), exercise.dose.tempo, skin))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _drawn(one: Played, skin: Skin, at: Moment, theme: Theme, size_px: int) -> bytes:
    rotation, shift = one.moved_by
    time = one.peak if at == "peak" else 0
    scene = Scene(
        skin=skin,
        moved_by=(rotation[time], shift[time]),
        shares=one.exercise.muscles,
        props=one.parts,
        at=time,
        floor_m=one.floor_m,
    )
    low, high = one.low_m, one.high_m
    view = View(
        yaw_deg=one.figure.camera_yaw_deg,
        pitch_deg=one.figure.camera_pitch_deg,
        low_m=(float(low[0]), float(low[1]), float(low[2])),
        high_m=(float(high[0]), float(high[1]), float(high[2])),
    )
    return png(scene, view, theme, size_px)
