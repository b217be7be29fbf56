"""Why an exercise is there, in one sentence with its numbers; no two alike in a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from openback.model.exercise import Exercise
from openback.training.dose import Band, counted_share, goal_weights
from openback.training.programme.ask import Ask
from openback.training.programme.problem import Week

REGION_WORDS: Final[Mapping[str, str]] = {
    "chest": "it opens the chest that a desk closes",
    "thoracic_spine": "it lets the upper spine bend and turn again",
    "hamstrings": "it eases the backs of the thighs that sitting shortens",
    "neck": "it wakes the deep muscles at the front of the neck",
    "lats": "it gives the lats their length back",
    "shoulders": "it frees the shoulders",
    "lower_back": "it lets the lower back settle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """One week as it will be done: sets per day and exercise, and what each muscle gets of it."""

    ask: Ask
    bands: Mapping[str, Band]
    week: Week
    totals: Mapping[str, float]


def number(value: float) -> str:
    """Return a number of sets as it is read, such as `7` or `6.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def muscle_words(ask: Ask, muscle: str) -> str:
    """Return the name of a muscle inside a sentence."""
    name = ask.catalogue.muscles[muscle].name
    return name[:1].lower() + name[1:]


def exercise_words(exercise: Exercise) -> str:
    """Return the name of an exercise inside a sentence."""
    return exercise.name[:1].lower() + exercise.name[1:]


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def why_sentences(facts: WeekFacts, day: int) -> dict[str, str]:
    """Return one true sentence for each exercise of a day, of different kinds as far as there are enough."""
    used: set[str] = set()
    found: dict[str, str] = {}
    for exercise_id in facts.week[day]:
        options = list(_options(facts, facts.ask.catalogue.exercises[exercise_id], day))
        kind, sentence = next((o for o in options if o[0] not in used), options[-1])
        used.add(kind)
        found[exercise_id] = sentence
    return found


def _options(facts: WeekFacts, exercise: Exercise, day: int) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence), the most telling first; the last one always holds."""
    if not exercise.stretches or any(exercise.muscles.values()):
        yield from _personal(facts, exercise, day)
        yield from _by_muscle(facts, exercise, day)
    else:
        yield from _stretch(facts, exercise)


def _main_muscle(facts: WeekFacts, exercise: Exercise) -> str:
    """Return the muscle that the exercise is for: the largest share, then the larger weight of the goals."""
    doses = facts.ask.doses
    return max(
        facts.bands,
        key=lambda m: (
            counted_share(exercise, m, doses),
            facts.bands[m].primary,
            facts.bands[m].weight,
        ),
    )


def _part(facts: WeekFacts, exercise: Exercise, day: int, muscle: str) -> str:
    """Return `3 of the 7 sets your lats get this week`."""
    gives = facts.week[day][exercise.id] * counted_share(exercise, muscle, facts.ask.doses)
    return f"{number(gives)} of the {number(facts.totals[muscle])} sets for your {muscle_words(facts.ask, muscle)} this week"


def _personal(facts: WeekFacts, exercise: Exercise, day: int) -> Iterator[tuple[str, str]]:
    ask = facts.ask
    part = _part(facts, exercise, day, _main_muscle(facts, exercise))
    if (exercise.id, day) in ask.wishes.pinned:
        yield "pinned", f"You pinned it to this day; it brings {part}."
    if exercise.id in ask.person.liked:
        yield "liked", f"You like it, and it brings {part}."
    if exercise.id in ask.screened.preferred:
        sore = next(c for c in ask.person.complaints if c in exercise.safety.prefer_with)
        name = ask.catalogue.complaints[sore].name
        yield f"kind {sore}", f"It suits you with this: {name[:1].lower() + name[1:]}; it brings {part}."
    if exercise.id in ask.doses.classic:
        yield "classic", f"One of the three classic lifts of the upper back: it brings {part}."
    if finding := ask.findings.of_exercise(exercise):
        yield f"finding {finding.id}", f"{finding.text} This pulls against it and brings {part}."
    for goal in goal_weights(ask.person):
        if exercise.id in ask.doses.goals[goal].favours:
            yield f"goal {goal}", f"Chosen {ask.doses.goals[goal].why}: it brings {part}."


def _by_muscle(facts: WeekFacts, exercise: Exercise, day: int) -> Iterator[tuple[str, str]]:
    ask, muscle = facts.ask, _main_muscle(facts, exercise)
    band, total = facts.bands[muscle], facts.totals[muscle]
    others = _others(facts, exercise, muscle)
    words = muscle_words(ask, muscle)
    pattern = {"vertical_pull": "pull from above", "horizontal_pull": "row"}.get(exercise.pattern)
    if not others:
        yield "alone", f"Nothing else trains your {words} this week: all {number(total)} sets come from here."
    if pattern and sum(ask.catalogue.exercises[e].pattern == exercise.pattern for e in facts.week[day]) == 1:
        yield f"pattern {pattern}", f"The {pattern} of this session: {_part(facts, exercise, day, muscle)}."
    for goal in goal_weights(ask.person):
        if ask.doses.goals[goal].muscles.get(muscle, 1.0) > 1.1:
            why = ask.doses.goals[goal].why
            yield (
                f"weight {goal} {muscle}",
                f"{why[:1].upper()}{why[1:]} this counts most: {_part(facts, exercise, day, muscle)}.",
            )
    if others:
        span = f"{number(band.low)} to {number(band.high)}"
        where = f"inside the band of {span}" if band.low <= total <= band.high else f"the band is {span}"
        yield (
            f"total {muscle}",
            f"With {listed(others[:2])} it makes {number(total)} sets for your {words} this week; {where}.",
        )
    yield "part", f"It brings {_part(facts, exercise, day, muscle)}."


def _others(facts: WeekFacts, exercise: Exercise, muscle: str) -> list[str]:
    """Return the names of the other exercises of the week that train a muscle, those that give most first."""
    gives: dict[str, float] = {}
    for sets in facts.week.values():
        for other_id, count in sets.items():
            other = facts.ask.catalogue.exercises[other_id]
            share = counted_share(other, muscle, facts.ask.doses)
            if other_id != exercise.id and share:
                gives[other_id] = gives.get(other_id, 0.0) + count * share
    ranked = sorted(gives, key=lambda e: -gives[e])
    return [exercise_words(facts.ask.catalogue.exercises[e]) for e in ranked]


def _stretch(facts: WeekFacts, exercise: Exercise) -> Iterator[tuple[str, str]]:
    for region in exercise.stretches:
        if finding := facts.ask.findings.of_region(region):
            yield f"finding {finding.id}", f"{finding.text} It works on that: {REGION_WORDS[region]}."
    # REGION_WORDS is in the order in which a desk asks for them.
    for region in sorted(exercise.stretches, key=list(REGION_WORDS).index):
        words = REGION_WORDS[region]
        yield f"stretch {region}", f"{words[:1].upper()}{words[1:]}."
    yield "stretch", "A short stretch to end on."
