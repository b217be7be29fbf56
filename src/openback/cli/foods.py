"""`openback foods import`, `search` and `remove`: the foods to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from openback.cli.output import AsJson, out, print_json, progress_bar, table
from openback.services import food_imports, foods
from openback.services.foods import FoodHit
from openback.services.start import open_app

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A CSV zip or folder of USDA FoodData Central, or the CSV export of Open Food Facts (.gz too).",
    ),
]
Words = Annotated[list[str], typer.Argument(metavar="WORDS", help="What the food is called, or a barcode.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100, help="How many to list.")]
Origin = Annotated[Literal["usda", "open_food_facts"], typer.Argument(help="Whose foods go.")]

foods_cli = typer.Typer(
    help="Import public tables of foods, and look foods up.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@foods_cli.command("import")
def bring(file: File, *, as_json: AsJson = False) -> None:
    """Keep the foods of a public table; stopped half-way, the same command goes on from there."""
    with open_app() as app:
        try:
            with progress_bar("Importing", shown=not as_json) as step:
                report = foods.import_foods(app, file, step)
        except KeyboardInterrupt:
            kept = sum(app.store.count_foods().values())
            typer.echo(f"Stopped. {kept:,} foods are here; the same command goes on from there.", err=True)
            raise typer.Exit(130) from None
    if as_json:
        print_json(food_imports.report_json(report))
        return
    for sentence in report.sentences:
        out.print(sentence, markup=False)


@foods_cli.command("search")
def search(words: Words, *, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List foods by name, typing errors forgiven, or the food with a barcode."""
    text = " ".join(words)
    with open_app() as app:
        hits = foods.search(app, text, limit=limit)
    if as_json:
        print_json({"foods": [hit_json(hit) for hit in hits]})
    elif hits:
        rows = [[hit.name, hit.brand, _energy(hit), hit.id] for hit in hits]
        out.print(table("Foods", ["Name", "Brand", "kcal in 100 g", "Id"], rows))
    else:
        out.print(f"No food is like {text!r}.", markup=False)


@foods_cli.command("remove")
def remove(origin: Origin, *, as_json: AsJson = False) -> None:
    """Take all imported foods of one table away; what was logged of them stays."""
    with open_app() as app:
        gone = app.store.forget_foods(origin)
    if as_json:
        print_json({"removed": gone})
    else:
        out.print(f"{gone:,} foods are gone.")


def hit_json(hit: FoodHit) -> dict[str, object]:
    """Return a hit as `openback foods search --json` prints it."""
    return {
        "id": hit.id,
        "name": hit.name,
        "brand": hit.brand,
        "group": hit.group,
        "origin": hit.origin,
        "energy_kcal": hit.energy_kcal,
        "portions": [{"name": one.name, "mass_g": one.mass_g} for one in hit.portions],
        "uses": hit.uses,
    }


def _energy(hit: FoodHit) -> str:
    if hit.energy_kcal is None:
        return "unknown"
    return f"{hit.energy_kcal:.0f}" + (" a serving" if hit.recipe else "")
