"""The skeleton: joint angles in, bones and the camera's landmarks out, for two bodies in fourteen postures.

`rotations` turn vectors, `kinematics` is the chain of bones, `postures` says what rests on what, `resting` puts a
body into the room by it, and `figure_motion` moves an exercise's figure.
"""

from openback.motion.skeleton.kinematics import BONES, SIDES, Angle, Body, Pose, Sex, body, joined
from openback.motion.skeleton.resting import completed, pose

__all__ = ["BONES", "SIDES", "Angle", "Body", "Pose", "Sex", "body", "completed", "joined", "pose"]
