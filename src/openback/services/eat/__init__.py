"""Eating: wishes, targets, the week of meals, shopping, the log and the weight."""
