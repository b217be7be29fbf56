"""Pictures in, landmarks out: clips, photos and single pictures of a clip.

Importing this needs nothing but NumPy; calling it needs the extra `openback[video]`.
"""

from openback.vision.clip import (
    ClipInfo,
    OpenClip,
    Seen,
    clip_frames,
    open_clip,
    photo_frame,
    photo_picture,
    picture_at,
    pictures_at,
    probe,
    read_photo,
    seen_in,
)
from openback.vision.limits import Limits
from openback.vision.looks import photo_looks
from openback.vision.parts import trouble

__all__ = [
    "ClipInfo",
    "Limits",
    "OpenClip",
    "Seen",
    "clip_frames",
    "open_clip",
    "photo_frame",
    "photo_looks",
    "photo_picture",
    "picture_at",
    "pictures_at",
    "probe",
    "read_photo",
    "seen_in",
    "trouble",
]
