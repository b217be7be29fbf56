"""From a clip, or two photos, to what a trainer would say about it: the only place where eye and engine meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from openback import vision
from openback.errors import BadPhotos, NoCameraRules, UnknownExercise
from openback.model.exercise import Catalogue, Exercise
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import BodySide, LandmarkFrame, SetReport
from openback.motion.engine import Known, SetWatcher
from openback.motion.photos import watch_photos
from openback.motion.recognise import recognise
from openback.services.clip_analysis import ClipAnalysis
from openback.services.recording import Recording
from openback.services.thinning import Curve, CurveGatherer, Track, TrackGatherer

Step = Callable[[int, int], None]
ReadFrames = Callable[[Path, Step | None], Iterable[LandmarkFrame]]
ReadPhoto = Callable[[Path], LandmarkFrame]
PHOTO_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"}
)


def is_photo(path: Path) -> bool:
    """Whether a file is named like a photo."""
    return path.suffix.lower() in PHOTO_SUFFIXES


def gradable(catalogue: Catalogue) -> Mapping[str, Exercise]:
    """Return the exercises that have rules for the camera."""
    return {key: one for key, one in catalogue.exercises.items() if one.rep is not None}


def exercise_to_grade(catalogue: Catalogue, exercise_id: str) -> Exercise:
    """Return an exercise that has rules for the camera. Raises UnknownExercise or NoCameraRules."""
    found = catalogue.exercises.get(exercise_id)
    if found is None:
        raise UnknownExercise(exercise_id, catalogue.exercises)
    if found.rep is None:
        raise NoCameraRules(found.name)
    return found


def analyse(
    catalogue: Catalogue,
    path: Path,
    exercise_id: str | None = None,
    *,
    progress: Step | None = None,
    history: Sequence[tuple[float, float, float]] = (),
    read_frames: ReadFrames | None = None,
) -> ClipAnalysis:
    """Return what is told by a clip: graded as the exercise, or as what it is recognised to be.

    `progress` is called with frames done and all frames. `history` are the person's own speed losses,
    reps and reps told to be in reserve, oldest first. `read_frames` yields the landmarks of a clip; by default the pose model
    finds them. Raises UnknownExercise, NoCameraRules, and what `vision` raises of a clip it cannot read.
    """
    exercise = None if exercise_id is None else exercise_to_grade(catalogue, exercise_id)
    known = Known(others=gradable(catalogue), history=tuple(history))
    recording = Recording()
    try:
        with _opened(path, progress, read_frames) as (info, frames):
            told = _told(exercise, _recorded(frames, recording), recording, known)
    except BaseException:
        recording.close()
        raise
    return ClipAnalysis(
        files=(path,),
        exercise=told.exercise,
        asked=exercise is not None,
        info=info,
        report=told.report,
        curves=told.curves,
        landmarks=_landmarks(recording),
        recording=recording,
    )


def analyse_photos(
    catalogue: Catalogue,
    start: Path,
    peak: Path,
    exercise_id: str | None,
    *,
    read_photo: ReadPhoto | None = None,
) -> ClipAnalysis:
    """Return the static measures and faults of two photos, the start and the peak of one rep.

    Raises BadPhotos without an exercise, UnknownExercise, NoCameraRules, and what `vision` raises.
    """
    if exercise_id is None:
        raise BadPhotos("From two photos alone the exercise cannot be recognised")
    exercise = exercise_to_grade(catalogue, exercise_id)
    read = read_photo or vision.photo_frame
    frames = (read(start), read(peak))
    recording = Recording()
    for number, frame in enumerate(frames):
        recording.append(replace(frame, t_s=float(number)))
    return ClipAnalysis(
        files=(start, peak),
        exercise=exercise,
        asked=True,
        info=None,
        report=watch_photos(exercise, *frames),
        curves=(),
        landmarks=_landmarks(recording),
        recording=recording,
    )


@contextmanager
def _opened(
    path: Path, progress: Step | None, read_frames: ReadFrames | None
) -> Iterator[tuple[vision.ClipInfo | None, Iterable[LandmarkFrame]]]:
    """Yield what a clip says of itself, and its frames."""
    if read_frames is not None:
        yield None, read_frames(path, progress)
        return
    with vision.open_clip(path, progress=progress) as clip:
        yield clip.info, clip.frames


@dataclass(frozen=True, slots=True)
class _Told:
    exercise: Exercise | None
    report: SetReport
    curves: tuple[Curve, ...]


def _told(
    exercise: Exercise | None, frames: Iterable[LandmarkFrame], recording: Recording, known: Known
) -> _Told:
    """Return what is told by the frames, which are being recorded; without an exercise they are seen twice."""
    if exercise is not None:
        return _Told(exercise, *_watched(exercise, frames, known))
    for _ in frames:
        pass
    guesses = recognise(recording, known.others)
    best = guesses[0].exercise if guesses else None
    found = None if best is None else known.others[best]
    report, curves = _watched(found, recording, known)
    return _Told(found, replace(report, recognised=guesses), curves)


def _recorded(frames: Iterable[LandmarkFrame], recording: Recording) -> Iterator[LandmarkFrame]:
    """Yield frames on, and keep each."""
    for frame in frames:
        recording.append(frame)
        yield frame


def _watched(
    exercise: Exercise | None, frames: Iterable[LandmarkFrame], known: Known
) -> tuple[SetReport, tuple[Curve, ...]]:
    """Return the report of a set, and the curves of what was measured on the way."""
    watcher = SetWatcher(exercise, known=known)
    gatherers: dict[tuple[str, BodySide], CurveGatherer] = {}
    for frame in frames:
        watcher.push(frame)
        for key, reading in watcher.readings.items():
            if key not in gatherers:
                gatherers[key] = CurveGatherer()
            gatherers[key].add(frame.t_s, math.nan if reading.why else reading.value)
    watcher.finish()
    return watcher.report(), tuple(_curve(*key, gatherer) for key, gatherer in gatherers.items())


def _curve(measure: str, side: BodySide, gatherer: CurveGatherer) -> Curve:
    t_s, value = gatherer.points()
    return Curve(measure=measure, side=side, unit=MEASURE_UNITS[measure], t_s=t_s, value=value)


def _landmarks(recording: Recording) -> Track:
    gatherer = TrackGatherer()
    for frame in recording:
        gatherer.add(frame)
    return gatherer.track()
