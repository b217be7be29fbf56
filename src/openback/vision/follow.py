"""One person through a whole clip, whoever else walks by.

MediaPipe follows the region in which it found somebody. When it loses the person, its detector
takes anybody: a bystander, or the person's own reflection. So each pose is held against who was
followed until then. One that does not go on from there makes us look for everybody once, and go on
with the one who does, or report nobody. What is outside the place where the person can be is
then painted over until MediaPipe has found them again.

All thresholds are project defaults; what the seven real clips at hand do is said beside them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import ExitStack
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from openback.vision.choose import Trial, first_choice
from openback.vision.landmarker import Landmarker, Pose
from openback.vision.memory import Picture
from openback.vision.models import Model
from openback.vision.person import Known, Person, person_of

MOST_PEOPLE: Final = 4
# A trunk moves at most 4.3 sizes a second (seen in a pull-up).
_STEP: Final = 0.12
_SPEED_PER_S: Final = 5.0
_SOON_S: Final = 0.2
# Faster than lifters move, though not so fast that it must be another person.
_JUMP: Final = 0.1
_JUMP_PER_S: Final = 3.0
# How far from the last place somebody may come back: further with time, but not across the room.
_REACH: Final = 0.6
_REACH_PER_S: Final = 0.8
_FURTHEST: Final = 2.0
_GROWN: Final = 0.5
# Colours off by more than this many times the usual belong to somebody else, if anybody else is there.
_OTHER_TINT: Final = 3.0
# After a long time unseen anywhere will do, but only in the same clothes.
_SAME_TINT: Final = 1.5
_LONG_S: Final = 4.0
_STRAYED: Final = 1.5
_DOUBT_S: Final = 0.4
# Looking for everybody costs as much as one frame and a half.
_LOOK_ROUND_S: Final = 0.25
_CHECK_S: Final = 1.0
# At a cut most of the picture changes by more than this, of 255. A person who walks by changes part of it.
_CHANGED: Final = 10
_CUT: Final = 0.6
_GREY: Final = 114
_MARGIN: Final = 0.35


class Follower:
    """Finds one person in picture after picture. Use `look` for each, in order of time.

    `undecided` says that the first seconds are still looked at to see who is lifting; when
    `mistaken` is then true, call `again` and begin with the first picture.
    """

    def __init__(self, model: Model) -> None:
        self._model: Model = model
        self._stack = ExitStack()
        self._crowd: Landmarker | None = None
        self._trial = Trial()
        self._begin()

    def _begin(self) -> None:
        self._one = self._stack.enter_context(Landmarker(self._model))
        self._known: Known | None = None
        self._glance: npt.NDArray[np.int16] | None = None
        self._last: Person | None = None
        self._keep: Person | None = None
        self._round: list[Person] = []
        self._painted: Picture | None = None
        self._round_s = -math.inf
        self._doubt_since_s = math.nan
        self._jumped_s = -math.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def undecided(self) -> bool:
        """Whether it is still open who is followed."""
        return not self._trial.over

    @property
    def mistaken(self) -> bool:
        """Whether somebody else than the one followed so far is the one who lifts."""
        return self._trial.other is not None

    def decide(self, width_px: int) -> None:
        """Decide now who it is: the clip has ended."""
        if self.undecided:
            self._trial.decide(width_px)

    def again(self) -> None:
        """Begin anew with the first picture, with the one who lifts."""
        self._trial.accept()
        self._begin()

    def look(self, t_s: float, picture: Picture) -> Pose | None:
        """Return the pose of the one person, None when they are not seen."""
        cut = self._is_cut(picture)
        found = self._one.people(self._masked(picture, t_s), t_s)
        person = person_of(found[0], picture, t_s) if found else None
        if self._known is None or cut:
            person = self._take_up(person, picture, t_s)
        elif person is not None:
            person = self._same(self._known, person, picture)
        self._note(person, picture, t_s)
        return None if person is None else person.pose

    def _note(self, person: Person | None, picture: Picture, t_s: float) -> None:
        if person is not None:
            self._last = person
            doubtful = not math.isnan(self._doubt_since_s)
            self._known = (
                Known.first(person) if self._known is None else self._known.seen(person, doubtful=doubtful)
            )
        if self._known is not None and self._trial.due(t_s):
            self._trial.add(t_s, self._everybody(picture, t_s), self._known, picture.shape[1])

    # --- Who it is -------------------------------------------------------------------------------

    def _take_up(self, person: Person | None, picture: Picture, t_s: float) -> Person | None:
        """Return who to follow at the start, or after a cut."""
        if person is None and self._known is None:
            return None
        people = self._everybody(picture, t_s) or ([] if person is None else [person])
        if self._known is None and self._trial.chosen is not None:
            chosen = _nearest(people, self._trial.chosen)
        else:
            chosen = first_choice(people, picture.shape[1], self._known)
        if chosen is None:
            return None
        self._keep = None if person is not None and _alike(chosen, person) else chosen
        if self._known is not None:
            # From here on it is this place and size; the clothes are the same.
            self._known = self._known.anew(chosen)
            self._doubt_since_s = math.nan
        return chosen

    def _same(self, known: Known, person: Person, picture: Picture) -> Person | None:
        """Return the pose when it goes on from the one who is known, else whoever does, else None."""
        since_s = person.t_s - known.t_s
        if _steady(known, person, since_s):
            return self._unless_doubtful(known, person, picture)
        if _may_be(known, person, since_s, alone=False):
            self._keep = None
            return person
        if person.t_s - self._round_s < (_CHECK_S if since_s > _LONG_S else _LOOK_ROUND_S):
            return None
        return self._who_goes_on(known, self._everybody(picture, person.t_s), since_s)

    def _unless_doubtful(self, known: Known, person: Person, picture: Picture) -> Person | None:
        """Return the person, or another whom the colours and the place fit better after a while of doubt.

        Nobody, when the doubt began with a jump and the colours are another's: somebody may stand before
        the one who is followed. Without a jump it is the light, or an arm before the chest.
        """
        if known.moved(person) > _JUMP + _JUMP_PER_S * (person.t_s - known.t_s):
            self._jumped_s = person.t_s
        tint = known.tint(person)
        if tint <= _OTHER_TINT and known.strayed(person) <= _STRAYED:
            self._doubt_since_s = math.nan
            self._keep = None
            return person
        if math.isnan(self._doubt_since_s):
            self._doubt_since_s = person.t_s
        doubt_s = person.t_s - self._doubt_since_s
        jumped = self._doubt_since_s - self._jumped_s < _SOON_S
        if doubt_s > _DOUBT_S and person.t_s - self._round_s > (_DOUBT_S if jumped else _CHECK_S):
            other = self._rather(known, person, self._everybody(picture, person.t_s))
            if other is not None:
                return other
        if doubt_s > _LONG_S:
            # Nobody else turned up: it was the light, or the camera moves.
            self._known = known.anew(person)
            self._doubt_since_s = math.nan
        return None if jumped and tint > _OTHER_TINT and doubt_s > _DOUBT_S else person

    def _rather(self, known: Known, person: Person, people: list[Person]) -> Person | None:
        """Return another person than this one who has the right colours in the right place, if there is one."""
        others = [p for p in people if not _alike(p, person) and known.grown(p) <= _GROWN]
        best = min(others, key=lambda p: _strangeness(known, p), default=None)
        if best is None or known.tint(best) > known.tint(person):
            return None
        if _strangeness(known, best) + 1 > _strangeness(known, person):
            return None
        self._doubt_since_s = math.nan
        self._keep = best
        return best

    def _who_goes_on(self, known: Known, people: list[Person], since_s: float) -> Person | None:
        """Return the one who can be the known person after a time unseen, None when nobody can."""
        able = [p for p in people if _may_be(known, p, since_s, alone=len(people) == 1)]
        best = min(able, key=lambda p: _strangeness(known, p), default=None)
        # Who is not seen comes back where they went, if they do soon.
        self._keep = best if best is not None or since_s > _LONG_S else self._last
        return best

    def _everybody(self, picture: Picture, t_s: float) -> list[Person]:
        if self._crowd is None:
            self._crowd = self._stack.enter_context(Landmarker(self._model, most=MOST_PEOPLE))
        if t_s != self._round_s:
            self._round_s = t_s
            self._round = _apart(person_of(pose, picture, t_s) for pose in self._crowd.people(picture))
        return self._round

    # --- What the pose model is shown ----------------------------------------------------------------

    def _is_cut(self, picture: Picture) -> bool:
        height, width = picture.shape[:2]
        glance = picture[:: max(1, height // 24), :: max(1, width // 32)].astype(np.int16)
        before, self._glance = self._glance, glance
        if before is None or before.shape != glance.shape:
            return False
        return float((np.abs(glance - before) > _CHANGED).mean()) > _CUT

    def _masked(self, picture: Picture, t_s: float) -> Picture:
        """Return the picture, painted over outside of where the person to find again can be."""
        if self._keep is None:
            return picture
        if self._painted is None or self._painted.shape != picture.shape:
            self._painted = np.empty_like(picture)
        height, width = picture.shape[:2]
        if t_s - self._keep.t_s > _LONG_S:
            self._keep = None
            return picture
        margin = self._keep.size_px * (_MARGIN + _REACH_PER_S * min(1.0, t_s - self._keep.t_s))
        low, high = (
            self._keep.pose.image[:, :2].min(axis=0) - margin,
            self._keep.pose.image[:, :2].max(axis=0) + margin,
        )
        (left, top), (right, bottom) = np.clip((low, high), 0, (width, height)).astype(int)
        self._painted[:] = _GREY
        self._painted[top:bottom, left:right] = picture[top:bottom, left:right]
        return self._painted


def _steady(known: Known, person: Person, since_s: float) -> bool:
    """Return whether a pose is so close to the last one that it must be of the same person."""
    near = known.moved(person) <= _STEP + _SPEED_PER_S * since_s
    return since_s <= _SOON_S and near and known.grown(person) <= _GROWN


def _may_be(known: Known, person: Person, since_s: float, *, alone: bool) -> bool:
    """Return whether somebody can be the known person, who was last seen `since_s` ago."""
    tint, moved = known.tint(person), known.moved(person)
    if known.grown(person) > _GROWN or tint > _OTHER_TINT:
        return False
    if since_s > _LONG_S and tint <= _SAME_TINT:
        return True
    return moved <= (_FURTHEST if alone else min(_FURTHEST, _REACH + _REACH_PER_S * since_s))


def _strangeness(known: Known, person: Person) -> float:
    """Return how unlike the known person somebody is: in place, size and colours."""
    return known.strayed(person) + 1.5 * known.grown(person) + 0.5 * min(known.tint(person), 4.0)


def _alike(a: Person, b: Person) -> bool:
    """Return whether two poses of one picture are of the same body."""
    return math.dist(a.centre_px, b.centre_px) < 0.35 * min(a.size_px, b.size_px)


def _nearest(people: list[Person], to: Person) -> Person | None:
    return min(people, key=lambda p: math.dist(p.centre_px, to.centre_px), default=None)


def _apart(people: Iterable[Person]) -> list[Person]:
    """Return people without those who are found twice."""
    kept: list[Person] = []
    for person in people:
        if not any(_alike(person, other) for other in kept):
            kept.append(person)
    return kept
