"""What comes before any progress: the first time, pain, breaks, and an easier week."""

from __future__ import annotations

from dataclasses import replace

from openback.model.strength import NextSet
from openback.training.progression import words
from openback.training.progression.case import Case, Step
from openback.training.progression.made import gentler, made, name
from openback.training.strength.estimate import load_for_reps_kg, logged_kg
from openback.training.strength.one_rep_max import log_cost


def first_time(case: Case) -> NextSet | None:
    """Never done: a load from body mass or related exercises, with a few reps in reserve."""
    if case.sessions:
        return None
    step = _start_step(case)
    return replace(made(case, "start", _start_why(case, step), step), rir=_start_rir(case))


def _start_rir(case: Case) -> int:
    return max(case.data.start_rir, case.ask.planned.rir)


def _start_step(case: Case) -> Step:
    exercise, sex = case.exercise, case.ask.person.sex
    if exercise.load == "band":
        return case.snapped(Step(band=exercise.start_load.band.get(sex, "yellow")))
    if not case.ladder or exercise.load == "body":
        return Step()
    if case.ask.strength is not None and case.range[0] and not case.holds:
        moved = load_for_reps_kg(case.ask.strength, sum(case.range) / 2, rir=_start_rir(case) + 1)
        wanted = logged_kg(exercise, moved, case.ask.person.mass_kg)
    else:
        wanted = exercise.start_load.share.get(sex, 0.0) * case.ask.person.mass_kg
    over = 1 - case.data.start_over if exercise.load == "assist" else 1 + case.data.start_over
    return case.snapped(Step(load_kg=max(0.0, wanted * over)))


def _start_why(case: Case, step: Step) -> str:
    stop = f"stop with {words.reserve_text(_start_rir(case))} and we adjust."
    if case.holds:
        return f"A start for you: hold {case.range[0]} seconds, end each set while it is still steady, and we adjust."
    if step.load_kg is not None:
        share = words.share_text(step.load_kg / case.ask.person.mass_kg)
        return f"A start for you: {words.step_text(case, step)} is {share}; {stop}"
    with_what = words.step_text(case, step)
    return f"A start for you with {with_what}: {case.range[0]} to {case.range[1]} reps; {stop}"


def pain(case: Case) -> NextSet | None:
    """Pain above the limit: less the first time, another exercise when it comes again; evidence 3.7."""
    limit = case.data.pain_above
    if case.last.pain <= limit:
        return None
    told = f"You told of pain {case.last.pain} of 10"
    again = len(case.sessions) > 1 and case.sessions[-2].pain > limit
    swap_to = gentler(case) if again else None
    if swap_to:
        why = f"{told} for the second time; {name(case, swap_to)} takes its place until it is calm."
        return replace(made(case, "swap", why, case.here()), swap_to=swap_to)
    step = case.easier(case.here(), case.data.pain_less_share)
    if step is None:
        less = max(1, case.ask.planned.sets - 1)
        why = f"{told}{words.at_text(case, case.last.step)}; do {words.sets_text(less)} today, and only what stays at {limit} or below."
        return replace(made(case, "less", why, case.here()), sets=less)
    why = f"{told}{words.at_text(case, case.last.step)}; take {words.step_text(case, step)} today, and only what stays at {limit} or below."
    return made(case, "less", why, step)


def re_entry(case: Case) -> NextSet | None:
    """A break: the same load again after two weeks, less after three, a new start after a quarter; evidence 3.7."""
    row = case.data.break_of(case.days_since)
    if row is None or case.exercise.pattern == "stretch":
        return None
    away = f"It has been {words.break_text(case.days_since)}"
    if row.restart:
        step = _restart_step(case)
        stop = f"stop with {words.reserve_text(_start_rir(case))}."
        why = f"{away}, so start again with {words.step_text(case, step)} and {stop}"
        return replace(
            made(case, "re_entry", why, step), sets=case.exercise.dose.sets[0], rir=_start_rir(case)
        )
    sets = max(min(case.ask.planned.sets, case.exercise.dose.sets[0]), case.ask.planned.sets - row.fewer_sets)
    if not row.lighter:
        why = f"{away}, so do {words.step_text(case, case.here())} once more before the next step."
        return replace(made(case, "re_entry", why, case.here()), sets=sets)
    step = case.easier(case.here(), row.lighter) or case.here()
    was = f" instead of {words.step_text(case, case.last.step)}" if step != case.last.step else ""
    why = f"{away}, so {words.sets_text(sets)} with {words.step_text(case, step)}{was} to find your way back."
    return replace(made(case, "re_entry", why, step), sets=sets)


def _restart_step(case: Case) -> Step:
    """Return the start load, or three fifths of the last one where that is less."""
    easier = case.easier(case.here(), 0.4) or case.here()
    start = _start_step(case)
    if start.load_kg is None or easier.load_kg is None:
        return easier
    pick = max if case.exercise.load == "assist" else min
    return pick(start, easier, key=lambda step: step.load_kg or 0.0)


def easier_week(case: Case) -> NextSet | None:
    """The programme's easier week, or a need for one: less load, fewer sets, more in reserve."""
    if case.exercise.pattern == "stretch":
        return None
    if case.ask.deload:
        step = case.easier(case.here(), case.data.deload_lighter) or case.here()
        why = f"This is the easier week: {words.sets_text(case.ask.planned.sets)} with {words.step_text(case, step)} and {words.reserve_text(case.ask.planned.rir)}."
        return made(case, "deload", why, step)
    drop = _drop(case)
    if drop is None:
        return None
    step = case.easier(case.here(), case.data.deload_lighter) or case.here()
    sets = max(1, round(case.ask.planned.sets * case.data.deload_sets_share))
    best = words.listed([f"{max(session.done):g}" for session in case.sessions[-3:]])
    why = f"Your best sets{words.at_text(case, case.last.step)} went {best}, so rest a little: {words.sets_text(sets)} with {words.step_text(case, step)}."
    return replace(
        made(case, "deload", why, step), sets=sets, rir=case.ask.planned.rir + case.data.deload_more_rir
    )


def _drop(case: Case) -> float | None:
    """Return by how much three sessions at one load fell, each below the one before; None when they did not."""
    three = case.sessions[-3:]
    if case.holds or len(three) < 3 or len({session.step for session in three}) > 1:
        return None
    costs = [log_cost(max(session.done) + (session.rir or 0.0)) for session in three]
    drop = costs[0] - costs[2]
    return drop if costs[0] > costs[1] > costs[2] and drop >= case.data.deload_drop else None
