"""From a measure to a reading: may it be told from here, how surely, and of which side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, hypot, inf, isfinite, nan
from operator import itemgetter
from typing import Final

from openback.model.motion import BodySide
from openback.motion.body import Body
from openback.motion.framing import SEEN
from openback.motion.measures import Groups, Measure, Reading, Why, combined
from openback.motion.trunk import risen_trunks

# A joint that is seen so well counts in full where both sides are taken together; below, less and less, so
# that nothing jumps when a hand goes behind the body.
_WELL_SEEN: Final = 0.75
# One side that stands for both is the worse for it by this share.
_ALONE: Final = 0.5
# A shoulder lower than ever is soon at rest; one that stays up is taken for rest only after a minute. It is
# calmed first, so that rest is not the lowest of its wavering.
_CALM_S: Final = 0.35
_DOWN_S: Final = 0.35
_UP_S: Final = 40.0
# Arms that are this far apart are half alike, for how high the shoulder is.
_LIKE_ARM_DEG: Final = 40.0


@dataclass(slots=True)
class Rest:
    """Where a person's shoulder is at rest, learned as it goes: the lowest it has lately been, and its arm then."""

    height: float = nan
    calm: float = nan
    elevation_deg: float = nan
    at_s: float = nan

    def risen(self, t_s: float, height: float, elevation_deg: float) -> float:
        """Return how far a shoulder at this height has risen, in trunk lengths; NaN teaches nothing."""
        if not (isfinite(height) and isfinite(elevation_deg)):
            return nan
        if not isfinite(self.height):
            self.height = self.calm = height
            self.elevation_deg = elevation_deg
        passed_s = max(0.0, t_s - self.at_s) if isfinite(self.at_s) else 0.0
        self.at_s = t_s
        self.calm += (height - self.calm) * (1 - exp(-passed_s / _CALM_S))
        learned = 1 - exp(-passed_s / (_DOWN_S if self.calm < self.height else _UP_S))
        self.height += (self.calm - self.height) * learned
        self.elevation_deg += (elevation_deg - self.elevation_deg) * learned
        return risen_trunks(height, self.height)

    def doubt(self, elevation_deg: float) -> float:
        """Return by how much the error grows because the arm is not where it was at rest.

        An arm that goes up takes its shoulder along: 0.10 to 0.19 trunk lengths on its way overhead in three real
        pull-downs and pull-ups, and no shrug.
        """
        turned = (elevation_deg - self.elevation_deg) / _LIKE_ARM_DEG
        return 1 + turned * turned


@dataclass(frozen=True, slots=True)
class Errors:
    """A measure's errors from a view: of a reading and of a change. NaN when the view cannot tell it."""

    reading: float
    change: float


# Pairs of which one landmark is enough stand behind the 33 landmarks in the list of what is seen.
PAIRS: Final = ((7, 8), (11, 12), (23, 24))
_PLACE: Final[dict[tuple[int, ...], int]] = {pair: 33 + number for number, pair in enumerate(PAIRS)}
Pick = Callable[[list[float]], tuple[float, ...]]


def with_pairs(seen: list[float]) -> list[float]:
    """Return what is seen of each landmark, followed by the better one of each pair."""
    return [*seen, *(max(seen[a], seen[b]) for a, b in PAIRS)]


def picker(groups: Groups) -> Pick:
    """Return what picks a measure's landmarks, or pairs of them, from the list of what is seen."""
    pick: Pick = itemgetter(*(_PLACE[group] if len(group) > 1 else group[0] for group in groups))
    return pick


def reading(
    measure: Measure, pick: Pick, body: Body, side: int, errors: Errors, seen: list[float]
) -> tuple[Reading, float]:
    """Return the reading of one side and how well its landmarks are seen, 0 to 1.

    `seen` is the visibility of each landmark, 0 out of the picture, `with_pairs`.
    """
    guess = measure.function(body, side)
    quality = min(pick(seen))
    if not (isfinite(guess) and isfinite(errors.reading) and quality >= SEEN):
        return Reading(nan, nan, _why(guess, errors.reading, quality), guess), 0.0
    # A joint that is only just seen is three times as uncertain, one at 0.8 by a third.
    doubt = 1 + 8 * (1 - quality) * (1 - quality)
    if measure.doubt is not None:
        doubt *= measure.doubt(body, side)
        if doubt == inf:
            return Reading(nan, nan, "view", guess), 0.0
    return Reading(guess, errors.reading * doubt, "", guess, errors.change * doubt), quality


def _why(guess: float, error: float, quality: float) -> Why:
    if not isfinite(error):
        return "view"
    if not quality >= SEEN:
        return "not in frame" if quality == 0 else "not visible"
    return "" if isfinite(guess) else "no meaning here"


def together(left: tuple[Reading, float], right: tuple[Reading, float], side: BodySide) -> Reading:
    """Return one reading of two sides: their mean, or left minus right.

    Where only one is seen, it stands for both.
    """
    (a, a_seen), (b, b_seen) = left, right
    guess = combined(a.guess, b.guess, side)
    if side == "difference":
        if a.why or b.why:
            return Reading(nan, nan, a.why or b.why, guess)
        return Reading(a.value - b.value, hypot(a.sd, b.sd), "", guess, hypot(a.change_sd, b.change_sd))
    if a.why and b.why:
        return Reading(nan, nan, a.why, guess)
    a_share, b_share = _weight(a, a_seen), _weight(b, b_seen)
    whole = a_share + b_share
    a_share, b_share = a_share / whole, b_share / whole
    value = (a_share * a.value if a_share else 0.0) + (b_share * b.value if b_share else 0.0)
    alone = 1 + _ALONE * abs(a_share - b_share)
    sd = alone * hypot(a_share * a.sd if a_share else 0.0, b_share * b.sd if b_share else 0.0)
    known = a if a_share else b
    return Reading(value, sd, "", value, sd * known.change_sd / known.sd)


def _weight(one: Reading, seen: float) -> float:
    return 0.0 if one.why else max(0.02, min(1.0, (seen - SEEN) / (_WELL_SEEN - SEEN)))
