"""One photo looked at several times: places come back to the photo, ghosts are outvoted, and light is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from openback.vision.landmarker import Pose
from openback.vision.looks import PADDINGS, brightness, looks_at, people_beside
from openback.vision.person import person_of
from standing import SWAPPED, seen

WIDTH, HEIGHT = 640, 480
GREY = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
LOOKS = 2 * len(PADDINGS)


def pose_at(x=320.0, y=260.0, size=0.4):
    frame = seen("right").frame
    image = np.column_stack([(frame.image_px - frame.image_px[23]) * size + (x, y), frame.depth_px * size])
    return Pose(image=image, world_m=frame.world_m, visibility=np.linspace(0.6, 1, 33))


class Eyes:
    """Stands in for the pose model: finds these people wherever the look has put them, and a ghost in some looks."""

    def __init__(self, *poses, ghost=None, ghost_in=()):
        self.poses, self.ghost, self.ghost_in = poses, ghost, set(ghost_in)
        self.looks = 0

    def people(self, picture):
        number, self.looks = self.looks, self.looks + 1
        left, top = (round(PADDINGS[number // 2][n] * size) for n, size in ((0, WIDTH), (1, HEIGHT)))
        ghosts = (self.ghost,) if self.ghost is not None and number in self.ghost_in else ()
        return tuple(
            self._shown(pose, left, top, picture.shape[1], number % 2) for pose in ghosts or self.poses
        )

    def _shown(self, pose, left, top, width, mirrored):
        image = pose.image + np.array([left, top, 0])
        if not mirrored:
            return replace(pose, image=image)
        image, world = image[SWAPPED], pose.world_m[SWAPPED].copy()
        image[:, 0], world[:, 0] = width - image[:, 0], -world[:, 0]
        return Pose(image=image, world_m=world, visibility=pose.visibility[SWAPPED])


def test_nobody_in_any_look():
    (one,) = looks_at(GREY, Eyes(), (WIDTH, HEIGHT))
    assert not one.frame.found
    assert (one.people, one.brightness) == (0, pytest.approx(128 / 255))


def test_every_look_comes_back_to_the_place_in_the_photo():
    pose = pose_at()
    looks = looks_at(GREY, Eyes(pose), (2 * WIDTH, 2 * HEIGHT))
    assert len(looks) == LOOKS
    for look in looks:
        np.testing.assert_allclose(look.frame.image_px, 2 * pose.image[:, :2], atol=1e-9)
        np.testing.assert_allclose(look.frame.world_m, pose.world_m, atol=1e-9)
        np.testing.assert_allclose(look.frame.visibility, pose.visibility)
        assert (look.people, look.frame.t_s, look.frame.width_px) == (1, 0.0, 2 * WIDTH)


def test_a_ghost_in_one_look_is_outvoted():
    pose = pose_at()
    looks = looks_at(GREY, Eyes(pose, ghost=pose_at(60, 300, 0.6), ghost_in=[0]), (WIDTH, HEIGHT))
    assert len(looks) == LOOKS - 1
    np.testing.assert_allclose(looks[0].frame.image_px, pose.image[:, :2], atol=1e-9)


@pytest.mark.parametrize(
    ("others", "count"),
    [
        ((), 1),
        ((pose_at(500),), 2),
        ((pose_at(500), pose_at(120)), 3),
        ((pose_at(322, 262),), 1),  # the same person, found twice
        ((pose_at(500), pose_at(503)), 2),
        ((pose_at(500, size=0.1),), 1),  # far behind
    ],
)
def test_how_many_people(others, count):
    people = [person_of(pose, GREY, 0.0) for pose in (pose_at(), *others)]
    assert people_beside(people[0], people) == count


def test_brightness_is_of_the_person_where_the_room_is_dark():
    room = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    person = person_of(pose_at(), room, 0.0)
    assert brightness(room, None) == 0
    assert brightness(room, person) == 0
    points = person.pose.image[:, :2]
    (left, top), (right, bottom) = points.min(axis=0).astype(int), points.max(axis=0).astype(int)
    room[top : bottom + 1, left : right + 1] = 200
    assert brightness(room, person) == pytest.approx(200 / 255, abs=0.02)
    assert brightness(room, None) < 0.5
    assert brightness(
        np.full((HEIGHT, WIDTH, 3), 255, np.uint8), person_of(pose_at(-900), room, 0.0)
    ) == pytest.approx(1)
