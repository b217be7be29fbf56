"""Pictures in, landmarks out: clips, photos and single pictures of a clip.

Importing this needs nothing but NumPy; calling it needs the extra `openback[video]`.
"""

from openback.vision.clip import ClipInfo, clip_frames, photo_frame, picture_at, pictures_at, probe

__all__ = ["ClipInfo", "clip_frames", "photo_frame", "picture_at", "pictures_at", "probe"]
