"""A week in words: from numbers to a few plain sentences. Pure.

What an estimate says comes with its band, what did not happen is never held against anybody, and the last word is on rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from openback.model.journal import AwayWhy

Topic = Literal["away", "sessions", "strength", "muscles", "bests", "moved", "pain", "rest"]

LIKELY_PERCENT: Final = 1.0  # project default: a middle closer to no change than this is called steady
MOST_NAMES: Final = 3
MOST_BESTS: Final = 3
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftChange:
    """How strength in one exercise changed over the last weeks, in per cent, with its 80 % band."""

    exercise: str  # id
    name: str
    days: int
    percent: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the band leaves out no change at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleWeek:
    """Sets of one muscle in the week, and the band that they should end in."""

    muscle: str  # id
    name: str
    sets: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BestOfWeek:
    """A best that was set in the week: `said` is its value with its unit."""

    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PainWeek:
    """How much a place hurt on average, 0 to 10; `before` in the week before, None when nothing was noted then."""

    name: str
    level: float
    before: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """All that the review of a week is made from. `sessions_planned` is None where no programme was followed.

    `running` weeks are not over; `away` says why no training was to be expected; `easier` weeks are so on purpose.
    """

    running: bool
    sessions_done: int
    sessions_planned: int | None
    away: AwayWhy | None = None
    easier: bool = False
    lifts: tuple[LiftChange, ...] = ()
    muscles: tuple[MuscleWeek, ...] = ()
    bests: tuple[BestOfWeek, ...] = ()
    moved_min: float = 0.0  # breaks, stretches and yoga
    pain: tuple[PainWeek, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One sentence, or two that belong together."""

    topic: Topic
    text: str


def review_of(facts: WeekFacts) -> tuple[ReviewLine, ...]:
    """Return the review of a week; the last line is always about rest."""
    said: list[tuple[Topic, str | None]] = [
        ("away", AWAY_SAID[facts.away] if facts.away else None),
        ("sessions", _sessions(facts)),
        *(("strength", text) for text in _strength(facts.lifts)),
        *(("muscles", text) for text in _muscles(facts)),
        ("bests", _bests(facts.bests)),
        ("moved", _moved(facts.moved_min)),
        *(("pain", _pain(one)) for one in facts.pain),
        ("rest", _rest(facts)),
    ]
    return tuple(ReviewLine(topic=topic, text=text) for topic, text in said if text)


# --- Training --------------------------------------------------------------------------------------

AWAY_SAID: Final[dict[AwayWhy, str]] = {
    "illness": "You were ill, so nothing was expected of you.",
    "period": "You took it easy for your period, so nothing was expected of you.",
    "holiday": "You were on holiday, so nothing was expected of you.",
    "pause": "You paused, so nothing was expected of you.",
}


def _sessions(facts: WeekFacts) -> str | None:
    done, planned = facts.sessions_done, facts.sessions_planned
    if done == 0:
        if facts.away or planned == 0:
            return None
        return "No session yet this week." if facts.running else "No session was logged this week."
    times = {1: "once", 2: "twice"}.get(done, f"{_number(done)} times")
    if planned is None or facts.away:
        return f"You trained {times}{' so far' if facts.running else ''}."
    open_ones = planned - done
    if open_ones <= 0:
        more = f", {_number(-open_ones)} more than planned" if open_ones else ", as planned"
        return f"You trained {times}{more}."
    if facts.running:
        return f"You trained {times} so far; {_number(open_ones)} more {_is(open_ones)} planned."
    return f"You trained {times}; {_number(planned)} sessions were planned."


def _strength(lifts: Sequence[LiftChange]) -> Iterator[str]:
    """Yield the surest rise, else the largest likely one; and a clear fall, if there is one."""
    up = [lift for lift in lifts if lift.percent >= LIKELY_PERCENT]
    clear = [lift for lift in up if lift.is_clear]
    down = [lift for lift in lifts if lift.percent < 0 and lift.is_clear]
    if clear:
        yield _rise(max(clear, key=lambda lift: lift.low))
    elif up:
        yield _maybe(max(up, key=lambda lift: lift.percent))
    elif lifts and not down:
        yield f"Your {_small(lifts[0].name)} held its strength {_over(lifts[0])} ({_band(lifts[0])})."
    if down:
        yield _fall(min(down, key=lambda lift: lift.high))


def _rise(lift: LiftChange) -> str:
    return f"Your {_small(lift.name)} went up {lift.percent:.0f} % {_over(lift)} ({_band(lift)})."


def _maybe(lift: LiftChange) -> str:
    percent = f"{lift.percent:.0f} %"
    return f"Your {_small(lift.name)} may be up {percent} {_over(lift)}; it is too early to be sure ({_band(lift)})."


def _fall(lift: LiftChange) -> str:
    return (
        f"Your {_small(lift.name)} came out {-lift.percent:.0f} % lower {_over(lift)} ({_band(lift)}). "
        "Little sleep, stress or a break do that; the next load takes it into account."
    )


def _band(lift: LiftChange) -> str:
    if lift.is_clear:
        near, far = sorted((abs(lift.low), abs(lift.high)))
        return f"likely {near:.0f} to {far:.0f} %"
    return f"likely {signed(lift.low)} to {signed(lift.high)} %"


def signed(percent: float) -> str:
    """Return a whole number with its sign, a true minus, and 0 without one."""
    whole = round(percent)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def _over(lift: LiftChange) -> str:
    weeks = round(lift.days / 7)
    return "this month" if weeks >= 4 else f"in {_number(weeks)} weeks"


def _muscles(facts: WeekFacts) -> Iterator[str]:
    """Yield who got all their sets, who is the furthest from it, and who had more than planned."""
    if not any(one.sets for one in facts.muscles):
        return
    full = [one for one in facts.muscles if one.low <= one.sets <= one.high]
    short = sorted((one for one in facts.muscles if one.sets < one.low), key=lambda one: one.sets / one.low)
    over = [one for one in facts.muscles if one.sets > one.high]
    if full and not short and not over:
        yield "Every muscle had its sets."
    elif full:
        yield f"{_capital(_listed([_small(one.name) for one in full]))} had all their sets."
    if short:
        so_far = " so far" if facts.running else ""
        yield f"{short[0].name} had {short[0].sets:.2g} of {short[0].low:g} sets{so_far}."
    if over:
        most = max(over, key=lambda one: one.sets / one.high)
        yield f"{most.name} had {most.sets:.3g} sets, and {most.high:g} are enough: fewer would do as well."


def _bests(bests: Sequence[BestOfWeek]) -> str | None:
    if not bests:
        return None
    said = [f"{one.said} in the {_small(one.name)}" for one in bests[:MOST_BESTS]]
    more = f", and {_number(len(bests) - MOST_BESTS)} more" if len(bests) > MOST_BESTS else ""
    return (
        f"A new best: {said[0]}."
        if len(bests) == 1
        else f"New bests: {_and(said) if not more else ', '.join(said)}{more}."
    )


# --- Beside it --------------------------------------------------------------------------------------


def _moved(minutes: float) -> str | None:
    whole = round(minutes)
    if whole < 1:
        return None
    return f"Breaks, stretches and yoga made {whole} minute{'s' if whole != 1 else ''} together."


def _pain(pain: PainWeek) -> str:
    level = f"{pain.name}: {pain.level:.2g} of 10 on average"
    if pain.before is None:
        return f"{level}."
    same = round(pain.level, 1) == round(pain.before, 1)
    return f"{level}, as in the week before." if same else f"{level}, {pain.before:.2g} the week before."


def _rest(facts: WeekFacts) -> str:
    if facts.away == "illness":
        return "Rest is the plan until you are well; strength hardly falls in two weeks."
    if facts.away:
        return "Rest is part of the plan; strength hardly falls in two weeks."
    if facts.easier:
        return "It is an easier week on purpose: rest is part of the plan."
    done, planned = facts.sessions_done, facts.sessions_planned
    if planned is not None and done < planned and not facts.running:
        return "Rest is part of the plan, and nothing needs catching up: go on with the next session."
    return "Rest is part of the plan: muscles grow between the sessions."


# --- Words -----------------------------------------------------------------------------------------


def _number(count: int) -> str:
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _small(name: str) -> str:
    """Return a name as it stands in a sentence, without what comes after a comma."""
    short = name.partition(",")[0]
    return short[:1].lower() + short[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, at most three and how many more there are."""
    if len(names) <= MOST_NAMES:
        return _and(names)
    return f"{', '.join(names[:MOST_NAMES])} and {_number(len(names) - MOST_NAMES)} more"


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
