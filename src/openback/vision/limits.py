"""How much one file may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a clip or photo may need; project defaults.

    `long_s` is an hour, with a minute for cameras that stop late. `side_px` and `clip_px` hold 8K
    video, `photo_px` the largest phone cameras. `memory_bytes` and `cpu_s` are for the process that
    decodes; `still_s` is how long it may be silent.
    """

    long_s: float = 3660.0
    slowest_fps: float = 8.0
    fastest_fps: float = 240.0
    side_px: int = 16_384
    clip_px: int = 36_000_000
    photo_px: int = 210_000_000
    memory_bytes: int = 3072 * MIB
    cpu_s: int = 6 * 3600
    still_s: float = 30.0


DEFAULT: Final = Limits()
# Larger pictures are halved, cut to a third … before the pose model looks, which itself works on 256 pixels.
LOOK_PX: Final = 1920
