"""Two pictures of a person laid over each other: similarities hold what they promise, and nothing is stretched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bodies import HIPS, SHOULDERS, SIZE, noise, standing
from openback.photos.align import (
    Similarity,
    anchors,
    best_similarity,
    body_frame,
    fitted,
    laid_over,
    moved,
    then,
)

turns = st.builds(
    lambda scale, deg: scale * np.exp(1j * np.radians(deg)), st.floats(0.3, 3.5), st.floats(-29, 29)
)
shifts = st.builds(complex, st.floats(-500, 500), st.floats(-500, 500))
ways = st.builds(lambda turn, shift: Similarity(turn=complex(turn), shift=shift), turns, shifts)
clouds = arrays.arrays(np.float64, (6, 2), elements=st.floats(-800, 800))
PIXEL = 1e-6


def with_landmarks(points: np.ndarray) -> np.ndarray:
    return np.column_stack([points, np.ones(len(points))])


# --- Nothing, and too little ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "points",
    [np.empty((0, 2)), np.array([[1.0, 2.0]]), np.full((4, 2), np.nan), np.full((4, 2), 7.0)],
    ids=["none", "one", "unseen", "all on one spot"],
)
def test_too_few_points_give_no_similarity(points):
    assert best_similarity(points, points) is None


def test_people_whose_trunk_was_not_seen_are_not_laid_over_each_other():
    unseen = standing()
    unseen[list(HIPS), 2] = 0.1
    assert np.isnan(anchors(unseen)[1]).all()
    assert laid_over(unseen, standing()) is None
    assert laid_over(np.full((33, 3), np.nan), standing()) is None


# --- What a similarity is -------------------------------------------------------------------------------


@given(ways, clouds)
def test_a_similarity_is_found_again_from_where_points_went(way, points):
    if np.ptp(points, axis=0).max() < 1:
        return
    found = best_similarity(points, way.of(points))
    assert found is not None
    assert abs(found.turn - way.turn) < 1e-6
    assert np.allclose(found.of(points), way.of(points), atol=1e-5)


@given(ways, clouds)
def test_every_length_grows_alike_so_nobody_is_stretched(way, points):
    before = np.linalg.norm(points[:, None] - points[None], axis=-1)
    after = np.linalg.norm(way.of(points)[:, None] - way.of(points)[None], axis=-1)
    assert np.allclose(after, way.scale * before, atol=1e-6)


@given(ways, ways, clouds)
def test_one_after_the_other_and_back_again(first, second, points):
    assert np.allclose(then(first, second).of(points), second.of(first.of(points)), atol=1e-5)
    assert np.allclose(then(first, first.back()).of(points), points, atol=1e-5)


@given(clouds, clouds, ways)
def test_no_other_similarity_is_nearer(points, places, other):
    best = best_similarity(points, places)
    if best is None:
        return
    assert np.sum((best.of(points) - places) ** 2) <= np.sum((other.of(points) - places) ** 2) + 1e-3


# --- People ---------------------------------------------------------------------------------------------


@given(ways)
def test_a_person_is_laid_back_over_where_they_stood(way):
    body = standing()
    other = with_landmarks(way.of(body[:, :2]))
    found = laid_over(other, body)
    assert found is not None
    assert np.allclose(found.of(other[:, :2]), body[:, :2], atol=1e-4)


def test_from_the_side_the_middles_decide():
    body, other = standing(), standing()
    other[:, :2] += (30, -10)
    for one in (body, other):  # the far shoulder and hip are behind the body
        one[[SHOULDERS[0], HIPS[0]], 2] = 0.2
    found = laid_over(other, body)
    assert found is not None
    assert found.of(anchors(other)) == pytest.approx(anchors(body), abs=PIXEL)


@pytest.mark.parametrize(
    ("scale", "deg"), [(5, 0), (0.2, 0), (1, 45)], ids=["far larger", "far smaller", "leaning"]
)
def test_what_is_no_picture_of_the_same_pose_is_left_as_it_is(scale, deg):
    way = Similarity(turn=scale * complex(np.exp(1j * np.radians(deg))), shift=0j)
    body = standing()
    assert laid_over(with_landmarks(way.of(body[:, :2])), body) is None


# --- Pictures ---------------------------------------------------------------------------------------------


def test_a_picture_moved_nowhere_stays_as_it_is():
    picture = noise()
    assert (moved(picture, Similarity(turn=1 + 0j, shift=0j), SIZE) == picture).all()


@pytest.mark.parametrize(("right", "down"), [(7, 0), (0, 11), (-4, 5)])
def test_a_picture_moves_by_whole_pixels_without_a_blur(right, down):
    picture = noise()
    there = moved(picture, Similarity(turn=1 + 0j, shift=complex(right, down)), SIZE)
    inner = there[20:-20, 20:-20]
    assert (inner == picture[20 - down : 300 - down, 20 - right : 220 - right]).all()


def test_beyond_a_picture_its_edges_go_on():
    picture = np.zeros((*SIZE[::-1], 3), np.uint8)
    picture[:, -1] = (10, 200, 30)
    there = moved(picture, Similarity(turn=1 + 0j, shift=-100 + 0j), SIZE)
    assert (there[:, -90:] == (10, 200, 30)).all()


def test_a_picture_that_does_not_fit_stands_whole_in_the_middle():
    picture = np.full((100, 200, 3), 90, np.uint8)
    picture[40:60, 90:110] = 250
    there = fitted(picture, (100, 100))
    bright = np.argwhere(there[..., 0] > 200).mean(axis=0)
    assert bright == pytest.approx((49.5, 49.5), abs=0.6)


def test_an_empty_mask_leaves_the_whole_picture():
    frame = body_frame(np.zeros((32, 24)), SIZE)
    assert (frame.left, frame.top, frame.width, frame.height) == (0, 0, *SIZE)


@given(
    st.integers(0, 40), st.integers(0, 40), st.integers(1, 40), st.integers(1, 40), st.tuples(
        st.integers(20, 900), st.integers(20, 900)
    )
)  # fmt: skip
def test_the_part_with_the_person_holds_them_and_stays_inside(x, y, wide, tall, size):
    mask = np.zeros((80, 80))
    mask[y : y + tall, x : x + wide] = 1
    frame = body_frame(mask, size)
    assert 0 <= frame.left <= frame.left + frame.width <= size[0] + 1
    assert 0 <= frame.top <= frame.top + frame.height <= size[1] + 1
    assert frame.left <= x * size[0] / 80 + 1
    assert frame.left + frame.width >= (x + wide) * size[0] / 80 - 1
    assert frame.top <= y * size[1] / 80 + 1
    assert frame.top + frame.height >= (y + tall) * size[1] / 80 - 1
