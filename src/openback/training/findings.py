"""What tests, posture checks and the pain diary ask of the programme: one value that the planner is given.

Without findings the plan is what it would be anyway. Complaints are no matter of this module: they are added to
the person before the screening (evidence 5.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from openback.model.exercise import Exercise, Region
from openback.training.desk_tests import Feed, load_book
from openback.training.dose import Band

Kind = Literal["test", "posture", "pain"]

REGION_NAMES: Final[Mapping[Region, str]] = {
    "chest": "your chest",
    "thoracic_spine": "your upper spine",
    "hamstrings": "the backs of your thighs",
    "neck": "your neck",
    "lats": "your lats",
    "shoulders": "your shoulders",
    "lower_back": "your lower back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found: `text` is the sentence that says what, `feed` what the plan gives more of."""

    id: str
    kind: Kind
    text: str
    feed: Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found."""

    items: tuple[Finding, ...] = ()

    @property
    def regions(self) -> tuple[Region, ...]:
        """Regions that get more stretching, each once, in the order of the findings."""
        return tuple(dict.fromkeys(region for one in self.items for region in one.feed.regions))

    @property
    def muscles(self) -> dict[str, float]:
        """By how much a muscle's sets count for more; of two findings the larger."""
        found: dict[str, float] = {}
        for one in self.items:
            for muscle, factor in one.feed.muscles.items():
                found[muscle] = max(factor, found.get(muscle, 1.0))
        return found

    @property
    def favours(self) -> frozenset[str]:
        """Exercises that weigh more."""
        return frozenset(exercise for one in self.items for exercise in one.feed.favours)

    def of_region(self, region: Region) -> Finding | None:
        """Return the first finding that asks for a region, None when none does."""
        return next((one for one in self.items if region in one.feed.regions), None)

    def of_exercise(self, exercise: Exercise) -> Finding | None:
        """Return the first finding that an exercise serves by the muscles it is for, or because it is favoured."""
        for one in self.items:
            most = max(exercise.muscles.values(), default=0.0)
            serves = any(exercise.muscles.get(muscle, 0.0) >= max(most, 0.5) for muscle in one.feed.muscles)
            if serves or exercise.id in one.feed.favours:
                return one
        return None


NONE: Final = Findings()


def region_value(findings: Findings, region: Region, times: int) -> float:
    """Return what a region counts for in the choice of stretches that was reached so many times in the week.

    With a finding it counts for more, and in full until it was reached on enough days.
    """
    book = load_book()
    if region not in findings.regions:
        return 1 / (1 + times)
    return book.region_price / (1 + max(0, times + 1 - book.least_days))


def stretch_about_s(findings: Findings, exercise: Exercise, usual_s: int) -> int:
    """Return about how many seconds a stretch gets in a session: more where a finding asks for its region."""
    return load_book().about_s if set(exercise.stretches) & set(findings.regions) else usual_s


def with_findings(bands: Mapping[str, Band], findings: Findings, *, most: float) -> dict[str, Band]:
    """Return the weekly bands with what the findings change: a muscle's sets are worth more and its band moves up,
    never beyond `most` sets. Without findings they are the same.
    """
    more, factors = load_book().more_pulling_sets, findings.muscles
    return {
        muscle: replace(
            band,
            weight=band.weight * factors[muscle],
            low=min(band.low + more, max(band.low, most)) if band.primary else band.low,
            high=min(band.high + more, max(band.high, most)) if band.primary else band.high,
        )
        if muscle in factors
        else band
        for muscle, band in bands.items()
    }
