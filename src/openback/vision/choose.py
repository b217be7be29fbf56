"""Who of several people is the one to follow: large, near the middle, there all the time, moving their arms."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from openback.model.motion import INDEX
from openback.vision.person import Known, Person

# The first seconds are looked at every so often before it is decided; project defaults.
TRIAL_S: Final = 2.4
_EVERY_S: Final = 0.6
# Who is alone in so many looks needs no more of them.
_ALONE_LOOKS: Final = 3
# Arms that move by this many sizes in that time lift, and count for so much more.
_LIFTING: Final = 0.8
_LIFTING_COUNTS: Final = 2.0
# Somebody who walks as far as this does not stand at a weight.
_WALKING: Final = 1.5
# So far a trunk may go between two looks.
_STEP: Final = 1.0
# The one followed so far is left only for somebody who is plainly the better choice.
_PLAINLY: Final = 1.4
_HANDS: Final = (INDEX["left_wrist"], INDEX["right_wrist"])
_SHOULDERS: Final = (INDEX["left_shoulder"], INDEX["right_shoulder"])


def first_choice(people: list[Person], width_px: int, known: Known | None) -> Person | None:
    """Return whom to follow from one picture alone: after a cut also by the colours known until then."""

    def weight(person: Person) -> float:
        alike = 1.0 if known is None else 1 / (1 + known.tint(person) / 3)
        return person.size_px * _central(person, width_px) * alike

    return max(people, key=weight, default=None)


def _central(person: Person, width_px: int) -> float:
    """Return 1 in the middle of the picture, a half at its edges."""
    return 1 - min(1.0, abs(2 * person.centre_px[0] / width_px - 1)) / 2


@dataclass(slots=True)
class Seen:
    """One person of the first seconds, look by look."""

    looks: list[Person]

    @property
    def lifting(self) -> float:
        """How much the hands go up and down beside the shoulders, in sizes."""
        return max(_range([_hand_height(look, side) for look in self.looks]) for side in (0, 1))

    @property
    def walking(self) -> float:
        """How far the trunk goes sideways, in sizes."""
        return _range([look.centre_px[0] for look in self.looks]) / max(look.size_px for look in self.looks)


def _hand_height(look: Person, side: int) -> float:
    image = look.pose.image
    return float(image[_SHOULDERS[side], 1] - image[_HANDS[side], 1]) / look.size_px


def _range(numbers: list[float]) -> float:
    return max(numbers) - min(numbers)


@dataclass(slots=True)
class Trial:
    """The first seconds, in which everybody is looked at. `other` is set when the wrong one was followed."""

    over: bool = False
    other: Seen | None = None
    chosen: Person | None = None
    _people: list[Seen] = field(default_factory=list)
    _followed: Seen | None = None
    _looks: int = 0
    _begin_s: float = math.nan
    _next_s: float = -math.inf

    def due(self, t_s: float) -> bool:
        """Return whether everybody is to be looked at now."""
        return not self.over and t_s >= self._next_s

    def add(self, now_s: float, people: list[Person], followed: Known, width_px: int) -> None:
        """Take in one look at everybody; decides when enough was seen."""
        if self._looks == 0:
            self._begin_s = now_s
            self._people = [Seen(looks=[person]) for person in people]
            self._followed = min(self._people, key=lambda s: followed.moved(s.looks[0]), default=None)
        else:
            self._match(people)
        self._looks += 1
        self._next_s = now_s + _EVERY_S
        alone = self._looks >= _ALONE_LOOKS and len(self._people) <= 1
        if alone or now_s - self._begin_s >= TRIAL_S - _EVERY_S / 2:
            self.decide(width_px)

    def _match(self, people: list[Person]) -> None:
        """Give each person of a look to the one they must be, the nearest pairs first."""
        lasts = [seen.looks[-1] for seen in self._people]
        pairs = sorted(
            (math.dist(person.centre_px, last.centre_px), n, m)
            for n, last in enumerate(lasts)
            for m, person in enumerate(people)
        )
        taken_n: set[int] = set()
        taken_m: set[int] = set()
        for apart_px, n, m in pairs:
            if n in taken_n or m in taken_m or apart_px > _STEP * lasts[n].size_px:
                continue
            self._people[n].looks.append(people[m])
            taken_n.add(n)
            taken_m.add(m)

    def decide(self, width_px: int) -> None:
        """End the trial with what was seen so far."""
        self.over = True
        best = max(self._people, key=lambda seen: self._weight(seen, width_px), default=None)
        if best is None or self._followed is None or best is self._followed:
            return
        if self._weight(best, width_px) > _PLAINLY * self._weight(self._followed, width_px):
            self.other, self.chosen = best, best.looks[0]

    def accept(self) -> None:
        """Take the other one for the right one."""
        self.other = None

    def _weight(self, seen: Seen, width_px: int) -> float:
        size = sum(look.size_px * _central(look, width_px) for look in seen.looks) / len(seen.looks)
        # Who bends out of the picture for a moment is not given up for a reflection.
        there = math.sqrt(len(seen.looks) / self._looks)
        still = 1.0 if seen.walking < _WALKING else 0.5
        return size * there * still * (1 + _LIFTING_COUNTS * min(1.0, seen.lifting / _LIFTING))
