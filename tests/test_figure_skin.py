"""The figure's skin: closed, mirrored, tied to its bones, its muscles where they belong."""

from __future__ import annotations

import numpy as np
import pytest

from openback.motion.figure import body_build, body_file, mesh, regions, skin, surface
from openback.motion.figure.prop_parts import BAR_RADIUS_M
from openback.motion.skeleton.kinematics import body, joined
from openback.motion.skeleton.rotations import about
from openback.web.figures import Figures
from showing import catalogue

SEXES = ("female", "male")


@pytest.fixture(scope="session", params=SEXES)
def built(request) -> body_file.Skin:
    known = Figures().skin(request.param)
    if known is None:
        pytest.skip("the browser's files are not built: run `make assets`")
    return known[0]


# --- The skin as it was built ----------------------------------------------------------------------------


def test_every_edge_has_two_triangles(built):
    ends = np.sort(np.concatenate([built.triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])]), axis=1)
    _, count = np.unique(ends, axis=0, return_counts=True)
    assert set(count) == {2}


def test_the_skin_turns_outward_and_holds_a_body(built):
    a, b, c = (built.points[built.triangles[:, i]] for i in range(3))
    volume_l = 1000 * (a * np.cross(b, c)).sum() / 6
    assert 45 < volume_l < 85


def test_there_are_enough_vertices_and_not_too_many(built):
    assert 10_000 <= len(built.points) <= 25_000


@pytest.mark.parametrize("sex", SEXES)
def test_a_body_is_at_most_400_kb(sex):
    path = Figures().dist / "body" / f"{sex}.bin"
    if not path.is_file():
        pytest.skip("the browser's files are not built: run `make assets`")
    assert path.stat().st_size <= 400_000


def test_the_right_half_is_the_mirror_image_of_the_left(built):
    image = built.image
    assert np.allclose(built.points[image], built.points * (-1, 1, 1), atol=1e-9)
    assert (built.region[image] == built.region).all()
    assert np.allclose(built.strength[image], built.strength)


def test_weights_sum_to_one_over_few_bones(built):
    assert np.allclose(built.weights.sum(1), 1, atol=1e-6)
    assert built.weights.shape[1] <= 4
    assert (built.weights >= 0).all()


def test_every_muscle_has_its_place(built):
    for muscle in catalogue().muscles:
        number = regions.NAMES.index(muscle)
        share = ((built.region == number) * built.strength).max(1)
        assert (share > 0.9).sum() > 20, muscle


def test_the_skin_in_its_bind_pose_is_the_skin(built):
    bind = body_build.bind_pose(built.sex)
    rotation, shift = skin.transforms(bind, bind, "easy")
    still = [
        n for n, name in enumerate(skin.SKIN_BONES) if not name.endswith(("fingers", "fingertips", "thumb"))
    ]
    assert np.allclose(rotation[still], np.eye(3), atol=1e-6)
    assert np.allclose(shift[still], 0, atol=1e-6)
    held = ~np.isin(built.bones, still).all(1)
    moved = skin.moved(built.points, built.bones, built.weights, (rotation, shift))
    assert np.allclose(moved[~held], built.points[~held], atol=1e-5)


@pytest.mark.parametrize(
    "angles",
    [
        pytest.param({}, id="rest"),
        pytest.param({"elbow_flexion_deg": 140.0}, id="elbows bent"),
        pytest.param({"shoulder_elevation_deg": 175.0}, id="arms overhead"),
        pytest.param({"hip_flexion_deg": 110.0, "knee_flexion_deg": 120.0}, id="squat"),
    ],
)
def test_the_body_keeps_its_volume_when_it_bends(built, angles):
    bind, posed = body_build.bind_pose(built.sex), joined(body(built.sex), angles)
    moved = skin.moved(built.points, built.bones, built.weights, skin.transforms(bind, posed, "easy"))

    def volume(points):
        a, b, c = (points[built.triangles[:, i]] for i in range(3))
        return (a * np.cross(b, c)).sum() / 6

    assert volume(moved) == pytest.approx(volume(built.points), rel=0.08)


# --- What it is made with ----------------------------------------------------------------------------------


def test_half_of_a_turn_twice_is_the_turn():
    rng = np.random.default_rng(5)
    axis = rng.normal(size=(50, 3))
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    start, turn = about(axis, rng.uniform(-90, 90, 50)), about(axis[::-1], rng.uniform(-170, 170, 50))
    half = np.swapaxes(start, -1, -2) @ skin.half_way(start, start @ turn)
    assert np.allclose(half @ half, turn, atol=1e-9)


def test_the_distance_of_a_ball_is_right():
    ball = surface.Ellipsoid(middle=np.zeros(3), radii=np.full(3, 0.5))
    points = np.array([[0.5, 0, 0], [0, 1.0, 0], [0, 0, 0.25]])
    assert np.allclose(ball.distance(points), [0, 0.5, -0.25], atol=1e-9)


def test_a_union_is_never_farther_than_either():
    rng = np.random.default_rng(2)
    a, b = rng.uniform(-1, 1, (2, 200))
    assert (surface.union(a, b, 0.1) <= np.minimum(a, b) + 1e-12).all()


def test_a_net_of_a_ball_is_closed_and_round():
    def ball(points):
        return np.linalg.norm(points - (0, 0.1, 0), axis=1) - 0.4

    half, triangles = mesh.half_net(ball, np.array([0, -0.6, -0.6]), np.array([0.6, 0.7, 0.6]), 0.05, ())
    points, whole, image = mesh.mirrored(half, triangles)
    ends = np.sort(np.concatenate([whole[:, pair] for pair in ([0, 1], [1, 2], [2, 0])]), axis=1)
    assert (np.unique(ends, axis=0, return_counts=True)[1] == 2).all()
    assert np.allclose(np.linalg.norm(points - (0, 0.1, 0), axis=1), 0.4, atol=0.01)
    assert (image[image] == np.arange(len(points))).all()


def test_a_lens_moves_nothing_beyond_its_edge_and_magnifies_its_middle():
    lens = mesh.Lens(middle=(0.0, 0.0, 0.0), times=2.0, inner_m=0.1, outer_m=0.4)
    moved = lens.body(np.array([[0.1, 0, 0], [0.2, 0, 0], [0.4, 0, 0], [0.5, 0, 0]]))
    assert np.allclose(moved[:, 0], [0.05, 0.1, 0.4, 0.5])


@pytest.mark.parametrize(
    ("x", "y", "inside"), [(0.5, 0.5, 0.5), (0.1, 0.5, 0.1), (-0.01, 0.5, -0.01), (9.0, 9.0, -1.0)]
)
def test_how_far_inside_an_outline(x, y, inside):
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float)
    assert regions.inside_m(square, np.array([[x, y]]))[0] == pytest.approx(inside)


def test_a_bar_fits_into_the_hand():
    hand = body("male").lengths_m["hand_m"]
    assert 0.30 * hand > BAR_RADIUS_M  # the grip's middle lies that far off the palm's middle
