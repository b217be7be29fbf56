"""Errors about many clips, the live coach, and what is made of a clip."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class NoClips(BadInput):
    """A folder or a list that names nothing to analyse."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no clip in {where}. Give video files, a folder that has some, "
            "or a text file with one path a line."
        )


class BadPhotos(BadInput):
    """Photos that do not make a start and a peak."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"{problem}. Give two photos, the start and the peak of one rep, and name the exercise: "
            "openback analyze START.jpg PEAK.jpg --exercise ID."
        )


class NoCameraRules(BadInput):
    """An exercise that the camera has no rules for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The camera has no rules for {name} yet, so it cannot be counted or graded. "
            "`openback exercises` lists the others."
        )


class BadOpenSimFile(BadInput):
    """A .trc or .mot file that breaks its own rules."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} is not a file of OpenSim that can be read: {problem}.")


class BadCoachFrame(BadInput):
    """Bytes from a camera page that are no frame."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This is no frame of the coach: {what}.")


class BadCoachMessage(BadInput):
    """A message from a camera page that cannot be read."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The coach cannot read this message: {what}. Load the page again.")


class CoachRefused(BadInput):
    """A coach session that cannot be had."""


class CoachIsFull(CoachRefused):
    """As many sets are watched at once as this server takes on."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The coach watches {most} sets already, which is all it takes on. "
            "Close the coach elsewhere, or log this set by hand."
        )


class CoachIsOver(CoachRefused):
    """A token of a coach session that is not there, or that is of another exercise."""

    def __init__(self, kept_s: float) -> None:
        super().__init__(
            f"This set is not watched any more: after a lost connection it is kept for {kept_s:.0f} seconds. "
            "Start the set again."
        )


class NoCluster(CouldNot):
    """A cluster that does not answer, or no package to talk to it."""

    def __init__(self, address: str, *, missing: bool = False) -> None:
        super().__init__(
            "A cluster needs one more package. Install it: pip install 'openback[cluster]'."
            if missing
            else f"No cluster answers at {address}. Check that `dask scheduler` runs there and that this "
            "machine may reach it; leave --cluster out to work here."
        )


class NotAVideo(BadInput):
    """A file that was attached to a set and is no video."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not a video that can be read. Nothing was kept; send an MP4, MOV, WebM, MKV or AVI file."
        )


class ClipTooBig(BadInput):
    """A clip that is larger than a set's clip may be."""

    def __init__(self, limit_mb: int) -> None:
        super().__init__(
            f"A clip may have {limit_mb} MB, and this one has more. Nothing was kept; "
            "cut it to the one set, or film in 1080p."
        )


class NoRoomForClip(CouldNot):
    """A clip for which the disk has no room."""

    def __init__(self, size_mb: int, free_mb: int) -> None:
        super().__init__(
            f"The clip has {size_mb} MB and the disk has {free_mb} MB left. Nothing was kept; "
            "free some space, or delete old clips in Settings."
        )
