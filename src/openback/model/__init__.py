"""Frozen values that all floors speak: exercises, people, places, programmes, logs."""
