"""Test motion: sets of which everything is known, as a phone's pose model would tell them.

`set_motion` moves the joints, `fault_truth` says how strong a fault truly is, `camera` looks, `noise` errs as the pose
model does, and `made_set` puts them together.
"""

from openback.motion.synthesis.fault_truth import Strength, strength_for
from openback.motion.synthesis.made_set import MadeSet, SetPlan, frames, made_set
from openback.motion.synthesis.set_motion import Shown

__all__ = ["MadeSet", "SetPlan", "Shown", "Strength", "frames", "made_set", "strength_for"]
