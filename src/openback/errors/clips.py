"""Errors about clips and photos that nothing can be read from."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class CannotReadClips(CouldNot):
    """This machine cannot read clips and photos; `mend` is the command or step that changes that."""

    def __init__(self, sentence: str, mend: str) -> None:
        self.mend = mend
        super().__init__(sentence)


class VideoNotInstalled(CannotReadClips):
    """A clip or photo, without the packages that read it."""

    def __init__(self) -> None:
        mend = "pip install 'openback[video]'"
        super().__init__(
            f"Reading clips needs the video parts: install them with `{mend}` and start Openback again.", mend
        )


class VideoPartsBroken(CannotReadClips):
    """The video packages are there but do not start, mostly for want of a system library."""

    def __init__(self, said: str, command: str) -> None:
        step = f"Run `{command}`" if command else "Install what is missing"
        super().__init__(
            f"The video parts do not start: {said}. {step} and start Openback again.",
            command or "Install what is missing.",
        )


class PoseModelMissing(CannotReadClips):
    """A pose model that was not built, or that this package does not carry."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"The pose model {model!r} is not here. The installed package carries lite and full; "
            "in a source folder, `make assets` builds all three.",
            "make assets",
        )


class BadClip(BadInput):
    """A clip or photo that nothing can be read from."""


class ClipNotThere(BadClip):
    """A path without a file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file {name}. Check the name and the folder.")


class ClipNotAFile(BadClip):
    """A folder, a pipe or a device where a file was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a file. Give the path of the clip or photo itself.")


class ClipNotOpened(BadClip):
    """A file that the system will not open."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} could not be opened: {why}. Check who may read it.")


class ClipEmpty(BadClip):
    """A file with nothing in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Copy it from the camera again.")


class ClipIsSomethingElse(BadClip):
    """A picture, text, archive or other file where a clip was meant."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not a video. Give a clip such as MP4, MOV, WebM or AVI.")


class ClipNotReadable(BadClip):
    """A file that no pictures can be read from."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No pictures can be read from {name}: it is damaged or not a video. "
            "Play it once to see whether it is whole, or record it again."
        )


class ClipTooFine(BadClip):
    """Pictures larger than any camera makes."""

    def __init__(self, name: str, width_px: int, height_px: int) -> None:
        super().__init__(
            f"{name} has pictures of {width_px:,} by {height_px:,} pixels, more than is read. "
            "Save it smaller; 1080 pixels of height are plenty."
        )


class ClipTooLong(BadClip):
    """A clip that goes on for longer than a training session's part of it could."""

    def __init__(self, name: str, limit_s: float) -> None:
        super().__init__(
            f"{name} is longer than {limit_s // 60:.0f} minutes, the most that is read. Cut out the set."
        )


class ClipTooSlow(BadClip):
    """Too few frames a second to follow a movement."""

    def __init__(self, name: str, fps: float, limit_fps: float) -> None:
        super().__init__(
            f"{name} has {fps:.3g} frames a second; a movement can be followed from {limit_fps:g}. "
            "Record it as a normal video, not as a time-lapse."
        )


class ClipTooMuch(BadClip):
    """A file that would need more memory than it may have."""

    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(
            f"{name} needs more than {limit_bytes / 1024**3:.3g} GB of memory to read. Save it smaller."
        )


class ClipStuck(BadClip):
    """A file that keeps its reader busy without end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Reading {name} did not come to an end and was stopped. Save it anew with another app."
        )


class PhotoIsSomethingElse(BadClip):
    """A clip, text, archive or other file where a photo was meant."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not a photo. Give a picture such as JPEG or PNG.")


class PhotoNotReadable(BadClip):
    """A photo that is damaged, or of a kind that is not read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No picture can be read from {name}: it is damaged, or of a kind that is not read here. "
            "Save it as JPEG and give that."
        )
