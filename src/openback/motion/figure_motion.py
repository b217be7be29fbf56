"""Moved to `motion/skeleton/figure_motion.py`; this name goes as soon as nobody asks for it."""

from openback.motion.skeleton.figure_motion import *  # noqa: F403
