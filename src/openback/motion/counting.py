"""Counting a set: the visits of each side, put together, told whole from partial, and told of in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, inf, isfinite, nan
from typing import Final

from openback.model.exercise import RepRule
from openback.model.motion import BodySide, Phase, ViewName
from openback.motion.gate import Look
from openback.motion.judge import Verdict
from openback.motion.measures import Reading
from openback.motion.reps import Visit, Visits, is_partial, is_whole, own_range
from openback.motion.tuning import GateRules, RepRules

Key = tuple[str, BodySide]
# Two visits are the same movement seen on both sides when they share this much of the shorter one's time.
_SAME: Final = 0.3


@dataclass(slots=True)
class Counted:
    """A visit as it stands in the set: `told` once it was said, `whole` as far as is known by now.

    `size` is the person's own range in this view; `number` counts whole reps. `far` is how far from the exercise's posture its
    peak was, `walked` that the person walked meanwhile, and `outside` that it is no part of the set.
    """

    visit: Visit
    side: BodySide
    view: ViewName
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    number: int | None = None
    whole: bool = False
    partial: bool = False
    told: bool = False
    size: float = nan
    far: float = nan
    walked: bool = False
    outside: bool = False


class Counter:
    """Counts the visits of an exercise's rep measure. `counted` holds one entry for each, in order of their ends."""

    def __init__(
        self, rule: RepRule, rules: RepRules, gate: GateRules, known_range: float | None = None
    ) -> None:
        self.rule = rule
        self.gate = gate
        self._far, self._looks, self._across, self._nearer = 0.0, 0, 0.0, 0.0
        self.rules = rules
        self.counted: list[Counted] = []
        self.keys = tuple((rule.measure, side) for side in sides_of(rule))
        self._known = known_range
        self._noise = 1 / abs(rule.peak - rule.start)
        self._tracks = {side: Visits(rules) for _, side in self.keys}
        self._weight = dict.fromkeys(self._tracks, 0.0)

    # --- frame by frame ----------------------------------------------------------------------------------

    @property
    def leader(self) -> BodySide:
        """The side that moves; the one that moves now as long as none did before."""
        return max(self._tracks, key=lambda side: (self._weight[side], self._tracks[side].moved))

    @property
    def stage(self) -> Phase:
        """Where in a rep the leading side is."""
        return self._tracks[self.leader].stage

    def push(
        self, t_s: float, readings: Mapping[Key, Reading], view: ViewName, look: Look | None = None
    ) -> Counted | None:
        """Return what ended with this moment: a visit, not yet judged.

        `look` says how the body stands to the exercise's posture; None when that was not looked at.
        """
        ended = None
        for key in self.keys:
            side = key[1]
            reading = readings[key]
            noise = 0.0 if reading.why else self._noise * reading.change_sd
            visit = self._tracks[side].push(t_s, way_of(self.rule, reading), noise)
            if visit is not None:
                ended = self._ended(Counted(visit=visit, side=side, view=view)) or ended
        self._looked(look)
        return ended

    def finish(self, view: ViewName) -> Counted | None:
        """Return a visit that the end of the clip cut short but that counts."""
        ended = None
        for side, track in self._tracks.items():
            visit = track.finish()
            if visit is not None:
                ended = self._ended(Counted(visit=visit, side=side, view=view)) or ended
        return ended

    def away(self) -> None:
        """Forget what is under way."""
        for track in self._tracks.values():
            track.restart()

    def _looked(self, look: Look | None) -> None:
        """Keep how far off the body is at the peak of a visit: that is where an arm at ease gives itself away."""
        if not any(track.open for track in self._tracks.values()):
            self._far, self._looks, self._across, self._nearer = 0.0, 0, 0.0, 0.0
        if look is None:
            return
        self._across += look.across
        self._nearer += look.nearer
        if any(track.near_top for track in self._tracks.values()):
            self._far, self._looks = self._far + look.far, self._looks + 1

    # --- what is a rep -------------------------------------------------------------------------------------

    def _ended(self, entry: Counted) -> Counted | None:
        entry.far = self._far / self._looks if self._looks else nan
        entry.walked = hypot(self._across / self.gate.walked, self._nearer / self.gate.grown) > 1
        if entry.visit.end_s - entry.visit.start_s < self.rule.min_s or not self._keeps(entry):
            return None
        self._far, self._looks, self._across, self._nearer = 0.0, 0, 0.0, 0.0
        for side in self._weight:
            self._weight[side] *= 0.8
        # Arms that swing on the way to the bench do not say which of them will work.
        if not (entry.walked or entry.far > self.gate.limit):
            self._weight[entry.side] += entry.visit.way
        self.counted.append(entry)
        self.judge()
        return entry

    def _keeps(self, entry: Counted) -> bool:
        """Say whether a visit is one of its own, and drop the lesser one that it is the same movement as."""
        if len(self._tracks) == 1:
            return True
        for side, track in self._tracks.items():
            if (
                side != entry.side
                and track.moved > entry.visit.way
                and self._weight[side] >= self._weight[entry.side]
            ):
                return False
        for other in self.counted[-2:]:
            if other.side != entry.side and _same(other.visit, entry.visit):
                if self._stands(other) >= self._stands(entry):
                    return False
                self.counted.remove(other)
        return True

    def _stands(self, entry: Counted) -> float:
        return self._weight[entry.side] + entry.visit.way

    def judge(self) -> None:
        """Tell whole reps from partials again, with all that is known by now."""
        for entry in self.counted:
            entry.size = self.size(entry.view)
            entry.whole = is_whole(entry.visit, entry.size, self.rules)
            entry.partial = not entry.whole and is_partial(entry.visit, entry.size, self.rules)
        self._shut_out()
        for track in self._tracks.values():
            track.size = min(1.0, self.size(self.counted[-1].view)) if self.counted else self.rules.usual

    def _shut_out(self) -> None:
        """Take out what was done in another posture: walking up, reaching for the bar, racking."""
        whole = [each for each in self.counted if each.whole]
        usual = sorted(each.far for each in whole if isfinite(each.far))
        # The file's figure may fit a person badly, and then it does so in every rep.
        own = usual[(len(usual) - 1) // 2] + self.gate.beside if len(usual) >= self.gate.at_least else inf
        # A camera that pans moves everybody in its picture; who walks does not look like the exercise either.
        pans = 2 * sum(each.walked for each in whole) >= len(whole)
        for entry in self.counted:
            walked = entry.walked and not pans and entry.far > self.gate.afoot
            entry.outside = walked or entry.far > min(self.gate.limit, max(own, self.gate.near))
        if len(usual) > self.gate.at_least:
            self._shut_edges(whole, own - self.gate.beside)
        if len(whole) >= self.gate.at_least and all(each.outside for each in whole):
            return
        for entry in self.counted:
            entry.whole = entry.whole and not entry.outside
            entry.partial = entry.partial and not entry.outside

    def _shut_edges(self, whole: Sequence[Counted], usual: float) -> None:
        """Take out what the clip begins in, or what the set ends with, when the others were in another posture."""
        first, last = whole[0], whole[-1]
        if first.visit.edge and first.far > usual + self.gate.beside:
            first.outside = True
        # Getting up goes part of a rep's way in a posture between the two.
        short = last.visit.way < self.gate.edge_way * last.size
        if short and last.far > usual + self.gate.edge_beside:
            last.outside = True

    def size(self, view: ViewName) -> float:
        """Return the person's own range as this view sees it, in file's ways."""
        inside = [each for each in self.counted if not each.outside] or self.counted
        ways = [(each.view, each.visit.way) for each in inside if each.visit.way >= self.rules.least]
        everywhere = own_range([way for _, way in ways], self.rules, self._known)
        here = own_range([way for each, way in ways if each == view], self.rules, self._known)
        return max(here, self.rules.view_least * everywhere)


def sides_of(rule: RepRule) -> tuple[BodySide, ...]:
    """Return which sides are followed for a rep rule."""
    if rule.side == "left" or rule.side == "right":  # noqa: PLR1714 - so that the type narrows
        return (rule.side,)
    return ("left", "right") if rule.side in {"working", "either"} else ("both",)


def way_of(rule: RepRule, reading: Reading) -> float:
    """Return how far along the file's way a reading is, a guess where it is hidden."""
    value = reading.guess if reading.why else reading.value
    return (value - rule.start) / (rule.peak - rule.start)


def _same(a: Visit, b: Visit) -> bool:
    shared_s = min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
    return shared_s > _SAME * min(a.end_s - a.start_s, b.end_s - b.start_s)


def full_way(entry: Counted) -> float:
    """Return the share of the person's own full range that a visit went."""
    return entry.visit.way / entry.size if isfinite(entry.size) and entry.size > 0 else nan
