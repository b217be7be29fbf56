"""Missed sets, and progress: load, then reps beyond the range, then sets, then tempo."""

from __future__ import annotations

import math
from dataclasses import replace

from openback.model.strength import NextSet
from openback.training.progression import words
from openback.training.progression.case import Case, Step
from openback.training.progression.made import first_allowed, gentler, made, name
from openback.training.strength.estimate import moved_kg


def wrong_load(case: Case) -> NextSet | None:
    """Every set far under the range: the load was wrong, and the estimate names another."""
    low = case.range[0]
    if case.holds or max(case.last.done) >= low - case.data.far_below_reps:
        return None
    step = case.easier(case.here(), 0.0)
    while step is not None and _gives(case, step) < low:
        lighter = case.easier(step, 0.0)
        if lighter is None:
            break
        step = lighter
    if step is None:
        swap_to = gentler(case)
        if swap_to is None:
            return None
        why = f"You did {words.done_text(case, case.last)}, and {low} is the aim; {name(case, swap_to)} gets you there first."
        return replace(made(case, "swap", why, case.here()), swap_to=swap_to)
    why = f"You did {words.done_text(case, case.last)}; {words.step_text(case, step)}{words.gives_text(case, step)}."
    return made(case, "less", why, step)


def _gives(case: Case, step: Step) -> float:
    """Return the reps a step should give; more than any where nothing tells."""
    forecast = case.forecast(step)
    return math.inf if forecast is None else forecast.reps


def missed(case: Case) -> NextSet | None:
    """A set under the range or a set too few: the same again; the second time running, a little less."""
    low = case.range[0]
    short = case.last.least < low
    fewer = case.last.sets < case.asked_sets
    if not short and not fewer:
        return None
    done = words.done_text(case, case.last)
    if not short:
        why = f"You did {case.last.sets} of {words.sets_text(case.asked_sets)}{words.at_text(case, case.last.step)}; do them all before the next step."
        return made(case, "same", why, case.here())
    step = case.easier(case.here(), case.data.deload_lighter) if _missed_before(case) else None
    if step is not None:
        why = f"Twice running a set stayed under {low}{words.at_text(case, case.last.step)}; {words.step_text(case, step)}{words.gives_text(case, step)}."
        return made(case, "less", why, step)
    why = f"You did {done}; stay there until every set reaches {low}{' seconds' if case.holds else ''}."
    return made(case, "same", why, case.here())


def _missed_before(case: Case) -> bool:
    if len(case.sessions) < 2:
        return False
    before = case.sessions[-2]
    return before.step == case.last.step and before.least < case.range[0]


def too_hard(case: Case) -> NextSet | None:
    """The top was reached with less in reserve than asked: once more, unless it was reached twice running."""
    rir = case.last.rir
    if case.holds or rir is None or not _at_top(case, -1) or rir >= case.ask.planned.rir - 1:
        return None
    if len(case.sessions) > 1 and _at_top(case, -2) and case.sessions[-2].step == case.last.step:
        return None  # nsca_two_for_two: twice running is enough
    why = f"You did {words.done_text(case, case.last)}; once more with {words.reserve_text(case.ask.planned.rir)}, then the next step."
    return made(case, "same", why, case.here())


def _at_top(case: Case, place: int) -> bool:
    return case.sessions[place].least >= case.range[1]


def steady(case: Case) -> NextSet | None:
    """A stretch or a flow is kept as it is: it has nothing to add to."""
    if case.exercise.pattern != "stretch":
        return None
    unit = "seconds" if case.holds else "reps"
    why = f"You did {words.done_text(case, case.last)}; {case.range[0]} to {case.range[1]} {unit} at an easy stretch is all it needs."
    return made(case, "same", why, case.here())


def more_load(case: Case) -> NextSet | None:
    """Every set at the top: the next step that exists, if it keeps the reps in the range."""
    if not _at_top(case, -1) or case.here() != case.last.step:
        return None
    step = case.harder(case.here())
    if step is None or not (_fits(case, step) or _easy(case, step) or _waited_for(case, step)):
        return None
    step = _further(case, step)
    why = f"You did {words.done_text(case, case.last)}; {words.step_text(case, step)}{words.gives_text(case, step)}."
    return made(case, "more_load", why, step)


def _fits(case: Case, step: Step) -> bool:
    return _gives(case, step) >= case.range[0] + case.data.spare_reps - 0.5


def _easy(case: Case, step: Step) -> bool:
    """Return whether the load was so light that nobody can tell how light, and this step is within reach."""
    rir = case.last.rir
    return rir is not None and rir >= case.data.easy_rir and _within_reach(case, step)


def _within_reach(case: Case, step: Step) -> bool:
    return _gives(case, step) >= case.data.least_of_range * case.range[0]


def _waited_for(case: Case, step: Step) -> bool:
    """Return whether reps, sets and tempo have grown already, so that only this big step is left."""
    return _grown(case) and _within_reach(case, step)


def _grown(case: Case) -> bool:
    """Return whether a slower tempo was asked for last time, or must have been: the most reps and sets, twice running."""
    if case.ask.last is not None:
        return case.ask.last.move == "slower"
    most_reps, most_sets = case.range[1] + case.data.extra_reps, case.exercise.dose.sets[1]
    two = case.sessions[-2:]
    return len(two) == 2 and all(
        one.step == case.last.step and one.least >= most_reps and one.sets >= most_sets for one in two
    )


def _further(case: Case, step: Step) -> Step:
    """Return a step further still, within the greatest rise, while it would be too light at the first one."""
    mass_kg = case.ask.person.mass_kg
    start = moved_kg(case.exercise, case.last.step.load_kg, mass_kg)
    while start and (nearest := case.forecast(step)) and nearest.reps > case.range[1]:
        beyond = case.harder(step)
        moved = moved_kg(case.exercise, beyond.load_kg, mass_kg) if beyond else None
        if (
            beyond is None
            or moved is None
            or moved > start * (1 + case.data.most_rise)
            or not _fits(case, beyond)
        ):
            break
        step = beyond
    return step


def harder_exercise(case: Case) -> NextSet | None:
    """Every set at the top and no load to add: a harder exercise."""
    if not _at_top(case, -1) or case.harder(case.here()) is not None:
        return None
    if case.holds and case.range[1] + case.data.hold_step_s <= case.data.longest_hold_s:
        return None
    swap_to = first_allowed(case, case.exercise.swap.harder)
    if swap_to is None:
        return None
    why = f"You did {words.done_text(case, case.last)}, the top of the range; {name(case, swap_to)} is the next step."
    return replace(made(case, "swap", why, case.here()), swap_to=swap_to)


def longer(case: Case) -> NextSet | None:
    """A hold at the top in every set: a few seconds more, up to the longest."""
    high = case.range[1]
    most = case.data.longest_hold_s
    if not case.holds or not _at_top(case, -1) or case.last.least >= most:
        return None
    aim = min(most, int(case.last.least) + case.data.hold_step_s)
    why = f"You held {words.done_text(case, case.last)}; try {aim} seconds in every set."
    return replace(made(case, "more_reps", why, case.here()), hold_s=(min(high, aim), aim))


def beyond_the_range(case: Case) -> NextSet | None:
    """The next step is too big or there is none: reps beyond the range, then a set, then a slower tempo."""
    if case.holds or not _at_top(case, -1):
        return None
    least, high, top = int(case.last.least), case.range[1], case.range[1] + case.data.extra_reps
    because, done = _because(case), words.done_text(case, case.last)
    sets = max(case.ask.planned.sets, min(case.last.sets, case.exercise.dose.sets[1]))
    here = replace(made(case, "more_reps", "", case.here()), sets=sets, reps=(high, top))
    if least < top:
        aim = min(least + 2, top)
        why = f"You did {done}; {because}, so go for {aim} in every set first."
        return replace(here, why=why, reps=(least, aim))
    if sets < case.exercise.dose.sets[1]:
        why = f"You did {done}; {because}, so add a set and make it {sets + 1}."
        return replace(here, move="more_sets", why=why, sets=sets + 1)
    tempo_s = case.exercise.dose.tempo.rep_s + case.data.slower_s
    why = f"You did {done}; {because}, so lower more slowly: {tempo_s:g} seconds for each rep."
    return replace(here, move="slower", why=why, tempo_s=tempo_s)


def _because(case: Case) -> str:
    step = case.harder(case.here())
    if step is None:
        return "there is no heavier step here"
    reps = round(_gives(case, step)) if case.forecast(step) else 0
    gives = f"would give just {reps}" if reps else "is too big a step"
    return f"{words.step_text(case, step)} {gives}"


def more_reps(case: Case) -> NextSet:
    """In the range but not at its top: the same load, and a rep more where there is one."""
    high = case.range[1]
    aim = f"{high} seconds" if case.holds else f"{high}"
    more = "a few seconds" if case.holds else "a rep"
    here, last = case.here(), case.last
    done = words.done_text(case, last)
    if here != last.step:
        why = f"You did {done}; the nearest here is {words.step_text(case, here)}, and {aim} in every set is the aim."
        return made(case, "same", why, here)
    why = f"You did {done}; stay there and add {more} where you can, until every set reaches {aim}."
    return made(case, "more_reps", why, here)
