"""Errors about photos: the key that they are locked with, and pictures that cannot be kept."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class PassphraseNeeded(CouldNot):
    """A first photo on a machine without a key store, before a passphrase was chosen."""

    def __init__(self) -> None:
        super().__init__(
            "Photos are kept encrypted, and this machine has no key store that could hold the key. "
            "Choose a passphrase for them first, at Progress, Photos."
        )


class PhotosLocked(BadInput):
    """Photos whose passphrase was not given, or not for a while."""

    def __init__(self) -> None:
        super().__init__("The photos are locked. Unlock them with your passphrase at Progress, Photos.")


class PhotoKeyLost(CouldNot):
    """A key that the machine's key store does not have any more."""

    def __init__(self) -> None:
        super().__init__(
            "The key of these photos is not in this machine's key store any more, and nobody can open them "
            "without it, Openback included. If the key store can be brought back from a back-up, they open again. "
            "Otherwise they can only be erased, at Progress, Photos."
        )


class KeyStoreSilent(CouldNot):
    """A key store that does not answer, or that says no."""

    def __init__(self) -> None:
        super().__init__(
            "The key of these photos is in this machine's key store, and that does not answer. Unlock it, or "
            "start Openback from the desktop that it belongs to, and try again. The photos are as they were."
        )


class NoKeyStore(BadInput):
    """A key store asked for where there is none."""

    def __init__(self) -> None:
        super().__init__(
            "This machine has no key store that Openback could use. Nothing was changed; keep the passphrase."
        )


class WrongPassphrase(BadInput):
    """A passphrase that does not open the photos."""

    def __init__(self) -> None:
        super().__init__("This passphrase does not open the photos. Nothing was changed; write it once more.")


class WeakPassphrase(BadInput):
    """A passphrase that is too short."""

    def __init__(self, least: int) -> None:
        super().__init__(
            f"A passphrase needs at least {least} characters. Four words that have nothing to do with each "
            "other are easy to remember and hard to guess."
        )


class PassphrasesDiffer(BadInput):
    """A passphrase that was written in two ways."""

    def __init__(self) -> None:
        super().__init__("The two passphrases are not the same. Nothing was changed; write both once more.")


class PhotoKeyThere(BadInput):
    """A key that is to be made where there is one already."""

    def __init__(self) -> None:
        super().__init__("These photos have a key already. Nothing was changed; change the key instead.")


class PhotoDamaged(CouldNot):
    """A file that is not what was written, or that belongs to another key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The file of photo {name} was changed or cut off, or belongs to another key, so it cannot be shown. "
            "Bring the file back from a copy of the folder, or delete the photo."
        )


class PhotoGone(BadInput):
    """A photo that was erased for good."""

    def __init__(self) -> None:
        super().__init__("This photo was erased for good and cannot be brought back.")


class NotAPicture(BadInput):
    """Bytes that are no picture of a kind that can be read."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a picture that can be read. Nothing was kept; choose a JPEG, PNG or WebP file. "
            "Some phones save HEIC: let them share or save it as JPEG."
        )


class PictureDamaged(BadInput):
    """A picture that is broken off."""

    def __init__(self) -> None:
        super().__init__(
            "This picture is broken off or damaged. Nothing was kept; choose it again or another."
        )


class PictureTooLarge(BadInput):
    """A picture with more pixels, or more bytes, than one may have."""

    def __init__(self, most_mb: int, most_megapixels: int) -> None:
        super().__init__(
            f"A picture may have {most_mb} MB and {most_megapixels} megapixels, and this one has more. "
            "Nothing was kept; choose a smaller one."
        )


class NobodyInPhoto(BadInput):
    """A picture to be blurred in which nobody was found."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody was found in this picture, so face and background could not be told apart, and nothing was "
            "kept. Stand so that head and hips are in the picture, in good light; or keep it without blurring."
        )


class CannotBlur(CouldNot):
    """A picture to be blurred on a machine that cannot find people in pictures."""

    def __init__(self) -> None:
        super().__init__(
            "To blur face and background, Openback has to find the person, and the part for that is not "
            "installed here: pip install 'openback[video]'. Nothing was kept; take the photo with the camera of "
            "this page, or keep it without blurring."
        )


class NotAFolder(BadInput):
    """A place for photos that is no folder, or that holds something already."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is not an empty folder. Give the name of a new one for the photos.")
