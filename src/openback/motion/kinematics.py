"""Moved to `motion/skeleton/kinematics.py`; this name goes as soon as nobody asks for it."""

from openback.motion.skeleton.kinematics import *  # noqa: F403
