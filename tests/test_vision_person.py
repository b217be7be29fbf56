"""Who somebody is by place, size and clothes, and who of several is the one to follow."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from openback.model.motion import INDEX
from openback.vision.choose import Trial, first_choice
from openback.vision.landmarker import Pose
from openback.vision.person import Known, colours_apart, colours_of, mixed, person_of

NAN = math.nan
BLUE, RED = (20, 40, 200), (200, 30, 40)
GREY = np.full((480, 640, 3), 90, np.uint8)


def pose_at(x, y=200.0, size=100.0, hands=0.0):
    """A person seen from the front: `x`, `y` the middle of the trunk, `hands` their height above the shoulders."""
    image = np.full((33, 3), [x, y - 0.7 * size, 0.0])
    for side, way in (("left", 1), ("right", -1)):
        for part, across, down in (("shoulder", 0.3, -0.5), ("hip", 0.2, 0.5), ("knee", 0.2, 1.4)):
            image[INDEX[f"{side}_{part}"]] = (x + way * across * size, y + down * size, 0)
        image[INDEX[f"{side}_wrist"]] = (x + way * 0.5 * size, y - (0.5 + hands) * size, 0)
    return Pose(image=image, world_m=np.zeros((33, 3)), visibility=np.ones(33))


def dressed(x, colour=BLUE, t_s=0.0, **how):
    picture = GREY.copy()
    picture[:, max(0, int(x) - 80) : int(x) + 80] = colour
    return person_of(pose_at(x, **how), picture, t_s)


def test_place_and_size():
    person = dressed(300)
    assert person.centre_px == pytest.approx((300, 200))
    assert person.size_px == pytest.approx(100)
    # A body that bends towards the camera keeps its size: the thighs stay long.
    pose = pose_at(300)
    bent = pose.image.copy()
    bent[[INDEX["left_shoulder"], INDEX["right_shoulder"]], 1] += 95
    assert person_of(replace(pose, image=bent), GREY, 0.0).size_px == pytest.approx(90)


@pytest.mark.parametrize(
    ("x", "known"),
    [
        pytest.param(-500, [False, False, False], id="outside"),
        pytest.param(NAN, [False, False, False], id="nobody"),
        pytest.param(300, [True, True, True], id="in the picture"),
    ],
)
def test_colours_are_known_where_the_body_is_seen(x, known):
    colours = np.full((3, 3), NAN) if math.isnan(x) else colours_of(pose_at(x).image[:, :2], GREY)
    assert np.isfinite(colours).all(axis=1).tolist() == known


def test_colours_of_parts_below_the_picture_are_unknown():
    colours = colours_of(pose_at(300, y=440).image[:, :2], GREY)
    assert np.isfinite(colours[:, 0]).tolist() == [True, True, False]


def test_how_far_clothes_are_apart():
    blue, red = dressed(300).colours, dressed(300, RED).colours
    unknown = np.full((3, 3), NAN)
    assert math.isnan(colours_apart(blue, unknown))
    assert colours_apart(blue, blue) == 0
    assert colours_apart(blue, red) > 0.5
    half = np.where([[True], [False], [False]], blue, unknown)
    assert colours_apart(blue, half) == 0
    np.testing.assert_allclose(mixed(half, red, 1.0), red)
    np.testing.assert_array_equal(mixed(blue, unknown, 0.5), blue)


def test_what_is_known_of_a_person():
    known = Known.first(dressed(300))
    for n in range(1, 31):
        known = known.seen(dressed(300 + n, t_s=n / 30), doubtful=False)
    assert known.centre_px[0] == 330
    assert 300 < known.home_px[0] < 315
    assert known.moved(dressed(380)) == pytest.approx(0.5)
    assert known.strayed(dressed(380)) > 0.6
    assert known.grown(dressed(330, size=200.0)) == pytest.approx(math.log(2))
    assert known.tint(dressed(330)) < 0.5
    assert known.tint(dressed(330, RED)) > 10
    assert known.tint(person_of(pose_at(-900), GREY, 1.0)) == 1


def test_nothing_is_learned_in_doubt():
    known = Known.first(dressed(300))
    doubted = known.seen(dressed(340, RED, t_s=1.0), doubtful=True)
    assert doubted.centre_px[0] == 340
    assert doubted.home_px == known.home_px
    np.testing.assert_array_equal(doubted.colours, known.colours)
    learned = known.seen(dressed(340, RED, t_s=1.0), doubtful=False)
    assert learned.home_px != known.home_px
    assert learned.tint(dressed(340, RED)) < known.tint(dressed(340, RED))


# --- Whom to follow -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param([dressed(100)], 0, id="alone at the edge"),
        pytest.param([dressed(100, size=60.0), dressed(320)], 1, id="large and central"),
        pytest.param([dressed(100), dressed(320)], 1, id="the central one of two equals"),
        pytest.param([dressed(100, size=150.0), dressed(330, size=60.0)], 0, id="the much larger one"),
    ],
)
def test_first_choice(people, expected):
    chosen = first_choice(people, 640, None)
    assert chosen is (None if expected is None else people[expected])


def test_after_a_cut_the_clothes_decide():
    known = Known.first(dressed(320))
    people = [dressed(200), dressed(340, RED, size=120.0)]
    assert first_choice(people, 640, None) is people[1]
    assert first_choice(people, 640, known) is people[0]


def tried(looks, follow=0):
    """The trial after looks at everybody, 0.6 s apart, where the person `follow` of the first is followed."""
    trial = Trial()
    known = Known.first(looks[0][follow])
    for number, people in enumerate(looks):
        if trial.due(0.6 * number):
            trial.add(0.6 * number, people, known, 640)
    return trial


def test_who_is_alone_is_soon_decided():
    trial = tried([[dressed(300)]] * 3)
    assert trial.over
    assert trial.other is None
    assert not tried([[dressed(300)]] * 2).over


def test_a_large_onlooker_is_left_for_the_one_who_lifts():
    looks = [[dressed(420, size=120.0), dressed(200, hands=0.9 * (n % 2))] for n in range(5)]
    trial = tried(looks)
    assert trial.over
    assert trial.chosen is looks[0][1]
    assert tried(looks, follow=1).other is None


def test_somebody_walking_past_is_not_the_one():
    walks = [[dressed(250 + 80 * n, size=130.0), dressed(200, hands=0.3 * (n % 2))] for n in range(5)]
    assert tried(walks).chosen is walks[0][1]


def test_equals_are_not_swapped():
    looks = [[dressed(200, hands=0.5 * (n % 2)), dressed(440, hands=0.5 * (n % 2))] for n in range(5)]
    assert tried(looks, 0).other is None
    assert tried(looks, 1).other is None


def test_a_short_clip_is_decided_by_what_there_is():
    trial = tried([[dressed(300), dressed(500)]] * 2)
    assert not trial.over
    trial.decide(640)
    assert trial.over
    Trial().decide(640)
