"""The moving figure: through its keys, at rest at both ends, in the exercise's tempo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moving import figure, pull_down
from openback.model.exercise import FigureKey, Tempo
from openback.motion.skeleton.figure_motion import angles_at, cycle, figure_at, length_s, share_at


def keys(*pairs):
    return replace(
        figure(), keys=tuple(FigureKey(at=at, angles_deg={"elbow_flexion_deg": bend}) for at, bend in pairs)
    )


def test_an_exercise_without_a_figure_is_refused():
    with pytest.raises(ValueError, match=r"^wide_grip_lat_pulldown has no figure$"):
        figure_at(replace(pull_down(), figure=None), 0.5)


@pytest.mark.parametrize(
    ("pairs", "share", "bent_deg"),
    [
        pytest.param([(0.0, 40)], 0.7, (40, 40), id="one key: it stands still"),
        pytest.param([(0.0, 10), (1.0, 110)], 0.0, (10, 10), id="start"),
        pytest.param([(0.0, 10), (1.0, 110)], 1.0, (110, 110), id="peak"),
        pytest.param([(0.0, 10), (1.0, 110)], 0.25, (35, 35), id="straight between two keys"),
        pytest.param([(0.0, 10), (1.0, (110, 90))], 0.5, (60, 50), id="left and right apart"),
        pytest.param([(1.0, 110), (0.0, 10)], 0.5, (60, 60), id="keys in any order"),
        pytest.param([(0.0, 0), (0.5, 100), (1.0, 0)], 0.5, (100, 100), id="a turn in the middle"),
    ],
)  # fmt: skip
def test_angles_pass_through_the_keys(pairs, share, bent_deg):
    np.testing.assert_allclose(angles_at(keys(*pairs), share)["elbow_flexion_deg"], bent_deg, atol=1e-9)


@given(st.lists(st.floats(0, 150), min_size=2, max_size=5))
def test_angles_never_leave_the_span_of_the_two_keys_around(bends):
    at = np.linspace(0, 1, len(bends))
    shares = np.linspace(0, 1, 60)
    found = angles_at(keys(*zip(at, bends, strict=True)), shares)["elbow_flexion_deg"][:, 0]
    left = np.clip(np.searchsorted(at, shares, side="right") - 1, 0, len(bends) - 2)
    pairs = np.array([(bends[n], bends[n + 1]) for n in left])
    assert np.all(found >= pairs.min(axis=1) - 1e-9)
    assert np.all(found <= pairs.max(axis=1) + 1e-9)


def test_a_key_that_leaves_an_angle_out_has_the_posture_s():
    own = replace(
        figure(),
        posture="hinged",
        keys=(
            FigureKey(at=0.0, angles_deg={"trunk_lean_deg": -60.0}),
            FigureKey(at=1.0, angles_deg={"trunk_lean_deg": -60.0, "shoulder_elevation_deg": 20.0}),
        ),
    )
    # Arms that hang from a trunk at 60 degrees are 60 degrees ahead of it.
    np.testing.assert_allclose(angles_at(own, 0.0)["shoulder_elevation_deg"], (60, 60))


def test_a_cycle_lasts_the_tempo_and_rests_at_both_ends():
    tempo = Tempo(lift_s=2.0, hold_s=1.0, lower_s=3.0, pause_s=0.5)
    assert length_s(tempo) == pytest.approx(6.5)
    t_s = np.array([0.0, 1.0, 2.0, 2.5, 3.0, 4.5, 6.0, 6.4])
    np.testing.assert_allclose(share_at(tempo, t_s), [0, 0.5, 1, 1, 1, 0.5, 0, 0], atol=1e-9)
    near = share_at(tempo, np.array([0.02, 1.98, 3.02, 5.98]))
    np.testing.assert_allclose(near, [0, 1, 1, 0], atol=1e-4)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_figure_moves_without_jumps_and_ends_where_it_began(sex):
    moved = cycle(pull_down(), sex, samples=60)
    points = moved.poses.landmarks_m
    assert points.shape == (60, 33, 3)
    steps_m = np.linalg.norm(np.diff(points, axis=0, append=points[:1]), axis=-1)
    assert steps_m.max() < 0.12
    np.testing.assert_allclose(points[0], figure_at(pull_down(), 0.0, sex).landmarks_m, atol=1e-9)
