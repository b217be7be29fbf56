"""Face and background blurred: gone for good, and nothing else touched."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bodies import HIPS, SHOULDERS, SIZE, noise, standing
from openback.model.motion import INDEX
from openback.photos.blur import FACE_CELLS, ROOM_CELLS, averaged, blurred, face_blurred
from openback.photos.silhouette import HEAD_RADIUS, head_circle, outline_png, silhouette, trunk_px

BODY = standing()
HEAD = head_circle(BODY)


def within(circle: tuple[float, float, float], share: float = 1.0) -> np.ndarray:
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    return np.hypot(across - circle[0], down - circle[1]) <= share * circle[2]


# --- Nobody --------------------------------------------------------------------------------------------


def test_nobody_has_no_head_and_no_silhouette():
    nobody = np.full((33, 3), np.nan)
    assert head_circle(nobody) is None
    assert silhouette(nobody, SIZE).max() == 0
    picture = noise()
    assert (face_blurred(picture, nobody) == picture).all()


def test_without_anybody_the_whole_picture_is_background():
    out = blurred(noise(), np.full((33, 3), np.nan))
    assert np.abs(np.diff(out.astype(int), axis=1)).max() < 20


# --- The face ------------------------------------------------------------------------------------------


def test_the_circle_covers_every_point_of_the_head_and_more():
    points = BODY[:11, :2]
    x, y, radius = HEAD
    assert np.hypot(*(points - (x, y)).T).max() < 0.75 * radius
    assert radius >= HEAD_RADIUS * trunk_px(BODY) - 1e-9
    assert y < points[:, 1].mean()


def test_only_the_face_changes():
    picture = noise()
    out = face_blurred(picture, BODY)
    assert (out[~within(HEAD, 1.16)] == picture[~within(HEAD, 1.16)]).all()
    assert (out[within(HEAD)] != picture[within(HEAD)]).any(axis=-1).mean() > 0.95


@settings(max_examples=10)
@given(st.integers(0, 1000), st.integers(1, 1000))
def test_nothing_of_a_face_is_left_but_a_few_averages(first, second):
    """Two faces of other detail over the same averages come out as good as alike."""
    out = face_blurred(noise(first), BODY).astype(int)
    cells = 2 * FACE_CELLS
    # No more than so many colours can be told apart: each pixel is between its neighbours.
    steps = np.abs(np.diff(out[within(HEAD).any(axis=1)][:, within(HEAD).any(axis=0)], axis=1))
    inner = within(HEAD, 0.9)[within(HEAD).any(axis=1)][:, within(HEAD).any(axis=0)][:, 1:]
    assert steps[inner].max() <= 255 * cells / (2 * HEAD[2])
    assert np.abs(out - face_blurred(noise(first + second), BODY))[within(HEAD, 0.9)].mean() < 20


@settings(max_examples=10)
@given(st.integers(2, 12), st.integers(0, 99))
def test_averaging_forgets_where_things_were_within_a_cell(cell, seed):
    picture = noise(seed, (10 * cell, 8 * cell))
    mixed = picture.reshape(8, cell, 10, cell, 3).transpose(0, 2, 1, 3, 4).reshape(80, cell * cell, 3)
    mixed = np.random.default_rng(seed).permuted(mixed, axis=1)
    mixed = mixed.reshape(8, 10, cell, cell, 3).transpose(0, 2, 1, 3, 4).reshape(picture.shape)
    apart = np.abs(averaged(picture, cell).astype(int) - averaged(mixed, cell))
    assert apart.max() <= 5  # sums are rounded along each direction, and drawn smooth from there


# --- The background ------------------------------------------------------------------------------------


def test_the_trunk_is_kept_to_the_last_pixel_and_the_room_is_not():
    picture = noise()
    mask = np.zeros(SIZE[::-1])
    mask[60:300, 80:160] = 1.0
    out = blurred(picture, BODY, mask)
    kept = (mask == 1) & ~within(HEAD, 1.16)
    assert (out[kept] == picture[kept]).all()
    room = out[:, :60].astype(int)
    assert np.abs(np.diff(room, axis=1)).max() <= 255 * ROOM_CELLS / max(SIZE) * 1.5
    assert np.abs(out.astype(int) - picture)[:, :60].mean() > 30


def test_what_the_model_is_unsure_of_is_not_kept_sharp():
    out = blurred(noise(), BODY, np.full(SIZE[::-1], 0.3))
    assert np.abs(np.diff(out.astype(int), axis=1)).max() < 30


def test_without_a_mask_the_body_is_drawn_from_its_points():
    mask = silhouette(BODY, SIZE)
    assert mask.shape == SIZE[::-1]
    assert 0 <= mask.min() <= mask.max() <= 1
    for name in ("left_shoulder", "right_hip", "left_knee", "right_elbow", "nose", "left_wrist"):
        x, y = BODY[INDEX[name], :2].astype(int)
        assert mask[y, x] > 0.9, name
    assert mask[:, :30].max() < 0.05


@settings(max_examples=15)
@given(st.floats(0.3, 2.5), st.integers(-40, 40), st.integers(-40, 40))
def test_a_silhouette_moves_and_grows_with_its_points(scale, right, down):
    size = (600, 800)
    body = standing(SIZE)
    body[:, :2] = body[:, :2] * scale + (right + 100, down + 60)
    mask = silhouette(body, size)
    rows, columns = np.nonzero(mask > 0.5)
    middle = body[list(SHOULDERS + HIPS), :2].mean(axis=0)
    inside = (middle > 30).all() and middle[0] < 570 and middle[1] < 770
    assert not inside or mask[int(middle[1]), int(middle[0])] > 0.9
    assert columns.min() > body[:, 0].min() - trunk_px(body)
    assert rows.min() > body[:, 1].min() - trunk_px(body)


# --- The outline --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(32, 24), (320, 240)], ids=["small", "large"])
def test_an_outline_is_a_line_and_nothing_else(shape):
    mask = np.zeros(shape)
    mask[shape[0] // 4 : -shape[0] // 4, shape[1] // 3 : -shape[1] // 3] = 1
    with Image.open(io.BytesIO(outline_png(mask, SIZE))) as image:
        assert (image.mode, image.size) == ("RGBA", SIZE)
        alpha = np.asarray(image)[..., 3]
    assert alpha[SIZE[1] // 2, SIZE[0] // 2] == 0
    assert alpha[10, 10] == 0
    assert alpha[SIZE[1] // 2].max() == 255
    assert 0.005 < (alpha > 128).mean() < 0.12
