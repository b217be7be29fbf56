"""`openback exercises`: the library in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from openback.catalogue import exercise_json, find_exercises
from openback.cli.output import AsJson, out, print_json, table
from openback.errors import UnknownExercise
from openback.model.exercise import Catalogue, Exercise
from openback.services.start import catalogue_here

ID = Annotated[str | None, typer.Argument(help="An exercise id, such as wide_grip_lat_pulldown.")]
Search = Annotated[str, typer.Option("--search", "-s", help="Words to look for; typing errors are fine.")]


def exercises(exercise_id: ID = None, *, search: Search = "", as_json: AsJson = False) -> None:
    """List the exercises, or show one."""
    catalogue = catalogue_here()
    if exercise_id is None:
        _list(catalogue, search, as_json=as_json)
        return
    if exercise_id not in catalogue.exercises:
        raise UnknownExercise(exercise_id, catalogue.exercises)
    exercise = catalogue.exercises[exercise_id]
    if as_json:
        print_json(exercise_json(exercise))
    else:
        _show(catalogue, exercise)


def _list(catalogue: Catalogue, search: str, *, as_json: bool) -> None:
    if search:
        found = [match.exercise for match in find_exercises(catalogue, search)]
    else:
        found = list(catalogue.exercises.values())
    if as_json:
        print_json([exercise_json(exercise) for exercise in found])
        return
    rows = [[e.id, e.name, e.pattern.replace("_", " "), e.level, _kit_names(catalogue, e)] for e in found]
    out.print(table(f"{len(found)} exercises", ["Id", "Name", "Pattern", "Level", "Kit"], rows))


def _kit_names(catalogue: Catalogue, exercise: Exercise) -> str:
    return ", ".join(catalogue.kit[item].name.lower() for item in exercise.kit) or "nothing"


def _show(catalogue: Catalogue, exercise: Exercise) -> None:
    guide = exercise.guide
    out.print(f"[bold]{exercise.name}[/bold]  ({exercise.id})")
    out.print(guide.summary)
    out.print(f"Kit: {_kit_names(catalogue, exercise)}.")
    for title, lines in (("Set up", guide.setup), ("Steps", guide.steps), ("Mistakes", guide.mistakes)):
        out.print(f"\n[bold]{title}[/bold]")
        for number, line in enumerate(lines, 1):
            out.print(f"{number}. {line}", markup=False)
    for tip in guide.tips:
        out.print(
            f"\n[bold]{'Careful: ' if tip.severity == 'danger' else 'Tip: '}[/bold]{tip.text} {tip.why}"
        )
    shares = sorted(exercise.muscles.items(), key=lambda item: -item[1])
    if shares:
        rows = [[catalogue.muscles[muscle].name, f"{share:g}"] for muscle, share in shares]
        out.print()
        out.print(table("Counts as", ["Muscle", "Share of a set."], rows))
    for key in exercise.sources:
        out.print(f"Source: {catalogue.sources[key].cite}", markup=False)
