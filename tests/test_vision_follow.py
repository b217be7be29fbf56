"""One person through clips that are put together from real ones: beside others, mirrored, hidden, cut."""

from __future__ import annotations

import numpy as np
import pytest

from movies import with_pixels, write_clip
from openback.vision import clip_frames, read_photo
from openback.vision.follow import Follower
from openback.vision.limits import DEFAULT
from openback.vision.reader import Reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
pytest.importorskip("mediapipe", reason="the extra openback[video] is not installed")

HEIGHT = 360
TRUNK = [11, 12, 23, 24]


@pytest.fixture(scope="module")
def clips(real_dir):
    """The pictures of a real clip, about 15 a second, small, its middle `width` columns."""
    import cv2

    def read(name, count=60, width=None, every=2):
        frames = []
        with Reader(real_dir / "video" / f"{name}.mp4", "frames", DEFAULT) as reader:
            for number, (t_s, picture) in enumerate(reader):
                if number % every == 0:
                    across = round(picture.shape[1] * HEIGHT / picture.shape[0])
                    small = cv2.resize(picture, (across, HEIGHT), interpolation=cv2.INTER_AREA)
                    left = 0 if width is None else (across - width) // 2
                    frames.append((t_s, np.ascontiguousarray(small[:, left : left + (width or across)])))
                if len(frames) == count:
                    break
        return frames

    return read


def followed(frames):
    """The middle of the followed trunk in each frame, NaN where nobody is reported."""
    with Follower("full") as follower:
        middles = [middle(follower.look(t_s, picture)) for t_s, picture in frames]
        follower.decide(frames[0][1].shape[1])
        if follower.mistaken:
            follower.again()
            middles = [middle(follower.look(t_s, picture)) for t_s, picture in frames]
    return np.array(middles)


def middle(pose):
    return float("nan") if pose is None else float(pose.image[TRUNK, 0].mean())


def small(picture, share):
    """The picture shrunk in the lower left corner of a grey one of its size."""
    import cv2

    out = np.full_like(picture, 60)
    shrunk = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    out[-shrunk.shape[0] :, : shrunk.shape[1]] = shrunk
    return out


def beside(left, right):
    return [(t_s, np.hstack((a, b))) for (t_s, a), (_, b) in zip(left, right, strict=False)]


def test_a_smaller_bystander_is_never_taken(clips):
    person = clips("gymnai_lat_pulldown", width=360)
    other = [(t_s, small(picture, 0.7)) for t_s, picture in clips("sebitzu_lat_pulldown", width=360, every=4)]
    for frames, low, high in ((beside(person, other), 0, 360), (beside(other, person), 360, 720)):
        middles = followed(frames)
        assert np.isfinite(middles).mean() > 0.95
        assert np.all((middles > low) & (middles < high) | np.isnan(middles))


def test_a_mirror_is_never_taken(clips):
    person = clips("gymnai_lat_pulldown", width=360)
    mirror = [(t_s, small(picture[:, ::-1], 0.8)) for t_s, picture in person]
    middles = followed(beside(person, mirror))
    assert np.isfinite(middles).mean() > 0.95
    assert np.all((middles < 360) | np.isnan(middles))


def test_the_reflection_is_not_taken_while_the_person_is_away(clips):
    person = clips("gymnai_lat_pulldown", width=360)
    frames = beside(person, [(t_s, small(picture[:, ::-1], 0.8)) for t_s, picture in person])
    away = [2.6 < t_s < 3.5 for t_s, _ in frames]
    for (_, picture), gone in zip(frames, away, strict=True):
        if gone:
            picture[:, :360] = 90
    middles, away = followed(frames), np.array(away)
    assert np.all((middles < 360) | np.isnan(middles))
    assert np.isnan(middles[away]).mean() > 0.8
    assert np.isfinite(middles[~away]).mean() > 0.9


def test_somebody_walking_past_before_the_camera_is_not_followed(clips):
    person = clips("gymnai_lat_pulldown", count=75)
    walker = clips("sebitzu_barbell_shrug_ins", count=75, width=150, every=1)
    alone = followed(person)
    width = person[0][1].shape[1]
    frames = []
    for (t_s, picture), (_, strip) in zip(person, walker, strict=True):
        before, left = picture.copy(), int(-150 + (width + 150) * (t_s - 1.2) / 2.6)
        low, high = max(0, left), min(width, left + 150)
        if low < high:
            before[:, low:high] = strip[:, low - left : high - left]
        frames.append((t_s, before))
    middles = followed(frames)
    wrong = np.abs(middles - alone) > 60
    assert wrong.mean() < 0.08  # while both are over each other
    assert np.isfinite(middles[-10:]).all()
    assert not wrong[-10:].any()


def test_an_onlooker_who_stands_still_is_left_for_the_one_who_lifts(clips):
    lifter = clips("gymnai_lat_pulldown", width=360)
    onlooker = clips("sebitzu_lat_pulldown", count=12, width=360, every=4)[11][1]
    import cv2

    large = cv2.resize(onlooker, None, fx=1.25, fy=1.25)[:360, 45:405]
    middles = followed([(t_s, np.hstack((picture, large))) for t_s, picture in lifter])
    assert np.nanmean(middles < 360) > 0.9


def test_after_a_cut_the_person_is_taken_up_again(clips, real_dir):
    import cv2

    def nearer(picture):
        near = cv2.resize(picture, None, fx=1.6, fy=1.6)
        return np.ascontiguousarray(near[100 : 100 + HEIGHT, 150 : 150 + picture.shape[1]][:, ::-1])

    film = clips("gymnai_lat_pulldown")
    frames = [(t_s, nearer(picture) if t_s > 2 else picture) for t_s, picture in film]
    assert np.isfinite(followed(frames)).mean() > 0.95
    # A real cut, from the front to the side.
    real = list(clip_frames(real_dir / "video" / "sebitzu_db_rows.mp4", model="lite"))
    assert np.mean([frame.found for frame in real]) > 0.98


def test_pixels_of_three_to_eight_hide_nobody(clips, tmp_path):
    import cv2

    pictures = [picture for _, picture in clips("gymnai_lat_pulldown", count=30)]
    wide = [cv2.resize(p, (round(p.shape[1] * 8 / 3) // 2 * 2, p.shape[0])) for p in pictures]
    plain, stretched = write_clip(tmp_path / "a.mp4", pictures, 15), write_clip(tmp_path / "b.mp4", wide, 15)
    true = list(clip_frames(plain))
    seen = list(clip_frames(with_pixels(stretched, 3, 8)))
    assert all(frame.found for frame in seen)
    apart = [np.abs(a.image_px - b.image_px)[TRUNK].max() for a, b in zip(true, seen, strict=True)]
    assert np.median(apart) < 8


def test_a_photo_is_read_alike_whichever_way_it_is_stored(real_dir, tmp_path):
    from PIL import Image

    path = real_dir / "photos" / "Pullups_0.jpg"
    true, picture = read_photo(path)
    assert picture.shape[:2] == (true.height_px, true.width_px)
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(path) as photo:
        photo.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.png", exif=exif)
        size = (photo.width * 4, photo.height * 4)
        photo.resize(size, Image.Resampling.BICUBIC).save(tmp_path / "large.png")
    turned, _ = read_photo(tmp_path / "turned.png")
    np.testing.assert_allclose(turned.image_px, true.image_px, atol=1)
    large, shown = read_photo(tmp_path / "large.png")
    assert (large.width_px, large.height_px) == size
    assert max(shown.shape) <= 1920
    trunk_px = np.linalg.norm(true.image_px[11] - true.image_px[23])
    assert np.abs(large.image_px / 4 - true.image_px).max() < 0.1 * trunk_px
