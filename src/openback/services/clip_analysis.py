"""What became of one clip, or of two photos."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from openback.model.exercise import Exercise
from openback.model.motion import SetReport
from openback.services.recording import Recording
from openback.services.thinning import Curve, Track
from openback.vision import ClipInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipAnalysis:
    """What became of one clip, or of two photos. Close it when the landmarks are no longer needed.

    `exercise` is what it was graded as, None when it was none that we know. `info` is of the clip's file,
    None for photos. `curves` and `landmarks` are bounded in size whatever the clip's length; `recording` holds
    every frame, on disk.
    """

    files: tuple[Path, ...]
    exercise: Exercise | None
    asked: bool
    info: ClipInfo | None
    report: SetReport
    curves: tuple[Curve, ...]
    landmarks: Track
    recording: Recording

    @property
    def photos(self) -> bool:
        """Whether it was made from photos."""
        return len(self.files) == 2

    @property
    def name(self) -> str:
        """The name of the file, or of the files."""
        return ", ".join(file.name for file in self.files)

    def close(self) -> None:
        """Let the landmarks go."""
        self.recording.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
