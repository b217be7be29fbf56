"""Where strength goes when somebody trains as planned: the usual course of a lift, bent to the person's own. Pure.

The usual course comes from trials (`data/forecast.toml`). A person's share of it is learned from their last weeks, by
how sure those are; the fan holds what is not known of that share, of today's strength, and of how strength wanders.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from openback.datafile import read_table
from openback.model.person import Experience

Z80: Final = 1.2815515655446004  # half of an 80 % band of a bell curve, in standard deviations
WEEK_D: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRules:
    """What `data/forecast.toml` says; `course` are (weeks since the first set, log growth a week until then)."""

    course: tuple[tuple[float, float], ...]
    share: Mapping[str, float]
    spread: float
    weeks: int
    fewest_days: int
    shortest_d: int
    quiet_d: int
    own_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a lift stands: its log one-rep maximum, how unsure that is, and how it went of late.

    `weeks_done` lie between its first and its last day. Over the last `change_days` it changed by `change_log`, give or
    take `change_sd_log`; `walk_log` is how far strength wanders in a day.
    """

    log_rm: float
    sd_log: float
    weeks_done: float
    change_log: float
    change_sd_log: float
    change_days: int
    walk_log: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FanPoint:
    """The load that could be lifted once, so many days after the last day of training, with its 80 % band."""

    days: int
    low_kg: float
    best_kg: float
    high_kg: float


@cache
def forecast_rules() -> ForecastRules:
    """Return the rules; raises BadDataFile when the file does not have them all."""
    table = read_table("forecast.toml")
    usual, fan = table.table("usual"), table.table("fan")
    rules = ForecastRules(
        course=tuple(
            (step.number("until_week"), math.log1p(step.number("percent_a_week") / 100))
            for step in usual.tables("weeks")
        ),
        share=usual.numbers("share"),
        spread=usual.number("spread"),
        weeks=fan.whole("weeks"),
        fewest_days=fan.whole("fewest_days"),
        shortest_d=fan.whole("shortest_d"),
        quiet_d=fan.whole("quiet_d"),
        own_weeks=fan.whole("own_weeks"),
    )
    table.settle()
    return rules


def usual_growth(start_week: float, end_week: float, rules: ForecastRules | None = None) -> float:
    """Return the log growth of a beginner's lift between two weeks since its first set."""
    known = rules or forecast_rules()
    total, begun = 0.0, 0.0
    for until, a_week in known.course:
        total += a_week * max(0.0, min(end_week, until) - max(start_week, begun))
        begun = until
    return total


def own_share(
    course: Course, experience: Experience, rules: ForecastRules | None = None
) -> tuple[float, float]:
    """Return a person's share of the usual growth with its standard deviation: what is usual, moved by what was seen."""
    known = rules or forecast_rules()
    share = known.share[experience]
    sd = share * known.spread / Z80
    usual = usual_growth(course.weeks_done - course.change_days / WEEK_D, course.weeks_done, known)
    if usual <= 0:
        return share, sd
    seen_var = (course.change_sd_log**2 + course.walk_log**2 * course.change_days) / usual**2
    weight = sd**2 / (sd**2 + seen_var)
    return share + weight * (course.change_log / usual - share), sd * math.sqrt(1 - weight)


def strength_fan(
    course: Course, experience: Experience, *, since_last_d: int = 0, rules: ForecastRules | None = None
) -> tuple[FanPoint, ...]:
    """Return the fan from the last day of training on, week by week, as far as `weeks` after today."""
    known = rules or forecast_rules()
    share, share_sd = own_share(course, experience, known)
    days = range(0, since_last_d + known.weeks * WEEK_D + 1, WEEK_D)
    return tuple(_point(course, day, share, share_sd, known) for day in days)


def _point(course: Course, day: int, share: float, share_sd: float, rules: ForecastRules) -> FanPoint:
    usual = usual_growth(course.weeks_done, course.weeks_done + day / WEEK_D, rules)
    sd = math.sqrt(course.sd_log**2 + course.walk_log**2 * day + (usual * share_sd) ** 2)
    middle = course.log_rm + usual * share
    low, best, high = (math.exp(middle + side * Z80 * sd) for side in (-1, 0, 1))
    return FanPoint(days=day, low_kg=low, best_kg=best, high_kg=high)
