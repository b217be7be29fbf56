"""Exercises with a figure, for tests of motion: small, and the tests' own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from openback.catalogue.load import load_catalogue
from openback.model.exercise import Exercise, Fault, Figure, FigureKey, RepRule, Tempo


def figure(**angles):
    """Return a seated pull-down's figure, with angles of the peak changed or added."""
    start = {"trunk_lean_deg": 12.0, "shoulder_elevation_deg": 150.0, "shoulder_plane_deg": 20.0}
    peak = {"trunk_lean_deg": 14.0, "shoulder_elevation_deg": 35.0, "shoulder_plane_deg": 10.0}
    turn = {"shoulder_rotation_deg": 75.0}
    return Figure(
        posture="seated",
        props=(),
        camera_yaw_deg=35.0,
        camera_pitch_deg=5.0,
        keys=(
            FigureKey(at=0.0, angles_deg={**start, **turn, "elbow_flexion_deg": 10.0}),
            FigureKey(at=1.0, angles_deg={**peak, **turn, "elbow_flexion_deg": 110.0, **angles}),
        ),
    )


def fault(**parts):
    """Return a fault: leaning back further than 30 degrees, unless told."""
    usual = {
        "id": "over_lean",
        "measure": "trunk_lean_deg",
        "during": "rep",
        "stat": "mean",
        "below": None,
        "above": 30.0,
        "held_s": 0.0,
        "severity": "form",
        "cue": "Sit up taller.",
        "why": "It turns into a row.",
        "basis": "project default",
        "show": {"trunk_lean_deg": 25.0},
    }
    return Fault(**{**usual, **parts})


@cache
def pull_down() -> Exercise:
    """Return a pull-down of the tests' own, with one fault of posture and one of tempo."""
    own = load_catalogue().exercises["wide_grip_lat_pulldown"]
    tempo = Tempo(lift_s=1.5, hold_s=0.5, lower_s=2.0, pause_s=0.5)
    return replace(
        own,
        figure=figure(),
        rep=RepRule(measure="arm_elevation_deg", start=150, peak=40, min_s=0.8),
        dose=replace(own.dose, tempo=tempo),
        faults=(
            fault(),
            fault(id="dropped", measure="lower_s", stat="min", above=None, below=1.0, show={"lower_s": 0.5}),
        ),
    )
