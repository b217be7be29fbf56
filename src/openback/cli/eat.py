"""`openback eat`: a week of meals for a person who is described in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Final

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openback.cli.output import AsJson, aside, day_of, out, print_json
from openback.cli.plan import ProfileFile, read_json
from openback.model.eating import Meal, MealWeek
from openback.model.food import SLOTS
from openback.nutrition.dishes import sum_totals
from openback.services.eat.amounts import amount_text, known, rows_of, target_text
from openback.services.eat.entries import fruit_vegetable_g
from openback.services.eat.kitchen import Kitchen, kitchen_here
from openback.services.eat.plan_json import PlannedMeals, plan_meals, planned_json
from openback.services.eat.views import NutrientRow
from openback.services.start import catalogue_here, data_dir

StartsOn = Annotated[
    str | None,
    typer.Option("--starts-on", metavar="DATE", help="First day, such as 2026-11-30; today by default."),
]
HEADLINE: Final = ("energy", "protein", "fibre", "fat", "saturated_fat", "sodium")
FULL_BAR: Final = 12  # characters


def eat(profile_file: ProfileFile, *, starts_on: StartsOn = None, as_json: AsJson = False) -> None:
    """Plan a week of meals for a person who is described in a file, with targets and a shopping list."""
    first = None if starts_on is None else day_of(starts_on, "--starts-on")
    catalogue, kitchen = catalogue_here(), kitchen_here(data_dir())
    today = date.today()  # noqa: DTZ011 - the person's own day
    data = read_json(profile_file)
    with aside.status("Planning…"):
        planned = plan_meals(data, catalogue, kitchen, today=today, starts_on=first)
    if as_json:
        print_json(planned_json(planned, kitchen))
    else:
        show_meals(planned, kitchen)


def show_meals(planned: PlannedMeals, kitchen: Kitchen) -> None:
    """Print the notes, the days with their meals, a day on average against the targets, and the list."""
    if planned.week.status == "planned":
        out.print(Text(_energy_text(planned), style="bold"))
    _show_points(dict.fromkeys((*planned.notes, *planned.week.reasons)))
    if planned.week.status != "planned":
        return
    for n in range(7):
        _show_day(planned.week, planned.week.starts_on + timedelta(days=n), kitchen)
    _show_targets(planned)
    _show_points(one.text for one in planned.week.unmet)
    _show_shopping(planned.week)


def _energy_text(planned: PlannedMeals) -> str:
    """Return the plan in a line: `1,570 to 1,730 kcal a day; about 0.4 kg a week less`."""
    target, rate = planned.targets.targets.get("energy"), planned.targets.rate_kg_per_week
    energy = "" if target is None else f"{target_text(target.low, target.high, 'kcal')} a day"
    if not round(rate, 1):
        return f"{energy}; your weight stays about where it is"
    return f"{energy}; about {abs(rate):.1f} kg a week {'less' if rate < 0 else 'more'}"


def _show_points(sentences: Iterable[str]) -> None:
    table = Table.grid(padding=(0, 1))
    for sentence in sentences:
        table.add_row("•", Text(sentence))
    if table.row_count:
        out.print(table)


def _show_day(week: MealWeek, on: date, kitchen: Kitchen) -> None:
    meals = sorted((meal for meal in week.meals if meal.on == on), key=lambda meal: SLOTS.index(meal.slot))
    totals = week.daily.get(on, {})
    plants_g = sum(fruit_vegetable_g(kitchen.dishes[meal.recipe]) * meal.servings for meal in meals)
    energy, protein = known(totals, "energy") or 0.0, known(totals, "protein") or 0.0
    sums = f"{energy:,.0f} kcal, {protein:.0f} g protein, {plants_g:.0f} g fruit and vegetables"
    out.print()
    out.print(Text.assemble((f"{on:%A} {on.day} {on:%B}", "bold"), (f"  {sums}", "dim")))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(width=9, style="dim")
    table.add_column(overflow="fold")
    table.add_column(justify="right", style="dim")
    for meal in meals:
        table.add_row(meal.slot.capitalize(), _dish_text(meal, kitchen), _work_text(meal, kitchen))
    out.print(Padding(table, (0, 0, 0, 2), expand=False))


def _dish_text(meal: Meal, kitchen: Kitchen) -> Text:
    amount = "" if meal.servings == 1 else f" × {meal.servings:g}"
    return Text.assemble(kitchen.name(meal.recipe), (amount, "dim"))


def _work_text(meal: Meal, kitchen: Kitchen) -> str:
    if meal.leftover:
        return f"from {meal.cooked_on:%A}"
    return f"{kitchen.recipes[meal.recipe].hands_on_minutes} min"


def _show_targets(planned: PlannedMeals) -> None:
    out.print()
    table = Table(
        title="A day on average", title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for name, justify in (("", "left"), ("Amount", "right"), ("Target", "left"), ("", "left")):
        table.add_column(name, justify="right" if justify == "right" else "left")
    for row in _target_rows(planned):
        table.add_row(*row)
    out.print(table)


def _target_rows(planned: PlannedMeals) -> Iterator[tuple[str, str, str, Text]]:
    days = [totals for totals in planned.week.daily.values() if totals]
    mean = sum_totals((totals, 1 / len(days)) for totals in days)
    for row in rows_of(mean, planned.targets):
        shown = row.kind in {"mineral", "vitamin"} or row.nutrient in HEADLINE
        if shown and row.standing != "no_target":
            amount = "not known" if row.amount is None else amount_text(row.amount, row.unit)
            yield row.name, amount, target_text(row.low, row.high, row.unit), _bar(row)


def _bar(row: NutrientRow) -> Text:
    """Return how far an amount is on its way to the target, with what there is to say beside it."""
    share = row.share or 0.0
    filled = max(0, min(FULL_BAR, round(share * FULL_BAR)))
    words = {"under": f" {share:.0%}", "over": " more", "unknown": f" of {row.coverage:.0%}"}
    colour = "green" if row.standing == "met" else "yellow"
    return Text.assemble(
        ("━" * filled, colour),
        ("━" * (FULL_BAR - filled), "dim"),
        ("" if row.amount is None else words.get(row.standing, ""), "dim"),
    )


def _show_shopping(week: MealWeek) -> None:
    out.print()
    out.print(Text("Shopping", style="bold"))
    lines = [item for item in week.shopping if item.buy_g > 0]
    for aisle, items in groupby(lines, key=lambda item: item.aisle):
        out.print(Text(f"  {aisle[:1].upper()}{aisle[1:]}", style="dim"))
        for item in items:
            out.print(Padding(Text(f"{item.name}: {item.said}"), (0, 0, 0, 4), expand=False))
