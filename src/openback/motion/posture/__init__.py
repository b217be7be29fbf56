"""The posture check: from pictures of the front, the back and both sides to a few angles, each with its band."""

from openback.motion.posture.check import check
from openback.motion.posture.pictures import picture_problem, shot_of, usable
from openback.motion.posture.rules import PostureMeasure, PostureRules, posture_rules
from openback.motion.posture.trend import Trend, trend_of

__all__ = [
    "PostureMeasure",
    "PostureRules",
    "Trend",
    "check",
    "picture_problem",
    "posture_rules",
    "shot_of",
    "trend_of",
    "usable",
]
