"""When there is no week of meals: which rules or wishes stand against each other, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from openback.model.food import SLOTS, Slot
from openback.model.nutrients import NUTRIENT
from openback.nutrition.meals.ask import DAYS, MealAsk, candidates, guilty
from openback.nutrition.meals.problem import Problem
from openback.nutrition.meals.rules import RULES
from openback.nutrition.meals.solver import model_of, strict
from openback.nutrition.meals.words import WEEKDAYS, listed, number, on_days, unit
from openback.optimise import Key, irreducible

HARD: Final = tuple(rule for rule in RULES if rule.hard)


def empty_slots(problem: Problem) -> tuple[str, ...]:
    """Return a sentence for each meal for which too few dishes are left; nothing when every meal has some."""
    return tuple(_empty_sentences(problem))


def _empty_sentences(problem: Problem) -> Iterator[str]:
    ask = problem.ask
    for slot in SLOTS:
        days = [
            day
            for day in range(DAYS)
            if (day, slot) in problem.choices
            and len({c.dish for c in problem.choices[day, slot]}) < problem.dishes_in[day, slot][0]
        ]
        if days:
            when = "" if len(days) == DAYS else f" on {on_days(ask.on(day) for day in days)}"
            if candidates(ask, slot, ask.on(days[0]).weekday()):
                yield f"Nothing is left for {slot}{when} but what you turned down."
                continue
            at_fault = [one for one in guilty(ask, slot, ask.on(days[0]).weekday()) if one.name != "slot"]
            titles = listed([one.title for one in at_fault]) or "the recipes there are"
            help_ = list(_helps(ask, slot, ask.on(days[0]).weekday()))
            start = f"Nothing is left for {slot}{when} after {titles}"
            yield f"{start}; {', or '.join(help_)} would help." if help_ else f"{start}."


def _helps(ask: MealAsk, slot: Slot, weekday: int) -> Iterator[str]:
    """Yield the smallest changes after which something is left: one allergy, the diet, the kitchen."""
    for allergy in sorted(ask.wishes.allergies):
        fewer = replace(ask.wishes, allergies=ask.wishes.allergies - {allergy})
        if candidates(replace(ask, wishes=fewer), slot, weekday):
            yield f"recipes of your own without {allergy}"
    if ask.wishes.kit is not None and candidates(ask, slot, weekday, without="kit"):
        yield "more kit in the kitchen"


def conflict_sentences(problem: Problem) -> tuple[str, ...]:
    """Return which rules cannot hold together, as one sentence, and which of them are named."""
    groups = irreducible(strict(model_of(problem, HARD)), always={"leftovers", "meals"})
    if not groups:
        return ("No week of these dishes keeps the rules that always hold.",)
    words = [_group_words(problem, group) for group in groups]
    kept = ["the meals that stay"] if problem.kept else []
    return (f"{_capital(listed([*dict.fromkeys(words), *kept]))} cannot all hold with the dishes there are.",)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _group_words(problem: Problem, group: Key) -> str:
    """Return what a group of rows stands for, in words."""
    kind, *rest = group
    if kind == "cooking_minutes":
        day = int(rest[0])
        name = WEEKDAYS[problem.ask.on(day).weekday()]
        return f"the {number(problem.minutes[day])} minutes of {name}"
    if kind == "safety_limits" and rest[0] == "energy":
        return f"at least {number(problem.ask.targets.energy_floor_kcal or 0.0)} kcal a day"
    if kind == "safety_limits":
        target = problem.target(str(rest[0]))
        limit = target.high if target and target.high is not None else 0.0
        name = NUTRIENT[str(rest[0])].name
        return f"at most {number(limit)} {unit(str(rest[0]))} of {name[:1].lower() + name[1:]} a day"
    dish = problem.dish(str(rest[0])).recipe.name
    if kind == "most_times":
        return f"{dish} no more than so often a week"
    return f"{dish} not two days running"
