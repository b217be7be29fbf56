"""The landmarks of one clip, kept on disk while it is worked on: memory stays flat whatever the clip's length."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Final

import numpy as np

from openback.model.motion import LandmarkFrame

# Pixels and metres to about seven digits: far finer than any pose model tells them.
_RECORD: Final = np.dtype(
    [
        ("t_s", "<f8"),
        ("size", "<i4", 2),
        ("image_px", "<f4", (33, 2)),
        ("depth_px", "<f4", 33),
        ("world_m", "<f4", (33, 3)),
        ("visibility", "<f4", 33),
    ]
)
_BLOCK: Final = 256  # records read at once


class Recording:
    """Frames in the order they came. It takes about 1 kB of disk a frame and is gone when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="openback-")  # noqa: SIM115 - lives as long as this does
        self._record = np.zeros((), _RECORD)
        self.frames = 0

    def append(self, frame: LandmarkFrame) -> None:
        """Keep a frame."""
        record = self._record
        record["t_s"] = frame.t_s
        record["size"] = frame.width_px, frame.height_px
        record["image_px"] = frame.image_px
        record["depth_px"] = frame.depth_px
        record["world_m"] = frame.world_m
        record["visibility"] = frame.visibility
        self._file.write(record.tobytes())
        self.frames += 1

    def __iter__(self) -> Iterator[LandmarkFrame]:
        """Yield the frames again, from the first."""
        for start in range(0, self.frames, _BLOCK):
            for record in self._read(start, min(_BLOCK, self.frames - start)):
                yield _frame(record)

    def at(self, t_s: float) -> LandmarkFrame | None:
        """Return the frame nearest to a moment; None when there is no frame at all."""
        if not self.frames:
            return None
        low, high = 0, self.frames - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._time(middle) < t_s else (low, middle)
        before = max(low - 1, 0)
        nearest = before if abs(self._time(before) - t_s) < abs(self._time(low) - t_s) else low
        return _frame(self._read(nearest, 1)[0])

    def close(self) -> None:
        """Let it go."""
        self._file.close()

    def _time(self, number: int) -> float:
        return float(self._read(number, 1)[0]["t_s"])

    def _read(self, start: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
        self._file.seek(start * _RECORD.itemsize)
        block = self._file.read(count * _RECORD.itemsize)
        self._file.seek(0, 2)
        return np.frombuffer(block, _RECORD)


def _frame(record: np.void) -> LandmarkFrame:
    width_px, height_px = (int(side) for side in record["size"])
    return LandmarkFrame(
        t_s=float(record["t_s"]),
        image_px=record["image_px"].astype(np.float64),
        depth_px=record["depth_px"].astype(np.float64),
        world_m=record["world_m"].astype(np.float64),
        visibility=record["visibility"].astype(np.float64),
        width_px=width_px,
        height_px=height_px,
    )
