"""The posture check on real photos, from the pixels on: the same photo again, and photos that are of no use.

The material is made by people outside the project and stays outside it; without it, or without the parts that
read photos, these tests are skipped and say so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from PIL import Image

from openback import vision
from openback.errors import CannotReadClips, NoPostureTold
from openback.motion.posture import posture_rules
from openback.services.posture import check_photos
from scripts.posture_repeatability import CHANGES, Found, measure, rms

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 20, tzinfo=UTC)
# A front, a back and a side on which the check tells something.
PHOTOS = ("Dumbbell_Shrug_0", "Pullups_0", "Seated_Cable_Rows_0")
# One of each way in which a photo is changed; the script that writes docs/accuracy.md does them all.
WAYS = ("wide", "darker", "mirror")


@pytest.fixture(scope="module")
def landmarker():
    from openback.vision.landmarker import Landmarker

    try:
        with Landmarker("full", most=3) as made:
            yield made
    except CannotReadClips as error:
        pytest.skip(str(error))


@cache
def picture(folder, name):
    return vision.photo_picture(folder / "photos" / f"{name}.jpg")


def test_the_same_photo_again_reads_the_same(real_dir, landmarker):
    found = Found()
    ways = [change for change in CHANGES if change.name in WAYS]
    for name in PHOTOS:
        measure(picture(real_dir, name), landmarker, found, ways)
    assert (found.pictures, found.told, found.refused) == (3, 3, 0)
    measures = posture_rules().measures
    assert {name for name, _ in found.eight} == set(measures)
    for name, rule in measures.items():
        off_deg = [value for (one, _), values in found.eight.items() if one == name for value in values]
        assert rms(off_deg) < rule.repeat_sd_deg, name
        assert max(map(abs, off_deg)) < rule.smallest_change_deg, name


def shown(tmp_path, pixels):
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path


def dark(pixels):
    return (pixels * 0.12).astype(np.uint8)


def crowd(pixels):
    return np.concatenate([pixels, pixels[:, ::-1]], axis=1)


def half(pixels):
    return pixels[: int(pixels.shape[0] * 0.4)]


def far(pixels):
    size = (round(pixels.shape[1] * 0.28), round(pixels.shape[0] * 0.28))
    return np.pad(
        np.asarray(Image.fromarray(pixels).resize(size)), ((90, 60), (120, 120), (0, 0)), constant_values=150
    )


def empty(pixels):
    return np.full_like(pixels, 128)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (dark, "is too dark"),
        (crowd, "more than one person"),
        (half, "a part of the body is missing"),
        (far, "you are too small"),
        (empty, "nobody is to be seen"),
    ],
)
def test_a_photo_of_no_use_says_what_to_change(real_dir, landmarker, tmp_path, change, words):
    path = shown(tmp_path, change(picture(real_dir, "Dumbbell_Shrug_0")))
    with pytest.raises(NoPostureTold) as told:
        check_photos([path], at=AT)
    assert words in str(told.value)


def test_four_photos_together(real_dir, landmarker):
    paths = [real_dir / "photos" / f"{name}.jpg" for name in (*PHOTOS, "Wide-Grip_Lat_Pulldown_0")]
    found = check_photos(paths, at=AT)
    assert [one.shot for one in found.photos[:3]] == ["front", "back", "right"]
    assert [one.problem for one in found.check.problems] == ["wrong_view"]
    assert {one.id for one in found.check.readings} == set(posture_rules().measures)
    assert "arms" in found.check.cautions[0]
