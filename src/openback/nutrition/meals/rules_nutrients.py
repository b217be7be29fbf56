"""Rules of what is in the food: energy, protein, and every other nutrient between its target and its limit.

Unknown is neither zero nor met. A nutrient reaches the lesser of two shares: what is reported against its target,
and the share of the energy whose foods report it. So a food that does not report a nutrient never helps, and what
it may hold is never taken as missing from the part of the day that is known. Above an upper limit counts what is
reported beyond the known share of the limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from openback.model.eating import Target
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.problem import Problem, eaten
from openback.optimise import Column, Key, Piece, Row

OF_THE_DAY: Final = ("energy", "protein")  # nutrients that a day has to reach by itself
KNOWN: Final = 0.995  # coverage from which on a nutrient is as good as known
MET: Final = 0.995  # share from which on a target counts as met: figures of foods are rounded to about that
BEYOND: Final = (
    "beyond"  # columns of what a bound that is safety is overstepped by; 0 in every week that is taken
)
FAR: Final = 1000.0  # points that each share of it costs while searching
SILENT: Final = 0.05  # coverage below which the tables say nothing of a nutrient


def amounts(problem: Problem, nutrient: str, day: int) -> dict[Key, float]:
    """Return what is reported of a nutrient on a day, as parts of a row."""
    return {
        eaten(dish, day): amount
        for dish, on in problem.on_day
        if on == day and (amount := problem.amount(dish, nutrient))
    }


def known_shares(problem: Problem, nutrient: str, day: int) -> dict[Key, float]:
    """Return the share of a day's energy whose foods report a nutrient, as parts of a row."""
    return {
        eaten(dish, day): share
        for dish, on in problem.on_day
        if on == day
        and (share := problem.coverage(dish, nutrient) * problem.amount(dish, "energy") / problem.day_kcal)
    }


def _plus(*sums: Mapping[Key, float], times: float = 1.0) -> dict[Key, float]:
    return {key: part * times for one in sums for key, part in one.items()}


def energy(problem: Problem) -> Iterator[Piece]:
    """Each day's energy lies in its band, or as near as may be."""
    target, price = problem.target("energy"), problem.numbers.price
    if target is None:
        return
    middle = problem.day_kcal
    low, high = target.low or 0.0, target.high
    for day in range(DAYS):
        parts = _plus(amounts(problem, "energy", day), times=1 / middle)
        if not parts:
            continue
        under: Key = ("energy_under", day)
        yield Column(under, upper=1, gain=-price.energy_far)
        yield Row(("energy", day), parts | {under: 1.0}, at_least=low / middle)
        reached: Key = ("energy_reached", day)
        yield Column(reached, upper=1, gain=price.energy)
        yield Row(("energy", day), {reached: 1.0, under: 1.0}, at_most=1.0)
        if high is not None:
            over: Key = ("energy_over", day)
            yield Column(over, upper=9, gain=-price.energy_far)
            yield Row(("energy", day), parts | {over: -1.0}, at_most=high / middle)


def protein_day(problem: Problem) -> Iterator[Piece]:
    """Each day reaches its protein; a little more than the upper end costs as any limit does."""
    target, price = problem.target("protein"), problem.numbers.price
    if target is None:
        return
    for day in range(DAYS):
        parts = amounts(problem, "protein", day)
        if target.low:
            reached: Key = ("protein_reached", day)
            yield Column(reached, upper=1, gain=price.protein_day)
            yield Row(("protein_day", day), _plus(parts, times=-1 / target.low) | {reached: 1.0}, at_most=0)
        if target.high:
            over: Key = ("protein_over", day)
            yield Column(over, upper=9, gain=-price.over / DAYS)
            yield Row(("protein_day", day), _plus(parts, times=1 / target.high) | {over: -1.0}, at_most=1)


def protein_meal(problem: Problem) -> Iterator[Piece]:
    """Breakfast, lunch and dinner each bring enough protein to build from."""
    wanted, points = problem.ask.targets.protein_per_meal_g, problem.numbers.price.protein_meal
    for (day, slot), choices in problem.choices.items():
        if slot == "snack" or not wanted:
            continue
        reached: Key = ("protein_meal", day, slot)
        parts: dict[Key, float] = {
            c.key: -min(1.0, c.servings * problem.amount(c.dish, "protein") / wanted) for c in choices
        }
        yield Column(reached, upper=1, gain=points)
        yield Row(("protein_meal", day, slot), {reached: 1.0} | parts, at_most=0)


def week_targets(problem: Problem) -> tuple[Target, ...]:
    """Return the targets that hold for the mean of the week: those that the foods say anything of."""
    return tuple(
        target
        for nutrient, target in problem.ask.targets.targets.items()
        if nutrient not in OF_THE_DAY and coverage_range(problem, nutrient)[1] >= SILENT
    )


def coverage_range(problem: Problem, nutrient: str) -> tuple[float, float]:
    """Return the lowest and the highest coverage of a nutrient among the dishes that may come."""
    found = [problem.coverage(dish, nutrient) for dish in problem.days_of]
    return min(found, default=0.0), max(found, default=0.0)


def nutrients_low(problem: Problem) -> Iterator[Piece]:
    """The week's mean reaches each nutrient's target; the first half of each is worth the most."""
    price = problem.numbers.price
    for target in week_targets(problem):
        if not target.low:
            continue
        reached, deep = ("reached", target.nutrient), ("reached_deep", target.nutrient)
        group: Key = ("nutrients_low", target.nutrient)
        week = _plus(
            *(amounts(problem, target.nutrient, day) for day in range(DAYS)), times=-1 / target.low / DAYS
        )
        yield Column(reached, upper=1, gain=price.nutrient)
        yield Row(group, week | {reached: 1.0}, at_most=0)
        share = problem.numbers.deep_low_share
        yield Column(deep, upper=1, gain=price.nutrient_deep)
        yield Row(group, {deep: 1.0, reached: -1 / share}, at_most=0)
        if coverage_range(problem, target.nutrient)[0] < KNOWN:
            known = (known_shares(problem, target.nutrient, day) for day in range(DAYS))
            yield Row(group, _plus(*known, times=-1 / DAYS) | {reached: 1.0}, at_most=0)


def nutrients_high(problem: Problem) -> Iterator[Piece]:
    """The week's mean stays below each upper limit."""
    for target in week_targets(problem):
        if target.high:
            over: Key = ("over", target.nutrient)
            yield Column(over, upper=9, gain=-problem.numbers.price.over)
            parts = _limit_parts(problem, target.nutrient, target.high, range(DAYS))
            yield Row(("nutrients_high", target.nutrient), parts | {over: -1.0}, at_most=0)


def _limit_parts(problem: Problem, nutrient: str, high: float, days: range) -> dict[Key, float]:
    """Return the mean share of a limit that is reported, less the share of the limit that is known."""
    parts: dict[Key, float] = {}
    for day in days:
        parts |= _plus(amounts(problem, nutrient, day), times=1 / high / len(days))
        for key, share in known_shares(problem, nutrient, day).items():
            parts[key] = parts.get(key, 0.0) - share / len(days)
    return parts


def fibre_fat_sugar_salt(problem: Problem) -> Iterator[Piece]:
    """No single day strays far from the week's mean in fibre, fat, saturated fat, sugars or sodium."""
    numbers = problem.numbers
    for target in week_targets(problem):
        if target.nutrient not in OF_A_DAY_TOO:
            continue
        for day in range(DAYS):
            parts = amounts(problem, target.nutrient, day)
            group: Key = ("fibre_fat_sugar_salt", target.nutrient, day)
            if target.low:
                lacks: Key = ("day_lacks", target.nutrient, day)
                yield Column(lacks, upper=1, gain=-numbers.price.day_floor)
                floor = _plus(parts, times=1 / target.low) | {lacks: 1.0}
                yield Row(group, floor, at_least=numbers.day_low_share)
            if target.high:
                over: Key = ("day_over", target.nutrient, day)
                yield Column(over, upper=9, gain=-numbers.price.day_ceiling)
                ceiling = _plus(parts, times=1 / target.high) | {over: -1.0}
                yield Row(group, ceiling, at_most=numbers.day_high_share)


OF_A_DAY_TOO: Final = frozenset({"fibre", "fat", "saturated_fat", "added_sugars", "sugars", "sodium"})


def safety_limits(problem: Problem) -> Iterator[Piece]:
    """No day is below the least safe energy, and the week's mean of what is reported below each safe upper limit.

    The search may start beyond a bound, at a price that nothing else reaches, so that it finds its way; a week that
    is still beyond one at its end is not taken.
    """
    floor = problem.ask.targets.energy_floor_kcal
    for day in range(DAYS):
        parts = amounts(problem, "energy", day)
        if floor and parts:
            below: Key = (BEYOND, "energy", day)
            yield Column(below, upper=1, gain=-FAR)
            yield Row(
                ("safety_limits", "energy", day), _plus(parts, times=1 / floor) | {below: 1.0}, at_least=1
            )
    for target in problem.ask.targets.targets.values():
        if target.hard and target.high is not None:
            week = _plus(*(amounts(problem, target.nutrient, day) for day in range(DAYS)), times=1 / DAYS)
            if week:
                above: Key = (BEYOND, target.nutrient)
                yield Column(above, upper=1e6, gain=-FAR)
                scale = target.high or 1.0
                parts = _plus(week, times=1 / scale) | {above: -1.0}
                yield Row(("safety_limits", target.nutrient), parts, at_most=target.high / scale)
