"""Desk tests by camera: from the frames of a short take to one number with its band, or to what stands in the way."""

from openback.motion.desk_tests.take import TakeFound, TakeRules, TakeTold, measure_take
from openback.motion.desk_tests.tell import TELL, Trouble

__all__ = ["TELL", "TakeFound", "TakeRules", "TakeTold", "Trouble", "measure_take"]
