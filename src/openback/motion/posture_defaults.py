"""Moved to `motion/skeleton/postures.py`; this name goes as soon as nobody asks for it."""

from openback.motion.skeleton.postures import *  # noqa: F403
