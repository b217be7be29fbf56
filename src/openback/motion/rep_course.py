"""A set of reps: counted, timed and graded as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from openback.model.exercise import Exercise, RepRule
from openback.model.motion import Event, FaultTold, RepDone, RepReport, SetReport, ViewName
from openback.motion.counting import Counted, Counter, full_way, way_of
from openback.motion.course import MOVING, Course
from openback.motion.effort import reserve_of, speed_loss_of
from openback.motion.judge import Verdict
from openback.motion.observe import Observation
from openback.motion.summary import summary_of
from openback.motion.tuning import EngineRules

_TEMPO = ("lift_s", "hold_s", "lower_s", "peak_speed_per_s", "range_share")


class RepCourse(Course):
    """Reps of an exercise whose file says what one is."""

    def __init__(
        self,
        exercise: Exercise,
        rule: RepRule,
        rules: EngineRules,
        *,
        full_range: float | None = None,
        history: Sequence[tuple[float, float, float]] = (),
    ) -> None:
        self._span = abs(rule.peak - rule.start)
        self._counter = Counter(
            rule, rules.reps, rules.gate, None if full_range is None else full_range / self._span
        )
        self._history = history
        self._of_set: dict[str, Verdict] = {}
        super().__init__(exercise, rules, self._counter.keys)

    def push(self, seen: Observation, events: list[Event]) -> None:
        """Take in a moment of the person, and add what it says."""
        counter, t_s = self._counter, seen.t_s
        before = counter.stage
        entry = counter.push(t_s, seen.readings, seen.view.name, self.gate.look)
        stage, leader = counter.stage, counter.leader
        if stage == "lift" and before != "lift":
            self.faults.lift_begins(leader)
        for fault in self.faults.push(t_s, stage, seen.readings, leader):
            if fault.severity == "danger" and not self.gate.away:
                self.alarm(t_s, fault, events)
        if stage in MOVING:
            self.sum_up(seen.readings)
        if entry is not None:
            self._judge(entry)
            self._tell(t_s, events)
        self.began(t_s, "away" if self.gate.away else stage, events)

    def forget(self) -> None:
        """Drop the rep under way."""
        self._counter.away()

    def share(self, seen: Observation) -> float:
        """Return how far a moment of the leading side is on its way, of the person's own range."""
        counter = self._counter
        rule = counter.rule
        reading = seen.readings[rule.measure, counter.leader]
        return way_of(rule, reading) / max(self.rules.reps.least, min(1.0, counter.size(seen.view.name)))

    def finish(self, t_s: float, view: ViewName, events: list[Event]) -> None:
        """Add a rep that had almost come back, what was held back, and a last cue."""
        entry = self._counter.finish(view)
        if entry is not None:
            self._judge(entry)
        self._tell(t_s, events, last=True)
        loss = speed_loss_of([each.visit.speed_per_s for each in self._whole()])
        tempo = {"speed_loss": nan if loss is None else loss}
        self._of_set = self.faults.set_ends(self._counter.leader, tempo)
        events.extend(FaultTold(t_s=t_s, fault=fault) for fault in self.faults_of(self._of_set, None))
        self.said(self.speaker.finish(t_s, self._of_set), events)

    # --- one rep -----------------------------------------------------------------------------------------

    def _judge(self, entry: Counted) -> None:
        visit = entry.visit
        tempo = {
            "lift_s": visit.lift_s,
            "hold_s": visit.hold_s,
            "lower_s": visit.lower_s,
            "peak_speed_per_s": visit.speed_per_s / entry.size,
            "range_share": full_way(entry),
            "peak_s": visit.peak_s,
            "trembling": visit.noise / max(visit.way, 1e-9),
        }
        entry.verdicts = self.faults.rep_ends(entry.side, tempo)

    def _tell(self, t_s: float, events: list[Event], *, last: bool = False) -> None:
        """Tell the reps that are sure by now.

        The first waits for the second when it is a short one, and a partial for the next: it may prove whole.
        """
        counted = self._counter.counted
        for entry in counted:
            newest = entry is counted[-1] and not last
            short = len(counted) == 1 and entry.visit.way < self.rules.reps.sure
            if entry.told or (newest and (short or not entry.whole)) or not (entry.whole or entry.partial):
                continue
            entry.told = True
            if entry.whole:
                entry.number = 1 + sum(each.number is not None for each in counted)
            events.append(RepDone(t_s=t_s, rep=self._report(entry)))
            if entry.whole:
                found = self.faults_of(entry.verdicts, entry.number)
                events.extend(
                    FaultTold(t_s=t_s, fault=fault) for fault in found if fault.severity != "danger"
                )
                self.said(self.speaker.rep(t_s, entry.verdicts), events)

    def _report(self, entry: Counted) -> RepReport:
        visit = entry.visit
        return RepReport(
            n=entry.number,
            start_s=visit.start_s,
            peak_s=visit.peak_s,
            end_s=visit.end_s,
            range=visit.way * self._span,
            range_share=full_way(entry),
            lift_s=visit.lift_s,
            hold_s=visit.hold_s,
            lower_s=visit.lower_s,
            peak_speed_per_s=visit.speed_per_s / entry.size,
            side=entry.side,
            faults=tuple(name for name, verdict in entry.verdicts.items() if verdict.seen),
        )

    # --- the whole set -------------------------------------------------------------------------------------

    def _whole(self) -> list[Counted]:
        whole = [each for each in self._counter.counted if each.whole]
        return sorted(whole, key=lambda each: each.visit.peak_s)

    def _drop_slips(self, whole: Sequence[Counted]) -> None:
        """Leave out what only one rep showed, and not clearly: no coach would say it."""
        if len(whole) < self.rules.faults.few:
            return
        for name, fault in self.faults.by_id.items():
            shown = [entry for entry in whole if name in entry.verdicts and entry.verdicts[name].seen]
            if fault.severity == "danger" or len(shown) != 1:
                continue
            verdict = shown[0].verdicts[name]
            if not verdict.sure:
                shown[0].verdicts = {**shown[0].verdicts, name: replace(verdict, seen=False)}

    def graded(self, report: SetReport) -> SetReport:
        """Return the report with reps, partials, faults and effort."""
        whole = self._whole()
        for number, entry in enumerate(whole, 1):
            entry.number = number
        for entry, verdicts in zip(
            whole, self.faults.together([each.verdicts for each in whole]), strict=True
        ):
            entry.verdicts = verdicts
        self._drop_slips(whole)
        reps = tuple(self._report(entry) for entry in whole)
        if report.another is not None:
            # It is said so, not graded; only what was done in this exercise's own posture stands.
            inside = (rep for rep, entry in zip(reps, whole, strict=True) if not entry.outside)
            return replace(
                report, reps=tuple(replace(rep, n=n, faults=()) for n, rep in enumerate(inside, 1))
            )
        partials = (
            replace(self._report(each), n=None, faults=()) for each in self._counter.counted if each.partial
        )
        loss = speed_loss_of([rep.peak_speed_per_s for rep in reps])
        of_reps = [fault for entry in whole for fault in self.faults_of(entry.verdicts, entry.number)]
        tempo = {name: summary_of(name, [getattr(rep, name) for rep in reps]) for name in _TEMPO}
        return replace(
            report,
            reps=reps,
            partials=tuple(partials),
            faults=(*of_reps, *self.faults_of(self._of_set, None)),
            cannot_tell=self.untold([*(entry.verdicts for entry in whole), self._of_set], report.view.name),
            measures=self.summaries() | tempo,
            speed_loss=loss,
            reserve=reserve_of(loss, len(reps), self._history),
        )
