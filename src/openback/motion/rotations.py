"""Moved to `motion/skeleton/rotations.py`; this name goes as soon as nobody asks for it."""

from openback.motion.skeleton.rotations import *  # noqa: F403
