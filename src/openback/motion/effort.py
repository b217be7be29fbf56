"""Reps in reserve from how much the reps of a set slow down (evidence 3.6), learned per person.

Speed loss tells which share of the reps that were possible is done: share = a + b * loss. `a` and `b` begin at
values for pulling and are learned from logged sets, each with its speed loss, its reps and the reserve that was
told. Reps in reserve follow as reps * (1 / share - 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

from openback.model.motion import Reserve
from openback.motion.tuning import EffortRules, engine_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The person's own line from speed loss to the share of reps done, with the covariance of its two numbers."""

    at_none: float
    per_loss: float
    var_at_none: float
    var_per_loss: float
    covariance: float

    def share(self, loss: float) -> tuple[float, float]:
        """Return the share of reps done at a speed loss, and its variance from the line alone."""
        variance = self.var_at_none + 2 * loss * self.covariance + loss * loss * self.var_per_loss
        return self.at_none + self.per_loss * loss, variance


def prior_line(rules: EffortRules) -> Line:
    """Return the line before anything is known of the person."""
    return Line(
        at_none=rules.share_at_none,
        per_loss=rules.share_per_loss,
        var_at_none=rules.share_at_none_sd**2,
        var_per_loss=rules.share_per_loss_sd**2,
        covariance=0.0,
    )


def learned(line: Line, loss: float, reps: float, told_rir: float, rules: EffortRules) -> Line:
    """Return the line after one logged set; unchanged when the set says nothing.

    People have about one rep more in reserve than they say (halperin_2022), unless they say none.
    """
    if not (isfinite(loss) and isfinite(told_rir)) or reps < 1 or told_rir < 0:
        return line
    rir = told_rir + (rules.under_reps if told_rir > 0 else 0.0)
    seen = reps / (reps + rir)
    # An error of a rep in what is told, as an error of the share; and what a set scatters about the line.
    noise = (reps / (reps + rir) ** 2 * rules.told_sd_reps) ** 2 + rules.set_sd**2
    loss = min(max(loss, 0.0), rules.most_loss)
    expected, variance = line.share(loss)
    total = variance + noise
    gain_a = (line.var_at_none + loss * line.covariance) / total
    gain_b = (line.covariance + loss * line.var_per_loss) / total
    return Line(
        at_none=line.at_none + gain_a * (seen - expected),
        per_loss=line.per_loss + gain_b * (seen - expected),
        var_at_none=line.var_at_none - gain_a * gain_a * total,
        var_per_loss=line.var_per_loss - gain_b * gain_b * total,
        covariance=line.covariance - gain_a * gain_b * total,
    )


def line_of(history: Sequence[tuple[float, float, float]], rules: EffortRules | None = None) -> Line:
    """Return the person's line after their logged sets, oldest first: (speed loss, reps, told reps in reserve)."""
    rules = rules or engine_rules().effort
    line = prior_line(rules)
    for loss, reps, told_rir in history:
        line = learned(line, loss, reps, told_rir, rules)
    return line


def reserve_of(
    speed_loss: float | None, reps: int, history: Sequence[tuple[float, float, float]] = ()
) -> Reserve | None:
    """Return the reps in reserve after a set, with the band that holds four times in five.

    None when the set has too few reps, or no speed, to tell.
    """
    rules = engine_rules().effort
    if speed_loss is None or not isfinite(speed_loss) or reps < rules.least_reps:
        return None
    loss = min(max(speed_loss, 0.0), rules.most_loss)
    line = line_of(history, rules)
    share, variance = line.share(loss)
    # The loss itself is measured with an error; 1.28 standard deviations hold four times in five.
    spread = 1.2816 * sqrt(variance + rules.set_sd**2 + (line.per_loss * rules.loss_sd) ** 2)
    middle, low, high = (
        reps * (1 / min(max(each, rules.least_share), 1.0) - 1)
        for each in (share, share + spread, share - spread)
    )
    return Reserve(reps=middle, low=low, high=high)


def speed_loss_of(speeds_per_s: Sequence[float]) -> float | None:
    """Return how much slower the last reps of a set were than the fastest, 0 to 1; None with fewer than three.

    The end is the mean of the last two, the best the second fastest of the first two thirds or more: one rep
    measured wrong must not make a loss.
    """
    known = [speed for speed in speeds_per_s if isfinite(speed) and speed > 0]
    if len(known) < 3:
        return None
    best = sorted(known)[-2] if len(known) > 3 else max(known)
    last = sum(known[-2:]) / 2
    return max(0.0, 1 - last / best)
