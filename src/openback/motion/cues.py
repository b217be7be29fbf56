"""What is said, and when: one cue at a time, danger at once, form after two reps running, praise when it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from openback.model.exercise import Fault
from openback.model.motion import Cue
from openback.motion.judge import Verdict
from openback.motion.tuning import CueRules, FaultRules


class Speaker:
    """Decides what to say about the faults of a set; polish is never said, it waits for the summary."""

    def __init__(self, faults: Mapping[str, Fault], rules: CueRules, when: FaultRules) -> None:
        self._faults = faults
        self._rules = rules
        self._in_a_row = int(when.in_a_row)
        self._runs = dict.fromkeys(faults, 0)
        self._said: set[str] = set()
        self._said_s = -inf
        self._waiting: Fault | None = None

    def danger(self, t_s: float, fault_id: str) -> Cue | None:
        """Return what to say now that a danger was seen; within four seconds of the last cue it waits its turn."""
        self._waiting = self._faults[fault_id]
        return self.tick(t_s)

    def tick(self, t_s: float) -> Cue | None:
        """Return a danger that waited for its turn."""
        if self._waiting is None or not self._free(t_s):
            return None
        fault, self._waiting = self._waiting, None
        return self._say(t_s, fault)

    def rep(self, t_s: float, verdicts: Mapping[str, Verdict]) -> Cue | None:
        """Return what to say after a rep: a form fault seen in two reps running, else praise for one that is gone."""
        for name, verdict in verdicts.items():
            if verdict.told:
                self._runs[name] = self._runs[name] + 1 if verdict.seen else 0
        if self._waiting is not None or not self._free(t_s):
            return None
        if any(self._runs[name] and fault.severity == "danger" for name, fault in self._faults.items()):
            return None  # leave the air free for what matters
        now = [fault for name, fault in self._faults.items() if name in verdicts and verdicts[name].seen]
        due = [fault for fault in now if self._is_due(fault, self._runs[fault.id])]
        if due:
            # What was said least lately comes first, else the file's order.
            return self._say(t_s, min(due, key=lambda fault: fault.id in self._said))
        return self._praise(t_s, verdicts)

    def finish(self, t_s: float, verdicts: Mapping[str, Verdict]) -> Cue | None:
        """Return what is left to say at the end of the set: a fault of its end that was never said."""
        for name, verdict in verdicts.items():
            self._runs[name] = max(self._runs[name], int(verdict.seen))
        left = [
            fault
            for name, fault in self._faults.items()
            if self._runs[name] and name not in self._said and fault.severity != "polish"
        ]
        left.sort(key=lambda fault: fault.severity != "danger")
        return self._say(t_s, left[0]) if left and self._free(t_s) else None

    def _is_due(self, fault: Fault, run: int) -> bool:
        return fault.severity == "form" and run >= self._in_a_row and run % self._in_a_row == 0

    def _praise(self, t_s: float, verdicts: Mapping[str, Verdict]) -> Cue | None:
        for name in sorted(self._said):
            verdict = verdicts.get(name)
            if verdict is not None and verdict.told and not verdict.seen:
                self._said.discard(name)
                self._said_s = t_s
                return Cue(t_s=t_s, text=praise_of(self._faults[name]), kind="praise", fault=name)
        return None

    def _free(self, t_s: float) -> bool:
        return t_s - self._said_s >= self._rules.every_s

    def _say(self, t_s: float, fault: Fault) -> Cue:
        self._said.add(fault.id)
        self._said_s = t_s
        return Cue(
            t_s=t_s,
            text=fault.cue,
            kind="danger" if fault.severity == "danger" else "form",
            fault=fault.id,
        )


def praise_of(fault: Fault) -> str:
    """Return the praise for a fault that went away."""
    return f"Good: {fault.until}." if fault.until else "Good, that is it."
