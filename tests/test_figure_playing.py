"""The figure's motion as the page plays it, its props, and pictures of it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from openback.model.exercise import Figure, FigureKey
from openback.model.figure import PROPS
from openback.motion.figure import picture, props, raster
from openback.motion.figure.playing import played, quaternions, told
from openback.motion.skeleton.rotations import about
from openback.web.figures import Figures, version_of
from showing import exercise

SHAPE = Path(__file__).parents[1] / "frontend" / "test" / "figure-motion.json"
KEYS = (
    FigureKey(at=0.0, angles_deg={"shoulder_elevation_deg": 150.0, "elbow_flexion_deg": 10.0}),
    FigureKey(at=1.0, angles_deg={"shoulder_elevation_deg": 50.0, "elbow_flexion_deg": (110.0, 110.0)}),
)


def moving(*names: str, posture: str = "seated"):
    figure = Figure(posture=posture, props=names, camera_yaw_deg=150.0, camera_pitch_deg=8.0, keys=KEYS)
    return replace(exercise("wide_grip_lat_pulldown"), figure=figure)


# --- The motion ------------------------------------------------------------------------------------------


def test_an_exercise_without_figure_plays_nothing():
    with pytest.raises(ValueError, match="wide_grip_lat_pulldown has no figure"):
        played(replace(moving(), figure=None), "female")


def test_the_page_and_the_server_agree_on_the_shape():
    """Written by this test, read back by `frontend/test/figure.test.ts`."""
    now = json.dumps(told(played(moving("bar_wide", "cable_high", "seat"), "female", samples=4)), indent=None)
    assert SHAPE.is_file(), f"write {SHAPE.name} with what this test made: {now[:80]}"
    kept = json.loads(SHAPE.read_text(encoding="utf-8"))
    fresh = json.loads(now)
    assert fresh.keys() == kept.keys()
    assert [len(row) for row in fresh["moves"]] == [len(row) for row in kept["moves"]]
    assert [(p["shape"], p["material"], len(p["at"])) for p in fresh["props"]] == [
        (p["shape"], p["material"], len(p["at"])) for p in kept["props"]
    ]


def test_quaternions_turn_as_their_matrices():
    rng = np.random.default_rng(1)
    axis = rng.normal(size=(60, 3))
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    turn = about(axis, rng.uniform(-180, 180, 60))
    x, y, z, w = quaternions(turn).T
    first = np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)], -1)
    assert np.allclose(first, turn[:, :, 0], atol=1e-9)


def test_the_peak_is_where_the_rep_is_furthest():
    one = played(moving(), "male")
    assert one.cycle.share[one.peak] == pytest.approx(1.0, abs=1e-6)


# --- Props -----------------------------------------------------------------------------------------------


def test_every_prop_has_a_maker():
    assert set(props.MAKERS) == set(PROPS)


@pytest.mark.parametrize("name", PROPS)
def test_a_prop_is_somewhere_at_every_moment(name):
    one = played(moving(name), "female", samples=5)
    assert one.parts
    for part in one.parts:
        assert len(part.place_m) in {1, 5}
        assert np.isfinite(part.place_m).all()
        assert np.isfinite(part.rotation).all()
        assert (np.array(part.size_m) > 0).all()
        assert (np.abs(part.place_m) < 4).all()


def test_a_bar_goes_through_both_hands():
    one = played(moving("bar_short"), "female", samples=5)
    [bar] = one.parts
    grips = one.cycle.poses.grips_m
    assert np.allclose(bar.place_m, grips.mean(1), atol=1e-9)
    assert (bar.length_m > np.linalg.norm(grips[:, 0] - grips[:, 1], axis=1)).all()


# --- Pictures --------------------------------------------------------------------------------------------


def test_nothing_is_seen_of_no_triangles():
    seen = raster.seen(np.zeros((3, 3), np.float32), np.zeros((0, 3), np.int64), 8, 8)
    assert len(seen.sample) == 0


def test_the_nearer_triangle_hides_the_other():
    far = [(1, 1, 0.2), (15, 1, 0.2), (1, 15, 0.2)]
    near = [(1, 1, 0.8), (7, 1, 0.8), (1, 7, 0.8)]
    seen = raster.seen(np.array(far + near, np.float32), np.array([[0, 1, 2], [3, 4, 5]]), 16, 16)
    at = dict(zip(seen.sample.tolist(), seen.triangle.tolist(), strict=True))
    assert at[2 * 16 + 2] == 1
    assert at[2 * 16 + 11] == 0
    assert 15 * 16 + 15 not in at


def test_a_triangle_that_faces_away_is_not_drawn():
    points = np.array([(1, 1, 1), (1, 15, 1), (15, 1, 1)], np.float32)
    assert len(raster.seen(points, np.array([[0, 1, 2]]), 16, 16).sample) == 0


@pytest.mark.parametrize(("share", "tint"), [(0.0, 0.0), (1.0, 0.92)])
def test_how_far_a_muscle_is_tinted(share, tint):
    assert picture.tinted(np.array([share]))[0] == pytest.approx(tint)


def pixels_of(content: bytes):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"), int)


@pytest.mark.slow
def test_a_picture_shows_a_body_whose_muscles_are_tinted():
    drawn = Figures().picture(moving("bar_wide"), "female", "peak", "light", "small")
    if drawn is None:
        pytest.skip("the browser's files are not built: run `make assets`")
    seen = pixels_of(drawn)
    assert seen.shape == (144, 144, 4)
    assert 0.05 < (seen[..., 3] > 250).mean() < 0.7
    assert seen[0, 0, 3] == 0
    red = (seen[..., 0] - seen[..., 2] > 70) & (seen[..., 3] > 250)
    assert red.sum() > 60
    calm = replace(moving("bar_wide"), muscles={})
    drawn = Figures().picture(calm, "female", "peak", "light", "small")
    seen = pixels_of(drawn or b"")
    assert ((seen[..., 0] - seen[..., 2] > 70) & (seen[..., 3] > 250)).sum() < 5


@pytest.mark.slow
def test_a_picture_is_drawn_once():
    figures = Figures()
    first = figures.picture(moving(), "male", "start", "dark", "small")
    if first is None:
        pytest.skip("the browser's files are not built: run `make assets`")
    assert figures.picture(moving(), "male", "start", "dark", "small") is first


def test_the_address_changes_with_the_figure():
    assert version_of(moving("mat"), "a") != version_of(moving(), "a") != version_of(moving(), "b")


def test_without_a_build_there_is_no_figure(tmp_path):
    figures = Figures(dist=tmp_path)
    assert figures.view(moving(), "female") is None
    assert figures.picture(moving(), "female", "peak", "light", "small") is None
    assert figures.thumbnail(moving(), "female") == {}
