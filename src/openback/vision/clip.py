"""Clips, photos and single pictures: what the rest of Openback asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openback.model.motion import Floats, LandmarkFrame
from openback.vision.choose import first_choice
from openback.vision.follow import MOST_PEOPLE, Follower
from openback.vision.landmarker import Landmarker, frame_of
from openback.vision.limits import DEFAULT, Limits
from openback.vision.memory import Picture
from openback.vision.models import Model
from openback.vision.parts import need_installed
from openback.vision.person import person_of
from openback.vision.reader import Reader

# Told how many frames are done, and how many there are in all.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInfo:
    """What a clip says of itself. The size is of a picture as it is shown: square pixels, the right way up.

    `frames` and `duration_s` are what its index says, 0 when it has none; `rotation` is how far its
    stored pictures are turned, clockwise in degrees; `sar` is how many times wider than high a stored pixel is.
    """

    width_px: int
    height_px: int
    fps: float
    frames: int
    duration_s: float
    rotation: int
    sar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClip:
    """A clip that is open. `info` is what it says of itself; `frames` can be gone through once."""

    info: ClipInfo
    frames: Iterator[LandmarkFrame]


@contextmanager
def open_clip(
    path: Path, *, model: Model = "full", progress: Progress | None = None, limits: Limits = DEFAULT
) -> Iterator[OpenClip]:
    """Yield a clip with the landmarks of one person, the same through all its frames.

    Raises BadClip when the file cannot be read, VideoNotInstalled, VideoPartsBroken or PoseModelMissing.
    """
    need_installed()
    # The decoding process starts first: it has its picture ready when the pose model is.
    with closing(Reader(path, "frames", limits)) as reader, Follower(model) as follower:
        info = ClipInfo(**reader.opened().about)
        again = partial(Reader, path, "frames", limits)
        yield OpenClip(info=info, frames=_followed(reader, again, follower, info, progress))


def _followed(
    reader: Reader, again: Callable[[], Reader], follower: Follower, info: ClipInfo, progress: Progress | None
) -> Iterator[LandmarkFrame]:
    """Yield the frames of one person; the first seconds are held back until it is clear who that is."""
    held: list[LandmarkFrame] = []
    for frame in _looked(reader, follower, info, progress):
        held.append(frame)
        if follower.undecided:
            continue
        if follower.mistaken:
            break
        yield from held
        held.clear()
    follower.decide(reader.look_px[0])
    if not follower.mistaken:
        yield from held
        return
    reader.close()
    follower.again()
    with again() as second:
        yield from _looked(second, follower, info, progress)


def _looked(
    reader: Reader, follower: Follower, info: ClipInfo, progress: Progress | None
) -> Iterator[LandmarkFrame]:
    size = (info.width_px, info.height_px)
    for number, (t_s, picture) in enumerate(reader, start=1):
        yield frame_of(follower.look(t_s, picture), t_s, size, reader.look_px)
        if progress is not None:
            progress(number, max(number, info.frames))


def clip_frames(
    path: Path, *, model: Model = "full", progress: Progress | None = None, limits: Limits = DEFAULT
) -> Iterator[LandmarkFrame]:
    """Yield the landmarks of each frame of a clip, of one person; raises what `open_clip` raises."""
    with open_clip(path, model=model, progress=progress, limits=limits) as clip:
        yield from clip.frames


def probe(path: Path, *, limits: Limits = DEFAULT) -> ClipInfo:
    """Return what a clip says of itself; raises BadClip when it has no picture."""
    need_installed()
    with Reader(path, "info", limits) as reader:
        return ClipInfo(**reader.about)


def pictures_at(path: Path, times_s: Sequence[float], *, limits: Limits = DEFAULT) -> tuple[Picture, ...]:
    """Return the pictures of a clip at times that its frames have, in RGB and full size, in the order asked for.

    Between two frames it is the later one, after the end the last one.
    """
    need_installed()
    rising = tuple(sorted(set(times_s)))
    if not rising:
        return ()
    with Reader(path, "pictures", limits, rising) as reader:
        found = {t_s: picture.copy() for t_s, picture in reader}
    return tuple(found[t_s] for t_s in times_s)


def picture_at(path: Path, t_s: float, *, limits: Limits = DEFAULT) -> Picture:
    """Return the picture of a clip at a time, in RGB (height, width, 3)."""
    return pictures_at(path, (t_s,), limits=limits)[0]


def photo_frame(path: Path, *, model: Model = "full", limits: Limits = DEFAULT) -> LandmarkFrame:
    """Return the landmarks of the largest and most central person in a photo, at 0 seconds, in its full pixels."""
    frame, _ = read_photo(path, model=model, limits=limits)
    return frame


def photo_picture(path: Path, *, limits: Limits = DEFAULT) -> Picture:
    """Return a photo the right way up, in RGB, shrunk when it is large."""
    need_installed()
    with Reader(path, "photo", limits) as reader:
        return next(picture.copy() for _, picture in reader)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """Who is in a picture: the landmarks of the largest and most central person, and the mask of their pixels.

    `mask` (height, width) is 0 to 1. `people` is how many were found.
    """

    frame: LandmarkFrame
    mask: Floats
    people: int


def seen_in(picture: Picture, *, model: Model = "full") -> Seen | None:
    """Return who is in a picture (height, width, 3) in RGB that is in memory; None when nobody was found.

    Raises VideoNotInstalled, VideoPartsBroken or PoseModelMissing.
    """
    need_installed()
    size = (picture.shape[1], picture.shape[0])
    with Landmarker(model, most=MOST_PEOPLE, masks=True) as landmarker:
        people = [person_of(pose, picture, 0.0) for pose in landmarker.people(picture)]
    chosen = first_choice(people, size[0], None)
    if chosen is None or chosen.pose.mask is None:
        return None
    return Seen(frame=chosen.pose.frame(0.0, size, size), mask=chosen.pose.mask, people=len(people))


def read_photo(
    path: Path, *, model: Model = "full", limits: Limits = DEFAULT
) -> tuple[LandmarkFrame, Picture]:
    """Return the landmarks of a photo and the photo itself, shrunk when it is large."""
    need_installed()
    with Reader(path, "photo", limits) as reader, Landmarker(model, most=MOST_PEOPLE) as landmarker:
        picture = next(picture.copy() for _, picture in reader)
        size = (reader.about["width_px"], reader.about["height_px"])
        people = [person_of(pose, picture, 0.0) for pose in landmarker.people(picture)]
        chosen = first_choice(people, reader.look_px[0], None)
        return frame_of(None if chosen is None else chosen.pose, 0.0, size, reader.look_px), picture
